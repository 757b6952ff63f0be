//! Where a string ends whose quotes are wrong.
//!
//! A missing or extra quote turns every later quote of its line round. What stands beside the
//! quotes tells which one is wrong, and so the rest of the line can be read as it was meant.

use super::Lexer;
use crate::TokenKind;

/// How many tokens a look back along the line visits. Longer lines are not typed by hand.
const LOOK_BACK: usize = 64;

impl Lexer<'_> {
    /// Where the text from `body_start` on, which lacks its quote, ends best: before a comma that
    /// separates it from the next line, and before the brackets that close what was opened on its
    /// own line.
    pub(super) fn end_of_unterminated(&self, body_start: usize, line_end: usize) -> usize {
        let mut end = line_end;
        let line = &self.text[body_start..line_end];
        if let Some(before) = line.trim_end_matches([' ', '\t']).strip_suffix(',')
            && self.item_follows(line_end)
        {
            end = body_start + before.len();
        }
        self.end_before_closers(body_start, end)
    }

    /// Where a member's name ends that lacks its quote and has its colon: `"auth: {`.
    pub(super) fn end_of_name(&self, body_start: usize, line_end: usize) -> Option<usize> {
        let (name, value) = self.text[body_start..line_end].split_once(':')?;
        let name = name.trim_end_matches([' ', '\t']);
        // An address has a colon too.
        let plausible = is_name(name) && !value.starts_with('/') && !self.is_value_next();
        plausible.then_some(body_start + name.len())
    }

    /// Where the string from `start` to `self.pos` should have ended if it has swallowed the
    /// beginning of the next one: `"name: "Acme"`, `"auth: { "type"`, `"Acme, "auth": …`, `"na "name": …`.
    pub(super) fn end_before_next_quote(&self, start: usize) -> Option<usize> {
        let body_start = start + 1;
        let body = &self.text[body_start..self.pos - 1];
        let head = body.trim_end_matches([' ', '\t']);
        if let Some((name, opened)) = head.split_once(':') {
            let name = name.trim_end_matches([' ', '\t']);
            let is_empty = opened.trim_start_matches([' ', '\t', '{', '[']).is_empty();
            if is_name(name) && is_empty && !self.is_value_next() {
                return Some(body_start + name.len());
            }
        }
        // Only a member's name shows for certain that a new string begins here.
        let after = &self.text[self.pos..];
        let name_len = after.find(|character| !is_name_character(character))?;
        let colon = after[name_len..].strip_prefix('"')?;
        if name_len == 0 || !colon.trim_start_matches([' ', '\t']).starts_with(':') {
            return None;
        }
        if let Some(value) = head.strip_suffix(',') {
            return Some(self.end_before_closers(body_start, body_start + value.len()));
        }
        (head.len() < body.len()).then_some(body_start + head.len())
    }

    /// Where a text ends that has quotes inside which are not escaped, the last of them before
    /// `self.pos`: at the first quote that has behind it what follows a string. Gives the last
    /// inner quote, and the end of the string.
    pub(super) fn end_after_inner_quotes(&mut self) -> Option<(usize, usize)> {
        if self.pos < self.no_string_end_before {
            return None;
        }
        let is_name = !self.is_value_next();
        if is_name && matches!(self.bytes.get(self.pos), Some(b'{' | b'[')) {
            // The colon is missing, not a quote.
            return None;
        }
        let mut last_inner = self.pos - 1;
        let mut escaped = false;
        for at in self.pos..self.bytes.len() {
            match self.bytes[at] {
                b'\n' | b'\r' => break,
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => match self.text[at + 1..].trim_start_matches([' ', '\t']).bytes().next() {
                    None | Some(b',' | b'}' | b']' | b'\n' | b'\r') => {
                        return Some((last_inner, at + 1));
                    }
                    Some(b':') if is_name => return Some((last_inner, at + 1)),
                    // The name of the next member.
                    Some(b':') => {
                        self.no_string_end_before = at;
                        return None;
                    }
                    Some(_) => last_inner = at,
                },
                _ => {}
            }
            // So that each byte is looked at once, however many strings the line has.
            self.no_string_end_before = at + 1;
        }
        None
    }

    /// Whether a sign that people take for a colon stands between the name before `self.pos` and its
    /// value: `"name"="Acme"`.
    pub(super) fn has_sign_in_place_of_colon(&self) -> bool {
        let Some(value) = self.text[self.pos..].strip_prefix(['=', ';']) else { return false };
        let value = value.trim_start_matches([' ', '\t']);
        let is_value = value.starts_with(['"', '{', '[', '-'])
            || value.starts_with(|c: char| c.is_ascii_digit())
            || ["true", "false", "null"].iter().any(|word| value.starts_with(word));
        is_value && !self.is_value_next()
    }

    /// Whether a member or value comes next after the line that ends at `line_end`.
    fn item_follows(&self, line_end: usize) -> bool {
        let next = self.text[line_end..].trim_start_matches([' ', '\t', '\r', '\n']);
        next.chars().next().is_some_and(|next| !matches!(next, '}' | ']' | ','))
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

    /// Whether a colon stands before the string, so that it is a value and no name.
    fn is_value_next(&self) -> bool {
        let mut back = self.tokens.iter().rev().take(LOOK_BACK);
        back.find(|token| !token.kind.is_trivia())
            .is_some_and(|token| token.kind == TokenKind::Colon)
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_name_character)
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '-' | '.')
}
