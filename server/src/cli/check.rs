//! `sforg check`: every diagnostic of every org and project file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use org_ide::{Finding, Severity, rules};
use serde::Serialize;

use super::inputs::{Input, Inputs};
use super::places::Places;
use super::{AllowedHostArgs, CannotRun, Outcome, github, print, print_json, report, sarif};

/// Arguments of `sforg check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Files and folders; the working directory when there are none
    paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The least severity that makes the command fail
    #[arg(long, value_enum, default_value_t)]
    deny: Denied,
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

/// One finding as programs read it (PRODUCT 5): 0-based, UTF-16.
#[derive(Debug, Serialize)]
struct Row<'a> {
    file: &'a str,
    range: Range,
    severity: &'static str,
    code: &'static str,
    message: &'a str,
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

/// Runs the command.
pub fn run(arguments: &CheckArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts)?;
    let inputs = Inputs::read(&arguments.paths)?;
    let checked: Vec<(&Input, Vec<Finding>)> = inputs
        .files
        .iter()
        .map(|input| (input, inputs.ask(input, &settings.allowed, rules::check)))
        .collect();
    match arguments.format {
        Format::Json => print_json(&rows(&checked))?,
        Format::Sarif => print_json(&sarif::log(&checked, inputs.problems.is_empty()))?,
        Format::Github => {
            print(&github::annotations(&checked));
            report::tell_summary(&checked);
        }
        Format::Text => {
            print(&report::findings(&checked));
            report::tell_summary(&checked);
        }
    }
    inputs.tell_problems();
    if !inputs.problems.is_empty() {
        return Err(CannotRun("some files or folders could not be read".to_owned()));
    }
    if inputs.files.is_empty() && inputs.left_out.is_empty() {
        anstream::eprintln!(
            "sforg: there is nothing to check: no file here is a sforg-project.json or ends in .sforg.json"
        );
    }
    let denied = Severity::from(arguments.deny);
    let fails = checked.iter().flat_map(|(_, f)| f).any(|finding| finding.severity >= denied);
    Ok(if fails { Outcome::Findings } else { Outcome::Fine })
}

fn rows<'a>(checked: &'a [(&Input, Vec<Finding>)]) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for (input, findings) in checked {
        let places = Places::of(&input.document);
        rows.extend(findings.iter().map(|finding| {
            let (start, end) = places.range(finding.span);
            Row {
                file: &input.shown,
                range: Range { start: start.into(), end: end.into() },
                severity: finding.severity.as_str(),
                code: finding.rule.name,
                message: &finding.message,
            }
        }));
    }
    rows
}
