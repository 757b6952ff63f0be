//! The project that a refactoring is about.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::FileKind;

use crate::lsp::convert::uris::id_of;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::diagnostics::indexed::{Indexed, index_files, index_project};
use org_project::path_of_id;

/// The identifier of a file, or of the project file that a folder has or would have: a folder's URI
/// need not end in a slash.
pub async fn place_of(uri: &lsp::Url) -> String {
    let id = id_of(uri);
    let folder = path_of_id(&id);
    let is_folder =
        tokio::task::spawn_blocking(move || folder.is_some_and(|path| org_files::is_folder(&path)));
    if is_folder.await.unwrap_or(false) {
        return format!("{}/{}", id.trim_end_matches('/'), FileKind::PROJECT_FILE_NAME);
    }
    id
}

/// The project file that governs a file, also before the index has come to it; all its orgs are
/// known while the other part is held.
pub async fn find_project(
    diagnostics: &Arc<Diagnostics>,
    id: &str,
) -> Option<(String, Option<Indexed>)> {
    let (path, folders) = (path_of_id(id), diagnostics.files.folders());
    let on_disk =
        tokio::task::spawn_blocking(move || org_project::project_file_above(&path?, &folders));
    let project_file = match on_disk.await {
        Ok(Some(file)) => org_project::id_of_path(&file),
        _ => diagnostics.files.project_file_of(id)?,
    };
    let known = index_project(diagnostics, &project_file).await;
    // An edit may not have reached the index yet.
    drop(index_files(diagnostics, Vec::new()).await);
    Some((project_file, known))
}
