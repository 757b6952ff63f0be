//! `sforg schema`: the JSON Schemas of both formats.

use clap::{Args, ValueEnum};
use org_ide::rules;
use org_schema::json_schema;

use super::{CannotRun, Outcome, json};

/// Arguments of `sforg schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which format
    kind: Kind,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Org definition files, `*.sforg.json`
    Org,
    /// Project files, `sforg-project.json`
    Project,
}

/// Runs the command.
pub fn run(arguments: &SchemaArgs) -> Result<Outcome, CannotRun> {
    match arguments.kind {
        Kind::Org => json::print(&json_schema::org()),
        Kind::Project => json::print(&json_schema::project(&rules::names())),
    }
    Ok(Outcome::Fine)
}
