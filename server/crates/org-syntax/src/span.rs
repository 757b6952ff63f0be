//! A stretch of the text.

use std::ops::Range;

/// A stretch of the text, in bytes: `start` is the first byte inside, `end` the first one after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    pub const fn new(start: u32, end: u32) -> Span {
        Span { start, end }
    }

    /// The empty span at `offset`.
    pub const fn at(offset: u32) -> Span {
        Span { start: offset, end: offset }
    }

    /// Number of bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether there is no byte inside.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the byte at `offset` is inside (`start <= offset < end`).
    pub const fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether a cursor at `offset` is inside or at one of the two ends
    /// (`start <= offset <= end`).
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// The least span that has both inside.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch as a range for indexing.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The part of `text` inside; `""` when the span lies outside `text` or cuts a character.
    pub fn text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn ends_count_for_touching_but_not_for_containing() {
        let span = Span::new(2, 4);
        let contained: Vec<u32> = (0..6).filter(|&offset| span.contains(offset)).collect();
        let touched: Vec<u32> = (0..6).filter(|&offset| span.touches(offset)).collect();
        assert_eq!(contained, [2, 3]);
        assert_eq!(touched, [2, 3, 4]);
        assert!(!Span::at(2).contains(2));
        assert!(Span::at(2).touches(2));
    }

    #[test]
    fn cover_takes_the_outer_ends() {
        assert_eq!(Span::new(2, 4).cover(Span::new(6, 7)), Span::new(2, 7));
        assert_eq!(Span::new(2, 9).cover(Span::at(4)), Span::new(2, 9));
    }

    #[test]
    fn text_is_empty_where_the_span_does_not_fit() {
        assert_eq!(Span::new(1, 3).text("aéb"), "é");
        assert_eq!(Span::new(1, 2).text("aéb"), "");
        assert_eq!(Span::new(3, 9).text("aéb"), "");
        assert_eq!(Span::new(3, 1).text("aéb"), "");
    }

    #[test]
    fn an_inverted_span_is_empty() {
        assert!(Span::new(3, 1).is_empty());
        assert_eq!(Span::new(3, 1).len(), 0);
        assert_eq!(Span::new(1, 3).len(), 2);
    }
}
