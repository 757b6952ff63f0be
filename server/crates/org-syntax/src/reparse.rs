//! The tree of an edited text, from that of the text before.
//!
//! Most keys change one word: a character of a value, the white space before a member. Then all that
//! changes of the tree is where things stand, and to move a tree is many times cheaper than to make one.
//! Where words come or go, only the object or array around them is parsed ([`inner`]).

mod inner;

use crate::lexer::Lexer;
use crate::tree::NO_COLON;
use crate::{MAX_LEN, Node, Parse, Span, SyntaxError, Token, Tree, parse};

/// What [`parse`] gives for `text`, made of a text whose parse is `old` by replacing the bytes of `edit`
/// with what ends at byte `new_end` now.
///
/// That takes little as long as neither text has a mistake beyond comments and trailing commas, and the edit
/// only changes words, or is inside of a small object or array. It is wrong when the texts differ elsewhere.
pub fn reparse(old: &Parse, text: &str, edit: Span, new_end: u32) -> Parse {
    if text.len() > MAX_LEN || old.errors.iter().any(|error| !error.kind.is_tolerable()) {
        return parse(text);
    }
    let moved = moved(old, text, edit, new_end);
    moved.or_else(|| inner::replaced(old, text, edit, new_end)).unwrap_or_else(|| parse(text))
}

/// The old parse with everything where it stands now; `None` when more has changed than that.
///
/// Without mistakes a word is read in the same way whatever stands elsewhere, and the tree follows from the
/// kinds of the words alone.
fn moved(old: &Parse, text: &str, edit: Span, new_end: u32) -> Option<Parse> {
    let rewritten = Rewritten::find(&old.tree.tokens, text, edit, new_end)?;
    let tree =
        Tree { nodes: rewritten.nodes(&old.tree), tokens: rewritten.all_tokens(&old.tree.tokens) };
    let error = |error: &SyntaxError| SyntaxError { span: rewritten.span(error.span), ..*error };
    Some(Parse { tree, errors: old.errors.iter().map(error).collect() })
}

/// A stretch of words that stands in place of as many old ones of the same kinds.
struct Rewritten<'old> {
    old: &'old [Token],
    /// Index of the first of them in the old tokens.
    first: usize,
    new: Vec<Token>,
    /// What is behind moves by so many bytes, modulo 2³².
    shift: u32,
}

impl<'old> Rewritten<'old> {
    /// From the first word that the edit touches to the first end of a word behind the edit that was one
    /// before; `None` when the words there are of other kinds than before, or have mistakes.
    fn find(tokens: &'old [Token], text: &str, edit: Span, new_end: u32) -> Option<Self> {
        let shift = new_end.wrapping_sub(edit.end);
        // What follows a word directly may belong to it.
        let first = tokens.partition_point(|token| token.span.end < edit.start);
        let mut lexer = Lexer::at(text, tokens.get(first)?.span.start as usize);
        let mut count = 0;
        loop {
            let token = tokens.get(first + count)?;
            lexer.next_token()?;
            if !lexer.is_free_of_mistakes() || lexer.last_kind() != Some(token.kind) {
                return None;
            }
            count += 1;
            let end = lexer.position();
            if end >= new_end && token.span.end.wrapping_add(shift) == end {
                let old = &tokens[first..first + count];
                return Some(Self { old, first, new: lexer.into_tokens(), shift });
            }
        }
    }

    /// Where the rewritten words begin, in both texts.
    fn start(&self) -> u32 {
        self.old.first().map_or(0, |token| token.span.start)
    }

    /// Where they ended in the old text.
    fn old_end(&self) -> u32 {
        self.old.last().map_or(0, |token| token.span.end)
    }

    /// Where the beginning or end of a word is now.
    fn offset(&self, old: u32) -> u32 {
        if old >= self.old_end() {
            return old.wrapping_add(self.shift);
        }
        let before = self.old.partition_point(|token| token.span.start <= old);
        match before.checked_sub(1) {
            Some(index) => self.new[index].span.start,
            None => old,
        }
    }

    fn span(&self, old: Span) -> Span {
        Span::new(self.offset(old.start), self.offset(old.end))
    }

    fn all_tokens(&self, old: &[Token]) -> Vec<Token> {
        let behind = &old[self.first + self.old.len()..];
        let mut tokens = Vec::with_capacity(old.len());
        tokens.extend_from_slice(&old[..self.first]);
        tokens.extend_from_slice(&self.new);
        tokens.extend(behind.iter().map(|token| Token {
            span: Span::new(
                token.span.start.wrapping_add(self.shift),
                token.span.end.wrapping_add(self.shift),
            ),
            ..*token
        }));
        tokens
    }

