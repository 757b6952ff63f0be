//! Where secrets come from.

use secrecy::SecretString;

mod env_file;
mod error;
mod keyring_entry;
mod process;
mod resolve;
mod steps;

pub use env_file::EnvFileProblem;
pub(crate) use env_file::read_env_file;
pub use error::{EnvLine, KeyringProblem, Machine, NoStore, SecretError};
pub use keyring_entry::{EntryBinding, KeyringEntry};
pub use process::ProcessSecrets;
pub(crate) use process::listed;
pub(crate) use resolve::{Credentials, Resolved, resolve};

/// A place that knows the values behind `${env:…}` and `${keyring:…}`.
///
/// It is asked only when a login is tested: after the host was found to be allowed, and once for each
/// reference. What it answers is sent only after a person has confirmed where it goes. Both methods may wait (for a slow disk, or for a person who
/// unlocks the keyring), so they are called on a thread where waiting does no harm.
pub trait SecretSource: Send + Sync {
    /// The value of the environment variable `name`; `None` when it is set nowhere.
    ///
    /// # Errors
    /// When there may be a value but it cannot be read.
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError>;

    /// The entry that the keyring holds for service `sforg` and
    /// account `name`; `None` when it holds none.
    ///
    /// # Errors
    /// When the store cannot be asked, or what it holds is not text.
    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError>;
}
