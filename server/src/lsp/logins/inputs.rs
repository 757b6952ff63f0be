//! What a person can enter on the page of an org: the values that its login still lacks.

use std::sync::Arc;

use org_ide::assists::{self, AuthValue, SecretHome, SecretSlot};
use org_ide::{Document, Field, FileKind};
use org_schema::secret_ref::SecretStore;
use serde::Serialize;

use crate::lsp::client::outgoing;
use crate::lsp::client::own::StoreChoice;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::logins::Logins;

/// The secret that can be entered on a page.
pub const CLIENT_SECRET: &str = "clientSecret";

/// A value to enter.
#[derive(Debug, Serialize)]
pub struct Input {
    /// `instanceUrl`, `clientId` or `clientSecret`.
    member: &'static str,
    label: &'static str,
    placeholder: &'static str,
    /// Where a secret may be kept, the likeliest first; empty for what goes into the file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    places: Vec<StoreChoice>,
}

impl Input {
    fn of(value: AuthValue) -> Self {
        let (label, placeholder) = match value {
            AuthValue::InstanceUrl => {
                ("My Domain URL", "https://acme--uat.sandbox.my.salesforce.com")
            }
            AuthValue::ClientId => ("Client ID (Consumer Key)", "3MVG9…"),
        };
        Self { member: value.member(), label, placeholder, places: Vec::new() }
    }

    fn of_secret(slot: &SecretSlot) -> Self {
        let mut places = places(slot);
        for place in &mut places {
            for text in [&mut place.label, &mut place.detail, &mut place.prompt] {
                *text = outgoing::line(text);
            }
        }
        let label = "Client secret (Consumer Secret)";
        Self { member: CLIENT_SECRET, label, placeholder: "", places }
    }

    /// Whether a secret is entered.
    pub fn is_secret(&self) -> bool {
        !self.places.is_empty()
    }
}

/// Whether `clientSecret` says anything.
fn is_written(document: &Document) -> bool {
    let secret = document.org().and_then(|org| org.auth.client_secret.as_ref());
    secret.and_then(Field::str).is_some_and(|text| !text.trim().is_empty())
}

/// The values that an org on OAuth 2.0 lacks.
pub fn inputs(logins: &Arc<Logins>, id: &str, snapshot: &Snapshot) -> Vec<Input> {
    let document = snapshot.document();
    if document.kind() != FileKind::Org {
        return Vec::new();
    }
    let values = assists::empty_auth_values(document).into_iter().map(Input::of);
    let slots = logins.files.analyze(id, document, assists::secret_slots);
    let is_lacking = |slot: &&SecretSlot| {
        // One that stands in the file has its own finding, and the login works with it.
        let stands_there = slot.home == SecretHome::Nowhere && is_written(document);
        slot.member == CLIENT_SECRET && slot.is_wanted && !stands_there
    };
    let secret = slots.iter().find(is_lacking);
    values.chain(secret.map(Input::of_secret)).collect()
}

/// Where a secret may be kept. A reference is kept where it is; what the process has set counts before `.env`.
pub fn places(slot: &SecretSlot) -> Vec<StoreChoice> {
    let what = match slot.member {
        "clientSecret" => "Consumer Secret of the app",
        "securityToken" => "Security token from Salesforce's email",
        _ => "Password, without the security token",
    };
    let keyring = StoreChoice {
        store: SecretStore::Keyring,
        label: "Keyring of this computer".to_owned(),
        detail: "Encrypted by the operating system. Every computer needs its own entry.".to_owned(),
        prompt: format!("{what}. Stored in the keyring."),
    };
    let env = StoreChoice {
        store: SecretStore::EnvFile,
        label: ".env file".to_owned(),
        detail: format!("{} in .env; git ignores the file.", slot.environment_name),
        prompt: format!("{what}. Stored in .env as {}.", slot.environment_name),
    };
    let is_set = std::env::var_os(&slot.environment_name).is_some();
    match &slot.home {
        SecretHome::Keyring(_) => vec![keyring],
        SecretHome::Env(_) if !is_set => vec![env, keyring],
        SecretHome::Nowhere if !is_set => vec![keyring, env],
        _ => vec![keyring],
    }
}