    fn nodes(&self, old: &Tree) -> Vec<Node> {
        // Of the nodes that begin before the rewritten words only those that these are inside of end behind
        // them: the last one and what it is part of.
        let begun = old.nodes.partition_point(|node| node.span.start < self.start());
        let mut nodes = Vec::with_capacity(old.nodes.len());
        nodes.extend_from_slice(&old.nodes[..begun]);
        let mut around = begun.checked_sub(1);
        while let Some(index) = around {
            nodes[index] = self.node(&old.nodes[index]);
            around = nodes[index].parent.map(|parent| parent.index());
        }
        let old_end = self.old_end();
        nodes.extend(old.nodes[begun..].iter().map(|node| {
            if node.span.start < old_end { self.node(node) } else { self.shifted(node) }
        }));
        nodes
    }

    fn node(&self, old: &Node) -> Node {
        let colon = if old.colon == NO_COLON { NO_COLON } else { self.offset(old.colon) };
        Node { span: self.span(old.span), colon, ..*old }
    }

    /// A node behind the rewritten words.
    fn shifted(&self, old: &Node) -> Node {
        let span = Span::new(
            old.span.start.wrapping_add(self.shift),
            old.span.end.wrapping_add(self.shift),
        );
        let colon =
            if old.colon == NO_COLON { NO_COLON } else { old.colon.wrapping_add(self.shift) };
        Node { span, colon, ..*old }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the parse of the second text is made from that of the first, after looking that it is right.
    fn is_moved(old: &str, new: &str) -> bool {
        let (edit, new_end) = difference(old, new);
        let parsed = parse(old);
        let is_right = parsed.errors.iter().all(|error| error.kind.is_tolerable());
        let moved = if is_right { moved(&parsed, new, edit, new_end) } else { None };
        if let Some(moved) = &moved {
            assert_eq!(*moved, parse(new), "{old:?} to {new:?}");
        }
        assert_eq!(reparse(&parse(old), new, edit, new_end), parse(new));
        moved.is_some()
    }

    fn difference(old: &str, new: &str) -> (Span, u32) {
        let difference = org_text::Difference::between(old, new);
        let edit = Span::new(difference.start as u32, difference.old_end as u32);
        (edit, difference.new_end as u32)
    }

    #[test]
    fn a_changed_word_moves_what_is_behind() {
        let old = "{ \"a\": \"b\", \"c\": [1, true, {\"d\": null,}], // e\n \"f\": {} }";
        for (part, instead) in [
            ("\"b\"", "\"bcd\""),
            ("\"b\"", "\"\""),
            ("\"a\"", "\"\\u0061é\""),
            ("1", "-12.5e3"),
            (" \"c\"", "\n\t\"c\""),
            ("// e", "// longer than before, \"with\" {[ all"),
            ("{}", "{}"),
            ("\"f\": {}", "\"g\": {}"),
        ] {
            assert!(is_moved(old, &old.replace(part, instead)), "{part} to {instead}");
        }
    }

    #[test]
    fn what_changes_more_is_parsed_anew() {
        let old = "{ \"a\": \"b\", \"c\": [1, true] }";
        for (part, instead) in [
            ("\"b\"", "\"b"),
            ("\"b\"", "\"b\"\""),
            ("\"b\"", "'b'"),
            ("\"b\"", "\"\\q\""),
            ("\"b\"", "\"b\", \"d\": 2"),
            ("true", "false"),
            ("true", "truefalse"),
            ("true", ""),
            ("1", "01"),
            (" }", "}"),
            ("{ \"a\"", "\u{feff}{ \"a\""),
            ("[1", "[1 /*"),
            (old, ""),
        ] {
            assert!(!is_moved(old, &old.replace(part, instead)), "{part} to {instead}");
        }
        assert!(!is_moved("", "{}"));
        assert!(!is_moved("{\"a\": b, \"c\": 1}", "{\"a\": b, \"c\": 12}"));
    }

    #[test]
    fn the_whole_text_may_be_one_word() {
        assert!(is_moved("1", "12"));
        assert!(is_moved("\u{feff}[\"a\"]", "\u{feff}[\"ab\"]"));
        assert!(is_moved("{}", "{}"));
        assert!(is_moved("[]\n", "[]\n\n"));
    }
}
