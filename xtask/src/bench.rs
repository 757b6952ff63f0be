//! `cargo xtask bench`: builds what is measured, installs what it is measured beside, and measures.

use std::path::PathBuf;

use crate::command::{built, command, released, root, run, target};

/// Peers that npm does not have.
const JSONSCHEMA_CLI: &str = "jsonschema-cli@0.60.2";
const CHECK_JSONSCHEMA: &str = "check-jsonschema==0.39.0";

/// Measures the release build; `options` go on to `sforg-bench run`, but for `--write`, which writes
/// `tests/bench/RESULTS.md` and its picture.
///
/// # Errors
/// Something cannot be built or installed, or an answer was wrong.
pub fn run_options(options: &[&str]) -> Result<(), String> {
    // Apart from each other, or the server would be built with what the benchmark needs.
    run(&mut command("cargo", &["build", "--quiet", "--release", "-p", "sforg"]))?;
    run(&mut command("cargo", &["build", "--quiet", "--release", "-p", "sforg-bench"]))?;
    let mut bench = command(&released("sforg-bench").to_string_lossy(), &["run"]);
    bench.arg("--sforg").arg(released("sforg")).arg("--floor").arg(released("sforg-bench-floor"));
    if !options.contains(&"--quick") {
        bench.arg("--peers").arg(install_peers()?);
    }
    for option in options {
        bench.arg(option);
        if *option == "--write" {
            bench.arg(root().join("tests/bench"));
        }
    }
    run(&mut bench)
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
