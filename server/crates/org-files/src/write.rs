//! Changing files: one writer at a time, and a failure leaves the old file.

mod together;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt};
use cap_std::fs::{Metadata, OpenOptions};

use crate::links::Spot;
use crate::lock::lock;
use crate::open::open_at;
use crate::temporary::{self, Temporary};
use crate::{FileError, Links, MIB, private};

pub use together::{Created, TogetherError};

/// Bytes of the largest file that is changed.
const LIMIT: u64 = 16 * MIB;
/// So often a file may be changed by another program between reading and writing it.
const TRIES: usize = 5;

/// Who may read a file that is made new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewFile {
    /// Its owner alone (mode 0600).
    Private,
    /// Whoever may read the files that the user makes.
    Shared,
}

/// Changes files. Writers with the same state folder, in one process or in several, take turns.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    state: Option<PathBuf>,
    /// Whether what is written need not outlive a power cut.
    is_passing: bool,
}

impl Writer {
    /// `state` is the user's state folder, for lock files; it need not exist.
    pub fn new(state: Option<PathBuf>) -> Self {
        Self { state, is_passing: false }
    }

    /// One that does not wait for the disk: what it writes need not outlive a power cut.
    pub fn passing(self) -> Self {
        Self { is_passing: true, ..self }
    }

    /// Changes a file that is there: `change` gets its text and says what it becomes, or `None` to
    /// leave it. It is asked again when another program changes the file meanwhile. Mode and owner
    /// stay. Whether the file was written is returned.
    ///
    /// # Errors
    /// What `change` says; there is no such file, a link leads to where none may lead, or it cannot
    /// be read or written. The file is as it was.
    pub fn update<E: From<FileError>>(
        &self,
        path: &Path,
        links: Links<'_>,
        mut change: impl FnMut(&str) -> Result<Option<String>, E>,
    ) -> Result<bool, E> {
        self.change(path, links, None, |old| match old {
            Some(old) => change(old),
            None => Err(FileError::NotFound.into()),
        })
    }

    /// As [`Writer::update`], also of a file that is not there yet: `change` gets `None` then.
    ///
    /// # Errors
    /// As [`Writer::update`] but for the file that is not there.
    pub fn update_or_create<E: From<FileError>>(
        &self,
        path: &Path,
        links: Links<'_>,
        new: NewFile,
        change: impl FnMut(Option<&str>) -> Result<Option<String>, E>,
    ) -> Result<bool, E> {
        self.change(path, links, Some(new), change)
    }

    /// Makes a file that is not there.
    ///
    /// # Errors
    /// Something of that name exists, or it cannot be written.
    pub fn create(
        &self,
        path: &Path,
        links: Links<'_>,
        new: NewFile,
        text: &str,
    ) -> Result<(), FileError> {
        self.change(path, links, Some(new), |old| match old {
            Some(_) => Err(FileError::Exists),
            None => Ok(Some(text.to_owned())),
        })
        .map(drop)
    }

    /// As [`Writer::update_or_create`], of a file of the user's own that nobody else may read
    /// (mode 0600). Its folder is made (mode 0700).
    ///
    /// # Errors
    /// As [`Writer::update_or_create`], or the folder cannot be made.
    pub fn update_private<E: From<FileError>>(
        &self,
        path: &Path,
        change: impl FnMut(Option<&str>) -> Result<Option<String>, E>,
    ) -> Result<bool, E> {
        let folder = path.parent().unwrap_or(Path::new("."));
        private::make_folder(folder).map_err(FileError::from)?;
        self.change(path, Links::NoneBelow(folder), Some(NewFile::Private), change)
    }

    fn change<E: From<FileError>>(
        &self,
        path: &Path,
        links: Links<'_>,
        new: Option<NewFile>,
        mut change: impl FnMut(Option<&str>) -> Result<Option<String>, E>,
    ) -> Result<bool, E> {
        let spot = Spot::of_target(path, links)?;
        let lock = lock(&spot, path, self.state.as_deref())?;
        temporary::clean(&spot.folder, lock.folder());
        for _ in 0..TRIES {
            let old = match Version::read(&spot, path) {
                Ok(old) => Some(old),
                Err(FileError::NotFound) => None,
                Err(error) => return Err(error.into()),
            };
            let text = old.as_ref().map(|old| old.text.as_str());
            let Some(after) = change(text)?.filter(|after| text != Some(after)) else {
                return Ok(false);
            };
            let written = match (old, new) {
                (Some(old), _) => self.replace(&spot, path, &old, &after),
                (None, Some(new)) => self.put_new(&spot, path, new, &after),
                (None, None) => Err(FileError::NotFound),
            };
            match written {
                Err(FileError::Changed) => {}
                written => return Ok(written.map(|()| true)?),
            }
        }
        Err(FileError::Changed.into())
    }

