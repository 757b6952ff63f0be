//! The value of a secret member: a literal, or a reference to where the secret is kept.
//!
//! A value is a reference only when the whole of it has one of the two forms
//!
//! - `${env:NAME}`, NAME `[A-Za-z_][A-Za-z0-9_]*`
//! - `${keyring:NAME}`, NAME 1 to 255 characters other than `}` and control characters
//!
//! Every other value is literal with each `$` in it. A value that as a whole is `$` followed by a
//! reference stands for the reference's own text, so that even such a password can be written. What
//! begins with `${`, ends with `}` and is no reference is a mistake, and is never sent.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Most characters (Unicode scalar values) in the name of a keyring entry.
pub const MAX_KEYRING_NAME: usize = 255;

table! {
    /// A store that sforg puts secrets into; the file gets a reference.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[serde(into = "&'static str", try_from = "String")]
    pub enum SecretStore: &'static str {
        /// The keyring of this computer.
        Keyring = "keyring",
        /// Lines of the project's `.env` file.
        EnvFile = "env",
    }
}

impl SecretStore {
    /// Its name for clients.
    pub const fn id(self) -> &'static str {
        self.row()
    }

    /// The store of a name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|store| store.id() == id)
    }
}

impl From<SecretStore> for &'static str {
    fn from(store: SecretStore) -> Self {
        store.id()
    }
}

impl TryFrom<String> for SecretStore {
    type Error = &'static str;

    fn try_from(id: String) -> Result<Self, Self::Error> {
        Self::of_id(&id).ok_or("there is no such store")
    }
}

table! {
    /// Why a value that looks like a reference is none: what is wrong, and what to write. Without a word of the
    /// value, which may be a password.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Malformed: (&'static str, &'static str) {
        /// `${{ … }}`
        Expression = ("nothing resolves ${{…}} of GitHub Actions here", "Write ${env:NAME}."),
        /// `${env:}`
        NoName = ("the name is missing in ${env:…}", "Write ${env:NAME}."),
        /// `${env:MY NAME}`
        Space = ("the name in ${env:…} has a space", "Use only letters, digits and _."),
        /// `${env:1ST}`
        Digit = ("the name in ${env:…} begins with a digit", "Begin with a letter or _."),
        /// `${env:MY-NAME}`
        Character = (
            "the name in ${env:…} has a character that no name takes",
            "Use only letters, digits and _.",
        ),
        /// Anything else between the braces.
        NoScheme = (
            "this is not a reference",
            "Write ${env:NAME} (letters, digits and _) or ${keyring:NAME}.",
        ),
    }
}

impl Malformed {
    /// What is wrong with a value that [`parse`] calls invalid.
    pub fn of(value: &str) -> Self {
        if value.starts_with("${{") {
            return Self::Expression;
        }
        let inner = value.strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
        match inner.and_then(|inner| inner.strip_prefix("env:")) {
            Some("") => Self::NoName,
            Some(name) if name.contains(char::is_whitespace) => Self::Space,
            Some(name) if name.starts_with(|first: char| first.is_ascii_digit()) => Self::Digit,
            Some(_) => Self::Character,
            None => Self::NoScheme,
        }
    }

    /// What is wrong, for the middle of a sentence.
    pub const fn what(self) -> &'static str {
        self.row().0
    }

    /// What to write, a sentence.
    pub const fn instead(self) -> &'static str {
        self.row().1
    }
}

/// What the value of a secret member means. `Debug` hides the literal, which may be a password.
#[derive(Clone, PartialEq, Eq)]
pub enum SecretValue<'a> {
    /// The secret itself, with the escape `$${env:NAME}` already undone.
    Literal(Cow<'a, str>),
    /// Name of an environment variable.
    Env(&'a str),
    /// Name of an entry in the keyring.
    Keyring(&'a str),
    /// Looks like a reference and is none.
    Invalid,
}

impl fmt::Debug for SecretValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SecretValue::Literal(_) => f.write_str("Literal(…)"),
            SecretValue::Env(name) => f.debug_tuple("Env").field(name).finish(),
            SecretValue::Keyring(name) => f.debug_tuple("Keyring").field(name).finish(),
            SecretValue::Invalid => f.write_str("Invalid"),
        }
    }
}

/// Reads the decoded value of a secret member.
pub fn parse(value: &str) -> SecretValue<'_> {
    if let Some(reference) = parse_reference(value) {
        return reference;
    }
    if value.starts_with("${") && value.ends_with('}') {
        return SecretValue::Invalid;
    }
    match value.strip_prefix('$') {
        Some(escaped) if parse_reference(escaped).is_some() => {
            SecretValue::Literal(Cow::Borrowed(escaped))
        }
        _ => SecretValue::Literal(Cow::Borrowed(value)),
    }
}

/// Whether a text can be the NAME of `${env:NAME}`: `[A-Za-z_][A-Za-z0-9_]*`.
pub fn is_env_name(text: &str) -> bool {
    !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a text can be the NAME of `${keyring:NAME}`: 1 to 255 characters, none of them `}` or a
/// control character.
pub fn is_keyring_name(text: &str) -> bool {
    matches!(text.chars().count(), 1..=MAX_KEYRING_NAME)
        && !text.chars().any(|c| c == '}' || c.is_control())
}

/// The reference `${env:NAME}`; `None` when the name cannot stand in one.
pub fn env_reference(name: &str) -> Option<String> {
    is_env_name(name).then(|| format!("${{env:{name}}}"))
}

/// The reference `${keyring:NAME}`; `None` when the name cannot stand in one.
pub fn keyring_reference(name: &str) -> Option<String> {
    is_keyring_name(name).then(|| format!("${{keyring:{name}}}"))
}

/// The member value that stands for a literal secret: the secret itself, or with a `$` in front
/// where it has the form of a reference. `None` for the few secrets that no literal can express
/// (`${…}` that is no reference, and an escaped reference); those need a reference.
pub fn literal_value(secret: &str) -> Option<Cow<'_, str>> {
    let stands_for_itself =
        |value: &str| parse(value) == SecretValue::Literal(Cow::Borrowed(secret));
    if stands_for_itself(secret) {
        return Some(Cow::Borrowed(secret));
    }
    let escaped = format!("${secret}");
    stands_for_itself(&escaped).then_some(Cow::Owned(escaped))
}

fn parse_reference(value: &str) -> Option<SecretValue<'_>> {
    let inner = value.strip_prefix("${")?.strip_suffix('}')?;
    if let Some(name) = inner.strip_prefix("env:") {
        return is_env_name(name).then_some(SecretValue::Env(name));
    }
    let name = inner.strip_prefix("keyring:")?;
    is_keyring_name(name).then_some(SecretValue::Keyring(name))
}

#[cfg(test)]
mod tests;
