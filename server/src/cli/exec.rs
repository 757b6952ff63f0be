//! `sforg exec`: runs a command with the session of an org, and ends the session behind it.

mod child;
mod signals;
mod streams;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Args;
use org_text::Foreign;
use secrecy::ExposeSecret;
use tokio::process::Command;
use tokio_util::sync::CancellationToken;

use super::handover::{Opened, OrgArgs, Wanted};
use super::output::{self, notes};
use super::screen::Screen;
use super::{CannotRun, runtime};
use child::Ended;
use signals::Signals;

/// The command was not run, as `env`, `nohup` and `timeout` tell it.
pub const NOT_RUN: u8 = 125;
/// The command was found and could not be started, as shells tell it.
const CANNOT_START: u8 = 126;
/// The command was not found, as shells tell it.
const NOT_FOUND: u8 = 127;

/// Arguments of `sforg exec`.
#[derive(Debug, Args)]
#[command(
    override_usage = "sforg exec --org <NAME | FILE> [OPTIONS] -- <COMMAND>...",
    after_help = "\
The command gets SF_ACCESS_TOKEN, SF_INSTANCE_URL, SF_ORG_INSTANCE_URL,
SF_ORG_API_VERSION and, for the Salesforce CLI, SF_TARGET_ORG (when the token is
one that it takes). Nothing is stored, and the session ends with the command;
one of SOAP login() stays open, since others may share it.

Secrets in what the command prints are hidden, so it writes to pipes: it shows
no colours and no progress for a terminal, and gets its width in COLUMNS. What
is typed reaches it. --no-masking leaves it the terminal.

Examples:
  sforg exec --org \"Acme UAT\" -- sf data query -q 'SELECT Id FROM Account'
  sforg exec --org orgs/acme-uat.sforg.json -- python sync.py
  sforg exec --org \"Acme UAT\" -- sh -c \\
    'curl -H \"Authorization: Bearer $SF_ACCESS_TOKEN\" \\
      \"$SF_INSTANCE_URL/services/data/v$SF_ORG_API_VERSION/limits\"'

The exit code is the command's; 128 and the signal's number when one ended it;
125 when it was not run (the login failed), 126 when it cannot be started, 127
when it is not found."
)]
pub struct ExecArgs {
    #[command(flatten)]
    org: OrgArgs,
    /// Pass on what the command prints as it is; it keeps the terminal
    #[arg(long)]
    no_masking: bool,
    /// Do not end the session with the command
    #[arg(long)]
    keep_session: bool,
    /// The command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// Runs the command.
pub fn run(arguments: &ExecArgs) -> ExitCode {
    let code = run_with_session(arguments).unwrap_or_else(|error| {
        notes(format_args!("{error}\nThe command was not run."));
        NOT_RUN
    });
    output::finish();
    ExitCode::from(code)
}

fn run_with_session(arguments: &ExecArgs) -> Result<u8, CannotRun> {
    let wanted = Wanted::find(&arguments.org)?;
    let runtime = runtime()?;
    let code = runtime.block_on(async {
        // From here on a signal ends the session, too.
        let mut signals = Signals::listen()
            .map_err(|error| CannotRun(format!("cannot handle signals: {error}")))?;
        let cancel = CancellationToken::new();
        let open = wanted.open(cancel.clone());
        tokio::pin!(open);
        let opened = tokio::select! {
            opened = &mut open => opened?,
            _ = signals.next() => {
                cancel.cancel();
                let opened = open.await?;
                opened.end().await;
                return Err(CannotRun("stopped by a signal".to_owned()));
            }
        };
        let code = run_command(arguments, &opened, &mut signals).await;
        if !arguments.keep_session {
            opened.end().await;
        }
        Ok(code)
    });
    // Not to wait for what still reads a pipe that a process in the background has kept.
    runtime.shutdown_background();
    code
}

async fn run_command(arguments: &ExecArgs, opened: &Opened, signals: &mut Signals) -> u8 {
    let Some((program, rest)) = arguments.command.split_first() else { return NOT_RUN };
    let mut command = Command::new(program);
    command.args(rest);
    set_environment(&mut command, opened);
    let mask = (!arguments.no_masking).then(|| opened.session.mask());
    if let Some(columns) = columns_behind_the_mask(mask.is_some()) {
        command.env("COLUMNS", columns.to_string());
    }
    match child::run(command, mask, signals).await {
        Ok(Ended::Code(code)) => code,
        Ok(Ended::Signal(number)) => 128_u8.saturating_add(number),
        Err(error) => {
            let program = program.to_string_lossy();
            let program = Foreign(&program);
            let (why, code) = match error.kind() {
                io::ErrorKind::NotFound => ("command not found".to_owned(), NOT_FOUND),
                _ => (format!("it cannot be started: {error}"), CANNOT_START),
            };
            notes(format_args!("{program}: {why}"));
            code
        }
    }
}

/// How wide the terminal is on which a person sees what the command prints into a pipe: tables fit then. What the
/// environment says already is left alone.
fn columns_behind_the_mask(is_masked: bool) -> Option<u16> {
    let is_told = std::env::var_os("COLUMNS").is_some_and(|columns| !columns.is_empty());
    (is_masked && !is_told).then(Screen::columns_of_output).flatten()
}

/// Names that the Salesforce CLI and others read (`docs/domain.md`, Where other programs keep the same). None of an earlier session is
/// left.
fn set_environment(command: &mut Command, opened: &Opened) {
    let session = &opened.session;
    let token = session.token().expose_secret();
    command
        .env("SF_ACCESS_TOKEN", token)
        .env("SF_INSTANCE_URL", session.instance_url())
        .env("SF_ORG_INSTANCE_URL", session.instance_url())
        // The Salesforce CLI takes no other form; the variable could name another org.
        .env_remove("SF_TARGET_ORG");
    if session.is_opaque() {
        command.env("SF_TARGET_ORG", token);
    }
    if let Some(version) = opened.api_version {
        command.env("SF_ORG_API_VERSION", version.to_string());
    }
}
