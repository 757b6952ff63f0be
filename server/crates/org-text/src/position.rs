//! Places in a text as the protocol writes them.

/// The unit of [`Position::character`] (LSP `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what LSP means when nothing is negotiated.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// A place between two characters of a text. Ordered as in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 0.
    pub line: u32,
    /// The units before it on its line; an [`Encoding`] says which.
    pub character: u32,
}

impl Position {
    /// The position on `line` after `character` units.
    pub const fn new(line: u32, character: u32) -> Position {
        Position { line, character }
    }
}
