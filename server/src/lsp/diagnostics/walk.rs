//! Walks over folders, each on a thread of its own: every org and project file is queued.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Diagnostics, background};

/// So many files are queued at once.
const QUEUED_AT_ONCE: usize = 1024;

/// Queues all files below the folders, in the background.
pub fn start(diagnostics: &Arc<Diagnostics>, folders: Vec<PathBuf>) {
    let mut walk = Walk::begin(Arc::clone(diagnostics), folders);
    walk.gives_way = true;
    let thread = background::start("index", move || while walk.step(QUEUED_AT_ONCE) {});
    if let Err(error) = thread {
        tracing::error!("the workspace cannot be indexed: {error}");
    }
}

/// A walk, until it is dropped. Whoever asks about all files waits for its end.
pub struct Walk {
    diagnostics: Arc<Diagnostics>,
    folders: VecDeque<PathBuf>,
    found: VecDeque<PathBuf>,
    /// It has a thread of its own, which stands still while an open file waits for its findings.
    gives_way: bool,
}

impl Walk {
    /// A walk over folders that has not begun to look.
    pub fn begin(diagnostics: Arc<Diagnostics>, folders: Vec<PathBuf>) -> Self {
        diagnostics.queue.walk_started();
        Self { diagnostics, folders: folders.into(), found: VecDeque::new(), gives_way: false }
    }

    /// Looks into the next folder, or queues some of the files that are in it; whether there is more
    /// to do.
    pub fn step(&mut self, queued_at_once: usize) -> bool {
        if self.found.is_empty() {
            let Some(folder) = self.folders.pop_front() else { return false };
            let (gives_way, queue) = (self.gives_way, &self.diagnostics.queue);
            let found = org_project::walk_giving_way(&folder, &|| {
                if gives_way {
                    queue.let_open_go_first();
                }
            });
            for problem in &found.problems {
                tracing::warn!("{problem}");
            }
            for link in &found.left_out {
                tracing::warn!("{} leads out of the folder: left out", link.display());
            }
            self.diagnostics.read_design_studio(found.design_studio_folders());
            self.found = found.files.into();
        } else {
            let some = self.found.len().min(queued_at_once);
            self.diagnostics
                .queue_files(self.found.drain(..some).map(|file| org_project::id_of_path(&file)));
        }
        true
    }
}

impl Drop for Walk {
    fn drop(&mut self) {
        self.diagnostics.queue.walk_ended();
    }
}
