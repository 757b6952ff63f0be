//! *Enter Secret…*: a person enters a secret, it is stored, and the file gets the reference to it. It
//! never stands in the file, and what fails leaves the file as it was.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::{self, SecretHome, SecretSlot};
use org_ide::{Document, Edit, FileKind};
use org_login::{Bindings, EnvFileEditError, SecretUse};
use org_schema::secret_ref::{self, SecretStore};
use org_text::Foreign;
use secrecy::{ExposeSecret, SecretString};

use super::move_secret::recipient;
use crate::env_store::{self, EnvStoreError};
#[cfg(feature = "keyring")]
use crate::logins::keyring_entries;
use crate::lsp::client::own::SecretPrompt;
use crate::lsp::client::{Answer, Message};
use crate::lsp::commands::{Command, OneFile};
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::logins::Logins;
use crate::lsp::logins::inputs::places;
use crate::lsp::logins::one;
use crate::memory;

/// Asks for the secret of a member (of the first that needs one, without `member`) and stores it.
pub async fn run(logins: &Arc<Logins>, uri: lsp::Url, member: Option<String>) {
    let id = id_of(&uri);
    match work(logins, &id, member.as_deref()).await {
        Ok(None) => {}
        Ok(Some(place)) => stored(logins, &uri, place).await,
        Err(message) => {
            logins.client.show(lsp::MessageType::WARNING, Message::of_lines(&message)).await;
        }
    }
}

/// Says so; after a failed login the next thing is to test it again.
async fn stored(logins: &Arc<Logins>, uri: &lsp::Url, place: &str) {
    let id = id_of(uri);
    let name = one::prepare(logins, &id).map_or_else(|| shown(&id), |org| org.name);
    let text = format!("{name}: secret stored in {place}.");
    let failed =
        logins.files.last_logins.get(&id).is_some_and(|record| !record.last.outcome.is_in());
    let own = logins.client.session.client.own;
    const TEST: &str = "Test Login";
    if failed && own.buttons {
        if logins.client.offer(lsp::MessageType::INFO, text, &[TEST]).await == Some(TEST) {
            logins.follow_up(Command::TestLogin(OneFile { uri: uri.clone() }));
        }
    } else {
        logins.client.good_news(own, text).await;
    }
}

/// Where the secret was stored; `None` when the person entered nothing.
async fn work(
    logins: &Arc<Logins>,
    id: &str,
    member: Option<&str>,
) -> Result<Option<&'static str>, String> {
    if !logins.client.session.client.own.enter_secret {
        return Err("This editor cannot ask for a secret. Run \"sforg secret set\" in a terminal."
            .to_owned());
    }
    let _known = super::project::find_project(&logins.diagnostics, id).await;
    let slot = slot(logins, id, member)?;
    let name = one::prepare(logins, id).map_or_else(|| shown(id), |org| org.name);
    let prompt = SecretPrompt { title: format!("{name}: {}", slot.title), places: places(&slot) };
    let Some((store, secret)) = logins.client.enter_secret(prompt).await else { return Ok(None) };
    let secret = SecretString::from(secret.expose_secret().trim());
    if secret.expose_secret().is_empty() {
        return Ok(None);
    }
    refuse_odd(&slot, &secret)?;
    store_secret(logins, id, &slot, store, &secret).await
}

/// Stores a secret and writes the reference to it. Where it was stored; `None` when the person keeps the
/// value that is stored already.
///
/// # Errors
/// It was not stored, or the file could not be changed; the message says what to do.
pub async fn store_secret(
    logins: &Arc<Logins>,
    id: &str,
    slot: &SecretSlot,
    store: SecretStore,
    secret: &SecretString,
) -> Result<Option<&'static str>, String> {
    let stored = match store {
        SecretStore::Keyring => to_keyring(logins, id, slot, secret).await?,
        SecretStore::EnvFile => to_env_file(logins, id, slot, secret).await?,
    };
    let Some(reference) = stored else { return Ok(None) };
    refer(logins, id, slot, &reference).await?;
    Ok(Some(match store {
        SecretStore::Keyring => "the keyring",
        SecretStore::EnvFile => ".env",
    }))
}

/// The place of a secret in an org file: of `member`, else the first that needs one.
///
/// # Errors
/// There is none; the message says what to do.
pub fn slot(logins: &Arc<Logins>, id: &str, member: Option<&str>) -> Result<SecretSlot, String> {
    let nothing =
        || format!("{} has no place for a secret yet: choose its \"auth\" first.", shown(id));
    let snapshot = logins.files.snapshot(id).ok_or_else(nothing)?;
    let slots = logins.files.analyze(id, snapshot.document(), assists::secret_slots);
    let named = slots.iter().position(|slot| Some(slot.member) == member);
    let wanted = slots.iter().position(|slot| slot.is_wanted);
    let place = named.or(wanted).unwrap_or(0);
    slots.into_iter().nth(place).ok_or_else(nothing)
}

/// The key in the place of the secret, or a reference.
fn refuse_odd(slot: &SecretSlot, secret: &SecretString) -> Result<(), String> {
    let secret = secret.expose_secret();
    if slot.member == "clientSecret" && secret.starts_with("3MVG9") {
        return Err("This is the client ID. Paste the Consumer Secret.".to_owned());
    }
    if secret.contains(char::is_control) {
        return Err("A secret has no line breaks or other control characters.".to_owned());
    }
    Ok(())
}

