//! `sforg`: language server and command line for Salesforce org definition files.
//!
//! The one binary of the project, and the only crate that knows the Language Server Protocol. What
//! it answers is worked out by the crates below it; see `server/README.md` for the map.

mod cli;
mod env_store;
mod git;
mod import;
mod logins;
mod lsp;
mod memory;
mod new_org;
mod projects;
mod scan;
mod settings;
mod side_by_side;
mod user_state;
mod why;

use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(tell_panic));
    cli::run()
}

/// Where it happened, and nothing of the message: that may hold a piece of a file, and so a secret.
fn tell_panic(panic: &std::panic::PanicHookInfo<'_>) {
    match panic.location() {
        Some(place) => tracing::error!("panic at {place}; please report this"),
        None => tracing::error!("panic; please report this"),
    }
}
