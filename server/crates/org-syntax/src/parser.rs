//! Tokens into a tree.
//!
//! One loop, no recursion: the way back up is in the parent links of the arena. This file is the
//! straight path that JSON takes; what happens off it is in `recovery`.

use crate::error::Errors;
use crate::lexer::{Lexed, lex};
use crate::tree::NO_COLON;
use crate::{Node, NodeId, NodeKind, Span, SyntaxError, SyntaxErrorKind, Token, TokenKind, Tree};

/// The longest text that is parsed, in bytes: offsets and node numbers are 32 bits wide, and one
/// byte can make three nodes.
pub const MAX_LEN: usize = 1 << 30;

/// What [`parse`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parse {
    /// The tokens and values.
    pub tree: Tree,
    /// The mistakes in document order, at most 100 and at most one at each start. Comments and
    /// trailing commas never crowd out the others.
    pub errors: Vec<SyntaxError>,
}

/// Parses any text. Takes time and memory linear in its length, and never recurses.
///
/// A text longer than [`MAX_LEN`] gives an empty tree and [`SyntaxErrorKind::TooLarge`].
pub fn parse(text: &str) -> Parse {
    parse_up_to(text, MAX_LEN)
}

fn parse_up_to(text: &str, max_len: usize) -> Parse {
    if text.len() > max_len {
        let error = SyntaxError { kind: SyntaxErrorKind::TooLarge, span: Span::at(0) };
        let tree = Tree { nodes: Vec::new(), tokens: Vec::new() };
        return Parse { tree, errors: vec![error] };
    }
    let mut parser = Parser::new(text, lex(text));
    parser.root();
    while let Some(open) = parser.open {
        match parser.node(open).kind {
            NodeKind::Object => parser.object_item(),
            _ => parser.array_item(),
        }
    }
    parser.after_root();
    parser.finish()
}

/// What stands before the next item of the innermost open object or array.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// The opening bracket.
    Start,
    /// A comma after an item, so another item must come.
    Comma(Span),
    /// An item, so a comma or the closing bracket must come.
    Item,
    /// A mistake that has been reported: whatever comes is welcome.
    Any,
}

/// The two kinds of brackets; an index into counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bracket {
    Brace = 0,
    Square = 1,
}

pub(crate) struct Parser<'text> {
    pub(crate) text: &'text str,
    pub(crate) tokens: Vec<Token>,
    /// Index of the next token.
    pub(crate) pos: usize,
    /// End of the last token that was taken, trivia aside.
    pub(crate) last_end: u32,
    pub(crate) nodes: Vec<Node>,
    /// The innermost open object or array.
    pub(crate) open: Option<NodeId>,
    pub(crate) separator: Separator,
    /// How many of each kind are open.
    pub(crate) depth: [i64; 2],
    /// Closing minus opening brackets among the tokens still to come.
    pub(crate) surplus: [i64; 2],
    pub(crate) unterminated: Vec<u32>,
    pub(crate) ends_in_comment: bool,
    pub(crate) errors: Errors,
    pub(crate) lexer_errors: Errors,
}

impl<'text> Parser<'text> {
    fn new(text: &'text str, lexed: Lexed) -> Parser<'text> {
        Parser {
            text,
            nodes: Vec::with_capacity(lexed.tokens.len() / 2 + 8),
            surplus: lexed.surplus,
            tokens: lexed.tokens,
            pos: 0,
            last_end: 0,
            open: None,
            separator: Separator::Start,
            depth: [0, 0],
            unterminated: lexed.unterminated,
            ends_in_comment: lexed.ends_in_comment,
            errors: Errors::default(),
            lexer_errors: lexed.errors,
        }
    }

    fn finish(self) -> Parse {
        let Parser { mut tokens, mut nodes, errors, lexer_errors, .. } = self;
        tokens.shrink_to_fit();
        nodes.shrink_to_fit();
        Parse { tree: Tree { nodes, tokens }, errors: errors.merge(lexer_errors) }
    }

    /// Takes the value that is the whole text.
    fn root(&mut self) {
        let Some(token) = self.before_root() else {
            return;
        };
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.open(token, None),
            TokenKind::Unknown => self.bare_value(None),
            _ => {
                self.scalar(token, None);
            }
        }
    }