const REPLACE: &str = "Replace";
const KEEP: &str = "Keep Old Value";

/// Whether a person wants the value that is stored replaced.
async fn may_replace(logins: &Arc<Logins>, name: &str) -> bool {
    let question =
        format!("{} has another value already, which other orgs may use.", Foreign(name));
    logins.client.ask(lsp::MessageType::WARNING, question, &[KEEP, REPLACE]).await
        == Answer::Chosen(REPLACE)
}

async fn to_env_file(
    logins: &Arc<Logins>,
    id: &str,
    slot: &SecretSlot,
    secret: &SecretString,
) -> Result<Option<String>, String> {
    let path = logins
        .files
        .env_file_of(id)
        .ok_or_else(|| format!("Save {} first: there is no folder for a .env file.", shown(id)))?;
    let name = slot.environment_name.clone();
    let mut may_overwrite = false;
    loop {
        let (path, folders) = (path.clone(), logins.files.folders());
        let (own_name, own_secret) = (name.clone(), secret.clone());
        let work = move || {
            let writer = memory::writer();
            env_store::store_as(&path, &folders, &own_name, &own_secret, may_overwrite, &writer)
        };
        let stored = tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?;
        match stored {
            Ok(_) => return Ok(secret_ref::env_reference(&name)),
            Err(EnvStoreError::Edit(EnvFileEditError::Taken(_))) if !may_overwrite => {
                if !may_replace(logins, &name).await {
                    return Ok(None);
                }
                may_overwrite = true;
            }
            Err(error) => return Err(format!("Nothing was stored: {error}.")),
        }
    }
}

#[cfg(feature = "keyring")]
async fn to_keyring(
    logins: &Arc<Logins>,
    id: &str,
    slot: &SecretSlot,
    secret: &SecretString,
) -> Result<Option<String>, String> {
    let failed = |error: keyring_entries::StoreError| {
        format!("Nothing was stored: {error}{}", org_ide::numbered_steps(&error.steps()))
    };
    let SecretHome::Keyring(account) = &slot.home else {
        let host =
            recipient(logins, id, document_with(logins, id, slot).as_ref()).map(|(host, _)| host);
        let (account, secret) = (slot.keyring_account.clone(), secret.clone());
        let work = move || keyring_entries::store_new(&account, host.as_deref(), &secret);
        let stored = tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?;
        return Ok(secret_ref::keyring_reference(&stored.map_err(failed)?));
    };
    let mut may_overwrite = false;
    loop {
        let (own_account, own_secret) = (account.clone(), secret.clone());
        let work = move || keyring_entries::store_as(&own_account, &own_secret, may_overwrite);
        let stored = tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?;
        if stored.map_err(failed)? {
            return Ok(secret_ref::keyring_reference(account));
        }
        if !may_replace(logins, account).await {
            return Ok(None);
        }
        may_overwrite = true;
    }
}

#[cfg(not(feature = "keyring"))]
async fn to_keyring(
    _: &Arc<Logins>,
    _: &str,
    _: &SecretSlot,
    _: &SecretString,
) -> Result<Option<String>, String> {
    Err("This build of sforg has no keyring support: use .env.".to_owned())
}

/// The document as it will be, so that it can be told where its secret goes.
#[cfg(feature = "keyring")]
fn document_with(logins: &Arc<Logins>, id: &str, slot: &SecretSlot) -> Option<Document> {
    let snapshot = logins.files.snapshot(id)?;
    let document = snapshot.document();
    let reference = secret_ref::env_reference(&slot.environment_name)?;
    let edits = slot.written_as(document, &reference);
    Some(Document::new(FileKind::Org, Edit::apply_all(document.text(), &edits).as_str()))
}

/// Writes the reference, unless it stands there, and confirms that the secret may go where the file says.
async fn refer(
    logins: &Arc<Logins>,
    id: &str,
    slot: &SecretSlot,
    reference: &str,
) -> Result<(), String> {
    let left = || format!("The secret is stored. Write {reference} as \"{}\".", slot.member);
    // A person may have gone on typing while it was stored.
    let snapshot = logins.files.snapshot(id).ok_or_else(left)?;
    let slots = logins.files.analyze(id, snapshot.document(), assists::secret_slots);
    let now = slots.into_iter().find(|now| now.member == slot.member).ok_or_else(left)?;
    let edits = now.written_as(snapshot.document(), reference);
    let after = Edit::apply_all(snapshot.document().text(), &edits);
    let after = Document::new(FileKind::Org, after.as_str());
    if after.text() != snapshot.document().text() {
        let edit = logins.files.workspace_edit(&snapshot, &edits);
        if !logins.client.apply(edit).await {
            return Err(left());
        }
    }
    if let Some((host, account)) = recipient(logins, id, Some(&after)) {
        let used = SecretUse::of_reference(reference, slot.member, &host, &account);
        let (used, bindings) = (used.into_iter().collect::<Vec<_>>(), Arc::clone(&logins.bindings));
        // Where this fails, the next login asks.
        let _ = tokio::task::spawn_blocking(move || bindings.confirm(&used)).await;
    }
    logins.diagnostics.queue_file(id.to_owned());
    Ok(())
}
