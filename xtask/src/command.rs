//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The workspace's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// The folder that cargo builds in; what tests need is installed below it.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program that cargo built.
pub fn built(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A program that cargo built for release.
pub fn released(name: &str) -> PathBuf {
    target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A command in the workspace's folder.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(in_path(program).unwrap_or_else(|| program.into()));
    command.args(arguments).current_dir(root());
    command
}

/// Windows looks into its own folder before `PATH`, and has a `bash` there that sees other files.
fn in_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").filter(|_| cfg!(windows))?;
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// Runs it to its end.
///
/// # Errors
/// It cannot be started, or fails.
pub fn run(command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| not_started(&name, &error))?;
    if status.success() { Ok(()) } else { Err(format!("{name} failed ({status})")) }
}

/// Runs it and gives its standard output, trimmed.
///
/// # Errors
/// As [`run`].
pub fn output(command: &mut Command) -> Result<String, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| not_started(&name, &error))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    } else {
        Err(format!("{name} failed ({})", output.status))
    }
}

fn not_started(name: &str, error: &std::io::Error) -> String {
    let hint = match name {
        "node" | "npm" => ": install Node.js 20 or newer",
        "python3" => ": install Python 3",
        "bash" => ": install bash (on Windows: Git for Windows has it)",
        _ => "",
    };
    format!("{name} cannot be started ({error}){hint}")
}

/// Installs a Debian package where its program is missing.
///
/// # Errors
/// It cannot be installed here; the script says what to do.
pub fn install(program: &str, package: &str) -> Result<(), String> {
    run(&mut command("bash", &["tests/install.sh", program, package]))
}

/// Whether a program is there and answers `--version`.
pub fn has(program: &str) -> bool {
    let silent = std::process::Stdio::null;
    let status = command(program, &["--version"]).stdout(silent()).stderr(silent()).status();
    status.is_ok_and(|status| status.success())
}

/// Builds all programs and tests, exactly as `cargo test` does: with other packages selected, cargo
/// would build them once more with other features.
///
/// # Errors
/// The build fails.
pub fn build_all() -> Result<(), String> {
    run(&mut command("cargo", &["test", "--quiet", "--workspace", "--no-run"]))
}

/// Builds the server and the simulator.
///
/// # Errors
/// The build fails.
pub fn build() -> Result<(), String> {
    run(&mut command("cargo", &["build", "--quiet", "-p", "sforg", "-p", "sforg-simulator"]))
}
