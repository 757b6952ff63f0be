//! The lock-out guard: the same wrong credentials are not sent again and again until Salesforce
//! locks the user (PRODUCT 4).

use std::fmt;

use ring::hmac;
use secrecy::{ExposeSecret, SecretString};

use crate::policy::Destination;
use crate::secrets::Credentials;

/// So many refusals of the same credentials are enough; the next login is not tried.
pub const REFUSALS: u32 = 2;

/// Counts refusals of credentials, across restarts. It sees keyed digests alone.
///
/// Both methods may touch a disk; they are called on a thread where waiting does no harm.
pub trait LockoutGuard: Send + Sync {
    /// The key of the digests: random, and the same for one user's state folder.
    fn key(&self) -> [u8; 32];
    /// How often these credentials were refused since they last worked.
    fn refusals(&self, credentials: &CredentialsDigest) -> u32;
    /// They were refused once more.
    fn refused(&self, credentials: &CredentialsDigest);
    /// They worked.
    fn worked(&self, credentials: &CredentialsDigest);
}

/// User, host and secrets of one login, under a keyed hash (HMAC-SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialsDigest([u8; 32]);

impl CredentialsDigest {
    /// Hexadecimal digits.
    pub fn hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    pub(crate) fn of(key: &[u8; 32], destination: &Destination, credentials: &Credentials) -> Self {
        let mut digest = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
        // Each part with its length, so that no two lists of parts run together.
        let mut part = |text: &str| {
            digest.update(&(text.len() as u64).to_be_bytes());
            digest.update(text.as_bytes());
        };
        part(&destination.origin);
        match credentials {
            Credentials::Basic { username, password, security_token } => {
                part("basic");
                // One user to Salesforce in any letter case, and one string on the wire.
                part(&username.to_lowercase());
                let token = security_token.as_ref().map_or("", ExposeSecret::expose_secret);
                let joined = SecretString::from([password.expose_secret(), token].concat());
                part(joined.expose_secret());
            }
            Credentials::OAuth { client_id, client_secret } => {
                part("oauth");
                part(client_id);
                part(client_secret.expose_secret());
            }
        }
        let mut bytes = [0; 32];
        for (byte, signed) in bytes.iter_mut().zip(digest.sign().as_ref()) {
            *byte = *signed;
        }
        Self(bytes)
    }
}

impl fmt::Debug for CredentialsDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialsDigest")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::salesforce;

    fn basic(username: &str, password: &str, token: Option<&str>) -> Credentials {
        Credentials::Basic {
            username: username.to_owned(),
            password: password.into(),
            security_token: token.map(Into::into),
        }
    }

    #[test]
    fn what_is_one_to_salesforce_counts_once() {
        let of = |credentials: &Credentials, host: &str| {
            CredentialsDigest::of(&[7; 32], &salesforce(host), credentials)
        };
        let host = "login.salesforce.com";
        let first = of(&basic("User@example.com", "FAKEpw", Some("FAKEtoken")), host);
        for same in [
            basic("user@EXAMPLE.com", "FAKEpw", Some("FAKEtoken")),
            basic("User@example.com", "FAKEpwFAKEtoken", None),
            basic("User@example.com", "FAKEp", Some("wFAKEtoken")),
        ] {
            assert_eq!(of(&same, host), first);
        }
        for other in [
            basic("other@example.com", "FAKEpw", Some("FAKEtoken")),
            basic("User@example.com", "fakepw", Some("FAKEtoken")),
            basic("User@example.com", "FAKEpw", None),
        ] {
            assert_ne!(of(&other, host), first);
        }
        // A user who is sent to the right host at last is tried there at once.
        let right =
            of(&basic("User@example.com", "FAKEpw", Some("FAKEtoken")), "test.salesforce.com");
        assert_ne!(right, first);
    }
}
