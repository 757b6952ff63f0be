//! `sforg check` over many files, beside one thread that only reads and parses them, and beside linters.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::corpus::Corpus;
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::profile::Programs;
use crate::resources::Resources;

/// A program that looks at all files.
struct Checker {
    name: &'static str,
    command: Command,
    /// What it ends with when it has found something, beside 0.
    ends_with: &'static [i32],
}

/// A checker's name in the figures, as a server.
pub const FLOOR: &str = "read and parse";
/// Ours.
pub const SFORG: &str = "sforg check";

/// Runs each over `files` files.
pub fn measure(
    programs: &Programs,
    corpus: &Corpus,
    files: usize,
    with_peers: bool,
    figures: &mut Figures,
) -> Outcome<()> {
    let project = tempfile::Builder::new().prefix("sforg-bench-").tempdir()?;
    corpus.write_project(project.path(), files)?;
    // Once unmeasured, so that all find the files in the system's cache.
    let checkers = checkers(programs, corpus, project.path(), with_peers)?;
    for mut checker in checkers {
        run(&mut checker, project.path())?;
        let (wall, peak) = run(&mut checker, project.path())?;
        figures.add(checker.name, "check ms", wall.as_secs_f64() * 1000.0);
        figures.add(checker.name, "check MiB", peak);
        if files >= 1000 && checker.name == SFORG {
            linear(&mut checker, corpus, files, wall, figures)?;
        }
    }
    Ok(())
}

/// How much longer a file takes among all than among a tenth of them.
fn linear(
    checker: &mut Checker,
    corpus: &Corpus,
    files: usize,
    wall: Duration,
    figures: &mut Figures,
) -> Outcome<()> {
    let project = tempfile::Builder::new().prefix("sforg-bench-").tempdir()?;
    corpus.write_project(project.path(), files / 10)?;
    checker.command.current_dir(project.path());
    run(checker, project.path())?;
    let (tenth, _) = run(checker, project.path())?;
    let growth = wall.as_secs_f64() / (10.0 * tenth.as_secs_f64());
    figures.add(checker.name, "check growth", growth);
    Ok(())
}

fn checkers(
    programs: &Programs,
    corpus: &Corpus,
    project: &Path,
    with_peers: bool,
) -> Outcome<Vec<Checker>> {
    let command = |program: &Path, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(project);
        command.env("SFORG_STATE_DIR", project.join(".state"));
        command
    };
    let ours = command(&programs.sforg, &["check", "."]);
    let floor = command(&programs.floor, &["--read", "."]);
    let mut checkers = vec![
        Checker { name: FLOOR, command: floor, ends_with: &[] },
        Checker { name: SFORG, command: ours, ends_with: &[1] },
    ];
    let Some(peers) = programs.peers.as_ref().filter(|_| with_peers) else { return Ok(checkers) };
    let schema = corpus.schema().canonicalize()?.to_string_lossy().into_owned();
    let shell = |line: &str| {
        let mut command = command(Path::new("bash"), &["-c", line]);
        command.env("SCHEMA", &schema).env("PEERS", peers);
        command
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/ajv.cjs");
    let mut ajv = command(Path::new("node"), &[]);
    ajv.arg(here).args([&schema, "orgs"]).env("NODE_PATH", peers.join("node_modules"));
    let listed = "find orgs -name '*.json' | sort | xargs -s 1500000";
    checkers.push(Checker { name: "ajv in a loop", command: ajv, ends_with: &[1] });
    for (name, line) in [
        (
            "jsonschema-cli",
            "\"$PEERS/cargo/bin/jsonschema-cli\" validate \"$SCHEMA\" --errors-only -i",
        ),
        ("check-jsonschema", "\"$PEERS/python/bin/check-jsonschema\" --schemafile \"$SCHEMA\""),
    ] {
        let command = shell(&format!("{listed} {line}"));
        checkers.push(Checker { name, command, ends_with: &[1, 123] });
    }
    let biome = shell("\"$PEERS/node_modules/.bin/biome\" lint --max-diagnostics=none orgs");
    checkers.push(Checker { name: "biome lint", command: biome, ends_with: &[1] });
    Ok(checkers)
}

/// Time and peak memory of a run.
fn run(checker: &mut Checker, folder: &Path) -> Outcome<(Duration, f64)> {
    let mark = Resources::new_mark();
    let output = folder.join(".output");
    let command = checker.command.env(Resources::MARK, &mark);
    command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(std::fs::File::create(&output)?);
    let since = Instant::now();
    let mut child = command.spawn().map_err(|error| format!("{}: {error}", checker.name))?;
    // The maximum only grows, so that what is missed is what came in the last pause.
    let process = child.id();
    let watch = std::thread::spawn(move || {
        let mut peak = 0.0;
        loop {
            let now = Resources::of_process(process).peak;
            if now == 0.0 {
                return peak;
            }
            peak = now;
            std::thread::sleep(Duration::from_millis(2));
        }
    });
    let status = child.wait()?;
    let wall = since.elapsed();
    let peak = watch.join().map_err(|_| "the watch of the memory panicked")?;
    match status.code() {
        Some(0) => Ok((wall, peak)),
        Some(code) if checker.ends_with.contains(&code) => Ok((wall, peak)),
        _ => Err(format!("{} ended with {status}", checker.name).into()),
    }
}

/// The size of a program in MB (10^6 bytes).
pub fn size(program: &PathBuf) -> Outcome<f64> {
    Ok(std::fs::metadata(program)?.len() as f64 / 1e6)
}
