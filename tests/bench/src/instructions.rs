//! Instructions, counted by valgrind: unlike a time, a count hardly depends on the machine. What the
//! compiler makes of the code changes with its version, so a count is compared with what serde_json takes
//! for the same text in the same run.

mod growth;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::client::Client;
use crate::corpus::text_with_notes;
use crate::document::{Change, Document};
use crate::hot_path::HotPath;
use crate::outcome::Outcome;
use crate::probe::{Probe, insertion};
use crate::profile::{Profile, Programs};

/// A count may be so much more than it was, in hundredths.
const TOLERANCE: u64 = 15;

/// Notes in the texts: about 40 lines, and about 56 kB.
const SMALL: usize = 3;
const MEDIUM: usize = 400;

/// A hot path, in a text of so many notes, and how many times the instructions it took when it was looked at last
/// of those that serde_json takes to read the text, in hundredths.
struct Row {
    path: HotPath,
    notes: usize,
    hundredths: u64,
}

const fn row(path: HotPath, notes: usize, hundredths: u64) -> Row {
    Row { path, notes, hundredths }
}

/// What each took. A smaller figure of a change that makes something cheaper belongs here.
const ROWS: [Row; 10] = [
    row(HotPath::Parse, SMALL, 71),
    row(HotPath::Parse, MEDIUM, 58),
    row(HotPath::ParseBroken, MEDIUM, 40),
    row(HotPath::Reparse, MEDIUM, 10),
    row(HotPath::Lower, SMALL, 98),
    row(HotPath::Rules, SMALL, 405),
    row(HotPath::Rules, MEDIUM, 66),
    row(HotPath::Completion, SMALL, 588),
    row(HotPath::Index, SMALL, 144),
    row(HotPath::Index, MEDIUM, 58),
];

/// A key from the bytes that come in to those of its diagnostics: notes, and hundredths as in [`ROWS`].
const KEYS: [(usize, u64); 2] = [(SMALL, 734), (MEDIUM, 21)];

/// Counts it all. An error tells what takes more than it may.
pub fn run(programs: &Programs, simulator: &Path, write: Option<&Path>) -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let counter = Counter { file: folder.path().join("callgrind.out") };
    let mut too_many = Vec::new();
    println!("| hot path | notes | instructions | × serde_json | at most |\n|---|---|---|---|---|");
    let reference = [SMALL, MEDIUM].map(|notes| counter.hot_path(HotPath::Reference, notes));
    let [small, medium] = reference;
    let (small, medium) = (small?, medium?);
    let mut judge = |name: String, notes: usize, count: u64, hundredths: u64| {
        let reference = if notes == SMALL { small } else { medium };
        let now = count * 100 / reference.max(1);
        let most = hundredths * (100 + TOLERANCE) / 100;
        println!("| {name} | {notes} | {count} | {} | {} |", shown(now), shown(most));
        if now > most {
            too_many.push(format!(
                "{name} ({notes} notes): {} instead of {}",
                shown(now),
                shown(hundredths)
            ));
        }
    };
    for Row { path, notes, hundredths } in ROWS {
        judge(format!("{path:?}"), notes, counter.hot_path(path, notes)?, hundredths);
    }
    for (notes, hundredths) in KEYS {
        judge("a whole key".to_owned(), notes, counter.key(programs, notes)?, hundredths);
    }
    let grown = growth::measure(&counter, programs, simulator)?;
    growth::print(&grown);
    too_many.extend(grown.iter().filter_map(growth::Growth::problem));
    if let Some(folder) = write {
        std::fs::write(folder.join("growth.svg"), growth::picture(&grown))?;
    }
    if too_many.is_empty() {
        return Ok(());
    }
    Err(format!("these take more instructions than they did: {too_many:#?}").into())
}

