//! *Move secret to keyring* and *Move secret to environment variable*: the secret is stored first,
//! then the file gets the reference. What fails leaves the file as it was.

use std::path::Path;

use lsp_types as lsp;
use org_ide::assists::{WrittenSecret, written_secrets};
use org_ide::{Edit, numbered_steps};
use org_login::with_assignment;
use org_schema::secret_ref;
use secrecy::SecretString;
use serde::Deserialize;

use super::client::{Client, Message};
use super::files::uris::{id_of, shown};
use super::project_work::apply;
use super::state::State;
use super::to_proto::{Converter, workspace_edit};
use crate::{atomic, git_ignore};

/// Where a secret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// The operating system's credential store.
    Keyring,
    /// A line of `.env`.
    Env,
}

/// Moves the secret of one member, or all of the file.
pub async fn run(
    client: &Client,
    state: &State,
    uri: lsp::Url,
    member: Option<String>,
    to: Target,
) {
    let id = id_of(&uri);
    let kind_and_message = match work(client, state, &id, member.as_deref(), to).await {
        Ok(Some(message)) => (lsp::MessageType::INFO, message),
        Ok(None) => return,
        Err(message) => (lsp::MessageType::ERROR, message),
    };
    client.show(kind_and_message.0, Message::of_lines(&kind_and_message.1)).await;
}

async fn work(
    client: &Client,
    state: &State,
    id: &str,
    member: Option<&str>,
    to: Target,
) -> Result<Option<String>, String> {
    let nothing =
        || format!("There is no secret written out in {}, so nothing is moved.", shown(id));
    let snapshot = state.snapshot(id).ok_or_else(nothing)?;
    let mut secrets = state.ask(id, snapshot.document(), written_secrets);
    secrets.retain(|secret| member.is_none_or(|member| member == secret.member));
    if secrets.is_empty() {
        return Err(nothing());
    }
    let stored = match to {
        Target::Env => to_env_file(state, id, &secrets)?,
        Target::Keyring => to_keyring(&secrets).await?,
    };
    let edits: Vec<Edit> = secrets
        .iter()
        .zip(&stored.references)
        .map(|(secret, reference)| secret.replaced_by(reference))
        .collect();
    let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
    let edit = workspace_edit(
        snapshot.uri().clone(),
        snapshot.version(),
        converter.edits(&edits),
        state.session().client.document_changes,
    );
    let applied = apply(client, state, edit).await;
    state.mark(id.to_owned());
    Ok(applied.then_some(stored.message))
}

struct Stored {
    references: Vec<String>,
    message: String,
}

fn to_env_file(state: &State, id: &str, secrets: &[WrittenSecret]) -> Result<Stored, String> {
    let path = state
        .env_file_of(id)
        .ok_or_else(|| format!("Save {} first: there is no folder for a .env file.", shown(id)))?;
    let in_file = |error: std::io::Error| format!("{}: {error}. Nothing is moved.", path.display());
    let old = read_or_empty(&path).map_err(in_file)?;
    let mut text = old.clone();
    let mut references = Vec::new();
    for secret in secrets {
        let value = SecretString::from(secret.value.clone());
        let (name, with) = assigned(&text, &secret.environment_name, &value)?;
        text = with;
        references.push(secret_ref::env_reference(&name).ok_or("The name is not valid.")?);
    }
    let ignored = git_ignore::ensure_ignored(&path).map_err(|error| {
        format!(
            "git must ignore {} first, but .gitignore cannot be written: {error}.",
            path.display()
        )
    })?;
    if text != old {
        atomic::write_private(&path, &text).map_err(in_file)?;
    }
    let mut message = format!("Moved to {}: {}.", path.display(), references.join(", "));
    if let Some(ignored) = ignored {
        message.push_str(&format!(" git ignores it now ({}).", ignored.display()));
    }
    Ok(Stored { references, message })
}

fn read_or_empty(path: &Path) -> std::io::Result<String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}

/// Assigns the value to the name, or to the name with a number behind it when that is taken.
fn assigned(text: &str, name: &str, value: &SecretString) -> Result<(String, String), String> {
    for number in 1u32..1000 {
        let name = if number == 1 { name.to_owned() } else { format!("{name}_{number}") };
        match with_assignment(text, &name, value) {
            Ok(text) => return Ok((name, text)),
            Err(org_login::EnvFileEditError::Taken(_)) => {}
            Err(error) => return Err(format!("{error}.")),
        }
    }
    Err(format!("Too many names begin with {name} in .env."))
}

#[cfg(feature = "keyring")]
async fn to_keyring(secrets: &[WrittenSecret]) -> Result<Stored, String> {
    let secrets = secrets.to_vec();
    // The store may wait for a person who unlocks it.
    let stored = tokio::task::spawn_blocking(move || {
        let mut references = Vec::new();
        for secret in &secrets {
            let value = SecretString::from(secret.value.clone());
            org_login::keyring::set(&secret.keyring_account, &value).map_err(|error| {
                format!("Nothing is moved: {error}.{}", numbered_steps(&error.steps()))
            })?;
            crate::memory::add_keyring_name(&secret.keyring_account);
            let reference = secret_ref::keyring_reference(&secret.keyring_account);
            references.push(reference.ok_or("The account's name is not valid.")?);
        }
        Ok::<Vec<String>, String>(references)
    });
    let references: Vec<String> = stored.await.map_err(|error| error.to_string())??;
    let message = format!("Moved to the credential store: {}.", references.join(", "));
    Ok(Stored { references, message })
}

#[cfg(not(feature = "keyring"))]
async fn to_keyring(_: &[WrittenSecret]) -> Result<Stored, String> {
    Err("This build of sforg has no credential store support: move it to an environment variable."
        .to_owned())
}
