//! Entries of the keyring, each with the places that its secret may go to.

use std::time::Duration;

use org_login::{KeyringEntry, KeyringProblem, SecretError, SecretKind, SecretUse, keyring};
use org_schema::secret_ref::MAX_KEYRING_NAME;
use secrecy::{ExposeSecret, SecretString};

use crate::memory;

/// So many entries of one name are looked at for a free one.
const TRIES: u32 = 100;

/// How long the keyring is waited for where it is only asked whether it is there.
const PATIENCE: Duration = Duration::from_secs(2);

/// Why a secret was not stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The keyring's own reason.
    #[error("{0}.")]
    Store(#[from] SecretError),
    /// Every name that fits is taken by another secret.
    #[error(
        "The keyring already has {TRIES} entries named like {0}: remove some with \"sforg secret \
         remove\"."
    )]
    AllTaken(String),
    /// It was stored, and something else is there now.
    #[error("The keyring did not keep the value.")]
    NotKept,
}

impl StoreError {
    /// What to do about it, where the message does not say so.
    pub fn steps(&self) -> Vec<String> {
        match self {
            Self::Store(error) => error.steps(),
            Self::AllTaken(_) | Self::NotKept => Vec::new(),
        }
    }
}

/// Whether this computer has a keyring. One that does not answer at once is there: it may wait for
/// a person.
pub fn is_there() -> bool {
    !matches!(trouble(), Some(SecretError::Keyring { problem: KeyringProblem::NoStore(_), .. }))
}

/// Why the keyring cannot be reached; `None` for one that does not answer at once.
pub fn trouble() -> Option<SecretError> {
    // As an error names it; nobody calls a secret so.
    const NO_ACCOUNT: &str = "the secrets of sforg";
    let (told, answer) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        // Nobody waits any longer.
        let _ = told.send(keyring::get(NO_ACCOUNT).err());
    });
    answer.recv_timeout(PATIENCE).unwrap_or(None)
}

/// Stores a secret under `name@host`, or with a number behind that where the entry holds another
/// secret: an entry is never overwritten. Returns the account's name once the secret can be read back.
///
/// Waits for the store, and for a person who unlocks it.
pub fn store_new(
    name: &str,
    host: Option<&str>,
    secret: &SecretString,
) -> Result<String, StoreError> {
    let at_host = host.map(|host| format!("@{}", host.chars().take(120).collect::<String>()));
    let at_host = at_host.unwrap_or_default();
    let room = MAX_KEYRING_NAME - at_host.chars().count() - "_100".len();
    let base = format!("{}{at_host}", name.chars().take(room).collect::<String>());
    for number in 1..=TRIES {
        let account = if number == 1 { base.clone() } else { format!("{base}_{number}") };
        let holds = |entry: Option<KeyringEntry>| {
            entry.map(|entry| entry.secret.expose_secret() == secret.expose_secret())
        };
        match holds(keyring::get(&account)?) {
            Some(false) => continue,
            Some(true) => {}
            None => keyring::set(&account, &KeyringEntry::from(secret.clone()))?,
        }
        memory::add_keyring_name(&account);
        return match holds(keyring::get(&account)?) {
            Some(true) => Ok(account),
            _ => Err(StoreError::NotKept),
        };
    }
    Err(StoreError::AllTaken(base))
}

/// Keeps a secret in exactly this entry, with the places that the entry may go to; over another value
/// only with `may_replace`, and `false` where that was not allowed.
///
/// Waits for the store, and for a person who unlocks it.
pub fn store_as(name: &str, secret: &SecretString, may_replace: bool) -> Result<bool, StoreError> {
    let is_same = |entry: &KeyringEntry| entry.secret.expose_secret() == secret.expose_secret();
    match keyring::get(name)? {
        Some(entry) if is_same(&entry) => return Ok(true),
        Some(_) if !may_replace => return Ok(false),
        Some(entry) => keyring::set(name, &KeyringEntry { secret: secret.clone(), ..entry })?,
        None => keyring::set(name, &KeyringEntry::from(secret.clone()))?,
    }
    memory::add_keyring_name(name);
    match keyring::get(name)? {
        Some(entry) if is_same(&entry) => Ok(true),
        _ => Err(StoreError::NotKept),
    }
}

/// Keeps in the entries themselves what a person has confirmed, so that it holds wherever the
/// keyring is. What cannot be kept there is in the state folder all the same.
pub fn bind(uses: &[SecretUse]) {
    for secret in uses.iter().filter(|secret| secret.kind == SecretKind::Keyring) {
        let Some(binding) = secret.entry_binding() else { continue };
        let kept = keyring::get(&secret.name).and_then(|entry| match entry {
            Some(mut entry) if !entry.bindings.contains(&binding) => {
                entry.bindings.push(binding);
                keyring::set(&secret.name, &entry)
            }
            _ => Ok(()),
        });
        if let Err(error) = kept {
            tracing::warn!("an entry of the keyring could not be changed: {error}");
        }
    }
}
