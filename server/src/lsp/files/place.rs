//! Where files are: in the workspace, below a project file.

use org_ide::FileKind;
use org_project::path_of_id;

use super::Files;

/// Whether a file is one of the workspace. Clients tell about files in `node_modules` too, and of
/// one file by many paths.
pub fn is_in_workspace(files: &Files, id: &str) -> bool {
    let Some(path) = path_of_id(id) else { return false };
    files.folders().iter().any(|folder| org_project::is_found(folder, &path))
}

/// Whether a path is a folder that the index looks into.
pub fn is_folder(files: &Files, id: &str) -> bool {
    path_of_id(id).is_some_and(|path| org_files::is_folder(&path))
        && is_in_workspace(files, &format!("{id}/{}", FileKind::PROJECT_FILE_NAME))
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
