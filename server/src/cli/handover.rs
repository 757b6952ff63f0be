//! The session of one org, for other programs: found, opened as *Test Salesforce Login* does, ended.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use org_ide::{FileKind, names_listed, nearest, numbered_steps};
use org_login::{
    Bindings, Care, LoginResult, LoginTarget, Network, OpenSession, ProcessSecrets, open_session,
};
use org_schema::{ApiVersion, Date};
use org_text::Foreign;
use tokio_util::sync::CancellationToken;

use super::inputs::{Input, Inputs, project_folder_above};
use super::login::confirm;
use super::output::{note, notes};
use super::rendered::code_stands_out;
use super::{AllowedHostArgs, AllowedSecretArgs, CannotRun};
use crate::logins::batch::{self, Job};
use crate::logins::bindings::BindingStore;
use crate::logins::lockout::LockoutStore;
use crate::logins::target::login_target;

/// So many orgs are named that could be meant.
const ORGS_LISTED: usize = 10;

/// Which org, and what its login may do.
#[derive(Debug, Args)]
pub struct OrgArgs {
    /// The org: its name in the project of this folder, or its file
    #[arg(long, short, value_name = "NAME | FILE")]
    org: String,
    /// Also send credentials that were refused twice already, although that may lock the user out
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    hosts: AllowedHostArgs,
    #[command(flatten)]
    secrets: AllowedSecretArgs,
}

/// An org whose session is wanted. Nothing has been sent.
pub struct Wanted {
    name: String,
    job: Job,
    network: Network,
    bindings: Arc<BindingStore>,
    today: Date,
    care: Care,
}

/// A session that is open.
pub struct Opened {
    /// The session.
    pub session: OpenSession,
    /// The API version for calls.
    pub api_version: Option<ApiVersion>,
    name: String,
    network: Network,
}

impl Wanted {
    /// Finds the org.
    ///
    /// # Errors
    /// There is none, or more than one; the user's settings cannot be used.
    pub fn find(arguments: &OrgArgs) -> Result<Self, CannotRun> {
        let settings = super::settings(&arguments.hosts, &arguments.secrets.allow_secret)?;
        let inputs = read(&arguments.org)?;
        let input = find(&inputs, &arguments.org)?;
        let target = inputs.analyze(input, &settings.allowed, |document, context| {
            login_target(document, context, &input.shown)
        });
        let bindings = Arc::new(BindingStore::new(settings.allowed_secrets.clone()));
        let network = Network::new(settings.login_policy())
            .with_lockout_guard(Arc::new(LockoutStore::new()))
            .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>);
        let care = if arguments.force { Care::Anyway } else { Care::Careful };
        Ok(Self {
            name: input.org_shown(),
            job: Job { target, env_file: inputs.env_file_of(input) },
            network,
            bindings,
            today: inputs.today(),
            care,
        })
    }

    /// Logs in, after a person at the terminal has confirmed what is sent where.
    ///
    /// # Errors
    /// The login failed or was not tried, with what to do; no session is left open.
    pub async fn open(mut self, cancel: CancellationToken) -> Result<Opened, CannotRun> {
        let mut jobs = [self.job];
        if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
            confirm(&mut jobs, &self.network, &*self.bindings).await;
        }
        let [job] = jobs;
        let target = job.target.map_err(|result| failed(&self.name, &result))?;
        let secrets = Arc::new(ProcessSecrets::new(job.env_file));
        let (network, name) = (self.network, std::mem::take(&mut self.name));
        let (result, session) =
            open_session(&target, secrets, &network, self.today, cancel, self.care).await;
        let Some(session) = session else {
            return Err(if result.is_ok() {
                cannot_be_used(&name)
            } else {
                failed(&name, &result)
            });
        };
        let opened = Opened::new(session, &target, &result, name, network);
        if result.is_ok() {
            return Ok(opened);
        }
        let error = failed(&opened.name, &result);
        opened.end().await;
        Err(error)
    }
}

impl Opened {
    fn new(
        session: OpenSession,
        target: &LoginTarget,
        result: &LoginResult,
        name: String,
        network: Network,
    ) -> Self {
        if result.warnings.iter().any(|warning| warning.code.is_pressing()) {
            note(format_args!("{name}: {}", batch::short(result)));
        }
        let api_version = session.api_version(target, result);
        Self { session, api_version, name, network }
    }

    /// Ends the session when it is nobody else's.
    pub async fn end(&self) {
        if let Err(why) = self.session.end(&self.network).await {
            let name = &self.name;
            notes(format_args!(
                "{name}: the session could not be ended ({why}); the org's timeout will end it"
            ));
        }
    }
}

fn failed(name: &str, result: &LoginResult) -> CannotRun {
    let steps: Vec<String> = result.instructions.iter().map(|step| code_stands_out(step)).collect();
    let summary = code_stands_out(&result.summary);
    CannotRun(format!("{name}: {summary}{}", numbered_steps(&steps)))
}

fn cannot_be_used(name: &str) -> CannotRun {
    CannotRun(format!(
        "{name}: the login works, but the session is for a host that is not Salesforce's, so it \
         was not passed on"
    ))
}

/// The file that is named, else everything in the project of this folder.
fn read(org: &str) -> Result<Inputs, CannotRun> {
    let path = Path::new(org);
    if org.ends_with(FileKind::ORG_FILE_SUFFIX) || org_files::is_there(path) {
        return Inputs::read(&[path.to_owned()]);
    }
    let here = PathBuf::from(".");
    Inputs::read(&[project_folder_above(&here).unwrap_or(here)])
}

/// The one org that is meant.
fn find<'a>(inputs: &'a Inputs, org: &str) -> Result<&'a Input, CannotRun> {
    let orgs: Vec<&Input> =
        inputs.files.iter().filter(|input| input.kind() == FileKind::Org).collect();
    let is_file = org.ends_with(FileKind::ORG_FILE_SUFFIX) || org_files::is_there(Path::new(org));
    let name_of = |input: &&'a Input| input.document().org().and_then(|org| org.display_name());
    let meant: Vec<&Input> = if is_file {
        orgs.clone()
    } else {
        orgs.iter().copied().filter(|input| name_of(input) == Some(org)).collect()
    };
    let shown = Foreign(org);
    match meant.as_slice() {
        [one] => Ok(one),
        [] if is_file => Err(CannotRun(format!("{shown} has no org file"))),
        [] => {
            let names: Vec<&str> = orgs.iter().filter_map(name_of).collect();
            let hint = match nearest(org, names.iter().copied()) {
                Some(name) => format!("did you mean \"{}\"?", Foreign(name)),
                None if names.is_empty() => "there are no org files here".to_owned(),
                None => {
                    let names = names.iter().map(|name| Foreign(name).to_string());
                    format!("there are {}", names_listed(names, ORGS_LISTED))
                }
            };
            Err(CannotRun(format!("no org is called \"{shown}\" here: {hint}")))
        }
        several => {
            let files = several.iter().map(|input| input.label().to_string());
            let files = names_listed(files, ORGS_LISTED);
            Err(CannotRun(format!(
                "{shown} has more than one org: name its file \
                                   ({files})"
            )))
        }
    }
}
