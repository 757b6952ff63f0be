//! Importing orgs, as editor and terminal share it: sources are read, what is there already is looked at,
//! the plan comes from `org-import`, and what it says is written as a whole or not at all.

mod carry_out;
mod design_studio;
mod left;
mod sources;
mod target;

pub use carry_out::{CarryOutError, Imported, carry_out};
pub use left::{LeftRow, LeftToDo, left_to_do, quoted};
pub use sources::{MAX_TEXT, STANDARD_INPUT, SourceError, decoded, read_path, read_text};
pub use target::{DEFAULT_FOLDER, Target, TargetError, repository_or_here};

use clap::ValueEnum;
use org_import::{Plan, Source, ToDo, plan};
use org_login::EnvFileNames;
use org_schema::secret_ref::SecretStore;
pub use org_sources::auth_url::is_meant as is_auth_url;
use serde::Deserialize;

/// Where the secrets go that a source writes out, as people and clients say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretsTo {
    /// The keyring of this computer
    Keyring,
    /// The project's .env file, which git ignores
    Env,
    /// Nowhere: the org files refer to variables that you set later
    None,
}

impl SecretsTo {
    /// The store, if they go to one.
    pub const fn store(self) -> Option<SecretStore> {
        match self {
            Self::Keyring => Some(SecretStore::Keyring),
            Self::Env => Some(SecretStore::EnvFile),
            Self::None => None,
        }
    }
}

/// Plans the import of sources. What is set already, in the environment or in the project's `.env`, is
/// not left to do.
pub fn plan_for(sources: &[Source], target: &Target) -> Plan {
    let mut plan = plan(sources, &target.existing);
    let names = EnvFileNames::read(&target.env_file);
    let is_set = |name: &String| {
        std::env::var_os(name).is_some() || names.names().binary_search(name).is_ok()
    };
    for org in &mut plan.orgs {
        let is_open = |todo: &ToDo| match todo {
            ToDo::SetValue { name, .. } => !is_set(name),
            _ => true,
        };
        org.todos.retain(is_open);
    }
    plan
}
