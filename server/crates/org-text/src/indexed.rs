//! A text that does not change, with the index that makes positions cheap.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::OnceLock;

use crate::{Difference, Encoding, Position};

/// After so many bytes the units before are written down. Finding a position looks at fewer than twice as
/// many, however long its line is.
const MARK_EVERY: usize = 256;

/// A text that does not change, with its lines, which are looked for when they are first asked for.
///
/// Lines end and places are clamped as in [`crate::Text`].
#[derive(Default)]
pub struct IndexedText {
    text: Box<str>,
    index: OnceLock<LineIndex>,
}

impl IndexedText {
    /// The text `text`.
    pub fn new(text: impl Into<Box<str>>) -> Self {
        Self { text: text.into(), index: OnceLock::new() }
    }

    /// Makes the lines of those of `before`, of which `edit` has made this text, where they are known.
    pub fn take_lines_of(&mut self, before: &Self, edit: Difference) {
        if let Some(index) = before.index.get() {
            self.index = LineIndex::after(index, edit, &self.text).into();
        }
    }

    /// The text alone.
    pub fn into_text(self) -> Box<str> {
        self.text
    }

    /// The position of the byte at `byte`.
    ///
    /// Past the end of the text it is the end, inside a character its start, and inside a line
    /// break (between `\r` and `\n`) the end of the line.
    pub fn position(&self, byte: usize, encoding: Encoding) -> Position {
        let index = self.index();
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.line_of(byte);
        let (start, end) = self.line(line);
        let character = index.units_between(&self.text, start, byte.min(end), encoding);
        Position { line: line as u32, character: character as u32 }
    }

    /// The line, from 0, that the byte at `byte` is on; past the end of the text it is the last.
    pub fn line_of(&self, byte: usize) -> usize {
        self.index().starts.partition_point(|&start| start as usize <= byte).saturating_sub(1)
    }

    /// The byte offset of `position`.
    ///
    /// Past a line's end it is the end of the line before its line break, past the last line the
    /// end of the text, and inside a character (half of a surrogate pair, part of a UTF-8 sequence)
    /// the start of this character.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let index = self.index();
        let (line, character) = (position.line as usize, position.character as usize);
        if line >= index.starts.len() {
            return self.text.len();
        }
        let (start, end) = self.line(line);
        let unit = index.units_before(&self.text, start, encoding).saturating_add(character);
        index.byte_of_unit(&self.text, unit, start..end, encoding)
    }

    /// Start and end of an existing line, without its line break.
    fn line(&self, line: usize) -> (usize, usize) {
        let starts = &self.index().starts;
        let start = starts[line] as usize;
        let Some(&next) = starts.get(line + 1) else { return (start, self.text.len()) };
        let line = &self.text.as_bytes()[start..next as usize];
        let line_break = if line.ends_with(b"\r\n") { 2 } else { 1 };
        (start, next as usize - line_break)
    }

    fn index(&self) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::of(&self.text))
    }
}

impl Deref for IndexedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Shows the size alone: an org file can hold secrets, and debug output ends up in logs.
impl fmt::Debug for IndexedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IndexedText({} bytes)", self.text.len())
    }
}

/// Where lines begin, and how many units stand before a byte.
#[cfg_attr(test, derive(Debug, PartialEq))]
struct LineIndex {
    /// The offset of each line's first byte. There is always a first line.
    starts: Vec<u32>,
    /// Characters and UTF-16 code units before each multiple of [`MARK_EVERY`]; none for a text of ASCII alone,
    /// in which all units are bytes.
    marks: Vec<Units>,
}

/// How many characters and UTF-16 code units begin in a stretch of bytes.
#[derive(Clone, Copy, Default)]
#[cfg_attr(test, derive(Debug, PartialEq))]
struct Units {
    characters: u32,
    utf16: u32,
}

impl LineIndex {
    /// Of a text of less than 4 GiB; the protocol counts in 32 bits, too.
    fn of(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(line_starts(text.as_bytes(), 0..text.len()));
        starts.shrink_to_fit();
        Self { starts, marks: marks(text, Vec::new()) }
    }

    /// Of a text that an edit has made of the one that `before` is of.
    fn after(before: &Self, edit: Difference, text: &str) -> Self {
        let Difference { start, old_end, new_end } = edit;
        // Whether a line begins at a byte is told by this byte and the one before.
        let kept = before.starts.partition_point(|&at| (at as usize) < start).max(1);
        let behind = before.starts.partition_point(|&at| at as usize <= old_end);
        let shift = (new_end as u32).wrapping_sub(old_end as u32);
        let mut starts = Vec::with_capacity(before.starts.len() + 8);
        starts.extend_from_slice(&before.starts[..kept]);
        starts.extend(line_starts(text.as_bytes(), start.saturating_sub(1)..new_end));
        let behind = &before.starts[behind.max(1)..];
        starts.extend(behind.iter().map(|at| at.wrapping_add(shift)));
        let known = before.marks.len().min(start / MARK_EVERY);
        Self { starts, marks: marks(text, before.marks[..known].to_vec()) }
    }

    fn units_before(&self, text: &str, byte: usize, encoding: Encoding) -> usize {
        let mark = byte / MARK_EVERY;
        match self.marks.get(mark) {
            Some(&before) if encoding != Encoding::Utf8 => {
                let rest = &text.as_bytes()[mark * MARK_EVERY..byte];
                before.and(Units::of(rest)).in_encoding(encoding)
            }
            _ => byte,
        }
    }

