//! `comment`: JSON has no comments.

use org_syntax::{Span, SyntaxErrorKind, TokenKind};

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::key_of;
use crate::member_edits::insert_member;

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
                "JSON has no comments. Other programs cannot read the file: use \"description\".",
            );
        }
    }
}

/// The comment becomes the org's description where it can; only a person throws one away.
fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let removed = Fix {
        title: "Remove the comment".to_owned(),
        edits: vec![without_comment(cx.text(), finding.span)],
        safe: false,
        preferred: true,
    };
    match described(cx, finding.span) {
        None => vec![removed],
        Some(edits) => vec![
            Fix {
                title: "Move the comment into \"description\"".to_owned(),
                edits,
                safe: true,
                preferred: true,
            },
            Fix { preferred: false, ..removed },
        ],
    }
}

/// The edits that make a description of a comment and of those that stand directly around it; nothing where
/// there is a description, or what is written is no remark.
fn described(cx: &RuleContext<'_>, span: Span) -> Option<Vec<Edit>> {
    let (text, tree) = (cx.text(), cx.tree());
    let org = cx.org()?;
    let root = org.root?;
    let is_described = tree.members(root).any(|it| key_of(text, tree, it) == "description");
    let name = org.name.as_ref().filter(|_| !is_described)?;
    let spans = run_of_comments(cx, span);
    let words: Vec<&str> = spans.iter().map(|span| remark(span.text(text))).collect();
    if !words.iter().all(|words| is_remark(words)) {
        return None;
    }
    let value = org_syntax::quote(&words.join(" "));
    let mut edits = insert_member(text, tree, root, Some(name.member?), "description", &value);
    if edits.is_empty() {
        return None;
    }
    edits.extend(spans.iter().map(|span| without_comment(text, *span)));
    edits.sort_by_key(|edit| edit.span);
    let is_apart = edits.windows(2).all(|two| two[0].span.end <= two[1].span.start);
    is_apart.then_some(edits)
}

/// The comments with nothing but white space between them, one of which is at `span`.
fn run_of_comments(cx: &RuleContext<'_>, span: Span) -> Vec<Span> {
    let mut runs: Vec<Vec<Span>> = vec![Vec::new()];
    for token in cx.tree().tokens() {
        match token.kind {
            TokenKind::LineComment | TokenKind::BlockComment => {
                if let Some(run) = runs.last_mut() {
                    run.push(token.span);
                }
            }
            TokenKind::Whitespace => {}
            _ if runs.last().is_some_and(Vec::is_empty) => {}
            _ => runs.push(Vec::new()),
        }
    }
    runs.into_iter().find(|run| run.contains(&span)).unwrap_or_else(|| vec![span])
}

/// What a comment says, without its marks.
fn remark(comment: &str) -> &str {
    let inside =
        comment.strip_prefix("/*").map(|inside| inside.strip_suffix("*/").unwrap_or(inside));
    inside.unwrap_or_else(|| comment.trim_start_matches('/')).trim()
}

/// Whether it is a sentence of a person: two words or more, nothing that a member or a secret is made of. What
/// is hidden in excerpts must not become a description, which is not.
fn is_remark(words: &str) -> bool {
    let is_word = |word: &str| {
        let word = word.trim_matches(['.', ',', ';', '!', '?', '(', ')', '-', '\'']);
        let has_letter = word.contains(char::is_alphabetic);
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        let is_plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '.'));
        let is_short = word.chars().count() <= LONGEST_WORD;
        is_plain && is_short && !(has_letter && has_digit)
    };
    let count = words.split_whitespace().count();
    (2..=MOST_WORDS).contains(&count)
        && !words.contains('\n')
        && words.split_whitespace().all(is_word)
}

/// Words of a remark are no longer than this, in characters: what is longer may be a key.
const LONGEST_WORD: usize = 24;
/// Nor are there more of them.
const MOST_WORDS: usize = 60;

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
