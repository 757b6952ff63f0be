//! `sforg login`: *Test Salesforce Login* for each org.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use org_ide::FileKind;
use org_login::{Environment, LoginResult, Network, Status, test_login, test_login_anyway};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::inputs::{Input, Inputs};
use super::{AllowedHostArgs, CannotRun, Format, Outcome, print, print_json};
use crate::login_target::{LOGINS_AT_ONCE, login_target};
use crate::refusals::Refusals;

/// Arguments of `sforg login`.
#[derive(Debug, Args)]
pub struct LoginArgs {
    /// Files and folders; the working directory when there are none
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
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

/// Runs the command.
pub fn run(arguments: &LoginArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts)?;
    let inputs = Inputs::read(&arguments.paths)?;
    inputs.tell_problems();
    let network = Arc::new(
        Network::new(settings.login_policy()).with_lockout_guard(Arc::new(Refusals::new())),
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CannotRun(format!("the network cannot be used: {error}")))?;
    let orgs: Vec<&Input> =
        inputs.files.iter().filter(|input| input.document.kind() == FileKind::Org).collect();
    let mut jobs = Vec::with_capacity(orgs.len());
    for input in &orgs {
        let target = inputs.ask(input, &settings.allowed, |document, context| {
            login_target(document, context, &input.shown)
        });
        jobs.push((target, inputs.env_file_of(input)));
    }
    let today = inputs.today();
    let force = arguments.force;
    let results = runtime.block_on(async {
        let cancel = CancellationToken::new();
        let places = Arc::new(Semaphore::new(LOGINS_AT_ONCE));
        let mut tasks = JoinSet::new();
        for (index, (target, env_file)) in jobs.into_iter().enumerate() {
            let (network, places) = (Arc::clone(&network), Arc::clone(&places));
            let cancel = cancel.clone();
            tasks.spawn(async move {
                let _place = places.acquire_owned().await;
                let result = match target {
                    Ok(target) => {
                        let secrets = Arc::new(Environment::new(env_file));
                        if force {
                            test_login_anyway(&target, secrets, &network, today, cancel).await
                        } else {
                            test_login(&target, secrets, &network, today, cancel).await
                        }
                    }
                    Err(refused) => *refused,
                };
                (index, result)
            });
        }
        collect(tasks, &cancel).await
    });
    report(arguments.format, &orgs, &results)?;
    if orgs.is_empty() {
        anstream::eprintln!("sforg: there is no org to test: no file here ends in .sforg.json");
    }
    if !inputs.problems.is_empty() {
        return Err(CannotRun("some files or folders could not be read".to_owned()));
    }
    let all_in = results.iter().all(LoginResult::is_ok);
    Ok(if all_in { Outcome::Fine } else { Outcome::Findings })
}

/// Waits for all; Ctrl-C cancels what is under way, and the results so far are still reported.
async fn collect(
    mut tasks: JoinSet<(usize, LoginResult)>,
    cancel: &CancellationToken,
) -> Vec<LoginResult> {
    let mut results = Vec::new();
    loop {
        tokio::select! {
            joined = tasks.join_next() => match joined {
                Some(Ok(result)) => results.push(result),
                Some(Err(error)) => tracing::error!("a login test failed: {error}"),
                None => break,
            },
            interrupted = tokio::signal::ctrl_c(), if !cancel.is_cancelled() => {
                if interrupted.is_ok() {
                    cancel.cancel();
                }
            }
        }
    }
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn report(format: Format, orgs: &[&Input], results: &[LoginResult]) -> Result<(), CannotRun> {
    let rows = orgs.iter().zip(results).map(|(input, result)| Row {
        file: &input.shown,
        org: input.document.org().and_then(|org| org.display_name()),
        result,
    });
    match format {
        Format::Json => print_json(&rows.collect::<Vec<_>>()),
        Format::Text => {
            for row in rows {
                print(&text(&row));
            }
            Ok(())
        }
    }
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
    if let (Some(code), message) = (&said.code, said.message.as_deref().unwrap_or("")) {
        text.push_str(&format!("  Salesforce said: {code} {message}\n"));
    }
    text
}
