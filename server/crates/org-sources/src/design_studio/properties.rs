//! Java properties, as far as one value is asked for.

/// The value of the last line with this key. Lines end at line breaks unless a backslash stands before; `#`
/// and `!` begin comments; `=`, `:` or a blank ends the key. Bytes are Latin-1, other characters are
/// written `\uXXXX`.
pub(super) fn find(bytes: &[u8], key: &str) -> Option<String> {
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let mut found = None;
    let mut lines = text.split(['\r', '\n']);
    while let Some(line) = lines.next() {
        let mut line = line.trim_start().to_owned();
        if line.starts_with(['#', '!']) {
            continue;
        }
        while ends_in_backslash(&line) {
            line.pop();
            match lines.next() {
                Some(next) => line.push_str(next.trim_start()),
                None => break,
            }
        }
        let (written, value) = split(&line);
        if unescape(written) == key {
            found = Some(unescape(value));
        }
    }
    found
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
    let mut characters = text.chars();
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
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn java_properties_are_read() {
        let text = b"#saved-in-version=1\r\n!x=1\n  saved-in-version = 11.63.0.12\nname:Z\xfcrich \\u0026 \\\n   Co\na\\ b=c\\\\\nempty=\nkey value";
        let find = |key: &str| find(text, key);
        assert_eq!(find("saved-in-version").as_deref(), Some("11.63.0.12"));
        assert_eq!(find("name").as_deref(), Some("Z\u{fc}rich & Co"));
        assert_eq!(find("a b").as_deref(), Some("c\\"));
        assert_eq!(find("empty").as_deref(), Some(""));
        assert_eq!(find("key").as_deref(), Some("value"));
        assert_eq!(find("x"), None);
        assert_eq!(super::find(b"a=\\", "a").as_deref(), Some(""));
        assert_eq!(super::find(b"a=\\u12", "a").as_deref(), Some("\u{12}"));
    }
}
