//! The command line: the same answers for a terminal.

mod board;
mod check;
mod completions;
mod convert;
mod excerpt;
mod exec;
mod explain;
mod fix;
mod github;
mod handover;
mod import;
mod inputs;
mod json;
mod layout;
mod log;
mod login;
mod masked;
mod new;
mod next_step;
mod output;
mod places;
mod rendered;
mod report;
mod rewrite;
mod sarif;
mod scan;
mod schema;
mod screen;
#[cfg(feature = "keyring")]
mod secret;
#[cfg(feature = "keyring")]
mod secret_input;
mod style;
mod tally;
mod token;
mod upgrade;
mod why;

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::lsp;
use crate::settings::UserSettings;
use org_text::{Foreign, does_something};
use output::{Reader, note, notes, text};

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "sforg",
    version,
    about = "Check, test and convert Salesforce org files",
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 80,
    override_usage = "sforg <COMMAND>",
    help_template = "{about}\n\nUsage: {usage}\n\n{subcommands}{after-help}",
    after_help = AFTER_HELP
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Below the list of commands; those that programs use are named here alone.
const AFTER_HELP: &str = "\x20 lsp, schema, completions   for editors and programs

Examples:
  sforg check                       everything below this folder
  sforg login orgs/acme-uat.sforg.json
  sforg convert orgs --diff         look first

More: sforg COMMAND --help";

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the language server on standard input and output
    #[command(hide = true)]
    Lsp(LspArgs),
    /// Make an org file, step by step
    New(new::NewArgs),
    /// Find problems, and what breaks when
    Check(check::CheckArgs),
    /// Test the logins
    Login(login::LoginArgs),
    /// Run a command with an org's session
    Exec(exec::ExecArgs),
    /// Print an org's session for another program
    Token(token::TokenArgs),
    /// Rewrite basic authentication to OAuth 2.0
    Convert(convert::ConvertArgs),
    /// Raise a project's API version
    Upgrade(upgrade::UpgradeArgs),
    /// Find every Salesforce login here, and when it breaks
    Scan(scan::ScanArgs),
    /// Make org files from Design Studio, the Salesforce CLI or .env files
    Import(import::ImportArgs),
    /// Fix what has one right answer
    Fix(fix::FixArgs),
    /// Keep secrets in the keyring
    #[cfg(feature = "keyring")]
    Secret(secret::SecretArgs),
    /// Explain a rule
    Explain(explain::ExplainArgs),
    /// Explain a Salesforce login error that another tool printed
    Why(why::WhyArgs),
    /// Print the JSON Schema of a file format
    #[command(hide = true)]
    Schema(schema::SchemaArgs),
    /// Print the completion script of a shell
    #[command(hide = true)]
    Completions(completions::CompletionsArgs),
}

#[derive(Debug, Args)]
struct LspArgs {
    /// Accepted for editors that pass it; standard input and output is the only way
    #[arg(long)]
    stdio: bool,
    #[command(flatten)]
    hosts: AllowedHostArgs,
    #[command(flatten)]
    secrets: AllowedSecretArgs,
}

/// Hosts besides Salesforce's to which credentials may go.
#[derive(Debug, Args)]
pub struct AllowedHostArgs {
    /// Allow logins at this host besides Salesforce's: HOST, HOST:PORT or an origin (repeatable)
    #[arg(long = "allow-login-host", value_name = "HOST")]
    allow_login_host: Vec<String>,
}

