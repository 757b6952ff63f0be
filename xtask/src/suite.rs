//! `cargo xtask test`: everything, in stages.

use std::path::PathBuf;
use std::time::Instant;

use crate::command::{build_all, built, command, install, output, released, target};

/// A stage.
pub struct Stage {
    pub name: &'static str,
    /// What it tests, for the help.
    pub about: &'static str,
    run: fn() -> Result<(), String>,
}

/// All stages, the quick ones first.
pub const STAGES: [Stage; 15] = [
    Stage { name: "lint", about: "formatting and clippy", run: lint },
    Stage { name: "rust", about: "all that needs nothing but Rust (cargo test)", run: rust },
    Stage { name: "keyring", about: "secrets in a real Secret Service (Linux)", run: keyring },
    Stage { name: "scale", about: "projects of thousands of files", run: scale },
    Stage { name: "soak", about: "10,000 logins (Linux)", run: soak },
    Stage { name: "release", about: "the black-box tests against the release build", run: release },
    Stage {
        name: "scan-speed",
        about: "a scan of 100,000 files, against ripgrep (Linux)",
        run: scan_speed,
    },
    Stage {
        name: "bench",
        about: "that the benchmark notices a wrong server (Linux)",
        run: crate::bench::smoke,
    },
    Stage {
        name: "instructions",
        about: "that nothing takes more instructions than before (Linux)",
        run: crate::bench::instructions,
    },
    Stage {
        name: "handover",
        about: "curl, Python and the Salesforce CLI, by sforg exec",
        run: || script("tests/handover/run.sh"),
    },
    Stage { name: "nvim", about: "Neovim", run: || script("tests/editors/nvim/run.sh") },
    Stage {
        name: "pytest-lsp",
        about: "pytest-lsp's client",
        run: || script("tests/editors/pytest-lsp/run.sh"),
    },
    Stage {
        name: "format",
        about: "formatting as VS Code's own",
        run: || script("tests/editors/format/run.sh"),
    },
    Stage {
        name: "emacs",
        about: "Emacs with eglot",
        run: || script("tests/editors/emacs/run.sh"),
    },
    Stage {
        name: "vscode",
        about: "VS Code in a browser",
        run: || script("tests/editors/vscode/run.sh"),
    },
];

/// Runs the stages that are named, or all. A failed stage does not keep the others from running.
pub fn run(wanted: &[&str]) -> Result<(), String> {
    if let Some(unknown) = wanted.iter().find(|name| STAGES.iter().all(|s| s.name != **name)) {
        return Err(unknown_stage(unknown));
    }
    // A run that was interrupted may have left it.
    let _ = std::fs::remove_file(second_tries());
    let mut lines = Vec::new();
    let mut failed = 0;
    if wanted != ["lint"] {
        // One build for all stages, with the features that `cargo test` builds with.
        let start = Instant::now();
        build_all()?;
        lines.push(format!("built   {:12} {:4} s", "", start.elapsed().as_secs()));
    }
    for stage in STAGES.iter().filter(|s| wanted.is_empty() || wanted.contains(&s.name)) {
        eprintln!("=== {}", stage.name);
        let start = Instant::now();
        let result = (stage.run)();
        let seconds = start.elapsed().as_secs();
        let second_tries = take_second_tries();
        lines.push(match result {
            Ok(()) => format!("passed  {:12} {seconds:4} s{second_tries}", stage.name),
            Err(error) => {
                failed += 1;
                format!("FAILED  {:12} {seconds:4} s  {error}{second_tries}", stage.name)
            }
        });
    }
    eprintln!("=== summary\n{}", lines.join("\n"));
    if failed == 0 { Ok(()) } else { Err(format!("{failed} of the stages failed")) }
}

fn unknown_stage(unknown: &str) -> String {
    let distance = |name: &&str| strsim::osa_distance(name, unknown);
    let names = STAGES.map(|stage| stage.name);
    let nearest = names.into_iter().min_by_key(distance).filter(|name| distance(name) <= 2);
    let hint = match nearest {
        Some(nearest) => format!("did you mean {nearest}?"),
        None => format!("the stages are {}", names.join(", ")),
    };
    format!("there is no stage {unknown:?}; {hint}")
}

/// Where `tests/editors/try_twice.sh` names what passed only when it was tried again.
fn second_tries() -> std::path::PathBuf {
    target().join("second-tries")
}

/// What passed on the second try since this was asked last, for the summary.
fn take_second_tries() -> String {
    let named = std::fs::read_to_string(second_tries()).unwrap_or_default();
    // There is none when all passed at once.
    let _ = std::fs::remove_file(second_tries());
    named.lines().map(|name| format!("\n        PASSED ON THE SECOND TRY: {name}")).collect()
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
    ignored("keyring::", None)
}

/// Projects of thousands of files.
fn scale() -> Result<(), String> {
    ignored("scale::", None)
}

/// Thousands of logins, one after the other.
fn soak() -> Result<(), String> {
    ignored("soak::", None)
}

/// How fast the program is that people install, beside another one.
fn scan_speed() -> Result<(), String> {
    install("rg", "ripgrep")?;
    run_cargo(&RELEASE)?;
    ignored("scan_speed::", Some(released("sforg")))
}

/// The tests of this module that `cargo test` leaves out; of another program than the one that cargo has built
/// for them when it is named.
fn ignored(module: &str, program: Option<PathBuf>) -> Result<(), String> {
    // All packages, so that nothing is built that the stage `rust` has not built.
    let tests = ["test", "--quiet", "--workspace", "--test", "it", "--no-fail-fast", "--"];
    let with = |arguments: &[&'static str]| command("cargo", &[&tests[..], arguments].concat());
    let listed = output(with(&["--ignored", "--list", "--format", "terse"]).arg(module))?;
    if !listed.contains(": test") {
        return Err(format!("this system has no tests of {module}"));
    }
    let mut tests = with(&["--ignored"]);
    tests.arg(module).envs(program.map(|program| ("SFORG_BINARY", program)));
    crate::command::run(&mut tests)
}

const RELEASE: [&str; 5] = ["build", "--quiet", "--release", "-p", "sforg"];

/// What attackers and odd clients get of the program that people install: it is built in another way,
/// without the checks of a debug build.
fn release() -> Result<(), String> {
    run_cargo(&RELEASE)?;
    // Of the debug build of the tests, with what the stage `rust` has built.
    let arguments = ["test", "--quiet", "--workspace", "--test", "it", "--no-fail-fast"];
    crate::command::run(command("cargo", &arguments).env("SFORG_BINARY", released("sforg")))
}

fn run_cargo(arguments: &[&str]) -> Result<(), String> {
    crate::command::run(&mut command("cargo", arguments))
}

fn script(path: &str) -> Result<(), String> {
    crate::command::run(
        command("bash", &[path])
            .env("SERVER", built("sforg"))
            .env("SIMULATOR", built("sforg-simulator"))
            .env("SECOND_TRIES", second_tries()),
    )
}
