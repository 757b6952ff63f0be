//! What the parser does where the text is not JSON.
//!
//! Every function here takes at least one token, ends an object or array, or leaves the parser
//! where the next step does, so the loop in `parse` comes to its end. One mistake makes one error:
//! where what follows is only its consequence, the separator is [`Separator::Any`].

use crate::parser::{Bracket, Parser, Separator};
use crate::{Node, NodeId, NodeKind, Span, SyntaxErrorKind, Token, TokenKind};

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
        match (root, skipped) {
            (_, Some(skipped)) => self.errors.push(SyntaxErrorKind::UnexpectedToken, skipped),
            (None, None) => {
                self.errors
                    .push(SyntaxErrorKind::Empty, Span::at(self.text_len()));
            }
            (Some(_), None) => {}
        }
        root
    }

    /// Reports what stands after the root.
    pub(crate) fn after_root(&mut self) {
        let Some(token) = self.peek() else { return };
        if matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket) {
            return self.extra_closers(token);
        }
        let is_member = token.kind == TokenKind::Colon
            && self
                .nodes
                .first()
                .is_some_and(|root| root.kind == NodeKind::String);
        let end = self.last_significant_end();
        self.lexer_errors
            .forget_faults_in(Span::new(token.span.start, end));
        if is_member {
            let name = self.nodes[0].span;
            self.errors.push(SyntaxErrorKind::ExpectedOpenBrace, name);
        } else if !self.nodes.is_empty() {
            let extra = Span::new(token.span.start, end);
            self.errors.push(SyntaxErrorKind::ContentAfterEnd, extra);
        }
    }

    fn extra_closers(&mut self, first: Token) {
        self.errors
            .push(SyntaxErrorKind::UnopenedBracket, first.span);
        while let Some(token) = self.peek() {
            if !matches!(token.kind, TokenKind::CloseBrace | TokenKind::CloseBracket) {
                let extra = Span::new(token.span.start, self.last_significant_end());
                self.lexer_errors.forget_faults_in(extra);
                self.errors.push(SyntaxErrorKind::ContentAfterEnd, extra);
                return;
            }
            self.take(token);
        }
    }

    /// The text is over and objects or arrays are open: ends the innermost, and the others as the
    /// loop comes back.
    pub(crate) fn end_of_text(&mut self) {
        let mut openers = Vec::new();
        while let Some(open) = self.open {
            openers.push(self.opener(open));
            self.close(self.text_len(), false);
        }
        // A comment without end hides whatever closed them.
        if !self.ends_in_comment {
            for (kind, span) in openers.into_iter().rev() {
                self.errors.push(kind, span);
            }
        }
    }

    /// A comma in an object or array.
    pub(crate) fn comma(&mut self, token: Token, missing: SyntaxErrorKind) {
        self.take(token);
        match self.separator {
            Separator::Item | Separator::Any => self.separator = Separator::Comma(token.span),
            Separator::Start | Separator::Comma(_) => {
                self.errors.push(missing, token.span);
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
                self.errors.push(SyntaxErrorKind::UnescapedQuote, skipped);
            }
            return false;
        }
        // While a text is being typed, its missing quote is the mistake.
        if !is_unfinished {
            let place = Span::at(self.last_end);
            self.errors.push(SyntaxErrorKind::ExpectedComma, place);
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
                && words
                    .last()
                    .is_some_and(|last| last.span.text(self.text).ends_with('"'))
    }

    /// The text that has just been taken, if it was one.
    fn last_text(&self) -> Option<&Node> {
        let last = self.nodes.last()?;
        (last.kind == NodeKind::String && last.span.end == self.last_end).then_some(last)
    }

    /// Skips `first` and what follows on its line up to a comma, a bracket or a member. Gives what
    /// it has skipped.
    fn skip_line(&mut self, first: Token) -> Span {
        let mut skipped = first.span;
        self.skip(first);
        while let Some(token) = self.peek() {
            let goes_on = match token.kind {
                TokenKind::Number | TokenKind::True | TokenKind::False | TokenKind::Null => true,
                TokenKind::String | TokenKind::Unknown => !self.is_name_ahead(),
                _ => false,
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

    /// Something other than a string, a comma or `}` where a member should begin.
    #[cold]
    pub(crate) fn odd_member(&mut self, token: Token) {
        match token.kind {
            TokenKind::CloseBracket => self.wrong_closer(token, Bracket::Square),
            TokenKind::Unknown if self.is_word(token) => self.bare_member(token),
            TokenKind::Unknown => self.stray(token),
            TokenKind::Number | TokenKind::True | TokenKind::False | TokenKind::Null
                if self.is_name_ahead() =>
            {
                self.nameless_member(token, Some(token));
            }
            TokenKind::OpenBrace | TokenKind::OpenBracket => self.nameless_member(token, None),
            TokenKind::Colon if self.separator != Separator::Item => {
                self.nameless_member(token, None);
            }
            _ => {
                let skipped = self.skip_line(token);
                self.errors.push(SyntaxErrorKind::UnexpectedToken, skipped);
            }
        }
    }

    /// A member whose name is a bare word.
    fn bare_member(&mut self, name: Token) {
        if self.separator == Separator::Item && !self.missing_comma(name) {
            return;
        }
        let member = self.member(name.span.start);
        let key = self.scalar(name, Some(member));
        self.errors.push(SyntaxErrorKind::BareWord, name.span);
        self.colon_and_value(member, key);
    }

    /// A member whose name is not there, or is `name` and no text.
    fn nameless_member(&mut self, token: Token, name: Option<Token>) {
        self.errors
            .push(SyntaxErrorKind::ExpectedMemberName, token.span);
        let member = self.member(token.span.start);
        let key = self.push(NodeKind::Unknown, Span::at(token.span.start), Some(member));
        if let Some(name) = name {
            self.nodes[key.index()].span = name.span;
            self.take(name);
        }
        self.colon_and_value(member, key);
    }

    fn colon_and_value(&mut self, member: NodeId, key: NodeId) {
        match self.peek() {
            Some(colon) if colon.kind == TokenKind::Colon => {
                self.nodes[member.index()].colon = colon.span.start;
                self.take(colon);
                self.member_value(member);
            }
            _ => self.member_without_colon(member, key),
        }
    }

    /// Goes on after the name of `member`, behind which there is no colon.
    #[cold]
    pub(crate) fn member_without_colon(&mut self, member: NodeId, key: NodeId) {
        let Some(token) = self.peek() else {
            return self.bare_name(member, key);
        };
        if self.is_name_ahead() && self.is_stray_before_colon(token) {
            self.errors
                .push(SyntaxErrorKind::UnexpectedToken, token.span);
            self.take(token);
            self.colon_and_value(member, key);
        } else if self.is_in_place_of_colon(token) {
            self.errors.push(SyntaxErrorKind::ExpectedColon, token.span);
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
            self.errors.push(SyntaxErrorKind::ExpectedColon, place);
        }
    }

    /// Whether `token`, between a name and its colon, is there by mistake.
    fn is_stray_before_colon(&self, token: Token) -> bool {
        token.kind == TokenKind::Comma || token.span.text(self.text) == "\""
    }

    /// Whether `token` stands where the colon should: `"name" = "Acme"`, `"name", "Acme"`.
    fn is_in_place_of_colon(&self, token: Token) -> bool {
        match token.kind {
            TokenKind::Unknown => token.span.text(self.text) == "=",
            TokenKind::Comma => self.is_value_second(),
            _ => false,
        }
    }

    /// Whether the next token has a scalar behind it on the same line that is no member's name.
    fn is_value_second(&self) -> bool {
        let mut significant = self.tokens[self.pos..]
            .iter()
            .filter(|token| !token.kind.is_trivia());
        let (Some(first), Some(second)) = (significant.next(), significant.next()) else {
            return false;
        };
        let is_scalar = matches!(
            second.kind,
            TokenKind::String
                | TokenKind::Number
                | TokenKind::True
                | TokenKind::False
                | TokenKind::Null
        );
        let between = Span::new(first.span.end, second.span.start).text(self.text);
        is_scalar
            && !between.contains(['\n', '\r'])
            && significant
                .next()
                .is_none_or(|third| third.kind != TokenKind::Colon)
    }

    /// Whether `token`, right behind a member's name, is its value and not the next member.
    fn is_value_without_colon(&self, token: Token) -> bool {
        match token.kind {
            TokenKind::OpenBrace | TokenKind::OpenBracket => true,
            TokenKind::String | TokenKind::Unknown => {
                !self.is_name_ahead() && !self.is_on_new_line(token)
            }
            TokenKind::Number | TokenKind::True | TokenKind::False | TokenKind::Null => {
                !self.is_on_new_line(token)
            }
            _ => false,
        }
    }

    /// There is no value behind the colon of `member`.
    #[cold]
    pub(crate) fn missing_value(&mut self, member: NodeId) {
        self.errors
            .push(SyntaxErrorKind::ExpectedValue, Span::at(self.last_end));
        self.finish_member(member);
        self.separator = Separator::Any;
    }

    /// Something that is no value behind the colon of `member`.
    #[cold]
    pub(crate) fn odd_value(&mut self, token: Token, member: NodeId) {
        match token.kind {
            TokenKind::Colon => {
                self.errors
                    .push(SyntaxErrorKind::UnexpectedToken, token.span);
                while let Some(colon) = self.peek().filter(|next| next.kind == TokenKind::Colon) {
                    self.take(colon);
                }
                self.member_value(member);
            }
            TokenKind::Unknown if self.is_word(token) && !self.is_name_ahead() => {
                self.bare_value(Some(member));
                self.finish_member(member);
            }
            TokenKind::Unknown if self.is_opening_mark(token) => {
                self.errors
                    .push(SyntaxErrorKind::UnexpectedToken, token.span);
                self.take(token);
                self.member_value(member);
            }
            TokenKind::Comma if self.is_value_second() => {
                self.errors
                    .push(SyntaxErrorKind::UnexpectedToken, token.span);
                self.take(token);
                self.member_value(member);
            }
            TokenKind::CloseBrace | TokenKind::CloseBracket
                if self.is_value_second() && self.is_one_too_many(token) =>
            {
                self.errors
                    .push(SyntaxErrorKind::UnopenedBracket, token.span);
                self.skip(token);
                self.member_value(member);
            }
            _ => self.missing_value(member),
        }
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
        self.errors.push(SyntaxErrorKind::BareWord, span);
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
                self.errors
                    .push(SyntaxErrorKind::UnexpectedToken, token.span);
                self.take(token);
                self.separator = Separator::Any;
            }
        }
    }

    /// A member's name in an array: on a new line it goes on with the object around the array.
    #[cold]
    pub(crate) fn name_in_array(&mut self, token: Token) {
        if self.depth[Bracket::Brace as usize] > 0 && self.is_on_new_line(token) {
            while let Some(open) = self.open
                && self.node(open).kind == NodeKind::Array
            {
                let (kind, opener) = self.opener(open);
                self.errors.push(kind, opener);
                self.close(token.span.start, false);
            }
            self.separator = Separator::Any;
        } else if self.separator != Separator::Item || self.missing_comma(token) {
            self.scalar(token, self.open);
            self.separator = Separator::Item;
        }
    }

    /// A character that means nothing: `;` between items stands for the comma.
    fn stray(&mut self, token: Token) {
        let is_comma = self.separator == Separator::Item && token.span.text(self.text) == ";";
        let kind = match is_comma {
            true => SyntaxErrorKind::ExpectedComma,
            false => SyntaxErrorKind::UnexpectedToken,
        };
        self.errors.push(kind, token.span);
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

    /// Takes a token that goes into no node.
    pub(crate) fn skip(&mut self, token: Token) {
        match token.kind {
            TokenKind::OpenBrace => self.surplus[Bracket::Brace as usize] += 1,
            TokenKind::CloseBrace => self.surplus[Bracket::Brace as usize] -= 1,
            TokenKind::OpenBracket => self.surplus[Bracket::Square as usize] += 1,
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

    fn is_opening_mark(&self, token: Token) -> bool {
        matches!(token.span.text(self.text), "(" | "`" | "=")
    }

    /// Whether a line ends between the last token taken and `token`.
    pub(crate) fn is_on_new_line(&self, token: Token) -> bool {
        Span::new(self.last_end, token.span.start)
            .text(self.text)
            .contains(['\n', '\r'])
    }

    pub(crate) fn text_len(&self) -> u32 {
        self.text.len() as u32
    }

    fn last_significant_end(&self) -> u32 {
        let last = self
            .tokens
            .iter()
            .rev()
            .find(|token| !token.kind.is_trivia());
        last.map_or(0, |token| token.span.end)
    }
}
