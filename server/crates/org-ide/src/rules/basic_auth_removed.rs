//! `basic-auth-removed`: SOAP `login()` does not exist at this API version.

use org_schema::members::AuthType;
use org_schema::versions;

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::effective::VersionOrigin;
use crate::finding::{Group, Severity};
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "basic-auth-removed",
    group: Group::Authentication,
    severity: Severity::Error,
    files: Files::EveryOrg,
    summary: "Basic authentication does not work at this API version.",
    documentation: "SOAP `login()` is not available in API 65.0 and later. Run *Convert to OAuth \
        2.0 client credentials*, or go back to 64.0 until Summer '27.",
    wrong: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"65.0\",\n  \"auth\": { \"type\": \"basic\" }\n}\n",
    )],
    right: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"apiVersion\": \"65.0\",\n  \"auth\": { \"type\": \"oauth2-client-credentials\" }\n}\n",
    )],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org_with(AuthType::Basic) else {
        return;
    };
    let Some(effective) = cx.effective_version() else {
        return;
    };
    if effective.version <= versions::LAST_SOAP_LOGIN {
        return;
    }
    let Some(span) = org.auth.kind.as_ref().map(Field::span) else {
        return;
    };
    let message = format!(
        "API {} has no basic authentication: this login fails. Convert to OAuth 2.0.{}",
        effective.version,
        cx.who_uses_it()
    );
    let finding = findings.add(&RULE, span, message);
    let Some(project) = cx.context.project.filter(|_| effective.origin == VersionOrigin::Project)
    else {
        return;
    };
    if let (Some(file), Some(span)) = (&project.file, project.api_version_span) {
        finding.related(file, span, format!("The project uses API {}", effective.version));
    }
}
