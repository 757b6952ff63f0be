//! Positions in a file as reports count them.

use org_ide::Document;
use org_syntax::Span;
use org_text::{Encoding, IndexedText, Position};

/// A text without the byte order mark that it may begin with, as editors hand it on.
pub fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// How many bytes [`without_bom`] takes away.
pub fn bom_length(text: &str) -> usize {
    text.len() - without_bom(text).len()
}

/// The positions of one document: 0-based, UTF-16, a byte order mark not counted.
pub struct Places {
    text: IndexedText,
    bom: usize,
}

impl Places {
    /// Of that document.
    pub fn of(document: &Document) -> Self {
        Self::of_text(document.text())
    }

    /// Of a text.
    pub fn of_text(text: &str) -> Self {
        Self { text: IndexedText::new(without_bom(text)), bom: bom_length(text) }
    }

    /// Start and end of a byte span.
    pub fn range(&self, span: Span) -> (Position, Position) {
        let position = |offset: u32| {
            let offset = (offset as usize).saturating_sub(self.bom);
            self.text.position(offset, Encoding::Utf16)
        };
        (position(span.start), position(span.end))
    }
}

#[cfg(test)]
mod tests {
    use org_ide::FileKind;

    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_character() {
        let places = |text: &str| Places::of(&Document::new(FileKind::Org, text));
        for text in ["{}", "\u{feff}{}"] {
            let start = bom_length(text) as u32;
            let (from, to) = places(text).range(Span::new(start, start + 1));
            assert_eq!((from.line, from.character, to.character), (0, 0, 1), "{text:?}");
        }
        let (from, _) = places("\u{feff}{\n🏢}").range(Span::new(9, 9));
        assert_eq!((from.line, from.character), (1, 2));
    }
}
