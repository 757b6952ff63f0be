//! From LSP to our terms.

use std::ops::Range;

use lsp_types as lsp;
use org_text::{Encoding, IndexedText, Position};

/// A position; its character counts in the session's encoding.
pub fn position(position: lsp::Position) -> Position {
    Position { line: position.line, character: position.character }
}

/// The byte offset of a position, clamped to the text.
pub fn offset(text: &IndexedText, at: lsp::Position, encoding: Encoding) -> u32 {
    text.offset(position(at), encoding) as u32
}

/// The byte range of a range; an inverted one is put right.
pub fn byte_range(text: &IndexedText, range: lsp::Range, encoding: Encoding) -> Range<u32> {
    let start = offset(text, range.start, encoding);
    let end = offset(text, range.end, encoding);
    start.min(end)..start.max(end)
}
