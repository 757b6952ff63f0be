//! Where in a broken text the tokens stand as they should.
//!
//! One object or array at a time, from its own tokens alone: a mistake in one member says nothing
//! about the next. Deliberately simpler than the parser's recovery, which looks at lines and
//! indentation; what formatting changes must not decide what it understands.

use org_syntax::{Token, TokenKind};

/// What a level of nesting is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Container {
    /// The text as a whole.
    Text,
    /// An object.
    Object,
    /// An array.
    Array,
}

/// What comes next at a level of nesting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// A member or value, or the closing bracket.
    Item,
    /// The colon after a member's name.
    Colon,
    /// A member's value.
    Value,
    /// A comma or the closing bracket; the end, for the text as a whole.
    Comma,
    /// Who knows: something is wrong, and lasts until the next comma.
    Unclear,
}

/// A token as the grammar sees it; closing brackets are the caller's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A string with a colon behind it.
    Name,
    /// Another string.
    String,
    /// A number, `true`, `false`, `null`, `{` or `[`.
    Value,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// What JSON does not know.
    Foreign,
}

/// Whether `word` is in its place, and what comes after it.
pub(super) fn step(container: Container, next: Next, word: Word) -> (bool, Next) {
    match (container, word) {
        (_, Word::Foreign) => (false, Next::Unclear),
        (Container::Text, Word::Comma) => (false, Next::Unclear),
        (_, Word::Comma) => (next == Next::Comma, Next::Item),
        (_, Word::Colon) if next == Next::Colon => (true, Next::Value),
        (_, Word::Colon) => (false, Next::Unclear),
        (Container::Object, Word::Name) => (next == Next::Item, Next::Colon),
        (Container::Object, Word::String) if next == Next::Item => (true, Next::Colon),
        (Container::Object, Word::String | Word::Value) => match next {
            Next::Value => (true, Next::Comma),
            _ => (false, Next::Unclear),
        },
        (Container::Array, _) => (next == Next::Item, Next::Comma),
        (Container::Text, _) if next == Next::Item => (true, Next::Comma),
        (Container::Text, _) => (false, Next::Unclear),
    }
}

/// Whether a string has both of JSON's quotes and none in between that is not escaped.
pub(super) fn is_whole_string(token: Token, text: &str) -> bool {
    let written = token.span.text(text).as_bytes();
    let [b'"', body @ .., b'"'] = written else {
        return false;
    };
    let mut escaped = false;
    for &byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return false,
            _ => {}
        }
    }
    !escaped
}

/// Whether a comment has its end.
pub(super) fn is_whole_comment(token: Token, text: &str) -> bool {
    let written = token.span.text(text);
    token.kind != TokenKind::BlockComment || (written.len() >= 4 && written.ends_with("*/"))
}
