//! Finding org and project files below a folder.

use std::path::{Path, PathBuf, is_separator};
use std::sync::Mutex;

use ignore::{DirEntry, WalkBuilder, WalkState};
use org_files::FileError;

use crate::design_studio::DesignStudioPlace;
use crate::files::kind_of;

/// Folders in which nobody keeps org files: version control's own, and dependencies.
const SKIPPED_FOLDERS: [&str; 2] = [".git", "node_modules"];

/// Everything of a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Org and project files, sorted; each path begins with the folder that was walked.
    pub files: Vec<PathBuf>,
    /// Places where a Design Studio project may be, sorted; whether one is there is told by what is in it.
    pub design_studio: Vec<DesignStudioPlace>,
    /// Links to folders, and links that are named like org or project files, that lead out of the
    /// folder; sorted. They are left out.
    pub left_out: Vec<PathBuf>,
    /// Places that could not be looked at, sorted by their path.
    pub problems: Vec<WalkProblem>,
}

/// A place that could not be looked at, in words for people.
#[derive(Debug, thiserror::Error)]
pub enum WalkProblem {
    /// A folder that cannot be looked into, or something that is named like an org or project file
    /// and is none.
    #[error("{} cannot be read: {error}", shown(.path))]
    Unreadable {
        /// Where it is.
        path: PathBuf,
        /// What it is.
        error: FileError,
    },
    /// Files are known by their path as text, and this one has none.
    #[error("{}: its path is not UTF-8; rename it, then it is looked at", shown(.0))]
    NotUtf8(PathBuf),
}

/// As findings show it: `./a` as `a`.
fn shown(path: &Path) -> std::path::Display<'_> {
    let below = path.strip_prefix(".").ok().filter(|below| !below.as_os_str().is_empty());
    below.unwrap_or(path).display()
}

impl WalkProblem {
    fn path(&self) -> &Path {
        match self {
            Self::Unreadable { path, .. } | Self::NotUtf8(path) => path,
        }
    }
}

/// Finds the org and project files below `root`. Ignore files are not honoured (forgotten secrets
/// hide behind them). Links to folders are not followed, so nothing is walked twice; a link to a file
/// that is not walked anyway is found under the link's name. What leads out of `root` is left out.
/// `root` itself may be a link.
pub fn walk(root: &Path) -> Found {
    walk_giving_way(root, &|| {})
}

/// As [`walk`], in the background of something: `give_way` is called before each entry, on several threads, and
/// returns when the walk may go on.
pub fn walk_giving_way(root: &Path, give_way: &(dyn Fn() + Sync)) -> Found {
    let found = Mutex::new(Found::default());
    let real_root = match org_files::without_links(root) {
        Ok(real_root) => real_root,
        Err(error) => {
            let problems = vec![WalkProblem::Unreadable { path: root.to_owned(), error }];
            return Found { problems, ..Found::default() };
        }
    };
    let walker = WalkBuilder::new(&real_root)
        .standard_filters(false)
        .hidden(false)
        .follow_links(false)
        .filter_entry(|entry| {
            let is_skipped = SKIPPED_FOLDERS.iter().any(|folder| entry.file_name() == *folder);
            entry.depth() == 0 || !is_skipped
        })
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            give_way();
            let seen = match entry {
                Ok(entry) => see(&entry, &real_root),
                Err(error) => Some(Seen::Problem(unreadable(error, &real_root))),
            };
            let (Some(seen), Ok(mut found)) = (seen, found.lock()) else {
                return WalkState::Continue;
            };
            found.take(seen, root, &real_root);
            WalkState::Continue
        })
    });
    let mut found = found.into_inner().unwrap_or_default();
    found.files.sort_by(|a, b| part_by_part(a).cmp(part_by_part(b)));
    found.design_studio.sort();
    found.left_out.sort();
    found.problems.sort_by(|a, b| a.path().cmp(b.path()));
    found
}

/// Compares as a path does, in a tenth of the time; of paths with one separator between two parts.
fn part_by_part(path: &Path) -> impl Iterator<Item = u8> {
    let bytes = path.as_os_str().as_encoded_bytes().iter().copied();
    bytes.map(|byte| if is_separator(char::from(byte)) { 0 } else { byte })
}

/// What is said about one entry; the paths begin with the real root.
enum Seen {
    File(PathBuf),
    DesignStudio(DesignStudioPlace),
    LeadsOut(PathBuf),
    Problem(WalkProblem),
}

