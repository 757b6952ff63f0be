//! Which org files belong to which project, and what they show each other.
//!
//! [`Workspace`] is the index that cross-file rules read. Files are known by an identifier: a path
//! (or URI) with `/` between its parts. The index itself does no I/O; [`walk`] finds the files of
//! a folder and [`read`] reads one.

mod files;
mod index;

pub use files::{
    Found, WalkProblem, id_of_path, is_walked, kind_of, project_file_above, read, walk,
};
pub use index::{Affected, Workspace};
