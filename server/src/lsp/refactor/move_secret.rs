//! *Move secret to keyring* and *Move secret to environment variable*: the secret is stored first,
//! then the file gets the reference. What fails leaves the file as it was.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::{WrittenSecret, written_secrets};
use org_ide::{Document, Edit};
use org_login::{Account, Bindings, SecretUse, destination};
use org_schema::secret_ref::{self, SecretStore};
use secrecy::SecretString;

use crate::env_store::store;
use crate::git::Ignored;
#[cfg(feature = "keyring")]
use crate::logins::keyring_entries::store_new;
use crate::logins::target::login_target;
use crate::lsp::client::Message;
use crate::lsp::commands::Moved;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::files::Files;
use crate::lsp::logins::Logins;
use crate::memory;

/// Moves the secret of one member, or all of the file.
pub async fn run(logins: &Logins, moved: Moved) {
    let id = id_of(&moved.uri);
    let kind_and_message = match work(logins, &id, moved.member.as_deref(), moved.to).await {
        Ok(message) => (lsp::MessageType::INFO, message),
        Err(message) => (lsp::MessageType::ERROR, message),
    };
    logins.client.show(kind_and_message.0, Message::of_lines(&kind_and_message.1)).await;
}

async fn work(
    logins: &Logins,
    id: &str,
    member: Option<&str>,
    to: SecretStore,
) -> Result<String, String> {
    let files = &logins.files;
    let nothing = || format!("{}: no secret in plain text, so nothing was moved.", shown(id));
    let snapshot = files.snapshot(id).ok_or_else(nothing)?;
    let mut secrets = files.analyze(id, snapshot.document(), written_secrets);
    secrets.retain(|secret| member.is_none_or(|member| member == secret.member));
    if secrets.is_empty() {
        return Err(nothing());
    }
    let stored = match to {
        SecretStore::EnvFile => to_env_file(files, id, &secrets).await?,
        SecretStore::Keyring => {
            let recipient = recipient(logins, id, Some(snapshot.document()));
            to_keyring(&secrets, recipient.map(|(host, _)| host)).await?
        }
    };
    // A person may have gone on typing while it was stored.
    let snapshot = files.snapshot(id).ok_or_else(|| stored.left_behind(id))?;
    let now = files.analyze(id, snapshot.document(), written_secrets);
    let edits: Option<Vec<Edit>> = secrets
        .iter()
        .zip(&stored.references)
        .map(|(moved, reference)| {
            let is_same =
                |now: &&WrittenSecret| now.member == moved.member && now.value == moved.value;
            Some(now.iter().find(is_same)?.replaced_by(reference))
        })
        .collect();
    let edits = edits.ok_or_else(|| stored.left_behind(id))?;
    let edit = files.workspace_edit(&snapshot, &edits);
    let recipient = recipient(logins, id, Some(snapshot.document()));
    let applied = logins.client.apply(edit).await;
    logins.diagnostics.queue_file(id.to_owned());
    if !applied {
        return Err(stored.left_behind(id));
    }
    if let Some((host, account)) = recipient {
        // Who moves a secret says where it goes: where it went as it stood in the file.
        let uses = stored.references.iter().zip(&secrets).filter_map(|(reference, secret)| {
            SecretUse::of_reference(reference, secret.member, &host, &account)
        });
        let (uses, bindings) = (uses.collect::<Vec<_>>(), Arc::clone(&logins.bindings));
        // Where this fails, the next login asks.
        let _ = tokio::task::spawn_blocking(move || bindings.confirm(&uses)).await;
    }
    Ok(stored.message)
}

/// The host that the file's login goes to, and who logs in there; `None` when that cannot be told.
pub(super) fn recipient(
    logins: &Logins,
    id: &str,
    document: Option<&Document>,
) -> Option<(String, Account)> {
    let document = document?;
    let target = logins
        .files
        .analyze(id, document, |document, context| login_target(document, context, &shown(id)))
        .ok()?;
    let destination = destination(&target, &logins.user.allowed).ok()?;
    Some((destination.authority().to_owned(), target.auth.account()?))
}

struct Stored {
    references: Vec<String>,
    message: String,
}

impl Stored {
    /// The file has not got the references.
    fn left_behind(&self, id: &str) -> String {
        format!(
            "{} has changed in the meantime or could not be edited, so it still has its secrets. \
             They are also stored: replace them with {}.",
            shown(id),
            self.references.join(", ")
        )
    }
}

/// The disk may wait, for a lock or for a machine that it belongs to.
async fn to_env_file(files: &Files, id: &str, secrets: &[WrittenSecret]) -> Result<Stored, String> {
    let path = files
        .env_file_of(id)
        .ok_or_else(|| format!("Save {} first: there is no folder for a .env file.", shown(id)))?;
    let folders = files.folders();
    let values: Vec<(String, SecretString)> = secrets
        .iter()
        .map(|secret| (secret.environment_name.clone(), secret.value.clone().into()))
        .collect();
    let place = path.display().to_string();
    let work = move || store(&path, &folders, &values, &memory::writer());
    let stored = tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| error.to_string())?
        .map_err(|error| format!("Nothing was moved: {error}."))?;
    let references: Option<Vec<String>> =
        stored.names.iter().map(|name| secret_ref::env_reference(name)).collect();
    let references = references.ok_or("The name is not valid.")?;
    let mut message = format!("Moved to {place}: {}.", references.join(", "));
    match stored.ignored {
        Ignored::Now(rules) => {
            message.push_str(&format!(" git ignores it now ({}).", rules.display()));
        }
        Ignored::Already => message.push_str(" git ignores it."),
        Ignored::NoRepository => {}
    }
    Ok(Stored { references, message })
}

#[cfg(feature = "keyring")]
async fn to_keyring(secrets: &[WrittenSecret], host: Option<String>) -> Result<Stored, String> {
    let secrets = secrets.to_vec();
    // The store may wait for a person who unlocks it.
    let stored = tokio::task::spawn_blocking(move || {
        let mut references = Vec::new();
        for secret in &secrets {
            let value = SecretString::from(secret.value.clone());
            let account =
                store_new(&secret.keyring_account, host.as_deref(), &value).map_err(|error| {
                    format!("Nothing was moved: {error}{}", org_ide::numbered_steps(&error.steps()))
                })?;
            let reference = secret_ref::keyring_reference(&account);
            references.push(reference.ok_or("The account's name is not valid.")?);
        }
        Ok::<Vec<String>, String>(references)
    });
    let references: Vec<String> = stored.await.map_err(|error| error.to_string())??;
    let message = format!("Moved to the keyring: {}.", references.join(", "));
    Ok(Stored { references, message })
}

#[cfg(not(feature = "keyring"))]
async fn to_keyring(_: &[WrittenSecret], _: Option<String>) -> Result<Stored, String> {
    Err("This build of sforg has no keyring support: move it to an environment variable."
        .to_owned())
}
