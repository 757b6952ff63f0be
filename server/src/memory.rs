//! What is remembered between sessions, in the user's state folder and never in a repository.

use std::collections::BTreeMap;
#[cfg(feature = "keyring")]
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use org_files::Writer;
use org_schema::ApiVersion;
use serde::{Deserialize, Serialize};

use crate::settings;
use crate::user_state::StateFile;

/// The user's state folder: `SFORG_STATE_DIR`, else `sforg` in the system's place for such files.
/// `None` where there is none, or where `SFORG_STATE_DIR` cannot be used ([`settings::state_dir`]).
pub fn state_folder() -> Option<PathBuf> {
    match settings::state_dir() {
        Ok(Some(folder)) => Some(folder),
        Ok(None) => {
            let folder = dirs::state_dir().or_else(dirs::data_local_dir)?;
            Some(folder.join("sforg")).filter(|folder| folder.is_absolute())
        }
        Err(_) => None,
    }
}

/// What changes files; all processes of a user take turns.
pub fn writer() -> Writer {
    Writer::new(state_folder())
}

/// The answers to the upgrade prompt, by project file.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Answers {
    projects: BTreeMap<String, Answer>,
}

/// One answer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Answer {
    /// The newest version that was available when it was asked.
    asked_for: String,
    /// Never ask for this project again.
    never: bool,
}

const ANSWERS: &str = "upgrade-answers.json";

/// Whether the upgrade to `newest` was asked about before.
pub fn upgrade_was_asked(project_file: &str, newest: ApiVersion) -> bool {
    let is_answered = |answer: &Answer| {
        answer.never || ApiVersion::parse(&answer.asked_for).is_some_and(|asked| asked >= newest)
    };
    StateFile::<Answers>::new(ANSWERS)
        .read(|answers| answers.projects.get(project_file).is_some_and(is_answered))
}

/// Keeps that the upgrade to `newest` was asked about, or never shall be again.
pub fn keep_upgrade_answer(project_file: &str, newest: ApiVersion, never: bool) {
    StateFile::<Answers>::new(ANSWERS).change(|answers| {
        let answer = Answer { asked_for: newest.to_string(), never };
        answers.projects.insert(project_file.to_owned(), answer);
    });
}

/// Where the secrets of the last new org went, by the folder of its project.
const NEW_ORG_PLACES: &str = "new-org-places.json";

/// Where the secrets of a project's last new org went.
pub fn new_org_place(project: &Path) -> Option<String> {
    let project = project.to_string_lossy();
    StateFile::<BTreeMap<String, String>>::new(NEW_ORG_PLACES)
        .read(|places| places.get(project.as_ref()).cloned())
}

/// Keeps where the secrets of a project's new org went.
pub fn keep_new_org_place(project: &Path, place: &str) {
    let project = project.to_string_lossy().into_owned();
    StateFile::<BTreeMap<String, String>>::new(NEW_ORG_PLACES)
        .change(|places| places.insert(project.clone(), place.to_owned()));
}

/// Names only; the secrets are in the keyring, which cannot list them.
#[cfg(feature = "keyring")]
const KEYRING_NAMES: &str = "keyring-names.json";

/// The names of the secrets that were stored, sorted.
#[cfg(feature = "keyring")]
pub fn keyring_names() -> BTreeSet<String> {
    StateFile::new(KEYRING_NAMES).read(BTreeSet::clone)
}

/// A secret of this name was stored.
#[cfg(feature = "keyring")]
pub fn add_keyring_name(name: &str) {
    StateFile::new(KEYRING_NAMES)
        .change(|names: &mut BTreeSet<String>| names.insert(name.to_owned()));
}

/// The secret of this name is gone.
#[cfg(feature = "keyring")]
pub fn remove_keyring_name(name: &str) {
    StateFile::new(KEYRING_NAMES).change(|names: &mut BTreeSet<String>| names.remove(name));
}
