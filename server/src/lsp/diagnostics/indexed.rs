//! Files that somebody needs in the index before it goes on. The diagnostics thread reads them; here is
//! asked and waited for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Diagnostics;
use org_project::path_of_id;

/// Files are in the index. Those outside of the workspace only while this is held.
#[must_use = "files outside of the workspace are known while this is held"]
pub struct Indexed {
    diagnostics: Arc<Diagnostics>,
    outside: Vec<String>,
}

impl Indexed {
    /// Holds the files that are outside of the workspace.
    fn hold(diagnostics: &Arc<Diagnostics>, files: &[String]) -> Self {
        let folders = diagnostics.files.folders();
        let is_inside = |id: &String| {
            let path = path_of_id(id);
            path.is_some_and(|path| folders.iter().any(|f| org_project::is_walked(f, &path)))
        };
        let outside: Vec<String> = files.iter().filter(|id| !is_inside(id)).cloned().collect();
        for id in &outside {
            *diagnostics.kept().files.entry(id.clone()).or_insert(0) += 1;
        }
        Self { diagnostics: Arc::clone(diagnostics), outside }
    }
}

impl Drop for Indexed {
    fn drop(&mut self) {
        for id in &self.outside {
            let mut kept = self.diagnostics.kept();
            if let Some(holders) = kept.files.get_mut(id) {
                *holders -= 1;
                if *holders == 0 {
                    kept.files.remove(id);
                }
            }
        }
        self.diagnostics.queue_files(self.outside.drain(..));
    }
}

/// Waits until the index has these files, and what was typed so far.
pub async fn index_files(diagnostics: &Arc<Diagnostics>, files: Vec<String>) -> Indexed {
    let known = Indexed::hold(diagnostics, &files);
    // The other end lives as long as the state.
    let _ = diagnostics.queue.want(files).await;
    known
}

/// All org and project files below a folder.
pub async fn index_below(diagnostics: &Arc<Diagnostics>, folder: PathBuf) -> Indexed {
    let walk = tokio::task::spawn_blocking(move || org_project::walk(&folder).files);
    let files = walk.await.unwrap_or_else(|error| {
        tracing::error!("the files of a folder were not read: {error}");
        Vec::new()
    });
    index_files(diagnostics, files.iter().map(|file| org_project::id_of_path(file)).collect()).await
}

/// All org files of a project: without them nobody could say what an upgrade breaks. Files that come
/// later are told by the client, where it tells anything of the project.
pub async fn index_project(diagnostics: &Arc<Diagnostics>, project_file: &str) -> Option<Indexed> {
    let _one_at_a_time = diagnostics.indexing.lock().await;
    let is_told = |known: &Indexed| {
        known.outside.is_empty() || diagnostics.files.documents.get(project_file).is_some()
    };
    let own = Indexed::hold(diagnostics, &[project_file.to_owned()]);
    if is_told(&own) && diagnostics.kept().projects.contains(project_file) {
        return None;
    }
    let folder = path_of_id(project_file)?.parent().map(Path::to_owned)?;
    let known = index_below(diagnostics, folder).await;
    if is_told(&own) {
        diagnostics.kept().projects.insert(project_file.to_owned());
    }
    Some(known)
}

/// The project file that governs a file: it decides which `.env` file counts, and which API version.
pub async fn index_project_file_of(diagnostics: &Arc<Diagnostics>, id: &str) -> Indexed {
    let (path, folders) = (path_of_id(id), diagnostics.files.folders());
    let look = tokio::task::spawn_blocking(move || {
        let project_file = org_project::project_file_above(path.as_deref()?, &folders)?;
        Some(org_project::id_of_path(&project_file))
    });
    let project_file = look.await.unwrap_or_else(|error| {
        tracing::error!("the project file was not read: {error}");
        None
    });
    index_files(diagnostics, project_file.into_iter().collect()).await
}
