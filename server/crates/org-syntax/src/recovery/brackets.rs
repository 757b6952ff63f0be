//! Closing brackets that do not fit, and objects that lack theirs.

use crate::parser::{Bracket, Parser, Separator};
use crate::{NodeId, NodeKind, SyntaxErrorKind, Token, TokenKind};

/// How far out a bracket's partner is looked for by its indentation.
const MAX_LEVELS: usize = 64;
/// How many tokens before a node its line may begin.
const MAX_LINE_TOKENS: usize = 32;

impl Parser<'_> {
    /// `token` closes an object where an array is open, or the other way round. Three things can
    /// have happened; the brackets still to come tell which.
    pub(crate) fn wrong_closer(&mut self, token: Token, bracket: Bracket) {
        let other = match bracket {
            Bracket::Brace => Bracket::Square,
            Bracket::Square => Bracket::Brace,
        };
        self.skip(token);
        if !self.lacks_closers(other) {
            // Whoever is open gets its own closing bracket later: this one is too many.
            self.report(SyntaxErrorKind::UnopenedBracket, token.span);
        } else if self.depth[bracket as usize] > 0 && self.lacks_closers(bracket) {
            // It belongs further out, and those inside are not closed.
            self.close_unclosed(token, |parser, open| parser.bracket_of(open) == bracket);
            self.close(token.span.end, true);
        } else {
            // It was meant for the innermost one.
            self.report(SyntaxErrorKind::MismatchedBracket, token.span);
            self.close(token.span.end, false);
        }
    }

    /// There are more closing brackets than open ones. When `token` would end the root although
    /// members or values follow, it is the one too many.
    #[cold]
    pub(crate) fn closes_root_too_early(&mut self, token: Token) -> bool {
        let is_root = self.open.is_some_and(|open| self.node(open).parent.is_none());
        let goes_on = self.peek_second().is_some_and(|next| {
            matches!(next.kind, TokenKind::Comma | TokenKind::String | TokenKind::Unknown)
        });
        if !is_root || !goes_on {
            return false;
        }
        self.report(SyntaxErrorKind::UnopenedBracket, token.span);
        self.skip(token);
        true
    }

    /// Some bracket lacks its partner. When `token` is the first of its line and stands below an
    /// outer opening bracket's line, those further in are the ones that are not closed.
    #[cold]
    pub(crate) fn close_indented_deeper(&mut self, token: Token) {
        let Some(indent) = self.indent_at(self.pos) else {
            return;
        };
        let Some(open) = self.open else { return };
        let bracket = self.bracket_of(open);
        let partner = self.enclosing(open).take(MAX_LEVELS).find(|&outer| {
            self.bracket_of(outer) == bracket && self.line_indent(outer) == Some(indent)
        });
        if let Some(partner) = partner {
            self.close_unclosed(token, |_, open| open == partner);
        }
    }

    /// A brace is missing somewhere. When `name` is the first of its line and indented as the
    /// members of an outer object, the objects further in are the ones that are not closed: ends
    /// them. False when `name` belongs to the open object.
    #[cold]
    pub(crate) fn close_dedented(&mut self, name: Token) -> bool {
        let Some(target) = self.dedent_target() else {
            return false;
        };
        self.close_unclosed(name, |_, open| open == target);
        self.separator = Separator::Any;
        true
    }

    /// The outer object whose members are indented as the next token is, when those of the open
    /// one are indented deeper.
    fn dedent_target(&self) -> Option<NodeId> {
        let indent = self.indent_at(self.pos)?;
        let open = self.open?;
        let sibling = self.nodes.get(open.index() + 1)?;
        let sibling = self.indent_at(self.token_index(sibling.span.start));
        if sibling.is_some_and(|sibling| sibling <= indent) || !self.is_name_ahead() {
            return None;
        }
        let mut inner = open;
        for outer in self.enclosing(open).take(MAX_LEVELS) {
            // In an object, the member that `inner` is the value of.
            let member = self.node(self.node(inner).parent?);
            if member.kind == NodeKind::Member
                && self.indent_at(self.token_index(member.span.start)) == Some(indent)
            {
                return Some(outer);
            }
            inner = outer;
        }
        None
    }

    /// Ends open objects and arrays as unclosed before `token`, up to the one for which `is_it`
    /// holds; that one stays open.
    pub(super) fn close_unclosed(&mut self, token: Token, is_it: impl Fn(&Self, NodeId) -> bool) {
        while let Some(open) = self.open
            && !is_it(self, open)
        {
            let (kind, opener) = self.opener(open);
            self.report(kind, opener);
            self.close(token.span.start, false);
        }
    }

    /// The objects and arrays around `open`, innermost first.
    fn enclosing(&self, open: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.node(open).parent, |&id| self.node(id).parent)
            .filter(|&id| self.node(id).kind != NodeKind::Member)
    }

    pub(super) fn bracket_of(&self, open: NodeId) -> Bracket {
        match self.node(open).kind {
            NodeKind::Object => Bracket::Brace,
            _ => Bracket::Square,
        }
    }

    /// The indentation of the line on which `node` begins.
    fn line_indent(&self, node: NodeId) -> Option<usize> {
        let at = self.token_index(self.node(node).span.start);
        (at.saturating_sub(MAX_LINE_TOKENS)..=at).rev().find_map(|index| self.indent_at(index))
    }

    fn token_index(&self, start: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < start)
    }

    /// The bytes of white space before the token at `index` on its line; `None` when another
    /// token stands before it.
    fn indent_at(&self, index: usize) -> Option<usize> {
        let Some(before) = index.checked_sub(1).and_then(|before| self.tokens.get(before)) else {
            return Some(0);
        };
        if before.kind != TokenKind::Whitespace {
            return None;
        }
        let space = before.span.text(self.text);
        match space.rfind(['\n', '\r']) {
            Some(line_break) => Some(space.len() - line_break - 1),
            None => (index == 1).then_some(space.len()),
        }
    }
}
