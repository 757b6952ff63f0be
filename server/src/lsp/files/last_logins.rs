//! How the last test of each login went, and whether that still counts.

use std::collections::hash_map::{DefaultHasher, RandomState};
use std::hash::{BuildHasher, Hash, Hasher};
use std::time::SystemTime;

use dashmap::DashMap;
use org_ide::{Context, Document, EffectiveVersion, Field, LastLogin};

/// The last login test of one file.
#[derive(Clone, Debug)]
pub struct LoginRecord {
    /// What was tested; the record counts while this is still the same.
    pub fingerprint: u64,
    /// What came out.
    pub last: LastLogin,
    /// When.
    pub at: SystemTime,
    /// My Domain host that a successful login answered with.
    pub known_host: Option<String>,
}

/// The last login test of each file.
#[derive(Debug, Default)]
pub struct LastLogins {
    records: DashMap<String, LoginRecord>,
    /// Keys the fingerprints, so that they mean nothing outside of this process.
    keys: RandomState,
}

impl LastLogins {
    /// The last test of a file's login.
    pub fn get(&self, id: &str) -> Option<LoginRecord> {
        self.records.get(id).map(|record| record.clone())
    }

    /// When a file's login was tested.
    pub fn tested_at(&self, id: &str) -> Option<SystemTime> {
        self.records.get(id).map(|record| record.at)
    }

    /// Keeps what came of a test.
    pub fn keep(&self, id: String, record: LoginRecord) {
        self.records.insert(id, record);
    }

    /// Forgets a file that does not come back.
    pub fn forget(&self, id: &str) {
        self.records.remove(id);
    }

    /// Results go along with a file, or with all below a folder, that has another name.
    pub fn rename(&self, from: &str, to: &str) {
        let moved = |id: &String| {
            let below = id.strip_prefix(from)?;
            (below.is_empty() || below.starts_with('/'))
                .then(|| (id.clone(), format!("{to}{below}")))
        };
        let moves: Vec<_> = self.records.iter().filter_map(|entry| moved(entry.key())).collect();
        for (old, new) in moves {
            if let Some((_, record)) = self.records.remove(&old) {
                self.records.insert(new, record);
            }
        }
    }

    /// Whether an org is still the one that was tested.
    pub fn counts(&self, record: &LoginRecord, document: &Document, context: &Context<'_>) -> bool {
        self.fingerprint(document, context) == record.fingerprint
    }

    /// What a test of this org will count for.
    pub fn fingerprint(&self, document: &Document, context: &Context<'_>) -> u64 {
        hash(&self.keys, document, context)
    }
}

/// Hash of everything that a login of this org depends on, as written: no secret is resolved.
fn hash(keys: &RandomState, document: &Document, context: &Context<'_>) -> u64 {
    let mut hasher: DefaultHasher = keys.build_hasher();
    if let Some(org) = document.org() {
        let auth = &org.auth;
        let strings = [
            &org.server_host,
            &auth.kind,
            &auth.username,
            &auth.password,
            &auth.security_token,
            &auth.instance_url,
            &auth.client_id,
            &auth.client_secret,
        ];
        for field in strings {
            field.as_ref().and_then(Field::str).hash(&mut hasher);
        }
        org.is_sandbox().hash(&mut hasher);
        let version = EffectiveVersion::of(org, context.project).map(|v| v.version.number());
        version.hash(&mut hasher);
    }
    hasher.finish()
}
