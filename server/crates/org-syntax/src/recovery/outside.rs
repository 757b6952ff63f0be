//! What stands around the value, and the end of the text.

use crate::parser::Parser;
use crate::{NodeKind, Span, SyntaxErrorKind, Token, TokenKind};

impl Parser<'_> {
    /// Skips what cannot begin the text and gives the first token of the root.
    pub(crate) fn before_root(&mut self) -> Option<Token> {
        let mut skipped: Option<Span> = None;
        let root = loop {
            let Some(token) = self.peek() else { break None };
            let is_root = match token.kind {
                TokenKind::CloseBrace
                | TokenKind::CloseBracket
                | TokenKind::Colon
                | TokenKind::Comma => false,
                // Words before an object or array, such as the fence of a code block.
                TokenKind::Unknown => self.peek_second().is_none() && skipped.is_none(),
                _ => true,
            };
            if is_root {
                break Some(token);
            }
            skipped = Some(skipped.map_or(token.span, |skipped| skipped.cover(token.span)));
            self.skip(token);
        };
        if let Some(skipped) = skipped {
            self.report(SyntaxErrorKind::UnexpectedToken, skipped);
        } else if root.is_none() {
            self.report(SyntaxErrorKind::Empty, Span::at(self.text_len()));
        }
        root
    }

    /// Reports what stands after the root.
    pub(crate) fn after_root(&mut self) {
        if let Some(token) = self.peek_closer() {
            self.report(SyntaxErrorKind::UnopenedBracket, token.span);
        }
        while let Some(token) = self.peek_closer() {
            self.take(token);
        }
        let Some(token) = self.peek() else { return };
        let extra = Span::new(token.span.start, self.last_significant_end());
        self.lexer_errors.forget_faults_in(extra);
        match self.nodes.first() {
            // `"name": "Acme"` without braces around it.
            Some(root) if root.kind == NodeKind::String && token.kind == TokenKind::Colon => {
                self.report(SyntaxErrorKind::ExpectedOpenBrace, root.span);
            }
            _ => self.report(SyntaxErrorKind::ContentAfterEnd, extra),
        }
    }

    fn peek_closer(&mut self) -> Option<Token> {
        let token = self.peek()?;
        matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket).then_some(token)
    }

    /// The text is over and objects or arrays are open: ends them all.
    pub(crate) fn end_of_text(&mut self) {
        let mut openers = Vec::new();
        while let Some(open) = self.open {
            openers.push(self.opener(open));
            self.close(self.text_len(), false);
        }
        // A comment without end hides whatever closed them.
        if !self.ends_in_comment {
            for (kind, span) in openers.into_iter().rev() {
                self.report(kind, span);
            }
        }
    }

    fn text_len(&self) -> u32 {
        self.text.len() as u32
    }

    fn last_significant_end(&self) -> u32 {
        let last = self.tokens.iter().rev().find(|token| !token.kind.is_trivia());
        last.map_or(0, |token| token.span.end)
    }
}
