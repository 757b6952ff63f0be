//! What a server uses, over all its processes, from what Linux tells of them. Elsewhere nothing is known.

use std::fs;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// Memory and time of all processes that carry a mark in their environment.
#[derive(Debug, Default, Clone, Copy)]
pub struct Resources {
    /// Resident memory now, in MiB.
    pub memory: f64,
    /// Its maximum so far, in MiB.
    pub peak: f64,
    /// Time on a processor.
    pub cpu: Duration,
}

impl Resources {
    /// The environment variable that marks the processes.
    pub const MARK: &str = "SFORG_BENCH_MARK";

    /// A mark that no other process has.
    pub fn new_mark() -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
    }

    /// What the marked processes use.
    pub fn of(mark: &str) -> Self {
        let mut sum = Self::default();
        for process in processes(mark) {
            let of_one = Self::of_process(process);
            sum.memory += of_one.memory;
            sum.peak += of_one.peak;
            sum.cpu += of_one.cpu;
        }
        sum
    }

    /// What one process uses.
    pub fn of_process(process: u32) -> Self {
        let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
        let mebibytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib: Option<f64> =
                line.and_then(|line| line.trim_end_matches(" kB").trim().parse().ok());
            kib.unwrap_or_default() / 1024.0
        };
        let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
        let nanoseconds = threads.filter_map(|thread| {
            let times = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            times.split(' ').next()?.parse::<u64>().ok()
        });
        Self {
            memory: mebibytes("VmRSS:"),
            peak: mebibytes("VmHWM:"),
            cpu: Duration::from_nanos(nanoseconds.sum()),
        }
    }

    /// Ends the marked processes.
    pub fn end_all(mark: &str) {
        for process in processes(mark) {
            // It may be gone by now.
            let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
        }
    }
}

fn processes(mark: &str) -> Vec<u32> {
    let wanted = format!("{}={mark}", Resources::MARK);
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
        .filter(|process: &u32| *process != std::process::id())
        .filter(|process| {
            let environment = fs::read(format!("/proc/{process}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|variable| variable == wanted.as_bytes())
        })
        .collect()
}
