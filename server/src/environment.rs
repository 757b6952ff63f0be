//! Which environment names a login could resolve. Values are never looked at.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use org_ide::EnvironmentNames;

/// The process environment and one `.env` file, by name. The file is read when it is first asked.
#[derive(Debug, Default)]
pub struct Names {
    env_file: Option<PathBuf>,
    from_file: OnceLock<Vec<String>>,
}

impl Names {
    /// The names of the process and of the `.env` file that counts for an org.
    pub fn new(env_file: Option<PathBuf>) -> Self {
        Self { env_file, from_file: OnceLock::new() }
    }

    fn file_names(&self) -> &[String] {
        self.from_file.get_or_init(|| {
            self.env_file.as_deref().map(org_login::env_file_names).unwrap_or_default()
        })
    }
}

impl EnvironmentNames for Names {
    fn knows(&self, name: &str) -> bool {
        std::env::var_os(name).is_some() || self.file_names().iter().any(|known| known == name)
    }

    /// The names of the `.env` file, which are the project's; the process's are the machine's, and
    /// too many to choose from.
    fn names(&self) -> Vec<String> {
        let mut names = self.file_names().to_vec();
        names.sort();
        names.dedup();
        names
    }
}

/// The `.env` file that counts for an org file: beside the project file that governs it, else in
/// the workspace folder, else beside the org file (PRODUCT 1.3). It need not exist.
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
