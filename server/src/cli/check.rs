//! `sforg check`: every diagnostic of every org and project file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use org_ide::{Finding, OrgDef, Severity, rules};
use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;
use org_text::Foreign;
use serde::Serialize;

use super::inputs::{Input, Inputs};
use super::output::note;
use super::places::Places;
use super::report::{Drawing, Found, Report};
use super::screen::Screen;
use super::tally::Tally;
use super::{AllowedHostArgs, CannotRun, Outcome, board, github, json, output, sarif};
use crate::settings::UserSettings;
use crate::side_by_side::in_order;

/// Arguments of `sforg check`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg check                       everything below this folder
  sforg check --when                what breaks when, soonest first
  sforg check --as-of 2027-06-01    as on that day
  sforg check --format github       annotations of GitHub Actions
  sforg check --deny warning        for CI")]
pub struct CheckArgs {
    /// Files and folders [default: the working directory]
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The least severity that makes the command fail
    #[arg(long, value_enum, default_value_t)]
    deny: Denied,
    /// Show information, too, and each place of each finding
    #[arg(long)]
    all: bool,
    /// Show what breaks when, soonest first
    #[arg(long)]
    when: bool,
    /// Judge as on that day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    as_of: Option<Date>,
    #[command(flatten)]
    hosts: AllowedHostArgs,
}

/// How findings are reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A table, with --when
    Markdown,
}

/// Severities as `--deny` takes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Denied {
    #[default]
    Error,
    Warning,
    Information,
    Hint,
}

impl From<Denied> for Severity {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Error => Self::Error,
            Denied::Warning => Self::Warning,
            Denied::Information => Self::Information,
            Denied::Hint => Self::Hint,
        }
    }
}

/// One finding as programs read it: 0-based, UTF-16.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    range: Range,
    severity: &'static str,
    code: &'static str,
    message: String,
}

#[derive(Debug, Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    line: u32,
    character: u32,
}

impl From<org_text::Position> for Place {
    fn from(position: org_text::Position) -> Self {
        Self { line: position.line, character: position.character }
    }
}

impl CheckArgs {
    /// Whether a program reads the report.
    pub fn is_for_programs(&self) -> bool {
        self.format != Format::Text
    }

    fn drawing(&self) -> Drawing {
        Drawing { screen: Screen::of_output(), all: self.all, paths: self.paths.clone() }
    }
}

/// Runs the command.
pub fn run(arguments: &CheckArgs) -> Result<Outcome, CannotRun> {
    match (arguments.when, arguments.format) {
        (true, Format::Sarif | Format::Github) => {
            return Err(CannotRun(
                "--when is available as text, json or markdown: choose one of these".to_owned(),
            ));
        }
        (false, Format::Markdown) => {
            return Err(CannotRun(
                "markdown is only for the board: add --when, or choose another format".to_owned(),
            ));
        }
        _ => {}
    }
    let settings = super::settings(&arguments.hosts, &[])?;
    let read = match arguments.when {
        true => Inputs::read_every_org,
        false => Inputs::read_with_design_studio,
    };
    let inputs = read(&arguments.paths, arguments.as_of)?;
    let is_broken = if arguments.when {
        tell_board(arguments, &inputs, &settings)
    } else {
        tell_findings(arguments, &inputs, &settings)
    };
    inputs.tell_problems();
    inputs.all_were_read()?;
    if inputs.files.is_empty() && inputs.left_out.is_empty() {
        note(
            "nothing to check: no sforg-project.json, no file that ends in .sforg.json and no \
             Design Studio project here",
        );
    }
    Ok(if is_broken { Outcome::Findings } else { Outcome::Fine })
}

/// Design Studio's files are called by GUIDs, so the findings say which org they are about. (For people the
/// org stands beside the place.)
fn name_org(input: &Input, findings: &mut [Finding]) {
    if !input.kind().is_design_studio() {
        return;
    }
    let Some(name) = input.document().org().and_then(OrgDef::display_name) else { return };
    let name = format!("{:.SHOWN_OF_A_NAME$}", Foreign(name));
    for finding in findings {
        finding.message = format!("Org \"{name}\": {}", finding.message);
    }
}

