//! Which file it is, whatever path it is known by.

use std::path::Path;
use std::time::SystemTime;

use cap_std::fs::Metadata;

/// Tells one file from another, whatever path it is known by: through linked folders and files,
/// mounts, hard links, and in other capitals where the system does not tell them apart. It holds
/// for as long as nobody puts another file in its place (editors do that when they save), so only
/// identifiers of about the same moment are compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileIdentity(Inner);

/// Device and number of the file.
#[cfg(unix)]
type Inner = (u64, u64);
/// The path as the system spells it, without links.
#[cfg(not(unix))]
type Inner = std::path::PathBuf;

impl FileIdentity {
    /// Of the file or folder at `path`, links followed; nothing where there is none, or where it
    /// cannot be seen. It is not opened.
    pub fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let metadata = std::fs::metadata(path).ok()?;
            Some(Self((metadata.dev(), metadata.ino())))
        }
        #[cfg(not(unix))]
        {
            path.canonicalize().ok().map(Self)
        }
    }

    /// Of a file that was opened by `path`, of which this is known.
    pub(crate) fn of_opened(path: &Path, metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        {
            use cap_std::fs::MetadataExt;
            let _ = path;
            Some(Self((metadata.dev(), metadata.ino())))
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            Self::of(path)
        }
    }
}

/// Tells one content of a file from another without reading it: every way in which programs write
/// files changes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// The file's number; 0 where the system has none.
    number: u64,
    /// In bytes.
    size: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    /// Of what is at `path` now, links followed; nothing where there is nothing, or where it cannot
    /// be seen. It is not opened.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        Some(Self { number, size: metadata.len(), modified: metadata.modified().ok() })
    }

    /// Of a file of which this is known since it was opened.
    pub(crate) fn of_opened(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let number = cap_std::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let number = 0;
        let modified = metadata.modified().ok().map(cap_std::time::SystemTime::into_std);
        Self { number, size: metadata.len(), modified }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_is_one_by_every_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        std::fs::create_dir(root.join("s")).expect("a folder");
        for name in ["s/a", "s/b"] {
            std::fs::write(root.join(name), "same").expect("a file");
        }
        let id = |name: &str| FileIdentity::of(&root.join(name));
        assert!(id("s/a").is_some());
        assert_eq!(id("s/a"), id("s/../s/a"));
        assert_ne!(id("s/a"), id("s/b"));
        assert_eq!(id("missing"), None);
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("s", root.join("link")).expect("a link");
            std::os::unix::fs::symlink("s/a", root.join("to-a")).expect("a link");
            std::fs::hard_link(root.join("s/a"), root.join("hard")).expect("a link");
            assert_eq!(id("s/a"), id("link/a"));
            assert_eq!(id("s/a"), id("to-a"));
            assert_eq!(id("s/a"), id("hard"));
            assert_eq!(id("s"), id("link"));
        }
    }

    #[test]
    fn a_change_changes_the_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a");
        let stamp = || Stamp::of(&path);
        assert_eq!(stamp(), None);
        std::fs::write(&path, "1").expect("a file");
        let first = stamp();
        assert!(first.is_some());
        assert_eq!(stamp(), first);
        std::fs::write(&path, "12").expect("a file");
        assert_ne!(stamp(), first);
    }
}
