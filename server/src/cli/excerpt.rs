//! The line of a file that a finding is about, with what is marked underlined.

use org_ide::Document;
use org_syntax::Span;
use org_text::neutral;

use super::layout::{at_both_ends, width_of};
use super::masked::Masked;
use super::places::{bom_length, without_bom};
use super::screen::Screen;
use super::style::Style;

/// A file's lines as excerpts may show them: what is not known to be harmless is masked.
pub struct Lines {
    masked: Masked,
}

/// What an excerpt says beside the mark.
pub struct Beside<'a> {
    /// Right behind the mark: what mends it.
    pub label: Option<&'a str>,
    /// At the end of the line.
    pub note: Option<&'a str>,
}

impl Lines {
    /// Of a document.
    pub fn of(document: &Document) -> Self {
        Self { masked: Masked::of(document) }
    }

    /// The first line of a span, whose number (from 1) the caller knows, with what of the span is in it
    /// underlined: two lines of text, which fit the screen.
    pub fn excerpt(
        &self,
        (number, span): (u32, Span),
        style: Style,
        beside: &Beside<'_>,
        screen: &Screen,
    ) -> String {
        let bom = bom_length(&self.masked.text);
        let source = without_bom(&self.masked.text);
        let range = self.masked.span(span).range();
        let end = boundary(source, range.end.saturating_sub(bom));
        let start = boundary(source, range.start.saturating_sub(bom)).min(end);
        let is_break = ['\n', '\r'];
        let line_start = source[..start].rfind(is_break).map_or(0, |at| at + 1);
        let line_end = source[start..].find(is_break).map_or(source.len(), |at| start + at);
        let gutter = format!("{number} | ");
        let room = screen.width.saturating_sub(width_of(&gutter)).max(20);
        let parts = [line_start..start, start..end.min(line_end), end.min(line_end)..line_end];
        let [before, marked, after] = parts.map(|part| shown(&source[part]));
        let window = Window::around(&before, &marked, &after, room, screen.is_unicode);
        let blanks = " ".repeat(width_of(&gutter) - 2);
        let mut text = format!(
            "{}{}\n{}{}",
            Style::Quiet.paint(&gutter),
            window.text.trim_end(),
            Style::Quiet.paint(&format!("{blanks}| ")),
            " ".repeat(window.mark_at),
        );
        text.push_str(&mark_line(&window, style, beside, room));
        text.push('\n');
        text
    }
}

/// The last place up to `offset` where a character begins.
fn boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The mark, and beside it what fits; what mends it gives way to how.
fn mark_line(window: &Window, style: Style, beside: &Beside<'_>, room: usize) -> String {
    let mark = "^".repeat(window.mark_width);
    let room = room.saturating_sub(window.mark_at);
    let with_label = beside.label.map(|label| format!("{mark} {label}"));
    let both = with_label.as_deref().zip(beside.note);
    let noted = |left: &str, note: &str| {
        let line = at_both_ends(left, note, room)?;
        Some(format!("{}{}", style.paint(left), &line[left.len()..]))
    };
    both.and_then(|(label, note)| noted(label, note))
        .or_else(|| noted(&mark, beside.note?))
        .or_else(|| {
            let label = with_label.as_deref().filter(|label| width_of(label) <= room)?;
            Some(style.paint(label))
        })
        .unwrap_or_else(|| style.paint(&mark))
}

/// A part of a line as it is shown: tabs are blanks, what cannot be seen is a picture.
fn shown(part: &str) -> String {
    neutral(&part.replace('\t', "    ")).into_owned()
}

/// As much of a line as fits, with the mark in it.
struct Window {
    text: String,
    mark_at: usize,
    mark_width: usize,
}

impl Window {
    fn around(before: &str, marked: &str, after: &str, room: usize, is_unicode: bool) -> Self {
        let dots = if is_unicode { "…" } else { "..." };
        let mark_width = width_of(marked).clamp(1, room / 2);
        // What stands before the mark gives way when the mark would be cut.
        let needed = width_of(before) + mark_width + usize::from(!after.is_empty());
        let (head, mark_at) = if needed <= room {
            (before.to_owned(), width_of(before))
        } else {
            let kept = last_columns(before, room / 3);
            (format!("{dots}{kept}"), width_of(dots) + width_of(kept))
        };
        let line = format!("{head}{marked}{after}");
        let text = super::layout::shortened(&line, room, is_unicode);
        Self { text, mark_at, mark_width }
    }
}

/// The last characters of a text that fit into so many columns.
fn last_columns(text: &str, columns: usize) -> &str {
    let mut start = text.len();
    for (at, _) in text.char_indices().rev() {
        if width_of(&text[at..]) > columns {
            break;
        }
        start = at;
    }
    &text[start..]
}

#[cfg(test)]
mod tests {
    use org_ide::FileKind;

    use super::*;

    const SCREEN: Screen = Screen { width: 60, is_unicode: true, has_links: false };

    fn excerpt(text: &str, marked: &str, label: Option<&str>) -> String {
        let start = text.find(marked).expect("it is there") as u32;
        let number = text[..start as usize].matches('\n').count() as u32 + 1;
        let span = (number, Span::new(start, start + marked.len() as u32));
        let lines = Lines::of(&Document::new(FileKind::Org, text));
        let beside = Beside { label, note: Some("fixable: sforg fix") };
        let painted = lines.excerpt(span, Style::Bad, &beside, &SCREEN);
        anstream::adapter::strip_str(&painted).to_string()
    }

    #[test]
    fn the_mark_stands_below_what_it_marks() {
        let text = "{\n\t\"name\": \"Zürich\",\n  \"sandbox\": \"yes\"\n}\n";
        insta::assert_snapshot!(excerpt(text, "\"Zürich\"", Some("remove it")), @r#"
        2 |     "name": "Zürich",
          |             ^^^^^^^^ remove it        fixable: sforg fix
        "#);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let name = "A".repeat(80);
        let text = format!("{{\"name\": \"{name}\", \"sandbox\": 1, \"serverHost\": \"\"}}");
        let shown = excerpt(&text, "\"sandbox\"", None);
        insta::assert_snapshot!(shown, @r#"
        1 | …AAAAAAAAAAAAAAA", "sandbox": 1, "serverHost": ""}
          |                    ^^^^^^^^^          fixable: sforg fix
        "#);
        assert!(shown.lines().all(|line| width_of(line) <= SCREEN.width), "{shown}");
        let whole = excerpt(&text, &text[10..90], Some("x"));
        assert!(whole.lines().all(|line| width_of(line) <= SCREEN.width), "{whole}");
    }

    #[test]
    fn an_empty_range_is_one_mark_also_at_the_end() {
        let lines = Lines::of(&Document::new(FileKind::Org, "\u{feff}{\n"));
        let beside = Beside { label: None, note: None };
        let at_end = lines.excerpt((2, Span::at(5)), Style::Bad, &beside, &SCREEN);
        assert_eq!(anstream::adapter::strip_str(&at_end).to_string(), "2 | \n  | ^\n");
    }
}
