//! What mends a syntax error, where a right answer can be told.

use org_syntax::{NodeKind, Span, SyntaxError, SyntaxErrorKind};

use super::comment::without_comment;
use super::{RuleContext, one_right_answer};
use crate::finding::{Edit, Fix};
use crate::member_edits::{line_break, line_indent};

/// The fix of one error. No title shows what is written there, which may be a secret.
pub(super) fn fix_of(cx: &RuleContext<'_>, error: &SyntaxError) -> Option<Fix> {
    let (title, edits) = answer(cx, error)?;
    let safe = one_right_answer::has_one(cx, error);
    Some(Fix { title: title.to_owned(), edits, safe, preferred: true })
}

fn answer(cx: &RuleContext<'_>, error: &SyntaxError) -> Option<(&'static str, Vec<Edit>)> {
    use SyntaxErrorKind as Kind;
    let (text, span) = (cx.text(), error.span);
    let written = span.text(text);
    let one = |title, edit| Some((title, vec![edit]));
    match error.kind {
        Kind::ExpectedComma => {
            let at = end_of_value_before(cx, span.start);
            one("Insert the missing comma", Edit::insert(at, ","))
        }
        Kind::ExpectedColon if !span.is_empty() => one("Write a colon", Edit::replace(span, ":")),
        Kind::ExpectedColon => {
            let tree = cx.tree();
            let has_value = tree
                .descendants()
                .filter_map(|id| tree.member(id))
                .any(|member| tree.span(member.key).end == span.start && member.value.is_some());
            has_value.then_some(())?;
            one("Insert the missing colon", Edit::insert(span.start, ":"))
        }
        Kind::ExpectedMemberName | Kind::ExpectedValue | Kind::UnexpectedToken
            if matches!(written, "," | ":" | ";" | "(" | ")" | "`" | "=" | "\"") =>
        {
            one("Remove it", Edit::delete(span))
        }
        Kind::SingleQuotedString | Kind::TypographicQuotes => {
            one("Use double quotes", Edit::replace(span, org_syntax::quote(inside(written))))
        }
        Kind::BareWord => match mended_word(written)? {
            "" => one("Put it in double quotes", Edit::replace(span, org_syntax::quote(written))),
            word if word == "true" => one("Write true", Edit::replace(span, word)),
            word => one("Write false", Edit::replace(span, word)),
        },
        Kind::InvalidNumber => {
            one("Put it in double quotes", Edit::replace(span, org_syntax::quote(written)))
        }
        Kind::ControlCharacter => {
            let escaped = org_syntax::quote(written);
            one("Write it as an escape", Edit::replace(span, inside(&escaped)))
        }
        Kind::InvalidEscape => one("Escape the backslash", Edit::insert(span.start, "\\")),
        Kind::UnescapedQuote => {
            let quotes = written.match_indices('"').filter(|(at, _)| {
                let before = written[..*at].bytes().rev().take_while(|byte| *byte == b'\\');
                before.count() % 2 == 0
            });
            let edits = quotes.map(|(at, _)| Edit::insert(span.start + at as u32, "\\"));
            Some(("Escape the quotes inside", edits.collect()))
        }
        Kind::UnterminatedString => one("Insert the closing quote", Edit::insert(span.end, "\"")),
        Kind::UnterminatedComment => {
            // It may have swallowed the rest of the file, so it ends on its own line.
            let line = written.split(['\n', '\r']).next().unwrap_or(written);
            one("End the comment here", Edit::insert(span.start + line.len() as u32, " */"))
        }
        Kind::HashComment => one("Remove the comment", without_comment(text, span)),
        Kind::InvalidWhitespace => one("Use a plain space", Edit::replace(span, " ")),
        Kind::MismatchedBracket => match written {
            "}" => one("Write ]", Edit::replace(span, "]")),
            "]" => one("Write }", Edit::replace(span, "}")),
            _ => None,
        },
        Kind::UnopenedBracket => one("Remove the bracket", Edit::delete(span)),
        Kind::ContentAfterEnd => one("Remove what stands after the end", Edit::delete(span)),
        Kind::UnclosedObject => one("Insert the missing }", closer(cx, span, "}")?),
        Kind::UnclosedArray => one("Insert the missing ]", closer(cx, span, "]")?),
        _ => None,
    }
}

/// Where the comma belongs: right behind the last token that is not trivia.
fn end_of_value_before(cx: &RuleContext<'_>, offset: u32) -> u32 {
    let tokens = cx.tree().tokens();
    let until = tokens.partition_point(|token| token.span.end <= offset);
    tokens[..until]
        .iter()
        .rev()
        .find(|token| !token.kind.is_trivia())
        .map_or(offset, |token| token.span.end)
}

/// The closing bracket of what `open` began, when nothing stands behind it any more.
fn closer(cx: &RuleContext<'_>, open: Span, bracket: &str) -> Option<Edit> {
    let (text, tree) = (cx.text(), cx.tree());
    let last = tree.tokens().iter().rev().find(|token| !token.kind.is_trivia())?;
    let is_open = |id: &org_syntax::NodeId| {
        matches!(tree.kind(*id), NodeKind::Object | NodeKind::Array)
            && tree.span(*id).start == open.start
            && tree.span(*id).end >= last.span.end
    };
    tree.descendants().find(is_open)?;
    if matches!(last.span.text(text), "," | ":") {
        return None;
    }
    let inside = Span::new(open.end, last.span.end).text(text);
    let own_line = inside
        .contains(['\n', '\r'])
        .then(|| format!("{}{}", line_break(text), line_indent(text, open.start)));
    Some(Edit::insert(last.span.end, format!("{}{bracket}", own_line.unwrap_or_default())))
}

/// `true` or `false` where one of them is meant; nothing where text is.
fn mended_word(word: &str) -> Option<&'static str> {
    match word.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some("true"),
        "false" | "no" | "off" => Some("false"),
        "" => None,
        _ => Some(""),
    }
}

/// What stands between quotes of any kind.
fn inside(quoted: &str) -> &str {
    let is_quote =
        |c: char| matches!(c, '"' | '\'' | '`' | '\u{2018}'..='\u{201f}' | '\u{ab}' | '\u{bb}');
    let mut rest = quoted;
    if let Some(first) = quoted.chars().next().filter(|c| is_quote(*c)) {
        rest = &rest[first.len_utf8()..];
    }
    match rest.chars().next_back().filter(|c| is_quote(*c)) {
        Some(last) => &rest[..rest.len() - last.len_utf8()],
        None => rest,
    }
}