    /// Puts a new version in the place of the old one, if that is still there.
    fn replace(
        &self,
        spot: &Spot,
        path: &Path,
        old: &Version,
        text: &str,
    ) -> Result<(), FileError> {
        if old.metadata.permissions().readonly() {
            return Err(FileError::ReadOnly);
        }
        let temporary = Temporary::beside(&spot.folder, &spot.name, text.as_bytes())?;
        if !self.is_passing {
            temporary.file().sync_all()?;
        }
        match Version::read(spot, path) {
            Ok(now) if now.text == old.text => {}
            Ok(_) | Err(FileError::NotFound | FileError::NotUtf8) => {
                return Err(FileError::Changed);
            }
            Err(error) => return Err(error),
        }
        // Right before the rename: until then nobody else can read what a crash would leave.
        keep_owner_and_mode(temporary.file(), &old.metadata)?;
        temporary.put_in_place(&spot.name).map_err(|error| match error.kind() {
            // Taken for a left-over between its making and its lock.
            io::ErrorKind::NotFound => FileError::Changed,
            _ => error.into(),
        })?;
        if !self.is_passing {
            sync_folder(spot);
        }
        Ok(())
    }

    /// Takes the name first, with an empty file that shows which mode and group a new file gets here;
    /// its content comes as that of any other file.
    fn put_new(&self, spot: &Spot, path: &Path, new: NewFile, text: &str) -> Result<(), FileError> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true).follow(FollowSymlinks::No);
        if new == NewFile::Private {
            private::set_mode(&mut options);
        }
        match spot.folder.open_with(&spot.name, &options) {
            Ok(reserved) => drop(reserved),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(FileError::Changed);
            }
            Err(error) => return Err(error.into()),
        }
        let empty = Version::read(spot, path)?;
        if text.is_empty() {
            return Ok(());
        }
        let written = self.replace(spot, path, &empty, text);
        if written.is_err() && Version::read(spot, path).is_ok_and(|now| now.text.is_empty()) {
            let _ = spot.folder.remove_file(&spot.name);
        }
        written
    }
}

/// A file as it was read.
pub(crate) struct Version {
    pub(crate) text: String,
    metadata: Metadata,
}

impl Version {
    pub(crate) fn read(spot: &Spot, path: &Path) -> Result<Self, FileError> {
        let (mut file, metadata) = open_at(spot, path)?;
        let mut bytes = Vec::new();
        (&mut file).take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(FileError::TooLarge(LIMIT));
        }
        let text = String::from_utf8(bytes).map_err(|_| FileError::NotUtf8)?;
        Ok(Self { text, metadata })
    }
}

#[cfg(unix)]
fn keep_owner_and_mode(file: &std::fs::File, old: &Metadata) -> Result<(), FileError> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};

    use cap_std::fs::MetadataExt as _;

    let new = file.metadata()?;
    let uid = old.uid();
    let gid = old.gid();
    if MetadataExt::uid(&new) != uid || MetadataExt::gid(&new) != gid {
        std::os::unix::fs::fchown(file, Some(uid), Some(gid)).map_err(|_| FileError::OtherOwner)?;
    }
    // After the owner: a change of owner takes bits away.
    let mode = old.mode() & 0o7777;
    file.set_permissions(std::fs::Permissions::from_mode(mode))?;
    Ok(())
}

/// Elsewhere a new file has the rights of its folder.
#[cfg(not(unix))]
fn keep_owner_and_mode(_: &std::fs::File, _: &Metadata) -> Result<(), FileError> {
    Ok(())
}

/// The name is on the disk, too. Not every file system can say so.
fn sync_folder(spot: &Spot) {
    #[cfg(unix)]
    {
        use rustix::fs::{Mode, OFlags, fsync, openat};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        if let Ok(folder) = openat(&spot.folder, ".", flags, Mode::empty()) {
            let _ = fsync(folder);
        }
    }
    #[cfg(not(unix))]
    let _ = spot;
}

#[cfg(test)]
mod tests;
