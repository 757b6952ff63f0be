//! Results of login tests that outlive the process, in the user's state folder: a keyed fingerprint of
//! what was tested, how it went, and when. No secret, and nothing that Salesforce said.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::{Deserialize, Serialize};

use super::key::{Keyed, key_of};
use crate::user_state::StateFile;

/// So many results are kept; the oldest go first.
const MOST: usize = 20_000;

/// The results that all processes of a user share.
pub struct ResultStore {
    kept: StateFile<Kept>,
    key: OnceLock<[u8; 32]>,
    /// What is not written yet, by file; `None` where a result is gone.
    changes: Mutex<BTreeMap<String, Option<KeptResult>>>,
    /// Held while the file is written: the process may end as soon as nothing is left to write.
    writing: Mutex<()>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Hexadecimal digits of the key of all fingerprints.
    key: String,
    /// By the address of the file.
    results: BTreeMap<String, KeptResult>,
}

impl Keyed for Kept {
    fn written_key(&self) -> &str {
        &self.key
    }

    fn new(key: String) -> Self {
        Self { key, ..Self::default() }
    }
}

/// One result.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct KeptResult {
    /// What was tested.
    pub fingerprint: String,
    /// `ok`, `failed` or `skipped`.
    pub status: String,
    /// The name of the cause; none after a success.
    pub cause: Option<String>,
    /// When, in seconds since 1970.
    pub at: u64,
    /// The names of the warnings' codes.
    pub warnings: Vec<String>,
    /// JSON pointer to the member that caused it.
    pub member: Option<String>,
}

/// Without the key.
impl fmt::Debug for ResultStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResultStore").finish_non_exhaustive()
    }
}

impl ResultStore {
    /// The results in the user's state folder.
    pub fn new() -> Self {
        Self::of(StateFile::new("login-results.json"))
    }

    fn of(kept: StateFile<Kept>) -> Self {
        Self { kept, key: OnceLock::new(), changes: Mutex::default(), writing: Mutex::default() }
    }

    /// The key of all fingerprints.
    pub fn key(&self) -> &[u8; 32] {
        self.key.get_or_init(|| key_of(&self.kept))
    }

    /// All results. Reads the disk.
    pub fn all(&self) -> BTreeMap<String, KeptResult> {
        self.kept.read(|kept| kept.results.clone())
    }

    /// Takes a result, or that there is none any more; [`ResultStore::write`] keeps it.
    pub fn note(&self, file: &str, result: Option<KeptResult>) {
        let mut changes = self.changes.lock().unwrap_or_else(PoisonError::into_inner);
        changes.insert(file.to_owned(), result);
    }

    /// Writes what was noted. Waits for the disk, and for whoever is writing: behind it all is kept.
    pub fn write(&self) {
        let _writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let changes =
            std::mem::take(&mut *self.changes.lock().unwrap_or_else(PoisonError::into_inner));
        if changes.is_empty() {
            return;
        }
        self.kept.change(|kept| {
            for (file, result) in &changes {
                match result {
                    Some(result) => kept.results.insert(file.clone(), result.clone()),
                    None => kept.results.remove(file),
                };
            }
            forget_oldest(&mut kept.results);
        });
    }
}

fn forget_oldest(results: &mut BTreeMap<String, KeptResult>) {
    let Some(too_many) = results.len().checked_sub(MOST).filter(|many| *many > 0) else { return };
    let mut by_age: Vec<(u64, String)> =
        results.iter().map(|(file, result)| (result.at, file.clone())).collect();
    by_age.sort_unstable();
    for (_, file) in by_age.into_iter().take(too_many) {
        results.remove(&file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(at: u64) -> KeptResult {
        KeptResult { at, status: "ok".to_owned(), ..KeptResult::default() }
    }

    #[test]
    fn what_one_process_keeps_the_next_one_has_under_the_same_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let open = || ResultStore::of(StateFile::at(Some(folder.path().join("results.json"))));
        let first = open();
        let key = *first.key();
        first.note("file:///a.sforg.json", Some(result(1)));
        first.note("file:///b.sforg.json", Some(result(2)));
        first.write();
        let second = open();
        assert_eq!(second.key(), &key);
        assert_eq!(second.all().len(), 2);
        second.note("file:///a.sforg.json", None);
        second.write();
        assert_eq!(open().all().into_keys().collect::<Vec<_>>(), ["file:///b.sforg.json"]);
    }

    #[test]
    fn the_oldest_go_first() {
        let mut results: BTreeMap<String, KeptResult> =
            (0..MOST as u64 + 2).map(|at| (at.to_string(), result(at))).collect();
        forget_oldest(&mut results);
        assert_eq!(results.len(), MOST);
        assert!(!results.contains_key("0") && !results.contains_key("1"));
    }
}
