//! Secrets that stand in a text beside the error: whatever is shown of it goes without them.

use super::codes;
use super::reading::Reading;
use crate::scrub::Scrubber;

/// How the names of members and variables end that hold secrets, in small letters without `_`.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "sessionid",
    "sid",
    "assertion",
    "apikey",
    "privatekey",
    "signature",
    "authorization",
    "bearer",
];
/// A shorter value would hide parts of words.
const SHORTEST: usize = 3;
/// So many different values are looked for.
const MOST: usize = 100;

/// A scrubber for every value that stands behind the name of a secret. What has the shape of a session
/// id or a token it knows by itself.
pub(super) fn scrubber(reading: &Reading) -> Scrubber {
    let mut scrubber = Scrubber::default();
    let mut seen: Vec<&str> = Vec::new();
    for name in &reading.names {
        let Some(value) = is_secret(&reading.lower[name.clone()])
            .then(|| value(&reading.text[name.end..]))
            .flatten()
        else {
            continue;
        };
        // `password=PASSWORD` in a line of code.
        let is_name = NAMES.iter().any(|name| value.eq_ignore_ascii_case(name));
        if value.len() >= SHORTEST && !is_name && seen.len() < MOST && !seen.contains(&value) {
            seen.push(value);
            scrubber.add(value);
        }
    }
    scrubber
}

fn is_secret(name: &str) -> bool {
    name.len() <= 60 && !codes::is_code(name) && {
        let name = name.replace('_', "");
        NAMES.iter().any(|end| name.ends_with(end))
    }
}

/// `=value`, `: "value"`, `>value<`, ` value` behind a command line's option is none.
fn value(rest: &str) -> Option<&str> {
    const SIGNS: &[char] = &[':', '=', '>', ']', '"', '\'', '`', ' ', '\t'];
    let signs = rest.char_indices().find(|(at, c)| *at > 12 || !SIGNS.contains(c))?.0;
    let (signs, rest) = rest.split_at(signs);
    if !signs.contains([':', '=', '>']) {
        return None;
    }
    let end = match signs.chars().next_back() {
        Some(quote @ ('"' | '\'' | '`')) => rest.find(quote),
        _ => rest.find(|c: char| c.is_whitespace() || "&<>\"',;})]".contains(c)),
    };
    rest.get(..end.unwrap_or(rest.len()).min(500))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_behind_names_of_secrets_are_masked() {
        for text in [
            "password=NOTREAL-pw1&grant_type=password",
            r#"{"client_secret": "NOTREAL-pw1"}"#,
            "<n1:password>NOTREAL-pw1</n1:password>",
            "SF_SECURITY_TOKEN: NOTREAL-pw1\n",
            "[password] => NOTREAL-pw1\n",
            r#"{\"securityToken\":\"NOTREAL-pw1\"}"#,
        ] {
            let cleaned = scrubber(&Reading::new(text)).clean("it was NOTREAL-pw1, sorry");
            assert_eq!(cleaned, "it was [hidden], sorry", "{text}");
        }
    }

    #[test]
    fn words_of_a_sentence_are_no_secrets() {
        let text = "INVALID_LOGIN: Invalid username, password, security token; or user locked out.";
        assert_eq!(scrubber(&Reading::new(text)).clean(text), text);
    }
}
