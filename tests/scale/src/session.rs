//! A session with the server in a project of many files: what it has published so far.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use test_support::{Client, Diagnostic, FileEvent, Published, Setup, file_uri, notification};

use crate::compare::difference;
use crate::findings::{Place, Range, Reported};

/// How long nothing may come while something is waited for: a guard against hanging, in seconds.
/// `SFORG_TEST_DEADLINE` makes it shorter while one works on a test that fails.
const SILENCE: u64 = 300;
/// How often is looked.
const POLL: Duration = Duration::from_millis(20);
const PUBLISH: &str = "textDocument/publishDiagnostics";

/// Whether the client tells about files that others change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watching {
    /// As VS Code does.
    Files,
    /// As Neovim does on Linux.
    Nothing,
}

/// A client with the newest diagnostics of each file.
pub struct Session {
    /// The client, for everything else.
    pub client: Client,
    root: PathBuf,
    /// The paths of all publications, in their order.
    published: Vec<String>,
    /// By path below the folder.
    latest: BTreeMap<String, Vec<Diagnostic>>,
}

impl Session {
    /// Starts the server with one workspace folder; `initialize` is answered, `initialized` is
    /// still to be said.
    pub fn initialize(folder: &Path, watching: Watching) -> Self {
        let root = folder.canonicalize().unwrap_or_else(|error| panic!("{folder:?}: {error}"));
        let watches = watching == Watching::Files;
        let setup = Setup::new()
            .capable()
            .capability("workspace/didChangeWatchedFiles/dynamicRegistration", watches)
            .folder_uri(&file_uri(&root));
        let mut client = setup.env("SFORG_UPGRADE_PROMPT", "off").spawn();
        let params = client.initialize_params().clone();
        client.ask("initialize", params);
        client.allow(PUBLISH);
        Self { client, root, published: Vec::new(), latest: BTreeMap::new() }
    }

    /// A client that asks for diagnostics, and is not told.
    pub fn start_pulling(folder: &Path) -> Self {
        let root = folder.canonicalize().unwrap_or_else(|error| panic!("{folder:?}: {error}"));
        let setup = Setup::new()
            .capable()
            .capability("textDocument/diagnostic/dynamicRegistration", true)
            .capability("workspace/diagnostics/refreshSupport", true)
            .folder_uri(&file_uri(&root));
        let mut client = setup.env("SFORG_UPGRADE_PROMPT", "off").start();
        client.allow(PUBLISH);
        Self { client, root, published: Vec::new(), latest: BTreeMap::new() }
    }

    /// Asks for the diagnostics of the workspace, all of them: how many files they are in. They are
    /// the newest ones from now on.
    pub fn pull(&mut self) -> usize {
        let report = self.client.ask("workspace/diagnostic", json!({"previousResultIds": []}));
        let items = report["items"].as_array().into_iter().flatten();
        self.latest = items
            .map(|item| {
                let path = self.path_of(item["uri"].as_str().unwrap_or_default());
                let found = item["items"].as_array().into_iter().flatten();
                (path, found.map(Diagnostic::of).collect())
            })
            .collect();
        self.latest.len()
    }

    /// Begins a session with a client that watches files.
    pub fn start(folder: &Path) -> Self {
        let mut session = Self::initialize(folder, Watching::Files);
        session.client.notify("initialized", json!({}));
        session.client.serve("client/registerCapability", Value::Null);
        session
    }

    /// The same with a client that watches nothing.
    pub fn start_watching_nothing(folder: &Path) -> Self {
        let mut session = Self::initialize(folder, Watching::Nothing);
        session.client.notify("initialized", json!({}));
        session
    }

    /// The URI of a file below the folder.
    pub fn uri(&self, path: &str) -> String {
        file_uri(&self.root.join(path))
    }

    /// Sends `workspace/didChangeWatchedFiles` with what happened to files.
    pub fn file_events(&mut self, events: &[(&str, FileEvent)]) {
        let message = self.file_events_message(events);
        self.client.write(&[message]);
    }

    /// Its message, for [`Client::write`].
    pub fn file_events_message(&self, events: &[(&str, FileEvent)]) -> Value {
        let changes: Vec<Value> = events
            .iter()
            .map(|(path, kind)| json!({"uri": self.uri(path), "type": *kind as i64}))
            .collect();
        notification("workspace/didChangeWatchedFiles", json!({"changes": changes}))
    }

    /// The paths of all publications so far, in their order.
    pub fn published_paths(&self) -> &[String] {
        &self.published
    }

    /// The newest diagnostics of a file.
    pub fn latest(&self, path: &str) -> &[Diagnostic] {
        self.latest.get(path).map_or(&[], Vec::as_slice)
    }

    /// The rules of a file's newest diagnostics, sorted.
    pub fn rules(&self, path: &str) -> Vec<&str> {
        let mut rules: Vec<_> = self.latest(path).iter().map(|d| d.code.as_str()).collect();
        rules.sort_unstable();
        rules
    }

