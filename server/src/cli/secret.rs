//! `sforg secret`: entries of the operating system's credential store, service `sforg`.

use clap::{Args, Subcommand};
use org_ide::numbered_steps;
use org_login::{SecretError, keyring};
use org_schema::secret_ref::is_keyring_name;
use org_text::neutral;

use super::output::{note, text};
use super::secret_input::read_value;
use super::{CannotRun, Outcome};
use crate::memory;

/// Arguments of `sforg secret`.
#[derive(Debug, Args)]
pub struct SecretArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Store a secret; the value is asked for without echo, or read from standard input (all of it, but for
    /// one last line end)
    Set {
        /// The name, as ${keyring:NAME} refers to it
        name: String,
    },
    /// List the names that were stored by sforg
    List,
    /// Remove a secret
    Remove {
        /// The name
        name: String,
    },
}

/// Runs the command.
pub fn run(arguments: &SecretArgs) -> Result<Outcome, CannotRun> {
    match &arguments.action {
        Action::Set { name } => set(name),
        Action::List => {
            for name in memory::keyring_names() {
                text(&format!("{}\n", neutral(&name)));
            }
            Ok(Outcome::Fine)
        }
        Action::Remove { name } => remove(name),
    }
}

fn set(name: &str) -> Result<Outcome, CannotRun> {
    check(name)?;
    let value = read_value(name)?;
    keyring::set(name, &value).map_err(|error| told(&error))?;
    memory::add_keyring_name(name);
    note(format_args!("stored; write \"${{keyring:{name}}}\" in the org file"));
    Ok(Outcome::Fine)
}

fn remove(name: &str) -> Result<Outcome, CannotRun> {
    check(name)?;
    let removed = keyring::remove(name).map_err(|error| told(&error))?;
    memory::remove_keyring_name(name);
    if removed {
        note(format_args!("{name} is removed"));
        Ok(Outcome::Fine)
    } else {
        Err(CannotRun(format!(
            "the credential store has no {name}; `sforg secret list` lists the names"
        )))
    }
}

/// What is wrong with the store, and what to do.
fn told(error: &SecretError) -> CannotRun {
    CannotRun(format!("{error}{}", numbered_steps(&error.steps())))
}

fn check(name: &str) -> Result<(), CannotRun> {
    if is_keyring_name(name) {
        return Ok(());
    }
    Err(CannotRun("a name has 1 to 255 characters, without } and control characters".to_owned()))
}
