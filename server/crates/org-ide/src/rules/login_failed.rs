//! `login-failed`: what the last *Test Salesforce Login* said.

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::context::LastLogin;
use crate::finding::{Group, Severity};
use crate::pointer::span_at;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "login-failed",
    group: Group::Login,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The last login test of this definition failed.",
    documentation: "Shown on the member that caused it, with the steps to take, until that member \
        changes or the next test succeeds. Nothing is ever tested unless you ask for it.\n\n\
        Wrong: `\"clientSecret\": \"${env:ACME_CLIENT_SECRET}\"` while the variable holds the secret \
        that was valid before the app's secret was rotated; Salesforce answers `invalid_client`. \
        Right: the same after the variable was set to the new secret and the login was tested \
        again.",
    wrong: &[],
    right: &[],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    // What is wrong with a definition is reported where it stands.
    let failed = |last: &&LastLogin| !last.ok && last.cause != "invalid-definition";
    let Some(last) = cx.context.login.filter(failed) else {
        return;
    };
    let Some(span) = span_at(cx.document, last.member.as_deref()) else { return };
    let mut references = cx.org_references().into_iter();
    if references.any(|(_, it)| it.span == span && cx.foreign(&it.value).is_some()) {
        return;
    }
    findings.add(&RULE, span, last.summary.as_str()).steps(&last.instructions);
}
