//! Where secrets come from.

use secrecy::SecretString;

mod environment;
mod resolve;

pub use environment::Environment;
pub(crate) use environment::read_small_file;
pub(crate) use resolve::{Credentials, resolve};

/// A place that knows the values behind `${env:…}` and `${keyring:…}`.
///
/// It is asked only by a login that is about to be sent: after the host was found to be allowed,
/// and once for each reference. Both methods may wait (for a slow disk, or for a person who
/// unlocks the credential store), so they are called on a thread where waiting does no harm.
pub trait SecretSource: Send + Sync {
    /// The value of the environment variable `name`; `None` when it is set nowhere.
    ///
    /// # Errors
    /// When there may be a value but it cannot be read.
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError>;

    /// The secret that the operating system's credential store holds for service `sforg` and
    /// account `name`; `None` when it holds none.
    ///
    /// # Errors
    /// When the store cannot be asked, or what it holds is not text.
    fn keyring(&self, name: &str) -> Result<Option<SecretString>, SecretError>;
}

/// Why a secret could not be read. Each message ends with what to do, and none holds a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// The environment variable's value is not Unicode.
    #[error("the environment variable {name} is not valid Unicode: set it anew")]
    NotUnicode {
        /// The variable.
        name: String,
    },
    /// The `.env` file cannot be read.
    #[error("{path} cannot be read ({reason}): make it a readable UTF-8 text file, or remove it")]
    EnvFile {
        /// The file as it is shown to people.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// The name is defined nowhere, and these lines of `.env` are not understood.
    #[error(
        "it is not set, and {path} has lines that cannot be read (line {lines}): write each as NAME=value"
    )]
    BrokenLines {
        /// The file as it is shown to people.
        path: String,
        /// Line numbers from 1, such as `3, 7`.
        lines: String,
    },
    /// There is no credential store, or it does not answer.
    #[error(
        "the credential store cannot be reached ({reason}): unlock or start it, or use ${{env:NAME}} instead"
    )]
    Keyring {
        /// What the store said.
        reason: String,
    },
    /// What the credential store holds is not text, or there are several entries.
    #[error(
        "the credential store's entry cannot be used ({reason}): store it anew with `sforg secret set`"
    )]
    KeyringEntry {
        /// What is wrong with it.
        reason: String,
    },
    /// This build has no credential store support.
    #[error("this build of sforg has no credential store support: use ${{env:NAME}} instead")]
    KeyringNotBuilt,
}
