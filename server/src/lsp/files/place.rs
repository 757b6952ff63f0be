//! Which files count: those of the workspace, those that are open, and what these need to know.

use org_ide::FileKind;

use super::snapshot::Snapshot;
use super::uris::path_of_id;
use crate::lsp::state::State;

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

/// What a file is to the index.
pub fn place(state: &State, id: &str, snapshot: &Snapshot) -> Place {
    let governs = || {
        let folder = folder_of_project(id);
        snapshot.document().kind() == FileKind::Project
            && state.documents.ids().iter().any(|open| open.starts_with(folder))
    };
    if matches!(snapshot, Snapshot::Open(_)) || is_in_workspace(state, id) || governs() {
        Place::Reported
    } else if state.kept.contains_key(id) || is_below_open_project(state, id) {
        Place::Known
    } else {
        Place::Nowhere
    }
}

fn is_below_open_project(state: &State, id: &str) -> bool {
    let Some(path) = path_of_id(id) else { return false };
    state.documents.ids().iter().any(|open| {
        governed_folder(open).is_some_and(|folder| org_project::is_found(folder.as_ref(), &path))
    })
}

/// Whether a file is one of the workspace. Clients tell about files in `node_modules` too, and of
/// one file by many paths.
pub fn is_in_workspace(state: &State, id: &str) -> bool {
    let Some(path) = path_of_id(id) else { return false };
    state.folders().iter().any(|folder| org_project::is_found(folder, &path))
}

/// Whether a path is a folder that the index looks into.
pub fn is_folder(state: &State, id: &str) -> bool {
    path_of_id(id).is_some_and(|path| org_files::is_folder(&path))
        && is_in_workspace(state, &format!("{id}/{}", FileKind::PROJECT_FILE_NAME))
}

/// The folder of a project file, with a slash at its end; of another file the file itself.
pub fn folder_of_project(id: &str) -> &str {
    id.strip_suffix(FileKind::PROJECT_FILE_NAME).unwrap_or(id)
}

/// The folder that a project file governs.
pub fn governed_folder(id: &str) -> Option<&str> {
    let folder = id.strip_suffix(FileKind::PROJECT_FILE_NAME)?;
    path_of_id(id)?;
    Some(if folder.len() > 1 { folder.strip_suffix('/')? } else { folder })
}
