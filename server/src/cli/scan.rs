//! `sforg scan`: every Salesforce login of a repository, and when it breaks.

mod csv;
mod deny;
mod found;
mod sarif;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use org_ide::deadlines::Board;
use org_schema::Date;

use self::deny::Denied;
use self::found::{Finds, Login};
use super::output::note;
use super::report::Drawing;
use super::screen::Screen;
use super::tally::counted;
use super::{AllowedHostArgs, CannotRun, Outcome, board, check, github, json, output};

/// Arguments of `sforg scan`.
#[derive(Debug, Args)]
#[command(
    after_help = "Reads MuleSoft, Data Loader, Kafka Connect, Azure Data Factory, Apache Hop and
Pentaho Kettle configurations, .env files, what the Salesforce CLI prints,
sfdx-project.json, org files, Design Studio projects, and source code in Python,
JavaScript, TypeScript, Java, C#, Go, Ruby, PHP and shell. Nothing is sent, and
no secret is printed.

Examples:
  sforg scan                        everything below this folder
  sforg scan --as-of 2027-06-01     as on that day
  sforg scan --deny 2027-03-01      fail if something breaks by then
  sforg scan --format csv           one row per login, for a spreadsheet"
)]
pub struct ScanArgs {
    /// Files and folders [default: the working directory]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// When to fail: if something breaks by this day, or at this severity and above
    #[arg(long, value_name = "DATE|error|warning|information", default_value = "error")]
    deny: Denied,
    /// Judge as on that day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = check::date)]
    as_of: Option<Date>,
    /// Also read files that .gitignore lists
    #[arg(long)]
    no_ignore: bool,
    /// Show each login, also in tests, comments and documentation
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    hosts: AllowedHostArgs,
}

/// How logins are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What breaks when, for people
    #[default]
    Text,
    /// One row per login, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// What breaks when, as a table
    Markdown,
    /// One row per login, for spreadsheets
    Csv,
}

impl ScanArgs {
    /// Whether a program reads the report.
    pub fn is_for_programs(&self) -> bool {
        self.format != Format::Text
    }
}

/// Runs the command.
pub fn run(arguments: &ScanArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts, &[])?;
    let finds =
        Finds::of(&arguments.paths, arguments.as_of, !arguments.no_ignore, &settings.allowed)?;
    tell(arguments, &finds);
    finds.inputs.tell_problems();
    let passed = finds.passed_over();
    if arguments.is_for_programs() && !passed.is_empty() {
        note(format_args!("skipped: {passed}"));
    }
    finds.all_were_read()?;
    let is_denied = finds.logins.iter().any(|login| arguments.deny.denies(&login.row));
    Ok(if is_denied { Outcome::Findings } else { Outcome::Fine })
}

fn tell(arguments: &ScanArgs, finds: &Finds) {
    let logins = &finds.logins;
    match arguments.format {
        Format::Text => output::text(&text(arguments, finds)),
        Format::Markdown => {
            let markdown = board::markdown(&board_of(arguments, finds));
            output::data(|out| out.write_all(markdown.as_bytes()));
        }
        Format::Json => json::print_list(logins.iter().map(Login::data)),
        Format::Sarif => json::print(&sarif::log(logins, finds.is_complete())),
        Format::Csv => {
            let table = csv::table(logins);
            output::data(|out| out.write_all(table.as_bytes()));
        }
        Format::Github => {
            let mut lines = String::new();
            for (login, finding) in logins.iter().flat_map(Login::told) {
                let (place, message) = (login.range_of(finding.span), login.row.message(finding));
                let (file, rule) = (&login.file, finding.rule.name);
                github::push_annotation(&mut lines, file, place, finding.severity, rule, &message);
            }
            output::data(|out| out.write_all(lines.as_bytes()));
        }
    }
}

/// What counts is on the board; with `--all` all is.
fn board_of<'a>(arguments: &ScanArgs, finds: &'a Finds) -> Board<&'a Login> {
    let logins = finds.logins.iter().filter(|login| arguments.all || login.row.counts());
    Board::new(finds.today(), logins.map(|login| (login, login.row.deadlines.clone())))
}

fn text(arguments: &ScanArgs, finds: &Finds) -> String {
    let drawing =
        Drawing { screen: Screen::of_output(), all: arguments.all, paths: arguments.paths.clone() };
    let board = board_of(arguments, finds);
    let width = drawing.screen.width;
    let mut text = if board.orgs == 0 {
        let files = counted(finds.passed.files, "file");
        super::layout::hanging("", &format!("No Salesforce login found in {files}."), width)
    } else {
        board::text(&board, &drawing)
    };
    if arguments.all && !board.without_deadline.is_empty() {
        text.push_str("\nNo deadline:\n");
        for login in &board.without_deadline {
            let (name, place) = board::Listed::shown(*login);
            text.push_str(&board::row("  ", (&name, &name), &place, None, width));
        }
    }
    let left = finds.logins.len() - board.orgs;
    if left > 0 {
        let more = format!("{left} more in tests, comments and documentation (--all shows them).");
        text.push_str(&super::layout::hanging("", &more, width));
    }
    let passed = finds.passed_over();
    if !passed.is_empty() {
        text.push_str(&super::layout::hanging("", &format!("Skipped: {passed}."), width));
    }
    text
}
