//! Text into tokens. Lossless: every byte is in exactly one token.

mod string;
mod string_end;

use crate::error::Errors;
use crate::string::is_quote;
use crate::{Span, SyntaxErrorKind, Token, TokenKind};

/// What the lexer hands to the parser.
pub(crate) struct Lexed {
    /// The whole text.
    pub(crate) tokens: Vec<Token>,
    /// Starts of the string tokens without a closing quote, ascending.
    pub(crate) unterminated: Vec<u32>,
    /// Mistakes inside tokens.
    pub(crate) errors: Errors,
    /// Closing minus opening brackets: braces, square ones.
    pub(crate) surplus: [i64; 2],
    /// Whether the text ends inside a comment.
    pub(crate) ends_in_comment: bool,
}

/// Splits `text`, which is at most [`MAX_LEN`](crate::MAX_LEN) bytes long.
pub(crate) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer::at(text, 0);
    // Org files have a token for about every seven bytes.
    lexer.tokens.reserve(text.len() / 6 + 8);
    while lexer.next_token().is_some() {}
    Lexed {
        tokens: lexer.tokens,
        unterminated: lexer.unterminated,
        errors: lexer.errors,
        surplus: lexer.surplus,
        ends_in_comment: lexer.ends_in_comment,
    }
}

/// Reads one token after the other.
pub(crate) struct Lexer<'text> {
    text: &'text str,
    bytes: &'text [u8],
    pos: usize,
    tokens: Vec<Token>,
    unterminated: Vec<u32>,
    errors: Errors,
    surplus: [i64; 2],
    ends_in_comment: bool,
    /// No string ends between here and the position, whatever its quotes: so far a search went.
    no_string_end_before: usize,
}

impl<'text> Lexer<'text> {
    /// Before the token that begins at byte `pos`.
    pub(crate) fn at(text: &'text str, pos: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            pos,
            tokens: Vec::new(),
            unterminated: Vec::new(),
            errors: Errors::default(),
            surplus: [0, 0],
            ends_in_comment: false,
            no_string_end_before: 0,
        }
    }

    /// Reads a token; `None` at the end of the text.
    pub(crate) fn next_token(&mut self) -> Option<()> {
        let first = *self.bytes.get(self.pos)?;
        if self.pos == 0 && self.text.starts_with('\u{feff}') {
            self.pos = 3;
            self.push(TokenKind::ByteOrderMark, 0);
        } else {
            self.token(first);
        }
        Some(())
    }

    /// Where the next token begins, in bytes.
    pub(crate) fn position(&self) -> u32 {
        self.pos as u32
    }

    /// What was read last. A string that lacks a quote gives two tokens at a time.
    pub(crate) fn last_kind(&self) -> Option<TokenKind> {
        self.tokens.last().map(|token| token.kind)
    }

    /// Whether the tokens so far are as JSON has them, comments aside.
    pub(crate) fn is_free_of_mistakes(&self) -> bool {
        self.errors.has_no_faults() && self.unterminated.is_empty()
    }

    /// All that was read.
    pub(crate) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }
}

