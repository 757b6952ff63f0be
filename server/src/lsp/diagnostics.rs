//! Diagnostics: which files have to be looked at again, the thread that looks at them and keeps the
//! index, and what a client is told, asked or unasked.

mod background;
pub mod events;
#[cfg(debug_assertions)]
pub mod fault;
pub mod findings;
pub mod indexed;
pub mod listener;
pub mod looks;
mod place;
pub mod published;
pub mod pull;
pub mod queue;
pub mod readings;
pub mod reports;
pub mod walk;
pub mod worker;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::Files;
use super::session::folders::Folder;
#[cfg(debug_assertions)]
use fault::Fault;
use looks::Looks;
use queue::DiagnosticsQueue;
use readings::Readings;

/// What others tell the diagnostics thread, and what it keeps for them.
#[derive(Debug)]
pub struct Diagnostics {
    /// The files that it looks at.
    pub files: Arc<Files>,
    /// Which of them have to be looked at again.
    pub queue: DiagnosticsQueue,
    /// Which projects of Design Studio have to be read.
    pub readings: Readings,
    /// Whether the disk has to be looked at.
    pub looks: Looks,
    kept: Mutex<Kept>,
    /// Projects are read one after the other.
    indexing: tokio::sync::Mutex<()>,
    /// What goes wrong on purpose; not part of release builds.
    #[cfg(debug_assertions)]
    pub fault: Fault,
}

#[derive(Debug, Default)]
struct Kept {
    /// Files outside of the workspace that somebody needs in the index, with how many do.
    files: HashMap<String, usize>,
    /// Projects of which all org files are known.
    projects: HashSet<String>,
}

impl Diagnostics {
    /// Diagnostics of files of which none has been looked at.
    pub fn new(files: Arc<Files>) -> Self {
        Self {
            files,
            queue: DiagnosticsQueue::default(),
            readings: Readings::default(),
            looks: Looks::default(),
            kept: Mutex::default(),
            indexing: tokio::sync::Mutex::new(()),
            #[cfg(debug_assertions)]
            fault: Fault::default(),
        }
    }

    /// A file has to be looked at again.
    pub fn queue_file(&self, id: String) {
        self.queue_files([id]);
    }

    /// Files have to be looked at again.
    pub fn queue_files(&self, ids: impl IntoIterator<Item = String>) {
        self.queue.add(ids, &self.files.documents);
    }

    /// All files that are open or known have to be looked at again.
    pub fn queue_all(&self) {
        self.queue_files(self.files.documents.ids());
        self.queue_files(self.files.indexed());
    }

    /// Takes the folders of the workspace.
    pub fn set_folders(&self, folders: Vec<Folder>) {
        self.files.set_folders(folders);
        self.queue.folders_changed();
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody needs a file in the index wherever it is.
    fn is_kept(&self, id: &str) -> bool {
        self.kept().files.contains_key(id)
    }
}
