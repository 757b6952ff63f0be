//! `sforg secret`: entries of the keyring, service `sforg`.

use clap::{Args, Subcommand};
use org_ide::{names_listed, numbered_steps};
use org_login::{EntryBinding, KeyringEntry, SecretError, keyring};
use org_schema::allowed_hosts::parse_entry;
use org_schema::hosts::{self, HostKind};
use org_schema::secret_ref::is_keyring_name;
use org_text::{Foreign, neutral};

use super::output::{note, notes, text};
use super::secret_input::read_value;
use super::{CannotRun, Outcome};
use crate::logins::keyring_entries;
use crate::memory;

/// So many places are named that a secret may go to.
const RECIPIENTS_LISTED: usize = 10;

/// Arguments of `sforg secret`.
#[derive(Debug, Args)]
pub struct SecretArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Store a secret; the value is asked for without echo, or read from standard input (all of it except
    /// a final line break)
    Set {
        /// The name, as in ${keyring:NAME}
        name: String,
        /// Let logins send it to this host without asking
        #[arg(long = "for", value_name = "HOST")]
        host: Option<String>,
        /// Only for logins as this user, or with this client ID
        #[arg(long, value_name = "USER", requires = "host")]
        user: Option<String>,
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
        Action::Set { name, host, user } => {
            let binding = host.as_deref().map(|host| binding(host, user.as_deref())).transpose()?;
            set(name, binding)
        }
        Action::List => {
            list();
            Ok(Outcome::Fine)
        }
        Action::Remove { name } => remove(name),
    }
}

/// The names that were stored, and below each where it may go. Without the keyring the names
/// alone, since it has the rest, and why it cannot be reached.
fn list() {
    let names = memory::keyring_names();
    if names.is_empty() {
        note("no secret has been stored by sforg on this computer");
        if let Some(error) = keyring_entries::trouble() {
            note_unreachable(&error);
        }
    }
    let mut is_told = false;
    for name in names {
        text(&format!("{}\n", neutral(&name)));
        // Once it cannot be reached, nobody is asked to unlock it again.
        if is_told {
            continue;
        }
        match keyring::get(&name) {
            Ok(entry) => {
                for binding in entry.map(|entry| entry.bindings).unwrap_or_default() {
                    text(&format!("  may go to {}\n", recipient(&binding)));
                }
            }
            Err(error) => {
                note_unreachable(&error);
                is_told = true;
            }
        }
    }
}

fn note_unreachable(error: &SecretError) {
    notes(format_args!("{error}{}", numbered_steps(&error.steps())));
}

fn recipient(binding: &EntryBinding) -> String {
    let host = Foreign(&binding.host);
    match &binding.user {
        Some(user) => format!("{host} as {}", Foreign(user)),
        None => host.to_string(),
    }
}

fn set(name: &str, binding: Option<EntryBinding>) -> Result<Outcome, CannotRun> {
    check(name)?;
    let secret = read_value(name)?;
    // A new value of an entry goes where the old one went. One that cannot be read is replaced.
    let old = keyring::get(name).ok().flatten();
    let mut bindings = old.map(|entry| entry.bindings).unwrap_or_default();
    if let Some(binding) = &binding
        && !bindings.contains(binding)
    {
        bindings.push(binding.clone());
    }
    let goes = bindings.iter().map(recipient).collect::<Vec<_>>();
    keyring::set(name, &KeyringEntry { secret, bindings }).map_err(|error| told(&error))?;
    memory::add_keyring_name(name);
    let goes = match goes.as_slice() {
        [] => "You will be asked before a login sends it for the first time.".to_owned(),
        goes => format!(
            "Logins may send it to {}.",
            names_listed(goes.iter().cloned(), RECIPIENTS_LISTED)
        ),
    };
    note(format_args!("stored; write \"${{keyring:{}}}\" in the org file. {goes}", Foreign(name)));
    Ok(Outcome::Fine)
}

/// Where a secret may go: a host as it is allowed elsewhere, and who logs in there.
fn binding(host: &str, user: Option<&str>) -> Result<EntryBinding, CannotRun> {
    let origin = parse_entry(host).map_err(|error| CannotRun(format!("--for: {error}")))?;
    let shown = origin.to_string();
    let host = shown.split_once("://").map_or(shown.as_str(), |(_, host)| host).to_owned();
    // These serve many orgs, and with delegated authentication the user decides who reads the password.
    let serves_many = matches!(
        hosts::classify(&host),
        HostKind::ProductionLogin
            | HostKind::SandboxLogin
            | HostKind::Instance
            | HostKind::HyperforceInstance
    );
    match user {
        Some(user) if user.trim().is_empty() => {
            Err(CannotRun("--user is empty: name the user who logs in, or omit it".to_owned()))
        }
        None if serves_many => Err(CannotRun(format!(
            "{host} is shared by many orgs: add --user with the user who may log in there"
        ))),
        user => Ok(EntryBinding { host, user: user.map(str::to_owned) }),
    }
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
            "the keyring has no entry {name}; sforg secret list lists the names"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_that_serves_many_orgs_needs_a_user() {
        for host in [
            "login.salesforce.com",
            "TEST.salesforce.com",
            "https://login.salesforce.com:443",
            "na139.salesforce.com",
        ] {
            assert!(binding(host, None).is_err(), "{host}");
            assert!(binding(host, Some(" ")).is_err(), "{host}");
            assert!(binding(host, Some("u@acme.example")).is_ok(), "{host}");
        }
        assert!(binding("acme.my.salesforce.com", None).is_ok());
        assert!(binding("acme.my.salesforce.com", Some("")).is_err());
    }

    #[test]
    fn a_host_that_is_none_is_told_in_words_of_its_own() {
        for host in
            ["", "https://acme.my.salesforce.com/x", "u:p@a.example", "*.example", "a:0", "a b"]
        {
            let Err(CannotRun(error)) = binding(host, None) else { panic!("{host}") };
            assert!(error.starts_with("--for: "), "{error}");
            assert!(error.contains(": ") && !error.contains("llowed"), "{error}");
        }
    }
}
