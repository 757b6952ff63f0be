//! Which environment names a login could resolve. Values are never looked at.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use org_files::Stamp;
use org_ide::EnvNames;
use org_login::EnvFileNames;

/// The names of every `.env` file that was asked for: a file is read again when it has changed, not
/// for each of its project's orgs.
#[derive(Debug, Default)]
pub struct EnvFiles(Mutex<Read>);

#[derive(Debug, Default)]
struct Read {
    files: HashMap<PathBuf, (Option<Stamp>, Arc<EnvFileNames>)>,
    /// Whether a file was read again since [`EnvFiles::take_changed`].
    was_read_again: bool,
}

impl EnvFiles {
    /// What a file has to say about names.
    fn names(&self, path: &Path) -> Arc<EnvFileNames> {
        let now = Stamp::of(path);
        if let Some(known) = self.lock().files.get(path)
            && known.0 == now
        {
            return Arc::clone(&known.1);
        }
        let names = Arc::new(EnvFileNames::read(path));
        let mut read = self.lock();
        let before = read.files.insert(path.to_owned(), (now, Arc::clone(&names)));
        read.was_read_again |= before.is_some();
        names
    }

    /// Whether a file has changed since this was asked last, be it known here or not.
    pub fn take_changed(&self) -> bool {
        let mut read = self.lock();
        let known = read.files.len();
        read.files.retain(|path, (stamp, _)| *stamp == Stamp::of(path));
        std::mem::take(&mut read.was_read_again) || read.files.len() < known
    }

    fn lock(&self) -> MutexGuard<'_, Read> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The process environment and one `.env` file, by name. The file is read when it is first asked.
#[derive(Debug)]
pub struct EnvNameIndex<'a> {
    files: &'a EnvFiles,
    env_file: Option<PathBuf>,
    from_file: OnceLock<Arc<EnvFileNames>>,
}

impl<'a> EnvNameIndex<'a> {
    /// The names of the process and of the `.env` file that counts for an org.
    pub fn new(files: &'a EnvFiles, env_file: Option<PathBuf>) -> Self {
        Self { files, env_file, from_file: OnceLock::new() }
    }

    fn file_names(&self) -> &EnvFileNames {
        self.from_file.get_or_init(|| {
            self.env_file.as_deref().map(|file| self.files.names(file)).unwrap_or_default()
        })
    }
}

impl EnvNames for EnvNameIndex<'_> {
    fn knows(&self, name: &str) -> bool {
        std::env::var_os(name).is_some()
            || self.names().binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// The names of the `.env` file, which are the project's; the process's are the machine's, and
    /// too many to choose from.
    fn names(&self) -> &[String] {
        self.file_names().names()
    }

    fn env_file_trouble(&self, name: &str) -> Option<String> {
        self.file_names().trouble(name)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_read_again_when_it_has_changed() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(".env");
        let files = EnvFiles::default();
        let knows = |name: &str| EnvNameIndex::new(&files, Some(path.clone())).knows(name);
        assert!(!knows("SFORG_TEST_B"));
        assert!(!files.take_changed());
        fs::write(&path, "SFORG_TEST_B=1\nSFORG_TEST_A=2\nSFORG_TEST_B=3\n")?;
        assert!(files.take_changed());
        assert!(knows("SFORG_TEST_B") && knows("SFORG_TEST_A") && !knows("SFORG_TEST_C"));
        assert!(!files.take_changed());
        // Also when somebody else saw the change first.
        fs::write(&path, "SFORG_TEST_A=2\nSFORG_TEST_B=3\n")?;
        assert!(knows("SFORG_TEST_A"));
        assert!(files.take_changed() && !files.take_changed());
        let names = EnvNameIndex::new(&files, Some(path.clone()));
        assert_eq!(names.names(), ["SFORG_TEST_A", "SFORG_TEST_B"]);
        // The same file, not read again.
        assert!(Arc::ptr_eq(&files.names(&path), &files.names(&path)));
        fs::remove_file(&path)?;
        assert!(!knows("SFORG_TEST_A"));
        Ok(())
    }
}
