//! `sforg token`: logs in and prints the session for another program.

use std::io::IsTerminal;

use clap::Args;
use secrecy::ExposeSecret;
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::handover::{OrgArgs, Wanted};
use super::{CannotRun, Outcome, json};

/// Arguments of `sforg token`.
#[derive(Debug, Args)]
#[command(after_help = "\
Prints {\"accessToken\", \"instanceUrl\", \"apiVersion\"} as JSON, into a pipe or a
file; on a terminal only with --show. The session lasts until the org's own
timeout; sforg exec ends it by itself.

Examples:
  sforg token --org \"Acme UAT\" | jq -r .accessToken
  sforg token --org orgs/acme-uat.sforg.json | my-script")]
pub struct TokenArgs {
    #[command(flatten)]
    org: OrgArgs,
    /// Print it even on a terminal
    #[arg(long)]
    show: bool,
}

/// What is printed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Token<'a> {
    access_token: &'a str,
    instance_url: &'a str,
    api_version: Option<String>,
}

/// Runs the command.
pub fn run(arguments: &TokenArgs) -> Result<Outcome, CannotRun> {
    if !arguments.show && std::io::stdout().is_terminal() {
        return Err(CannotRun(
            "a session is as good as a password, so it is not printed on a terminal: send it to a program \
             through a pipe, use sforg exec, or add --show"
                .to_owned(),
        ));
    }
    let wanted = Wanted::find(&arguments.org)?;
    let runtime = super::runtime()?;
    let opened = runtime.block_on(wanted.open(CancellationToken::new()))?;
    runtime.shutdown_background();
    json::print(&Token {
        access_token: opened.session.token().expose_secret(),
        instance_url: opened.session.instance_url(),
        api_version: opened.api_version.map(|version| version.to_string()),
    });
    Ok(Outcome::Fine)
}
