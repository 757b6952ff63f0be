//! Refused credentials, kept in the user's state folder under a keyed hash.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use org_login::{CredentialsDigest, LockoutGuard};
use serde::{Deserialize, Serialize};

use crate::{atomic, memory};

/// So many credentials are remembered; the ones refused longest ago are forgotten first.
const REMEMBERED: usize = 1000;

/// The guard that all logins of a process share. What another process counted counts too: the file is
/// looked at each time, and read when it is another than the last time. Where there is no file to
/// keep them in, the counts last as long as the process.
pub struct Refusals {
    path: Option<PathBuf>,
    known: Mutex<Known>,
}

/// The counts as they were last read or changed.
struct Known {
    kept: Kept,
    of: Stamp,
}

/// Tells one state of the file from another.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stamp {
    /// It was written, so it must be read.
    Outdated,
    /// There is none, or it cannot be seen.
    Missing,
    /// Each write makes another file; its number, size and time.
    Of { number: u64, size: u64, modified: Option<SystemTime> },
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Hexadecimal digits of the key of all digests.
    key: String,
    refused: BTreeMap<String, Count>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Count {
    times: u32,
    /// Seconds since 1970.
    last: u64,
}

impl Refusals {
    /// Counts in the user's state folder.
    pub fn new() -> Self {
        Self::at(memory::state_folder().map(|folder| folder.join("refused-logins.json")))
    }

    fn at(path: Option<PathBuf>) -> Self {
        let known = Known { kept: Kept::default(), of: Stamp::Outdated };
        Self { path, known: Mutex::new(known) }
    }

    /// The counts as the file has them now.
    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.path.as_deref().map_or(Stamp::Missing, Stamp::of);
        if known.of != now {
            known.kept = self
                .path
                .as_ref()
                .and_then(|path| std::fs::read_to_string(path).ok())
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default();
            known.of = now;
        }
        known
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) {
        let mut known = self.known();
        change(&mut known.kept);
        while known.kept.refused.len() > REMEMBERED {
            let oldest = known.kept.refused.iter().min_by_key(|(_, count)| count.last);
            let Some(oldest) = oldest.map(|(digest, _)| digest.clone()) else { break };
            known.kept.refused.remove(&oldest);
        }
        let Some(path) = &self.path else { return };
        let written = serde_json::to_string_pretty(&known.kept)
            .map_err(std::io::Error::other)
            .and_then(|text| atomic::write_private(path, &text));
        match written {
            // Another process may have written behind us already.
            Ok(()) => known.of = Stamp::Outdated,
            Err(error) => tracing::warn!("{} cannot be written: {error}", path.display()),
        }
    }
}

impl Stamp {
    fn of(path: &Path) -> Self {
        let Ok(metadata) = path.metadata() else { return Self::Missing };
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        Self::Of { number, size: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl LockoutGuard for Refusals {
    fn key(&self) -> [u8; 32] {
        if let Some(key) = parse_key(&self.known().kept.key) {
            return key;
        }
        let key = random_key();
        self.change(|kept| {
            if parse_key(&kept.key).is_none() {
                kept.key = key.iter().map(|byte| format!("{byte:02x}")).collect();
                kept.refused.clear();
            }
        });
        // Another process may have been quicker.
        parse_key(&self.known().kept.key).unwrap_or(key)
    }

    fn refusals(&self, credentials: &CredentialsDigest) -> u32 {
        self.known().kept.refused.get(&credentials.hex()).map_or(0, |count| count.times)
    }

    fn refused(&self, credentials: &CredentialsDigest) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        self.change(|kept| {
            let count = kept.refused.entry(credentials.hex()).or_default();
            count.times = count.times.saturating_add(1);
            count.last = now;
        });
    }

    fn worked(&self, credentials: &CredentialsDigest) {
        if self.refusals(credentials) > 0 {
            self.change(|kept| {
                kept.refused.remove(&credentials.hex());
            });
        }
    }
}

fn parse_key(hex: &str) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (index, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(index * 2..index * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}

/// From the system's source of randomness; where it fails, a key that only this process has.
fn random_key() -> [u8; 32] {
    use std::hash::{BuildHasher, RandomState};
    let mut key = [0; 32];
    if getrandom::fill(&mut key).is_err() {
        for chunk in key.chunks_mut(8) {
            chunk.copy_from_slice(&RandomState::new().hash_one(0u8).to_be_bytes());
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One count of one digest, as the guard's own methods have it.
    fn count(refusals: &Refusals, digest: &str) {
        refusals.change(|kept| kept.refused.entry(digest.to_owned()).or_default().times += 1);
    }

    fn counted(refusals: &Refusals, digest: &str) -> u32 {
        refusals.known().kept.refused.get(digest).map_or(0, |count| count.times)
    }

    #[test]
    fn two_processes_share_key_and_counts() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("refused-logins.json");
        let (one, other) = (Refusals::at(Some(path.clone())), Refusals::at(Some(path.clone())));
        assert_eq!(one.key(), other.key());
        for number in 1..=20 {
            count(&one, "a");
            count(&other, "a");
            assert_eq!((counted(&one, "a"), counted(&other, "a")), (number * 2, number * 2));
        }
        let key = one.key();
        std::fs::remove_file(&path).expect("the file");
        assert_eq!(counted(&one, "a"), 0, "a person who removes the file begins anew");
        assert_ne!(one.key(), key);
    }

    #[test]
    fn without_a_file_the_process_counts_for_itself() {
        let folder = tempfile::tempdir().expect("a folder");
        let not_a_folder = folder.path().join("file");
        std::fs::write(&not_a_folder, "").expect("a file");
        for path in [None, Some(not_a_folder.join("refused-logins.json"))] {
            let refusals = Refusals::at(path);
            assert_eq!(refusals.key(), refusals.key());
            count(&refusals, "a");
            count(&refusals, "a");
            assert_eq!(counted(&refusals, "a"), 2);
        }
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let refusals = Refusals::at(None);
        for number in 0..REMEMBERED as u64 + 10 {
            refusals.change(|kept| {
                let count = Count { times: 1, last: number };
                kept.refused.insert(format!("{number:08}"), count);
            });
        }
        assert_eq!(counted(&refusals, "00000009"), 0);
        assert_eq!(counted(&refusals, "00000010"), 1);
    }
}
