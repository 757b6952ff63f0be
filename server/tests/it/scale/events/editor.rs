//! A client: what it does, and what it shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scale_tests::Random;
use serde_json::{Value, json};
use test_support::{Client, Position, Range, Setup, file_uri};

use super::tree::Tree;

const PUBLISH: &str = "textDocument/publishDiagnostics";
const REFRESH: &str = "workspace/diagnostic/refresh";

/// How the client gets diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Push,
    Pull,
}

/// What a question of the client was about.
enum Asked {
    Document(String),
    Workspace,
    /// Its answer does not matter here, only that there is one.
    Else,
}

pub struct Editor {
    client: Client,
    delivery: Delivery,
    /// Text and version by URI.
    open: BTreeMap<String, (String, i64)>,
    version: i64,
    asked: Vec<(Value, Asked)>,
    pushed: BTreeMap<String, Value>,
    /// Result and items, by URI.
    pulled: BTreeMap<String, (String, Value)>,
    asks: BTreeSet<String>,
    asks_workspace: bool,
}

impl Editor {
    /// Begins a session; the server has only begun to look at the workspace.
    pub fn start(root: &Path, delivery: Delivery) -> Self {
        let mut setup = Setup::new()
            .capable()
            .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
            .folder_uri(&file_uri(root));
        if delivery == Delivery::Pull {
            setup = setup
                .capability("textDocument/diagnostic/dynamicRegistration", true)
                .capability("workspace/diagnostics/refreshSupport", true);
        }
        let mut client = setup.spawn();
        client.answer_always("client/registerCapability", |_| Value::Null);
        client.answer_always("workspace/codeLens/refresh", |_| Value::Null);
        client.allow(PUBLISH);
        client.begin();
        Self {
            client,
            delivery,
            open: BTreeMap::new(),
            version: 0,
            asked: Vec::new(),
            pushed: BTreeMap::new(),
            pulled: BTreeMap::new(),
            asks: BTreeSet::new(),
            asks_workspace: delivery == Delivery::Pull,
        }
    }

