//! What is remembered between sessions, in the user's state folder and never in a repository.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use org_schema::ApiVersion;
use serde::{Deserialize, Serialize};

use crate::atomic;

/// The user's state folder: `SFORG_STATE_DIR`, else `sforg` in the system's place for such files.
/// `None` where there is none.
pub fn state_folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("SFORG_STATE_DIR") {
        return Some(PathBuf::from(folder));
    }
    dirs::state_dir().or_else(dirs::data_local_dir).map(|folder| folder.join("sforg"))
}

/// The answers to the upgrade prompt, by project file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Answers {
    projects: BTreeMap<String, Answer>,
}

/// One answer.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Answer {
    /// The newest version that was available when it was asked.
    asked_for: String,
    /// Never ask for this project again.
    never: bool,
}

fn answers_file() -> Option<PathBuf> {
    Some(state_folder()?.join("upgrade-answers.json"))
}

fn answers() -> Answers {
    // A file that cannot be read is asked about again; nothing depends on it.
    answers_file()
        .and_then(|path| std::fs::read_to_string(path).ok())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// Whether the upgrade to `newest` was asked about before.
pub fn upgrade_was_asked(project_file: &str, newest: ApiVersion) -> bool {
    answers().projects.get(project_file).is_some_and(|answer| {
        answer.never || ApiVersion::parse(&answer.asked_for).is_some_and(|asked| asked >= newest)
    })
}

/// Keeps that the upgrade to `newest` was asked about, or never shall be again.
pub fn keep_upgrade_answer(project_file: &str, newest: ApiVersion, never: bool) {
    let Some(path) = answers_file() else { return };
    let mut answers = answers();
    let answer = Answer { asked_for: newest.to_string(), never };
    answers.projects.insert(project_file.to_owned(), answer);
    let written = serde_json::to_string_pretty(&answers)
        .map_err(std::io::Error::other)
        .and_then(|text| atomic::write_private(&path, &text));
    if let Err(error) = written {
        tracing::warn!("{} cannot be written: {error}", path.display());
    }
}

/// Names only; the secrets are in the credential store, which cannot list them.
#[cfg(feature = "keyring")]
fn keyring_names_file() -> Option<PathBuf> {
    Some(state_folder()?.join("keyring-names.json"))
}

/// The names of the secrets that were stored, sorted.
#[cfg(feature = "keyring")]
pub fn keyring_names() -> BTreeSet<String> {
    keyring_names_file()
        .and_then(|path| std::fs::read_to_string(path).ok())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default()
}

/// A secret of this name was stored.
#[cfg(feature = "keyring")]
pub fn add_keyring_name(name: &str) {
    let mut names = keyring_names();
    if names.insert(name.to_owned()) {
        keep_keyring_names(&names);
    }
}

/// The secret of this name is gone.
#[cfg(feature = "keyring")]
pub fn remove_keyring_name(name: &str) {
    let mut names = keyring_names();
    if names.remove(name) {
        keep_keyring_names(&names);
    }
}

#[cfg(feature = "keyring")]
fn keep_keyring_names(names: &BTreeSet<String>) {
    let Some(path) = keyring_names_file() else { return };
    let written = serde_json::to_string_pretty(names)
        .map_err(std::io::Error::other)
        .and_then(|text| atomic::write_private(&path, &text));
    if let Err(error) = written {
        tracing::warn!("{} cannot be written: {error}", path.display());
    }
}
