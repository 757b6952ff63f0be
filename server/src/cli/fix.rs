//! `sforg fix`: the safe quick fixes, in files.

use std::path::PathBuf;

use clap::Args;
use org_ide::{Document, Edit, Severity, assists, rules};
use org_schema::allowed_hosts::AllowedHosts;

use super::inputs::{Input, Inputs};
use super::output::note;
use super::rewrite::{Rewrite, carry_out};
use super::tally::counted;
use super::{CannotRun, Outcome, paths_shown};

/// Arguments of `sforg fix`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg fix --diff                  look first
  sforg fix orgs

Comments are kept: one becomes the org's \"description\" if it has none, and is
otherwise left alone.")]
pub struct FixArgs {
    /// Files and folders [default: the working directory]
    paths: Vec<PathBuf>,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
}

/// A fix may uncover another one; more rounds than this no file needs.
const ROUNDS: usize = 8;

/// Runs the command.
pub fn run(arguments: &FixArgs) -> Result<Outcome, CannotRun> {
    let inputs = Inputs::read(&arguments.paths)?;
    let mut rewrites = Vec::new();
    let mut left = 0;
    for input in inputs.files.iter().filter(|input| input.document().unreadable().is_none()) {
        let (after, is_left) = fixed(&inputs, input);
        left += is_left;
        if after != input.text() {
            rewrites.push(Rewrite { input, after });
        }
    }
    carry_out(&rewrites, arguments.diff)?;
    inputs.tell_problems();
    note(sentence(rewrites.len(), left, arguments));
    inputs.all_were_read()?;
    Ok(if left == 0 { Outcome::Fine } else { Outcome::Findings })
}

/// A file's text after all safe fixes, and how many errors and warnings are left in it.
fn fixed(inputs: &Inputs, input: &Input) -> (String, usize) {
    let allowed = AllowedHosts::default();
    let kind = input.kind();
    let mut text = input.text().to_owned();
    for _ in 0..ROUNDS {
        let document = Document::new(kind, text.as_str());
        let edits = inputs.analyze_text(input, &document, &allowed, assists::fix_all);
        if edits.is_empty() {
            break;
        }
        text = Edit::apply_all(&text, &edits);
    }
    let document = Document::new(kind, text.as_str());
    let findings = inputs.analyze_text(input, &document, &allowed, rules::check);
    let left = findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
    (text, left)
}

/// What was done, what is left, and the command that shows it.
fn sentence(files: usize, left: usize, arguments: &FixArgs) -> String {
    let done = match (files, arguments.diff) {
        (0, _) => "nothing to fix".to_owned(),
        (files, true) => format!("{} would be fixed", counted(files, "file")),
        (files, false) => format!("{} fixed", counted(files, "file")),
    };
    let paths = paths_shown(&arguments.paths);
    let paths = if paths == "." { String::new() } else { format!(" {paths}") };
    match left {
        0 => format!("{done}; no problems left"),
        left => format!("{done}; {} left: sforg check{paths}", counted(left, "problem")),
    }
}
