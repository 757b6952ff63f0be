//! Keeping secrets in a `.env` file: where git does not see it, and where the next login finds it.

use std::path::{Path, PathBuf};

use org_files::{FileError, Links, MIB, NewFile, Writer};
use org_login::{
    EnvFileEditError, EnvFileProblem, env_file_gives, with_assignment, with_new_value,
};
use secrecy::SecretString;

use crate::git::{self, GitProblem, Ignored};

/// So many numbers are tried behind a name that is taken.
const NUMBERS: u32 = 1000;

/// Why nothing was stored, or not as it must be; ends with what to do where that can be told.
#[derive(Debug, thiserror::Error)]
pub enum EnvStoreError {
    /// The folder of the `.env` file is elsewhere, by a link below the workspace.
    #[error("{} is a link out of the workspace, so no secret was written there", .0.display())]
    LeadsOut(PathBuf),
    /// The file cannot be read or written.
    #[error("{}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: FileError,
    },
    /// git tracks the file or would add it.
    #[error(transparent)]
    Git(#[from] GitProblem),
    /// The secret cannot stand in the file.
    #[error(transparent)]
    Edit(#[from] EnvFileEditError),
    /// All names that fit are taken.
    #[error("too many names begin with {0} in .env: give one of them a better name")]
    NoName(String),
    /// What was written is not what is there.
    #[error("{} does not contain what was written to it: another program may have changed it", .0.display())]
    NotThere(PathBuf),
    /// It cannot be read back.
    #[error("{} cannot be read: {problem}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        problem: EnvFileProblem,
    },
}

/// Where secrets have been stored.
pub struct StoredInEnv {
    /// The names of the secrets, in their order.
    pub names: Vec<String>,
    /// Whether git ignores the file.
    pub ignored: Ignored,
}

/// A change that failed: on the way to the file, or in it.
struct Refused(Box<dyn FnOnce(&Path) -> EnvStoreError>);

impl From<FileError> for Refused {
    fn from(reason: FileError) -> Self {
        Self(Box::new(|path| EnvStoreError::File { path: path.to_owned(), reason }))
    }
}

impl From<EnvStoreError> for Refused {
    fn from(error: EnvStoreError) -> Self {
        Self(Box::new(|_| error))
    }
}

/// Adds secrets to the `.env` file at `path`, each under its name, or under that with a number behind it
/// where the name has another value already. `workspace` are the folders that a person has opened.
/// When this returns the file has been read back, and gives each secret as a login would get it.
///
/// # Errors
/// The file is a link, no regular file, tracked by git, or cannot be changed; nothing is stored then,
/// unless the error says that what was written is not there.
pub fn store(
    path: &Path,
    workspace: &[PathBuf],
    secrets: &[(String, SecretString)],
    writer: &Writer,
) -> Result<StoredInEnv, EnvStoreError> {
    change(path, workspace, secrets, writer, |old| with_all(old, secrets))
}

/// Keeps a secret under exactly this name; over another value only with `may_replace`.
///
/// # Errors
/// As [`store`], and [`EnvFileEditError::Taken`] where the name has another value.
pub fn store_as(
    path: &Path,
    workspace: &[PathBuf],
    name: &str,
    secret: &SecretString,
    may_replace: bool,
    writer: &Writer,
) -> Result<StoredInEnv, EnvStoreError> {
    let secrets = [(name.to_owned(), secret.clone())];
    change(path, workspace, &secrets, writer, |old| {
        let edit = if may_replace { with_new_value } else { with_assignment };
        Ok((edit(old, name, secret)?, vec![name.to_owned()]))
    })
}

