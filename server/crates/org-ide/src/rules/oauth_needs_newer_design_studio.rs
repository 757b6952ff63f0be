//! `oauth-needs-newer-design-studio`: the project's Design Studio cannot set OAuth 2.0 up.

use org_schema::jitterbit::{self, LEAST_OAUTH_DESIGN_STUDIO};
use org_schema::members::AuthType;

use super::examples::OAUTH_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::finding::{Group, Severity};
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "oauth-needs-newer-design-studio",
    group: Group::Authentication,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The project's Design Studio is too old for OAuth 2.0 client credentials.",
    documentation: "The *New Salesforce Org* screen has OAuth 2.0 client credentials since Design \
        Studio 11.59. Upgrade Design Studio, then correct `designStudioVersion` in \
        `sforg-project.json`.",
    wrong: &[
        (
            "sforg-project.json",
            "{\n  \"apiVersion\": \"61.0\",\n  \"designStudioVersion\": \"11.40\"\n}\n",
        ),
        ("acme.sforg.json", OAUTH_ORG),
    ],
    right: &[
        (
            "sforg-project.json",
            "{\n  \"apiVersion\": \"65.0\",\n  \"designStudioVersion\": \"11.59\"\n}\n",
        ),
        ("acme.sforg.json", OAUTH_ORG),
    ],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some(org), Some(project)) =
        (cx.org_with(AuthType::OAuth2ClientCredentials), cx.context.project)
    else {
        return;
    };
    // A version that nobody knows is reported in the project file, and there alone.
    let Some((studio, _)) = project.design_studio.as_ref().filter(|(studio, _)| {
        jitterbit::known_design_studio(studio) && jitterbit::oauth_needs_newer_design_studio(studio)
    }) else {
        return;
    };
    let Some(span) = org.auth.kind.as_ref().map(Field::span) else {
        return;
    };
    let message = format!(
        "Design Studio {studio} has no OAuth 2.0 client credentials. Upgrade it to {LEAST_OAUTH_DESIGN_STUDIO}."
    );
    let finding = findings.add(&RULE, span, message);
    if let Some((file, span)) = project.design_studio_place() {
        finding.related(file, span, format!("The project is edited with Design Studio {studio}"));
    }
}
