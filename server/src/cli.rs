//! The command line: the same answers for a terminal.

mod check;
mod convert;
mod explain;
mod fix;
mod github;
mod inputs;
mod login;
mod masked;
mod places;
mod report;
mod rewrite;
mod sarif;
mod schema;
#[cfg(feature = "keyring")]
mod secret;
#[cfg(feature = "keyring")]
mod secret_input;
mod upgrade;

use std::fmt;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

use crate::lsp;
use crate::world::{self, UserSettings};

/// Checks, converts and tests Salesforce org definition files.
#[derive(Debug, Parser)]
#[command(name = "sforg", version, about, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the language server on standard input and output
    Lsp(LspArgs),
    /// Report everything that is wrong with the org and project files below a folder
    Check(check::CheckArgs),
    /// Test the Salesforce login of each org
    Login(login::LoginArgs),
    /// Apply the safe quick fixes: comments, trailing commas, spelling of members
    Fix(fix::FixArgs),
    /// Convert orgs on basic authentication to OAuth 2.0 client credentials
    Convert(convert::ConvertArgs),
    /// Upgrade a project's API version; refused while it would break an org
    Upgrade(upgrade::UpgradeArgs),
    /// Store, list and remove secrets in the operating system's credential store
    #[cfg(feature = "keyring")]
    Secret(secret::SecretArgs),
    /// Explain a rule
    Explain(explain::ExplainArgs),
    /// Print the JSON Schema of a file format
    Schema(schema::SchemaArgs),
}

#[derive(Debug, Args)]
struct LspArgs {
    /// Accepted for editors that pass it; standard input and output is the only way
    #[arg(long)]
    stdio: bool,
    #[command(flatten)]
    hosts: AllowedHostArgs,
}

/// Hosts besides Salesforce's to which credentials may go.
#[derive(Debug, Args)]
pub struct AllowedHostArgs {
    /// Allow logins at this host besides Salesforce's: HOST, HOST:PORT or an origin (repeatable)
    #[arg(long = "allow-login-host", value_name = "HOST")]
    allow_login_host: Vec<String>,
}

/// How a command reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// The command could not do its work; the message says what to do. Exit code 2.
#[derive(Debug)]
pub struct CannotRun(pub String);

impl fmt::Display for CannotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a command that ran came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Fine,
    /// Exit code 1.
    Findings,
}

/// Runs what the arguments say.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log_to_standard_error();
    let result = match cli.command {
        Command::Lsp(arguments) => {
            let (settings, errors) = UserSettings::load(&arguments.hosts.allow_login_host);
            for error in &errors {
                tracing::warn!("{error}");
            }
            return lsp::run(settings, errors);
        }
        Command::Check(arguments) => check::run(&arguments),
        Command::Login(arguments) => login::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Upgrade(arguments) => upgrade::run(&arguments),
        #[cfg(feature = "keyring")]
        Command::Secret(arguments) => secret::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("sforg: {error}");
            ExitCode::from(2)
        }
    }
}

/// The user's settings; one that cannot be used stops a command, unless the command can do without.
fn settings(hosts: &AllowedHostArgs) -> Result<UserSettings, CannotRun> {
    let (settings, errors) = UserSettings::load(&hosts.allow_login_host);
    for error in errors.iter().filter(|error| error.is_warning()) {
        anstream::eprintln!("sforg: {error}");
    }
    match errors.iter().find(|error| !error.is_warning()) {
        None => Ok(settings),
        Some(error) => Err(CannotRun(error.to_string())),
    }
}

/// Without `SFORG_LOG`. A refused certificate is told with the login's result, so the line that the
/// verifier logs about it is left out.
const DEFAULT_LOG: &str = "warn,rustls_platform_verifier=off";

/// Standard output belongs to the protocol and to reports. `SFORG_LOG` sets the level
/// ([`DEFAULT_LOG`] unless it says something else).
fn log_to_standard_error() {
    let level = world::variable("SFORG_LOG").and_then(|level| level.into_string().ok());
    let filter = level
        .and_then(|level| EnvFilter::try_new(level).ok())
        .unwrap_or_else(|| EnvFilter::new(DEFAULT_LOG));
    // At the level "trace" it would print every message, and so the secrets that a file holds.
    let filter = match "tower_lsp::codec=off".parse() {
        Ok(directive) => filter.add_directive(directive),
        Err(_) => filter,
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .init();
}

/// Prints to standard output; a reader that has gone away (`sforg check | head`) is no error.
fn print(text: &str) {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    if let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush())
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        tracing::error!("standard output cannot be written: {error}");
    }
}

/// Prints JSON with a line end.
fn print_json(value: &impl serde::Serialize) -> Result<(), CannotRun> {
    let text = serde_json::to_string_pretty(value).map_err(|error| CannotRun(error.to_string()))?;
    print(&format!("{text}\n"));
    Ok(())
}
