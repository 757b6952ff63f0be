//! The value that `sforg secret set` stores: from the terminal without echo, else all of standard
//! input but one last line end. It is stored as it is, or refused with the reason.

use std::io::{self, IsTerminal, Read};

use secrecy::{ExposeSecret, SecretString};

use super::CannotRun;
use super::output::note;

/// No store takes a larger secret, and no login has one.
const MAX_BYTES: u64 = 64 << 10;

/// Reads the value of the entry `name`.
///
/// # Errors
/// It cannot be read, or cannot be stored as it is.
pub fn read_value(name: &str) -> Result<SecretString, CannotRun> {
    let unreadable = |error: io::Error| CannotRun(format!("the value cannot be read: {error}"));
    if io::stdin().is_terminal() {
        let line = rpassword::prompt_password(format!("Value of {name}: ")).map_err(unreadable)?;
        return checked(line.into());
    }
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    let value = piped(bytes)?;
    let lines = value.expose_secret().split('\n').count();
    if lines > 1 {
        note(format_args!(
            "the value has {lines} lines; all are kept, except for a final line break"
        ));
    }
    Ok(value)
}

/// What came by a pipe, without one last line end.
fn piped(mut bytes: Vec<u8>) -> Result<SecretString, CannotRun> {
    if bytes.len() as u64 > MAX_BYTES {
        return refused(
            "it is larger than 64 KiB, so it cannot be a password, token or client \
                        secret",
        );
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return refused(
            "it is UTF-16: send it as UTF-8 (in PowerShell, set `$OutputEncoding` to \
             `[Text.UTF8Encoding]::new($false)` first)",
        );
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => checked(text.into()),
        Err(_) => refused("it is not UTF-8: send it as UTF-8"),
    }
}

fn checked(value: SecretString) -> Result<SecretString, CannotRun> {
    let text = value.expose_secret();
    if text.trim().is_empty() {
        return refused(if text.is_empty() { "it is empty" } else { "it is only spaces" });
    }
    if text.starts_with('\u{feff}') {
        return refused(
            "it begins with a byte order mark, which no password has: remove it (in PowerShell, \
             set `$OutputEncoding` to `[Text.UTF8Encoding]::new($false)` first)",
        );
    }
    if text.contains('\0') {
        return refused("it contains NUL characters, so it may be UTF-16: send it as UTF-8");
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
        return refused(
            "it contains control characters, such as a terminal adds around pasted text: remove \
             them",
        );
    }
    Ok(value)
}

fn refused(why: &str) -> Result<SecretString, CannotRun> {
    Err(CannotRun(format!("nothing was stored, because the value cannot be used: {why}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(input: &[u8]) -> Result<String, String> {
        let value = piped(input.to_vec()).map_err(|error| error.to_string())?;
        Ok(value.expose_secret().to_owned())
    }

    #[test]
    fn all_but_one_last_line_end_is_the_value() {
        for (input, value) in [
            ("x", "x"),
            ("x\n", "x"),
            ("x\r\n", "x"),
            ("x\n\n", "x\n"),
            ("x\r", "x\r"),
            ("one\ntwo\n", "one\ntwo"),
            ("one\r\ntwo\r\n", "one\r\ntwo"),
            ("\nx\n", "\nx"),
            (" x\t\n", " x\t"),
            ("é😀", "é😀"),
        ] {
            assert_eq!(kept(input.as_bytes()).as_deref(), Ok(value), "{input:?}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused_with_the_reason() {
        let large = vec![b'x'; (64 << 10) + 1];
        let cases: &[(&[u8], &str)] = &[
            (b"", "empty"),
            (b"\n", "empty"),
            (b" \n\n", "only spaces"),
            (b"\xef\xbb\xbfFAKE", "byte order mark"),
            (b"\xff\xfeF\0A\0", "UTF-16"),
            (b"F\0A\0K\0E\0\n\0", "NUL"),
            (b"FAKE\0", "NUL"),
            (b"FAKE\xe9", "not UTF-8"),
            (b"\x1b[200~FAKE\x1b[201~", "control"),
            (&large, "64 KiB"),
        ];
        for (input, words) in cases {
            let told = kept(input).expect_err("refused");
            assert!(told.contains(words) && told.contains("nothing was stored"), "{told}");
            assert!(!told.contains("FAKE"), "{told}");
        }
    }
}
