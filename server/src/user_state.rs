//! Files of the user's state folder: one JSON value a file, changed by one process at a time.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use org_files::{FileError, Links, MIB, Stamp, Writer};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::memory::state_folder;

/// One value that outlives the process, as its file has it now: what another process wrote counts
/// too. Where the file cannot be kept, the value lasts as long as the process.
pub struct StateFile<T> {
    path: Option<PathBuf>,
    writer: Writer,
    known: Mutex<Known<T>>,
}

/// The value as it was last read or changed.
struct Known<T> {
    value: T,
    /// What was read; `None` before the first look, and after a change.
    of: Option<Option<Stamp>>,
    /// Whether the value is newer than the file, which could not be written.
    is_unsaved: bool,
}

impl<T: Clone + Default + Serialize + DeserializeOwned> StateFile<T> {
    /// The file of this name in the user's state folder.
    pub fn new(name: &str) -> Self {
        Self::at(state_folder().map(|folder| folder.join(name)))
    }

    /// The same at another place; in memory alone without one.
    pub fn at(path: Option<PathBuf>) -> Self {
        let state = path.as_ref().and_then(|path| path.parent()).map(ToOwned::to_owned);
        let known = Known { value: T::default(), of: None, is_unsaved: false };
        Self { path, writer: Writer::new(state), known: Mutex::new(known) }
    }

    /// The same for a value that need not outlive a power cut: changing it does not wait for the disk.
    pub fn passing(self) -> Self {
        Self { writer: self.writer.passing(), ..self }
    }

    /// Looks at the value.
    pub fn read<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.fresh().value)
    }

    fn fresh(&self) -> MutexGuard<'_, Known<T>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.path else { return known };
        let folder = path.parent().unwrap_or(path);
        let now = Stamp::of(path);
        if known.of != Some(now) && !known.is_unsaved {
            // Whoever removes or breaks the file begins anew.
            known.value = org_files::read_text(path, Links::NoneBelow(folder), 16 * MIB)
                .ok()
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default();
            known.of = Some(now);
        }
        known
    }

    /// Changes the value, with no other process in between. It may be asked to change the value anew
    /// when a program that takes no turns wrote the file meanwhile. A change that leaves the value's
    /// text as it is writes nothing.
    pub fn change<R>(&self, mut change: impl FnMut(&mut T) -> R) -> R {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(path) = &self.path else { return change(&mut known.value) };
        let mut result = None;
        let written = self.writer.update_private(path, |old| {
            let mut value: T = match old {
                // What could not be written is newer than the file.
                _ if known.is_unsaved => known.value.clone(),
                Some(old) => serde_json::from_str(old).unwrap_or_default(),
                None => T::default(),
            };
            result = Some(change(&mut value));
            let text = serde_json::to_string_pretty(&value)
                .map_err(|error| FileError::from(std::io::Error::other(error)))?;
            known.value = value;
            Ok::<_, FileError>((old != Some(text.as_str())).then_some(text))
        });
        known.of = None;
        known.is_unsaved = written.is_err();
        if let Err(error) = written {
            tracing::warn!("{} cannot be written: {error}", path.display());
        }
        // Where not even the lock could be had, the change lasts as long as the process.
        result.unwrap_or_else(|| change(&mut known.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Numbers = StateFile<Vec<u32>>;

    #[test]
    fn what_one_process_writes_another_reads() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep/numbers.json");
        let (one, other) = (Numbers::at(Some(path.clone())), Numbers::at(Some(path.clone())));
        assert!(other.read(Vec::is_empty));
        one.change(|numbers| numbers.push(1));
        assert_eq!(other.read(Clone::clone), [1]);
        other.change(|numbers| numbers.push(2));
        one.change(|numbers| numbers.push(3));
        assert_eq!(other.read(Clone::clone), [1, 2, 3]);
    }

    #[test]
    fn no_change_is_lost_when_many_write_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("numbers.json");
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let own = Numbers::at(Some(path.clone()));
                scope.spawn(move || {
                    for number in 0..10 {
                        own.change(|numbers| numbers.push(thread * 10 + number));
                    }
                });
            }
        });
        let mut all = Numbers::at(Some(path)).read(Clone::clone);
        all.sort_unstable();
        assert_eq!(all, (0..80).collect::<Vec<u32>>());
    }

    #[test]
    fn without_a_file_the_value_lasts_as_long_as_the_process() {
        let folder = tempfile::tempdir().expect("a folder");
        let in_the_way = folder.path().join("file");
        std::fs::write(&in_the_way, "").expect("a file");
        for path in [None, Some(in_the_way.join("numbers.json"))] {
            let own = Numbers::at(path);
            own.change(|numbers| numbers.push(1));
            assert_eq!(own.read(Clone::clone), [1]);
        }
    }

    /// A file that cannot be written any more, for whoever it may be, holds nobody's value back.
    #[cfg(unix)]
    #[test]
    fn a_file_that_cannot_be_written_any_more_is_outlived() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("numbers.json");
        let own = Numbers::at(Some(path.clone()));
        own.change(|numbers| numbers.push(1));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).expect("a mode");
        own.change(|numbers| numbers.push(2));
        own.change(|numbers| numbers.push(3));
        assert_eq!(own.read(Clone::clone), [1, 2, 3]);
        assert_eq!(Numbers::at(Some(path)).read(Clone::clone), [1]);
    }

    #[test]
    fn what_is_broken_begins_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("numbers.json");
        std::fs::write(&path, "{broken").expect("a file");
        let own = Numbers::at(Some(path.clone()));
        assert!(own.read(Vec::is_empty));
        own.change(|numbers| numbers.push(7));
        assert_eq!(Numbers::at(Some(path)).read(Clone::clone), [7]);
    }
}