/// Changes the file by `edit`, which gives its new text and the names of the secrets in it.
fn change(
    path: &Path,
    workspace: &[PathBuf],
    secrets: &[(String, SecretString)],
    writer: &Writer,
    edit: impl Fn(&str) -> Result<(String, Vec<String>), EnvStoreError>,
) -> Result<StoredInEnv, EnvStoreError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    stay_inside(folder, workspace)?;
    // Before anything is changed, so that a refusal changes nothing.
    let links = Links::NoneBelow(folder);
    match org_files::read_start(path, links, 0).map(drop) {
        Ok(()) => readable(path)?,
        Err(error) if error.is_not_found() => {}
        Err(reason) => return Err(EnvStoreError::File { path: path.to_owned(), reason }),
    }
    let ignored = git::keep_out(path, writer)?;
    let mut names = Vec::new();
    writer
        .update_or_create(path, links, NewFile::Private, |old| {
            // It may be asked again, with what another program wrote meanwhile.
            let (text, chosen) = edit(old.unwrap_or_default())?;
            names = chosen;
            if text.len() as u64 > MIB {
                return Err(Refused::from(FileError::TooLarge(MIB)));
            }
            Ok(Some(text))
        })
        .map_err(|Refused(error)| error(path))?;
    for (name, (_, secret)) in names.iter().zip(secrets) {
        let is_there = env_file_gives(path, name, secret)
            .map_err(|problem| EnvStoreError::Unreadable { path: path.to_owned(), problem })?;
        if !is_there {
            return Err(EnvStoreError::NotThere(path.to_owned()));
        }
    }
    Ok(StoredInEnv { names, ignored })
}

/// The names that [`store`] would give the secrets in the file at `path` as it is now. Nothing is
/// changed.
///
/// # Errors
/// The file cannot be read, or a secret cannot stand in it.
pub fn names_for(
    path: &Path,
    secrets: &[(String, SecretString)],
) -> Result<Vec<String>, EnvStoreError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let text = match org_files::read_text(path, Links::NoneBelow(folder), MIB) {
        Ok(text) => text,
        Err(error) if error.is_not_found() => String::new(),
        Err(reason) => return Err(EnvStoreError::File { path: path.to_owned(), reason }),
    };
    with_all(&text, secrets).map(|(_, names)| names)
}

/// A login must be able to read the file.
fn readable(path: &Path) -> Result<(), EnvStoreError> {
    env_file_gives(path, "", &SecretString::default())
        .map(drop)
        .map_err(|problem| EnvStoreError::Unreadable { path: path.to_owned(), problem })
}

/// A link on the way to the folder, below the workspace folder, does not lead out of that.
fn stay_inside(folder: &Path, workspace: &[PathBuf]) -> Result<(), EnvStoreError> {
    let Some(root) = workspace
        .iter()
        .filter(|root| folder.starts_with(root))
        .max_by_key(|root| root.components().count())
    else {
        return Ok(());
    };
    let real = |path: &Path| {
        org_files::without_links(path)
            .map_err(|reason| EnvStoreError::File { path: path.to_owned(), reason })
    };
    if real(folder)?.starts_with(real(root)?) {
        Ok(())
    } else {
        Err(EnvStoreError::LeadsOut(folder.to_owned()))
    }
}

