//! Which files count: those of the workspace, those that are open, and what these need to know.

use org_ide::FileKind;
use org_project::path_of_id;

use super::Diagnostics;
use crate::lsp::files::Files;
use crate::lsp::files::place::{folder_of_project, governed_folder, is_in_workspace};
use crate::lsp::files::snapshot::Snapshot;

/// What a file is to the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is open, in the workspace, or governs files that are open.
    Reported,
    /// Other files' findings depend on it.
    Known,
    /// It does not count.
    Nowhere,
}

/// What a file is to the index. Whether it is one of the workspace's is looked at unless somebody has.
pub fn place(
    diagnostics: &Diagnostics,
    id: &str,
    snapshot: &Snapshot,
    in_workspace: Option<bool>,
) -> Place {
    let files = &diagnostics.files;
    if !files.is_judged(id, snapshot.document()) {
        return Place::Nowhere;
    }
    let governs = || {
        let folder = folder_of_project(id);
        snapshot.document().kind() == FileKind::Project
            && files.documents.ids().iter().any(|open| open.starts_with(folder))
    };
    let is_in_workspace = || in_workspace.unwrap_or_else(|| is_in_workspace(files, id));
    if matches!(snapshot, Snapshot::Open(_)) || is_in_workspace() || governs() {
        Place::Reported
    } else if snapshot.document().kind().is_design_studio()
        || diagnostics.is_kept(id)
        || is_below_open_project(files, id)
    {
        Place::Known
    } else {
        Place::Nowhere
    }
}

fn is_below_open_project(files: &Files, id: &str) -> bool {
    let Some(path) = path_of_id(id) else { return false };
    files.documents.ids().iter().any(|open| {
        governed_folder(open).is_some_and(|folder| org_project::is_found(folder.as_ref(), &path))
    })
}
