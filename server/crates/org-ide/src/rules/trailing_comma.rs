//! `trailing-comma`: a comma behind the last member.

use org_syntax::SyntaxErrorKind;

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity, Tag};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "trailing-comma",
    group: Group::Syntax,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "A comma stands behind the last member.",
    documentation: "JSON allows commas between members only. Other programs that read the file \
        stop here.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n")],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for error in &cx.document.parse().errors {
        if error.kind == SyntaxErrorKind::TrailingComma {
            findings
                .add(&RULE, error.span, "Nothing follows this comma. Remove it.")
                .tags(&[Tag::Unnecessary]);
        }
    }
}

fn fix(_: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    vec![Fix {
        title: "Remove the comma".to_owned(),
        edits: vec![Edit::delete(finding.span)],
        safe: true,
        preferred: true,
    }]
}
