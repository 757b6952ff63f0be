//! What it was measured on.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A line about the processor, the memory and the system.
pub fn machine() -> String {
    let processors = std::thread::available_parallelism().map_or(0, usize::from);
    let information = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.and_then(|rest| rest.split_once(':')).map_or("processors", |(_, name)| name);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib: Option<f64> = memory
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))
        .and_then(|rest| rest.trim_end_matches(" kB").trim().parse().ok());
    let memory = kib.map_or(String::new(), |kib| format!(", {:.0} GiB", kib / 1024.0 / 1024.0));
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default().to_owned();
    let system = std::env::consts::OS;
    format!("{processors} × {}{memory}, {system}; load at the end: {load}", model.trim())
}

/// What was compared: our version, and those of the peers.
pub fn versions(program: &Path) -> String {
    let output = Command::new(program).arg("--version").output();
    let ours = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let packages: serde_json::Value =
        serde_json::from_str(include_str!("../peers/package.json")).unwrap_or_default();
    let peers = packages["dependencies"].as_object().into_iter().flatten();
    let peers = peers.map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or("")));
    format!("{}; {}", ours.unwrap_or_default(), peers.collect::<Vec<_>>().join(", "))
}
