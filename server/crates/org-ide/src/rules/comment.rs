//! `comment`: JSON has no comments.

use org_syntax::{Span, SyntaxErrorKind};

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "comment",
    group: Group::Syntax,
    severity: Severity::Warning,
    files: Files::Both,
    summary: "JSON has no comments.",
    documentation: "Other programs read these files as strict JSON and stop at a comment. Put the \
        remark into `description` instead.",
    wrong: &[("acme.sforg.json", "{\n  // the main org\n  \"name\": \"Acme\"\n}\n")],
    right: &[(
        "acme.sforg.json",
        "{\n  \"name\": \"Acme\",\n  \"description\": \"the main org\"\n}\n",
    )],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for error in &cx.document.parse().errors {
        if error.kind == SyntaxErrorKind::Comment {
            findings.add(
                &RULE,
                error.span,
                "Remove this comment: other programs read the file as JSON, which has none.",
            );
        }
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    vec![Fix {
        title: "Remove the comment".to_owned(),
        edits: vec![without_comment(cx.text(), finding.span)],
        safe: true,
        preferred: true,
    }]
}

/// A comment that stands alone takes its lines with it; else the blanks on one side of it go. It
/// separates what stands beside it, so a blank comes between two words.
pub(super) fn without_comment(text: &str, span: Span) -> Edit {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let trimmed = before.trim_end_matches([' ', '\t']);
    let start = trimmed.len() as u32;
    let starts_line = matches!(trimmed, "" | "\u{feff}") || trimmed.ends_with(['\n', '\r']);
    let rest = after.trim_start_matches([' ', '\t']);
    let break_length = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let blanks = (after.len() - rest.len()) as u32;
    let ends_line = break_length > 0 || rest.is_empty();
    if starts_line && ends_line {
        return Edit::delete(Span::new(start, span.end + blanks + break_length));
    }
    if ends_line {
        return Edit::delete(Span::new(start, span.end));
    }
    if before.len() > trimmed.len() {
        return Edit::delete(Span::new(span.start, span.end + blanks));
    }
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '+' | '_');
    let joins = before.ends_with(is_word) && after.starts_with(is_word);
    Edit::replace(span, if joins { " " } else { "" })
}
