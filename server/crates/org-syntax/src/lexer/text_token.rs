//! Texts in quotes, closed or not.
//!
//! A string ends at its line's end at the latest, so a missing quote spoils one line and not the
//! rest of the file. Within that line the end is put where the rest makes most sense.

use super::{Lexer, span};
use crate::string::{closes, is_quote};
use crate::{SyntaxErrorKind, TokenKind};

/// How many tokens a look back along the line visits. Longer lines are not typed by hand.
const LOOK_BACK: usize = 64;

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
        if !matches!(
            self.bytes.get(self.pos),
            None | Some(b',' | b':' | b'\n' | b'\r' | b' ' | b'\t' | b'}' | b']')
        ) && let Some(end) = self.end_before_next_quote(start)
        {
            return self.cut_string(start, end);
        }
        self.push(TokenKind::String, start);
    }

    /// Text in quotes that JSON does not know.
    pub(super) fn foreign_string(&mut self, open: char) {
        let start = self.pos;
        let line_end = self.line_end(start);
        let body_start = start + open.len_utf8();
        let mut escaped = false;
        let mut end = None;
        for (at, character) in self.text[body_start..line_end].char_indices() {
            if escaped {
                escaped = false;
            } else if closes(open, character) {
                end = Some(body_start + at + character.len_utf8());
                break;
            } else {
                escaped = character == '\\';
            }
        }
        if end.is_none() {
            self.unterminated.push(start as u32);
        }
        self.pos = end.unwrap_or_else(|| self.end_of_unterminated(body_start, line_end));
        self.push(TokenKind::String, start);
        let kind = match open {
            '\'' => SyntaxErrorKind::SingleQuotedString,
            _ => SyntaxErrorKind::TypographicQuotes,
        };
        self.errors.push(kind, span(start, self.pos));
    }

    /// `self.pos` is at a backslash in a string; leaves it after the escape.
    #[cold]
    fn escape(&mut self) {
        let start = self.pos;
        let rest = &self.text[start + 1..];
        let len = match rest.chars().next() {
            Some('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't') => 1,
            Some('u') => {
                let digits = rest
                    .bytes()
                    .skip(1)
                    .take(4)
                    .take_while(u8::is_ascii_hexdigit);
                let len = 1 + digits.count();
                if len < 5 {
                    let wrong = span(start, start + 1 + len);
                    self.errors.push(SyntaxErrorKind::InvalidEscape, wrong);
                }
                len
            }
            // The string ends here without its quote, and that is the mistake.
            None | Some('\n' | '\r') => 0,
            Some(other) => {
                let len = other.len_utf8();
                self.errors
                    .push(SyntaxErrorKind::InvalidEscape, span(start, start + 1 + len));
                len
            }
        };
        self.pos = start + 1 + len;
    }

    /// Reports the control characters at `self.pos` and leaves it after them.
    #[cold]
    fn control_characters(&mut self) {
        let start = self.pos;
        self.pos += self.count_while(|byte| byte < b' ' && !matches!(byte, b'\n' | b'\r'));
        self.errors
            .push(SyntaxErrorKind::ControlCharacter, span(start, self.pos));
    }

    /// The string from `start` has no closing quote on its line, whose end is `self.pos`.
    #[cold]
    fn unterminated_string(&mut self, start: usize) {
        let end = self.end_of_unterminated(start + 1, self.pos);
        self.cut_string(start, end);
    }

    /// Ends the string from `start` at `end`, without a closing quote.
    fn cut_string(&mut self, start: usize, end: usize) {
        self.errors.forget_faults_in(span(end, self.pos));
        self.pos = end;
        self.push(TokenKind::String, start);
        self.unterminated.push(start as u32);
        self.errors
            .push(SyntaxErrorKind::UnterminatedString, span(start, end));
    }

    /// Where a text that lacks its quote ends best: before a comma that separates it from the next
    /// line, and before the brackets that close what was opened on its own line.
    fn end_of_unterminated(&self, body_start: usize, line_end: usize) -> usize {
        let mut end = line_end;
        let line = &self.text[body_start..line_end];
        if let Some(before) = line.trim_end_matches([' ', '\t']).strip_suffix(',')
            && self.item_follows(line_end)
        {
            end = body_start + before.len();
        }
        self.end_before_closers(body_start, end)
    }

    /// Whether a member or value comes next after the line that ends at `line_end`.
    fn item_follows(&self, line_end: usize) -> bool {
        let next = self.text[line_end..].trim_start_matches([' ', '\t', '\r', '\n']);
        next.chars()
            .next()
            .is_some_and(|next| !matches!(next, '}' | ']' | ','))
    }

    /// The place before the closing brackets in front of `end` that belong to brackets opened on
    /// this line before the string.
    fn end_before_closers(&self, body_start: usize, end: usize) -> usize {
        let mut open = self.open_on_line();
        let mut closers: Vec<usize> = self.text[body_start..end]
            .char_indices()
            .rev()
            .take_while(|(_, character)| matches!(character, '}' | ']' | ' ' | '\t'))
            .filter(|(_, character)| matches!(character, '}' | ']'))
            .map(|(at, _)| body_start + at)
            .take(open.len())
            .collect();
        closers.reverse();
        open.truncate(closers.len());
        let fits = closers
            .iter()
            .zip(&open)
            .all(|(&closer, &open)| (self.bytes[closer] == b'}') == (open == TokenKind::OpenBrace));
        match closers.first() {
            Some(&innermost) if fits => innermost,
            _ => end,
        }
    }

    /// The brackets opened on the current line and still open, innermost first.
    fn open_on_line(&self) -> Vec<TokenKind> {
        let mut open = Vec::new();
        let mut closed = 0;
        for token in self.tokens.iter().rev().take(LOOK_BACK) {
            match token.kind {
                TokenKind::CloseBrace | TokenKind::CloseBracket => closed += 1,
                TokenKind::OpenBrace | TokenKind::OpenBracket if closed > 0 => closed -= 1,
                kind @ (TokenKind::OpenBrace | TokenKind::OpenBracket) => open.push(kind),
                kind if kind.is_trivia() && token.span.text(self.text).contains(['\n', '\r']) => {
                    break;
                }
                _ => {}
            }
        }
        open
    }

    /// The string from `start` to `self.pos` is followed by what cannot follow one. If it has
    /// swallowed the beginning of the next string (`"name: "Acme"`, `"Acme, "auth": …`), this is
    /// where it should have ended.
    #[cold]
    fn end_before_next_quote(&self, start: usize) -> Option<usize> {
        let after = &self.text[self.pos..];
        if after.starts_with(is_quote) {
            return None;
        }
        let body_start = start + 1;
        let body = &self.text[body_start..self.pos - 1];
        let head = body.trim_end_matches([' ', '\t']);
        if let Some(name) = head.strip_suffix(':') {
            let name = name.trim_end_matches([' ', '\t']);
            let plausible = !name.is_empty() && name.chars().all(is_name_character);
            return plausible.then_some(body_start + name.len());
        }
        // Only a member's name shows for certain that a new string begins here.
        let name_len = after
            .find(|c| !is_name_character(c))
            .filter(|&len| len > 0)?;
        let colon = after[name_len..]
            .strip_prefix('"')?
            .trim_start_matches([' ', '\t']);
        if !colon.starts_with(':') {
            return None;
        }
        if let Some(value) = head.strip_suffix(',') {
            return Some(self.end_before_closers(body_start, body_start + value.len()));
        }
        (head.len() < body.len()).then_some(body_start + head.len())
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = &self.bytes[from..];
        let len = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        from + len.unwrap_or(rest.len())
    }
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '-' | '.')
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
    pos + rest
        .iter()
        .position(|&byte| byte < b' ' || matches!(byte, b'"' | b'\\'))
        .unwrap_or(rest.len())
}
