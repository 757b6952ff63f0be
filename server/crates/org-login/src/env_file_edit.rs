//! Adding a secret to a `.env` file's text, and seeing that it is there. Writing the file is the
//! caller's business.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::secrets::{EnvFileProblem, read_env_file};
use org_dotenv::{EnvFile, Lookup};

/// Why a secret cannot be added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvFileEditError {
    /// The name is assigned already, to something else.
    #[error("{0} is assigned in .env already, to another value")]
    Taken(String),
    /// A line cannot hold it.
    #[error("a value with line breaks cannot stand in .env: use the keyring")]
    LineBreak,
    /// Behind what stands there it would not read back, such as behind a quotation mark that is not
    /// closed.
    #[error(
        ".env has lines that are not understood, and a secret behind them would not be found: correct them first"
    )]
    NotReadBack,
}

/// The text of a `.env` file in which `name` is assigned `value`. Nothing else of it changes.
///
/// # Errors
/// The name is assigned to another value, or the value has line breaks.
pub fn with_assignment(
    text: &str,
    name: &str,
    value: &SecretString,
) -> Result<String, EnvFileEditError> {
    let secret = value.expose_secret();
    if secret.contains(['\n', '\r']) {
        return Err(EnvFileEditError::LineBreak);
    }
    match EnvFile::parse(text).get(name) {
        Lookup::Assigned(line) if line.value.expose_secret() == secret => {
            return Ok(text.to_owned());
        }
        // A line that is not understood may hold what somebody needs.
        Lookup::Assigned(_) | Lookup::Broken(_) => {
            return Err(EnvFileEditError::Taken(name.to_owned()));
        }
        Lookup::Missing => {}
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let missing = if text.is_empty() || text.ends_with('\n') { "" } else { line_break };
    let text = format!("{text}{missing}{name}={}{line_break}", quoted(secret));
    match EnvFile::parse(&text).get(name) {
        Lookup::Assigned(line) if line.value.expose_secret() == secret => Ok(text),
        _ => Err(EnvFileEditError::NotReadBack),
    }
}

/// As [`with_assignment`], in place of the value that `name` has.
///
/// # Errors
/// The line that counts for the name is not understood, or the value has line breaks.
pub fn with_new_value(
    text: &str,
    name: &str,
    value: &SecretString,
) -> Result<String, EnvFileEditError> {
    let parsed = EnvFile::parse(text);
    let Lookup::Assigned(line) = parsed.get(name) else {
        return with_assignment(text, name, value);
    };
    let secret = value.expose_secret();
    if secret.contains(['\n', '\r']) {
        return Err(EnvFileEditError::LineBreak);
    }
    let (start, end) = line_range(text, line.line);
    let export = if text[start..end].trim_start().starts_with("export") { "export " } else { "" };
    let mark = if start == 0 && text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let line = format!("{mark}{export}{name}={}", quoted(secret));
    let text = format!("{}{line}{}", &text[..start], &text[end..]);
    match EnvFile::parse(&text).get(name) {
        Lookup::Assigned(line) if line.value.expose_secret() == secret => Ok(text),
        _ => Err(EnvFileEditError::NotReadBack),
    }
}

/// Byte range of a line, counted from 1, without its end; line ends are those of Unix, Windows and old
/// Macs.
fn line_range(text: &str, number: usize) -> (usize, usize) {
    let is_end =
        |(at, c): &(usize, char)| *c == '\n' || (*c == '\r' && !text[at + 1..].starts_with('\n'));
    let ends: Vec<usize> = text.char_indices().filter(is_end).map(|(at, _)| at).collect();
    let start = number.checked_sub(2).and_then(|index| ends.get(index)).map_or(0, |at| at + 1);
    let end = number.checked_sub(1).and_then(|index| ends.get(index)).map_or(text.len(), |at| *at);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    (start, end)
}

/// Whether the `.env` file at `path`, read as a login reads it, assigns `value` to `name`.
///
/// # Errors
/// It cannot be read.
pub fn env_file_gives(
    path: &Path,
    name: &str,
    value: &SecretString,
) -> Result<bool, EnvFileProblem> {
    let text = read_env_file(path)?.unwrap_or_default();
    Ok(match EnvFile::parse(&text).get(name) {
        Lookup::Assigned(line) => line.value.expose_secret() == value.expose_secret(),
        Lookup::Broken(_) | Lookup::Missing => false,
    })
}

/// As it is where that reads back, else in quotes.
fn quoted(secret: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./+=:@%,".contains(c);
    if !secret.is_empty() && secret.chars().all(plain) {
        return secret.to_owned();
    }
    if !secret.contains('\'') {
        return format!("'{secret}'");
    }
    let mut quoted = String::from("\"");
    for c in secret.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_value_takes_the_place_of_the_old_one_alone() {
        let secret = SecretString::from("new value");
        for (text, expected) in [
            ("A=1\nB=2\nC=3\n", "A=1\nB='new value'\nC=3\n"),
            ("A=1\r\nexport B=\"old\" # mine\r\n", "A=1\r\nexport B='new value'\r\n"),
            ("B=1\n# c\nB=2", "B=1\n# c\nB='new value'"),
            ("\u{feff}B=1\rC=2", "\u{feff}B='new value'\rC=2"),
            ("A=1", "A=1\nB='new value'\n"),
        ] {
            assert_eq!(with_new_value(text, "B", &secret).as_deref(), Ok(expected), "{text:?}");
        }
        let broken = with_new_value("B='open\n", "B", &secret);
        assert_eq!(broken, Err(EnvFileEditError::Taken("B".to_owned())));
    }

    #[test]
    fn whatever_is_written_reads_back() {
        let odd =
            ["plain", "", " a ", "a'b", "a\"b", "it's \"$HOME\" `x` \\n", "#x", "é😀", "a#b c"];
        let mut text = String::from("# first\nA=1");
        for (number, value) in odd.iter().enumerate() {
            let name = format!("V{number}");
            let secret = SecretString::from((*value).to_owned());
            text = with_assignment(&text, &name, &secret).expect("no line breaks");
        }
        assert!(text.starts_with("# first\nA=1\nV0=plain\n"));
        let file = EnvFile::parse(&text);
        assert!(file.broken_lines().is_empty());
        for (number, value) in odd.iter().enumerate() {
            let Lookup::Assigned(line) = file.get(&format!("V{number}")) else {
                panic!("{value} is not read back");
            };
            assert_eq!(line.value.expose_secret(), *value);
        }
    }

    #[test]
    fn a_name_is_not_taken_from_another_value() {
        let secret = SecretString::from("x".to_owned());
        assert_eq!(with_assignment("A=x\n", "A", &secret), Ok("A=x\n".to_owned()));
        let taken = EnvFileEditError::Taken("A".to_owned());
        assert_eq!(with_assignment("A=y\n", "A", &secret), Err(taken));
        let lines = SecretString::from("x\ny".to_owned());
        assert_eq!(with_assignment("", "A", &lines), Err(EnvFileEditError::LineBreak));
    }

    proptest! {
        /// Whatever stands in the file: the secret reads back and no other name gets another value,
        /// or nothing is written.
        #[test]
        fn what_is_added_changes_nothing_else(
            text in "([A-C]( ?= ?|: )['\"`“]?[a-z\\\\$# ]{0,4}['\"`”]?(\n|\r\n|\r)|[#\"'` x=\n]{0,5}){0,6}",
            secret in "\\PC{0,12}",
        ) {
            let secret = SecretString::from(secret);
            let Ok(after) = with_assignment(&text, "NEW", &secret) else { return Ok(()) };
            prop_assert!(after.starts_with(&text));
            let (before, after) = (EnvFile::parse(&text), EnvFile::parse(&after));
            let value = |file: &EnvFile, name: &str| match file.get(name) {
                Lookup::Assigned(line) => Some(line.value.expose_secret().to_owned()),
                Lookup::Broken(_) | Lookup::Missing => None,
            };
            prop_assert_eq!(value(&after, "NEW"), Some(secret.expose_secret().to_owned()));
            for name in ["A", "B", "C"] {
                prop_assert_eq!(value(&after, name), value(&before, name));
            }
        }
    }
}
