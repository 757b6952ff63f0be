//! Bindings: a secret that is kept elsewhere goes only where a person said that it may.
//!
//! An org file names both a secret (`${env:NAME}`, `${keyring:NAME}`) and who receives it, and an org
//! file may come from a stranger. So a reference, the host and the user belong together: a person has
//! confirmed exactly these, or nothing is sent. The user counts because of delegated authentication:
//! an org that uses it hands the password that somebody logs in with to a service of its
//! administrator's, also when the login went to login.salesforce.com.

mod account;

use std::fmt;

use org_schema::secret_ref::{self, SecretValue};
use org_text::Foreign;

use crate::digest;
use crate::target::Flow;

pub use account::Account;

/// Where a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretKind {
    /// `${env:NAME}`.
    Environment,
    /// `${keyring:NAME}`.
    Keyring,
    /// In the org file itself. It may be sent to Salesforce's hosts without a question; an editor
    /// asks before it goes to another one.
    File,
}

impl SecretKind {
    /// Where the secret that `written` refers to is kept, and its name; `None` when it is no
    /// reference.
    pub(crate) fn of_reference(written: &str) -> Option<(SecretKind, String)> {
        match secret_ref::parse(written) {
            SecretValue::Env(name) => Some((SecretKind::Environment, name.to_owned())),
            SecretValue::Keyring(name) => Some((SecretKind::Keyring, name.to_owned())),
            SecretValue::Literal(_) | SecretValue::Invalid => None,
        }
    }

    /// The word that people read behind the name.
    pub const fn as_str(self) -> &'static str {
        match self {
            SecretKind::Environment => "environment",
            SecretKind::Keyring => "keyring",
            SecretKind::File => "org file",
        }
    }
}

/// One secret that a login would send, and where it would go.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SecretUse {
    /// Where it is kept.
    pub kind: SecretKind,
    /// The NAME of the reference; of a secret in the file its member's name.
    pub name: String,
    /// JSON pointer of its member.
    pub member: &'static str,
    /// The host, with its port where that is unusual.
    pub host: String,
    /// Who logs in.
    pub account: Account,
}

impl SecretUse {
    /// The use of what `written` refers to; `None` when it is no reference.
    pub fn of_reference(
        written: &str,
        member: &'static str,
        host: &str,
        account: &Account,
    ) -> Option<SecretUse> {
        let (kind, name) = SecretKind::of_reference(written)?;
        Some(SecretUse { kind, name, member, host: host.to_owned(), account: account.clone() })
    }

    /// Who would get it, such as `test.salesforce.com as integration@acme.example`; for people.
    pub fn recipient(&self) -> String {
        format!("{} as {}", Foreign(&self.host), self.account)
    }

    /// The binding of exactly this use.
    pub fn binding(&self, key: &[u8; 32]) -> BindingDigest {
        let who = match self.account.flow {
            Flow::Soap => "user",
            Flow::OAuth => "client",
        };
        let kind = self.kind.as_str();
        let parts = ["binding", kind, &self.name, &self.host, who, &self.account.value];
        BindingDigest(digest::keyed(key, &parts))
    }
}

/// The names of secrets in the order in which they came, for people:
/// `ACME_PASSWORD and ACME_TOKEN (environment)`, `acme/password (keyring)`.
pub fn names_of<'a>(secrets: impl IntoIterator<Item = &'a SecretUse>) -> String {
    let mut kinds: Vec<(SecretKind, Vec<String>)> = Vec::new();
    for secret in secrets {
        let name = Foreign(&secret.name).to_string();
        match kinds.iter_mut().find(|(kind, _)| *kind == secret.kind) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => kinds.push((secret.kind, vec![name])),
        }
    }
    let named = kinds.iter().map(|(kind, names)| format!("{} ({})", and(names), kind.as_str()));
    and(&named.collect::<Vec<_>>())
}

/// `a, b and c`.
fn and(parts: &[String]) -> String {
    match parts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// A binding under a keyed hash (HMAC-SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingDigest([u8; 32]);

impl BindingDigest {
    /// Hexadecimal digits.
    pub fn hex(&self) -> String {
        digest::hex(&self.0)
    }
}

impl fmt::Debug for BindingDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BindingDigest")
    }
}

/// What a person has confirmed. A [`crate::Network`] without it confirms nothing.
///
/// Its methods may touch a disk; they are called on a thread where waiting does no harm.
pub trait Bindings: Send + Sync {
    /// The key of the digests: random, and the same for one user's state folder.
    fn key(&self) -> [u8; 32];
    /// Whether the person who runs this program allows secrets of this name, wherever they go.
    fn allows_name(&self, name: &str) -> bool;
    /// Whether a person has confirmed this binding.
    fn has(&self, binding: &BindingDigest) -> bool;
    /// A person confirms these uses.
    fn confirm(&self, uses: &[SecretUse]);
}

/// A use that nobody has confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OpenUse {
    /// The secret, and where it would go.
    pub secret: SecretUse,
    /// Whether a login sends it all the same: the person who runs this program allows its name, or
    /// it stands in the org file with the host and the user.
    pub is_allowed: bool,
}

