//! A file's text as excerpts and diffs may show it.

use org_ide::harmless::harmless;
use org_ide::{Document, FileKind};
use org_syntax::Span;
use org_text::does_something;

/// So many characters that nobody sees are shown by their numbers. Each takes no room in a line, so that
/// a line of many would be cut off nowhere.
const SHOWN_INVISIBLE: usize = 50;

/// A text with `*` for every character that is not known to be harmless. Line ends stay.
pub struct Masked {
    /// What may be shown.
    pub text: String,
    /// Whether something was masked.
    pub hides: bool,
    /// For each character of more than one byte that was masked: the byte behind it in the original, and
    /// how many bytes of the original are missing up to there.
    shorter: Vec<(u32, u32)>,
}

impl Masked {
    /// Of a document.
    pub fn of(document: &Document) -> Self {
        let original = document.text();
        let mut masked =
            Self { text: String::with_capacity(original.len()), hides: false, shorter: Vec::new() };
        let (mut missing, mut invisible) = (0, 0);
        let mut spans = harmless(document).into_iter().peekable();
        for (at, c) in original.char_indices() {
            let at = at as u32;
            while spans.next_if(|span| span.end <= at).is_some() {}
            let is_shown = !does_something(c) || c.is_ascii_whitespace() || {
                invisible += 1;
                invisible <= SHOWN_INVISIBLE
            };
            let is_harmless = is_shown && spans.peek().is_some_and(|span| span.contains(at));
            if is_harmless || matches!(c, '\n' | '\r') {
                masked.text.push(c);
                continue;
            }
            masked.text.push('*');
            masked.hides = true;
            if c.len_utf8() > 1 {
                missing += c.len_utf8() as u32 - 1;
                masked.shorter.push((at + c.len_utf8() as u32, missing));
            }
        }
        masked
    }

    /// Of the text of a file of that kind.
    pub fn of_text(kind: FileKind, text: &str) -> Self {
        Self::of(&Document::new(kind, text))
    }

    /// Where a span of the original stands.
    pub fn span(&self, span: Span) -> Span {
        let moved = |offset: u32| {
            let before = self.shorter.partition_point(|(behind, _)| *behind <= offset);
            let missing = before.checked_sub(1).map_or(0, |last| self.shorter[last].1);
            offset - missing
        };
        Span::new(moved(span.start), moved(span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_what_nobody_sees_is_not_shown_whole() {
        let many = "\u{200b}".repeat(1000);
        let masked = Masked::of_text(FileKind::Org, &format!("{{\n\t\"name\": \"a{many}\"}}"));
        assert!(masked.text.matches('\u{200b}').count() <= SHOWN_INVISIBLE, "{}", masked.text);
        let tabs = format!("{{{}}}", "\n\t\t".repeat(100));
        assert_eq!(Masked::of_text(FileKind::Org, &tabs).text, tabs);
    }

    #[test]
    fn each_character_is_one_star() {
        let text = "{ \"ké🏢\": \"né\",\r\n \"name\": \"Zürich\" }";
        let masked = Masked::of_text(FileKind::Org, text);
        assert_eq!(masked.text, "{ \"***\": \"**\",\r\n \"name\": \"Zürich\" }");
        assert!(masked.hides);
        for part in ["\"name\"", "\"Zürich\"", " }", "{"] {
            let at = text.find(part).expect("a part") as u32;
            let span = masked.span(Span::new(at, at + part.len() as u32));
            assert_eq!(span.text(&masked.text), part);
        }
    }

    #[test]
    fn what_hides_nothing_is_as_it_was() {
        let text = r#"{"auth": {"password": "${env:P}"}}"#;
        let masked = Masked::of_text(FileKind::Org, text);
        assert_eq!((masked.text.as_str(), masked.hides), (text, false));
    }
}
