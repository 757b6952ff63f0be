//! Which environment names a login could resolve. Values are never looked at.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dashmap::{DashMap, DashSet};
use org_files::Stamp;
use org_ide::EnvNames;
use org_login::EnvFileNames;

/// The names of every `.env` file that was asked for: a file is read again when it has changed, not
/// for each of its project's orgs.
#[derive(Debug, Default)]
pub struct EnvFiles {
    files: DashMap<PathBuf, (Option<Stamp>, Arc<EnvFileNames>)>,
    /// Files that were read again since [`EnvFiles::take_changed`].
    news: DashSet<PathBuf>,
}

impl EnvFiles {
    /// What a file has to say about names.
    fn names(&self, path: &Path) -> Arc<EnvFileNames> {
        let now = Stamp::of(path);
        if let Some(known) = self.files.get(path)
            && known.0 == now
        {
            return Arc::clone(&known.1);
        }
        let names = Arc::new(EnvFileNames::read(path));
        if self.files.insert(path.to_owned(), (now, Arc::clone(&names))).is_some() {
            self.news.insert(path.to_owned());
        }
        names
    }

    /// Whether a file has changed since this was asked last, be it known here or not.
    pub fn take_changed(&self) -> bool {
        let known = self.files.len();
        self.files.retain(|path, (read, _)| *read == Stamp::of(path));
        let was_read_again = !self.news.is_empty();
        self.news.clear();
        was_read_again || self.files.len() < known
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

/// The `.env` file that counts for an org file: beside the project file that governs it, else in
/// the workspace folder, else beside the org file. It need not exist.
pub fn env_file_of(
    org_file: &Path,
    project_file: Option<&Path>,
    workspace_folders: &[PathBuf],
) -> Option<PathBuf> {
    let folder = project_file.and_then(Path::parent).or_else(|| {
        workspace_folders
            .iter()
            .map(PathBuf::as_path)
            .filter(|folder| org_file.starts_with(folder))
            .max_by_key(|folder| folder.components().count())
    });
    folder.or(org_file.parent()).map(|folder| folder.join(".env"))
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