/// Secrets that are sent without a question.
#[derive(Debug, Args)]
pub struct AllowedSecretArgs {
    /// Send secrets of this name without asking, such as ACME_PASSWORD or 'ACME_*' (repeatable)
    #[arg(long = "allow-secret", value_name = "NAME")]
    allow_secret: Vec<String>,
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

impl Command {
    /// For whom standard output is.
    fn reader(&self) -> Reader {
        let is_for_programs = match self {
            Self::Check(arguments) => arguments.is_for_programs(),
            Self::Scan(arguments) => arguments.is_for_programs(),
            Self::Login(arguments) => arguments.format == Format::Json,
            Self::Import(arguments) => arguments.format == Format::Json,
            Self::Why(arguments) => arguments.format == Format::Json,
            Self::Exec(_) | Self::Token(_) => true,
            Self::Schema(_) | Self::Lsp(_) | Self::Completions(_) => true,
            _ => false,
        };
        if is_for_programs { Reader::Program } else { Reader::Person }
    }
}

/// Runs what the arguments say.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return tell_usage(&error),
    };
    log::to_standard_error();
    output::begin(cli.command.reader());
    let result = match cli.command {
        Command::Lsp(arguments) => {
            let (settings, errors) = UserSettings::load(
                &arguments.hosts.allow_login_host,
                &arguments.secrets.allow_secret,
            );
            for error in &errors {
                tracing::warn!("{error}");
            }
            return lsp::run(settings, errors);
        }
        Command::Exec(arguments) => return exec::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Scan(arguments) => scan::run(&arguments),
        Command::Login(arguments) => login::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Upgrade(arguments) => upgrade::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        #[cfg(feature = "keyring")]
        Command::Secret(arguments) => secret::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Why(arguments) => why::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments, &mut Cli::command()),
    };
    if let Err(error) = &result {
        notes(error);
    }
    let is_written = output::finish();
    match result {
        Ok(Outcome::Fine) if is_written => ExitCode::SUCCESS,
        Ok(Outcome::Findings) if is_written => ExitCode::from(1),
        _ => ExitCode::from(2),
    }
}

/// Help and version, or what is wrong with the arguments: those may be names of files, too.
fn tell_usage(error: &clap::Error) -> ExitCode {
    let mut page = error.render().ansi().to_string();
    if error.use_stderr() {
        // As all our messages begin.
        page = page.replacen("error:", "sforg:", 1);
    }
    for argument in std::env::args_os().skip(1) {
        let argument = argument.to_string_lossy();
        if argument.contains(does_something) {
            page = page.replace(&*argument, &Foreign(&argument).to_string());
        }
    }
    if error.use_stderr() {
        output::page(page.trim_end());
        let is_exec = std::env::args_os().nth(1).is_some_and(|command| command == "exec");
        return ExitCode::from(if is_exec { exec::NOT_RUN } else { 2 });
    }
    text(&page);
    if output::finish() { ExitCode::SUCCESS } else { ExitCode::from(2) }
}

/// What logins run on.
fn runtime() -> Result<tokio::runtime::Runtime, CannotRun> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| CannotRun(format!("the network cannot be used: {error}")))
}

/// The user's settings; one that cannot be used stops a command, unless the command can do without.
fn settings(hosts: &AllowedHostArgs, secrets: &[String]) -> Result<UserSettings, CannotRun> {
    let (settings, errors) = UserSettings::load(&hosts.allow_login_host, secrets);
    for error in errors.iter().filter(|error| error.is_warning()) {
        note(error);
    }
    match errors.iter().find(|error| !error.is_warning()) {
        None => Ok(settings),
        Some(error) => Err(CannotRun(error.to_string())),
    }
}

/// Paths as the person wrote them, for a command to type next; the working directory when there are none.
fn paths_shown(paths: &[PathBuf]) -> String {
    if paths.is_empty() {
        return ".".to_owned();
    }
    let quoted = paths.iter().map(|path| {
        let mut path = path.display().to_string();
        // Not to be an option.
        if path.starts_with('-') {
            path.insert_str(0, "./");
        }
        let is_plain = |c: char| c.is_alphanumeric() || "/._-+@%:,\\".contains(c);
        let shown = Foreign(&path).to_string();
        let quote = if cfg!(windows) { "''" } else { "'\\''" };
        if path.chars().all(is_plain) { shown } else { format!("'{}'", shown.replace('\'', quote)) }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn paths_are_shown_as_a_shell_takes_them() {
        let shown = |path: &str| super::paths_shown(&[path.into()]);
        assert_eq!(super::paths_shown(&[]), ".");
        assert_eq!(super::paths_shown(&["a".into(), "b c".into()]), "a 'b c'");
        assert_eq!(shown("-rf.sforg.json"), "./-rf.sforg.json");
        assert_eq!(shown("$(x)"), "'$(x)'");
        assert_eq!(shown("it's"), if cfg!(windows) { "'it''s'" } else { "'it'\\''s'" });
    }

    #[test]
    fn each_page_of_help_fits_80_columns() {
        fn fits(command: &mut clap::Command) {
            for page in [command.render_help(), command.render_long_help()] {
                let page = page.to_string();
                let wide: Vec<_> = page.lines().filter(|line| line.chars().count() > 80).collect();
                assert!(wide.is_empty(), "{}: {wide:#?}", command.get_name());
            }
            command.get_subcommands_mut().for_each(fits);
        }
        let mut command = super::Cli::command();
        command.build();
        fits(&mut command);
    }
}