/// Those of `uses` that nobody has confirmed, each once.
pub(crate) fn open(uses: Vec<BoundUse>, bindings: Option<&dyn Bindings>) -> Vec<OpenUse> {
    let mut open: Vec<OpenUse> = Vec::new();
    for BoundUse { secret, by_entry } in uses {
        if by_entry || bindings.is_some_and(|bindings| is_confirmed(&secret, bindings)) {
            continue;
        }
        let is_allowed = secret.kind == SecretKind::File
            || bindings.is_some_and(|bindings| bindings.allows_name(&secret.name));
        if open.iter().all(|known| known.secret != secret) {
            open.push(OpenUse { secret, is_allowed });
        }
    }
    open
}

fn is_confirmed(secret: &SecretUse, bindings: &dyn Bindings) -> bool {
    bindings.has(&secret.binding(&bindings.key()))
}

/// A use, and whether the entry of the keyring itself says that it may be.
#[derive(Clone)]
pub(crate) struct BoundUse {
    pub(crate) secret: SecretUse,
    pub(crate) by_entry: bool,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Mutex;

    use super::*;

    #[derive(Default)]
    struct Kept(Mutex<BTreeSet<BindingDigest>>);

    impl Bindings for Kept {
        fn key(&self) -> [u8; 32] {
            [7; 32]
        }
        fn allows_name(&self, name: &str) -> bool {
            name == "ALLOWED"
        }
        fn has(&self, binding: &BindingDigest) -> bool {
            self.0.lock().is_ok_and(|kept| kept.contains(binding))
        }
        fn confirm(&self, uses: &[SecretUse]) {
            let key = self.key();
            let mut kept = self.0.lock().expect("the lock");
            kept.extend(uses.iter().map(|secret| secret.binding(&key)));
        }
    }

    fn secret(kind: SecretKind, name: &str, host: &str, account: Account) -> SecretUse {
        let (name, host) = (name.to_owned(), host.to_owned());
        SecretUse { kind, name, member: "/auth/password", host, account }
    }

    fn is_open(secret: &SecretUse, bindings: &Kept) -> bool {
        let uses = vec![BoundUse { secret: secret.clone(), by_entry: false }];
        open(uses, Some(bindings)).iter().any(|open| !open.is_allowed)
    }

    #[test]
    fn whatever_changes_is_open_again() {
        use SecretKind::{Environment, Keyring};
        let kept = Kept::default();
        let user = || Account::user("Integration@acme.example");
        let confirmed = secret(Environment, "P", "test.salesforce.com", user());
        assert!(is_open(&confirmed, &kept));
        kept.confirm(std::slice::from_ref(&confirmed));
        assert!(!is_open(&confirmed, &kept));
        let same_user = Account::user("integration@ACME.example");
        assert!(!is_open(&secret(Environment, "P", "test.salesforce.com", same_user), &kept));
        for other in [
            secret(Keyring, "P", "test.salesforce.com", user()),
            secret(Environment, "Q", "test.salesforce.com", user()),
            secret(Environment, "P", "login.salesforce.com", user()),
            secret(Environment, "P", "test.salesforce.com:8443", user()),
            secret(Environment, "P", "test.salesforce.com", Account::user("mallory@acme.example")),
            secret(
                Environment,
                "P",
                "test.salesforce.com",
                Account::client("integration@acme.example"),
            ),
        ] {
            assert!(is_open(&other, &kept), "{other:?}");
        }
    }

    #[test]
    fn a_name_that_is_allowed_goes_anywhere_and_nothing_else_does() {
        let kept = Kept::default();
        let user = || Account::user("a@b.example");
        assert!(!is_open(&secret(SecretKind::Keyring, "ALLOWED", "h.example", user()), &kept));
        assert!(is_open(&secret(SecretKind::Keyring, "ALLOWED_NOT", "h.example", user()), &kept));
    }

    #[test]
    fn without_bindings_nothing_is_confirmed() {
        let secret = secret(SecretKind::Environment, "P", "h.example", Account::user("u"));
        let uses = || vec![BoundUse { secret: secret.clone(), by_entry: false }];
        assert_eq!(open(uses(), None), [OpenUse { secret: secret.clone(), is_allowed: false }]);
        let by_entry = vec![BoundUse { secret: secret.clone(), by_entry: true }];
        assert!(open(by_entry, None).is_empty());
    }

    #[test]
    fn names_are_listed_by_where_they_are_kept() {
        let named = |kind, name| secret(kind, name, "h.example", Account::user("u"));
        use SecretKind::{Environment, File, Keyring};
        let uses = [named(Environment, "A"), named(Keyring, "k\u{1b}"), named(Environment, "B")];
        assert_eq!(names_of(&uses), "A and B (environment) and k\u{241b} (keyring)");
        assert_eq!(names_of(&[named(File, "password")]), "password (org file)");
    }

    #[test]
    fn a_user_behind_a_reference_is_not_shown() {
        let reference = Some((SecretKind::Environment, "SF_USER".to_owned()));
        let account = Account::user("hidden@acme.example").behind(reference);
        let shown = format!("{account} {account:?}");
        assert!(shown.contains("SF_USER (environment)") && !shown.contains("hidden"), "{shown}");
    }
}
