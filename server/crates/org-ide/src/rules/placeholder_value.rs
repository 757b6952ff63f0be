//! `placeholder-value`: a value that stands for one still to come.

use super::{Files, Findings, KnownString, Rule, RuleContext, no_fix};
use crate::finding::{Group, Severity};
use crate::words::in_sentence;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "placeholder-value",
    group: Group::Shape,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A value is a placeholder.",
    documentation: "Values such as `<client id>`, `your-domain`, `changeme`, `todo`, `xxx` or \
        anything that ends in `...` stand for one that is still to be entered. So does what \
        programs and web pages show instead of a secret (`********`, `[REDACTED] …`, `(hidden)`, \
        `Click to reveal`) or write where there is none (`null`, `N/A`), in the members that hold \
        credentials. A login with such a value is refused unless the project switches this rule \
        off.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"<name of the org>\"\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    check,
    fix: no_fix,
};

/// Free text may say anything.
const FREE_TEXT: [&str; 2] = ["description", "$schema"];

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for KnownString { spec, string, .. } in cx.known_strings() {
        if FREE_TEXT.contains(&spec.name) || !string.is_placeholder_of(spec.name) {
            continue;
        }
        let real = in_sentence(spec.title);
        let message = if string.is_placeholder() {
            format!("This is a placeholder. Enter the real {real}.")
        } else {
            let what = if spec.secret { "secret" } else { "value" };
            format!("A program shows this in place of the {what}. Enter the real {real}.")
        };
        findings.add(&RULE, string.span, message);
    }
    for (rule, field) in cx.rule_levels() {
        if let Some(string) = cx.whole_string(field)
            && string.is_placeholder()
        {
            let message = format!("This is a placeholder. Write a severity for \"{rule}\".");
            findings.add(&RULE, string.span, message);
        }
    }
}
