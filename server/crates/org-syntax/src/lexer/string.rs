//! Texts in quotes.
//!
//! A string ends at its line's end at the latest, so a missing quote spoils one line and not the
//! rest of the file. Where exactly a broken one ends is decided in `string_end`.

use super::{Lexer, span};
use crate::string::{closes, is_quote};
use crate::{SyntaxErrorKind, TokenKind};

impl Lexer<'_> {
    /// Text in JSON's own quotes.
    pub(super) fn string(&mut self) {
        let start = self.pos;
        self.pos += 1;
        loop {
            self.pos = skip_plain(self.bytes, self.pos);
            match self.bytes.get(self.pos) {
                Some(b'"') => break,
                Some(b'\\') => self.escape(),
                None | Some(b'\n' | b'\r') => return self.unterminated_string(start),
                Some(_) => self.control_characters(),
            }
        }
        self.pos += 1;
        // In JSON one of these comes next; anything else hints at a quote in the wrong place.
        match self.bytes.get(self.pos) {
            None | Some(b',' | b':' | b'\n' | b'\r' | b' ' | b'\t' | b'}' | b']') => {
                self.push(TokenKind::String, start);
            }
            Some(_) => self.oddly_followed_string(start),
        }
    }

    /// The string from `start` has no closing quote on its line, whose end is `self.pos`.
    #[cold]
    fn unterminated_string(&mut self, start: usize) {
        let end = self.end_of_name(start + 1, self.pos);
        let end = end.unwrap_or_else(|| self.end_of_unterminated(start + 1, self.pos));
        self.cut_string(start, end);
    }

    /// The string from `start` to `self.pos` is followed by what follows none in JSON.
    #[cold]
    fn oddly_followed_string(&mut self, start: usize) {
        if self.ends_with_stray_quote() {
            self.push(TokenKind::String, start);
            return self.single(TokenKind::Unknown);
        }
        let after = &self.text[self.pos..];
        if after.starts_with(is_quote) || after.starts_with(['/', '#']) {
            return self.push(TokenKind::String, start);
        }
        if self.has_sign_in_place_of_colon() {
            return self.push(TokenKind::String, start);
        }
        if let Some(end) = self.end_before_next_quote(start) {
            return self.cut_string(start, end);
        }
        let first_quote = self.pos - 1;
        if let Some((last_quote, end)) = self.end_after_inner_quotes() {
            let inner = span(first_quote, last_quote + 1);
            self.errors.push(SyntaxErrorKind::UnescapedQuote, inner);
            self.pos = end;
        }
        self.push(TokenKind::String, start);
    }

    /// Ends the string from `start` at `end`, without a closing quote.
    fn cut_string(&mut self, start: usize, end: usize) {
        self.errors.forget_faults_in(span(end, self.pos));
        self.pos = end;
        self.push(TokenKind::String, start);
        self.unterminated.push(start as u32);
        self.errors.push(SyntaxErrorKind::UnterminatedString, span(start, end));
    }

    /// Text in quotes that JSON does not know.
    pub(super) fn foreign_string(&mut self, open: char) {
        let start = self.pos;
        let body_start = start + open.len_utf8();
        match self.foreign_end(body_start, open) {
            Ok(end) => self.pos = end,
            Err(line_end) => {
                self.pos = self.end_of_unterminated(body_start, line_end);
                self.unterminated.push(start as u32);
            }
        }
        self.push(TokenKind::String, start);
        let kind = match open {
            '\'' => SyntaxErrorKind::SingleQuotedString,
            _ => SyntaxErrorKind::TypographicQuotes,
        };
        self.errors.push(kind, span(start, self.pos));
    }

    /// The end of the text that `open` began, after its closing quote; the end of the line when
    /// there is none.
    fn foreign_end(&self, body_start: usize, open: char) -> Result<usize, usize> {
        let mut escaped = false;
        for (at, character) in self.text[body_start..].char_indices() {
            match character {
                '\n' | '\r' => return Err(body_start + at),
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                _ if closes(open, character) => return Ok(body_start + at + character.len_utf8()),
                _ => {}
            }
        }
        Err(self.text.len())
    }

    /// `self.pos` is at a backslash in a string; leaves it after the escape.
    #[cold]
    fn escape(&mut self) {
        let start = self.pos;
        let rest = &self.text[start + 1..];
        let (len, is_valid) = match rest.chars().next() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => (1, true),
            Some('u') => {
                let digits = rest.bytes().skip(1).take(4);
                let digits = digits.take_while(u8::is_ascii_hexdigit).count();
                (1 + digits, digits == 4)
            }
            // The string ends here without its quote, and that is the mistake.
            None | Some('\n' | '\r') => (0, true),
            Some(other) => (other.len_utf8(), false),
        };
        self.pos = start + 1 + len;
        if !is_valid {
            self.errors.push(SyntaxErrorKind::InvalidEscape, span(start, self.pos));
        }
    }

    /// Reports the control characters at `self.pos` and leaves it after them.
    #[cold]
    fn control_characters(&mut self) {
        let start = self.pos;
        self.pos += self.count_while(|byte| byte < b' ' && !matches!(byte, b'\n' | b'\r'));
        let wrong = span(start, self.pos);
        self.errors.push(SyntaxErrorKind::ControlCharacter, wrong);
    }
}

/// The first quote, backslash or control character at or after `pos`, eight bytes at a time.
fn skip_plain(bytes: &[u8], mut pos: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    while let Some(chunk) = bytes[pos..].first_chunk::<8>() {
        let word = u64::from_le_bytes(*chunk);
        // Classic "has a zero byte" arithmetic. A borrow may mark bytes after a true match only,
        // so the lowest mark is always right.
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = word ^ (ONES * b'"' as u64);
        let quote = quote.wrapping_sub(ONES) & !quote;
        let backslash = word ^ (ONES * b'\\' as u64);
        let backslash = backslash.wrapping_sub(ONES) & !backslash;
        let marks = (control | quote | backslash) & HIGH;
        if marks != 0 {
            return pos + (marks.trailing_zeros() / 8) as usize;
        }
        pos += 8;
    }
    let rest = &bytes[pos..];
    let is_special = |&byte: &u8| byte < b' ' || matches!(byte, b'"' | b'\\');
    pos + rest.iter().position(is_special).unwrap_or(rest.len())
}
