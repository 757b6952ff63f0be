//! `login-failed`: what the last *Test Salesforce Login* said.

use org_schema::secret_ref::{self, SecretValue};

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::context::{LastLogin, LoginOutcome};
use crate::finding::{Group, Severity};
use crate::lower::StringValue;
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
    let failed = |last: &&LastLogin| !last.outcome.is_in() && last.cause != "invalid-definition";
    let Some(last) = cx.context.login.filter(failed) else {
        return;
    };
    let Some(span) = span_at(cx.document, last.member.as_deref()) else { return };
    let says_more = |string: &StringValue| {
        cx.foreign(string).is_some()
            || (last.outcome == LoginOutcome::NotTested && is_unset(cx, &string.value))
    };
    if cx.org_references().into_iter().any(|(_, it)| it.span == span && says_more(it)) {
        return;
    }
    findings.add(&RULE, span, last.summary.as_str()).steps(&last.instructions);
}

/// Whether `secret-not-found` speaks of the value.
fn is_unset(cx: &RuleContext<'_>, value: &str) -> bool {
    matches!(secret_ref::parse(value), SecretValue::Env(name) if !cx.context.environment.knows(name))
}
