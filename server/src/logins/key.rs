//! Keys of the digests in the user's state folder.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::user_state::StateFile;

/// What a file of the state folder keeps, and the key of its digests beside them.
pub trait Keyed: Clone + Default + Serialize + DeserializeOwned {
    /// The key as the file has it.
    fn written_key(&self) -> &str;
    /// Nothing yet under a new key.
    fn new(written_key: String) -> Self;
}

/// The key of a file's digests. Where the file has none it gets one, and what it keeps goes: nothing of it
/// would be found again.
pub fn key_of<T: Keyed>(file: &StateFile<T>) -> [u8; 32] {
    if let Some(key) = file.read(|kept| parse_key(kept.written_key())) {
        return key;
    }
    let key = random_key();
    file.change(|kept| {
        // Another process may have been first.
        parse_key(kept.written_key()).unwrap_or_else(|| {
            *kept = T::new(written_key(&key));
            key
        })
    })
}

/// Reads 64 hexadecimal digits.
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

/// The key as its file has it.
fn written_key(key: &[u8; 32]) -> String {
    key.iter().map(|byte| format!("{byte:02x}")).collect()
}
