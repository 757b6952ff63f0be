//! The text that belongs to a code, in whatever notation a tool writes both.

use super::reading::Reading;

/// Members that hold Salesforce's text, in small letters without `_`.
const CERTAIN: &[&str] = &["errordescription", "exceptionmessage", "faultstring"];
/// Members that hold a text of anybody's.
const POSSIBLE: &[&str] = &["message", "errormessage", "msg", "description"];

/// A text so many bytes from its code no longer belongs to it.
const FAR: usize = 500;
/// A longer text is cut.
const LONGEST: usize = 600;

/// The text that belongs to the code with this index among the names: directly behind it
/// (`CODE: text`), or the member of an error in JSON, XML, a form or a program's own notation that
/// stands nearest.
pub(super) fn of_code(reading: &Reading, index: usize) -> Option<String> {
    let place = reading.names.get(index)?;
    let code = &reading.text[place.clone()];
    let direct = directly_behind(&reading.text, place.end);
    if let Some(text) = direct.and_then(|text| without_code(text, code)) {
        return Some(text);
    }
    let near = |names: &[&str], far: usize| {
        let behind = reading.names[index + 1..]
            .iter()
            .take_while(|name| name.start < place.end + far)
            .find(|name| is_one_of(&reading.text[(*name).clone()], names));
        let before = || {
            reading.names[..index]
                .iter()
                .rev()
                .take_while(|name| name.end + far > place.start)
                .find(|name| is_one_of(&reading.text[(*name).clone()], names))
        };
        let value =
            |end: usize| value(&reading.text, end).and_then(|text| without_code(text, code));
        behind
            .and_then(|name| value(name.end))
            .or_else(|| before().and_then(|name| value(name.end)))
    };
    near(CERTAIN, FAR).or_else(|| near(POSSIBLE, FAR / 2))
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    if name.len() > 40 {
        return false;
    }
    let name = name.to_ascii_lowercase().replace('_', "");
    names.iter().any(|known| name == *known || known.len() > 12 && name.ends_with(known))
}

/// `CODE: text`, `CODE - text`, `(CODE) text`, `[CODE] text`.
fn directly_behind(text: &str, end: usize) -> Option<String> {
    let rest = &text[end..];
    let closed = rest.trim_start_matches([')', ']']);
    let spaced = closed.trim_start_matches([' ', '\t']);
    let behind = match spaced.chars().next()? {
        ':' | '-' | '\u{2013}' | '\u{2014}' => spaced
            .trim_start_matches([':', '-', '\u{2013}', '\u{2014}'])
            .trim_start_matches([' ', '\t']),
        letter if closed.len() < rest.len() && letter.is_ascii_alphabetic() => spaced,
        _ => return None,
    };
    let behind = behind.trim_start_matches(['"', '\'']);
    if !behind.starts_with(char::is_alphabetic) {
        return None;
    }
    finished(until(behind, |rest| ends_here(rest) || member_begins(rest)))
}

/// The value behind a member's name: `="…"`, `: '…'`, `=> string(22) "…"`, `>…<`.
fn value(text: &str, end: usize) -> Option<String> {
    const SIGNS: &[char] = &[':', '=', '>', ']', ')', '"', '\'', '`', ' ', '\t', '\n', '\r'];
    let rest = &text[end..];
    let length = rest
        .char_indices()
        .find(|(at, c)| *at > 16 || !SIGNS.contains(c))
        .map_or(rest.len(), |(at, _)| at);
    let (signs, mut rest) = rest.split_at(length);
    if !signs.contains([':', '=', '>']) {
        return None;
    }
    let mut quote = signs.chars().next_back().filter(|c| matches!(c, '"' | '\'' | '`'));
    if let Some(inner) = rest.strip_prefix("string(")
        && let Some((_, string)) = inner.split_once(')')
    {
        let string = string.trim_start();
        quote = string.chars().next().filter(|c| matches!(c, '"' | '\''));
        rest = string.trim_start_matches(['"', '\'']);
    }
    let is_element = signs.trim_end().ends_with('>') && !signs.contains('=');
    let text = match quote {
        Some(quote) => until(rest, |rest| {
            rest.strip_prefix(quote).is_some_and(|next| {
                !(quote == '\'' && next.starts_with(|c: char| c.is_alphanumeric()))
            })
        }),
        None if is_element => until(rest, |rest| rest.starts_with('<')),
        None => until(rest, |rest| ends_here(rest) || rest.starts_with('&') || member_begins(rest)),
    };
    // A form has `+` for a blank.
    let text = if text.contains(' ') { text } else { text.replace('+', " ") };
    finished(text)
}

/// The beginning of `text` up to where `ends` says so of the rest; white space made one blank, and a
/// sentence that was broken at a screen's edge whole again.
fn until(text: &str, ends: impl Fn(&str) -> bool) -> String {
    let mut taken = String::new();
    let (mut line, mut next_line, mut depth) = (0, 0, 0_usize);
    for (at, character) in text.char_indices().take(LONGEST) {
        if at < next_line {
            continue;
        }
        if character == '\n' && goes_on(&text[line..at], &text[at + 1..]) {
            line = at + 1;
            next_line = line + margin(&text[line..]);
        } else if depth == 0 && ends(&text[at..]) || depth > 0 && matches!(character, '"' | '\n') {
            break;
        }
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match character {
            space if space.is_whitespace() => {
                if !taken.ends_with(' ') {
                    taken.push(' ');
                }
            }
            other => taken.push(other),
        }
    }
    taken
}

