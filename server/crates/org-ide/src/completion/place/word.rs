//! The word that is being typed.

use org_syntax::{Span, Token, TokenKind, Tree};

/// A string, number or bare word at the cursor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// All of it.
    pub token: Token,
    /// What of it an item replaces: all, but of a string without its end only what can belong to
    /// the value, since the rest of the line may be the punctuation that follows.
    pub replace: Span,
}

/// What the cursor stands in.
#[derive(Clone, Copy, Debug)]
pub(super) enum AtCursor {
    /// Between words.
    Gap,
    /// In a word, or at its end.
    Word(Word),
    /// In the rest of a line whose quotes can be read in two ways.
    Unclear,
}

/// What the cursor stands in. Behind the closing quote of a string nothing of it is being typed any
/// more.
pub(super) fn at_cursor(text: &str, tree: &Tree, offset: u32) -> AtCursor {
    if let Some(token) = open_string(text, tree, offset) {
        let guessed = Span::new(token.span.end, offset).text(text);
        if guessed.contains(|c: char| !matches!(c, '}' | ']' | ',' | ' ')) {
            return AtCursor::Unclear;
        }
        return AtCursor::Word(Word {
            token,
            replace: Span::new(token.span.start, end_of_unclosed(text, token, offset)),
        });
    }
    let Some(word) = word_at(text, tree, offset) else {
        return AtCursor::Gap;
    };
    let rest = Span::new(word.replace.end, word.token.span.end).text(text);
    let is_punctuation = |c: char| matches!(c, ',' | ':' | '}' | ']');
    if !rest.trim().is_empty() && !rest.trim_start().starts_with(is_punctuation) {
        return AtCursor::Unclear;
    }
    AtCursor::Word(word)
}

fn word_at(text: &str, tree: &Tree, offset: u32) -> Option<Word> {
    let token = tree.token_before(offset)?;
    let is_behind = token.span.end == offset;
    let is_whole = token.kind != TokenKind::String || is_closed(text, tree, token);
    if !is_word(token.kind)
        || token.span.end < offset
        || (is_behind && is_whole && token.kind == TokenKind::String)
    {
        return None;
    }
    let end = if is_whole { token.span.end } else { end_of_unclosed(text, token, offset) };
    Some(Word { token, replace: Span::new(token.span.start, end) })
}

/// A string that is open at the cursor if its line is read strictly, while the tree guesses that its
/// closing quote was forgotten before a bracket: in `"password": "${env:NAME}│` the `}` is text.
fn open_string(text: &str, tree: &Tree, offset: u32) -> Option<Token> {
    let before = text.get(..offset as usize)?;
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = &before[line_start..];
    let mut open = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if open.is_some() => escaped = true,
            '"' => open = if open.is_none() { Some(at) } else { None },
            _ => {}
        }
    }
    let open = open?;
    let token = tree.token_at((line_start + open) as u32)?;
    let begins_here = token.span.start as usize == line_start + open;
    (begins_here && token.kind == TokenKind::String && token.span.end < offset).then_some(token)
}

fn is_word(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::String
            | TokenKind::Number
            | TokenKind::True
            | TokenKind::False
            | TokenKind::Null
            | TokenKind::Unknown
    )
}

/// Whether a string has its closing quote: as the tree knows it, or for one that did not make it
/// into the tree by the quote at its end.
fn is_closed(text: &str, tree: &Tree, token: Token) -> bool {
    let node = tree.node_at(token.span.start);
    match node.filter(|&node| tree.span(node) == token.span) {
        Some(node) => tree.is_closed(node),
        None => {
            let raw = token.span.text(text);
            let last = raw.chars().next_back();
            raw.chars().count() > 1 && last.is_some_and(|last| raw.starts_with(last))
        }
    }
}

fn end_of_unclosed(text: &str, token: Token, offset: u32) -> u32 {
    let rest = Span::new(offset, token.span.end.max(offset)).text(text);
    let more = rest
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_')))
        .unwrap_or(rest.len());
    offset + more as u32
}