/// The text with all secrets, and the names that they have in it.
fn with_all(
    text: &str,
    secrets: &[(String, SecretString)],
) -> Result<(String, Vec<String>), EnvStoreError> {
    let mut text = text.to_owned();
    let mut names = Vec::new();
    for (base, secret) in secrets {
        let numbered = (1..NUMBERS).map(|number| match number {
            1 => base.clone(),
            number => format!("{base}_{number}"),
        });
        // A variable of the process counts before the file, whatever its value is.
        let mut free = numbered.filter(|name| std::env::var_os(name).is_none());
        let (name, with) = loop {
            let name = free.next().ok_or_else(|| EnvStoreError::NoName(base.clone()))?;
            match with_assignment(&text, &name, secret) {
                Ok(with) => break (name, with),
                Err(EnvFileEditError::Taken(_)) => {}
                Err(error) => return Err(error.into()),
            }
        };
        text = with;
        names.push(name);
    }
    Ok((text, names))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn stored(path: &Path, secrets: &[(&str, &str)]) -> Result<StoredInEnv, EnvStoreError> {
        let state = path.parent().expect("a folder").join("state");
        let secrets: Vec<(String, SecretString)> =
            secrets.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
        store(path, &[], &secrets, &Writer::new(Some(state)))
    }

    #[test]
    fn a_taken_name_gets_a_number_and_an_equal_value_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".env");
        fs::write(&path, "SFORG_T_A=other\n# c\nSFORG_T_B='same'\nSFORG_T_C=\"broken\n")
            .expect("a file");
        let secrets = [
            ("SFORG_T_A", "x"),
            ("SFORG_T_B", "same"),
            ("SFORG_T_C", "y"),
            ("PATH", "z"),
            ("SFORG_T_A", "w"),
        ];
        let names = stored(&path, &secrets).expect("stored").names;
        assert_eq!(names, ["SFORG_T_A_2", "SFORG_T_B", "SFORG_T_C_2", "PATH_2", "SFORG_T_A_3"]);
        let text = fs::read_to_string(&path).expect("a file");
        assert!(
            text.starts_with("SFORG_T_A=other\n# c\nSFORG_T_B='same'\nSFORG_T_C=\"broken\n"),
            "{text}"
        );
    }

    #[test]
    fn many_at_the_same_time_lose_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(".env");
        fs::create_dir(folder.path().join(".git")).expect("a folder");
        std::thread::scope(|scope| {
            for thread in 0..16 {
                let path = &path;
                scope.spawn(move || {
                    for number in 0..10 {
                        let value = format!("value {thread} {number}");
                        let secrets = [("SFORG_T_SAME", value.as_str()), ("SFORG_T_ALSO", "equal")];
                        let names = stored(path, &secrets).expect("stored").names;
                        assert_eq!(names[1], "SFORG_T_ALSO");
                    }
                });
            }
        });
        let text = fs::read_to_string(&path).expect("a file");
        for thread in 0..16 {
            for number in 0..10 {
                assert!(text.contains(&format!("'value {thread} {number}'")), "{text}");
            }
        }
        assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("rules"), ".env\n");
    }

    #[test]
    fn what_cannot_be_read_or_held_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".git")).expect("a folder");
        let path = folder.path().join(".env");
        let refused = |content: &[u8], value: &str| {
            fs::write(&path, content).expect("a file");
            let error = stored(&path, &[("SFORG_T_A", value)]).map(drop).expect_err("refused");
            assert_eq!(fs::read(&path).expect("a file"), content);
            assert!(!error.to_string().contains("FAKE"), "{error}");
            error.to_string()
        };
        assert!(refused(b"A=FAKE\xe9\n", "x").contains("UTF-8"));
        assert!(refused(&[b'#'; 1 << 20], "x").contains("1 MiB"));
        assert!(refused(b"", "FAKE\nFAKE").contains("line breaks"));
        fs::remove_file(&path).expect("a file");
        fs::create_dir(&path).expect("a folder");
        let error = stored(&path, &[("SFORG_T_A", "x")]).map(drop).expect_err("refused");
        assert!(error.to_string().contains("it is a folder"), "{error}");
        assert!(stored(&folder.path().join("missing/.env"), &[("SFORG_T_A", "x")]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_refused_before_anything_is_written() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root");
        let outside = folder.path().join("outside");
        fs::create_dir_all(root.join(".git")).expect("folders");
        fs::create_dir_all(&outside).expect("a folder");
        fs::write(outside.join("credentials"), "KEY=NOTREAL\n").expect("a file");
        fs::write(root.join("local"), "A=1\n").expect("a file");
        let secrets = [("SFORG_T_A".to_owned(), SecretString::from("x"))];
        let keep = |path: &Path| {
            let stored = store(path, std::slice::from_ref(&root), &secrets, &Writer::default());
            stored.map(|stored| stored.names).map_err(|error| error.to_string())
        };
        let env = root.join(".env");
        for target in ["../outside/credentials", "local", "nowhere", ".env", "/dev/null"] {
            symlink(target, &env).expect("a link");
            let error = keep(&env).expect_err("refused");
            assert!(error.contains("link"), "{target}: {error}");
            fs::remove_file(&env).expect("the link");
        }
        let made = std::process::Command::new("mkfifo").arg(&env).status();
        assert!(made.expect("mkfifo runs").success());
        assert!(keep(&env).expect_err("refused").contains("pipe"));
        fs::remove_file(&env).expect("the pipe");
        symlink("../outside", root.join("sub")).expect("a link");
        assert!(keep(&root.join("sub/.env")).expect_err("refused").contains("link out of"));
        assert!(!root.join(".gitignore").exists() && !outside.join(".env").exists());
        assert_eq!(
            fs::read_to_string(outside.join("credentials")).expect("a file"),
            "KEY=NOTREAL\n"
        );
        assert_eq!(keep(&env), Ok(vec!["SFORG_T_A".to_owned()]));
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&env).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
    }
}
