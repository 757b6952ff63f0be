//! Refused credentials and attempts under way, kept in the user's state folder under a keyed hash.

mod presence;

use std::collections::BTreeMap;
#[cfg(test)]
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use org_login::{Care, CredentialsDigest, LockoutGuard, Outcome, REFUSALS, Reserved};
use serde::{Deserialize, Serialize};

use super::key::{Keyed, key_of};
use crate::memory;
use crate::user_state::StateFile;
use presence::Presence;

/// The file in the user's state folder.
const FILE: &str = "refused-logins.json";

/// Its sister, which changes with each login.
const ATTEMPTS: &str = "login-attempts.json";

/// So many credentials are remembered; the ones refused longest ago are forgotten first.
const REMEMBERED: usize = 1000;

/// The guard that all logins of a process share. What another process counted and reserved counts
/// too. Where there is no file to keep it in, it lasts as long as the process.
pub struct LockoutStore {
    kept: StateFile<Kept>,
    /// Attempts under way; of no use once the machine was off.
    under_way: StateFile<Vec<UnderWay>>,
    presence: Presence,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Hexadecimal digits of the key of all digests.
    key: String,
    refused: BTreeMap<String, Count>,
}

impl Keyed for Kept {
    fn written_key(&self) -> &str {
        &self.key
    }

    fn new(key: String) -> Self {
        Self { key, ..Self::default() }
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Count {
    times: u32,
    /// Seconds since 1970.
    last: u64,
}

/// An attempt that is reserved.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct UnderWay {
    /// The digest of the credentials.
    credentials: String,
    /// The process that reserved it, as [`Presence`] knows it.
    process: String,
    /// Tells it from others of the process.
    number: u64,
    /// When it lapses, in seconds since 1970.
    until: u64,
}

impl LockoutStore {
    /// Counts in the user's state folder.
    pub fn new() -> Self {
        let presence = Presence::new(memory::state_folder().map(|folder| folder.join("running")));
        let under_way = StateFile::new(ATTEMPTS).passing();
        Self { kept: StateFile::new(FILE), under_way, presence }
    }

    #[cfg(test)]
    fn at(folder: Option<&Path>) -> Self {
        let presence = Presence::new(folder.map(|folder| folder.join("running")));
        let file = |name| folder.map(|folder| folder.join(name));
        let under_way = StateFile::at(file(ATTEMPTS)).passing();
        Self { kept: StateFile::at(file(FILE)), under_way, presence }
    }

    /// Takes away what has lapsed: its time is over, or its process is gone.
    fn drop_lapsed(&self, under_way: &mut Vec<UnderWay>) {
        let now = now();
        under_way
            .retain(|attempt| attempt.until > now && self.presence.is_running(&attempt.process));
    }
}

impl LockoutGuard for LockoutStore {
    fn key(&self) -> [u8; 32] {
        key_of(&self.kept)
    }

    fn reserve(&self, credentials: &CredentialsDigest, care: Care, at_most: Duration) -> Reserved {
        self.reserve_for(&credentials.hex(), care, at_most)
    }

    fn settle(&self, credentials: &CredentialsDigest, reservation: u64, outcome: Outcome) {
        self.settle_for(&credentials.hex(), reservation, outcome);
    }
}

impl LockoutStore {
    fn reserve_for(&self, credentials: &str, care: Care, at_most: Duration) -> Reserved {
        let number = self.presence.next_number();
        self.under_way.change(|under_way| {
            self.drop_lapsed(under_way);
            if care == Care::Careful {
                let refusals =
                    self.kept.read(|kept| kept.refused.get(credentials).map_or(0, |c| c.times));
                if refusals >= REFUSALS {
                    return Reserved::Refused(refusals);
                }
                let is_same = |attempt: &&UnderWay| attempt.credentials == credentials;
                let same = under_way.iter().filter(is_same).count();
                if refusals as usize + same >= REFUSALS as usize {
                    return Reserved::Busy;
                }
            }
            under_way.push(UnderWay {
                credentials: credentials.to_owned(),
                process: self.presence.name().to_owned(),
                number,
                until: now().saturating_add(at_most.as_secs()).saturating_add(1),
            });
            Reserved::Granted(number)
        })
    }

    /// What came out is kept before the attempt is given back, so that nobody sees neither.
    fn settle_for(&self, credentials: &str, reservation: u64, outcome: Outcome) {
        match outcome {
            Outcome::Refused => self.kept.change(|kept| {
                let count = kept.refused.entry(credentials.to_owned()).or_default();
                count.times = count.times.saturating_add(1);
                count.last = now();
                forget_oldest(&mut kept.refused);
            }),
            Outcome::Worked if self.kept.read(|kept| kept.refused.contains_key(credentials)) => {
                self.kept.change(|kept| {
                    kept.refused.remove(credentials);
                });
            }
            Outcome::Worked | Outcome::Nothing => {}
        }
        self.under_way.change(|under_way| {
            self.drop_lapsed(under_way);
            under_way.retain(|attempt| {
                attempt.number != reservation || attempt.process != self.presence.name()
            });
        });
    }
}

fn forget_oldest(refused: &mut BTreeMap<String, Count>) {
    while refused.len() > REMEMBERED {
        let oldest = refused.iter().min_by_key(|(_, count)| count.last);
        let Some(oldest) = oldest.map(|(digest, _)| digest.clone()) else { break };
        refused.remove(&oldest);
    }
}

/// Seconds since 1970.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

#[cfg(test)]
mod tests;
