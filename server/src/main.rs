//! `sforg`: language server and command line for Salesforce org definition files.
//!
//! The one binary of the project, and the only crate that knows the Language Server Protocol. What
//! it answers is worked out by the crates below it; see `server/README.md` for the map.

mod cli;
mod environment;
mod login_target;
mod lsp;
mod world;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
