//! `sforg fix`: the safe quick fixes, in files.

use std::path::PathBuf;

use clap::Args;
use org_ide::{Document, Edit, Severity, assists, rules};
use org_schema::allowed_hosts::AllowedHosts;

use super::inputs::Inputs;
use super::output::note;
use super::rewrite::{Rewrite, carry_out};
use super::{CannotRun, Outcome};

/// Arguments of `sforg fix`.
#[derive(Debug, Args)]
pub struct FixArgs {
    /// Files and folders; the working directory when there are none
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
    let allowed = AllowedHosts::default();
    let mut rewrites = Vec::new();
    let mut left = 0;
    for input in inputs.files.iter().filter(|input| input.document.unreadable().is_none()) {
        let kind = input.document.kind();
        let mut text = input.document.text().to_owned();
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
        left += findings.iter().filter(|finding| finding.severity >= Severity::Warning).count();
        if text != input.document.text() {
            rewrites.push(Rewrite { input, after: text });
        }
    }
    carry_out(&rewrites, arguments.diff)?;
    inputs.tell_problems();
    let verb = if arguments.diff { "would change" } else { "changed" };
    let files = if rewrites.len() == 1 { "file" } else { "files" };
    let is_left = match left {
        1 => "1 error or warning is left".to_owned(),
        left => format!("{left} errors and warnings are left"),
    };
    note(format_args!("{verb} {} {files}; {is_left}", rewrites.len()));
    inputs.all_were_read()?;
    Ok(if left == 0 { Outcome::Fine } else { Outcome::Findings })
}
