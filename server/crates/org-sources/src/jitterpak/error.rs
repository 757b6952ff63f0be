//! Why an archive is refused.

use std::io::ErrorKind;

use org_text::Foreign;
use zip::result::ZipError;

/// Why a Jitterpak is not read; the words go behind its name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JitterpakError {
    /// It is something else.
    #[error("it is not a zip archive, which a Jitterpak is")]
    NotAnArchive,
    /// It begins as one, but its end is missing.
    #[error("it is a zip archive that ends early; get it again")]
    EndsEarly,
    /// A record in it is wrong.
    #[error("it is a damaged zip archive; get it again")]
    DamagedArchive,
    /// A member is wrong.
    #[error("it is damaged or ends early: {} in it cannot be unpacked; get it again", Foreign(.0))]
    Damaged(String),
    /// It cannot be read from where it is.
    #[error("{0}")]
    Io(ErrorKind),
    /// Larger than [`super::MAX_ARCHIVE_BYTES`].
    #[error("it is larger than 1 GiB; no Jitterpak is")]
    ArchiveTooLarge,
    /// More than [`super::MAX_MEMBERS`].
    #[error("it holds more than 60,000 files; no Jitterpak does")]
    TooManyMembers,
    /// A member is larger than a bound, or packs better than XML can.
    #[error("{} in it unpacks to more than is read: this may be a zip bomb", Foreign(.0))]
    TooLarge(String),
    /// Two members of one path.
    #[error("it holds two files of the same path, and which of them counts cannot be told")]
    DuplicatePath,
    /// A path with `..`, an absolute one, or a link.
    #[error("it holds a path that leads out of it ({}), so nothing of it is read", Foreign(.0))]
    UnsafePath(String),
    /// A member is encrypted by the archive.
    #[error("{} in it needs a password; export the Jitterpak without one", Foreign(.0))]
    Encrypted(String),
    /// Packed by another method than Design Studio's.
    #[error("it is packed by a method that is not read; zip it again with \"deflate\"")]
    Method,
    /// No `project.xml` of Design Studio beside `Data`.
    #[error("there is no Design Studio project in it (project.xml beside Data/)")]
    NoProject,
    /// More than one; two of their folders.
    #[error("there are several Design Studio projects in it ({} and {}); a Jitterpak holds one", named(.0), named(.1))]
    SeveralProjects(String, String),
}

impl JitterpakError {
    pub(super) fn of_archive(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) if error.kind() == ErrorKind::UnexpectedEof => Self::EndsEarly,
            ZipError::Io(error) if error.kind() != ErrorKind::InvalidData => Self::Io(error.kind()),
            ZipError::CompressionMethodNotSupported(_) => Self::Method,
            _ => Self::DamagedArchive,
        }
    }
}

/// A folder of the archive; the archive itself has no name.
fn named(folder: &str) -> Foreign<'_> {
    Foreign(if folder.is_empty() { "the archive itself" } else { folder })
}
