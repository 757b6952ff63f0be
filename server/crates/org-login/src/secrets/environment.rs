//! The real source of secrets: the process environment, one `.env` file, the credential store.

use std::env::VarError;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::{SecretError, SecretSource};
use crate::dotenv::EnvFile;

/// A `.env` file that is larger holds something else.
const MAX_ENV_FILE: u64 = 1 << 20;

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

    fn env_file_value(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        let Some(path) = &self.env_file else {
            return Ok(None);
        };
        let shown = path.display().to_string();
        let text = match read_small_file(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => {
                return Err(SecretError::EnvFile { path: shown, reason: error.to_string() });
            }
        };
        let file = EnvFile::parse(&text);
        match file.get(name) {
            Some(value) => Ok(Some(value.clone())),
            None if file.broken_lines().is_empty() => Ok(None),
            None => {
                Err(SecretError::BrokenLines { path: shown, lines: listed(file.broken_lines()) })
            }
        }
    }
}

impl SecretSource for Environment {
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        match std::env::var(name) {
            Ok(value) => Ok(Some(SecretString::from(value))),
            Err(VarError::NotPresent) => self.env_file_value(name),
            Err(VarError::NotUnicode(_)) => Err(SecretError::NotUnicode { name: name.to_owned() }),
        }
    }

    #[cfg(feature = "keyring")]
    fn keyring(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        crate::keyring::get(name)
    }

    #[cfg(not(feature = "keyring"))]
    fn keyring(&self, _name: &str) -> Result<Option<SecretString>, SecretError> {
        Err(SecretError::KeyringNotBuilt)
    }
}

/// Reads a regular file of moderate size; anything else (a pipe, a device) could hang or never
/// end.
pub(crate) fn read_small_file(path: &Path) -> io::Result<String> {
    let metadata = path.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    if metadata.len() > MAX_ENV_FILE {
        return Err(io::Error::other("it is larger than 1 MiB"));
    }
    let mut text = String::new();
    File::open(path)?.take(MAX_ENV_FILE).read_to_string(&mut text)?;
    Ok(text)
}

/// The first few line numbers, such as `3, 7`.
fn listed(lines: &[usize]) -> String {
    const SHOWN: usize = 5;
    let mut text = lines.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if lines.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    fn environment(text: &[u8]) -> (tempfile::TempDir, Environment) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(".env");
        std::fs::write(&path, text).expect("a written file");
        (folder, Environment::new(Some(path)))
    }

    fn value(environment: &Environment, name: &str) -> Result<Option<String>, SecretError> {
        let value = environment.env(name)?;
        Ok(value.map(|value| value.expose_secret().to_owned()))
    }

    #[test]
    fn the_process_environment_comes_first() {
        let (_folder, environment) = environment(b"PATH=from-the-file\nSFORG_TEST_ONLY_FILE=2\n");
        let path = std::env::var("PATH").expect("PATH is set");
        assert_eq!(value(&environment, "PATH"), Ok(Some(path)));
        assert_eq!(value(&environment, "SFORG_TEST_ONLY_FILE"), Ok(Some("2".to_owned())));
        assert_eq!(value(&environment, "SFORG_TEST_NOWHERE"), Ok(None));
    }

    #[test]
    fn a_missing_file_is_no_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let environment = Environment::new(Some(folder.path().join(".env")));
        assert_eq!(value(&environment, "SFORG_TEST_NOWHERE"), Ok(None));
        assert_eq!(value(&Environment::new(None), "SFORG_TEST_NOWHERE"), Ok(None));
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let is_a_folder = Environment::new(Some(folder.path().to_owned()));
        let error = value(&is_a_folder, "SFORG_TEST_NOWHERE").expect_err("a folder is no file");
        assert!(error.to_string().contains("not a regular file"), "{error}");

        let (_folder, latin1) = environment(b"A=caf\xe9");
        let error = value(&latin1, "SFORG_TEST_NOWHERE").expect_err("not UTF-8");
        assert!(error.to_string().contains("UTF-8"), "{error}");
    }

    #[test]
    fn broken_lines_are_told_only_when_the_name_is_missing() {
        let (_folder, environment) = environment(b"A=1\nsecret without a name\n\nB='x\n");
        assert_eq!(value(&environment, "A"), Ok(Some("1".to_owned())));
        let error = value(&environment, "SFORG_TEST_NOWHERE").expect_err("broken lines");
        let error = error.to_string();
        assert!(error.contains("line 2, 4") && !error.contains("secret without"), "{error}");
    }
}
