//! The keyring of this computer: Secret Service, macOS Keychain, Windows Credential
//! Manager.
//!
//! Each call may wait, for the store or for a person who unlocks it, so none belongs on a thread
//! that others depend on.

mod absence;

use ::keyring::{Entry, Error};
use secrecy::{ExposeSecret, SecretString};

use crate::secrets::{KeyringEntry, KeyringProblem, SecretError};

/// The service under which every entry stands.
pub const SERVICE: &str = "sforg";

/// The entry stored for `account`; `None` when there is none.
///
/// # Errors
/// When the store cannot be reached or unlocked, or the entry is not text.
pub fn get(account: &str) -> Result<Option<KeyringEntry>, SecretError> {
    match entry(account)?.get_password() {
        Ok(stored) => Ok(Some(KeyringEntry::parse(SecretString::from(stored)))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(explained(account, error)),
    }
}

/// Stores an entry for `account`, in place of what may stand there.
///
/// # Errors
/// When the store cannot be reached or unlocked, or refuses the name or the length.
pub fn set(account: &str, new: &KeyringEntry) -> Result<(), SecretError> {
    let stored = new.stored();
    entry(account)?.set_password(stored.expose_secret()).map_err(|error| explained(account, error))
}

/// Removes the secret stored for `account`; returns whether there was one.
///
/// # Errors
/// When the store cannot be reached or unlocked.
pub fn remove(account: &str) -> Result<bool, SecretError> {
    match entry(account)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => Ok(false),
        Err(error) => Err(explained(account, error)),
    }
}

fn entry(account: &str) -> Result<Entry, SecretError> {
    Entry::new(SERVICE, account).map_err(|error| explained(account, error))
}

/// The store's error without what it holds: `BadEncoding` carries the secret's bytes.
fn explained(account: &str, error: Error) -> SecretError {
    let problem = match error {
        Error::NoEntry => KeyringProblem::NoEntry,
        Error::BadEncoding(_) => KeyringProblem::NotText,
        Error::Ambiguous(_) => KeyringProblem::Ambiguous,
        Error::TooLong(what, limit) => KeyringProblem::TooLong { what, limit },
        Error::Invalid(attribute, reason) => {
            KeyringProblem::NotValid(format!("its {attribute} is not valid: {reason}"))
        }
        Error::NoStorageAccess(error) => match absence::platform_failure(&error.to_string()) {
            KeyringProblem::NoStore(why) => KeyringProblem::NoStore(why),
            _ => KeyringProblem::Locked,
        },
        Error::PlatformFailure(error) => absence::platform_failure(&error.to_string()),
        _ => KeyringProblem::Other("it gave no reason".to_owned()),
    };
    SecretError::Keyring { account: account.to_owned(), problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_never_show_what_the_store_holds() {
        let error = explained("acme", Error::BadEncoding(b"not-a-real-secret\xff".to_vec()));
        let shown = format!("{error} {error:?} {:?}", error.steps());
        assert!(
            shown.contains("UTF-8") && !shown.contains("not-a-real") && !shown.contains("110, 111"),
            "{shown}"
        );
    }

    #[test]
    fn errors_say_what_to_do() {
        for error in [
            Error::NoStorageAccess("locked".into()),
            Error::PlatformFailure("locked".into()),
            Error::PlatformFailure("Using X11 for dbus-daemon autolaunch was disabled".into()),
        ] {
            let error = explained("acme", error);
            let steps = error.steps().join("\n");
            assert!(error.to_string().contains("acme") && steps.contains("${env:NAME}"), "{error}");
            assert!(!error.to_string().contains("X11"), "{error}");
        }
    }
}
