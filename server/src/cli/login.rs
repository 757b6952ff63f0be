//! `sforg login`: *Test Salesforce Login* for each org.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use org_ide::FileKind;
use org_login::{LoginResult, Network, Status};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::inputs::{Input, Inputs};
use super::output::note;
use super::{AllowedHostArgs, CannotRun, Format, Outcome, json, output};
use crate::login_run::{Conditions, Finished, Job, LoginRun, summary};
use crate::login_target::login_target;
use crate::refusals::LockoutStore;

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
}

/// One result as programs read it (PRODUCT 5).
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
    let settings = super::settings(&arguments.hosts)?;
    let inputs = Inputs::read(&arguments.paths)?;
    inputs.tell_problems();
    let orgs: Vec<&Input> =
        inputs.files.iter().filter(|input| input.document.kind() == FileKind::Org).collect();
    let jobs: Vec<Job> = orgs
        .iter()
        .map(|input| Job {
            target: inputs.ask(input, &settings.allowed, |document, context| {
                login_target(document, context, &input.shown)
            }),
            env_file: inputs.env_file_of(input),
        })
        .collect();
    let network =
        Network::new(settings.login_policy()).with_lockout_guard(Arc::new(LockoutStore::new()));
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
    let results = runtime.block_on(test_all(jobs, conditions, &orgs, arguments.format));
    // Not to wait for a credential store that waits for a person: nobody wants its answer any more.
    runtime.shutdown_background();
    tell(arguments.format, &orgs, &results)?;
    inputs.all_were_read()?;
    let all_in = results.iter().all(LoginResult::is_ok);
    Ok(if all_in { Outcome::Fine } else { Outcome::Findings })
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
    let org = row.org.map(|org| format!(" ({org})")).unwrap_or_default();
    let mut text = format!("{colour}{mark}\u{1b}[0m {}{org}\n  {}\n", row.file, row.result.summary);
    for (number, step) in row.result.instructions.iter().enumerate() {
        text.push_str(&format!("  {}. {step}\n", number + 1));
    }
    for warning in &row.result.warnings {
        text.push_str(&format!("  \u{1b}[33mwarning\u{1b}[0m {warning}\n"));
    }
    let said = &row.result.salesforce;
    let words: Vec<&str> =
        [&said.code, &said.message].into_iter().flatten().map(|s| s.as_str()).collect();
    if !words.is_empty() {
        text.push_str(&format!("  Salesforce said: {}\n", words.join(" ")));
    }
    text
}
