//! Texts in quotes: decoding and writing.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// What a string token says. `raw` is the token's text with its quotes; the closing one may be
/// missing, and both may be of another kind than JSON's. A bare word stands for itself, without a
/// quote at its end.
///
/// Never fails: an invalid escape is kept as it is written, a lone surrogate becomes U+FFFD.
pub fn decode_string(raw: &str) -> Cow<'_, str> {
    // Nearly every string of a file is this.
    if let [b'"', body @ .., b'"'] = raw.as_bytes()
        && !body.contains(&b'\\')
    {
        return Cow::Borrowed(&raw[1..raw.len() - 1]);
    }
    let Some(open) = raw.chars().next().filter(|&first| is_quote(first)) else {
        return Cow::Borrowed(raw.strip_suffix('"').unwrap_or(raw));
    };
    let body = &raw[open.len_utf8()..];
    if body.contains('\\') {
        return Cow::Owned(decode_escapes(body, open));
    }
    Cow::Borrowed(body.strip_suffix(|last| closes(open, last)).unwrap_or(body))
}

/// The characters of a string token as [`decode_string`] decodes it, each with the byte range of `raw`
/// in which it is written. An invalid escape gives the characters that it is written with.
pub fn decoded_chars(raw: &str) -> Vec<(Range<usize>, char)> {
    let Some(open) = raw.chars().next().filter(|&first| is_quote(first)) else {
        let word = raw.strip_suffix('"').unwrap_or(raw);
        return word.char_indices().map(|(at, c)| (at..at + c.len_utf8(), c)).collect();
    };
    let mut at = open.len_utf8();
    let mut characters = Vec::new();
    while let Some(character) = raw[at..].chars().next() {
        if closes(open, character) && raw.len() == at + character.len_utf8() {
            break;
        }
        let (decoded, len) = match character {
            '\\' => decode_escape(&raw[at..], open),
            plain => (Some(plain), plain.len_utf8()),
        };
        match decoded {
            Some(decoded) => characters.push((at..at + len, decoded)),
            None => {
                let written = raw[at..at + len].char_indices();
                characters.extend(written.map(|(i, c)| (at + i..at + i + c.len_utf8(), c)));
            }
        }
        at += len;
    }
    characters
}

/// `value` as a JSON string literal, with its quotes and the shortest escapes.
pub fn quote(value: &str) -> String {
    let mut literal = String::with_capacity(value.len() + 2);
    literal.push('"');
    for character in value.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\u{8}' => literal.push_str("\\b"),
            '\u{c}' => literal.push_str("\\f"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            control if control < ' ' => {
                // Writing to a `String` cannot fail.
                let _ = write!(literal, "\\u{:04x}", u32::from(control));
            }
            other => literal.push(other),
        }
    }
    literal.push('"');
    literal
}

/// Whether the character opens a text: JSON's quote, or one that people take for it.
pub(crate) fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'') || is_typographic_quote(character)
}

/// Whether the character is a quotation mark of word processors.
pub(crate) fn is_typographic_quote(character: char) -> bool {
    matches!(character, '\u{2018}'..='\u{201f}')
}

/// Whether `character` ends a text that `open` began. Typographic marks come in many pairs and
/// end with a straight one at times.
pub(crate) fn closes(open: char, character: char) -> bool {
    match open {
        '\u{2018}'..='\u{201b}' => matches!(character, '\u{2018}'..='\u{201b}' | '\''),
        '\u{201c}'..='\u{201f}' => matches!(character, '\u{201c}'..='\u{201f}' | '"'),
        straight => character == straight,
    }
}

/// Decodes `body`, without the quote at its end that closes `open`.
fn decode_escapes(body: &str, open: char) -> String {
    let mut value = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        // A quote further inside is one that somebody forgot to escape.
        if closes(open, character) && rest.len() == character.len_utf8() {
            break;
        }
        let (decoded, len) = match character {
            '\\' => decode_escape(rest, open),
            plain => (Some(plain), plain.len_utf8()),
        };
        match decoded {
            Some(decoded) => value.push(decoded),
            None => value.push_str(&rest[..len]),
        }
        rest = &rest[len..];
    }
    value
}

/// The escape that `rest` begins with: its character (`None` for an invalid one) and its length.
fn decode_escape(rest: &str, open: char) -> (Option<char>, usize) {
    let Some(kind) = rest[1..].chars().next() else {
        return (None, 1);
    };
    let decoded = match kind {
        '"' | '\\' | '/' => kind,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return decode_unicode_escape(rest),
        _ if closes(open, kind) => kind,
        _ => return (None, 1),
    };
    (Some(decoded), 1 + kind.len_utf8())
}

