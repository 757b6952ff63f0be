//! What links may do on the way to a file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cap_fs_ext::{DirExt, FollowSymlinks};
use cap_std::ambient_authority;
use cap_std::fs::Dir;

use crate::FileError;
use crate::error::is_loop;

/// What links may do on the way to a file. A folder that is named here may itself be a link, or
/// below one: whoever opened the folder opened it so.
#[derive(Clone, Copy, Debug)]
pub enum Links<'a> {
    /// They are followed: a person named this very path, or the folder is the user's own.
    Follow,
    /// They are followed as long as they stay below the folder, which the file is below.
    Within(&'a Path),
    /// Nothing below the folder may be one, neither the file nor a folder on the way to it.
    NoneBelow(&'a Path),
}

/// A file as a name in an opened folder; nothing that happens to the folder's path changes it.
pub(crate) struct Spot {
    /// The folder.
    pub(crate) folder: Arc<Dir>,
    /// The file's name there, or its way from there when links are followed.
    pub(crate) name: PathBuf,
    /// Whether the name may be a link, and the folders on the way to it.
    pub(crate) follow: FollowSymlinks,
}

impl Spot {
    /// Where reading starts: links that may be followed are not followed yet.
    pub(crate) fn of(path: &Path, root: &Path, may_follow: bool) -> Result<Self, FileError> {
        let below = below(path, root)?;
        let folder = open_root(root)?;
        if may_follow {
            return Self::within(path, root, &Arc::new(folder));
        }
        let (folder, name) = descend(folder, below).map_err(|error| match error {
            FileError::LeadsOut(_) => FileError::LeadsOut(root.to_owned()),
            error => error,
        })?;
        Ok(Self { folder: Arc::new(folder), name: name.into(), follow: FollowSymlinks::No })
    }

    /// Where reading starts when `folder` is `root`, opened, and links may be followed below it.
    pub(crate) fn within(path: &Path, root: &Path, folder: &Arc<Dir>) -> Result<Self, FileError> {
        let name = below(path, root)?.to_owned();
        if name.as_os_str().is_empty() {
            return Err(FileError::Folder);
        }
        Ok(Self { folder: Arc::clone(folder), name, follow: FollowSymlinks::Yes })
    }

    /// Where writing takes place: the folder that holds the file itself, with every link that may be
    /// followed behind us.
    pub(crate) fn of_target(path: &Path, links: Links<'_>) -> Result<Self, FileError> {
        match links {
            Links::NoneBelow(root) => Self::of(path, root, false),
            Links::Follow => {
                let real = real_path(path)?;
                let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
                    return Err(FileError::Folder);
                };
                let folder = Arc::new(Dir::open_ambient_dir(parent, ambient_authority())?);
                Ok(Self { folder, name: name.into(), follow: FollowSymlinks::No })
            }
            Links::Within(root) => {
                // Looked up outside of the opened folder, then gone to without any link.
                below(path, root)?;
                let (real, real_root) = (real_path(path)?, real_path(root)?);
                if !real.starts_with(&real_root) {
                    return Err(FileError::LeadsOut(root.to_owned()));
                }
                Self::of(&real, &real_root, false)
            }
        }
    }
}

/// The way from the folder to what is below it, as the paths say.
fn below<'a>(path: &'a Path, root: &Path) -> Result<&'a Path, FileError> {
    path.strip_prefix(root).map_err(|_| FileError::LeadsOut(root.to_owned()))
}

/// Opens a folder that a person, or the user's editor, has named; links on the way to it are followed.
pub(crate) fn open_root(root: &Path) -> Result<Dir, FileError> {
    let named = if root.as_os_str().is_empty() { Path::new(".") } else { root };
    Ok(Dir::open_ambient_dir(named, ambient_authority())?)
}

/// The path without links. The last part need not exist; a link without a target is an error.
pub(crate) fn real_path(path: &Path) -> Result<PathBuf, FileError> {
    match path.canonicalize() {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if path.is_symlink() {
                return Err(FileError::DanglingLink);
            }
            let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
                return Err(FileError::NotFound);
            };
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            Ok(parent.canonicalize()?.join(name))
        }
        Err(error) => Err(error.into()),
    }
}

/// Goes down without following a link; the last part is left to whoever opens it.
fn descend(mut folder: Dir, below: &Path) -> Result<(Dir, &OsStr), FileError> {
    let mut parts = below.components().peekable();
    while let Some(part) = parts.next() {
        let std::path::Component::Normal(name) = part else {
            // The caller knows the folder's path.
            return Err(FileError::LeadsOut(PathBuf::new()));
        };
        if parts.peek().is_none() {
            return Ok((folder, name));
        }
        folder = match folder.open_dir_nofollow(name) {
            Ok(next) => next,
            Err(error) => {
                let is_link = folder.symlink_metadata(name).is_ok_and(|found| found.is_symlink());
                return Err(if is_link || is_loop(&error) {
                    FileError::Link
                } else {
                    error.into()
                });
            }
        };
    }
    Err(FileError::Folder)
}
