//! Reading the files of a folder that is opened once.

use std::path::Path;
use std::sync::Arc;

use cap_std::fs::Dir;

use crate::links::{Spot, open_root};
use crate::open::open_within;
use crate::read::start_of;
use crate::{FileError, FileIdentity, Stamp};

/// A folder that was opened to read many files below it, each as [`crate::read_start`] does with
/// [`crate::Links::Within`]. Threads may share it. What is put in the place of the folder later is not seen.
#[derive(Debug)]
pub struct OpenFolder {
    path: Arc<Path>,
    folder: Arc<Dir>,
}

/// What one opening of a file tells.
#[derive(Debug)]
pub struct Reading {
    /// What is in it.
    pub bytes: Vec<u8>,
    /// Which file it is; none where the system has no numbers for files and it is gone by now.
    pub identity: Option<FileIdentity>,
    /// What it was like before it was read.
    pub stamp: Stamp,
}

impl OpenFolder {
    /// Opens a folder; links on the way to it are followed.
    ///
    /// # Errors
    /// There is none, or it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Ok(Self { path: path.into(), folder: Arc::new(open_root(path)?) })
    }

    /// Its path, as it was opened.
    pub fn path(&self) -> &Arc<Path> {
        &self.path
    }

    /// Reads the first `at_most` bytes of a regular file below it, all of it if it is shorter. `path` begins as
    /// that of the folder.
    ///
    /// # Errors
    /// As [`crate::read_start`].
    pub fn read_start(&self, path: &Path, at_most: u64) -> Result<Reading, FileError> {
        let spot = Spot::within(path, &self.path, &self.folder)?;
        let (file, metadata) = open_within(path, &self.path, &spot)?;
        Ok(Reading {
            bytes: start_of(file, &metadata, at_most)?,
            identity: FileIdentity::of_opened(path, &metadata),
            stamp: Stamp::of_opened(&metadata),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Links;

    #[test]
    fn it_tells_what_single_looks_tell() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("root");
        std::fs::create_dir_all(root.join("a")).expect("folders");
        for name in ["root/a/1", "root/2", "outside"] {
            std::fs::write(folder.path().join(name), name).expect("a file");
        }
        #[cfg(unix)]
        for (target, name) in [("a/1", "link"), ("../outside", "out"), ("nowhere", "dangling")] {
            std::os::unix::fs::symlink(target, root.join(name)).expect("a link");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root.join("2"), root.join("absolute")).expect("a link");
        let open = OpenFolder::open(&root).expect("a folder");
        for name in
            ["a/1", "2", "a", "missing", "link", "out", "dangling", "absolute", "../outside"]
        {
            let path = root.join(name);
            let read = open.read_start(&path, 6);
            let single = crate::read_start(&path, Links::Within(&root), 6);
            match (read, single) {
                (Ok(read), Ok(single)) => {
                    assert_eq!(read.bytes, single, "{name}");
                    assert_eq!(read.identity, FileIdentity::of(&path), "{name}");
                    assert_eq!(Some(read.stamp), Stamp::of(&path), "{name}");
                }
                (Err(read), Err(single)) => assert_eq!(read.to_string(), single.to_string()),
                (read, single) => panic!("{name}: {read:?}, but {single:?}"),
            }
        }
        assert!(OpenFolder::open(&root.join("missing")).is_err());
    }
}
