//! `sforg scan` takes no more than twice the processor time of a search for one word.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use scale_tests::write_repository;
use test_support::{binary, is_debug_build};

/// So many files.
const FILES: usize = 100_000;
/// So many runs of each program, one after the other in turn.
const RUNS: usize = 7;
/// The most that a scan may take, in times of the search.
const MOST: f64 = 2.0;

/// How long a program took, and how much of the processors' time.
#[derive(Clone, Copy, Debug)]
struct Took {
    wall: Duration,
    processor: Duration,
}

/// The time of the processors that ended children have used, in user and system.
fn processor_time_of_children() -> Duration {
    let usage = std::fs::read_to_string("/proc/self/stat").expect("what this process used");
    // Behind the name, which may hold anything; the fields are numbered in proc(5).
    let behind = usage.rsplit_once(") ").expect("a name").1;
    let fields = behind.split_ascii_whitespace().skip(13).take(2);
    let ticks: u64 = fields.map(|ticks| ticks.parse::<u64>().expect("a number")).sum();
    // 100 a second on every Linux that Rust runs on.
    Duration::from_millis(ticks * 10)
}

fn run(program: &Path, arguments: &[&str], folder: &Path) -> (Took, String) {
    let (start, used) = (Instant::now(), processor_time_of_children());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let wall = start.elapsed();
    let processor = processor_time_of_children() - used;
    (Took { wall, processor }, String::from_utf8(output.stdout).expect("text"))
}

fn median(times: impl Iterator<Item = Duration>) -> f64 {
    let mut times: Vec<f64> = times.map(|time| time.as_secs_f64()).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
#[ignore = "100,000 files and ripgrep: cargo xtask test scan-speed"]
fn a_scan_of_100_000_files_takes_at_most_twice_what_a_search_takes() {
    assert!(!is_debug_build(), "SFORG_BINARY is to name the release build");
    let folder = tempfile::Builder::new().prefix("sforg-scan-").tempdir().expect("a folder");
    let written = write_repository(folder.path(), FILES, 1).expect("the files are written");
    let search = ["--ignore-case", "--files-with-matches", "salesforce", "."];
    let (mut scans, mut searches) = (Vec::new(), Vec::new());
    // The first run of each fills the cache.
    for number in 0..=RUNS {
        let (took, found) = run(Path::new("rg"), &search, folder.path());
        searches.extend((number > 0).then_some(took));
        // ripgrep passes over what is hidden.
        assert_eq!(found.lines().count(), written.with_word, "{written:?}");
        let (took, found) = run(&binary(), &["scan", "--format", "json"], folder.path());
        scans.extend((number > 0).then_some(took));
        let rows: serde_json::Value = serde_json::from_str(&found).expect("rows");
        assert_eq!(rows.as_array().map(Vec::len), Some(written.with_login));
    }
    let ratio = |what: &str, of: fn(&Took) -> Duration| {
        let (scan, search) = (median(scans.iter().map(of)), median(searches.iter().map(of)));
        eprintln!("{what}: scan {scan:.2} s, search {search:.2} s: {:.2}", scan / search);
        scan / search
    };
    ratio("time that passed", |took| took.wall);
    let processor = ratio("processor time", |took| took.processor);
    // Not the time that passed: where others want the processors too, it tells more about them.
    assert!(processor <= MOST, "{processor:.2} times the search\n{scans:?}\n{searches:?}");
}