    /// All newest diagnostics, as `sforg check` words them.
    pub fn findings(&self) -> Vec<Reported> {
        let all = self.latest.iter();
        all.flat_map(|(path, list)| list.iter().map(|found| reported(path, found))).collect()
    }

    /// Waits until what was published is what is wanted.
    ///
    /// # Panics
    /// Nothing new has come for a long time.
    pub fn wait_until(&mut self, what: &str, mut is_so: impl FnMut(&Self) -> bool) {
        let mut last_news = Instant::now();
        loop {
            if self.take_in() {
                last_news = Instant::now();
            }
            if is_so(self) {
                return;
            }
            if last_news.elapsed() > silence() {
                self.client.fail(&format!("{what}: nothing has come for {:?}", silence()));
            }
            std::thread::sleep(POLL);
        }
    }

    /// Waits until the newest diagnostics of all files are these and no others.
    pub fn wait_for_findings(&mut self, what: &str, expected: &[Reported]) {
        let mut last = None;
        let mut last_news = Instant::now();
        loop {
            if self.take_in() || last.is_none() {
                last_news = Instant::now();
                last = difference(self.findings(), expected.to_vec());
            }
            let Some(differs) = &last else { return };
            if last_news.elapsed() > silence() {
                panic!("{what}: nothing has come for {:?}, and these differ: {differs}", silence());
            }
            std::thread::sleep(POLL);
        }
    }

    /// Waits until the server has nothing left to look at: two files that come last in every order
    /// become duplicates, then the second one changes, and what that means for the first one is
    /// published after everything else. Both files are gone in the end.
    pub fn settle(&mut self) {
        let [first, second] = ["~~first.sforg.json", "~~second.sforg.json"];
        let org = |name: &str| format!("{{ \"name\": \"{name}\", \"apiVersion\": \"68.0\" }}\n");
        let root = self.root.clone();
        let write = |path: &str, name: &str| {
            let written = std::fs::write(root.join(path), org(name));
            written.unwrap_or_else(|error| panic!("{path}: {error}"));
        };
        write(first, "first of the last");
        write(second, "first of the last");
        self.file_events(&[(first, FileEvent::Created), (second, FileEvent::Created)]);
        let is_duplicate = |session: &Self| session.rules(first).contains(&"duplicate-org-name");
        self.wait_until("the last files", is_duplicate);
        write(second, "second of the last");
        self.file_events(&[(second, FileEvent::Changed)]);
        self.wait_until("the last files' change", |session| !is_duplicate(session));
        for path in [first, second] {
            let removed = std::fs::remove_file(root.join(path));
            removed.unwrap_or_else(|error| panic!("{path}: {error}"));
        }
        self.file_events(&[(first, FileEvent::Deleted), (second, FileEvent::Deleted)]);
        self.wait_until("the last files' end", |session| {
            session.latest(first).is_empty() && session.latest(second).is_empty()
        });
    }

    /// Paths whose newest diagnostics hold a rule.
    pub fn paths_with(&self, rule: &str) -> BTreeSet<String> {
        let all = self.latest.iter();
        all.filter(|(_, list)| list.iter().any(|found| found.code == rule))
            .map(|(path, _)| path.clone())
            .collect()
    }

    fn take_in(&mut self) -> bool {
        let new = self.client.take_notifications(PUBLISH);
        let has_news = !new.is_empty();
        for params in new {
            let published = Published::of(&params);
            let path = self.path_of(&published.uri);
            self.published.push(path.clone());
            self.latest.insert(path, published.diagnostics);
        }
        has_news
    }

    fn path_of(&self, uri: &str) -> String {
        let root = format!("{}/", file_uri(&self.root));
        let path = uri.strip_prefix("file://").map(percent_decoded).unwrap_or_default();
        let root = percent_decoded(root.trim_start_matches("file://"));
        if let Some(path) = path.strip_prefix(&root) {
            return path.to_owned();
        }
        // Another folder of the workspace, beside this one.
        let beside = root.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
        match path.strip_prefix(&format!("{beside}/")) {
            Some(path) => format!("../{path}"),
            None => panic!("{uri} is neither below {root} nor beside it"),
        }
    }
}

fn silence() -> Duration {
    let seconds = std::env::var("SFORG_TEST_DEADLINE").ok();
    Duration::from_secs(seconds.and_then(|seconds| seconds.parse().ok()).unwrap_or(SILENCE))
}

fn reported(path: &str, found: &Diagnostic) -> Reported {
    let place = |position: test_support::Position| Place {
        line: u32::try_from(position.line).unwrap_or(u32::MAX),
        character: u32::try_from(position.character).unwrap_or(u32::MAX),
    };
    let severity = match found.severity {
        1 => "error",
        2 => "warning",
        3 => "information",
        _ => "hint",
    };
    Reported {
        file: path.to_owned(),
        range: Range { start: place(found.range.start), end: place(found.range.end) },
        severity: severity.to_owned(),
        rule: found.code.clone(),
        message: found.message.clone(),
    }
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, behind)) = rest.split_first() {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let decoded = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded.filter(|_| byte == b'%') {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &behind[2..];
            }
            None => {
                bytes.push(byte);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
