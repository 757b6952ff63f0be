//! Refused credentials, kept in the user's state folder under a keyed hash.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use org_login::{CredentialsDigest, LockoutGuard};
use serde::{Deserialize, Serialize};

use crate::{atomic, memory};

/// So many credentials are remembered; the ones refused longest ago are forgotten first.
const REMEMBERED: usize = 1000;

/// The guard that all logins of a process share. Another process's counts are read afresh each time.
pub struct Refusals {
    path: Option<PathBuf>,
    /// Used while there is no file to keep it in.
    fallback_key: [u8; 32],
    one_at_a_time: Mutex<()>,
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
        Self {
            path: memory::state_folder().map(|folder| folder.join("refused-logins.json")),
            fallback_key: random_key(),
            one_at_a_time: Mutex::new(()),
        }
    }

    fn read(&self) -> Kept {
        self.path
            .as_ref()
            .and_then(|path| std::fs::read_to_string(path).ok())
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default()
    }

    fn change(&self, change: impl FnOnce(&mut Kept)) {
        let Some(path) = &self.path else { return };
        let _one = self.one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kept = self.read();
        change(&mut kept);
        while kept.refused.len() > REMEMBERED {
            let oldest = kept.refused.iter().min_by_key(|(_, count)| count.last);
            let Some(oldest) = oldest.map(|(digest, _)| digest.clone()) else { break };
            kept.refused.remove(&oldest);
        }
        let written = serde_json::to_string_pretty(&kept)
            .map_err(std::io::Error::other)
            .and_then(|text| atomic::write_private(path, &text));
        if let Err(error) = written {
            tracing::warn!("{} cannot be written: {error}", path.display());
        }
    }
}

impl LockoutGuard for Refusals {
    fn key(&self) -> [u8; 32] {
        if let Some(key) = parse_key(&self.read().key) {
            return key;
        }
        let key = self.fallback_key;
        self.change(|kept| {
            if parse_key(&kept.key).is_none() {
                kept.key = key.iter().map(|byte| format!("{byte:02x}")).collect();
                kept.refused.clear();
            }
        });
        parse_key(&self.read().key).unwrap_or(key)
    }

    fn refusals(&self, credentials: &CredentialsDigest) -> u32 {
        self.read().refused.get(&credentials.hex()).map_or(0, |count| count.times)
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
