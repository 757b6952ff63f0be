//! Files that somebody needs in the index before it goes on. The diagnostics thread reads them; here is
//! asked and waited for it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::uris::path_of_id;
use crate::lsp::state::State;

/// Files are in the index. Those outside of the workspace only while this is held.
#[must_use = "files outside of the workspace are known while this is held"]
pub struct Indexed {
    state: Arc<State>,
    outside: Vec<String>,
}

impl Indexed {
    /// Holds the files that are outside of the workspace.
    fn hold(state: &Arc<State>, files: &[String]) -> Self {
        let folders = state.folders();
        let is_inside = |id: &String| {
            let path = path_of_id(id);
            path.is_some_and(|path| folders.iter().any(|f| org_project::is_walked(f, &path)))
        };
        let outside: Vec<String> = files.iter().filter(|id| !is_inside(id)).cloned().collect();
        for id in &outside {
            *state.kept.entry(id.clone()).or_insert(0) += 1;
        }
        Self { state: Arc::clone(state), outside }
    }
}

impl Drop for Indexed {
    fn drop(&mut self) {
        for id in &self.outside {
            self.state.kept.alter(id, |_, holders| holders - 1);
            self.state.kept.remove_if(id, |_, holders| *holders == 0);
        }
        self.state.queue_files(self.outside.drain(..));
    }
}

/// Waits until the index has these files, and what was typed so far.
pub async fn index_files(state: &Arc<State>, files: Vec<String>) -> Indexed {
    let known = Indexed::hold(state, &files);
    // The other end lives as long as the state.
    let _ = state.queue.want(files).await;
    known
}

/// All org and project files below a folder.
pub async fn index_below(state: &Arc<State>, folder: PathBuf) -> Indexed {
    let walk = tokio::task::spawn_blocking(move || org_project::walk(&folder).files);
    let files = walk.await.unwrap_or_else(|error| {
        tracing::error!("the files of a folder were not read: {error}");
        Vec::new()
    });
    index_files(state, files.iter().map(|file| org_project::id_of_path(file)).collect()).await
}

/// All org files of a project: without them nobody could say what an upgrade breaks. Files that come
/// later are told by the client, where it tells anything of the project.
pub async fn index_project(state: &Arc<State>, project_file: &str) -> Option<Indexed> {
    let _one_at_a_time = state.indexing.lock().await;
    let is_told =
        |known: &Indexed| known.outside.is_empty() || state.documents.get(project_file).is_some();
    let own = Indexed::hold(state, &[project_file.to_owned()]);
    if is_told(&own) && state.indexed_projects.contains(project_file) {
        return None;
    }
    let folder = path_of_id(project_file)?.parent().map(Path::to_owned)?;
    let known = index_below(state, folder).await;
    if is_told(&own) {
        state.indexed_projects.insert(project_file.to_owned());
    }
    Some(known)
}

/// The project file that governs a file: it decides which `.env` file counts, and which API version.
pub async fn index_project_file_of(state: &Arc<State>, id: &str) -> Indexed {
    let (path, folders) = (path_of_id(id), state.folders());
    let look = tokio::task::spawn_blocking(move || {
        let project_file = org_project::project_file_above(path.as_deref()?, &folders)?;
        Some(org_project::id_of_path(&project_file))
    });
    let project_file = look.await.unwrap_or_else(|error| {
        tracing::error!("the project file was not read: {error}");
        None
    });
    index_files(state, project_file.into_iter().collect()).await
}