/// So many characters of a name are shown.
const SHOWN_OF_A_NAME: usize = 80;

/// What breaks when; whether something that is denied is among it: what does not work today is an error,
/// what stops one day a warning.
fn tell_board(arguments: &CheckArgs, inputs: &Inputs, settings: &UserSettings) -> bool {
    let board = board::board(inputs, &settings.allowed);
    match arguments.format {
        Format::Json => json::print(&board::Data::of(&board)),
        Format::Markdown => output::data(|out| out.write_all(board::markdown(&board).as_bytes())),
        _ => output::text(&board::text(&board, &arguments.drawing())),
    }
    match Severity::from(arguments.deny) {
        Severity::Error => board::is_broken_now(&board),
        _ => !board.groups.is_empty(),
    }
}

/// The findings; whether something that is denied is among them. For programs they are written file by
/// file, so that a report of any length takes little more room than that of the longest file.
fn tell_findings(arguments: &CheckArgs, inputs: &Inputs, settings: &UserSettings) -> bool {
    let mut tally = Tally::default();
    let judging = Judging { inputs, allowed: &settings.allowed };
    match arguments.format {
        Format::Text | Format::Markdown => {
            let mut report = Report::new(inputs);
            let judge = |input| judging.for_people(input);
            in_order(&inputs.files, judge, |found| {
                for (file, found) in found.enumerate() {
                    tally.add(found.iter().map(|found| found.finding.severity));
                    report.add(file, found);
                }
            });
            if tally.files() > 0 {
                output::text(&report.text(&arguments.drawing(), &tally));
            }
        }
        Format::Github => {
            judging.each(&mut tally, github::annotations, |all| {
                for annotations in all {
                    output::data(|out| out.write_all(annotations.as_bytes()));
                }
            });
            if tally.files() > 0 {
                note(format_args!("{}; more: sforg explain RULE", tally.sentence(true)));
            }
        }
        Format::Json => judging.each(&mut tally, rows, |all| json::print_list(all.flatten())),
        Format::Sarif => {
            let results = judging.each(&mut tally, |_, found| found, |all| sarif::Results::of(all));
            json::print(&sarif::log(inputs, &results));
        }
    }
    tally.has(arguments.deny.into())
}

/// Judges one file after the other, several side by side.
struct Judging<'a> {
    inputs: &'a Inputs,
    allowed: &'a AllowedHosts,
}

impl<'a> Judging<'a> {
    /// Gives `take` what `write` makes of the findings of each file, in order; they are counted on the way.
    fn each<R: Send, U>(
        &self,
        tally: &mut Tally,
        write: impl Fn(&'a Input, Vec<Finding>) -> R + Sync,
        take: impl FnOnce(&mut dyn Iterator<Item = R>) -> U,
    ) -> U {
        let judge = |input| {
            let mut findings = self.inputs.analyze(input, self.allowed, rules::check);
            name_org(input, &mut findings);
            let severities: Vec<_> = findings.iter().map(|finding| finding.severity).collect();
            (severities, write(input, findings))
        };
        in_order(&self.inputs.files, judge, |judged| {
            take(&mut judged.map(|(severities, written)| {
                tally.add(severities);
                written
            }))
        })
    }

    /// The findings of a file for people.
    fn for_people(&self, input: &Input) -> Vec<Found> {
        self.inputs.analyze(input, self.allowed, |document, context| {
            let found = rules::check(document, context).into_iter();
            found.map(|finding| Found::new(document, context, finding)).collect()
        })
    }
}

/// A day, as `--as-of` takes it.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD, such as 2027-06-01".to_owned())
}

fn rows(input: &Input, findings: Vec<Finding>) -> Vec<Row<'_>> {
    let places = Places::of_text(input.text());
    let rows = findings.into_iter().map(|finding| {
        let (start, end) = places.range(finding.span);
        Row {
            file: &input.shown,
            range: Range { start: start.into(), end: end.into() },
            severity: finding.severity.as_str(),
            code: finding.rule.name,
            message: finding.message,
        }
    });
    rows.collect()
}
