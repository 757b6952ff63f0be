//! `api-version-retired`: Salesforce no longer answers at this version.

use org_schema::versions::{self, Support};

use super::upgrade_available::upgrade_fix;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity, Tag};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-retired",
    group: Group::ApiVersion,
    severity: Severity::Error,
    files: Files::Every,
    summary: "Salesforce has retired this API version.",
    documentation: "Versions 7.0 to 20.0 ended with Summer '22, 21.0 to 30.0 with Summer '25. \
        Calls answer `410 GONE` (REST), `UNSUPPORTED_API_VERSION` (SOAP) or `InvalidVersion` (Bulk).",
    wrong: &[("sforg-project.json", "{\n  \"apiVersion\": \"30.0\"\n}\n")],
    right: &[("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some((version, span)) = cx.written_version() else {
        return;
    };
    if versions::support(version, cx.context.today) == Support::Retired {
        let message = format!("API {version} is retired: every call with it fails. Upgrade.");
        findings.add(&RULE, span, message).tags(&[Tag::Deprecated]);
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    upgrade_fix(cx, finding.span)
}