    /// Takes the next member of the open object, or what stands in its place.
    fn object_item(&mut self) {
        let Some(token) = self.peek() else {
            return self.end_of_text();
        };
        match token.kind {
            TokenKind::String => self.named_member(token),
            TokenKind::CloseBrace => self.closer(token, Bracket::Brace),
            TokenKind::Comma => self.comma(token, SyntaxErrorKind::ExpectedMemberName),
            _ => self.odd_member(token),
        }
    }

    fn named_member(&mut self, name: Token) {
        if self.lacks_closers(Bracket::Brace) && self.close_dedented(name) {
            return;
        }
        if self.separator == Separator::Item && !self.missing_comma(name) {
            return;
        }
        let member = self.push(NodeKind::Member, name.span, self.open);
        let key = self.scalar(name, Some(member));
        self.colon_and_value(member, key);
    }

    /// Goes on after the name of `member`.
    pub(crate) fn colon_and_value(&mut self, member: NodeId, key: NodeId) {
        match self.peek() {
            Some(colon) if colon.kind == TokenKind::Colon => {
                self.nodes[member.index()].colon = colon.span.start;
                self.take(colon);
                self.member_value(member);
            }
            _ => self.member_without_colon(member, key),
        }
    }

    /// Takes the value of `member`, whose colon has been taken.
    pub(crate) fn member_value(&mut self, member: NodeId) {
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::OpenBrace | TokenKind::OpenBracket => {
                    return self.open(token, Some(member));
                }
                // A string with a colon behind it is the next member, not the value of this one.
                TokenKind::String if self.is_name_ahead() => break,
                kind if kind.is_scalar() => {
                    self.scalar(token, Some(member));
                    return self.finish_member(member);
                }
                TokenKind::Unknown if self.is_bare_value(token) => {
                    self.bare_value(Some(member));
                    return self.finish_member(member);
                }
                _ if self.skip_before_value(token) => {}
                _ => break,
            }
        }
        self.missing_value(member);
    }

    /// Takes the next value of the open array, or what stands in its place.
    fn array_item(&mut self) {
        let Some(token) = self.peek() else {
            return self.end_of_text();
        };
        match token.kind {
            TokenKind::CloseBracket => self.closer(token, Bracket::Square),
            TokenKind::Comma => self.comma(token, SyntaxErrorKind::ExpectedValue),
            TokenKind::OpenBrace | TokenKind::OpenBracket => {
                if self.separator != Separator::Item || self.missing_comma(token) {
                    self.open(token, self.open);
                }
            }
            TokenKind::String if self.is_name_ahead() => self.name_in_array(token),
            kind if kind.is_scalar() => self.element(token),
            _ => self.odd_element(token),
        }
    }

    /// Takes a scalar as the next value of the open array.
    pub(crate) fn element(&mut self, token: Token) {
        if self.separator != Separator::Item || self.missing_comma(token) {
            self.scalar(token, self.open);
            self.separator = Separator::Item;
        }
    }

    /// Takes the opening bracket `token`.
    pub(crate) fn open(&mut self, token: Token, parent: Option<NodeId>) {
        let (kind, bracket) = match token.kind {
            TokenKind::OpenBrace => (NodeKind::Object, Bracket::Brace),
            _ => (NodeKind::Array, Bracket::Square),
        };
        self.take(token);
        self.surplus[bracket as usize] += 1;
        self.depth[bracket as usize] += 1;
        self.open = Some(self.push(kind, token.span, parent));
        self.separator = Separator::Start;
    }

    /// Takes the closing bracket of the open object or array.
    fn closer(&mut self, token: Token, bracket: Bracket) {
        if self.lacks_closers(bracket) {
            self.close_indented_deeper(token);
        } else if self.has_extra_closers(bracket) && self.closes_root_too_early(token) {
            return;
        }
        // Something that was skipped may stand in between.
        if let Separator::Comma(comma) = self.separator
            && comma.end == self.last_end
        {
            self.report(SyntaxErrorKind::TrailingComma, comma);
        }
        self.skip(token);
        self.close(token.span.end, true);
    }

    /// Ends the open object or array at `end`, and the member that it is the value of.
    pub(crate) fn close(&mut self, end: u32, closed: bool) {
        let Some(open) = self.open else { return };
        let subtree_end = self.nodes.len() as u32;
        let node = &mut self.nodes[open.index()];
        node.span.end = end;
        node.subtree_end = subtree_end;
        node.closed = closed;
        let bracket = match node.kind {
            NodeKind::Object => Bracket::Brace,
            _ => Bracket::Square,
        };
        self.depth[bracket as usize] -= 1;
        self.open = node.parent;
        self.separator = Separator::Item;
        if let Some(parent) = self.open
            && self.node(parent).kind == NodeKind::Member
        {
            let member = &mut self.nodes[parent.index()];
            member.span.end = end;
            member.subtree_end = subtree_end;
            self.open = member.parent;
        }
    }

    /// Ends `member`, whose last part has been taken.
    pub(crate) fn finish_member(&mut self, member: NodeId) {
        let subtree_end = self.nodes.len() as u32;
        let end = self.last_end;
        let node = &mut self.nodes[member.index()];
        node.span.end = node.span.end.max(end);
        node.subtree_end = subtree_end;
        self.separator = Separator::Item;
    }

    /// Takes a token that is a value of its own, or a member's name.
    pub(crate) fn scalar(&mut self, token: Token, parent: Option<NodeId>) -> NodeId {
        let kind = match token.kind {
            TokenKind::String => NodeKind::String,
            TokenKind::Number => NodeKind::Number,
            TokenKind::True => NodeKind::True,
            TokenKind::False => NodeKind::False,
            TokenKind::Null => NodeKind::Null,
            _ => NodeKind::Unknown,
        };
        self.take(token);
        let node = self.push(kind, token.span, parent);
        if kind == NodeKind::String && self.is_unterminated(token) {
            self.nodes[node.index()].closed = false;
        }
        node
    }

    pub(crate) fn push(&mut self, kind: NodeKind, span: Span, parent: Option<NodeId>) -> NodeId {
        let index = self.nodes.len();
        let subtree_end = index as u32 + 1;
        self.nodes.push(Node { kind, span, parent, subtree_end, colon: NO_COLON, closed: true });
        NodeId::from_index(index)
    }

    pub(crate) fn report(&mut self, kind: SyntaxErrorKind, span: Span) {
        self.errors.push(kind, span);
    }

    pub(crate) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    pub(crate) fn is_unterminated(&self, token: Token) -> bool {
        !self.unterminated.is_empty() && self.unterminated.binary_search(&token.span.start).is_ok()
    }

    /// Whether more brackets of this kind are open than will be closed.
    pub(crate) fn lacks_closers(&self, bracket: Bracket) -> bool {
        self.depth[bracket as usize] > self.surplus[bracket as usize]
    }

    /// Whether more brackets of this kind will be closed than are open.
    pub(crate) fn has_extra_closers(&self, bracket: Bracket) -> bool {
        self.depth[bracket as usize] < self.surplus[bracket as usize]
    }

    /// The next token that is not trivia; stays there.
    pub(crate) fn peek(&mut self) -> Option<Token> {
        loop {
            let token = *self.tokens.get(self.pos)?;
            if !token.kind.is_trivia() {
                return Some(token);
            }
            self.pos += 1;
        }
    }

    /// The one after the token that [`Parser::peek`] gave.
    pub(crate) fn peek_second(&self) -> Option<Token> {
        let rest = self.tokens.get(self.pos + 1..)?;
        rest.iter().find(|token| !token.kind.is_trivia()).copied()
    }

    /// Whether the next token has a colon behind it.
    pub(crate) fn is_name_ahead(&self) -> bool {
        self.peek_second().is_some_and(|token| token.kind == TokenKind::Colon)
    }

    /// Goes on after `token`, which [`Parser::peek`] gave.
    pub(crate) fn take(&mut self, token: Token) {
        self.pos += 1;
        self.last_end = token.span.end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_not_looked_into() {
        let parse = parse_up_to("[1]", 2);
        assert_eq!(
            parse.errors,
            [SyntaxError { kind: SyntaxErrorKind::TooLarge, span: Span::at(0) }]
        );
        assert_eq!((parse.tree.root(), parse.tree.tokens().len()), (None, 0));
        assert_eq!(parse_up_to("[1]", 3).errors, []);
    }
}
