//! `cargo xtask test`: everything, in stages.

use std::time::Instant;

use crate::command::{build, built, command, output, released};

type Stage = (&'static str, fn() -> Result<(), String>);

/// All stages, the quick ones first.
const STAGES: [Stage; 11] = [
    ("lint", lint),
    ("rust", rust),
    ("keyring", keyring),
    ("scale", scale),
    ("soak", soak),
    ("release", release),
    ("nvim", || script("tests/editors/nvim/run.sh")),
    ("pytest-lsp", || script("tests/editors/pytest-lsp/run.sh")),
    ("format", || script("tests/editors/format/run.sh")),
    ("emacs", || script("tests/editors/emacs/run.sh")),
    ("vscode", || script("tests/editors/vscode/run.sh")),
];

/// Runs the stages that are named, or all. A failed stage does not keep the others from running.
pub fn run(wanted: &[&str]) -> Result<(), String> {
    let known = STAGES.map(|(name, _)| name);
    if let Some(unknown) = wanted.iter().find(|name| !known.contains(name)) {
        let distance = |name: &&str| strsim::osa_distance(name, unknown);
        let nearest = known.into_iter().min_by_key(distance).filter(|name| distance(name) <= 2);
        let hint = match nearest {
            Some(nearest) => format!("did you mean {nearest}?"),
            None => format!("the stages are {}", known.join(", ")),
        };
        return Err(format!("there is no stage {unknown:?}; {hint}"));
    }
    build()?;
    let mut lines = Vec::new();
    let mut failed = 0;
    for (name, stage) in STAGES {
        if !wanted.is_empty() && !wanted.contains(&name) {
            continue;
        }
        eprintln!("=== {name}");
        let start = Instant::now();
        let result = stage();
        let seconds = start.elapsed().as_secs();
        match result {
            Ok(()) => lines.push(format!("passed  {name:12} {seconds:4} s")),
            Err(error) => {
                failed += 1;
                lines.push(format!("FAILED  {name:12} {seconds:4} s  {error}"));
            }
        }
    }
    eprintln!("=== summary\n{}", lines.join("\n"));
    eprintln!("stages: {} passed, {failed} failed", lines.len() - failed);
    if failed == 0 { Ok(()) } else { Err("a stage failed".to_owned()) }
}

fn lint() -> Result<(), String> {
    run_cargo(&["fmt", "--all", "--check"])?;
    run_cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])
}

/// All that needs neither an editor nor a stage of its own.
fn rust() -> Result<(), String> {
    run_cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"])
}

/// With a real Secret Service, and never without: a test that skips tests nothing.
fn keyring() -> Result<(), String> {
    script("tests/keyring/setup.sh")?;
    ignored("keyring::")
}

/// Projects of thousands of files.
fn scale() -> Result<(), String> {
    ignored("scale::")
}

/// Thousands of logins, one after the other.
fn soak() -> Result<(), String> {
    ignored("soak::")
}

/// The tests of this module that `cargo test` leaves out.
fn ignored(module: &str) -> Result<(), String> {
    // All packages, so that nothing is built that the stage `rust` has not built.
    let tests = ["test", "--quiet", "--workspace", "--test", "it", "--no-fail-fast", "--"];
    let with = |arguments: &[&'static str]| command("cargo", &[&tests[..], arguments].concat());
    let listed = output(with(&["--ignored", "--list", "--format", "terse"]).arg(module))?;
    if !listed.contains(": test") {
        return Err(format!("this system has no tests of {module}"));
    }
    crate::command::run(with(&["--ignored"]).arg(module))
}

/// What attackers and odd clients get of the program that people install: it is built in another way,
/// without the checks of a debug build.
fn release() -> Result<(), String> {
    run_cargo(&["build", "--quiet", "--release", "-p", "sforg"])?;
    let arguments = ["test", "--quiet", "-p", "sforg", "--test", "it", "--no-fail-fast"];
    crate::command::run(command("cargo", &arguments).env("SFORG_BINARY", released("sforg")))
}

fn run_cargo(arguments: &[&str]) -> Result<(), String> {
    crate::command::run(&mut command("cargo", arguments))
}

fn script(path: &str) -> Result<(), String> {
    crate::command::run(
        command("bash", &[path])
            .env("SERVER", built("sforg"))
            .env("SIMULATOR", built("sforg-simulator")),
    )
}
