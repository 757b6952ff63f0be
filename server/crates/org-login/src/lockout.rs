//! The lock-out guard: the same wrong credentials are not sent again and again until Salesforce
//! locks the user.

use std::fmt;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::digest;
use crate::policy::Destination;
use crate::secrets::Credentials;

/// So many refusals of the same credentials are enough; the next login is not tried.
pub const REFUSALS: u32 = 2;

/// Counts refusals of credentials, across processes and restarts. It sees keyed digests alone.
///
/// An attempt is reserved before it is sent, so that many at the same time are not more than
/// [`REFUSALS`] together. All methods may touch a disk; they are called on a thread where waiting
/// does no harm.
pub trait LockoutGuard: Send + Sync {
    /// The key of the digests: random, and the same for one user's state folder.
    fn key(&self) -> [u8; 32];
    /// Reserves an attempt. It lapses after `at_most`, and when the process ends.
    fn reserve(&self, credentials: &CredentialsDigest, care: Care, at_most: Duration) -> Reserved;
    /// Gives back the reservation of this number, with what came of it.
    fn settle(&self, credentials: &CredentialsDigest, reservation: u64, outcome: Outcome);
}

/// Whether refusals and attempts under way hold up another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// They do.
    Careful,
    /// A person said to send them anyway.
    Anyway,
}

/// The answer to [`LockoutGuard::reserve`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// The credentials may be sent, under this number.
    Granted(u64),
    /// They were refused so often since they last worked that they are not sent again.
    Refused(u32),
    /// If all attempts that are under way were refused, this one would be one too many: ask again
    /// when they have ended.
    Busy,
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Salesforce refused the credentials.
    Refused,
    /// They worked: former refusals do not count any more.
    Worked,
    /// Nothing was sent, or what came says nothing about them.
    Nothing,
}

/// User, host and secrets of one login, under a keyed hash (HMAC-SHA-256).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CredentialsDigest([u8; 32]);

impl CredentialsDigest {
    /// Hexadecimal digits.
    pub fn hex(&self) -> String {
        digest::hex(&self.0)
    }

    pub(crate) fn of(key: &[u8; 32], destination: &Destination, credentials: &Credentials) -> Self {
        let origin = destination.origin.as_str();
        Self(match credentials {
            Credentials::Basic { username, password, security_token } => {
                // One user to Salesforce in any letter case, maybe also with blanks around the name,
                // and one string on the wire.
                let token = security_token.as_ref().map_or("", ExposeSecret::expose_secret);
                let joined = SecretString::from([password.expose_secret(), token].concat());
                let user = username.trim().to_lowercase();
                digest::keyed(key, &[origin, "basic", &user, joined.expose_secret()])
            }
            Credentials::OAuth { client_id, client_secret } => {
                digest::keyed(key, &[origin, "oauth", client_id, client_secret.expose_secret()])
            }
        })
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
            basic(" user@example.com\n", "FAKEpw", Some("FAKEtoken")),
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
