//! `comment`: JSON has no comments.

use org_syntax::{Span, SyntaxErrorKind};

use super::{Cx, Files, Rule, Sink};
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

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    for error in &cx.document.parse().errors {
        if error.kind == SyntaxErrorKind::Comment {
            sink.add(
                &RULE,
                error.span,
                "Remove this comment: other programs read the file as JSON, which has none.",
            );
        }
    }
}

fn fix(cx: &Cx<'_>, finding: &Finding) -> Vec<Fix> {
    let span = whole_line_or_blanks_before(cx.text(), finding.span);
    vec![Fix {
        title: "Remove the comment".to_owned(),
        edits: vec![Edit::delete(span)],
        safe: true,
        preferred: true,
    }]
}

/// A comment that stands alone takes its lines with it; else the blanks before it go.
fn whole_line_or_blanks_before(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or("");
    let after = text.get(span.end as usize..).unwrap_or("");
    let trimmed = before.trim_end_matches([' ', '\t']);
    let start = trimmed.len() as u32;
    let starts_line = trimmed.is_empty() || trimmed.ends_with(['\n', '\r']);
    let rest = after.trim_start_matches([' ', '\t']);
    let break_length = match rest.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let ends_line = break_length > 0 || rest.is_empty();
    if starts_line && ends_line {
        let blanks = (after.len() - rest.len()) as u32;
        return Span::new(start, span.end + blanks + break_length);
    }
    if ends_line { Span::new(start, span.end) } else { span }
}
