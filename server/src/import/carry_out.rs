//! Doing what a plan says: files and secrets, all of it or nothing.

use std::path::PathBuf;

use org_files::{Created, TogetherError};
use org_ide::FileKind;
use org_import::{NewFile, Plan, PlannedSecret, SecretGap, ToDo};
use org_schema::secret_ref::{self, SecretStore};
use secrecy::SecretString;

use super::target::Target;
use crate::env_store::{self, EnvStoreError};
use crate::git::Ignored;
use crate::memory;

/// What was done.
#[derive(Debug, Default)]
pub struct Imported {
    /// Where the secrets went, in words; empty when there were none.
    pub secrets: String,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum CarryOutError {
    /// A file cannot be made.
    #[error(transparent)]
    Files(#[from] TogetherError),
    /// A secret cannot be stored in `.env`.
    #[error("{error}{}", still_there(.left))]
    Env {
        /// Why.
        error: EnvStoreError,
        /// Files that could not be removed again.
        left: Vec<PathBuf>,
    },
    /// The names in `.env` changed while it was written to.
    #[error("another program has changed .env in the meantime; try again{}", still_there(.0))]
    EnvChanged(Vec<PathBuf>),
    /// A secret cannot be stored in the keyring.
    #[error("{0}")]
    Keyring(String),
}

fn still_there(left: &[PathBuf]) -> String {
    let paths: Vec<String> = left.iter().map(|path| path.display().to_string()).collect();
    if paths.is_empty() {
        return String::new();
    }
    format!(" (still there: {})", paths.join(", "))
}

/// Writes the new files of a plan and stores the secrets of their sources; without a store the files refer to
/// variables. The plan then says what is left to do. Waits for the disk, for the keyring, and for a person who unlocks it.
///
/// # Errors
/// Something cannot be written or stored; no file is there then that was not there before.
pub fn carry_out(
    plan: &mut Plan,
    target: &Target,
    store: Option<SecretStore>,
) -> Result<Imported, CarryOutError> {
    let secrets = match store {
        Some(SecretStore::EnvFile) => Secrets::for_env(plan, target)?,
        Some(SecretStore::Keyring) => to_keyring(plan)?,
        None => leave(plan),
    };
    let files = plan.files();
    if files.is_empty() {
        return Ok(Imported::default());
    }
    let created = create(files, target)?;
    let words = match secrets {
        Secrets::Env(values) if !values.is_empty() => store_in_env(target, &values, created)?,
        Secrets::Env(_) => String::new(),
        Secrets::Done(words) => words,
    };
    Ok(Imported { secrets: words })
}

/// New files, by folder.
struct AllCreated(Vec<Created>);

impl AllCreated {
    /// Removes them again; what stays.
    fn undo(self) -> Vec<PathBuf> {
        self.0.into_iter().rev().flat_map(Created::undo).collect()
    }
}

/// The project file goes where the project is, which may be above the orgs.
fn create(files: Vec<NewFile>, target: &Target) -> Result<AllCreated, TogetherError> {
    let mut all = AllCreated(Vec::new());
    for kind in [FileKind::Project, FileKind::Org] {
        let of_kind = files.iter().filter(|file| file.kind == kind);
        let named: Vec<_> = of_kind.map(|file| (file.name.clone(), file.text.clone())).collect();
        if named.is_empty() {
            continue;
        }
        match memory::writer().create_together(target.folder_of(kind), &named) {
            Ok(created) => all.0.push(created),
            Err(mut error) => {
                error.left.extend(all.undo());
                return Err(error);
            }
        }
    }
    Ok(all)
}

enum Secrets {
    /// To be stored under these names once the files are there.
    Env(Vec<(String, SecretString)>),
    /// Stored, or left; says where.
    Done(String),
}

/// Gives every secret of the plan a reference, in their order.
fn refer(plan: &mut Plan, mut reference: impl FnMut(usize) -> Option<String>) {
    let mut number = 0;
    for org in &mut plan.orgs {
        let Some(definition) = org.definition_mut() else { continue };
        let members: Vec<&'static str> = definition.secrets.iter().map(|it| it.member).collect();
        for member in members {
            if let Some(reference) = reference(number) {
                definition.set_reference(member, reference);
            }
            number += 1;
        }
    }
}

fn secrets_of(plan: &Plan) -> impl Iterator<Item = &PlannedSecret> {
    plan.orgs.iter().filter_map(|org| org.definition()).flat_map(|it| &it.secrets)
}

impl Secrets {
    /// Under names that are free in the file and in the environment.
    fn for_env(plan: &mut Plan, target: &Target) -> Result<Self, CarryOutError> {
        let wanted: Vec<_> = secrets_of(plan)
            .map(|secret| (secret.environment_name.clone(), secret.value.clone()))
            .collect();
        if wanted.is_empty() {
            return Ok(Self::Env(Vec::new()));
        }
        let names = env_store::names_for(&target.env_file, &wanted)
            .map_err(|error| CarryOutError::Env { error, left: Vec::new() })?;
        refer(plan, |number| secret_ref::env_reference(names.get(number)?));
        let values = names.into_iter().zip(wanted).map(|(name, (_, value))| (name, value));
        Ok(Self::Env(values.collect()))
    }
}

/// Behind the files, whose folder the `.env` file may lie in; when it fails they go again.
fn store_in_env(
    target: &Target,
    values: &[(String, SecretString)],
    created: AllCreated,
) -> Result<String, CarryOutError> {
    let stored = match env_store::store(&target.env_file, &[], values, &memory::writer()) {
        Ok(stored) => stored,
        Err(error) => return Err(CarryOutError::Env { error, left: created.undo() }),
    };
    if stored.names.iter().ne(values.iter().map(|(name, _)| name)) {
        return Err(CarryOutError::EnvChanged(created.undo()));
    }
    let ignored = match stored.ignored {
        Ignored::Now(_) | Ignored::Already => ", which git ignores",
        Ignored::NoRepository => "",
    };
    Ok(format!("{} in {}{ignored}", counted(values.len()), target.shown_path(&target.env_file)))
}

fn counted(secrets: usize) -> String {
    if secrets == 1 { "1 secret".to_owned() } else { format!("{secrets} secrets") }
}

/// Nothing is stored: each secret is left to do.
fn leave(plan: &mut Plan) -> Secrets {
    for org in &mut plan.orgs {
        let todos: Vec<ToDo> = org
            .definition()
            .iter()
            .flat_map(|definition| &definition.secrets)
            .filter(|secret| std::env::var_os(&secret.environment_name).is_none())
            .map(|secret| ToDo::SetValue {
                member: secret.member,
                name: secret.environment_name.clone(),
                gap: SecretGap::NotStored,
            })
            .collect();
        org.todos.splice(0..0, todos);
    }
    Secrets::Done(String::new())
}

#[cfg(feature = "keyring")]
fn to_keyring(plan: &mut Plan) -> Result<Secrets, CarryOutError> {
    use crate::logins::keyring_entries::store_new;

    let mut references = Vec::new();
    for org in &plan.orgs {
        let Some(definition) = org.definition() else { continue };
        let host = definition.host();
        for secret in &definition.secrets {
            let account =
                store_new(&secret.keyring_account, host, &secret.value).map_err(|error| {
                    let steps = org_ide::numbered_steps(&error.steps());
                    CarryOutError::Keyring(format!("{error}{steps}"))
                })?;
            references.push(secret_ref::keyring_reference(&account));
        }
    }
    refer(plan, |number| references.get(number).cloned().flatten());
    let words = match references.len() {
        0 => String::new(),
        some => format!("{} in the keyring", counted(some)),
    };
    Ok(Secrets::Done(words))
}

#[cfg(not(feature = "keyring"))]
fn to_keyring(plan: &mut Plan) -> Result<Secrets, CarryOutError> {
    if secrets_of(plan).next().is_none() {
        return Ok(Secrets::Done(String::new()));
    }
    Err(CarryOutError::Keyring("this build of sforg has no keyring support".to_owned()))
}
