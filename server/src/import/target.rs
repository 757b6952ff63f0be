//! Where the org files of an import go, and what is there.

use std::path::{Component, Path, PathBuf};

use org_files::{FileError, Found, Links};
use org_ide::FileKind;
use org_import::{Existing, ExistingOrg, ExistingProject};

/// The folder that org files go to when nobody says another one.
pub const DEFAULT_FOLDER: &str = "orgs";

/// The folder of an import.
#[derive(Debug)]
pub struct Target {
    /// The folder, absolute. It need not exist.
    pub folder: PathBuf,
    /// The folder as people see it.
    pub shown: String,
    /// What is there.
    pub existing: Existing,
    /// The `.env` file that the new org files will look into.
    pub env_file: PathBuf,
    /// The folder of the project file, there or to be made.
    project_folder: PathBuf,
    /// The folder in which a Design Studio project must be that the project file links to.
    workspace: PathBuf,
}

/// Why nothing can be imported to a folder; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// It is something else than a folder, or cannot be looked at.
    #[error("org files cannot go to {0}: {1}")]
    Folder(String, FileError),
    /// It is a file.
    #[error("{0} is a file: name a folder that org files can go to")]
    File(String),
    /// Org files below it cannot be read, so it cannot be told which orgs are there.
    #[error("{0}, so sforg cannot tell which orgs are there already: fix that first")]
    Unreadable(String),
}

impl Target {
    /// Looks at the folder. `workspace` are the folders that a person has opened in an editor.
    ///
    /// # Errors
    /// It is no folder, or what is in it cannot be told.
    pub fn look_at(
        folder: &Path,
        shown: String,
        workspace: &[PathBuf],
    ) -> Result<Self, TargetError> {
        Self::look(folder, None, shown, workspace)
    }

    /// As [`Target::look_at`], for one new org: where no project file governs the folder, one is made in
    /// `home`, and what cannot be read is passed over.
    ///
    /// # Errors
    /// It is no folder.
    pub fn look_around(
        folder: &Path,
        home: &Path,
        shown: String,
        workspace: &[PathBuf],
    ) -> Result<Self, TargetError> {
        Self::look(folder, Some(home), shown, workspace)
    }

    fn look(
        folder: &Path,
        home: Option<&Path>,
        shown: String,
        workspace: &[PathBuf],
    ) -> Result<Self, TargetError> {
        let unusable = |error| TargetError::Folder(shown.clone(), error);
        let folder = absolute(folder).map_err(unusable)?;
        match org_files::look_at(&folder) {
            Ok(Found::Folder) => {}
            Ok(Found::File) => return Err(TargetError::File(shown)),
            Ok(Found::Other(error)) => return Err(unusable(error)),
            Err(FileError::NotFound) => {}
            Err(error) => return Err(unusable(error)),
        }
        let inside = folder.join("org.sforg.json");
        let project_file = org_project::project_file_above(&inside, workspace);
        let governing = project_file.as_deref().and_then(Path::parent);
        let project_folder = governing.or(home).unwrap_or(&folder).to_owned();
        let mut existing = Existing::default();
        if let Some(file) = &project_file {
            let label = shown_path(file, &folder, &shown);
            existing.project = match project(file, label.clone()) {
                Ok(project) => Some(project),
                Err(_) if home.is_some() => Some(ExistingProject { label, ..Default::default() }),
                Err(error) => return Err(error),
            };
        }
        let is_strict = home.is_none();
        for file in org_files_of(&project_folder, workspace, is_strict)? {
            let shown = shown_path(&file, &folder, &shown);
            match org(&file, shown, &project_folder) {
                Ok(org) => existing.orgs.push(org),
                Err(_) if !is_strict => {}
                Err(error) => return Err(error),
            }
        }
        let names = org_files::entries(&folder).into_iter();
        existing.entries = names
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().to_lowercase()))
            .collect();
        let env_file = project_folder.join(".env");
        let workspace = around(&folder, workspace);
        Ok(Self { folder, shown, existing, env_file, project_folder, workspace })
    }

    /// Where something on the disk is, as the project file writes it: `/` between the parts, seen from
    /// its folder. `None` when it is outside of the workspace.
    pub fn link_to(&self, path: &Path) -> Option<String> {
        let path = org_files::without_links(path).ok()?;
        let workspace = org_files::without_links(&self.workspace).ok()?;
        if !path.starts_with(&workspace) {
            return None;
        }
        // The folder need not exist yet.
        let from = self.project_folder.ancestors().find_map(|above| {
            let real = org_files::without_links(above).ok()?;
            Some(real.join(self.project_folder.strip_prefix(above).ok()?))
        })?;
        relative(&from, &path)
    }

    /// The folder of the project file, there or to be made.
    pub fn project_folder(&self) -> &Path {
        &self.project_folder
    }

    /// The folder that a new file of a kind goes to.
    pub fn folder_of(&self, kind: FileKind) -> &Path {
        if kind == FileKind::Project { &self.project_folder } else { &self.folder }
    }

    /// The workspace as messages name it.
    pub fn workspace(&self) -> &Path {
        &self.workspace
    }

    /// A path as people see it: in the words in which they named the folder, else from the working
    /// directory.
    pub fn shown_path(&self, path: &Path) -> String {
        shown_path(path, &self.folder, &self.shown)
    }

    /// A file of the folder as people see it.
    pub fn shown_file(&self, name: &str) -> String {
        Path::new(&self.shown).join(name).display().to_string()
    }
}

