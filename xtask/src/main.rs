//! `cargo xtask`: the project's own commands. No logic of the product is in here.

#![allow(clippy::print_stdout, reason = "it speaks to a person at a terminal")]

mod architecture;
mod bench;
mod bless;
mod command;
mod demo;
mod dist;
mod metadata;
mod quick;
mod suite;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask try [--editor code|nvim] [--headless]
        try sforg on a copy of the example project, with a Salesforce simulator
cargo xtask test quick
        test the packages that have changed and the units of those that use them
cargo xtask test [STAGE...]
        run every test, or these stages:
";

/// What stands behind the list of stages.
const HELP_BEHIND_STAGES: &str = "\
cargo xtask bench [--quick] [--rounds N] [--write] [--only SCENARIO,...]
                  [--servers NAME,...]
        measure sforg beside a server that does nothing and those of others
cargo xtask dist [--target TRIPLE]
        pack program and VS Code extension for release, in target/dist; without
        a TRIPLE for this computer, and try the extension in a clean VS Code
cargo xtask bless
        renew what is generated: snapshots, pages, the picture of the crates,
        LSP's meta model
";

fn help() -> String {
    let stages = suite::STAGES.iter();
    let stages: String =
        stages.map(|stage| format!("          {:12} {}\n", stage.name, stage.about)).collect();
    format!("{HELP}{stages}{HELP_BEHIND_STAGES}")
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments.as_slice() {
        ["try", options @ ..] => demo::run_options(options),
        ["test", "quick"] => quick::test(),
        ["test", stages @ ..] => suite::run(stages),
        ["bench", options @ ..] => bench::run_options(options),
        ["dist", options @ ..] => dist::run_options(options),
        ["bless"] => bless::bless(),
        ["help" | "--help" | "-h"] | [] => {
            print!("{}", help());
            Ok(())
        }
        _ => Err(format!("command not found; these are the commands:\n{}", help())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_help_fits_80_columns() {
        for line in super::help().lines() {
            assert!(line.chars().count() <= 80, "{line}");
        }
    }
}
