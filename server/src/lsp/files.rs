//! The files of a session: what is open in the client, what is on the disk, and what the client
//! tells about both.

pub mod disk;
pub mod documents;
pub mod events;
pub mod folders;
pub mod identities;
pub mod index;
pub mod indexed;
pub mod place;
pub mod snapshot;
pub mod uris;
pub mod walk;
