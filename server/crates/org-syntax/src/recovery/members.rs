//! Members that lack a part or have one too many.

use crate::parser::{Bracket, Parser, Separator};
use crate::{NodeId, NodeKind, Span, SyntaxErrorKind, Token, TokenKind};

impl Parser<'_> {
    /// Something other than a string, a comma or `}` where a member should begin.
    #[cold]
    pub(crate) fn odd_member(&mut self, token: Token) {
        match token.kind {
            TokenKind::CloseBracket => self.wrong_closer(token, Bracket::Square),
            TokenKind::Unknown if self.is_word(token) => self.bare_member(token),
            TokenKind::Unknown => self.stray(token),
            kind if kind.is_scalar() && self.is_name_ahead() => {
                self.nameless_member(token, Some(token));
            }
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.nameless_member(token, None),
            TokenKind::Colon if self.separator != Separator::Item => {
                self.nameless_member(token, None);
            }
            _ => {
                let skipped = self.skip_line(token);
                self.report(SyntaxErrorKind::UnexpectedToken, skipped);
            }
        }
    }

    /// A member whose name is a bare word.
    fn bare_member(&mut self, name: Token) {
        if self.separator == Separator::Item && !self.missing_comma(name) {
            return;
        }
        let member = self.push(NodeKind::Member, name.span, self.open);
        let key = self.scalar(name, Some(member));
        self.report(SyntaxErrorKind::BareWord, name.span);
        self.colon_and_value(member, key);
    }

    /// A member whose name is not there, or is `name` and no text.
    fn nameless_member(&mut self, token: Token, name: Option<Token>) {
        self.report(SyntaxErrorKind::ExpectedMemberName, token.span);
        let start = Span::at(token.span.start);
        let member = self.push(NodeKind::Member, start, self.open);
        let key = self.push(NodeKind::Unknown, start, Some(member));
        if let Some(name) = name {
            self.nodes[key.index()].span = name.span;
            self.take(name);
        }
        self.colon_and_value(member, key);
    }

    /// Goes on after the name of `member`, behind which there is no colon.
    #[cold]
    pub(crate) fn member_without_colon(&mut self, member: NodeId, key: NodeId) {
        let Some(token) = self.peek() else {
            return self.bare_name(member, key);
        };
        if self.is_name_ahead() && self.is_stray_before_colon(token) {
            self.report(SyntaxErrorKind::UnexpectedToken, token.span);
            self.take(token);
            self.colon_and_value(member, key);
        } else if self.is_in_place_of_colon(token) {
            self.report(SyntaxErrorKind::ExpectedColon, token.span);
            self.take(token);
            self.member_value(member);
        } else if self.is_value_without_colon(token) {
            self.missing_colon(key);
            self.member_value(member);
        } else {
            self.bare_name(member, key);
        }
    }

    /// The member has nothing but its name.
    fn bare_name(&mut self, member: NodeId, key: NodeId) {
        self.missing_colon(key);
        self.finish_member(member);
        self.separator = Separator::Any;
    }

    fn missing_colon(&mut self, key: NodeId) {
        // A bare or unfinished name has its error already.
        let key = self.node(key);
        if key.kind == NodeKind::String && key.closed {
            let place = Span::at(self.last_end);
            self.report(SyntaxErrorKind::ExpectedColon, place);
        }
    }

    /// Whether `token`, between a name and its colon, is there by mistake.
    fn is_stray_before_colon(&self, token: Token) -> bool {
        token.kind == TokenKind::Comma || token.span.text(self.text) == "\""
    }

    /// Whether `token` stands where the colon should: `"name" = "Acme"`, `"name"; "Acme"`,
    /// `"name", "Acme"`.
    fn is_in_place_of_colon(&self, token: Token) -> bool {
        match token.kind {
            TokenKind::Unknown => match token.span.text(self.text) {
                "=" => true,
                ";" => self.is_value_second(),
                _ => false,
            },
            TokenKind::Comma => self.is_value_second(),
            _ => false,
        }
    }

    /// Whether the next token has a scalar behind it on the same line that is no member's name.
    fn is_value_second(&self) -> bool {
        let mut significant =
            self.tokens[self.pos..].iter().filter(|token| !token.kind.is_trivia());
        let (Some(first), Some(second)) = (significant.next(), significant.next()) else {
            return false;
        };
        let between = Span::new(first.span.end, second.span.start).text(self.text);
        second.kind.is_scalar()
            && !between.contains(['\n', '\r'])
            && significant.next().is_none_or(|third| third.kind != TokenKind::Colon)
    }

    /// Whether `token`, right behind a member's name, is its value and not the next member.
    fn is_value_without_colon(&self, token: Token) -> bool {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => true,
            TokenKind::String | TokenKind::Unknown if self.is_name_ahead() => false,
            kind => (kind.is_scalar() || kind == TokenKind::Unknown) && !self.is_on_new_line(token),
        }
    }

    /// There is no value behind the colon of `member`.
    #[cold]
    pub(crate) fn missing_value(&mut self, member: NodeId) {
        self.report(SyntaxErrorKind::ExpectedValue, Span::at(self.last_end));
        self.finish_member(member);
        self.separator = Separator::Any;
    }

    /// Whether `token`, behind a colon, is text without quotes and not the name of the next member.
    pub(crate) fn is_bare_value(&self, token: Token) -> bool {
        self.is_word(token) && !self.is_name_ahead()
    }

    /// Skips a mark that stands before a value by mistake. False when there is none.
    #[cold]
    pub(crate) fn skip_before_value(&mut self, token: Token) -> bool {
        let is_mistake = match token.kind {
            TokenKind::Colon => true,
            TokenKind::Unknown => matches!(token.span.text(self.text), "(" | "`" | "="),
            TokenKind::Comma => self.is_value_second(),
            TokenKind::CloseBrace => {
                self.has_extra_closers(Bracket::Brace) && self.is_value_second()
            }
            TokenKind::CloseBracket => {
                self.has_extra_closers(Bracket::Square) && self.is_value_second()
            }
            _ => false,
        };
        if is_mistake {
            let kind = match token.kind {
                TokenKind::CloseBrace | TokenKind::CloseBracket => SyntaxErrorKind::UnopenedBracket,
                _ => SyntaxErrorKind::UnexpectedToken,
            };
            self.report(kind, token.span);
            self.skip(token);
        }
        is_mistake
    }
}
