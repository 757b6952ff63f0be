//! How the last test of each login went, and whether that still counts; also after a restart.

use std::time::SystemTime;

use dashmap::DashMap;
use org_ide::{Context, Document, EffectiveVersion, Field};
use org_login::keyed_digest;
use org_project::path_of_id;
use org_schema::secret_ref::{self, SecretValue};

use super::login_record::LoginRecord;
use crate::logins::results::ResultStore;

/// The last login test of each file.
#[derive(Debug)]
pub struct LastLogins {
    records: DashMap<String, LoginRecord>,
    /// The same in the user's state folder, with the key of the fingerprints.
    store: ResultStore,
}

impl Default for LastLogins {
    /// What earlier processes have kept. Reads the disk.
    fn default() -> Self {
        let store = ResultStore::new();
        let kept = store.all().into_iter();
        let kept = kept.filter_map(|(id, kept)| Some((id, LoginRecord::of_kept(&kept)?)));
        Self { records: kept.collect(), store }
    }
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

    /// Keeps what came of a test; [`LastLogins::write`] keeps it for later processes.
    pub fn keep(&self, id: String, record: LoginRecord) {
        // What is nowhere but in the editor does not come back.
        if path_of_id(&id).is_some() {
            self.store.note(&id, Some(record.kept()));
        }
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
                self.store.note(&old, None);
                self.keep(new, record);
            }
        }
    }

    /// Writes what is to be kept. Waits for the disk.
    pub fn write(&self) {
        self.store.write();
    }

    /// Whether an org is still the one that was tested.
    pub fn counts(&self, record: &LoginRecord, document: &Document, context: &Context<'_>) -> bool {
        self.fingerprint(document, context) == record.fingerprint
    }

    /// What a test of this org will count for: a keyed digest of everything that a login of it depends
    /// on, as written. No secret is resolved.
    pub fn fingerprint(&self, document: &Document, context: &Context<'_>) -> String {
        let Some(org) = document.org() else { return String::new() };
        let auth = &org.auth;
        let fields = [
            &org.server_host,
            &auth.kind,
            &auth.username,
            &auth.password,
            &auth.security_token,
            &auth.instance_url,
            &auth.client_id,
            &auth.client_secret,
        ];
        // A secret that comes is another login, whatever it is.
        let is_missing = |text: &str| match secret_ref::parse(text) {
            SecretValue::Env(name) => !context.environment.knows(name),
            _ => false,
        };
        let written = fields.map(|field| match field.as_ref().and_then(Field::str) {
            Some(text) if is_missing(text) => format!("?{text}"),
            Some(text) => format!("={text}"),
            None => String::new(),
        });
        let version = EffectiveVersion::of(org, context.project);
        let version = version.map(|effective| effective.version.to_string()).unwrap_or_default();
        let sandbox = format!("{:?}", org.is_sandbox());
        let mut parts: Vec<&str> = written.iter().map(String::as_str).collect();
        parts.extend([sandbox.as_str(), version.as_str()]);
        keyed_digest(self.store.key(), &parts)
    }
}