/// How many bytes a line is indented, also by the signs of quotations and boxes.
fn margin(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '>', '|', '│']).len()
}

/// Whether the sentence of a line goes on in the next.
fn goes_on(line: &str, next: &str) -> bool {
    let next = &next[margin(next)..];
    let is_open = line.trim_end().ends_with([',', ';'])
        || line.len() >= 60 && !line.trim_end().ends_with(['.', ':', '}']);
    let is_frame =
        ["at ", "in ", "from ", "caused ", "raise "].iter().any(|word| next.starts_with(word));
    is_open && next.starts_with(|c: char| c.is_ascii_lowercase()) && !is_frame
}

/// What ends a text without quotes.
fn ends_here(rest: &str) -> bool {
    let mut characters = rest.chars();
    match characters.next() {
        Some('\n' | '\r' | '"' | '<' | '}' | ']' | '{') => true,
        Some('\'' | '`' | ')') => !characters.next().is_some_and(char::is_alphanumeric),
        // PHP's place of the error.
        Some(' ') => rest.starts_with(" in /"),
        _ => false,
    }
}

/// Whether the next member begins: `, error=` or ` error_uri:`.
fn member_begins(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix([',', ' ', ';']) else { return false };
    let rest = rest.trim_start_matches(' ');
    let name = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    (3..40).contains(&name)
        && rest[name..].starts_with(['=', ':'])
        && (rest.starts_with(|c: char| c.is_ascii_lowercase()) || rest[name..].starts_with('='))
}

/// Without the code in front, which `faultstring` repeats; `None` when nothing else is in it.
fn without_code(text: String, code: &str) -> Option<String> {
    let Some(at) = text.find(code) else { return Some(text) };
    let behind = &text[at + code.len()..];
    let behind = behind.trim_start_matches([':', ' ', '-', ')', ']']);
    (!behind.is_empty()).then(|| behind.to_owned())
}

fn finished(text: String) -> Option<String> {
    let text = text.trim().trim_end_matches([',', '"', '\'', '\\']).trim();
    (text.chars().any(char::is_alphabetic)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> Option<String> {
        let reading = Reading::new(text);
        let index =
            reading.names.iter().position(|name| &reading.text[name.clone()] == "a_code")?;
        of_code(&reading, index)
    }

    #[test]
    fn notations() {
        for text in [
            r#"{"error":"a_code","error_description":"it isn't right"}"#,
            r#"{"error_description": "it isn't right", "error": "a_code"}"#,
            r#"{'error': 'a_code', 'error_description': "it isn't right"}"#,
            r#"{\"error\":\"a_code\",\"error_description\":\"it isn't right\"}"#,
            r#""error"=>"a_code", "error_description"=>"it isn't right""#,
            "{error=a_code, error_description=it isn't right}",
            "map[error:a_code error_description:it isn't right]",
            "error=a_code&error_description=it+isn%27t+right&state=1",
            "[error] => a_code\n    [error_description] => it isn't right\n)",
            "[\"error\"]=>\n string(6) \"a_code\"\n [\"error_description\"]=>\n string(14) \"it \
             isn't right\"",
            "<error>a_code</error><error_description>it isn't right</error_description>",
            "<faultcode>sf:a_code</faultcode><faultstring>a_code: it isn't right</faultstring>",
            "x [sf:a_code] a_code: it isn't right in /srv/a.php:168",
            "(160) a_code: it isn't right,Source=Acme.Transfer",
            "{\"error\":\"a_code\",\"error_description\":\"it isn't\n  right\"}",
            "exceptionCode='a_code'\n exceptionMessage='it isn't right'\n]",
            r#"[{"message":"it isn't right","errorCode":"a_code"}]"#,
            "Error: a_code: it isn't right\n    at login (x.js:1:2)",
            "a_code - it isn't right",
            "(a_code) it isn't right",
            "[a_code] it isn't right",
            r#"{"level":"error","msg":"login: a_code: it isn't right"}"#,
            "oauth_error=a_code&oauth_error_description=it+isn%27t+right",
        ] {
            assert_eq!(message(text).as_deref(), Some("it isn't right"), "{text}");
        }
    }

    #[test]
    fn a_sentence_goes_on_in_the_next_line() {
        let text = "a_code: Wrong name,\n    password; or locked\nRetrying";
        assert_eq!(message(text).as_deref(), Some("Wrong name, password; or locked"));
        assert_eq!(message("a_code: Wrong,\nat x"), Some("Wrong".to_owned()));
        let text = "> a_code: Wrong name,\n>   password\n> bye";
        assert_eq!(message(text).as_deref(), Some("Wrong name, password"));
        let text = "a_code: login() is off (since 65.0). Ask.";
        assert_eq!(message(text).as_deref(), Some("login() is off (since 65.0). Ask."));
    }

    #[test]
    fn no_text() {
        for text in ["a_code", r#"{"error":"a_code"}"#, "a_code:\n", "a_code: {", "a_code: 1"] {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
