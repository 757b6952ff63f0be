//! What an entry of the keyring holds: a secret, and where that secret may go.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::bindings::{Account, SecretUse};

/// The member that tells an entry of this program from a bare secret.
const MARK: &str = "sforgEntry";

/// One place that a stored secret may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryBinding {
    /// The host in lower case, with its port where that is unusual.
    pub host: String,
    /// Who logs in there; everyone when absent. Never an account that is itself kept elsewhere.
    pub user: Option<String>,
}

impl EntryBinding {
    fn covers(&self, host: &str, account: &Account) -> bool {
        self.host == host && self.user.as_deref().is_none_or(|user| account.is(user))
    }
}

/// A secret of the keyring with its bindings.
#[derive(Clone)]
pub struct KeyringEntry {
    /// The secret.
    pub secret: SecretString,
    /// Where it may go without a question.
    pub bindings: Vec<EntryBinding>,
}

impl From<SecretString> for KeyringEntry {
    fn from(secret: SecretString) -> Self {
        Self { secret, bindings: Vec::new() }
    }
}

/// Without the secret.
impl fmt::Debug for KeyringEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyringEntry").field("bindings", &self.bindings).finish_non_exhaustive()
    }
}

impl KeyringEntry {
    /// Whether the entry itself says that the secret may be used so.
    pub(crate) fn is_bound_to(&self, host: &str, account: &Account) -> bool {
        self.bindings.iter().any(|binding| binding.covers(host, account))
    }

    /// As the keyring keeps it: the bare secret, or JSON where there is more to keep.
    pub fn stored(&self) -> SecretString {
        let secret = self.secret.expose_secret();
        if self.bindings.is_empty() && !is_marked(secret) {
            return self.secret.clone();
        }
        let bindings: Vec<Value> = self
            .bindings
            .iter()
            .map(|binding| json!({"host": binding.host, "user": binding.user}))
            .collect();
        SecretString::from(json!({MARK: 1, "secret": secret, "for": bindings}).to_string())
    }

    /// Reads what the keyring keeps. What is not an entry of this program's is a secret.
    pub fn parse(stored: SecretString) -> Self {
        Self::parse_marked(stored.expose_secret()).unwrap_or_else(|| Self::from(stored))
    }

    fn parse_marked(stored: &str) -> Option<Self> {
        if !is_marked(stored) {
            return None;
        }
        let mut entry: Value = serde_json::from_str(stored).ok()?;
        let bindings = entry.get("for")?.as_array()?.iter().filter_map(|binding| {
            Some(EntryBinding {
                host: binding.get("host")?.as_str()?.to_owned(),
                user: binding.get("user").and_then(Value::as_str).map(str::to_owned),
            })
        });
        let bindings = bindings.collect();
        let Value::String(secret) = entry.get_mut("secret")?.take() else { return None };
        Some(Self { secret: SecretString::from(secret), bindings })
    }
}

impl SecretUse {
    /// The binding that an entry of the keyring keeps of this use; `None` for an account
    /// that is itself kept elsewhere, whose value must not stand in an entry.
    pub fn entry_binding(&self) -> Option<EntryBinding> {
        let user = Some(self.account.written()?.to_owned());
        Some(EntryBinding { host: self.host.clone(), user })
    }
}

fn is_marked(text: &str) -> bool {
    text.strip_prefix("{\"").is_some_and(|rest| rest.starts_with(MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(secret: &str, bindings: &[(&str, Option<&str>)]) -> KeyringEntry {
        let bindings = bindings.iter().map(|(host, user)| EntryBinding {
            host: (*host).to_owned(),
            user: user.map(str::to_owned),
        });
        KeyringEntry { secret: SecretString::from(secret), bindings: bindings.collect() }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        for secret in ["FAKE", "two\nlines\"\\", "{\"sforgEntry\":1}", "{\"sforgEntry", "{}", "ü"]
        {
            for bindings in [&[][..], &[("h.example", Some("u")), ("h.example:8443", None)]] {
                let entry = entry(secret, bindings);
                let read = KeyringEntry::parse(entry.stored());
                assert_eq!(read.secret.expose_secret(), secret);
                assert_eq!(read.bindings, entry.bindings, "{secret}");
            }
        }
    }

    #[test]
    fn a_bare_secret_stays_one() {
        assert_eq!(entry("FAKE", &[]).stored().expose_secret(), "FAKE");
    }

    #[test]
    fn an_entry_goes_where_it_says() {
        let entry = entry("FAKE", &[("a.example", Some("u@x.example")), ("b.example", None)]);
        let user = Account::user("U@x.example");
        assert!(entry.is_bound_to("a.example", &user));
        assert!(!entry.is_bound_to("a.example", &Account::user("v@x.example")));
        assert!(entry.is_bound_to("b.example", &Account::client("anyone")));
        assert!(!entry.is_bound_to("c.example", &user));
    }
}
