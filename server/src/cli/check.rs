//! `sforg check`: every diagnostic of every org and project file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use org_ide::{Finding, OrgDef, Severity, rules};
use org_text::Foreign;
use serde::Serialize;

use super::inputs::{Input, Inputs};
use super::output::note;
use super::places::Places;
use super::{AllowedHostArgs, CannotRun, Outcome, github, json, output, report, sarif};

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
}

/// Runs the command. Findings are reported file by file, so that a report of any length takes no more
/// room than that of the longest file.
pub fn run(arguments: &CheckArgs) -> Result<Outcome, CannotRun> {
    let settings = super::settings(&arguments.hosts, &[])?;
    let inputs = Inputs::read_with_design_studio(&arguments.paths)?;
    let mut tally = Tally::default();
    let mut checked = inputs.files.iter().map(|input| {
        let mut findings = inputs.analyze(input, &settings.allowed, rules::check);
        name_org(input, &mut findings);
        tally.add(&findings);
        (input, findings)
    });
    match arguments.format {
        Format::Text => {
            checked.for_each(|(input, found)| output::text(&report::findings(input, &found)))
        }
        Format::Github => checked.for_each(|(input, found)| {
            let annotations = github::annotations(input, &found);
            output::data(|out| out.write_all(annotations.as_bytes()));
        }),
        Format::Json => json::print_list(checked.flat_map(|(input, found)| rows(input, found))),
        Format::Sarif => {
            let results = sarif::Results::of(&mut checked);
            json::print(&sarif::log(&inputs, &results));
        }
    }
    if matches!(arguments.format, Format::Text | Format::Github) {
        report::tell_summary(&tally);
    }
    inputs.tell_problems();
    inputs.all_were_read()?;
    if inputs.files.is_empty() && inputs.left_out.is_empty() {
        note(
            "there is nothing to check: no file here is a sforg-project.json or ends in .sforg.json, and there is no Design Studio project",
        );
    }
    let fails = tally.has(arguments.deny.into());
    Ok(if fails { Outcome::Findings } else { Outcome::Fine })
}

/// Design Studio's files are called by GUIDs, so the findings say which org they are about.
fn name_org(input: &Input, findings: &mut [Finding]) {
    if !input.document.kind().is_design_studio() {
        return;
    }
    let Some(name) = input.document.org().and_then(OrgDef::display_name) else { return };
    let name = format!("{:.SHOWN_OF_A_NAME$}", Foreign(name));
    for finding in findings {
        finding.message = format!("Org \"{name}\": {}", finding.message);
    }
}

/// So many characters of a name are shown.
const SHOWN_OF_A_NAME: usize = 80;

/// How much was found.
#[derive(Debug, Default)]
pub struct Tally {
    /// Files that were checked.
    pub files: usize,
    /// Findings by severity.
    found: BTreeMap<Severity, usize>,
}

impl Tally {
    fn add(&mut self, findings: &[Finding]) {
        self.files += 1;
        for finding in findings {
            *self.found.entry(finding.severity).or_default() += 1;
        }
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.found.get(&severity).copied().unwrap_or(0)
    }

    /// Whether there is a finding of that severity or a graver one.
    fn has(&self, least: Severity) -> bool {
        self.found.range(least..).next().is_some()
    }
}

fn rows(input: &Input, findings: Vec<Finding>) -> Vec<Row<'_>> {
    let places = Places::of(&input.document);
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
