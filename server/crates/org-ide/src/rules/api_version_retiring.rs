//! `api-version-retiring`: Salesforce has announced the end of this version.

use org_schema::versions::{self, Support};

use super::upgrade_available::upgrade_fix;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity, Tag};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "api-version-retiring",
    group: Group::ApiVersion,
    severity: Severity::Warning,
    files: Files::Every,
    summary: "Salesforce has announced the end of this API version.",
    documentation: "Versions 31.0 to 40.0 are no longer supported from Summer '27 on and are \
        retired with Summer '28. From Summer '27 (1 June 2027) on this is an error.",
    wrong: &[("sforg-project.json", "{\n  \"apiVersion\": \"40.0\"\n}\n")],
    right: &[("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some((version, span)) = cx.written_version() else {
        return;
    };
    if versions::support(version, cx.context.today) != Support::Retiring {
        return;
    }
    let over = cx.context.today >= versions::SUMMER_27;
    let message = if over {
        format!("API {version} is no longer supported and is retired with Summer '28. Upgrade.")
    } else {
        format!(
            "Support for API {version} ends with Summer '27 (retired with Summer '28). Upgrade before then."
        )
    };
    let severity = if over { Severity::Error } else { Severity::Warning };
    findings.add(&RULE, span, message).severity(severity).tags(&[Tag::Deprecated]);
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    upgrade_fix(cx, finding.span)
}
