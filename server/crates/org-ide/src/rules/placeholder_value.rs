//! `placeholder-value`: a value that stands for one still to come.

use org_schema::{members, value_shapes};
use org_syntax::NodeKind;

use super::{Cx, Files, Rule, Sink, no_fix};
use crate::finding::{Group, Severity};
use crate::lower::key_of;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "placeholder-value",
    group: Group::Shape,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A value is a placeholder.",
    documentation: "Values such as `<client id>`, `your-domain`, `changeme`, `todo`, `xxx` or \
        anything that ends in `...` stand for one that is still to be entered.",
    wrong: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"<name of the org>\"\n}\n",
    )],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    check,
    fix: no_fix,
};

/// Free text may say anything.
const FREE_TEXT: [&str; 2] = ["description", "$schema"];

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
            let written = org_syntax::decode_string(span.text(cx.text()));
            if !FREE_TEXT.contains(&&*name) && value_shapes::is_placeholder(&written) {
                let message = format!("Replace this placeholder by the real {}.", spec.title);
                sink.add(&RULE, span, message);
            }
        }
    }
}
