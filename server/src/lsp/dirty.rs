//! Which files have to be looked at again.

use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex, PoisonError};

use super::documents::Documents;

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

    /// Waits for files. Open ones come alone, all of them; else some of the closed ones.
    pub fn next(&self) -> (Vec<String>, bool) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        while files.open.is_empty() && files.closed.is_empty() {
            files = self.some.wait(files).unwrap_or_else(PoisonError::into_inner);
        }
        let forget = std::mem::take(&mut files.forget_folders);
        if !files.open.is_empty() {
            return (std::mem::take(&mut files.open).into_iter().collect(), forget);
        }
        let mut batch = Vec::new();
        while batch.len() < CLOSED_AT_ONCE {
            let Some(id) = files.closed.pop_first() else {
                break;
            };
            batch.push(id);
        }
        (batch, forget)
    }
}
