//! Runs `sforg check` as a person does.

use std::path::Path;
use std::process::{Command, Output};

use crate::findings::Reported;

/// The day that every test takes for today.
const TODAY: &str = "2026-11-24";

/// What `sforg check --format json` said about a folder.
#[derive(Debug)]
pub struct Check {
    /// The findings, sorted, paths below the folder.
    pub findings: Vec<Reported>,
    /// The exit code; -1 after a signal.
    pub code: i32,
    /// Standard error.
    pub notes: String,
}

/// Runs the real binary (see [`protocol_tests::binary`]) in a folder. Nothing of the machine's user
/// reaches it.
///
/// # Panics
/// There is no binary, or it prints anything but its findings.
pub fn check(folder: &Path) -> Check {
    let home = tempfile::Builder::new().prefix("sforg-home-").tempdir();
    let home = home.unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let mut command = Command::new(protocol_tests::binary());
    command.args(["check", "--format", "json"]).current_dir(folder).env_clear();
    for kept in ["PATH", "SystemRoot", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    for own in ["HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA"] {
        command.env(own, home.path());
    }
    command.env("SFORG_TODAY", TODAY);
    let output = command.output().unwrap_or_else(|error| panic!("sforg does not start: {error}"));
    read(&output)
}

fn read(output: &Output) -> Check {
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    let findings: Result<Vec<Reported>, _> = serde_json::from_slice(&output.stdout);
    let mut findings = findings.unwrap_or_else(|error| {
        let printed = String::from_utf8_lossy(&output.stdout);
        let printed: String = printed.chars().take(2000).collect();
        panic!("no findings on standard output ({error}):\n{printed}\n{notes}")
    });
    findings.sort();
    Check { findings, code: output.status.code().unwrap_or(-1), notes }
}
