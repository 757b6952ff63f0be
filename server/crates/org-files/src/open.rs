//! Opening a file for reading, checked.

use std::io;
use std::path::Path;

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{File, Metadata, OpenOptions};

use crate::error::is_loop;
use crate::links::Spot;
use crate::{FileError, Links};

/// Opens a regular file, never waiting for anybody, and says what is known of it.
pub(crate) fn open(path: &Path, links: Links<'_>) -> Result<(File, Metadata), FileError> {
    match links {
        Links::Follow => open_named(path),
        Links::NoneBelow(root) => open_at(&Spot::of(path, root, false)?, root),
        Links::Within(root) => open_within(path, root, &Spot::of(path, root, true)?),
    }
}

/// Opens what is at the spot, which stands for `path` below `root`; links are followed below it.
pub(crate) fn open_within(
    path: &Path,
    root: &Path,
    spot: &Spot,
) -> Result<(File, Metadata), FileError> {
    match open_at(spot, root) {
        // A link that is written as an absolute path may still lead to a place in the folder.
        Err(FileError::LeadsOut(_)) => match Spot::of_target(path, Links::Within(root)) {
            Ok(spot) => open_at(&spot, root),
            // Where it leads to outside is nobody's business.
            Err(_) => Err(FileError::LeadsOut(root.to_owned())),
        },
        opened => opened,
    }
}

fn options(follow: FollowSymlinks) -> OpenOptions {
    let mut options = OpenOptions::new();
    // A named pipe that nobody writes to would hold up whoever opens it.
    options.read(true).nonblock(true);
    options.follow(follow);
    options
}

fn open_named(path: &Path) -> Result<(File, Metadata), FileError> {
    let looked_at = std::fs::metadata(path).map(Metadata::from_just_metadata);
    let opened = looked_at.map_err(FileError::from).and_then(|metadata| {
        // Not even opened: some devices do something then.
        FileError::of_kind(&metadata).map_or(Ok(()), Err)?;
        let options = options(FollowSymlinks::Yes);
        Ok(File::open_ambient_with(path, &options, ambient_authority())?)
    });
    match opened {
        Err(FileError::NotFound) if path.is_symlink() => Err(FileError::DanglingLink),
        Err(error) => Err(error),
        Ok(file) => checked(file),
    }
}

/// Opens what is at the spot, and says what is known of it. It is looked at only where that fails: those who
/// open ten thousand files wait for the system half as long. A device would be opened before it is refused, but
/// nobody makes one in a folder who could not use it without us.
pub(crate) fn open_at(spot: &Spot, root: &Path) -> Result<(File, Metadata), FileError> {
    match spot.folder.open_with(&spot.name, &options(spot.follow)) {
        Ok(file) => checked(file),
        Err(error) => Err(why_not_opened(error, spot, root)),
    }
}

/// Some of what is no file cannot even be opened: a socket.
fn why_not_opened(error: io::Error, spot: &Spot, root: &Path) -> FileError {
    let Spot { folder, name, follow } = spot;
    let looked_at = match follow {
        FollowSymlinks::Yes => folder.metadata(name),
        FollowSymlinks::No => folder.symlink_metadata(name),
    };
    match looked_at {
        Ok(metadata) => {
            FileError::of_kind(&metadata).unwrap_or_else(|| explained(error, spot, root))
        }
        Err(error) => explained(error, spot, root),
    }
}

/// Between looking and opening it may have become another file.
fn checked(file: File) -> Result<(File, Metadata), FileError> {
    let metadata = file.metadata()?;
    match FileError::of_kind(&metadata) {
        Some(error) => Err(error),
        None => Ok((file, metadata)),
    }
}

fn explained(error: io::Error, spot: &Spot, root: &Path) -> FileError {
    // The sandbox says that a way leads out of it with an error of its own.
    if error.kind() == io::ErrorKind::PermissionDenied && error.raw_os_error().is_none() {
        return FileError::LeadsOut(root.to_owned());
    }
    if is_loop(&error) && spot.follow == FollowSymlinks::No {
        return FileError::Link;
    }
    let is_link = || spot.folder.symlink_metadata(&spot.name).is_ok_and(|found| found.is_symlink());
    if error.kind() == io::ErrorKind::NotFound && is_link() {
        return FileError::DanglingLink;
    }
    error.into()
}
