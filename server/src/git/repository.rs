//! Where a repository keeps its things.

use std::path::{Path, PathBuf};

use org_files::{Links, MIB};

use super::{GitProblem, index};

/// Bytes of the largest index that is read; that of a repository with a million files has 100 MiB.
const LARGEST_INDEX: u64 = 512 * MIB;

/// A repository with a work tree.
#[derive(Debug)]
pub(super) struct Repository {
    /// The folder with `.git` in it.
    pub(super) root: PathBuf,
    /// Where the index is. In a linked work tree and in a submodule it is not `.git` itself.
    git_dir: PathBuf,
    /// Where `info/exclude` and the configuration are.
    pub(super) common_dir: PathBuf,
}

impl Repository {
    /// The repositories that may have the file in their work tree, the nearest first: up to the first
    /// that git would take for one. A `.git` that is none to git, such as an empty folder, may become
    /// one.
    pub(super) fn all_above(file: &Path) -> Vec<Repository> {
        let mut all = Vec::new();
        for folder in file.parent().into_iter().flat_map(Path::ancestors) {
            if let Some(repository) = Repository::at(folder) {
                let is_real = repository.is_real();
                all.push(repository);
                if is_real {
                    break;
                }
            }
        }
        all
    }

    /// The one that somebody may make of a folder later.
    pub(super) fn to_come(root: &Path) -> Repository {
        let git_dir = root.join(".git");
        Repository { root: root.to_owned(), common_dir: git_dir.clone(), git_dir }
    }

    /// Whether git would take it for a repository.
    fn is_real(&self) -> bool {
        org_files::is_there(&self.git_dir.join("HEAD"))
            && org_files::is_folder(&self.common_dir.join("objects"))
            && org_files::is_folder(&self.common_dir.join("refs"))
    }

    fn at(root: &Path) -> Option<Repository> {
        let dot_git = root.join(".git");
        let git_dir = if org_files::is_folder(&dot_git) {
            dot_git
        } else {
            // A work tree or submodule: one line says where its folder is.
            let text = read_line(&dot_git)?;
            root.join(text.strip_prefix("gitdir:")?.trim())
        };
        let common_dir = match read_line(&git_dir.join("commondir")) {
            Some(line) => git_dir.join(line.trim()),
            None => git_dir.clone(),
        };
        Some(Repository { root: root.to_owned(), git_dir, common_dir })
    }

    /// Fails where git tracks `file`, or where that cannot be told.
    pub(super) fn refuse_tracked(&self, file: &Path) -> Result<(), GitProblem> {
        let index = self.git_dir.join("index");
        let unknown = |index: &Path, reason: String| GitProblem::UnknownIndex {
            file: file.to_owned(),
            index: index.to_owned(),
            reason,
        };
        let Ok(below) = file.strip_prefix(&self.root) else { return Ok(()) };
        let parts: Vec<&[u8]> = below.iter().map(|part| part.as_encoded_bytes()).collect();
        let name = parts.join(&b'/');
        let mut next = Some(index);
        while let Some(path) = next.take() {
            let bytes = match org_files::read(&path, Links::Follow, LARGEST_INDEX) {
                Ok(bytes) => bytes,
                // Nothing was ever added.
                Err(error) if error.is_not_found() => return Ok(()),
                Err(error) => return Err(unknown(&path, error.to_string())),
            };
            let found = index::look_up(&bytes, &name)
                .ok_or_else(|| unknown(&path, "it is in no format that is known".to_owned()))?;
            if found.is_tracked {
                return Err(GitProblem::Tracked(file.to_owned()));
            }
            // What it takes out of the index that it shares with others counts as tracked, too.
            next = found.shared.map(|id| self.git_dir.join(format!("sharedindex.{id}")));
        }
        Ok(())
    }
}

fn read_line(path: &Path) -> Option<String> {
    let text = org_files::read_text(path, Links::Follow, 4096).ok()?;
    Some(text.lines().next()?.to_owned())
}
