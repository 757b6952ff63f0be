//! Keyed digests: what is remembered of credentials and of where secrets may go gives nothing away.

use ring::hmac;

/// Hexadecimal digits of a keyed digest of `parts`, for what is remembered of a definition.
pub fn keyed_digest(key: &[u8; 32], parts: &[&str]) -> String {
    hex(&keyed(key, parts))
}

/// HMAC-SHA-256 over `parts`, each with its length in front, so that no two lists of parts run
/// together.
pub(crate) fn keyed(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    let mut digest = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        digest.update(&(part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut bytes = [0; 32];
    for (byte, signed) in bytes.iter_mut().zip(digest.sign().as_ref()) {
        *byte = *signed;
    }
    bytes
}

/// Hexadecimal digits.
pub(crate) fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
