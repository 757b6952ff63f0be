//! The files that have something in common.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Files, in the order of their names. Nearly always there is one, which takes as little room as it can.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct FileSet(Vec<Arc<str>>);

impl FileSet {
    /// Takes a file, once.
    pub(super) fn insert(&mut self, file: &Arc<str>) {
        if let Err(at) = self.0.binary_search(file) {
            self.0.reserve_exact(usize::from(self.0.is_empty()));
            self.0.insert(at, Arc::clone(file));
        }
    }

    fn remove(&mut self, file: &str) {
        if let Ok(at) = self.0.binary_search_by(|known| (**known).cmp(file)) {
            self.0.remove(at);
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|file| &**file)
    }
}

/// Forgets that a file has `key`.
pub(super) fn forget<K: Eq + Hash>(index: &mut HashMap<K, FileSet>, key: Option<&K>, file: &str) {
    let Some(key) = key else { return };
    if let Some(files) = index.get_mut(key) {
        files.remove(file);
        if files.0.is_empty() {
            index.remove(key);
        }
    }
}
