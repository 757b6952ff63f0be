//! Which org files belong to which project, and what they show each other.
//!
//! [`Workspace`] is the index that cross-file rules read. Files are known by an identifier: a path
//! (or URI) with `/` between its parts. The index itself does no I/O; [`walk`] finds the files of
//! a folder and [`read`] reads one.

mod above;
mod affected;
mod design_studio;
mod files;
mod index;
mod link;
mod reach;
mod walk;

pub use above::{
    folder_around, folders_above, project_file_above, project_file_above_folder, repository_around,
    root_of,
};
pub use affected::Affected;
pub use design_studio::{
    DesignStudioError, DesignStudioPlace, DesignStudioProject, DesignStudioStamp, IN_ARCHIVE,
    design_studio_file, in_archive,
};
pub use files::{
    FileRead, ReadError, design_studio_kind_of, id_of_path, kind_of, path_of_id, read,
};
pub use index::Workspace;
pub use link::{link_target, read_linked};
pub use org_files::{FileIdentity, Links, OpenFolder};
pub use reach::is_found;
pub use walk::{Found, WalkProblem, is_walked, walk, walk_giving_way};