    /// In a line of the text. Most lines are shorter than the way from a mark.
    fn units_between(&self, text: &str, from: usize, to: usize, encoding: Encoding) -> usize {
        if self.marks.is_empty() || encoding == Encoding::Utf8 {
            to - from
        } else if to - from <= MARK_EVERY {
            Units::of(&text.as_bytes()[from..to]).in_encoding(encoding)
        } else {
            self.units_before(text, to, encoding) - self.units_before(text, from, encoding)
        }
    }

    /// The start of the character that has this unit, in a line.
    fn byte_of_unit(
        &self,
        text: &str,
        unit: usize,
        line: Range<usize>,
        encoding: Encoding,
    ) -> usize {
        if self.marks.is_empty() || encoding == Encoding::Utf8 {
            let mut byte = unit.clamp(line.start, line.end);
            while !text.is_char_boundary(byte) {
                byte -= 1;
            }
            return byte;
        }
        let mark = self.marks.partition_point(|before| before.in_encoding(encoding) <= unit);
        let mut from = (mark.saturating_sub(1) * MARK_EVERY).clamp(line.start, line.end);
        // The mark may be inside of a character, whose units count as before it.
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let mut before = self.units_before(text, from, encoding);
        for (at, character) in text[from..line.end].char_indices() {
            before += match encoding {
                Encoding::Utf16 => character.len_utf16(),
                _ => 1,
            };
            if before > unit {
                return from + at;
            }
        }
        line.end
    }
}

/// Behind each line break in a range of bytes: there a line starts.
fn line_starts(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = u32> + '_ {
    let first = range.start;
    bytes[range].iter().enumerate().filter_map(move |(at, &byte)| {
        let next = first + at + 1;
        // Of all that is common only line breaks are below.
        let is_break =
            byte <= b'\r' && (byte == b'\n' || (byte == b'\r' && bytes.get(next) != Some(&b'\n')));
        is_break.then_some(next as u32)
    })
}

/// The marks of a text of which the first are known.
fn marks(text: &str, mut known: Vec<Units>) -> Vec<Units> {
    if text.is_ascii() {
        return Vec::new();
    }
    // The last one is the start of the rest.
    let mut before = known.pop().unwrap_or_default();
    for stretch in text.as_bytes()[known.len() * MARK_EVERY..].chunks(MARK_EVERY) {
        known.push(before);
        before = before.and(Units::of(stretch));
    }
    known.push(before);
    known
}

impl Units {
    /// A character counts where its first byte is.
    fn of(bytes: &[u8]) -> Self {
        let count =
            |first: fn(u8) -> bool| bytes.iter().filter(|&&byte| first(byte)).count() as u32;
        let characters = count(|byte| byte & 0xc0 != 0x80);
        Self { characters, utf16: characters + count(|byte| byte >= 0xf0) }
    }

    fn and(self, more: Self) -> Self {
        Self { characters: self.characters + more.characters, utf16: self.utf16 + more.utf16 }
    }

    fn in_encoding(self, encoding: Encoding) -> usize {
        match encoding {
            Encoding::Utf16 => self.utf16 as usize,
            _ => self.characters as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::Index;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    /// The position of `byte` in UTF-8, UTF-16 and UTF-32.
    fn positions(text: &str, byte: usize) -> [(u32, u32); 3] {
        let text = IndexedText::new(text);
        ALL.map(|encoding| text.position(byte, encoding)).map(|at| (at.line, at.character))
    }

    #[test]
    fn an_empty_text_has_one_place() {
        assert_eq!(positions("", 7), [(0, 0); 3]);
        assert_eq!(positions("\u{feff}{", 3), [(0, 3), (0, 1), (0, 1)]);
    }

    #[test]
    fn characters_are_counted_in_the_units_of_the_encoding() {
        //          é is 2/1/1 units, 🏢 is 4/2/1
        assert_eq!(positions("é🏢x", 2), [(0, 2), (0, 1), (0, 1)]);
        assert_eq!(positions("é🏢x", 6), [(0, 6), (0, 3), (0, 2)]);
        assert_eq!(positions("a\né🏢x", 9), [(1, 7), (1, 4), (1, 3)]);
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        for byte in 2..6 {
            assert_eq!(positions("é🏢x", byte), [(0, 2), (0, 1), (0, 1)]);
        }
    }

    #[test]
    fn an_offset_inside_a_line_break_is_the_end_of_the_line() {
        assert_eq!(positions("ab\r\ncd", 2), [(0, 2); 3]);
        assert_eq!(positions("ab\r\ncd", 3), [(0, 2); 3]);
        assert_eq!(positions("ab\r\ncd", 4), [(1, 0); 3]);
    }

    /// The lines and marks of a text that was another one before.
    fn edited(old: &str, new: &str) -> LineIndex {
        LineIndex::after(&LineIndex::of(old), Difference::between(old, new), new)
    }

    proptest! {
        #[test]
        fn lines_are_the_same_however_the_text_came_about(
            start in "[ab\r\né🏢]{0,40}",
            edits in prop::collection::vec((any::<Index>(), 0_usize..5, "[ab\r\né]{0,4}"), 1..5),
            long in 0_usize..3,
        ) {
            let start = format!("{}{start}{}", "x\n".repeat(long * 200), "y".repeat(long * 300));
            let mut old: Vec<char> = start.chars().collect();
            for (at, len, with) in edits {
                let mut new = old.clone();
                let from = at.index(old.len() + 1);
                new.splice(from..(from + len).min(old.len()), with.chars());
                let (before, text) = (String::from_iter(&old), String::from_iter(&new));
                prop_assert_eq!(edited(&before, &text), LineIndex::of(&text));
                old = new;
            }
        }
    }

    #[test]
    fn debug_output_shows_no_content() {
        let shown = format!("{:?}", IndexedText::new("{\"password\": \"not-a-real-password\"}\n"));
        assert_eq!(shown, "IndexedText(36 bytes)");
    }
}