    /// What a server finds that starts now, with the same documents open.
    pub fn fresh(root: &Path, other: &Self) -> BTreeMap<String, Value> {
        let mut editor = Self::start(root, Delivery::Pull);
        for (uri, (text, _)) in &other.open {
            editor.open(uri, text);
        }
        while !editor.is_at_rest() {
            editor.take_in();
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
        editor.shown()
    }

    /// The server may panic: builds for tests do when they are asked to.
    pub fn allow_panics(&mut self) {
        self.client.allow_panics();
    }

    /// The server panics so often, some places later in its work.
    pub fn panic(&mut self, after: usize, times: usize) {
        let params = json!({"after": after, "times": times});
        self.client.notify("sforg/panicInDiagnostics", params);
    }

    /// The person and the editor do something.
    pub fn act(&mut self, tree: &mut Tree, random: &mut Random) {
        let path = match random.below(3) {
            0 => tree.any_project(random),
            _ => tree.any_org(random),
        };
        let uri = tree.uri(&path);
        let open: Vec<String> = self.open.keys().cloned().collect();
        match random.below(12) {
            0..=2 if !self.open.contains_key(&uri) => {
                let text = tree.read(&path).unwrap_or_else(|| tree.text(&path, random));
                self.open(&uri, &text);
            }
            3..=5 if !open.is_empty() => {
                let uri = random.pick(&open).clone();
                let text = tree.text(&uri, random);
                self.change(&uri, &text);
            }
            6 if !open.is_empty() => self.close(&random.pick(&open).clone()),
            7 if self.open.contains_key(&uri) => {
                let text = tree.text(&path, random);
                self.change(&uri, &text);
                tree.write(&path, &text);
                self.client.save(&uri);
            }
            8 => {
                let range = Range::empty(Position::new(0, 4)).json();
                let params = json!({
                    "textDocument": {"uri": tree.uri(&tree.any_project(random))},
                    "range": range, "context": {"diagnostics": []},
                });
                self.send("textDocument/codeAction", params, Asked::Else);
            }
            9 => {
                let uri = tree.uri(&tree.any_project(random));
                let params = Client::at(&uri, Position::new(0, 4));
                self.send("textDocument/hover", params, Asked::Else);
            }
            10 => drop(self.take_in()),
            _ => {
                let params = json!({"textDocument": {"uri": uri}});
                self.send("textDocument/codeLens", params, Asked::Else);
            }
        }
    }

    /// Tells what happened on the disk, as a watcher does and now and then as a person's rename.
    pub fn tell(&mut self, happened: Vec<(Option<Value>, Value)>, random: &mut Random) {
        for (renamed, _) in happened.iter().filter(|(renamed, _)| renamed.is_some()) {
            if random.percent(50) {
                self.client.notify("workspace/didRenameFiles", json!({"files": [renamed]}));
            }
        }
        let changes: Vec<Value> = happened.into_iter().map(|(_, event)| event).collect();
        self.client.notify("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    }

    /// Takes in what has come, and asks what there is to ask; whether there was anything.
    pub fn take_in(&mut self) -> bool {
        let mut has_news = false;
        for params in self.client.take_notifications(PUBLISH) {
            has_news = true;
            let uri = params["uri"].as_str().unwrap_or_default().to_owned();
            self.pushed.insert(uri, params["diagnostics"].clone());
        }
        while self.client.waiting_methods().iter().any(|method| method == REFRESH) {
            has_news = true;
            self.client.serve(REFRESH, Value::Null);
            self.asks_workspace = true;
            self.asks.extend(self.open.keys().cloned());
        }
        for (id, asked) in std::mem::take(&mut self.asked) {
            if !self.client.is_answered(&id) {
                self.asked.push((id, asked));
                continue;
            }
            has_news = true;
            let answer = self.client.answer(&id);
            match (asked, answer) {
                (Asked::Document(uri), Ok(report)) => self.take(&uri, &report, true),
                (Asked::Workspace, Ok(report)) => {
                    for item in report["items"].as_array().into_iter().flatten() {
                        self.take(item["uri"].as_str().unwrap_or_default(), item, false);
                    }
                }
                (Asked::Else, _) => {}
                (_, Err(error)) => self.client.fail(&error.to_string()),
            }
        }
        self.ask();
        has_news
    }

    /// Whether nothing is left to ask, and everything is answered.
    pub fn is_at_rest(&self) -> bool {
        self.asked.is_empty() && self.asks.is_empty() && !self.asks_workspace
    }

    /// What the client shows, by URI; only files with findings.
    pub fn shown(&self) -> BTreeMap<String, Value> {
        let mut shown = self.pushed.clone();
        for (uri, (_, items)) in &self.pulled {
            let all = shown.entry(uri.clone()).or_insert_with(|| json!([]));
            if let (Some(all), Some(items)) = (all.as_array_mut(), items.as_array()) {
                all.extend(items.iter().cloned());
            }
        }
        shown.retain(|_, items| items.as_array().is_some_and(|items| !items.is_empty()));
        shown
    }

    fn open(&mut self, uri: &str, text: &str) {
        self.version += 1;
        self.client.open(uri, self.version, text);
        self.open.insert(uri.to_owned(), (text.to_owned(), self.version));
        self.touched(uri);
    }

    fn change(&mut self, uri: &str, text: &str) {
        self.version += 1;
        self.client.replace(uri, self.version, text);
        self.open.insert(uri.to_owned(), (text.to_owned(), self.version));
        self.touched(uri);
    }

    fn close(&mut self, uri: &str) {
        self.client.close(uri);
        self.open.remove(uri);
        self.asks.remove(uri);
        self.pulled.remove(uri);
        self.asks_workspace = self.delivery == Delivery::Pull;
    }

    fn touched(&mut self, uri: &str) {
        if self.delivery == Delivery::Pull {
            self.asks.insert(uri.to_owned());
        }
    }

    /// One question about each document at a time, and one about the workspace.
    fn ask(&mut self) {
        let is_asked = |uri: &String| {
            self.asked.iter().any(|(_, asked)| matches!(asked, Asked::Document(of) if of == uri))
        };
        let now: Vec<String> = self.asks.iter().filter(|uri| !is_asked(uri)).cloned().collect();
        for uri in now {
            self.asks.remove(&uri);
            let previous = self.pulled.get(&uri).map(|(result, _)| result.clone());
            let params = json!({"textDocument": {"uri": uri}, "previousResultId": previous});
            self.send("textDocument/diagnostic", params, Asked::Document(uri));
        }
        if self.asks_workspace && !self.asked.iter().any(|(_, a)| matches!(a, Asked::Workspace)) {
            self.asks_workspace = false;
            let previous = self.pulled.iter();
            let previous: Vec<Value> =
                previous.map(|(uri, (value, _))| json!({"uri": uri, "value": value})).collect();
            let params = json!({ "previousResultIds": previous });
            self.send("workspace/diagnostic", params, Asked::Workspace);
        }
    }

    /// A part of an answer. Open documents are asked for one by one, and what was closed meanwhile is
    /// told with the workspace.
    fn take(&mut self, uri: &str, report: &Value, of_an_open_one: bool) {
        if self.open.contains_key(uri) != of_an_open_one {
            return;
        }
        let result = report["resultId"].as_str().unwrap_or_default().to_owned();
        if report["kind"] == "unchanged" {
            let known = self.pulled.get(uri).map(|(known, _)| known.clone());
            // It was closed and opened again, or answered by another question, meanwhile.
            if known != Some(result) {
                self.asks.extend(of_an_open_one.then(|| uri.to_owned()));
                self.asks_workspace |= !of_an_open_one;
            }
            return;
        }
        self.pulled.insert(uri.to_owned(), (result, report["items"].clone()));
    }

    fn send(&mut self, method: &str, params: Value, asked: Asked) {
        let id = self.client.send(method, params);
        self.asked.push((id, asked));
    }
}
