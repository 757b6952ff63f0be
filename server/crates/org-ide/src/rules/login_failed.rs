//! `login-failed`: what the last *Test Salesforce Login* said.

use org_syntax::{NodeId, NodeKind, Span};

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::context::LastLogin;
use crate::finding::{Group, Severity};
use crate::lower::key_of;

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
    let Some(span) = place(cx, last) else { return };
    let mut references = cx.org_references().into_iter();
    if references.any(|(_, it)| it.span == span && cx.foreign(&it.value).is_some()) {
        return;
    }
    findings.add(&RULE, span, last.summary.as_str()).steps(&last.instructions);
}

/// The value that the pointer leads to; as far as it leads when the member is not written.
fn place(cx: &RuleContext<'_>, last: &LastLogin) -> Option<Span> {
    let tree = cx.tree();
    let org = cx.org()?;
    let mut node = org.root?;
    let fallback = org.auth_field.as_ref().map(|field| field.key_span);
    let mut span = fallback.unwrap_or_else(|| {
        let start = tree.span(node).start;
        Span::new(start, start + 1)
    });
    for step in last.member.as_deref().unwrap_or("").split('/').filter(|step| !step.is_empty()) {
        let Some((value, value_span)) = child(cx, node, step) else {
            break;
        };
        node = value;
        span = value_span;
    }
    Some(span)
}

fn child(cx: &RuleContext<'_>, object: NodeId, name: &str) -> Option<(NodeId, Span)> {
    let tree = cx.tree();
    let name = name.replace("~1", "/").replace("~0", "~");
    let member = tree.members(object).filter(|m| key_of(cx.text(), tree, *m) == name).last()?;
    let value = member.value?;
    let is_object = tree.kind(value) == NodeKind::Object;
    let span = if is_object { tree.span(member.key) } else { tree.span(value) };
    Some((value, span))
}
