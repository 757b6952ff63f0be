//! The real source of secrets: the process environment, one `.env` file, the keyring.

use std::env::VarError;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

use super::{EnvLine, KeyringEntry, SecretError, SecretSource, read_env_file};
use org_dotenv::{BrokenLine, EnvFile, Lookup};

/// The process environment, then one `.env` file; and the keyring.
#[derive(Clone, Debug)]
pub struct ProcessSecrets {
    env_file: Option<PathBuf>,
}

impl ProcessSecrets {
    /// `env_file` is the one `.env` file that counts for the org; it need not exist. It is read
    /// at each login, so an edit of it counts at once, and nothing in it changes the process.
    pub fn new(env_file: Option<PathBuf>) -> ProcessSecrets {
        ProcessSecrets { env_file }
    }

    /// What the `.env` file has for `name`, which the process does not have or has without a value.
    fn in_env_file(&self, name: &str) -> Result<InFile, SecretError> {
        let Some(path) = &self.env_file else { return Ok(InFile::NoFile) };
        let shown = path.display().to_string();
        let name = name.to_owned();
        let text = match read_env_file(path) {
            Ok(Some(text)) => text,
            Ok(None) => return Ok(InFile::NoFile),
            Err(problem) => return Err(SecretError::EnvFile { name, path: shown, problem }),
        };
        let file = EnvFile::parse(&text);
        match file.get(&name) {
            Lookup::Assigned(assigned) => {
                let at = EnvLine { path: shown, line: assigned.line };
                Ok(InFile::Assigned(assigned.value.clone(), at))
            }
            Lookup::Broken(line) => {
                let at = EnvLine { path: shown, line: line.number };
                Err(SecretError::BrokenLine { name, at, problem: line.problem })
            }
            Lookup::Missing if file.broken_lines().is_empty() => Ok(InFile::Missing(shown)),
            Lookup::Missing => {
                let lines = listed(file.broken_lines());
                Err(SecretError::BrokenLines { name, path: shown, lines })
            }
        }
    }
}

/// What a `.env` file has for a name.
enum InFile {
    /// There is none.
    NoFile,
    /// Nothing; the file as it is shown.
    Missing(String),
    /// A value, which may be empty, and where it stands.
    Assigned(SecretString, EnvLine),
}

/// Nothing, or blanks alone.
pub(super) fn is_blank(value: &SecretString) -> bool {
    value.expose_secret().trim().is_empty()
}

impl SecretSource for ProcessSecrets {
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        let name = name.to_owned();
        match std::env::var(&name).map(SecretString::from) {
            Ok(value) if !is_blank(&value) => Ok(Some(value)),
            Ok(_) => {
                // Whatever else is wrong with the file hides nothing.
                let hides = match self.in_env_file(&name) {
                    Ok(InFile::Assigned(value, at)) if !is_blank(&value) => Some(at),
                    _ => None,
                };
                Err(SecretError::EmptyVariable { name, hides })
            }
            Err(VarError::NotUnicode(_)) => Err(SecretError::NotUnicode { name }),
            Err(VarError::NotPresent) => match self.in_env_file(&name)? {
                InFile::Assigned(value, at) if is_blank(&value) => {
                    Err(SecretError::EmptyLine { name, at })
                }
                InFile::Assigned(value, _) => Ok(Some(value)),
                InFile::Missing(path) => Err(SecretError::NotSet { name, env_file: Some(path) }),
                InFile::NoFile => Ok(None),
            },
        }
    }

    #[cfg(feature = "keyring")]
    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
        crate::keyring::get(name)
    }

    #[cfg(not(feature = "keyring"))]
    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
        Err(SecretError::Keyring {
            account: name.to_owned(),
            problem: super::KeyringProblem::NotBuilt,
        })
    }
}

/// The first few line numbers, such as `3, 7`.
pub(crate) fn listed(lines: &[BrokenLine]) -> String {
    const SHOWN: usize = 5;
    let numbers = lines.iter().take(SHOWN).map(|line| line.number.to_string());
    let mut text = numbers.collect::<Vec<_>>().join(", ");
    if lines.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(text: &[u8]) -> (tempfile::TempDir, ProcessSecrets) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join(".env");
        std::fs::write(&path, text).expect("a written file");
        (folder, ProcessSecrets::new(Some(path)))
    }

    fn value(environment: &ProcessSecrets, name: &str) -> Result<Option<String>, SecretError> {
        let value = environment.env(name)?;
        Ok(value.map(|value| value.expose_secret().to_owned()))
    }

    #[test]
    fn the_process_environment_comes_first() {
        let (_folder, environment) = environment(b"PATH=from-the-file\nSFORG_TEST_ONLY_FILE=2\n");
        let path = std::env::var("PATH").expect("PATH is set");
        assert_eq!(value(&environment, "PATH"), Ok(Some(path)));
        assert_eq!(value(&environment, "SFORG_TEST_ONLY_FILE"), Ok(Some("2".to_owned())));
        let error = value(&environment, "SFORG_TEST_NOWHERE").expect_err("set nowhere");
        assert!(matches!(error, SecretError::NotSet { env_file: Some(_), .. }), "{error:?}");
    }

    #[test]
    fn an_empty_value_is_told_with_its_place() {
        let (_folder, environment) =
            environment(b"# x\nSFORG_TEST_EMPTY=\nSFORG_TEST_BLANK='  '\n");
        for (name, line) in [("SFORG_TEST_EMPTY", "line 2"), ("SFORG_TEST_BLANK", "line 3")] {
            let error = value(&environment, name).expect_err("empty");
            let shown = format!("{error} {:?}", error.steps());
            assert!(shown.contains(line) && shown.contains(&format!("{name}=value")), "{shown}");
        }
    }

    #[test]
    fn a_missing_file_is_no_error() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let environment = ProcessSecrets::new(Some(folder.path().join(".env")));
        assert_eq!(value(&environment, "SFORG_TEST_NOWHERE"), Ok(None));
        assert_eq!(value(&ProcessSecrets::new(None), "SFORG_TEST_NOWHERE"), Ok(None));
    }

    #[test]
    fn an_unreadable_file_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let is_a_folder = ProcessSecrets::new(Some(folder.path().to_owned()));
        let error = value(&is_a_folder, "SFORG_TEST_NOWHERE").expect_err("a folder is no file");
        assert!(error.to_string().contains("it is a folder, and not a file"), "{error}");

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
        assert!(
            error.contains("line 2, 4")
                && error.contains("NOWHERE")
                && !error.contains("secret without"),
            "{error}"
        );
    }
}
