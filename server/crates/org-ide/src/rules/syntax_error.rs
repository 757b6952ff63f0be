//! `syntax-error`: the text is not JSON at this place.

use org_syntax::SyntaxErrorKind;

use super::{Cx, Files, Rule, Sink};
use crate::finding::{Edit, Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "syntax-error",
    group: Group::Syntax,
    severity: Severity::Error,
    files: Files::Both,
    summary: "The text is not valid JSON.",
    documentation: "Org and project files are strict JSON (RFC 8259). Every mistake is reported \
        where it stands, and the rest of the file keeps working: completion, hover and code \
        actions do not wait until all is mended. A login test is refused while one is left.",
    wrong: &[("acme.sforg.json", "{\n  \"name\": \"Acme\"\n  \"sandbox\": false\n}\n")],
    right: &[("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"sandbox\": false\n}\n")],
    check,
    fix,
};

/// Comments and trailing commas have rules of their own.
pub(super) fn has_own_rule(kind: SyntaxErrorKind) -> bool {
    matches!(kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
}

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    if cx.document.trouble().is_some() {
        return;
    }
    for error in &cx.document.parse().errors {
        if !has_own_rule(error.kind) {
            sink.add(&RULE, error.span, error.kind.message());
        }
    }
}

fn fix(cx: &Cx<'_>, finding: &Finding) -> Vec<Fix> {
    let errors = &cx.document.parse().errors;
    errors
        .iter()
        .filter(|error| error.span == finding.span && !has_own_rule(error.kind))
        .filter_map(|error| {
            let written = error.span.text(cx.text());
            let (title, edit) = match error.kind {
                SyntaxErrorKind::ExpectedComma => {
                    let at = end_of_value_before(cx, error.span.start);
                    ("Insert the missing comma".to_owned(), Edit::insert(at, ","))
                }
                SyntaxErrorKind::SingleQuotedString => {
                    let inner = written.trim_start_matches('\'').trim_end_matches('\'');
                    let quoted = org_syntax::quote(inner);
                    ("Use double quotes".to_owned(), Edit::replace(error.span, quoted))
                }
                SyntaxErrorKind::BareWord => {
                    let mended = mend_bare_word(written)?;
                    // The word may be a secret, which no title shows.
                    let title = if mended.starts_with('"') {
                        "Put it in double quotes".to_owned()
                    } else {
                        format!("Write {mended}")
                    };
                    (title, Edit::replace(error.span, mended))
                }
                _ => return None,
            };
            Some(Fix { title, edits: vec![edit], safe: false, preferred: true })
        })
        .collect()
}

/// Where the comma belongs: right behind the last token that is not trivia.
fn end_of_value_before(cx: &Cx<'_>, offset: u32) -> u32 {
    let tokens = cx.tree().tokens();
    let until = tokens.partition_point(|token| token.span.end <= offset);
    tokens[..until]
        .iter()
        .rev()
        .find(|token| !token.kind.is_trivia())
        .map_or(offset, |token| token.span.end)
}

fn mend_bare_word(word: &str) -> Option<String> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true".to_owned()),
        "false" | "no" | "off" => Some("false".to_owned()),
        "" => None,
        _ => Some(org_syntax::quote(word)),
    }
}
