//! `cargo xtask bench`: builds what is measured, installs what it is measured beside, and measures.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{built, command, install, released, root, run, target};

/// Peers that npm does not have.
const JSONSCHEMA_CLI: &str = "jsonschema-cli@0.60.2";
const CHECK_JSONSCHEMA: &str = "check-jsonschema==0.39.0";

/// Counts with valgrind what the release build does.
///
/// # Errors
/// Something takes more than it did, or cannot be built.
pub fn instructions() -> Result<(), String> {
    install("valgrind", "valgrind")?;
    build_released()?;
    run(&mut counting())
}

fn build_released() -> Result<(), String> {
    // Apart from each other, or the server would be built with what the benchmark needs.
    run(&mut command("cargo", &["build", "--quiet", "--release", "-p", "sforg"]))?;
    run(&mut command("cargo", &["build", "--quiet", "--release", "-p", "sforg-bench"]))
}

fn counting() -> Command {
    let mut bench = released_bench("instructions");
    bench.arg("--simulator").arg(built("sforg-simulator"));
    bench
}

/// A command of the benchmark that needs to know where the programs are.
fn released_bench(name: &str) -> Command {
    let mut bench = command(&released("sforg-bench").to_string_lossy(), &[name]);
    bench.arg("--sforg").arg(released("sforg")).arg("--floor").arg(released("sforg-bench-floor"));
    bench
}

/// Measures the release build; `options` go on to `sforg-bench run`, but for `--write`, which writes
/// `tests/bench/RESULTS.md` and its picture.
///
/// # Errors
/// Something cannot be built or installed, or an answer was wrong.
pub fn run_options(options: &[&str]) -> Result<(), String> {
    build_released()?;
    let mut bench = released_bench("run");
    if !options.contains(&"--quick") {
        bench.arg("--peers").arg(install_peers()?);
    }
    for option in options {
        bench.arg(option);
        if *option == "--write" {
            bench.arg(root().join("tests/bench"));
        }
    }
    run(&mut bench)?;
    if !options.contains(&"--write") {
        return Ok(());
    }
    install("valgrind", "valgrind")?;
    run(&mut command("cargo", &["build", "--quiet", "-p", "sforg-simulator"]))?;
    run(counting().arg("--write").arg(root().join("tests/bench")))
}

/// Sees with the debug builds that it all runs, and that the proof of right answers notices a server that
/// is broken. No time is judged.
///
/// # Errors
/// An answer is wrong, or a broken server is not noticed.
pub fn smoke() -> Result<(), String> {
    for arguments in [["run", "--quick"].as_slice(), &["proof"]] {
        let mut bench = command(&built("sforg-bench").to_string_lossy(), arguments);
        bench.arg("--sforg").arg(built("sforg")).arg("--floor").arg(built("sforg-bench-floor"));
        run(&mut bench)?;
    }
    Ok(())
}

/// Installs what is not there yet below `target/bench/peers`.
fn install_peers() -> Result<PathBuf, String> {
    let folder = target().join("bench/peers");
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let package = root().join("tests/bench/peers/package.json");
    std::fs::copy(package, folder.join("package.json")).map_err(|error| error.to_string())?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(&mut command(npm, &["install", "--no-fund", "--no-audit", "--prefix", &path("")]))?;
    let cargo = path("cargo");
    run(&mut command(
        "cargo",
        &["install", "--quiet", "--locked", "--root", &cargo, JSONSCHEMA_CLI],
    ))?;
    if !folder.join("python/bin/check-jsonschema").exists() {
        run(&mut command("python3", &["-m", "venv", &path("python")]))?;
        run(&mut command(&path("python/bin/pip"), &["install", "--quiet", CHECK_JSONSCHEMA]))?;
    }
    Ok(folder)
}