impl Found {
    /// The folders in which a Design Studio project may be, as identifiers. Jitterpaks are not among them:
    /// what is in one cannot be opened with an editor.
    pub fn design_studio_folders(&self) -> impl Iterator<Item = String> + '_ {
        let places = self.design_studio.iter();
        let folders = places.filter(|place| matches!(place, DesignStudioPlace::Folder(_)));
        folders.map(|place| crate::id_of_path(place.path()))
    }

    fn take(&mut self, seen: Seen, root: &Path, real_root: &Path) {
        let as_named = |path: &Path| match path.strip_prefix(real_root) {
            // With nothing behind it the path would end in a separator.
            Ok(below) if below.as_os_str().is_empty() => root.to_owned(),
            Ok(below) => root.join(below),
            Err(_) => path.to_owned(),
        };
        match seen {
            Seen::File(path)
                if path.strip_prefix(real_root).unwrap_or(&path).to_str().is_none() =>
            {
                self.problems.push(WalkProblem::NotUtf8(as_named(&path)));
            }
            Seen::File(path) => self.files.push(as_named(&path)),
            // One whose path is no text has no name that could be told; its files would not either.
            Seen::DesignStudio(place) if place.path().to_str().is_none() => {}
            Seen::DesignStudio(place) => {
                let path = as_named(place.path());
                self.design_studio.push(place.with_path(path));
            }
            Seen::LeadsOut(path) => self.left_out.push(as_named(&path)),
            Seen::Problem(WalkProblem::Unreadable { path, error }) => {
                self.problems.push(WalkProblem::Unreadable { path: as_named(&path), error });
            }
            Seen::Problem(problem @ WalkProblem::NotUtf8(_)) => self.problems.push(problem),
        }
    }
}

/// An error of the walk, with the place that it is about.
fn unreadable(error: ignore::Error, root: &Path) -> WalkProblem {
    let path = path_of(&error).unwrap_or(root).to_owned();
    let text = error.to_string();
    let error = error.into_io_error().unwrap_or_else(|| std::io::Error::other(text));
    WalkProblem::Unreadable { path, error: error.into() }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

fn see(entry: &DirEntry, root: &Path) -> Option<Seen> {
    let path = entry.path();
    let is_named_like_ours = kind_of(path).is_some();
    if entry.path_is_symlink() && entry.depth() > 0 {
        return see_link(path, root, is_named_like_ours);
    }
    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
    if is_file
        && entry.depth() > 0
        && let Some(place) = DesignStudioPlace::of_file(path)
    {
        return Some(Seen::DesignStudio(place));
    }
    if !is_named_like_ours || entry.depth() == 0 {
        return None;
    }
    if is_file {
        return Some(Seen::File(path.to_owned()));
    }
    let error = match org_files::look_at(path) {
        Ok(org_files::Found::Other(error)) | Err(error) => error,
        Ok(org_files::Found::Folder) => FileError::Folder,
        // It has become a file meanwhile.
        Ok(org_files::Found::File) => return Some(Seen::File(path.to_owned())),
    };
    Some(Seen::Problem(WalkProblem::Unreadable { path: path.to_owned(), error }))
}

fn see_link(path: &Path, root: &Path, is_named_like_ours: bool) -> Option<Seen> {
    let problem = |error| Seen::Problem(WalkProblem::Unreadable { path: path.to_owned(), error });
    let target = match org_files::without_links(path) {
        Ok(target) => target,
        // Emacs locks a file with a link without a target that is named like it.
        Err(FileError::DanglingLink) if is_lock_of_emacs(path) => return None,
        Err(error) => return is_named_like_ours.then(|| problem(error)),
    };
    let is_folder = org_files::is_folder(&target);
    if !target.starts_with(root) {
        return (is_folder || is_named_like_ours).then(|| Seen::LeadsOut(path.to_owned()));
    }
    if !is_named_like_ours {
        return None;
    }
    match org_files::look_at(&target) {
        Ok(org_files::Found::Folder) => Some(problem(FileError::Folder)),
        Ok(org_files::Found::Other(error)) | Err(error) => Some(problem(error)),
        Ok(org_files::Found::File) => {
            let is_walked_anyway = kind_of(&target).is_some() && is_walked(root, &target);
            (!is_walked_anyway).then(|| Seen::File(path.to_owned()))
        }
    }
}

fn is_lock_of_emacs(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".#"))
}

/// Whether [`walk`] looks into every folder between `root` and `path`, which is below it. Links are
/// not looked at.
pub fn is_walked(root: &Path, path: &Path) -> bool {
    let folders = path.strip_prefix(root).ok().and_then(Path::parent);
    folders.is_some_and(|folders| {
        folders.iter().all(|part| SKIPPED_FOLDERS.iter().all(|skipped| part != *skipped))
    })
}

#[cfg(test)]
mod tests;
