//! Reading and writing files, the one place that does it.
//!
//! What a repository holds is not trusted: a name may be a link to a file of the user's that has
//! nothing to do with it, a named pipe on which a reader waits for ever, or a device without an end.
//! So every function here is told what links may do ([`Links`]), checks the file that it has opened
//! (and not its name, behind which another file may be by then), takes regular files only and reads
//! up to a limit. Changes are made by one writer at a time, and a failed one leaves the old file.
//!
//! Everything here waits for a disk.

mod below;
mod error;
mod identity;
mod links;
mod lock;
mod look;
mod open;
mod open_folder;
mod private;
mod read;
mod temporary;
mod write;

pub use below::ReaderBelow;
pub use error::FileError;
pub use identity::{FileIdentity, Stamp};
pub use links::Links;
pub use look::{
    Found, entries, is_folder, is_link, is_there, look_at, owner_of_file, owner_of_folder,
    without_links,
};
pub use open_folder::{OpenFolder, Reading};
pub use read::{open_archive, read, read_start, read_text};
pub use write::{Created, NewFile, TogetherError, Writer};

/// Bytes of a mebibyte, in which limits are given.
pub const MIB: u64 = 1 << 20;