fn shown_path(path: &Path, folder: &Path, shown: &str) -> String {
    if let Ok(below) = path.strip_prefix(folder) {
        return Path::new(shown).join(below).display().to_string();
    }
    let here = std::env::current_dir().ok();
    let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    below.unwrap_or(path).display().to_string()
}

fn absolute(path: &Path) -> Result<PathBuf, FileError> {
    let absolute: PathBuf = std::path::absolute(path)?.components().collect();
    if absolute.components().any(|part| part == Component::ParentDir) {
        // Behind a link `..` leads elsewhere than the text says.
        return org_files::without_links(&absolute);
    }
    Ok(absolute)
}

fn project(file: &Path, shown: String) -> Result<ExistingProject, TargetError> {
    let links = Links::Within(file.parent().unwrap_or(Path::new("")));
    match org_project::read(file, links) {
        Ok(document) => Ok(ExistingProject::of(shown, &document)),
        Err(error) => Err(TargetError::Unreadable(format!("{shown} cannot be read: {error}"))),
    }
}

/// The org files of a project: those below its folder that no nearer project file governs.
fn org_files_of(
    folder: &Path,
    workspace: &[PathBuf],
    is_strict: bool,
) -> Result<Vec<PathBuf>, TargetError> {
    if !org_files::is_folder(folder) {
        return Ok(Vec::new());
    }
    let walked = org_project::walk(folder);
    if let Some(problem) = walked.problems.first().filter(|_| is_strict) {
        return Err(TargetError::Unreadable(problem.to_string()));
    }
    let own = folder.join(FileKind::PROJECT_FILE_NAME);
    let is_own = |file: &PathBuf| {
        let governing = org_project::project_file_above(file, workspace);
        org_project::kind_of(file) == Some(FileKind::Org)
            && governing.is_none_or(|governing| governing == own)
    };
    Ok(walked.files.into_iter().filter(is_own).collect())
}

fn org(file: &Path, shown: String, root: &Path) -> Result<ExistingOrg, TargetError> {
    let document = org_project::read(file, Links::Within(root))
        .map_err(|error| TargetError::Unreadable(format!("{shown} cannot be read: {error}")))?;
    Ok(ExistingOrg::of(shown, &document))
}

/// What counts as the workspace of a folder: the one that is opened around it, else its repository, else
/// the working directory around it, else the folder itself.
fn around(folder: &Path, workspace: &[PathBuf]) -> PathBuf {
    let opened = workspace.iter().filter(|opened| folder.starts_with(opened));
    if let Some(opened) = opened.min_by_key(|opened| opened.components().count()) {
        return opened.clone();
    }
    repository_or_here(folder).unwrap_or_else(|| folder.to_owned())
}

/// What counts as the workspace of a folder where none is opened: its repository, else the working directory
/// around it.
pub fn repository_or_here(folder: &Path) -> Option<PathBuf> {
    let here = || std::env::current_dir().ok().filter(|here| folder.starts_with(here));
    org_project::repository_around(folder).or_else(here)
}

/// The way from a folder to a path; both absolute and without links.
fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - same).map(str::to_owned);
    let down = to.get(same..)?.iter().map(|part| part.as_os_str().to_str().map(str::to_owned));
    let parts: Option<Vec<String>> = up.map(Some).chain(down).collect();
    parts.map(|parts| parts.join("/")).filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_lead_up_and_down() {
        let way = |from: &str, to: &str| relative(Path::new(from), Path::new(to));
        assert_eq!(way("/w/orgs", "/w/Acme orders").as_deref(), Some("../Acme orders"));
        assert_eq!(way("/w", "/w/a/b.jpk").as_deref(), Some("a/b.jpk"));
        assert_eq!(way("/w/a/b", "/w/c").as_deref(), Some("../../c"));
        assert_eq!(way("/w", "/w"), None);
    }
}
