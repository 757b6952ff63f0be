//! The files that have something in common.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

/// Files, in the order of their names. Nearly always there is one, which takes as little room as it can.
#[derive(Clone, Debug)]
pub(super) enum FileSet {
    One(Arc<str>),
    Other(Vec<Arc<str>>),
}

impl Default for FileSet {
    fn default() -> Self {
        Self::Other(Vec::new())
    }
}

impl FileSet {
    /// Takes a file, once.
    pub(super) fn insert(&mut self, file: &Arc<str>) {
        let Err(at) = self.files().binary_search(file) else { return };
        let file = Arc::clone(file);
        match self {
            Self::Other(files) if files.is_empty() => *self = Self::One(file),
            Self::Other(files) => files.insert(at, file),
            Self::One(other) => {
                let mut files = vec![Arc::clone(other)];
                files.insert(at, file);
                *self = Self::Other(files);
            }
        }
    }

    fn remove(&mut self, file: &str) {
        let Ok(at) = self.files().binary_search_by(|known| (**known).cmp(file)) else { return };
        match self {
            Self::One(_) => *self = Self::default(),
            Self::Other(files) => drop(files.remove(at)),
        }
    }

    fn files(&self) -> &[Arc<str>] {
        match self {
            Self::One(file) => std::slice::from_ref(file),
            Self::Other(files) => files,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.files().len()
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.files().iter().map(|file| &**file)
    }
}

/// Forgets that a file has `key`.
pub(super) fn forget<K: Eq + Hash>(index: &mut HashMap<K, FileSet>, key: Option<&K>, file: &str) {
    let Some(key) = key else { return };
    if let Some(files) = index.get_mut(key) {
        files.remove(file);
        if files.len() == 0 {
            index.remove(key);
        }
    }
}
