//! `empty-value`: a string that still has to be filled in.

use org_schema::members::{MemberSpec, ValueKind};
use org_syntax::{Member, Span};

use super::rule_context::is_blank;
use super::{Files, Findings, KnownString, Rule, RuleContext};
use crate::effective::derived_server_host;
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::member_edits::remove_member;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "empty-value",
    group: Group::Shape,
    severity: Severity::Error,
    files: Files::Both,
    summary: "A value is empty.",
    documentation: "Fill it in, or remove the member when it is optional. After *Convert to OAuth \
        2.0 client credentials* these findings show what is left to enter. An empty `description` \
        is fine.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    check,
    fix,
};

/// Free text may be empty.
const MAY_BE_EMPTY: [&str; 2] = ["description", "$schema"];

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for (_, spec, span) in empty_members(cx) {
        let (name, title) = (spec.name, spec.title);
        let message = if spec.required {
            format!("\"{name}\" ({title}) is empty. Fill it in.")
        } else {
            format!("\"{name}\" ({title}) is empty. Fill it in, or remove it.")
        };
        findings.add(&RULE, span, message);
    }
    for (rule, _, span) in empty_levels(cx) {
        findings.add(&RULE, span, format!("\"{rule}\" has no severity. Write one, or remove it."));
    }
}

/// The rules whose severity is still to come.
fn empty_levels<'a>(cx: &RuleContext<'a>) -> impl Iterator<Item = (&'a str, Member, Span)> {
    cx.rule_levels().filter_map(|(rule, field)| {
        let string = cx.whole_string(field).filter(|string| is_blank(&string.value))?;
        Some((rule, field.member?, string.span))
    })
}

/// What is optional can go. A server host that is still to come is completed by the system, so it
/// makes no difference to a login.
fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    if let Some((rule, member, _)) = empty_levels(cx).find(|(.., span)| *span == finding.span) {
        return remove(cx, rule, member, true).into_iter().collect();
    }
    let empty = empty_members(cx);
    let Some((member, spec, span)) =
        empty.into_iter().find(|(_, spec, span)| *span == finding.span && !spec.required)
    else {
        return Vec::new();
    };
    let mut fixes = Vec::new();
    if spec.value == ValueKind::HostName {
        // A host that is wrong is not copied.
        let org = cx.org().filter(|_| cx.instance_url_problem().is_none());
        let host = org.and_then(derived_server_host);
        fixes.extend(host.map(|host| Fix {
            title: format!("Complete it: \"{host}\""),
            edits: vec![Edit::replace(span, org_syntax::quote(&host))],
            safe: true,
            preferred: true,
        }));
    }
    let is_only = fixes.is_empty();
    fixes.extend(remove(cx, spec.name, member, is_only));
    fixes
}

fn remove(cx: &RuleContext<'_>, name: &str, member: Member, preferred: bool) -> Option<Fix> {
    let object = cx.tree().parent(member.id)?;
    Some(Fix {
        title: format!("Remove \"{name}\""),
        edits: remove_member(cx.text(), cx.tree(), object, member),
        safe: false,
        preferred,
    })
}

fn empty_members(cx: &RuleContext<'_>) -> Vec<(Member, &'static MemberSpec, Span)> {
    cx.known_strings()
        .iter()
        .filter(|KnownString { spec, string, .. }| {
            let is_text = !matches!(spec.value, ValueKind::Boolean | ValueKind::Object);
            is_text && !MAY_BE_EMPTY.contains(&spec.name) && is_blank(&string.value)
        })
        .map(|known| (known.member, known.spec, known.string.span))
        .collect()
}
