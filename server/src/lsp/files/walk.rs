//! Walks over folders, each on a thread of its own: every org and project file is marked.

use std::path::PathBuf;
use std::sync::Arc;

use crate::lsp::state::State;

/// Marks all files below the folders, in the background.
pub fn start(state: &Arc<State>, folders: Vec<PathBuf>) {
    let walk = Walk::begin(Arc::clone(state));
    let thread = std::thread::Builder::new().name("index".to_owned()).spawn(move || {
        for folder in folders {
            walk.over(&folder);
        }
    });
    if let Err(error) = thread {
        tracing::error!("the workspace cannot be indexed: {error}");
    }
}

/// A walk, until it is dropped. Whoever asks about all files waits for its end.
struct Walk {
    state: Arc<State>,
}

impl Walk {
    fn begin(state: Arc<State>) -> Self {
        state.queue.walk_started();
        Self { state }
    }

    fn over(&self, folder: &std::path::Path) {
        let found = org_project::walk(folder);
        for problem in &found.problems {
            tracing::warn!("{problem}");
        }
        for link in &found.left_out {
            tracing::warn!("{} leads out of the folder: left out", link.display());
        }
        self.state.mark_all(found.files.iter().map(|file| org_project::id_of_path(file)));
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        self.state.queue.walk_ended();
    }
}
