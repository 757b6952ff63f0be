//! Runs `sforg` as a person does.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

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

/// Runs `sforg check --format json` in a folder.
///
/// # Panics
/// There is no binary, or it prints anything but its findings.
pub fn check(folder: &Path) -> Check {
    let output = sforg(folder, &["check", "--format", "json"]);
    let mut findings: Vec<Reported> = printed_json(&output);
    findings.sort();
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    Check { findings, code: output.status.code().unwrap_or(-1), notes }
}

/// The names of all rules, as the JSON Schema that the binary prints has them.
///
/// # Panics
/// There is no binary, or it prints no such schema.
pub fn rules_of_the_binary() -> Vec<String> {
    let schema: Value = printed_json(&sforg(Path::new("."), &["schema", "project"]));
    let rules = schema["properties"]["rules"]["properties"].as_object();
    let rules = rules.unwrap_or_else(|| panic!("no rules in the schema: {schema}"));
    rules.keys().cloned().collect()
}

/// Runs the real binary (see [`test_support::binary`]) in a folder. Nothing of the machine's user
/// reaches it.
fn sforg(folder: &Path, arguments: &[&str]) -> Output {
    let home = tempfile::Builder::new().prefix("sforg-home-").tempdir();
    let home = home.unwrap_or_else(|error| panic!("no temporary folder: {error}"));
    let mut command = Command::new(test_support::binary());
    command.args(arguments).current_dir(folder).env_clear();
    for kept in ["PATH", "SystemRoot", "LLVM_PROFILE_FILE"] {
        command.envs(std::env::var_os(kept).map(|value| (kept, value)));
    }
    for own in ["HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA"] {
        command.env(own, home.path());
    }
    command.env("SFORG_TODAY", TODAY);
    command.output().unwrap_or_else(|error| panic!("sforg does not start: {error}"))
}

fn printed_json<T: serde::de::DeserializeOwned>(output: &Output) -> T {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        let printed = String::from_utf8_lossy(&output.stdout);
        let printed: String = printed.chars().take(2000).collect();
        let notes = String::from_utf8_lossy(&output.stderr);
        panic!("not what should be on standard output ({error}):\n{printed}\n{notes}")
    })
}
