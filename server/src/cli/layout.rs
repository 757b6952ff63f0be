//! Lines that fit a screen: wrapped between words, with a hanging indent, by display width.

use std::borrow::Cow;

use textwrap::core::Word;
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, word_splitters};
use unicode_width::UnicodeWidthChar;

/// The columns that a text takes; colours and links take none.
pub fn width_of(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// The words of a text in lines of `first` columns and then `rest` columns. A word that is longer than a
/// whole line stands alone in one, whole: it may be a path that somebody copies.
pub fn wrapped(text: &str, first: usize, rest: usize) -> Vec<String> {
    let words: Vec<Word<'_>> = WordSeparator::AsciiSpace.find_words(text).collect();
    let words = word_splitters::split_words(words, &textwrap::WordSplitter::NoHyphenation);
    let words: Vec<Word<'_>> = words.collect();
    let lines = wrap_first_fit(&words, &[first as f64, rest as f64]);
    lines.into_iter().map(line).collect()
}

fn line(words: &[Word<'_>]) -> String {
    let mut line = String::new();
    for (index, word) in words.iter().enumerate() {
        line.push_str(word.word);
        if index + 1 < words.len() {
            line.push_str(word.whitespace);
        }
    }
    line
}

/// A text behind `head`; the lines after the first begin with blanks as wide as it.
pub fn hanging(head: &str, text: &str, width: usize) -> String {
    indented(head, &" ".repeat(width_of(head)), text, width)
}

/// A text whose first line begins with `first` and the others with `rest`. Blanks that would take more than half of
/// a narrow screen are fewer.
pub fn indented(first: &str, rest: &str, text: &str, width: usize) -> String {
    let (first, rest) = (&*narrowed(first, width), &*narrowed(rest, width));
    let room = |indent: &str| width.saturating_sub(width_of(indent)).max(1);
    let lines = wrapped(text, room(first), room(rest));
    let mut all = String::new();
    for (index, line) in lines.iter().enumerate() {
        let indent = if index == 0 { first } else { rest };
        all.push_str(format!("{indent}{line}").trim_end());
        all.push('\n');
    }
    if lines.is_empty() {
        all.push_str(first.trim_end());
        all.push('\n');
    }
    all
}

/// Whether a column begins so far to the right that no room is left for its words.
pub fn is_too_far_right(column: usize, width: usize) -> bool {
    column * 2 > width
}

/// The indent of what would begin too far to the right.
pub const NARROW_INDENT: usize = 4;

fn narrowed(indent: &str, width: usize) -> Cow<'_, str> {
    let shown = indent.trim_start_matches(' ');
    if !is_too_far_right(indent.len() - shown.len(), width) {
        return Cow::Borrowed(indent);
    }
    Cow::Owned(format!("{}{shown}", " ".repeat(NARROW_INDENT.saturating_sub(width_of(shown)))))
}

/// A text with blanks behind it, up to that many columns.
pub fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width_of(text))))
}

/// Two texts at both ends of a line; `None` when there is no room for two blanks between them.
pub fn at_both_ends(left: &str, right: &str, width: usize) -> Option<String> {
    if right.is_empty() {
        return (width_of(left) <= width).then(|| left.to_owned());
    }
    let blanks = width.checked_sub(width_of(left) + width_of(right))?;
    (blanks >= 2).then(|| format!("{left}{}{right}", " ".repeat(blanks)))
}

/// As much of a text as fits, with `…` (or `...`) for what is left out.
pub fn shortened(text: &str, columns: usize, is_unicode: bool) -> String {
    if width_of(text) <= columns {
        return text.to_owned();
    }
    let dots = if is_unicode { "…" } else { "..." };
    let room = columns.saturating_sub(width_of(dots));
    let mut taken = 0;
    let kept = text.chars().take_while(|c| {
        taken += c.width().unwrap_or(0);
        taken <= room
    });
    let kept: String = kept.collect();
    format!("{}{dots}", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_and_lines_fit() {
        let text =
            "Convert to OAuth 2.0 client credentials: basic authentication (SOAP login()) ends.";
        for width in [20, 37, 80] {
            let page = hanging("  1. ", text, width);
            for line in page.lines() {
                assert!(width_of(line) <= width, "{line:?}");
            }
            let words: Vec<&str> = page.split_whitespace().skip(1).collect();
            assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
        }
        assert_eq!(
            hanging("  1. ", text, 46),
            "  1. Convert to OAuth 2.0 client credentials:\n     basic authentication (SOAP login()) ends.\n"
        );
    }

    #[test]
    fn a_narrow_screen_keeps_room_for_words() {
        let blanks = " ".repeat(30);
        let page = |width| indented(&format!("{blanks}! "), &blanks, "authentication works", width);
        assert_eq!(page(80), format!("{blanks}! authentication works\n"));
        assert_eq!(page(59), "  ! authentication works\n");
        assert_eq!(page(20), "  ! authentication\n    works\n");
    }

    #[test]
    fn a_path_is_never_broken() {
        let path = "/a/very/long/path/that/somebody/wants/to/copy/org.sforg.json";
        assert_eq!(wrapped(&format!("{path} is missing"), 20, 20), [path, "is missing"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(wrapped("会社 会社 会社", 9, 9), ["会社 会社", "会社"]);
        assert_eq!(shortened("会社会社", 5, true), "会社…");
        assert_eq!(padded("会", 4), "会  ");
        assert_eq!(at_both_ends("会", "x", 4), None);
        assert_eq!(at_both_ends("会", "x", 5).as_deref(), Some("会  x"));
    }

    #[test]
    fn nothing_is_one_line() {
        assert_eq!(hanging("a ", "", 10), "a\n");
    }
}
