//! `placeholder-value`: a value that stands for one still to come.

use org_schema::value_shapes;

use super::{Cx, Files, Rule, Sink, no_fix};
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "placeholder-value",
    group: Group::Shape,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A value is a placeholder.",
    documentation: "Values such as `<client id>`, `your-domain`, `changeme`, `todo`, `xxx` or \
        anything that ends in `...` stand for one that is still to be entered.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"<name of the org>\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    check,
    fix: no_fix,
};

/// Free text may say anything.
const FREE_TEXT: [&str; 2] = ["description", "$schema"];

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    for (_, spec, span, written) in cx.known_strings() {
        if !FREE_TEXT.contains(&spec.name) && value_shapes::is_placeholder(&written) {
            let message = format!("Replace this placeholder by the real {}.", spec.title);
            sink.add(&RULE, span, message);
        }
    }
    for (rule, field) in cx.rule_levels() {
        if let Some(string) = cx.whole_string(field)
            && value_shapes::is_placeholder(&string.value)
        {
            let message = format!("Replace this placeholder by a severity for \"{rule}\".");
            sink.add(&RULE, string.span, message);
        }
    }
}
