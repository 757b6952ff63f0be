//! What the parser does where the text is not JSON.
//!
//! Every function here takes at least one token, ends an object or array, or leaves the parser
//! where the next step does, so the loop in `parse` comes to its end. One mistake makes one error:
//! where what follows is only its consequence, the separator is [`Separator::Any`].

mod brackets;
mod members;
mod outside;

use crate::parser::{Bracket, Parser, Separator};
use crate::{Node, NodeId, NodeKind, Span, SyntaxErrorKind, Token, TokenKind};

impl Parser<'_> {
    /// A comma in an object or array.
    pub(crate) fn comma(&mut self, token: Token, missing: SyntaxErrorKind) {
        self.take(token);
        match self.separator {
            Separator::Item | Separator::Any => self.separator = Separator::Comma(token.span),
            Separator::Start | Separator::Comma(_) => {
                self.report(missing, token.span);
                self.separator = Separator::Any;
                while let Some(comma) = self.peek().filter(|next| next.kind == TokenKind::Comma) {
                    self.take(comma);
                }
            }
        }
    }

    /// Reports that no comma stands before the item that begins with `token`. False when that was
    /// no item and has been skipped.
    #[cold]
    pub(crate) fn missing_comma(&mut self, token: Token) -> bool {
        let is_unfinished = self.last_text().is_some_and(|text| !text.closed);
        if self.is_rest_of_text(token) {
            let skipped = self.skip_line(token);
            if !is_unfinished {
                self.report(SyntaxErrorKind::UnescapedQuote, skipped);
            }
            return false;
        }
        // While a text is being typed, its missing quote is the mistake.
        if !is_unfinished {
            let place = Span::at(self.last_end);
            self.report(SyntaxErrorKind::ExpectedComma, place);
        }
        self.separator = Separator::Any;
        true
    }

    /// Whether `token` goes on with the text before it: it sticks to its quote (`"He said "hi`), or
    /// belongs to words with a quote at their end (`"Acme" production"`, or a text that has been
    /// broken into two lines).
    fn is_rest_of_text(&self, token: Token) -> bool {
        let Some(text) = self.last_text() else {
            return false;
        };
        let sticks = token.span.start == self.last_end
            && text.closed
            && !matches!(
                token.kind,
                TokenKind::String | TokenKind::OpenBrace | TokenKind::OpenBracket
            );
        let words = self.tokens[self.pos..]
            .iter()
            .take_while(|token| match token.kind {
                TokenKind::Whitespace => !token.span.text(self.text).contains(['\n', '\r']),
                kind => kind == TokenKind::Unknown,
            })
            .filter(|token| token.kind == TokenKind::Unknown);
        sticks
            || token.kind == TokenKind::Unknown
                && !self.is_name_ahead()
                && self.is_on_new_line(token) != text.closed
                && words.last().is_some_and(|last| last.span.text(self.text).ends_with('"'))
    }

    /// The text that has just been taken, if it was one.
    fn last_text(&self) -> Option<&Node> {
        let last = self.nodes.last()?;
        (last.kind == NodeKind::String && last.span.end == self.last_end).then_some(last)
    }

    /// Skips `first` and what follows on its line up to a comma, a bracket or a member. Gives what
    /// it has skipped.
    pub(super) fn skip_line(&mut self, first: Token) -> Span {
        let mut skipped = first.span;
        self.skip(first);
        while let Some(token) = self.peek() {
            let goes_on = match token.kind {
                TokenKind::String | TokenKind::Unknown => !self.is_name_ahead(),
                kind => kind.is_scalar(),
            };
            if !goes_on || self.is_on_new_line(token) {
                break;
            }
            skipped = skipped.cover(token.span);
            self.skip(token);
        }
        self.lexer_errors.forget_faults_in(skipped);
        skipped
    }

    /// Takes the bare words up to the end of the line as one value, so that a text without quotes
    /// is one mistake.
    pub(crate) fn bare_value(&mut self, parent: Option<NodeId>) {
        let Some(first) = self.peek() else { return };
        let value = self.scalar(first, parent);
        let mut span = first.span;
        while let Some(token) = self.peek() {
            if token.kind != TokenKind::Unknown
                || !self.is_word(token)
                || self.is_name_ahead()
                || self.is_on_new_line(token)
            {
                break;
            }
            span = span.cover(token.span);
            self.take(token);
        }
        self.nodes[value.index()].span = span;
        self.report(SyntaxErrorKind::BareWord, span);
    }

    /// Something that is no JSON value where an array's value should begin.
    #[cold]
    pub(crate) fn odd_element(&mut self, token: Token) {
        match token.kind {
            TokenKind::CloseBrace => self.wrong_closer(token, Bracket::Brace),
            TokenKind::Unknown if self.is_word(token) => {
                if self.separator != Separator::Item || self.missing_comma(token) {
                    self.bare_value(self.open);
                    self.separator = Separator::Item;
                }
            }
            TokenKind::Unknown => self.stray(token),
            _ => {
                self.report(SyntaxErrorKind::UnexpectedToken, token.span);
                self.take(token);
                self.separator = Separator::Any;
            }
        }
    }

    /// A member's name in an array: on a new line it goes on with the object around the array.
    #[cold]
    pub(crate) fn name_in_array(&mut self, token: Token) {
        if self.depth[Bracket::Brace as usize] > 0 && self.is_on_new_line(token) {
            self.close_unclosed(token, |parser, open| parser.bracket_of(open) == Bracket::Brace);
            self.separator = Separator::Any;
        } else {
            self.element(token);
        }
    }

    /// A character that means nothing: `;` between items stands for the comma.
    fn stray(&mut self, token: Token) {
        let is_comma = self.separator == Separator::Item && token.span.text(self.text) == ";";
        let kind = match is_comma {
            true => SyntaxErrorKind::ExpectedComma,
            false => SyntaxErrorKind::UnexpectedToken,
        };
        self.report(kind, token.span);
        self.take(token);
        if is_comma {
            self.separator = Separator::Any;
        }
    }

    /// The kind and place of the error for an object or array without its closing bracket.
    pub(crate) fn opener(&self, open: NodeId) -> (SyntaxErrorKind, Span) {
        let node = self.node(open);
        let kind = match node.kind {
            NodeKind::Object => SyntaxErrorKind::UnclosedObject,
            _ => SyntaxErrorKind::UnclosedArray,
        };
        (kind, Span::new(node.span.start, node.span.start + 1))
    }

    /// Takes a token that goes into no node, or a closing bracket.
    pub(crate) fn skip(&mut self, token: Token) {
        match token.kind {
            TokenKind::CloseBrace => self.surplus[Bracket::Brace as usize] -= 1,
            TokenKind::CloseBracket => self.surplus[Bracket::Square as usize] -= 1,
            _ => {}
        }
        self.take(token);
    }

    /// Whether an unknown token is text, and not a punctuation mark or a control character.
    fn is_word(&self, token: Token) -> bool {
        let text = token.span.text(self.text);
        !matches!(text, ";" | "=" | "(" | ")" | "`" | "\"") && !text.starts_with(char::is_control)
    }

    /// Whether a line ends between the last token taken and `token`.
    pub(crate) fn is_on_new_line(&self, token: Token) -> bool {
        Span::new(self.last_end, token.span.start).text(self.text).contains(['\n', '\r'])
    }
}
