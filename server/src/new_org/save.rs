//! The files of a new org, its secrets, and where those may go.

use std::path::PathBuf;

use org_ide::FileKind;
use org_import::{Definition, Plan};
use org_login::{Bindings, SecretUse, destination};
use org_new::{Answers, Place, Refused, Secrets, plan};
use org_project::id_of_path;
use org_schema::{Date, versions};

use super::surroundings::Surroundings;
use super::trial::target_of;
use crate::import::{CarryOutError, carry_out};
use crate::memory;

/// What was written.
#[derive(Debug)]
pub struct Saved {
    /// The new files, the project file first.
    pub files: Vec<PathBuf>,
    /// The org file.
    pub file: PathBuf,
    /// The org file as people see it.
    pub shown: String,
    /// Where the secrets went, in words; empty when there were none.
    pub secrets: String,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum SaveError {
    /// An answer cannot stay.
    Refused(Refused),
    /// A file cannot be made, or a secret not be stored.
    CarryOut(CarryOutError),
}

/// Writes the files and stores the secrets, all of it or nothing. Waits for the disk and the keyring.
///
/// # Errors
/// Something cannot be written or stored; no file is there then that was not there before.
pub fn save(
    answers: &Answers,
    secrets: &Secrets,
    surroundings: &Surroundings,
    sandbox: Option<bool>,
    bindings: &dyn Bindings,
    today: Date,
) -> Result<Saved, SaveError> {
    let mut plan =
        plan(answers, secrets, &surroundings.scene, sandbox).map_err(SaveError::Refused)?;
    let store = answers.place().and_then(Place::store);
    let target = &surroundings.target;
    let done = carry_out(&mut plan, target, store).map_err(SaveError::CarryOut)?;
    if let Some(place) = answers.place() {
        memory::keep_new_org_place(target.project_folder(), place.id());
    }
    bindings.confirm(&uses(&plan, surroundings, today));
    let files = plan.files();
    if files.iter().any(|file| file.kind == FileKind::Project) {
        let project = target.project_folder().join(FileKind::PROJECT_FILE_NAME);
        // Whoever has just chosen the project's API version is not asked to upgrade it.
        let newest = surroundings.scene.newest_version.unwrap_or(versions::NEWEST);
        memory::keep_upgrade_answer(&id_of_path(&project), newest.max(versions::NEWEST), false);
    }
    let name = files.last().map(|file| file.name.clone()).unwrap_or_default();
    let files = files.into_iter().map(|file| target.folder_of(file.kind).join(file.name));
    Ok(Saved {
        files: files.collect(),
        file: target.folder.join(&name),
        shown: match target.shown.as_str() {
            "." => name,
            _ => target.shown_file(&name),
        },
        secrets: done.secrets,
    })
}

/// Where the references of the new file may go: who makes it says so. What cannot be told is asked
/// about before the first login.
fn uses(plan: &Plan, surroundings: &Surroundings, today: Date) -> Vec<SecretUse> {
    let Some(definition) = plan.orgs.first().and_then(|org| org.definition()) else {
        return Vec::new();
    };
    let version = plan.project.version();
    let target = target_of(&definition.text(), version, surroundings, today);
    let Ok(target) = target else { return Vec::new() };
    let allowed = &surroundings.scene.allowed;
    let (Ok(destination), Some(account)) = (destination(&target, allowed), target.auth.account())
    else {
        return Vec::new();
    };
    let of = |(member, written): (&'static str, &str)| {
        SecretUse::of_reference(written, member, destination.authority(), &account)
    };
    members(definition).filter_map(of).collect()
}

/// The members that may hold references, with their text.
fn members(definition: &Definition) -> impl Iterator<Item = (&'static str, &str)> {
    definition.auth.iter().map(|(member, text)| (*member, text.as_str()))
}
