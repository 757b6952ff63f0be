//! The operating system's credential store: Secret Service, macOS Keychain, Windows Credential
//! Manager.
//!
//! Each call may wait, for the store or for a person who unlocks it, so none belongs on a thread
//! that others depend on.

use ::keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use crate::secrets::SecretError;

/// The service under which every entry stands.
pub const SERVICE: &str = "sforg";

/// The secret stored for `account`; `None` when there is none.
///
/// # Errors
/// When the store cannot be reached or unlocked, or the entry is not text.
pub fn get(account: &str) -> Result<Option<SecretString>, SecretError> {
    match entry(account)?.get_password() {
        Ok(secret) => Ok(Some(SecretString::from(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(explained(error)),
    }
}

/// Stores `secret` for `account`, in place of what may stand there.
///
/// # Errors
/// When the store cannot be reached or unlocked, or refuses the name or the length.
pub fn set(account: &str, secret: &SecretString) -> Result<(), SecretError> {
    entry(account)?.set_password(secret.expose_secret()).map_err(explained)
}

/// Removes the secret stored for `account`; returns whether there was one.
///
/// # Errors
/// When the store cannot be reached or unlocked.
pub fn remove(account: &str) -> Result<bool, SecretError> {
    match entry(account)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(explained(error)),
    }
}

fn entry(account: &str) -> Result<Entry, SecretError> {
    Entry::new(SERVICE, account).map_err(explained)
}

/// The store's error without what it holds: `BadEncoding` carries the secret's bytes.
fn explained(error: Error) -> SecretError {
    match error {
        Error::BadEncoding(_) => {
            SecretError::KeyringEntry { reason: "it is not valid UTF-8 text".to_owned() }
        }
        Error::Ambiguous(entries) => SecretError::KeyringEntry {
            reason: format!("there are {} entries of this name", entries.len()),
        },
        Error::TooLong(attribute, limit) => SecretError::KeyringEntry {
            reason: format!("its {attribute} is longer than {limit} characters"),
        },
        Error::Invalid(attribute, reason) => {
            SecretError::KeyringEntry { reason: format!("its {attribute} is not valid: {reason}") }
        }
        Error::NoStorageAccess(error) => {
            SecretError::Keyring { reason: format!("it is locked or denies access: {error}") }
        }
        Error::PlatformFailure(error) => SecretError::Keyring { reason: error.to_string() },
        _ => SecretError::Keyring { reason: "it gave no reason".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_never_show_what_the_store_holds() {
        let error = explained(Error::BadEncoding(b"not-a-real-secret\xff".to_vec()));
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("UTF-8") && !shown.contains("not-a-real") && !shown.contains("110, 111"),
            "{shown}"
        );
    }

    #[test]
    fn errors_say_what_to_do() {
        let reason = || "locked".into();
        for error in [Error::NoStorageAccess(reason()), Error::PlatformFailure(reason())] {
            let error = explained(error).to_string();
            assert!(error.contains("locked") && error.contains("${env:NAME}"), "{error}");
        }
    }
}
