//! `sforg login`: *Test Salesforce Login* for each org.

mod audit;
mod groups;
mod line;
mod outage;
mod progress;
mod report;
mod steps;

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use org_login::{Bindings, Care, LoginResult, Network, declined, destination};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::inputs::{Input, Inputs};
use super::output::{self, notes};
use super::screen::Screen;
use super::{AllowedHostArgs, AllowedSecretArgs, CannotRun, Format, Outcome, json};
use crate::logins::batch::{Conditions, Counts, Finished, Job, LoginRun};
use crate::logins::bindings::BindingStore;
use crate::logins::confirmation::{each_once, question, unconfirmed};
use crate::logins::lockout::LockoutStore;
use crate::logins::target::login_target;
use groups::Tested;
use outage::Outage;
use progress::{EACH_SHOWN, Progress};
use report::Report;

/// Arguments of `sforg login`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg login                       every org below this folder
  sforg login orgs/acme-uat.sforg.json
  sforg login --all                 the good ones, too, and every step
  sforg login --audit orgs/acme-uat.sforg.json   who else uses this login")]
pub struct LoginArgs {
    /// Files and folders [default: the working directory]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Also send credentials that were refused twice already, although that may lock the user out
    #[arg(long)]
    force: bool,
    /// Show every login that works, every org of a group and every step
    #[arg(long)]
    all: bool,
    /// Also ask who else logs in with the same user (its own rows of LoginHistory), one org after the other;
    /// each session ends at once
    #[arg(long)]
    audit: bool,
    /// Go on although none of the first logins gets through to Salesforce
    #[arg(long)]
    keep_going: bool,
    #[command(flatten)]
    hosts: AllowedHostArgs,
    #[command(flatten)]
    secrets: AllowedSecretArgs,
}

/// One result as programs read it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    org: Option<&'a str>,
    #[serde(flatten)]
    result: &'a LoginResult,
}

impl<'a> Row<'a> {
    fn new(input: &'a Input, result: &'a LoginResult) -> Self {
        let org = input.document().org().and_then(|org| org.display_name());
        Self { file: &input.shown, org, result }
    }
}

/// Runs the command.
pub fn run(arguments: &LoginArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts, &arguments.secrets.allow_secret)?;
    let inputs = Inputs::read_orgs(&arguments.paths)?;
    inputs.tell_problems();
    let orgs = inputs.orgs();
    let mut jobs: Vec<Job> = orgs
        .iter()
        .map(|input| Job {
            target: inputs.analyze(input, &settings.allowed, |document, context| {
                login_target(document, context, &input.shown)
            }),
            env_file: inputs.env_file_of(input),
        })
        .collect();
    let hosts: Vec<Option<String>> = jobs
        .iter()
        .map(|job| {
            let destination = destination(job.target.as_ref().ok()?, &settings.allowed).ok()?;
            Some(destination.authority().to_owned())
        })
        .collect();
    let bindings = Arc::new(BindingStore::new(settings.allowed_secrets.clone()));
    let network = Network::new(settings.login_policy())
        .with_lockout_guard(Arc::new(LockoutStore::new()))
        .with_bindings(Arc::clone(&bindings) as Arc<dyn Bindings>);
    let conditions = Conditions {
        network: &network,
        today: inputs.today(),
        anyway: arguments.force,
        instead: &|| None,
        cancel: CancellationToken::new(),
    };
    let runtime = super::runtime()?;
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        runtime.block_on(confirm(&mut jobs, &network, &*bindings));
    }
    if arguments.audit {
        let looked = runtime.block_on(audit_all(jobs, conditions, &orgs, arguments));
        runtime.shutdown_background();
        inputs.all_were_read()?;
        return Ok(if looked { Outcome::Fine } else { Outcome::Findings });
    }
    let tested = runtime.block_on(test_all(jobs, conditions, &orgs, arguments));
    // Not to wait for a keyring that waits for a person: nobody wants its answer any more.
    runtime.shutdown_background();
    tell(arguments, &orgs, &hosts, &tested);
    inputs.all_were_read()?;
    let all_in = tested.results.iter().all(LoginResult::is_ok);
    Ok(if all_in { Outcome::Fine } else { Outcome::Findings })
}

/// Asks the person at the terminal, once, about all secrets that would go where nobody has confirmed
/// them. Without a yes those logins are skipped. `--allow-login-host` is the person's word about the
/// secrets that stand in the files themselves.
pub async fn confirm(jobs: &mut [Job], network: &Network, bindings: &dyn Bindings) {
    let logins: Vec<_> = jobs
        .iter()
        .filter_map(|job| Some((job.target.as_ref().ok()?, job.env_file.clone())))
        .collect();
    let mut found = unconfirmed(&logins, network, &CancellationToken::new()).await;
    found.iter_mut().for_each(|open| open.retain(|open| !open.is_allowed));
    let open = each_once(found.iter().flatten());
    if open.is_empty() {
        return;
    }
    if output::asks(&question(&open, true).text) {
        bindings.confirm(&open);
        return;
    }
    let wanted = jobs.iter_mut().filter(|job| job.target.is_ok());
    for (job, open) in wanted.zip(found).filter(|(_, open)| !open.is_empty()) {
        job.target = Err(Box::new(declined(&each_once(&open))));
    }
}

