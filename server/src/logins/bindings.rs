//! What people have confirmed about where secrets may go, in the user's state folder under a keyed
//! hash; never in a repository.

use std::collections::BTreeSet;

use org_login::{BindingDigest, Bindings, SecretUse};
use serde::{Deserialize, Serialize};

use super::key::{Keyed, key_of};
use crate::user_state::StateFile;

/// The bindings that all logins of a process share.
pub struct BindingStore {
    /// Names that the person who runs this program allows.
    allowed: Vec<NamePattern>,
    kept: StateFile<Kept>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Hexadecimal digits of the key of all digests.
    key: String,
    confirmed: BTreeSet<String>,
}

impl Keyed for Kept {
    fn written_key(&self) -> &str {
        &self.key
    }

    fn new(key: String) -> Self {
        Self { key, ..Self::default() }
    }
}

impl BindingStore {
    /// Bindings of the user's state folder; names that fit `allowed` need none.
    pub fn new(allowed: Vec<NamePattern>) -> Self {
        Self { allowed, kept: StateFile::new("secret-bindings.json") }
    }
}

impl Bindings for BindingStore {
    fn key(&self) -> [u8; 32] {
        key_of(&self.kept)
    }

    fn allows_name(&self, name: &str) -> bool {
        self.allowed.iter().any(|pattern| pattern.fits(name))
    }

    fn has(&self, binding: &BindingDigest) -> bool {
        self.kept.read(|kept| kept.confirmed.contains(&binding.hex()))
    }

    fn confirm(&self, uses: &[SecretUse]) {
        let key = self.key();
        let new: Vec<String> = uses.iter().map(|secret| secret.binding(&key).hex()).collect();
        self.kept.change(|kept| kept.confirmed.extend(new.iter().cloned()));
        #[cfg(feature = "keyring")]
        super::keyring_entries::bind(uses);
    }
}

/// A name of a secret in which `*` stands for any characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamePattern(String);

impl NamePattern {
    /// A pattern as the user wrote it; `None` when nothing is written.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// Whether the whole name fits.
    fn fits(&self, name: &str) -> bool {
        let Some((first, rest)) = self.0.split_once('*') else { return self.0 == name };
        let Some(mut name) = name.strip_prefix(first) else { return false };
        let mut parts: Vec<&str> = rest.split('*').collect();
        let last = parts.pop().unwrap_or_default();
        for part in parts {
            match name.find(part) {
                Some(at) => name = &name[at + part.len()..],
                None => return false,
            }
        }
        name.ends_with(last)
    }
}

#[cfg(test)]
mod tests {
    use org_login::{Account, SecretKind};

    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        let fits = |pattern: &str, name: &str| {
            NamePattern::parse(pattern).is_some_and(|pattern| pattern.fits(name))
        };
        for (pattern, name) in [
            ("*", "ANY"),
            ("ACME_*", "ACME_UAT"),
            ("ACME_*", "ACME_"),
            ("*_PASSWORD", "A_PASSWORD"),
            ("A*B*C", "AxBBxCC"),
            ("A*A", "AA"),
            (" ACME ", "ACME"),
            ("Acme UAT/*", "Acme UAT/password"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("", ""),
            ("ACME", "ACME_UAT"),
            ("ACME_*", "XACME_UAT"),
            ("A*A", "A"),
            ("A*B*C", "AxCxB"),
            ("acme_*", "ACME_UAT"),
            ("A.ME", "ACME"),
            ("A?ME", "ACME"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn what_is_confirmed_outlives_the_process_and_is_not_readable() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("bindings.json");
        let store =
            || BindingStore { allowed: Vec::new(), kept: StateFile::at(Some(path.clone())) };
        let secret = SecretUse {
            kind: SecretKind::Environment,
            name: "ACME_PASSWORD".to_owned(),
            member: "/auth/password",
            host: "test.salesforce.com".to_owned(),
            account: Account::user("integration@acme.example"),
        };
        store().confirm(std::slice::from_ref(&secret));
        let again = store();
        assert!(again.has(&secret.binding(&again.key())));
        let host = "login.salesforce.com".to_owned();
        assert!(!again.has(&SecretUse { host, ..secret }.binding(&again.key())));
        let text = std::fs::read_to_string(&path).expect("the file");
        for hidden in ["ACME", "salesforce", "integration"] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}
