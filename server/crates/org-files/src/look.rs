//! Looking at what is there, without opening it.

use std::path::{Path, PathBuf};

use crate::FileError;
use crate::links::real_path;

/// What is at a path.
#[derive(Debug)]
pub enum Found {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// Neither; says what.
    Other(FileError),
}

/// What is at `path`, links followed.
///
/// # Errors
/// There is nothing, or a link leads nowhere or in a circle, or it cannot be seen.
pub fn look_at(path: &Path) -> Result<Found, FileError> {
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) => cap_std::fs::Metadata::from_just_metadata(metadata),
        Err(error) => {
            return Err(match FileError::from(error) {
                FileError::NotFound if path.is_symlink() => FileError::DanglingLink,
                error => error,
            });
        }
    };
    Ok(match FileError::of_kind(&metadata) {
        None => Found::File,
        Some(FileError::Folder) => Found::Folder,
        Some(other) => Found::Other(other),
    })
}

/// Whether something of that name is there, and be it a link that leads nowhere.
pub fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether it is a link, wherever that leads.
pub fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// Whether it is a folder, links followed.
pub fn is_folder(path: &Path) -> bool {
    matches!(look_at(path), Ok(Found::Folder))
}

/// The path as the system spells it, without links and `..`.
///
/// # Errors
/// There is nothing, a link leads nowhere or in a circle, or a folder on the way cannot be seen.
pub fn without_links(path: &Path) -> Result<PathBuf, FileError> {
    look_at(path)?;
    real_path(path)
}

/// The names of what is in a folder, in no order; none when it cannot be read.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).collect()
}

/// The number of the user who owns a file; of a link itself, and not of its target. Nothing where
/// there is nothing, or where the system has no such numbers.
pub fn owner_of_file(path: &Path) -> Option<u32> {
    path.symlink_metadata().ok().and_then(|metadata| owner(&metadata))
}

/// The number of the user who owns a folder, links followed; as [`owner_of_file`].
pub fn owner_of_folder(path: &Path) -> Option<u32> {
    path.metadata().ok().and_then(|metadata| owner(&metadata))
}

fn owner(metadata: &std::fs::Metadata) -> Option<u32> {
    #[cfg(unix)]
    {
        Some(std::os::unix::fs::MetadataExt::uid(metadata))
    }
    #[cfg(not(unix))]
    {
        let _ = metadata;
        None
    }
}
