//! What can be wrong with a file, in words for people.

use std::io;
use std::path::PathBuf;

use cap_std::fs::Metadata;

use crate::MIB;

/// Why a file is not read or not written. The words go behind the file's name: "NAME: it is a named
/// pipe, and not a file".
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// There is nothing of that name.
    #[error("it does not exist")]
    NotFound,
    /// A link that leads nowhere.
    #[error("it is a link to something that does not exist")]
    DanglingLink,
    /// Links that lead to each other.
    #[error("it is a link that leads in a circle")]
    LinkLoop,
    /// A link leads out of the folder in which it may lead.
    #[error("it is a link that leads out of {}", .0.display())]
    LeadsOut(PathBuf),
    /// A link where none may be.
    #[error("it is a link, or below a folder that is one, and links are not followed here")]
    Link,
    /// A folder.
    #[error("it is a folder, and not a file")]
    Folder,
    /// A named pipe: reading it could wait for ever.
    #[error("it is a named pipe, and not a file")]
    NamedPipe,
    /// A socket.
    #[error("it is a socket, and not a file")]
    Socket,
    /// A device: reading it may never end.
    #[error("it is a device, and not a file")]
    Device,
    /// Longer than the limit, which is given in bytes.
    #[error("it is larger than {}", size(.0))]
    TooLarge(u64),
    /// Not text.
    #[error("it is not UTF-8 text")]
    NotUtf8,
    /// Its mode forbids writing.
    #[error("it is read-only; make it writable first")]
    ReadOnly,
    /// The new version could not have the owner of the old one.
    #[error("it belongs to another user, and a new version of it would not; ask its owner")]
    OtherOwner,
    /// Somebody else has written it between reading and writing.
    #[error("another program has changed it meanwhile; look at it and try again")]
    Changed,
    /// It was to be new, and it is there.
    #[error("it exists already")]
    Exists,
    /// Somebody else has been writing it for long.
    #[error("another process of sforg is writing it; try again later")]
    Busy,
    /// What the system says.
    #[error("{}", words(.0))]
    Io(io::Error),
}

impl FileError {
    /// Whether there is no such file, which often is no error: a link without a target is something
    /// else.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::NotFound)
    }

    /// Whether a link leads to where none may lead.
    pub fn is_refused_link(&self) -> bool {
        matches!(self, Self::LeadsOut(_) | Self::Link)
    }

    /// What something is that is no regular file.
    pub(crate) fn of_kind(metadata: &Metadata) -> Option<Self> {
        let kind = metadata.file_type();
        if kind.is_file() {
            return None;
        }
        if kind.is_dir() {
            return Some(Self::Folder);
        }
        if kind.is_symlink() {
            return Some(Self::Link);
        }
        #[cfg(unix)]
        {
            use cap_std::fs::FileTypeExt;
            if kind.is_fifo() {
                return Some(Self::NamedPipe);
            }
            if kind.is_socket() {
                return Some(Self::Socket);
            }
        }
        Some(Self::Device)
    }
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NotFound,
            io::ErrorKind::AlreadyExists => Self::Exists,
            _ if is_loop(&error) => Self::LinkLoop,
            _ => Self::Io(error),
        }
    }
}

/// Whether the system met too many links, or one where none may be.
pub(crate) fn is_loop(error: &io::Error) -> bool {
    #[cfg(unix)]
    let is_loop = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
    #[cfg(not(unix))]
    let is_loop = {
        let _ = error;
        false
    };
    is_loop
}

/// The system's words without its number.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    match error.kind() {
        io::ErrorKind::PermissionDenied if error.raw_os_error().is_some() => {
            "you have no permission for it".to_owned()
        }
        _ => format!("the system says: {text}"),
    }
}

fn size(bytes: &u64) -> String {
    if bytes.is_multiple_of(MIB) {
        format!("{} MiB", bytes / MIB)
    } else {
        format!("{bytes} bytes")
    }
}
