//! Text that others wrote, on its way to a person.
//!
//! Names, paths, values, settings and whatever a server said may hold characters that do something
//! instead of showing something: they move a terminal's cursor, turn the direction of a line, end a
//! line of a log. Such text reaches a person as [`Foreign`]. Where a whole message goes out, the
//! destination's gate makes all of it [`neutral`] once more, so that a part that nobody wrapped does no
//! harm either, and breaks what is markup there.
//!
//! ```
//! use org_text::Foreign;
//!
//! let name = "Acme\u{1b}[2J\r\n\u{202e}dliub";
//! assert_eq!(Foreign(name).to_string(), "Acme␛[2J␍␊\\u{202e}dliub");
//! ```

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A text that others wrote. Displayed it has no control, line end, bidirectional or invisible
/// character (each is shown as its picture or its number) and at most [`Foreign::MAX_CHARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign<'a>(pub &'a str);

impl Foreign<'_> {
    /// Characters that are shown at most, the `…` of a shortened text among them.
    pub const MAX_CHARS: usize = 200;
}

impl fmt::Display for Foreign<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max = f.precision().unwrap_or(Self::MAX_CHARS);
        let (mut shown, mut room) = (String::new(), max);
        // Where it is cut off when it turns out to be too long: there is room for the `…` still.
        let mut cut = 0;
        for c in self.0.chars() {
            let before = shown.len();
            push_neutral(&mut shown, c);
            let length = shown[before..].chars().count();
            if length > room {
                shown.truncate(cut);
                shown.push('…');
                break;
            }
            room -= length;
            if room >= 1 {
                cut = shown.len();
            }
        }
        f.write_str(&shown)
    }
}

/// The whole text on one line and without characters that do something: as [`Foreign`], but of any
/// length.
pub fn neutral(text: &str) -> Cow<'_, str> {
    replaced(text, does_something)
}

/// As [`neutral`], with its line feeds and tabs left: for texts of several lines that are our own.
pub fn neutral_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |c| !matches!(c, '\n' | '\t') && does_something(c))
}

fn replaced(text: &str, is_replaced: impl Fn(char) -> bool) -> Cow<'_, str> {
    // Most texts are of ASCII's letters and signs alone.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.contains(&is_replaced) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_replaced(c) { push_neutral(&mut safe, c) } else { safe.push(c) }
    }
    Cow::Owned(safe)
}

/// Whether a character does something, or nothing that anybody could see: controls and line ends,
/// what turns the direction of writing, and what takes no room.
pub fn does_something(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// Whether nobody sees the character although it is there: bidirectional marks, zero width,
/// fillers, tags, noncharacters. Sources: Unicode 17, `Bidi_Control`, general category Cf, and
/// `Default_Ignorable_Code_Point`.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{110bd}' | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
        || is_noncharacter(c)
}

/// U+FDD0 to U+FDEF, and the last two of each plane: no text has them.
fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe
}

/// Pushes what stands for the character: the picture of an ASCII control (`␛`), the number of another
/// one, itself when it is harmless.
fn push_neutral(text: &mut String, c: char) {
    match c {
        '\u{0}'..='\u{1f}' => text.extend(char::from_u32(0x2400 + c as u32)),
        '\u{7f}' => text.push('\u{2421}'),
        c if does_something(c) => {
            // Writing to a `String` does not fail.
            let _ = write!(text, "\\u{{{:x}}}", c as u32);
        }
        c => text.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn controls_are_shown_so_that_the_text_can_be_recognized() {
        for (text, shown) in [
            ("Acme 🏢 Zürich", "Acme 🏢 Zürich"),
            ("a\u{1b}]0;t\u{7}b", "a␛]0;t␇b"),
            ("a\r\nb\tc\u{8}", "a␍␊b␉c␈"),
            ("\u{7f}\u{9b}2J\u{85}", "␡\\u{9b}2J\\u{85}"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            (
                "\u{200b}\u{202e}\u{2066}\u{feff}\u{e0041}",
                "\\u{200b}\\u{202e}\\u{2066}\\u{feff}\\u{e0041}",
            ),
        ] {
            assert_eq!(Foreign(text).to_string(), shown, "{text:?}");
            assert_eq!(neutral(text), shown, "{text:?}");
        }
    }

    #[test]
    fn what_is_long_is_cut_off() {
        let fits = "x".repeat(Foreign::MAX_CHARS);
        assert_eq!(Foreign(&fits).to_string(), fits);
        let shown = Foreign(&format!("{fits}y")).to_string();
        assert_eq!(shown, format!("{}…", "x".repeat(Foreign::MAX_CHARS - 1)));
        assert_eq!(format!("{:.4}", Foreign("Acme production")), "Acm…");
        assert_eq!(format!("{:.4}", Foreign("Acme")), "Acme");
    }

    #[test]
    fn own_lines_stay() {
        assert_eq!(neutral_lines("a\n\tb\r\u{1b}c"), "a\n\tb␍␛c");
    }

    proptest! {
        #[test]
        fn nothing_that_does_something_is_left(text in any::<String>(), hostile in "[\\x00-\\x1f\\x7f-\\x9f\\u{200b}-\\u{200f}\\u{2028}-\\u{202e}\\u{2060}-\\u{206f}\\u{e0000}-\\u{e007f}]{0,300}") {
            for text in [format!("{text}{hostile}"), format!("{hostile}{text}")] {
                let shown = Foreign(&text).to_string();
                prop_assert!(!shown.contains(does_something), "{shown:?}");
                prop_assert!(shown.chars().count() <= Foreign::MAX_CHARS);
                let whole = neutral(&text);
                prop_assert!(!whole.contains(does_something));
                // Once is enough.
                prop_assert_eq!(neutral(&whole).into_owned(), whole.clone().into_owned());
                prop_assert!(!neutral_lines(&text).contains(|c| c != '\n' && c != '\t' && does_something(c)));
            }
        }

        #[test]
        fn harmless_text_is_as_it_was(text in "[ -~äöüéßñ🏢日本語]{0,200}") {
            prop_assert_eq!(Foreign(&text).to_string(), text.clone());
            prop_assert!(matches!(neutral(&text), Cow::Borrowed(_)));
        }
    }
}
