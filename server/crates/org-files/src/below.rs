//! Reading many files below one folder.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::links::Spot;
use crate::open::open_at;
use crate::{FileError, Links};

/// Reads many files below a folder, each as [`crate::read`] does with [`Links::NoneBelow`]. The folder of the
/// last file stays open for the next, so that those who go through a folder go down to it once, and files are
/// read into the same memory, one after the other.
#[derive(Default)]
pub struct ReaderBelow {
    last: Option<(PathBuf, Spot)>,
    bytes: Vec<u8>,
}

impl ReaderBelow {
    /// Nothing is open yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads a regular file of at most `limit` bytes below `root`; nothing below may be a link.
    ///
    /// # Errors
    /// As [`crate::read`].
    pub fn read(&mut self, path: &Path, root: &Path, limit: u64) -> Result<&[u8], FileError> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            self.bytes = crate::read(path, Links::NoneBelow(root), limit)?;
            return Ok(&self.bytes);
        };
        let is_open = self.last.as_ref().is_some_and(|(last, _)| last == folder);
        if !is_open {
            self.last = Some((folder.to_owned(), Spot::of(path, root, false)?));
        }
        let Some((_, spot)) = &mut self.last else { return Err(FileError::NotFound) };
        spot.name = name.into();
        let (file, metadata) = open_at(spot, root)?;
        let length = metadata.len();
        if length > limit {
            return Err(FileError::TooLarge(limit));
        }
        self.bytes.clear();
        self.bytes.reserve(usize::try_from(length).unwrap_or(0) + 1);
        file.take(limit.saturating_add(1)).read_to_end(&mut self.bytes)?;
        if self.bytes.len() as u64 > limit {
            return Err(FileError::TooLarge(limit));
        }
        Ok(&self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_what_the_other_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        std::fs::create_dir(root.join("a")).expect("a folder");
        for name in ["a/1", "a/2", "3"] {
            std::fs::write(root.join(name), name).expect("a file");
        }
        let mut reader = ReaderBelow::new();
        for name in ["a/1", "a/2", "3", "a/1", "a/missing", "a", "a/2"] {
            let path = root.join(name);
            let read = reader.read(&path, &root, 3).map(<[u8]>::to_vec);
            let read = read.map_err(|error| error.to_string());
            let other = crate::read(&path, Links::NoneBelow(&root), 3);
            assert_eq!(read, other.map_err(|error| error.to_string()), "{name}");
        }
        let large = reader.read(&root.join("a/1"), &root, 2);
        assert!(matches!(large, Err(FileError::TooLarge(2))));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        std::fs::create_dir(root.join("a")).expect("a folder");
        std::fs::write(root.join("a/1"), "1").expect("a file");
        std::os::unix::fs::symlink("1", root.join("a/link")).expect("a link");
        std::os::unix::fs::symlink("a", root.join("folder")).expect("a link");
        let mut reader = ReaderBelow::new();
        for name in ["a/1", "a/link", "folder/1"] {
            let read = reader.read(&root.join(name), &root, 9);
            assert_eq!(read.is_ok(), name == "a/1", "{name}");
        }
    }
}