impl Lexer<'_> {
    /// Reads the token that begins with `first` at `self.pos`.
    fn token(&mut self, first: u8) {
        match first {
            b' ' | b'\t' | b'\n' | b'\r' => self.whitespace(),
            b'"' => self.string(),
            b':' => self.single(TokenKind::Colon),
            b',' => self.single(TokenKind::Comma),
            b'{' => {
                self.surplus[0] -= 1;
                self.single(TokenKind::OpenBrace)
            }
            b'}' => {
                self.surplus[0] += 1;
                self.single(TokenKind::CloseBrace)
            }
            b'[' => {
                self.surplus[1] -= 1;
                self.single(TokenKind::OpenBracket)
            }
            b']' => {
                self.surplus[1] += 1;
                self.single(TokenKind::CloseBracket)
            }
            b'-' | b'0'..=b'9' => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' => self.word(),
            _ => self.uncommon(first),
        }
    }

    /// Tokens that valid org files do not have.
    #[cold]
    fn uncommon(&mut self, first: u8) {
        let rest = &self.text[self.pos..];
        let character = rest.chars().next().unwrap_or_default();
        if rest.starts_with("//") {
            self.line_comment(SyntaxErrorKind::Comment);
        } else if rest.starts_with("/*") {
            self.block_comment();
        } else if first == b'#' {
            self.line_comment(SyntaxErrorKind::HashComment);
        } else if is_quote(character) {
            self.foreign_string(character);
        } else if is_invisible(character) {
            self.invalid_whitespace();
        } else if is_number_start(rest.as_bytes()) {
            self.number();
        } else if is_punctuation(character) {
            self.single(TokenKind::Unknown);
        } else {
            self.word();
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize) {
        self.tokens.push(Token { kind, span: span(start, self.pos) });
    }

    fn single(&mut self, kind: TokenKind) {
        self.pos += 1;
        self.push(kind, self.pos - 1);
    }

    fn whitespace(&mut self) {
        let start = self.pos;
        self.pos += self.count_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'));
        self.push(TokenKind::Whitespace, start);
    }

    fn invalid_whitespace(&mut self) {
        let start = self.pos;
        let rest = &self.text[start..];
        self.pos += rest.find(|character| !is_invisible(character)).unwrap_or(rest.len());
        self.push(TokenKind::Whitespace, start);
        self.errors.push(SyntaxErrorKind::InvalidWhitespace, span(start, self.pos));
    }

    fn line_comment(&mut self, kind: SyntaxErrorKind) {
        let start = self.pos;
        self.pos += self.count_while(|byte| !matches!(byte, b'\n' | b'\r'));
        self.push(TokenKind::LineComment, start);
        self.errors.push(kind, span(start, self.pos));
    }

    fn block_comment(&mut self) {
        let start = self.pos;
        let end = self.text[start + 2..].find("*/").map(|len| start + 2 + len + 2);
        self.pos = end.unwrap_or(self.bytes.len());
        self.ends_in_comment = end.is_none();
        self.push(TokenKind::BlockComment, start);
        let kind = match end {
            Some(_) => SyntaxErrorKind::Comment,
            None => SyntaxErrorKind::UnterminatedComment,
        };
        self.errors.push(kind, span(start, self.pos));
    }

    fn number(&mut self) {
        let start = self.pos;
        self.pos += self.count_while(
            |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'+' | b'-' | b'.' | b'_'),
        );
        let end = self.pos + word_len(&self.text[self.pos..]);
        if end > self.pos || self.ends_with_stray_quote() {
            return self.bare_word(start, end);
        }
        self.push(TokenKind::Number, start);
        if !is_json_number(&self.bytes[start..self.pos]) {
            self.errors.push(SyntaxErrorKind::InvalidNumber, span(start, self.pos));
        }
    }

    fn word(&mut self) {
        let start = self.pos;
        self.pos += self.count_while(|byte| byte.is_ascii_lowercase());
        let kind = match &self.bytes[start..self.pos] {
            b"true" => TokenKind::True,
            b"false" => TokenKind::False,
            b"null" => TokenKind::Null,
            _ => TokenKind::Unknown,
        };
        let end = self.pos + word_len(&self.text[self.pos..]);
        if end > self.pos || kind == TokenKind::Unknown || self.ends_with_stray_quote() {
            return self.bare_word(start, end);
        }
        self.push(kind, start);
    }

    /// Ends the word from `start` at `end`, or after the quote that closes it there.
    #[cold]
    fn bare_word(&mut self, start: usize, end: usize) {
        // A first character that continues no word (a lone `/`) makes a token of its own.
        let first_len = self.text[start..].chars().next().map_or(1, char::len_utf8);
        self.pos = end.max(start + first_len);
        if self.ends_with_stray_quote() {
            self.pos += 1;
        }
        self.push(TokenKind::Unknown, start);
    }

    /// Whether the quote after a word only closes it: `Acme",` lacks its opening quote.
    fn ends_with_stray_quote(&self) -> bool {
        if self.bytes.get(self.pos) != Some(&b'"') {
            return false;
        }
        let after = self.text[self.pos + 1..].trim_start_matches([' ', '\t']);
        after.is_empty() || after.starts_with([',', ':', '}', ']', '\n', '\r'])
    }

    /// The number of bytes from here on that satisfy `condition`.
    fn count_while(&self, condition: impl Fn(u8) -> bool) -> usize {
        let rest = &self.bytes[self.pos..];
        rest.iter().position(|&byte| !condition(byte)).unwrap_or(rest.len())
    }
}

fn span(start: usize, end: usize) -> Span {
    // `lex` takes no text that is too long for a `u32`.
    Span::new(start as u32, end as u32)
}

/// Number of bytes at the beginning of `rest` that go on with a bare word. An address is one
/// word, although it has a colon and what looks like a comment inside, and so is `${env:NAME}`.
fn word_len(rest: &str) -> usize {
    let mut in_address = false;
    let mut reference_end = 0;
    for (at, character) in rest.char_indices() {
        let after = &rest[at..];
        if at < reference_end {
            continue;
        } else if after.starts_with("${") {
            reference_end = at + reference_len(after);
        } else if after.starts_with("://") {
            in_address = true;
        } else if ends_word(character)
            || (!in_address
                && (character == ':' || after.starts_with("//") || after.starts_with("/*")))
        {
            return at;
        }
    }
    rest.len()
}

/// Length of the `${…}` that `rest` begins with; of its `$` alone when it is not closed.
fn reference_len(rest: &str) -> usize {
    let ends = |character: char| matches!(character, '{' | '}' | '"' | ',' | '\n' | '\r');
    match rest[2..].find(ends).map(|len| 2 + len) {
        Some(len) if rest[len..].starts_with('}') => len + 1,
        _ => 1,
    }
}

fn ends_word(character: char) -> bool {
    match character {
        '{' | '}' | '[' | ']' | ',' | '"' | '\u{201c}'..='\u{201f}' => true,
        ' ' | '\t' | '\n' | '\r' => true,
        // Secrets in Base64 end in it.
        '=' => false,
        other => is_punctuation(other) || is_invisible(other),
    }
}

/// Characters that people put in the place of a comma or colon, or around values.
fn is_punctuation(character: char) -> bool {
    matches!(character, ';' | '=' | '(' | ')' | '`')
}

/// White space that JSON does not know, and characters without any width.
fn is_invisible(character: char) -> bool {
    match character {
        ' ' | '\t' | '\n' | '\r' => false,
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => true,
        other => other.is_whitespace(),
    }
}

/// Whether a number is meant although JSON's begin otherwise: `.5`, `+1`.
fn is_number_start(rest: &[u8]) -> bool {
    matches!(rest, [b'.' | b'+', b'0'..=b'9', ..] | [b'+', b'.', b'0'..=b'9', ..])
}

/// RFC 8259, section 6.
fn is_json_number(text: &[u8]) -> bool {
    let digits = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut rest = text.strip_prefix(b"-").unwrap_or(text);
    let integer = digits(rest);
    if integer == 0 || (integer > 1 && rest[0] == b'0') {
        return false;
    }
    rest = &rest[integer..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let len = digits(fraction);
        if len == 0 {
            return false;
        }
        rest = &fraction[len..];
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', unsigned @ ..] => unsigned,
            unsigned => unsigned,
        };
        let len = digits(exponent);
        return len > 0 && len == exponent.len();
    }
    rest.is_empty()
}
