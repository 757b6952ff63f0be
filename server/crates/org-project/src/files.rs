//! Org and project files on a disk: which they are, and what is in them.

use std::path::{Path, PathBuf};

use org_files::{FileError, FileIdentity, Links, OpenFolder, Stamp};
use org_ide::{Document, FileKind};

use crate::design_studio::design_studio_file;

/// Why a file is not read; the words go behind its name.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It is none of ours.
    #[error("its name is neither sforg-project.json nor does it end in .sforg.json")]
    Name,
    /// What is wrong with the file.
    #[error(transparent)]
    File(#[from] FileError),
}

impl ReadError {
    /// Whether there is no such file.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::File(error) if error.is_not_found())
    }
}

/// Tells by its name whether a file is one of ours.
pub fn kind_of(path: &Path) -> Option<FileKind> {
    FileKind::of_name(&path.file_name()?.to_string_lossy())
}

/// Tells by its path what a file would be in a Design Studio project; whether one is there, the path does
/// not tell.
pub fn design_studio_kind_of(id: &str) -> Option<FileKind> {
    FileKind::of_design_studio(design_studio_file(id)?.1)
}

/// Reads a file. Of one that is too large no more is read than shows that.
///
/// # Errors
/// It is neither an org nor a project file by its path, be it one of Design Studio, it cannot be opened or
/// read, a link leads to where none may lead, or it is a folder, pipe or device.
pub fn read(path: &Path, links: Links<'_>) -> Result<Document, ReadError> {
    let kind = kind_to_read(path)?;
    let bytes = org_files::read_start(path, links, most_read(kind))?;
    Ok(Document::from_bytes(kind, bytes))
}

/// A file that was read in a folder that is open.
pub struct FileRead {
    /// What is in it.
    pub document: Document,
    /// Which file it is, where that can be seen.
    pub identity: Option<FileIdentity>,
    /// What it was like before it was read.
    pub stamp: Stamp,
}

impl FileRead {
    /// As [`read`], below a folder that is open already; links may lead to what is below it.
    ///
    /// # Errors
    /// As [`read`].
    pub fn of(path: &Path, folder: &OpenFolder) -> Result<Self, ReadError> {
        let kind = kind_to_read(path)?;
        let read = folder.read_start(path, most_read(kind))?;
        let document = Document::from_bytes(kind, read.bytes);
        Ok(Self { document, identity: read.identity, stamp: read.stamp })
    }
}

fn kind_to_read(path: &Path) -> Result<FileKind, ReadError> {
    let kind = kind_of(path).or_else(|| design_studio_kind_of(&id_of_path(path)));
    kind.ok_or(ReadError::Name)
}

/// In bytes: one more than a file may have, which shows that it has too many.
fn most_read(kind: FileKind) -> u64 {
    kind.max_bytes() as u64 + 1
}

/// The identifier of a path: `/` between its parts on every system.
pub fn id_of_path(path: &Path) -> String {
    let id = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { id.into_owned() } else { id.replace('\\', "/") }
}

/// The path behind an identifier, when it is one of a file on a disk.
pub fn path_of_id(id: &str) -> Option<PathBuf> {
    let path = Path::new(id);
    path.is_absolute().then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use org_ide::MAX_FILE_BYTES;

    use super::*;

    #[test]
    fn reads_what_is_not_utf8() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.sforg.json");
        let unreadable = |bytes: &[u8]| {
            fs::write(&path, bytes).expect("a file");
            read(&path, Links::Within(folder.path())).expect("readable").unreadable()
        };
        let invalid = Some(org_ide::UnreadableFile::InvalidEncoding { at: 11 });
        assert_eq!(unreadable(b"{\"name\": \"Z\xfcrich\"}"), invalid);
        assert_eq!(unreadable(&vec![b' '; MAX_FILE_BYTES]), None);
        assert_eq!(
            unreadable(&vec![b' '; MAX_FILE_BYTES + 1]),
            Some(org_ide::UnreadableFile::TooLarge)
        );
    }

    #[test]
    fn what_is_not_ours_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = |name: &str| {
            let error = read(&folder.path().join(name), Links::Follow).expect_err(name);
            error.to_string()
        };
        fs::write(folder.path().join("a.json"), "{}").expect("a file");
        assert!(error("a.json").starts_with("its name is neither"));
        fs::create_dir(folder.path().join("a.sforg.json")).expect("a folder");
        assert_eq!(error("a.sforg.json"), "it is a folder, and not a file");
        assert_eq!(error("b.sforg.json"), "it does not exist");
    }
}
