//! What the diagnostics thread has to do: which files have to be looked at again, and what the client
//! asks about them.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, PoisonError};

use super::pull::Pull;
use crate::lsp::files::documents::Documents;

/// So many closed files are looked at before open ones are asked for again.
const CLOSED_AT_ONCE: usize = 64;

/// Files that have to be looked at again; those that are open come first.
#[derive(Debug, Default)]
pub struct Dirty {
    files: Mutex<Waiting>,
    some: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    open: BTreeSet<String>,
    closed: BTreeSet<String>,
    /// Project files may have come or gone, also in folders where none was.
    forget_folders: bool,
    /// Paths that came, and that may be folders with org files in them.
    came: Vec<String>,
    /// Questions of the client, in their order.
    pulls: Vec<Pull>,
    /// Folders that are being walked: files of theirs are still to be marked.
    walks: usize,
}

/// What is to be done next.
#[derive(Debug, Default)]
pub struct Work {
    /// Files to look at.
    pub files: Vec<String>,
    /// Folders that had no project file may have one now.
    pub forget_folders: bool,
    /// Paths that came, and that may be folders.
    pub came: Vec<String>,
    /// Questions of the client, to be answered when the files were looked at.
    pub pulls: Vec<Pull>,
}

impl Dirty {
    /// One file has changed.
    pub fn mark(&self, id: String, documents: &Documents) {
        self.mark_all([id], documents);
    }

    /// Files have changed.
    pub fn mark_all(&self, ids: impl IntoIterator<Item = String>, documents: &Documents) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        for id in ids {
            if documents.get(&id).is_some() {
                files.open.insert(id);
            } else {
                files.closed.insert(id);
            }
        }
        self.some.notify_one();
    }

    /// Folders that had no project file may have one now.
    pub fn forget_folders(&self) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).forget_folders = true;
    }

    /// Paths came that may be folders.
    pub fn came(&self, ids: Vec<String>) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).came.extend(ids);
        self.some.notify_one();
    }

    /// A folder is being walked: its files are marked before [`Dirty::walked`].
    pub fn walks(&self) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).walks += 1;
    }

    /// The walk has ended.
    pub fn walked(&self) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).walks -= 1;
        self.some.notify_one();
    }

    /// The client asks for diagnostics.
    pub fn pull(&self, pull: Pull) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).pulls.push(pull);
        self.some.notify_one();
    }

    /// Whether no file is left to look at.
    pub fn is_empty(&self) -> bool {
        let waiting = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.open.is_empty() && waiting.closed.is_empty() && waiting.came.is_empty()
    }

    /// Waits for work.
    pub fn next(&self) -> Work {
        let mut waiting = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(work) = waiting.work() {
                return work;
            }
            waiting = self.some.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Waiting {
    /// Open files and questions about documents come alone, all of them; else some of the closed
    /// files; questions about the workspace when nothing else is left.
    fn work(&mut self) -> Option<Work> {
        let mut work = Work::default();
        if self.open.is_empty() && !self.pulls.iter().any(Pull::is_about_a_document) {
            work.came = std::mem::take(&mut self.came);
            while work.files.len() < CLOSED_AT_ONCE {
                let Some(id) = self.closed.pop_first() else {
                    break;
                };
                work.files.push(id);
            }
        } else {
            work.files = std::mem::take(&mut self.open).into_iter().collect();
        }
        let nothing_left = self.open.is_empty() && self.closed.is_empty() && self.came.is_empty();
        let all_known = nothing_left && work.files.is_empty() && self.walks == 0;
        let now = |pull: &mut Pull| all_known || pull.is_about_a_document();
        work.pulls = self.pulls.extract_if(.., now).collect();
        if work.files.is_empty() && work.came.is_empty() && work.pulls.is_empty() {
            return None;
        }
        work.forget_folders = std::mem::take(&mut self.forget_folders);
        Some(work)
    }
}
