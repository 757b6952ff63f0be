//! `cargo xtask`: the project's own commands. No logic of the product is in here.

#![allow(clippy::print_stdout, reason = "it speaks to a person at a terminal")]

mod command;
mod demo;
mod suite;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask try  [--editor code|nvim] [--headless]   try sforg on a copy of the example project, with a Salesforce simulator
cargo xtask test [STAGE...]                          run every test: lint, rust, keyring, scale, soak, release, nvim, pytest-lsp, format, emacs, vscode
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.split_first() {
        Some((&"try", options)) => demo::run_options(options),
        Some((&"test", stages)) => suite::run(stages),
        Some((&("help" | "--help" | "-h"), _)) => {
            eprint!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no such command; these are the commands:\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
