//! From the paths that a command is given to the files that it reads.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use org_files::FileError;
use org_ide::FileKind;
use org_project::OpenFolder;
use org_text::Foreign;

use super::place::Place;
use super::{Inputs, design_studio, shown_path};
use crate::cli::CannotRun;

/// What a command looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Org and project files.
    Ours,
    /// The same, for the orgs: with a project file those of that project.
    Orgs,
    /// Org and project files, and the projects that Design Studio itself keeps.
    DesignStudioToo,
    /// The same, for the orgs.
    EveryOrg,
}

impl Wanted {
    fn takes_project_for_orgs(self) -> bool {
        matches!(self, Self::Orgs | Self::EveryOrg)
    }

    fn takes_design_studio(self) -> bool {
        matches!(self, Self::DesignStudioToo | Self::EveryOrg)
    }
}

impl Inputs {
    /// Finds what a path stands for: a file, a folder with everything below, a project.
    pub(super) fn collect(
        &mut self,
        path: &Path,
        found: &mut Vec<Place>,
        design_studio: &mut Vec<design_studio::Found>,
        wanted: Wanted,
        walk: &mut impl FnMut(&Path) -> org_project::Found,
    ) -> Result<(), CannotRun> {
        let shown = path.display().to_string();
        let shown = Foreign(&shown);
        let cannot_read = |error: FileError| match error {
            FileError::NotFound => CannotRun(format!("no such file or folder: {shown}")),
            error => CannotRun(format!("{shown} cannot be read: {error}")),
        };
        let there = org_files::look_at(path).map_err(cannot_read)?;
        let absolute = plain(path).map_err(cannot_read)?;
        let kind = org_project::kind_of(&absolute);
        if wanted.takes_project_for_orgs()
            && kind == Some(FileKind::Project)
            && !matches!(there, org_files::Found::Folder)
        {
            return self.collect_project(path, &absolute, found, walk);
        }
        if matches!(there, org_files::Found::Folder) {
            if kind.is_some() {
                self.problems.push(format!("{shown} cannot be read: {}", FileError::Folder));
            }
            let walked = walk(path);
            self.has_design_studio |= !walked.design_studio.is_empty();
            self.problems.extend(walked.problems.iter().map(ToString::to_string));
            self.left_out.extend(walked.left_out.iter().map(|link| shown_path(link)));
            let folder = match walked.files.is_empty() {
                true => None,
                false => Some(Arc::new(OpenFolder::open(&absolute).map_err(cannot_read)?)),
            };
            for file in walked.files {
                let below = file.strip_prefix(path).unwrap_or(&file);
                let (path, shown) = (absolute.join(below), shown_path(&file));
                found.push(Place { path, shown, folder: folder.clone() });
            }
            for place in walked.design_studio.iter().filter(|_| wanted.takes_design_studio()) {
                let below = place.path().strip_prefix(path).unwrap_or(place.path());
                let absolute_place = place.with_path(absolute.join(below).components().collect());
                design_studio.push(design_studio::Found::below(
                    &absolute,
                    place.path(),
                    &absolute_place,
                ));
            }
            self.walked.push(absolute.clone());
            self.folders.push(absolute);
        } else if wanted.takes_design_studio()
            && let Some(project) = design_studio::Found::named(path, &absolute)
        {
            design_studio.push(project);
        } else if kind.is_some() {
            let folder = absolute.parent().map(Path::to_owned);
            self.folders.extend(folder.filter(|folder| !self.folders.contains(folder)));
            found.push(Place { path: absolute, shown: shown_path(path), folder: None });
        } else {
            return Err(CannotRun(format!(
                "{shown} is neither an org file (its name ends in {}) nor a {}",
                FileKind::ORG_FILE_SUFFIX,
                FileKind::PROJECT_FILE_NAME
            )));
        }
        Ok(())
    }
}

/// Absolute and without `.` and `..` parts, so that one file has one identifier. Links stay: a file is
/// known by the path that it is named by.
fn plain(path: &Path) -> Result<PathBuf, FileError> {
    let absolute: PathBuf = std::path::absolute(path)?.components().collect();
    if !absolute.components().any(|part| part == Component::ParentDir) {
        return Ok(absolute);
    }
    // Behind a link `..` leads elsewhere than the text says.
    match (absolute.parent(), absolute.file_name()) {
        (Some(folder), Some(name)) => Ok(org_files::without_links(folder)?.join(name)),
        _ => org_files::without_links(&absolute),
    }
}
