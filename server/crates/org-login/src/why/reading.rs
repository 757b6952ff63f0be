//! A text with its encodings taken off, and its words; with the way back to the text as it came.

use std::ops::Range;

use crate::causes::plain;
use crate::scrub::View;

/// A text to be read, at most [`super::LONGEST_TEXT`] long.
#[derive(Debug)]
pub(super) struct Reading {
    /// The text without escapes (of JSON, XML, URLs, one inside of another) and without the colours of
    /// terminals.
    pub(super) text: String,
    /// The same in small ASCII letters, byte for byte.
    pub(super) lower: String,
    /// For each byte of `text`, and its end, the byte of the original.
    origin: Vec<usize>,
    /// Its words, as identifiers are written.
    pub(super) names: Vec<Range<usize>>,
    /// The text as phrases are compared: [`plain`].
    pub(super) plain: String,
    /// Where the pieces of `plain` begin, and the bytes of `text` behind each.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Reading {
    pub(super) fn new(original: &str) -> Reading {
        let placed: Vec<_> = View::last(original).placed().collect();
        let mut reading = Reading {
            text: String::with_capacity(original.len()),
            lower: String::new(),
            origin: Vec::with_capacity(original.len() + 1),
            names: Vec::new(),
            plain: String::from(" "),
            pieces: Vec::new(),
        };
        let mut rest = placed.as_slice();
        while let Some((character, place)) = rest.first() {
            let colour = colour_length(rest);
            if colour > 0 {
                rest = &rest[colour..];
                continue;
            }
            let character = if *character == '\u{feff}' { ' ' } else { *character };
            reading.text.push(character);
            reading.origin.extend(std::iter::repeat_n(place.start, character.len_utf8()));
            rest = &rest[1..];
        }
        reading.origin.push(original.len());
        reading.lower = reading.text.to_ascii_lowercase();
        reading.find_names();
        reading.make_plain();
        reading
    }

    /// The bytes of the original behind a range of `text`.
    pub(super) fn place(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| self.origin.get(byte).or(self.origin.last()).copied().unwrap_or(0);
        at(range.start)..at(range.end).max(at(range.start))
    }

    /// The bytes of `text` behind a range of `plain`: whole pieces.
    pub(super) fn of_plain(&self, range: Range<usize>) -> Range<usize> {
        let piece = |at: usize| self.pieces.partition_point(|(start, _)| *start <= at).max(1) - 1;
        let of = |at| self.pieces.get(piece(at)).map(|(_, range)| range.clone());
        match (of(range.start), of(range.end.saturating_sub(1))) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    fn find_names(&mut self) {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        let mut start = None;
        for (at, byte) in self.text.bytes().chain([b' ']).enumerate() {
            match (is_name(byte), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    self.names.push(from..at);
                    start = None;
                }
                _ => {}
            }
        }
    }

    fn make_plain(&mut self) {
        let mut line_start = 0;
        for line in self.text.split_inclusive('\n') {
            let mut at = line_start + before_the_message(line);
            let end = line_start + line.len();
            line_start = end;
            for piece in self.text[at..end].split_inclusive(char::is_whitespace) {
                let words = plain(piece);
                if words.len() > 1 {
                    self.pieces.push((self.plain.len(), at..at + piece.trim_end().len()));
                    self.plain.push_str(&words[1..]);
                }
                at += piece.len();
            }
        }
    }
}

/// The length in characters of the colour that `view` begins with: `ESC [ 1 ; 31 m`, also when the
/// escape itself was lost on the way.
fn colour_length(view: &[(char, Range<usize>)]) -> usize {
    let escape = usize::from(view.first().is_some_and(|(c, _)| matches!(c, '\u{1b}' | '␛')));
    let at = |index: usize| view.get(index).map(|(character, _)| *character);
    if at(escape) != Some('[') {
        return escape;
    }
    let is_parameter = |c: char| c.is_ascii_digit() || c == ';';
    let digits = view[escape + 1..].iter().take(12).take_while(|(c, _)| is_parameter(*c)).count();
    match at(escape + 1 + digits) {
        Some('m') if digits > 0 || escape == 1 => escape + digits + 2,
        Some(letter) if escape == 1 && letter.is_ascii_alphabetic() => escape + digits + 2,
        _ => escape,
    }
}

/// How many bytes of a log's line stand before its message: times, levels, names in brackets, and the
/// signs of quotations and boxes.
fn before_the_message(line: &str) -> usize {
    const LEVELS: &[&str] = &[
        "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "severe",
        "stdout", "stderr",
    ];
    let mut at = 0;
    let mut has_time = false;
    let mut words = line.split_inclusive(char::is_whitespace).take(8).peekable();
    while let Some(word) = words.next() {
        let bare = word.trim().trim_matches(|c: char| !c.is_alphanumeric());
        let is_bracketed = word.trim().starts_with('[') && word.trim().ends_with([']', ':']);
        let is_time = bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || "-:.,/TZ+".contains(c));
        let is_level = LEVELS.iter().any(|level| bare.eq_ignore_ascii_case(level));
        // The name of a logger.
        let is_source = has_time && words.peek().is_some_and(|next| next.trim() == "-");
        if !(bare.is_empty() || is_bracketed || is_time || is_level || is_source) {
            break;
        }
        has_time |= is_time;
        at += word.len();
    }
    if line[at..].trim().is_empty() { 0 } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_and_colours_are_taken_off() {
        for (text, read) in [
            (r#"{\"error\":\"invalid_grant\"}"#, r#"{"error":"invalid_grant"}"#),
            (r#"\\\"error\\\""#, r#""error""#),
            ("&amp;quot;error&amp;quot; &lt;b&gt;", "\"error\" <b>"),
            ("a%20b%26c", "a b&c"),
            ("\u{1b}[1;31mERROR\u{1b}[0m x", "ERROR x"),
            ("[31mERROR[39m x", "ERROR x"),
            ("\\u001b[31mINVALID_LOGIN", "INVALID_LOGIN"),
            ("[main] x", "[main] x"),
        ] {
            assert_eq!(Reading::new(text).text, read, "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_message_is_no_part_of_it() {
        for (line, plain) in [
            ("2026-01-02 03:04:05,678 ERROR [main] It fails\n", " it fails "),
            ("2026-01-02T03:04:05.678Z  warn: it fails", " it fails "),
            ("08:15:01.100 [w-3] ERROR acme.Sync - it fails", " it fails "),
            ("> | it fails", " it fails "),
            ("it fails 7", " it fails 7 "),
            ("ERROR", " error "),
        ] {
            assert_eq!(Reading::new(line).plain, plain, "{line}");
        }
    }

    #[test]
    fn places_lead_back() {
        let text = "x\n10:00:01 a &quot;client\n10:00:02 identifier&quot; invalid.";
        let reading = Reading::new(text);
        let at = reading.plain.find("client identifier invalid").expect("the phrase");
        let range = reading.of_plain(at..at + "client identifier invalid".len());
        let place = reading.place(&range);
        assert_eq!(&text[place], "&quot;client\n10:00:02 identifier&quot; invalid.");
    }
}
