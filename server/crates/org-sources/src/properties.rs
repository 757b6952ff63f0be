//! Java properties with the place of each value.

use org_syntax::Span;

use crate::Located;

/// One line of a file, with those that go on with it.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// What stands before `=`, `:` or a blank.
    pub key: Located,
    /// What stands behind it.
    pub value: Located,
}

/// The properties of a text, in its order. Lines end at line breaks unless a backslash stands before; `#`
/// and `!` begin comments; `=`, `:` or a blank ends the key; characters may be written `\uXXXX`.
pub(crate) fn read(text: &str) -> Vec<Property> {
    let mut properties = Vec::new();
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while at < text.len() {
        let line = line_at(text, at);
        let start = at + (line.len() - line.trim_start().len());
        let is_comment = line.trim_start().starts_with(['#', '!']);
        let mut end = at + line.len();
        while !is_comment && ends_in_backslash(&text[start.min(end)..end]) && end < text.len() {
            let next = behind_break(text, end);
            let goes_on = line_at(text, next);
            if next >= text.len() {
                break;
            }
            end = next + goes_on.len();
        }
        let logical = text.get(start..end).unwrap_or_default();
        if !is_comment && !logical.trim().is_empty() {
            properties.push(property(logical, start));
        }
        at = behind_break(text, end);
    }
    properties
}

fn line_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.split(['\r', '\n']).next().unwrap_or_default()
}

/// Where the next line begins behind one that ends at `end`.
fn behind_break(text: &str, end: usize) -> usize {
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    end + if rest.starts_with(b"\r\n") { 2 } else { 1 }
}

fn property(logical: &str, start: usize) -> Property {
    let (key, value) = split(logical);
    let value = value.trim_end_matches(['\r', '\n']);
    let located = |part: &str| {
        let from = start + (part.as_ptr() as usize - logical.as_ptr() as usize);
        let span = Span::new(from as u32, (from + part.len()) as u32);
        Located { value: unescape(part), span }
    };
    Property { key: located(key), value: located(value) }
}

/// An odd number of backslashes at the end: the last one is not escaped itself.
fn ends_in_backslash(line: &str) -> bool {
    line.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

fn split(line: &str) -> (&str, &str) {
    let mut is_escaped = false;
    let end = line.find(|character: char| {
        let is_end = !is_escaped && matches!(character, '=' | ':' | ' ' | '\t' | '\x0c');
        is_escaped = character == '\\' && !is_escaped;
        is_end
    });
    let (key, rest) = line.split_at(end.unwrap_or(line.len()));
    let rest = rest.trim_start();
    (key, rest.strip_prefix(['=', ':']).unwrap_or(rest).trim_start())
}

fn unescape(text: &str) -> String {
    let mut plain = String::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                plain.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some('t') => plain.push('\t'),
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('f') => plain.push('\x0c'),
            // The line goes on: the blanks that the next one begins with do not count.
            Some('\n' | '\r') => while characters.next_if(|c| c.is_whitespace()).is_some() {},
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<(String, String)> {
        read(text).into_iter().map(|it| (it.key.value, it.value.value)).collect()
    }

    #[test]
    fn java_properties_are_read() {
        let text = "#saved-in-version=1\r\n!x=1\n  saved-in-version = 11.63.0.12\nname:Z\u{fc}rich \\u0026 \\\r\n   Co\na\\ b=c\\\\\nempty=\n\nkey value";
        let pairs = [
            ("saved-in-version", "11.63.0.12"),
            ("name", "Z\u{fc}rich & Co"),
            ("a b", "c\\"),
            ("empty", ""),
            ("key", "value"),
        ];
        assert_eq!(shown(text), pairs.map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(shown("a=\\"), [("a".to_owned(), String::new())]);
        assert_eq!(shown("a=\\u12"), [("a".to_owned(), "\u{12}".to_owned())]);
        assert_eq!(shown(""), []);
        assert_eq!(shown("a=b\\\n"), [("a".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "\u{feff}# x\r\n sfdc.username = u@acme.example\r\nb=\u{fc}\r\n";
        let read = read(text);
        for property in &read {
            assert_eq!(property.key.span.text(text), property.key.value);
            assert_eq!(property.value.span.text(text), property.value.value);
        }
        assert_eq!(read.len(), 2);
    }
}
