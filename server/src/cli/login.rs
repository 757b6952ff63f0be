//! `sforg login`: *Test Salesforce Login* for each org.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use org_ide::FileKind;
use org_login::{Bindings, LoginResult, Network, Status, declined};
use org_text::{Foreign, neutral};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::inputs::{Input, Inputs};
use super::output::{self, note};
use super::{AllowedHostArgs, AllowedSecretArgs, CannotRun, Format, Outcome, json};
use crate::logins::batch::{Conditions, Finished, Job, LoginRun, summary};
use crate::logins::bindings::BindingStore;
use crate::logins::confirmation::{each_once, question, unconfirmed};
use crate::logins::lockout::LockoutStore;
use crate::logins::target::login_target;

/// Arguments of `sforg login`.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Files and folders; the working directory when there are none
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    pub(super) format: Format,
    /// Also send credentials that were refused twice already, although that may lock the user out
    #[arg(long)]
    force: bool,
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
        let org = input.document.org().and_then(|org| org.display_name());
        Self { file: &input.shown, org, result }
    }
}

/// Runs the command.
pub fn run(arguments: &LoginArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts, &arguments.secrets.allow_secret)?;
    let inputs = Inputs::read(&arguments.paths)?;
    inputs.tell_problems();
    let orgs: Vec<&Input> =
        inputs.files.iter().filter(|input| input.document.kind() == FileKind::Org).collect();
    let mut jobs: Vec<Job> = orgs
        .iter()
        .map(|input| Job {
            target: inputs.analyze(input, &settings.allowed, |document, context| {
                login_target(document, context, &input.shown)
            }),
            env_file: inputs.env_file_of(input),
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
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CannotRun(format!("the network cannot be used: {error}")))?;
    if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() {
        runtime.block_on(confirm(&mut jobs, &network, &*bindings));
    }
    let results = runtime.block_on(test_all(jobs, conditions, &orgs, arguments.format));
    // Not to wait for a credential store that waits for a person: nobody wants its answer any more.
    runtime.shutdown_background();
    tell(arguments.format, &orgs, &results)?;
    inputs.all_were_read()?;
    let all_in = results.iter().all(LoginResult::is_ok);
    Ok(if all_in { Outcome::Fine } else { Outcome::Findings })
}

/// Asks the person at the terminal, once, about all secrets that would go where nobody has confirmed
/// them. Without a yes those logins are skipped. `--allow-login-host` is the person's word about the
/// secrets that stand in the files themselves.
async fn confirm(jobs: &mut [Job], network: &Network, bindings: &dyn Bindings) {
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

/// Tests all logins and, for people, prints each result as it comes. Ctrl-C ends what is under way
/// and what waits; those have results too, `cancelled`.
async fn test_all(
    jobs: Vec<Job>,
    conditions: Conditions<'_>,
    orgs: &[&Input],
    format: Format,
) -> Vec<LoginResult> {
    let cancel = conditions.cancel.clone();
    let mut run = LoginRun::new(jobs, conditions);
    let mut results: Vec<Option<LoginResult>> = vec![None; orgs.len()];
    let mut page = Page::new(orgs.len());
    let mut listens = true;
    let interrupted = tokio::signal::ctrl_c();
    tokio::pin!(interrupted);
    loop {
        tokio::select! {
            finished = run.next() => {
                let Some(Finished { index, result, done }) = finished else { break };
                results[index] = Some(result);
                if format == Format::Text {
                    page.show(index, done, &results, orgs);
                }
            }
            interrupted = &mut interrupted, if listens => {
                listens = false;
                match interrupted {
                    Ok(()) => cancel.cancel(),
                    Err(error) => tracing::warn!("Ctrl-C cannot be waited for: {error}"),
                }
            }
        }
    }
    page.progress.finish_and_clear();
    // Each job gets one result, so nothing is missing here.
    results.into_iter().map(|result| result.unwrap_or_else(LoginResult::cancelled)).collect()
}

/// Results as they appear, with a progress below them where standard error is a terminal.
struct Page {
    progress: ProgressBar,
    /// On a terminal a result appears when it is known; everywhere else in the order of the files,
    /// so that two runs can be compared.
    as_they_come: bool,
    /// The results before this one are printed, when they are printed in order.
    next: usize,
}

impl Page {
    fn new(all: usize) -> Self {
        // Draws nothing where standard error is no terminal.
        let progress = ProgressBar::new(all as u64);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} of {len} logins tested") {
            progress.set_style(style);
        }
        progress.enable_steady_tick(Duration::from_millis(100));
        Self { progress, as_they_come: std::io::stdout().is_terminal(), next: 0 }
    }

    fn show(
        &mut self,
        index: usize,
        done: usize,
        results: &[Option<LoginResult>],
        orgs: &[&Input],
    ) {
        let print_one = |index: usize, result: &LoginResult| {
            let text = text(&Row::new(orgs[index], result));
            self.progress.suspend(|| output::text(&text));
        };
        if self.as_they_come {
            if let Some(result) = &results[index] {
                print_one(index, result);
            }
        } else {
            while let Some(Some(result)) = results.get(self.next) {
                print_one(self.next, result);
                self.next += 1;
            }
        }
        self.progress.set_position(done as u64);
    }
}

/// What is printed when all results are there.
fn tell(format: Format, orgs: &[&Input], results: &[LoginResult]) -> Result<(), CannotRun> {
    let rows = || orgs.iter().zip(results).map(|(input, result)| Row::new(input, result));
    if format == Format::Json {
        json::print(&rows().collect::<Vec<_>>());
    }
    if orgs.is_empty() {
        note("there is no org to test: no file that was read ends in .sforg.json");
    } else if format == Format::Text {
        let named = rows().map(|row| (row.org.unwrap_or(row.file), row.result));
        note(format_args!("{}", summary(named)));
    }
    Ok(())
}

fn text(row: &Row<'_>) -> String {
    let (mark, colour) = match row.result.status {
        Status::Ok => ("ok", "\u{1b}[32m"),
        Status::Failed => ("failed", "\u{1b}[31m"),
        Status::Skipped => ("skipped", "\u{1b}[33m"),
    };
    let org = row.org.map(|org| format!(" ({})", Foreign(org))).unwrap_or_default();
    let (file, summary) = (Foreign(row.file), neutral(&row.result.summary));
    let mut text = format!("{colour}{mark}\u{1b}[0m {file}{org}\n  {summary}\n");
    for (number, step) in row.result.instructions.iter().enumerate() {
        text.push_str(&format!("  {}. {}\n", number + 1, neutral(step)));
    }
    for warning in &row.result.warnings {
        text.push_str(&format!("  \u{1b}[33mwarning\u{1b}[0m {}\n", neutral(warning)));
    }
    if let Some(sent) = &row.result.sent {
        text.push_str(&format!("  Sent {}.\n", neutral(sent)));
    }
    let said = &row.result.salesforce;
    let words: Vec<String> =
        [&said.code, &said.message].into_iter().flatten().map(|s| Foreign(s).to_string()).collect();
    if !words.is_empty() {
        text.push_str(&format!("  Salesforce said: {}\n", words.join(" ")));
    }
    text
}
