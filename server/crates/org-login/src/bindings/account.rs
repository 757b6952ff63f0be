//! Who logs in, as bindings compare and questions show it.

use std::fmt;
use std::hash::{Hash, Hasher};

use org_text::Foreign;

use super::SecretKind;
use crate::target::Flow;

/// The user name or client ID that a login is made with. Two are equal when they are the same to
/// Salesforce.
#[derive(Clone)]
pub struct Account {
    pub(super) flow: Flow,
    /// As Salesforce compares it: a user name in lower case.
    pub(super) value: String,
    /// As it is written.
    written: String,
    /// The reference behind which it is kept, by name; it is not shown then.
    reference: Option<(SecretKind, String)>,
}

impl Account {
    /// The user name of a basic login.
    pub fn user(username: &str) -> Account {
        let (value, written) = (username.to_lowercase(), username.to_owned());
        Account { flow: Flow::Soap, value, written, reference: None }
    }

    /// The client ID of an OAuth login.
    pub fn client(client_id: &str) -> Account {
        let (value, written) = (client_id.to_owned(), client_id.to_owned());
        Account { flow: Flow::OAuth, value, written, reference: None }
    }

    /// Whether it is this one, as Salesforce compares them.
    pub(crate) fn is(&self, other: &str) -> bool {
        match self.flow {
            Flow::Soap => self.value == other.to_lowercase(),
            Flow::OAuth => self.value == other,
        }
    }

    /// The user name (in lower case) or client ID; `None` when a reference keeps it elsewhere.
    pub(crate) fn written(&self) -> Option<&str> {
        self.reference.is_none().then_some(self.value.as_str())
    }

    /// The same, read from where a reference points.
    pub(crate) fn behind(self, reference: Option<(SecretKind, String)>) -> Account {
        Account { reference, ..self }
    }
}

impl PartialEq for Account {
    fn eq(&self, other: &Self) -> bool {
        (self.flow, &self.value, &self.reference) == (other.flow, &other.value, &other.reference)
    }
}

impl Eq for Account {}

impl Hash for Account {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.flow, &self.value, &self.reference).hash(state);
    }
}

impl fmt::Display for Account {
    /// Completes "as …": `integration@acme.example`, `client ID 3MVG9…`, `the user in SF_USER
    /// (environment)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.flow, &self.reference) {
            (Flow::Soap, None) => f.write_str(&shown(&self.written)),
            (Flow::OAuth, None) => write!(f, "client ID {}", shown(&self.written)),
            (Flow::Soap, Some((kind, name))) => {
                write!(f, "the user in {} ({})", Foreign(name), kind.as_str())
            }
            (Flow::OAuth, Some((kind, name))) => {
                write!(f, "the client ID in {} ({})", Foreign(name), kind.as_str())
            }
        }
    }
}

/// A user name or client ID as a part of a sentence: it cannot be taken for another part of that, and
/// of a long one both ends are seen.
fn shown(value: &str) -> String {
    const END: usize = 90;
    let length = value.chars().count();
    let whole = if length <= Foreign::MAX_CHARS {
        Foreign(value).to_string()
    } else {
        let start: String = value.chars().take(END).collect();
        let end: String = value.chars().skip(length - END).collect();
        format!("{}[… {length} characters in all …]{}", Foreign(&start), Foreign(&end))
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_'-.+@".contains(c);
    if value.chars().all(is_plain) {
        whole
    } else {
        format!("“{}”", whole.replace(['“', '”'], "\""))
    }
}

/// What it shows to people: the value behind a reference stays hidden.
impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_is_no_other_part_of_the_sentence() {
        let shown = |user: &str| Account::user(user).to_string();
        assert_eq!(shown("o'neil+x@acme.example"), "o'neil+x@acme.example");
        for (user, expected) in [
            (
                "me@acme.example to login.salesforce.com as you@acme.example",
                "“me@acme.example to login.salesforce.com as you@acme.example”",
            ),
            ("a” to h.example as “b", "“a\" to h.example as \"b”"),
            ("\u{430}cme@acme.example", "“\u{430}cme@acme.example”"),
            ("a\n@x", "“a\u{240a}@x”"),
        ] {
            assert_eq!(shown(user), expected);
        }
        let long = shown(&format!("{}@mallory.example", "a".repeat(500)));
        assert!(long.ends_with("@mallory.example") && long.contains("516 characters"), "{long}");
    }
}
