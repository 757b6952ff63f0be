//! Characters that nobody sees in a value, and those that look like a blank or a hyphen and are
//! none. They come with what is pasted from mails, chats, web pages and word processors.
//!
//! The names are Unicode's, in lower case.

/// What should stand in the place of such a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// Nothing: it has no width.
    Nothing,
    /// A plain space, where blanks belong.
    Space,
    /// A plain hyphen.
    Hyphen,
}

/// Name of a character and what should stand in its place; `None` for all that can be seen as what
/// they are, and for the controls and blanks of ASCII.
pub fn look_up(character: char) -> Option<(&'static str, Instead)> {
    use Instead::{Hyphen, Nothing, Space};
    // Nearly all of a file is this.
    if character < '\u{7f}' {
        return None;
    }
    Some(match character {
        '\u{a0}' => ("no-break space", Space),
        '\u{1680}' => ("ogham space mark", Space),
        '\u{2000}' | '\u{2002}' => ("en space", Space),
        '\u{2001}' | '\u{2003}' => ("em space", Space),
        '\u{2004}' => ("three-per-em space", Space),
        '\u{2005}' => ("four-per-em space", Space),
        '\u{2006}' => ("six-per-em space", Space),
        '\u{2007}' => ("figure space", Space),
        '\u{2008}' => ("punctuation space", Space),
        '\u{2009}' => ("thin space", Space),
        '\u{200a}' => ("hair space", Space),
        '\u{2028}' => ("line separator", Space),
        '\u{2029}' => ("paragraph separator", Space),
        '\u{202f}' => ("narrow no-break space", Space),
        '\u{205f}' => ("medium mathematical space", Space),
        '\u{2800}' => ("braille pattern blank", Space),
        '\u{3000}' => ("ideographic space", Space),
        '\u{85}' => ("next line control", Space),
        '\u{2010}' => ("hyphen of word processors", Hyphen),
        '\u{2011}' => ("non-breaking hyphen", Hyphen),
        '\u{7f}'..='\u{9f}' => ("control character", Nothing),
        '\u{ad}' => ("soft hyphen", Nothing),
        '\u{34f}' => ("combining grapheme joiner", Nothing),
        '\u{61c}' => ("arabic letter mark", Nothing),
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => ("hangul filler", Nothing),
        '\u{17b4}' | '\u{17b5}' => ("khmer inherent vowel", Nothing),
        '\u{180b}'..='\u{180f}' => ("mongolian separator", Nothing),
        '\u{200b}' => ("zero width space", Nothing),
        '\u{200c}' => ("zero width non-joiner", Nothing),
        '\u{200d}' => ("zero width joiner", Nothing),
        '\u{200e}' => ("left-to-right mark", Nothing),
        '\u{200f}' => ("right-to-left mark", Nothing),
        '\u{202a}' => ("left-to-right embedding", Nothing),
        '\u{202b}' => ("right-to-left embedding", Nothing),
        '\u{202c}' => ("pop directional formatting", Nothing),
        '\u{202d}' => ("left-to-right override", Nothing),
        '\u{202e}' => ("right-to-left override", Nothing),
        '\u{2060}' => ("word joiner", Nothing),
        '\u{2061}'..='\u{2064}' => ("invisible operator", Nothing),
        '\u{2066}' => ("left-to-right isolate", Nothing),
        '\u{2067}' => ("right-to-left isolate", Nothing),
        '\u{2068}' => ("first strong isolate", Nothing),
        '\u{2069}' => ("pop directional isolate", Nothing),
        '\u{2065}' | '\u{206a}'..='\u{206f}' => ("formatting character", Nothing),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => ("variation selector", Nothing),
        '\u{feff}' => ("byte order mark", Nothing),
        '\u{fff9}'..='\u{fffb}' => ("annotation mark", Nothing),
        '\u{fffc}' => ("object replacement character", Nothing),
        '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' => ("formatting character", Nothing),
        '\u{e0000}'..='\u{e007f}' => ("tag character", Nothing),
        _ => return None,
    })
}

/// Whether a text has such a character.
pub fn is_in(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| look_up(c).is_some()) || text.contains('\u{7f}')
}

/// The text without blanks of any kind and without what nobody sees at both of its ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_blank_or_unseen)
}

/// Whether a character is a blank of any kind, a control, or one that nobody sees.
pub fn is_blank_or_unseen(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || look_up(character).is_some_and(|(_, instead)| instead != Instead::Hyphen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_none() {
        for text in [
            "",
            "acme.my.salesforce.com",
            "Zürich – Büro",
            "株式会社",
            "a b\tc\n",
            "e\u{301}",
            "🏢",
            "‘’“”„",
        ] {
            assert!(!is_in(text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_has_a_name() {
        for c in "\u{a0}\u{ad}\u{61c}\u{180e}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202e}\u{2060}\u{2066}\u{2069}\u{3164}\u{fe0f}\u{feff}\u{e0041}\u{2009}\u{3000}\u{2011}\u{7f}\u{9b}".chars() {
            let (name, _) = look_up(c).unwrap_or_else(|| panic!("{c:?}"));
            assert!(name.is_ascii() && is_in(&format!("a{c}b")), "{c:?}");
        }
        // All that Unicode calls white space beyond ASCII.
        for c in ('\u{80}'..=char::MAX).filter(|c| c.is_whitespace()) {
            assert!(matches!(look_up(c), Some((_, Instead::Space))), "{c:?}");
        }
    }

    #[test]
    fn trims_what_nobody_sees() {
        assert_eq!(trim("\u{feff} \u{200b}${env:A}\u{a0}\n"), "${env:A}");
        assert_eq!(trim("\u{200b}\u{200b}"), "");
    }
}
