//! `empty-value`: a string that still has to be filled in.

use org_schema::members::{self, ValueKind};
use org_syntax::NodeKind;

use super::cx::is_blank;
use super::{Cx, Files, Rule, Sink, no_fix};
use crate::finding::{Group, Severity};
use crate::lower::key_of;

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
    fix: no_fix,
};

/// Free text may be empty.
const MAY_BE_EMPTY: [&str; 2] = ["description", "$schema"];

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let tree = cx.tree();
    for (object, kind) in cx.known_objects() {
        for member in tree.members(object) {
            let name = key_of(cx.text(), tree, member);
            let Some(spec) = members::find(kind, &name) else {
                continue;
            };
            let Some(value) = member
                .value
                .filter(|&value| tree.kind(value) == NodeKind::String)
            else {
                continue;
            };
            let span = tree.span(value);
            let is_text = !matches!(spec.value, ValueKind::Boolean | ValueKind::Object);
            if !is_text || MAY_BE_EMPTY.contains(&&*name) || !tree.is_closed(value) {
                continue;
            }
            if is_blank(&org_syntax::decode_string(span.text(cx.text()))) {
                let message = if spec.required {
                    format!("Fill in \"{name}\" ({}).", spec.title)
                } else {
                    format!("Fill in \"{name}\" ({}), or remove it.", spec.title)
                };
                sink.add(&RULE, span, message);
            }
        }
    }
}
