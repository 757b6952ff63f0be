//! `cargo xtask test`: everything, in stages.

use std::time::Instant;

use crate::command::{build, built, command, released};

type Stage = (&'static str, fn() -> Result<(), String>);

/// All stages, the quick ones first.
const STAGES: [Stage; 8] = [
    ("lint", lint),
    ("rust", rust),
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

/// On Linux with a real Secret Service, and never without: a test that skips tests nothing.
fn rust() -> Result<(), String> {
    // What the protocol tests hold every message against.
    script("tests/protocol/meta-model/setup.sh")?;
    let mut test = command("cargo", &["test", "--quiet", "--workspace", "--no-fail-fast"]);
    if cfg!(target_os = "linux") {
        script("tests/keyring/setup.sh")?;
        test.env("SFORG_REQUIRE_KEYRING", "1");
    }
    crate::command::run(&mut test)
}

/// What attackers and odd clients get of the program that people install: it is built in another way,
/// without the checks of a debug build.
fn release() -> Result<(), String> {
    run_cargo(&["build", "--quiet", "--release", "-p", "sforg"])?;
    let arguments = ["test", "--quiet", "-p", "protocol-tests", "--test", "it", "--no-fail-fast"];
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
