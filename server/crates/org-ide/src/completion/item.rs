//! A completion item, in words of the text, and the slot that it fills.

use org_syntax::Span;

use super::topic::Topic;
use crate::document::Document;
use crate::finding::Edit;
use crate::member_edits::{line_break, line_indent};

/// What an item stands for, for the icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A member's name.
    Member,
    /// A value out of a table.
    Value,
    /// A reference to a secret.
    Reference,
    /// A whole block.
    Block,
}

/// A completion item. `text` is written without tab stops; `snippet` is the same with LSP's
/// snippet syntax, where there is something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// Icon.
    pub kind: ItemKind,
    /// A few words beside the label.
    pub detail: String,
    /// What its documentation is about.
    pub topic: Option<Topic>,
    /// Byte span that the item replaces; it is on one line and holds the cursor's offset.
    pub replace: Span,
    /// The text that replaces it, as it is (LSP's `InsertTextMode.asIs`): with the line breaks and
    /// the indentation of the file.
    pub text: String,
    /// The same with tab stops. Its lines end with `\n` and are indented relatively to the line of
    /// the cursor, since editors add that line's indentation to a snippet's further lines (LSP's
    /// `InsertTextMode.adjustIndentation`).
    pub snippet: Option<String>,
    /// What the client compares with the text that is replaced.
    pub filter: String,
    /// Edits elsewhere (a missing comma before), without overlap with `replace`.
    pub additional: Vec<Edit>,
    /// Shown struck through.
    pub deprecated: bool,
    /// There is something to choose at the first tab stop.
    pub retrigger: bool,
}

/// What an item writes, as text and as snippet; lines end with `\n` and are indented relatively.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub text: String,
    pub snippet: Option<String>,
}

impl Body {
    /// A body without anything to fill in.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), snippet: None }
    }

    pub fn with_snippet(text: impl Into<String>, snippet: impl Into<String>) -> Self {
        Self { text: text.into(), snippet: Some(snippet.into()) }
    }
}

/// The place in the text that an item fills, with the punctuation that is missing around it.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    /// What is replaced.
    pub replace: Span,
    /// Comes before the body: a missing comma, blanks that were there.
    pub lead: String,
    /// Comes behind the body: a missing comma.
    pub tail: &'static str,
    /// Byte offset where a comma is missing, apart from `replace`.
    pub comma_before: Option<u32>,
}

impl Slot {
    pub fn new(replace: Span) -> Self {
        Self { replace, lead: String::new(), tail: "", comma_before: None }
    }

    /// An item that writes `body` here. `name` is what a person types to find it.
    pub fn item(&self, document: &Document, label: &str, name: &str, body: &Body) -> Item {
        let text = document.text();
        let whole = |body: &str| format!("{}{body}{}", self.lead, self.tail);
        let snippet = body.snippet.as_deref().map(whole);
        Item {
            label: label.to_owned(),
            kind: ItemKind::Value,
            detail: String::new(),
            topic: None,
            replace: self.replace,
            text: self.indented(text, whole(&body.text)),
            snippet,
            filter: self.filter(text, name),
            additional: self.comma_before.map(|at| Edit::insert(at, ",")).into_iter().collect(),
            deprecated: false,
            retrigger: false,
        }
    }

    /// With the line breaks and the indent of the text around it.
    fn indented(&self, text: &str, body: String) -> String {
        if !body.contains('\n') {
            return body;
        }
        let indent = line_indent(text, self.replace.start);
        body.replace('\n', &format!("{}{indent}", line_break(text)))
    }

    /// Begins with what the person began to type with: a quote, or none.
    fn filter(&self, text: &str, name: &str) -> String {
        let typed = self.replace.text(text).trim_start();
        match typed.chars().next() {
            None | Some('"') => org_syntax::quote(name),
            Some(quote) if !quote.is_alphanumeric() => format!("{quote}{name}{quote}"),
            Some(_) => name.to_owned(),
        }
    }
}

/// Escapes text for LSP's snippet syntax.
pub(super) fn escape_snippet(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '$' | '}') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A JSON string that holds the tab stop `number` with an example to type over.
pub(super) fn string_stop(number: u32, example: &str) -> String {
    let quoted = org_syntax::quote(example);
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or("");
    format!("\"${{{number}:{}}}\"", escape_snippet(inner))
}

/// The tab stop `number` with values to choose from.
pub(super) fn choice_stop(number: u32, values: &[String]) -> String {
    let escaped =
        |value: &String| value.replace('\\', "\\\\").replace(',', "\\,").replace('|', "\\|");
    let choices: Vec<String> = values.iter().map(escaped).collect();
    format!("${{{number}|{}|}}", choices.join(","))
}

/// A snippet for clients that know tab stops and would write a choice as it stands: the first value is one to
/// type over.
pub fn without_choices(snippet: &str) -> String {
    let mut plain = String::with_capacity(snippet.len());
    let mut rest = snippet;
    while let Some((before, choice)) = rest.split_once('|') {
        let begins = before.rsplit_once("${").is_some_and(|(_, number)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        let first = choice.split_once("|}").filter(|_| begins);
        plain.push_str(before);
        match first {
            Some((values, behind)) => {
                plain.push(':');
                plain.push_str(values.split(',').next().unwrap_or_default());
                plain.push('}');
                rest = behind;
            }
            None => {
                plain.push('|');
                rest = choice;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{choice_stop, escape_snippet, string_stop, without_choices};

    #[test]
    fn a_choice_becomes_its_first_value() {
        let choice = choice_stop(2, &["false".to_owned(), "true".to_owned()]);
        assert_eq!(choice, "${2|false,true|}");
        let whole = format!("{{ \"a|b\": ${{1:x}}, {choice}, ${{3|\"66.0\",\"64.0\"|}} | }}");
        assert_eq!(without_choices(&whole), "{ \"a|b\": ${1:x}, ${2:false}, ${3:\"66.0\"} | }");
    }

    #[test]
    fn what_means_something_in_a_snippet_is_escaped() {
        assert_eq!(escape_snippet(r"${env:A}\"), r"\${env:A\}\\");
        assert_eq!(string_stop(1, "a\"b}"), r#""${1:a\\"b\}}""#);
    }
}
