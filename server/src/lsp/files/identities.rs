//! One file that is known by two paths: through linked folders and files, mounts, and on systems that
//! do not tell capitals apart.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use org_project::FileIdentity;

/// Which paths lead to which file, by the identifiers of the paths.
///
/// While a file is open by one path, its other paths are hidden: what is open is what counts, and there
/// is no second file.
#[derive(Debug, Default)]
pub struct Identities {
    of: HashMap<Arc<str>, FileIdentity>,
    /// In order; nearly always there is one.
    paths: HashMap<FileIdentity, Vec<Arc<str>>>,
    hidden: HashSet<String>,
}

/// What follows from a look at a path.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Another path of the file is open, and this one is not.
    pub is_hidden: bool,
    /// Other paths that have to be looked at again.
    pub again: Vec<String>,
}

impl Identities {
    /// Takes which file a path leads to now; none for one that does not count.
    pub fn see(
        &mut self,
        id: &str,
        now: Option<&FileIdentity>,
        is_open: impl Fn(&str) -> bool,
    ) -> Seen {
        let mut again = Vec::new();
        if self.of.get(id) != now {
            if let Some(before) = self.of.remove(id) {
                again.extend(self.forget(&before, id));
            }
            if let Some(now) = now {
                let id: Arc<str> = id.into();
                self.of.insert(Arc::clone(&id), now.clone());
                let paths = self.paths.entry(now.clone()).or_insert_with(|| Vec::with_capacity(1));
                let at = paths.partition_point(|path| *path < id);
                paths.insert(at, id);
            }
        }
        let paths = now.and_then(|now| self.paths.get(now)).into_iter().flatten();
        let others: Vec<&str> = paths.map(|path| &**path).filter(|path| *path != id).collect();
        let is_hidden = !is_open(id) && others.iter().any(|other| is_open(other));
        if is_open(id) {
            let shown =
                others.iter().filter(|path| !is_open(path) && !self.hidden.contains(**path));
            again.extend(shown.map(|path| (*path).to_owned()));
        } else if !is_hidden {
            let hidden = others.iter().filter(|path| self.hidden.contains(**path));
            again.extend(hidden.map(|path| (*path).to_owned()));
        }
        if is_hidden {
            self.hidden.insert(id.to_owned());
        } else {
            self.hidden.remove(id);
        }
        Seen { is_hidden, again }
    }

    /// Forgets that a path leads to a file; the hidden ones that may come out now.
    fn forget(&mut self, file: &FileIdentity, id: &str) -> Vec<String> {
        let Some(paths) = self.paths.get_mut(file) else { return Vec::new() };
        paths.retain(|path| **path != *id);
        let hidden = paths.iter().filter(|path| self.hidden.contains(&***path));
        let hidden = hidden.map(|path| path.to_string()).collect();
        if paths.is_empty() {
            self.paths.remove(file);
        }
        hidden
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_path_stands_for_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        for name in ["1", "2"] {
            std::fs::write(path(name), name).expect("a file");
        }
        let (one, two) = (FileIdentity::of(&path("1")), FileIdentity::of(&path("2")));
        let mut identities = Identities::default();
        let again = |ids: &[&str]| Seen {
            is_hidden: false,
            again: ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        let hidden = || Seen { is_hidden: true, again: Vec::new() };
        let none = |_: &str| false;
        let link = |id: &str| id == "link";
        assert_eq!(identities.see("real", one.as_ref(), none), again(&[]));
        assert_eq!(identities.see("link", one.as_ref(), link), again(&["real"]));
        assert_eq!(identities.see("real", one.as_ref(), link), hidden());
        assert_eq!(identities.see("link", one.as_ref(), link), again(&[]));
        // It leads to another file now, and back.
        assert_eq!(identities.see("link", two.as_ref(), link), again(&["real"]));
        assert_eq!(identities.see("real", one.as_ref(), link), again(&[]));
        assert_eq!(identities.see("link", one.as_ref(), link), again(&["real"]));
        assert_eq!(identities.see("real", one.as_ref(), link), hidden());
        // It is closed, and does not count any more.
        assert_eq!(identities.see("link", None, none), again(&["real"]));
        assert_eq!(identities.see("real", one.as_ref(), none), again(&[]));
    }
}
