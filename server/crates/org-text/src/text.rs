//! The text itself.

use std::fmt;
use std::ops::Range;

use ropey::Rope;

use crate::{Encoding, Position};

/// A text that is edited in place. A clone is a snapshot and costs next to nothing.
///
/// Offsets are in bytes of UTF-8. Lines end at `\n`, `\r\n` and `\r`, as in LSP, and nowhere else.
/// A byte order mark is a character like any other.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text {
    rope: Rope,
}

impl Text {
    /// The text `text`.
    pub fn new(text: &str) -> Text {
        Text { rope: Rope::from_str(text) }
    }

    /// Number of bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// Whether there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines: one more than there are line ends.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The byte offset of `position`.
    ///
    /// Past a line's end it is the end of the line before its line break, past the last line the
    /// end of the text, and inside a character (half of a surrogate pair, part of a UTF-8 sequence)
    /// the start of this character.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let (line, character) = (position.line as usize, position.character as usize);
        if line >= self.line_count() {
            return self.len();
        }
        if let Some(offset) = self.offset_in_piece(position, encoding) {
            return offset;
        }
        let Range { start, end } = self.line_chars(line);
        let unit = self.units_before(start, encoding).saturating_add(character);
        let unit = unit.min(self.units_before(end, encoding));
        let char = match encoding {
            Encoding::Utf8 => self.rope.byte_to_char(unit),
            Encoding::Utf16 => self.rope.utf16_cu_to_char(unit),
            Encoding::Utf32 => unit,
        };
        self.rope.char_to_byte(char)
    }

    /// As [`Text::offset`] of an existing line, where all of the line up to there is in one piece of the rope, which
    /// is nearly always. The rope counts the units of a piece anew for each of its answers.
    fn offset_in_piece(&self, position: Position, encoding: Encoding) -> Option<usize> {
        let line = position.line as usize;
        let (piece, piece_start, _, first_line) = self.rope.chunk_at_line_break(line);
        let start = after_breaks(piece, line.checked_sub(first_line)?)?;
        let mut left = position.character as usize;
        let rest = &piece[start..];
        if rest.as_bytes().get(..=left).is_some_and(is_plain) {
            return Some(piece_start + start + left);
        }
        for (at, character) in rest.char_indices() {
            let units = units_of(character, encoding);
            if left < units || is_break(character) {
                return Some(piece_start + start + at);
            }
            left -= units;
        }
        None
    }

    /// Replaces the bytes of `range` by `with`.
    ///
    /// The ends of the range are clamped to the text and moved down to the start of a character;
    /// an inverted range is taken the other way round.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let chars = self.char_range(range);
        let start = chars.start;
        if !chars.is_empty() {
            self.rope.remove(chars);
        }
        self.rope.insert(start, with);
    }

    /// Applies one change as LSP's `TextDocumentContentChangeEvent` describes it: replaces `range`
    /// by `with`, or, without a range, the whole text. Positions are clamped as in
    /// [`Text::offset`]; an inverted range is taken the other way round.
    pub fn apply(&mut self, range: Option<Range<Position>>, with: &str, encoding: Encoding) {
        match range {
            Some(Range { start, end }) => {
                self.replace(self.offset(start, encoding)..self.offset(end, encoding), with);
            }
            None => self.rope = Rope::from_str(with),
        }
    }

    /// The pieces that the text is stored in, in order: to read all of it without a copy.
    pub fn chunks(&self) -> impl Iterator<Item = &str> {
        self.rope.chunks()
    }

    /// The character that has `byte` inside; the number of characters when `byte` is past the end.
    fn char_at(&self, byte: usize) -> usize {
        self.rope.byte_to_char(byte.min(self.len()))
    }

    fn char_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.char_at(range.start);
        let end = if range.start == range.end { start } else { self.char_at(range.end) };
        start.min(end)..start.max(end)
    }

    /// The characters of an existing line, without its line break.
    fn line_chars(&self, line: usize) -> Range<usize> {
        let start = self.rope.line_to_char(line);
        let mut end = self.rope.line_to_char(line + 1);
        // The last line has no break; in the others it is one character or the pair `\r\n`.
        if line + 1 < self.line_count() {
            end -= 1;
            if end > start && self.rope.char(end) == '\n' && self.rope.char(end - 1) == '\r' {
                end -= 1;
            }
        }
        start..end
    }

    fn units_before(&self, char: usize, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf8 => self.rope.char_to_byte(char),
            Encoding::Utf16 => self.rope.char_to_utf16_cu(char),
            Encoding::Utf32 => char,
        }
    }
}

/// Where the text goes on behind so many line breaks.
fn after_breaks(text: &str, breaks: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    for _ in 0..breaks {
        at += bytes[at..].iter().position(|&byte| is_break(byte.into()))?;
        at += if bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    Some(at)
}

/// Whether these are characters of one unit each, and no line break.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, &byte| plain & byte.is_ascii() & !matches!(byte, b'\n' | b'\r'))
}

