//! Positions in a text as LSP defines them, worked out anew so that a mistake of the server is not
//! repeated here.

use serde_json::{Value, json};

/// What `Position.character` counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, LSP's default.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// Its name in LSP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf32 => "utf-32",
        }
    }

    fn units(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
            Self::Utf32 => text.chars().count(),
        }
    }
}

/// A position, 0-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Units of the session's encoding.
    pub character: usize,
}

/// A range; its end is not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Range {
    /// The first position.
    pub start: Position,
    /// The position after the last.
    pub end: Position,
}

impl Position {
    /// A position.
    pub fn new(line: usize, character: usize) -> Self {
        Self { line, character }
    }

    /// As LSP writes it.
    pub fn json(self) -> Value {
        json!({"line": self.line, "character": self.character})
    }

    /// Reads LSP's form.
    pub fn of(value: &Value) -> Self {
        let number = |name: &str| {
            let number = value[name].as_u64();
            number.unwrap_or_else(|| panic!("{value} is not a position")) as usize
        };
        Self::new(number("line"), number("character"))
    }

    /// The position of the byte `offset`, which stands on a character.
    pub fn at(text: &str, offset: usize, encoding: Encoding) -> Self {
        let (line, start) = lines(text)
            .enumerate()
            .map(|(number, line)| (number, line.start))
            .take_while(|(_, start)| *start <= offset)
            .last()
            .unwrap_or((0, 0));
        Self::new(line, encoding.units(&text[start..offset]))
    }

    /// The byte offset. Strict: a position that is not in the text, or inside a character, fails.
    pub fn offset(self, text: &str, encoding: Encoding) -> usize {
        let Some(line) = lines(text).nth(self.line) else {
            panic!("{self:?} is past the last line of {text:?}");
        };
        let content = &text[line.clone()];
        let ends = content.char_indices().map(|(at, _)| at);
        let offset = ends
            .chain([content.len()])
            .find(|at| encoding.units(&content[..*at]) == self.character);
        match offset {
            Some(offset) => line.start + offset,
            None => panic!("{self:?} is no place in the line {content:?} ({encoding:?})"),
        }
    }
}

impl Range {
    /// A range.
    pub fn new(start: Position, end: Position) -> Self {
        Self { start, end }
    }

    /// The empty range at a position.
    pub fn empty(at: Position) -> Self {
        Self::new(at, at)
    }

    /// As LSP writes it.
    pub fn json(self) -> Value {
        json!({"start": self.start.json(), "end": self.end.json()})
    }

    /// Reads LSP's form.
    pub fn of(value: &Value) -> Self {
        Self::new(Position::of(&value["start"]), Position::of(&value["end"]))
    }

    /// The only place where `part` stands in `text`.
    pub fn of_text(text: &str, part: &str, encoding: Encoding) -> Self {
        let found: Vec<usize> = text.match_indices(part).map(|(at, _)| at).collect();
        let [start] = found[..] else {
            panic!("{part:?} stands {} times in {text:?}", found.len());
        };
        Self::new(
            Position::at(text, start, encoding),
            Position::at(text, start + part.len(), encoding),
        )
    }

    /// The position behind the first character, which is a quote or another single unit.
    pub fn start_inside(self) -> Position {
        Position::new(self.start.line, self.start.character + 1)
    }

    /// The text in the range.
    pub fn text(self, text: &str, encoding: Encoding) -> &str {
        &text[self.start.offset(text, encoding)..self.end.offset(text, encoding)]
    }
}

/// Byte ranges of the lines, without their ends (`\n`, `\r\n`, `\r`).
fn lines(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let Some(length) = rest.find(['\n', '\r']) else {
            next = None;
            return Some(start..text.len());
        };
        let end = start + length;
        let line_end = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        next = Some(end + line_end);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_positions_are_inverse_in_every_encoding() {
        let text = "a\r\né🏢x\rb\n";
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for at in [0, 1, 3, 5, 9, 10, 11, 12, 13] {
                let position = Position::at(text, at, encoding);
                assert_eq!(position.offset(text, encoding), at, "{position:?}");
            }
        }
        assert_eq!(Position::at(text, 9, Encoding::Utf16), Position::new(1, 3));
        assert_eq!(Position::at(text, 13, Encoding::Utf8), Position::new(3, 0));
    }

    #[test]
    #[should_panic(expected = "no place in the line")]
    fn half_a_character_is_no_position() {
        Position::new(0, 1).offset("🏢", Encoding::Utf16);
    }

    #[test]
    #[should_panic(expected = "past the last line")]
    fn the_end_is_the_end() {
        Position::new(1, 0).offset("x", Encoding::Utf16);
    }
}