/// As [`decode_escape`], for `\uXXXX` and for the two that a character above U+FFFF takes.
fn decode_unicode_escape(rest: &str) -> (Option<char>, usize) {
    let Some(unit) = code_unit(rest) else {
        return (None, 2);
    };
    let second = rest.get(6..).and_then(code_unit);
    match (unit, second) {
        (0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
            let code = 0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
            (char::from_u32(code), 12)
        }
        _ => (Some(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)), 6),
    }
}

/// The UTF-16 code unit of the `\uXXXX` that `rest` begins with.
fn code_unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    digits.chars().try_fold(0, |unit, digit| Some(unit * 16 + digit.to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_taken_off() {
        assert_eq!(decode_string("\"Acme\""), "Acme");
        assert_eq!(decode_string("\"\""), "");
        assert!(matches!(decode_string("\"Acme\""), Cow::Borrowed(_)));
    }

    #[test]
    fn the_closing_quote_may_be_missing() {
        assert_eq!(decode_string("\""), "");
        assert_eq!(decode_string("\"Ac"), "Ac");
        assert_eq!(decode_string("\"a\\\""), "a\"");
        assert_eq!(decode_string("\"a\\"), "a\\");
    }

    #[test]
    fn other_quotes_are_taken_off_too() {
        assert_eq!(decode_string("'it\\'s'"), "it's");
        assert_eq!(decode_string("“Acme”"), "Acme");
        assert_eq!(decode_string("“Acme\""), "Acme");
        assert_eq!(decode_string("‘Acme’"), "Acme");
        assert_eq!(decode_string("‘Acme"), "Acme");
        assert_eq!(decode_string("'Acme\""), "Acme\"");
    }

    #[test]
    fn bare_words_stand_for_themselves() {
        assert_eq!(decode_string(""), "");
        assert_eq!(decode_string("name"), "name");
        assert_eq!(decode_string("name\""), "name");
        assert_eq!(decode_string("C:\\new"), "C:\\new");
    }

    #[test]
    fn quotes_inside_are_kept() {
        assert_eq!(decode_string("\"He said \"hi\"!\""), "He said \"hi\"!");
        assert_eq!(decode_string("\"a\\tb \"c\" d\""), "a\tb \"c\" d");
    }

    #[test]
    fn escapes_are_decoded() {
        let raw = r#""\" \\ \/ \b \f \n \r \t \u00e9 \ud83c\udfe2""#;
        assert_eq!(decode_string(raw), "\" \\ / \u{8} \u{c} \n \r \t é 🏢");
    }

    #[test]
    fn invalid_escapes_are_kept_as_written() {
        assert_eq!(decode_string(r#""C:\dir\é""#), "C:\\dir\\é");
        assert_eq!(decode_string(r#""\u12""#), "\\u12");
        assert_eq!(decode_string(r#""\u12é4""#), "\\u12é4");
        assert_eq!(decode_string(r#""\u+123""#), "\\u+123");
    }

    #[test]
    fn lone_surrogates_become_replacement_characters() {
        assert_eq!(decode_string(r#""\ud83c!""#), "\u{fffd}!");
        assert_eq!(decode_string(r#""\udfe2!""#), "\u{fffd}!");
        assert_eq!(decode_string(r#""\ud83c\ud83c\udfe2""#), "\u{fffd}🏢");
        assert_eq!(decode_string(r#""\ud83c\u0041""#), "\u{fffd}A");
    }

    #[test]
    fn characters_are_where_they_are_written() {
        let raw = r#""a\u200b é\ud83c\udfe2\\q\u12""#;
        let characters = decoded_chars(raw);
        let written: Vec<&str> = characters.iter().map(|(at, _)| &raw[at.clone()]).collect();
        assert_eq!(
            written,
            ["a", "\\u200b", " ", "é", "\\ud83c\\udfe2", "\\\\", "q", "\\", "u", "1", "2"]
        );
        for raw in [
            raw,
            "",
            "\"",
            "name",
            "C:\\new",
            "'it\\'s'",
            "“Acme\"",
            "\"He said \"hi\"!\"",
            "\"a\\",
        ] {
            let decoded: String = decoded_chars(raw).into_iter().map(|(_, c)| c).collect();
            assert_eq!(decoded, decode_string(raw), "{raw}");
        }
    }

    #[test]
    fn quoting_escapes_what_must_be() {
        assert_eq!(quote("a\"b\\c/\t\u{1}é\u{7f}"), "\"a\\\"b\\\\c/\\t\\u0001é\u{7f}\"");
    }
}