/// Hundredths as a person writes them.
fn shown(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Counts what a process does.
struct Counter {
    /// Where valgrind writes.
    file: PathBuf,
}

impl Counter {
    /// The program in front of which the counted one stands.
    fn words(&self) -> Vec<String> {
        let file = format!("--callgrind-out-file={}", self.file.display());
        // What it says of itself: it does not know all calls of today's systems.
        let log = format!("--log-file={}.log", self.file.display());
        ["valgrind", "--tool=callgrind", &file, &log].map(str::to_owned).to_vec()
    }

    /// Starts the command under valgrind, waits for its end, and gives the count.
    fn command(&self, program: &Path, arguments: &[&str], folder: &Path) -> Outcome<u64> {
        let words = self.words();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).arg(program).args(arguments).current_dir(folder);
        command.env("SFORG_STATE_DIR", folder.join(".state"));
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let status = command.status().map_err(|error| format!("valgrind: {error}"))?;
        // `check` ends with 1 when it has found something.
        match status.code() {
            Some(0 | 1) => self.count(),
            _ => Err(format!("{} {arguments:?}: {status}", program.display()).into()),
        }
    }

    /// What valgrind has written.
    fn count(&self) -> Outcome<u64> {
        let text = std::fs::read_to_string(&self.file)?;
        let mut lines = text.lines().rev();
        let total = lines.find_map(|line| line.strip_prefix("totals:").map(str::trim));
        let total = total.ok_or("valgrind has not told the count")?.parse()?;
        std::fs::remove_file(&self.file)?;
        Ok(total)
    }

    /// One time of a hot path, told by so many more times of it.
    fn hot_path(&self, path: HotPath, notes: usize) -> Outcome<u64> {
        let times = if notes == SMALL { 40 } else { 4 };
        let count = |times: usize| self.work(path, notes, times);
        Ok((count(times * 2)?.saturating_sub(count(times)?)) / times as u64)
    }

    fn work(&self, path: HotPath, notes: usize, times: usize) -> Outcome<u64> {
        let name = clap::ValueEnum::to_possible_value(&path).ok_or("a path without a name")?;
        let (notes, times) = (notes.to_string(), times.to_string());
        let arguments = ["work", name.get_name(), &notes, &times];
        self.command(&std::env::current_exe()?, &arguments, Path::new("."))
    }

    /// One key, through the server.
    fn key(&self, programs: &Programs, notes: usize) -> Outcome<u64> {
        let count = |keys: usize| self.session(programs, |client| type_keys(client, notes, keys));
        Ok((count(60)?.saturating_sub(count(20)?)) / 40)
    }

    /// All that a server does while a client has it.
    fn session(
        &self,
        programs: &Programs,
        use_it: impl Fn(&mut Client) -> Outcome<()>,
    ) -> Outcome<u64> {
        let mut command = self.words();
        command.extend(["{SFORG}", "lsp"].map(str::to_owned));
        let profile: Profile = serde_json::from_value(serde_json::json!({
            "name": "sforg", "kind": "sforg", "pull": false, "language": "salesforce-org", "command": command,
        }))?;
        let workspace = tempfile::tempdir()?;
        let mut client = Client::start(&profile, programs, workspace.path())?;
        use_it(&mut client)?;
        client.stop()?;
        self.count()
    }
}

/// Opens a document and types into it, each key when the diagnostics of the one before are there.
fn type_keys(client: &mut Client, notes: usize, keys: usize) -> Outcome<()> {
    let mut document = Document::new(client.uri("acme"), &text_with_notes(notes)?);
    client.open(&document)?;
    let probe = Probe::learn(client, &mut document)?;
    for key in 0..keys {
        let change = match key % 2 {
            0 => insertion(probe.end, "y"),
            _ => {
                Change { from: probe.end, to: (probe.end.0, probe.end.1 + 1), text: String::new() }
            }
        };
        let (told, _) = document.change(&change);
        let bytes = client.changing(&document, told);
        let since = client.send(&bytes)?;
        client.diagnostics(&document, None, since, None, probe.start.0)?;
    }
    Ok(())
}
