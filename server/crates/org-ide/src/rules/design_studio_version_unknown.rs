//! `design-studio-version-unknown`: no version of Design Studio that we know.

use org_schema::jitterbit::{self, ProductVersion};

use super::agent_version_unknown::plain_version;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "design-studio-version-unknown",
    group: Group::Project,
    severity: Severity::Information,
    files: Files::Project,
    summary: "The Design Studio version is not a version number, or none that is known.",
    documentation: "`designStudioVersion` holds the numbers alone, `\"11.63\"`; they compare as \
        numbers. Design Studio goes on as 11.6x beside agents 12.x, so there is no Design Studio \
        12. While the version is unknown, nothing is said about which API versions it supports, \
        nor about OAuth 2.0. A version newer than this program knows is fine: update sforg, or \
        leave it.",
    wrong: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"66.0\",\n  \"designStudioVersion\": \"12.9\"\n}\n",
    )],
    right: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"66.0\",\n  \"designStudioVersion\": \"11.63\"\n}\n",
    )],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(string) =
        cx.project_def().and_then(|project| cx.filled_in(&project.design_studio_version))
    else {
        return;
    };
    let newest = jitterbit::newest_known_design_studio();
    let message = match ProductVersion::parse(&string.value) {
        None => format!("Not a version number. Write it like \"{newest}\"."),
        Some(version) if !jitterbit::known_design_studio(&version) => format!(
            "sforg does not know this Design Studio: the newest it knows is {newest}. Check it, or update sforg."
        ),
        Some(_) => return,
    };
    findings.add(&RULE, string.span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.project_def()
        .and_then(|project| cx.filled_in(&project.design_studio_version))
        .map_or_else(Vec::new, |string| plain_version(string, jitterbit::known_design_studio))
}