/// Tests the logins with a look at who else uses them; whether all are in.
async fn audit_all(
    jobs: Vec<Job>,
    conditions: Conditions<'_>,
    orgs: &[&Input],
    arguments: &LoginArgs,
) -> bool {
    let Conditions { network, today, anyway, cancel, .. } = conditions;
    let care = if anyway { Care::Anyway } else { Care::Careful };
    let stop = cancel.clone();
    let wanted = crate::logins::audit::Conditions { network, today, care, cancel };
    let is_text = arguments.format == Format::Text;
    let look = audit::look_at_all(jobs, orgs, wanted, is_text);
    tokio::pin!(look);
    let looked = tokio::select! {
        looked = &mut look => looked,
        _ = tokio::signal::ctrl_c() => {
            stop.cancel();
            look.await
        }
    };
    if !is_text {
        let rows = orgs.iter().zip(&looked).map(|(org, looked)| audit::as_row(looked, org));
        json::print(&rows.collect::<Vec<_>>());
    }
    looked.iter().all(|looked| looked.result.is_ok())
}

/// A run that has ended.
struct Run {
    /// A result for each org.
    results: Vec<LoginResult>,
    /// Why it was stopped, when no login got through.
    outage: Option<Outage>,
    /// How long it took, in words.
    took: String,
    /// So many lines were printed meanwhile.
    lines: usize,
}

/// Tests all logins and, for people, prints each result as it comes. Ctrl-C ends what is under way
/// and what waits; those have results too, `cancelled`. So does a run in which no login gets through.
async fn test_all(
    jobs: Vec<Job>,
    conditions: Conditions<'_>,
    orgs: &[&Input],
    arguments: &LoginArgs,
) -> Run {
    let cancel = conditions.cancel.clone();
    let longest = conditions.network.policy().total_timeout;
    let mut run = LoginRun::new(jobs, conditions);
    let mut results: Vec<Option<LoginResult>> = vec![None; orgs.len()];
    let is_text = arguments.format == Format::Text;
    let mut progress = Progress::new(orgs, Screen::of_output(), arguments.all, longest);
    let mut outage = None;
    let mut listens = true;
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(interrupted);
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            finished = run.next() => {
                let Some(Finished { index, result, .. }) = finished else { break };
                results[index] = Some(result);
                if is_text {
                    progress.add(index, &results);
                }
                if outage.is_none() && !arguments.keep_going && !cancel.is_cancelled() {
                    let is_left = results.iter().any(Option::is_none);
                    outage = Outage::of(results.iter().flatten()).filter(|_| is_left);
                    if outage.is_some() {
                        cancel.cancel();
                    }
                }
            }
            _ = seconds.tick() => {}
            interrupted = &mut interrupted, if listens => {
                listens = false;
                match interrupted {
                    Ok(()) => cancel.cancel(),
                    Err(error) => tracing::warn!("cannot handle Ctrl-C: {error}"),
                }
            }
        }
        progress.tell(&results, run.oldest());
    }
    let took = progress.end();
    // Each job gets one result, so nothing is missing here.
    let results = results.into_iter().map(|it| it.unwrap_or_else(LoginResult::cancelled));
    Run { results: results.collect(), outage, took, lines: progress.lines }
}

/// What is printed when all results are there.
fn tell(arguments: &LoginArgs, orgs: &[&Input], hosts: &[Option<String>], run: &Run) {
    if arguments.format == Format::Json {
        let rows = orgs.iter().zip(&run.results).map(|(org, result)| Row::new(org, result));
        json::print(&rows.collect::<Vec<_>>());
    }
    if orgs.is_empty() {
        return;
    }
    if let Some(outage) = run.outage {
        let counts = Counts::of(&run.results);
        notes(outage.lines(counts.failed, counts.not_tested).join("\n"));
        return;
    }
    if arguments.format == Format::Text {
        let tested: Vec<Tested<'_>> = orgs
            .iter()
            .zip(&run.results)
            .zip(hosts)
            .map(|((org, result), host)| Tested { org, result, host: host.as_deref() })
            .collect();
        let report = Report {
            tested: &tested,
            screen: Screen::of_output(),
            all: arguments.all,
            is_short: orgs.len() > EACH_SHOWN,
            took: &run.took,
            lines: run.lines,
        };
        output::text(&report.text());
    }
}
