//! A project that is named by its file.

use std::path::{Path, PathBuf};

use org_ide::FileKind;

use super::collect::Wanted;
use super::place::Place;
use super::{Input, Inputs};
use crate::cli::CannotRun;

impl Inputs {
    /// Takes the project file and the orgs that it governs; projects in folders below have files of their own.
    pub(super) fn collect_project(
        &mut self,
        path: &Path,
        absolute: &Path,
        found: &mut Vec<Place>,
        walk: &mut impl FnMut(&Path) -> org_project::Found,
    ) -> Result<(), CannotRun> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut below = Vec::new();
        let folder = folder.unwrap_or(Path::new("."));
        self.collect(folder, &mut below, &mut Vec::new(), Wanted::Ours, walk)?;
        let is_governed = |place: &Place| {
            org_project::project_file_above(&place.path, &[]).is_some_and(|it| it == absolute)
        };
        found.extend(below.into_iter().filter(is_governed));
        Ok(())
    }
}

impl Input {
    /// The folder of the project that the file is in, for a command that takes what is below it, too.
    pub fn project_folder(&self) -> Option<PathBuf> {
        let folder = org_project::project_file_above(&self.path, &[])?.parent()?.to_owned();
        let depth = self.path.strip_prefix(&folder).ok()?.components().count();
        let shown = Path::new(&self.shown);
        let shown = shown.ancestors().nth(depth).or_else(|| shown.parent())?;
        Some(if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown.to_owned() })
    }
}

/// The folder of the project that the working directory or another path is in, as people write it here.
pub fn project_folder_above(path: &Path) -> Option<PathBuf> {
    let path = org_files::without_links(path).ok()?;
    // The path itself is a folder as a rule.
    let file = org_project::project_file_above(&path.join(FileKind::PROJECT_FILE_NAME), &[])?;
    let folder = file.parent()?;
    let here = std::env::current_dir().ok().and_then(|here| org_files::without_links(&here).ok());
    Some(here.and_then(|here| seen_from(&here, folder)).unwrap_or_else(|| folder.to_owned()))
}

/// The way from one folder up or down to another.
fn seen_from(here: &Path, folder: &Path) -> Option<PathBuf> {
    if here == folder {
        return Some(PathBuf::from("."));
    }
    if let Ok(below) = folder.strip_prefix(here) {
        return Some(below.to_owned());
    }
    let up = here.strip_prefix(folder).ok()?.components().map(|_| "..");
    Some(up.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_told_as_it_is_seen_from_here() {
        let seen = |folder: &str| {
            seen_from(Path::new("/w/a"), Path::new(folder)).map(|it| it.display().to_string())
        };
        assert_eq!(seen("/w/a").as_deref(), Some("."));
        assert_eq!(seen("/w/a/b/c").as_deref(), Some("b/c"));
        assert_eq!(seen("/w").map(PathBuf::from), Some(PathBuf::from("..")));
        assert_eq!(seen("/").map(PathBuf::from), Some(Path::new("..").join("..")));
        assert_eq!(seen("/w/b"), None);
    }
}