fn is_break(character: char) -> bool {
    matches!(character, '\n' | '\r')
}

fn units_of(character: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => character.len_utf8(),
        Encoding::Utf16 => character.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}

/// Shows the size alone: an org file can hold secrets, and debug output ends up in logs.
impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} bytes, {} lines)", self.len(), self.line_count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    fn offset(text: &str, line: u32, character: u32, encoding: Encoding) -> usize {
        Text::new(text).offset(Position::new(line, character), encoding)
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let text = Text::new("");
        assert!(text.is_empty() && !Text::new("\n").is_empty());
        assert_eq!((text.len(), text.line_count()), (0, 1));
        assert_eq!(offset("", 7, 7, Encoding::Utf16), 0);
    }

    #[test]
    fn lines_end_at_the_three_breaks_of_lsp_only() {
        let count = |text: &str| Text::new(text).line_count();
        assert_eq!(count("a\nb\r\nc\rd"), 4);
        assert_eq!(count("a\n"), 2);
        assert_eq!(count("\n\r"), 3);
        assert_eq!(count("\r\n"), 2);
        // Vertical tab, form feed, next line, line and paragraph separator.
        assert_eq!(count("a\u{b}b\u{c}c\u{85}d\u{2028}e\u{2029}f"), 1);
    }

    #[test]
    fn a_position_inside_a_character_is_its_start() {
        assert_eq!(offset("é🏢x", 0, 2, Encoding::Utf16), 2, "between the surrogates");
        assert_eq!(offset("é🏢x", 0, 3, Encoding::Utf16), 6);
        assert_eq!(offset("é🏢x", 0, 1, Encoding::Utf8), 0);
        for character in 2..6 {
            assert_eq!(offset("é🏢x", 0, character, Encoding::Utf8), 2);
        }
    }

    #[test]
    fn a_position_past_the_line_is_its_end_before_the_break() {
        for encoding in ALL {
            for (text, end) in [("ab\ncd", 2), ("ab\r\ncd", 2), ("ab\rcd", 2), ("ab", 2)] {
                assert_eq!(offset(text, 0, 3, encoding), end, "{text:?}");
                assert_eq!(offset(text, 0, u32::MAX, encoding), end, "{text:?}");
            }
        }
    }

    #[test]
    fn a_position_past_the_last_line_is_the_end() {
        for encoding in ALL {
            assert_eq!(offset("ab\ncd\n", 2, 0, encoding), 6);
            assert_eq!(offset("ab\ncd\n", 3, 0, encoding), 6);
            assert_eq!(offset("ab\ncd", u32::MAX, 0, encoding), 5);
        }
    }

    #[test]
    fn a_byte_order_mark_is_a_character() {
        assert_eq!(offset("\u{feff}{", 0, 1, Encoding::Utf16), 3);
        assert_eq!(Text::new("\u{feff}{").to_string(), "\u{feff}{");
    }

    #[test]
    fn replace_takes_any_range() {
        let replaced = |range: Range<usize>| {
            let mut text = Text::new("aé🏢b");
            text.replace(range, "-");
            text.to_string()
        };
        assert_eq!(replaced(1..3), "a-🏢b");
        assert_eq!(replaced(2..5), "a-🏢b", "down to the starts of é and 🏢");
        #[expect(clippy::reversed_empty_ranges, reason = "clients send them")]
        let inverted = 3..1;
        assert_eq!(replaced(inverted), "a-🏢b");
        assert_eq!(replaced(8..usize::MAX), "aé🏢b-");
        assert_eq!(replaced(0..usize::MAX), "-");
    }

    #[test]
    fn a_line_break_can_be_made_and_torn_apart() {
        let mut text = Text::new("a\rb");
        text.replace(2..2, "\n");
        assert_eq!((text.to_string().as_str(), text.line_count()), ("a\r\nb", 2));
        text.replace(2..2, "x");
        assert_eq!((text.to_string().as_str(), text.line_count()), ("a\rx\nb", 3));
    }

    #[test]
    fn a_change_without_range_is_the_whole_text() {
        let mut text = Text::new("old");
        text.apply(None, "new\n", Encoding::Utf16);
        assert_eq!(text, Text::new("new\n"));
    }

    #[test]
    fn a_clone_keeps_the_text_of_its_time() {
        let mut text = Text::new("before");
        let snapshot = text.clone();
        text.replace(0..6, "after");
        assert_eq!((snapshot.to_string(), text.to_string()), ("before".into(), "after".into()));
    }

    #[test]
    fn chunks_give_the_text() {
        let long = "äöü€🏢\r\n".repeat(2_000);
        let text = Text::new(&long);
        assert_eq!(text.chunks().collect::<String>(), long);
    }

    #[test]
    fn debug_output_shows_no_content() {
        let shown = format!("{:?}", Text::new("{\"password\": \"not-a-real-password\"}\n"));
        assert_eq!(shown, "Text(36 bytes, 2 lines)");
    }
}
