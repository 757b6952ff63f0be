//! A folder on the disk, a client and a server, and what happens to them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use lsp_types as lsp;
use org_schema::ApiVersion;
use serde_json::json;
use tower_lsp::{LanguageServer, LspService};

use super::super::worker::Worker;
use super::editor::Editor;
use super::random::Random;
use crate::lsp::client::Client;
use crate::lsp::configuration::Configuration;
use crate::lsp::files::folders::Folder;
use crate::lsp::files::uris::id_of;
use crate::lsp::files::walk::Walk;
use crate::lsp::server::SforgServer;
use crate::lsp::session::Session;
use crate::lsp::state::State;
use crate::world::UserSettings;

/// How the client gets diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Push,
    Pull,
}

/// Files, by their paths below the folder. `w1/l` leads to `w1/p`.
const FILES: [&str; 10] = [
    "w1/a.sforg.json",
    "w1/b.sforg.json",
    "w1/p/d.sforg.json",
    "w1/l/d.sforg.json",
    "w1/sforg-project.json",
    "w1/p/sforg-project.json",
    "w1/node_modules/n.sforg.json",
    "w2/c.sforg.json",
    "out/x.sforg.json",
    "out/sforg-project.json",
];
const TEXTS: [&str; 5] = [
    r#"{"name": "A", "auth": {"type": "basic", "username": "u@a.example", "password": "x"}}"#,
    r#"{"name": "A", "apiVersion": "61.0", "auth": {"type": "basic", "username": "v@a.example"}}"#,
    r#"  {"name": "B", "auth": {"type": "basic", "username": "u@a.example"}}"#,
    r#"{"name": "B""#,
    r#"{"name": "A", "auth": {"type": "basic", "password": "${env:SFORG_NOWHERE}"}}"#,
];
const PROJECTS: [&str; 3] = [
    r#"{"apiVersion": "64.0"}"#,
    r#"{"apiVersion": "66.0", "rules": {"duplicate-connection": "warning"}}"#,
    "{",
];

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Event {
    Write(&'static str, &'static str),
    Delete(&'static str),
    Open(&'static str, &'static str),
    Change(&'static str, &'static str),
    Close(&'static str),
    Save(&'static str, &'static str),
    Rename(&'static str, &'static str),
    /// The workspace has these folders.
    Folders(&'static [&'static str]),
    /// The client tells what has happened on the disk.
    Tell,
    /// The client tells of something that has not changed.
    TellOf(&'static str),
    /// Somebody waits for all files below a folder.
    Want(&'static str),
    Walk,
    Newest(bool),
    Environment(&'static str),
    Panic,
}
use Event::*;

/// Small scripts that are tried in every order.
pub const SCRIPTS: [&[Event]; 6] = [
    &[Write(FILES[0], TEXTS[0]), Write(FILES[1], TEXTS[0]), Want("w1"), Walk],
    &[Open(FILES[3], TEXTS[0]), Close(FILES[3]), Write(FILES[2], TEXTS[0]), Want("w1")],
    &[Open(FILES[4], PROJECTS[0]), Folders(&["w2"]), Walk, Panic],
    &[Open(FILES[8], TEXTS[0]), Close(FILES[8]), Write(FILES[9], PROJECTS[0]), Tell],
    &[Write(FILES[0], TEXTS[2]), Write(FILES[7], TEXTS[0]), Tell, Panic],
    &[Rename("w1/p", "w1/q"), Delete("w1/q/d.sforg.json"), Tell, Open(FILES[2], TEXTS[1])],
];

fn event(random: &mut Random, files: &[&'static str]) -> Event {
    let file = random.one_of(files);
    let text = match file.ends_with("sforg-project.json") {
        true => random.one_of(&PROJECTS),
        false => random.one_of(&TEXTS),
    };
    match random.below(24) {
        0..=2 => Write(file, text),
        3 => Delete(file),
        4..=6 => Open(file, text),
        7..=9 => Change(file, text),
        10 | 11 => Close(file),
        12 => Save(file, text),
        13 => Rename("w1/p", "w1/q"),
        14 => Rename("w1/q", "w1/p"),
        15 if random.one_in(3) => {
            Folders(random.one_of(&[&["w1", "w2"], &["w1"], &["w2"], &["w2", "w1"]]))
        }
        15 => Delete(file),
        16 | 17 => Tell,
        18 => TellOf(random.one_of(&["w1", "w1/p", "w1/l", FILES[0], FILES[2]])),
        19 => Want(random.one_of(&["w1", "w1/p", "out"])),
        20 | 21 => Walk,
        22 => match random.below(6) {
            0 => Newest(random.one_in(2)),
            1..=3 => Panic,
            _ => Environment(random.one_of(&["", "SFORG_NOWHERE=1\n", "OTHER=1234\n"])),
        },
        _ => Panic,
    }
}

/// What happens outside of the worker. It may happen in the middle of a round.
struct Outside {
    root: PathBuf,
    state: Arc<State>,
    server: SforgServer,
    editor: Editor,
    version: Mutex<i32>,
    /// What the client has not told so far.
    untold: Mutex<Vec<lsp::FileEvent>>,
    walks: Mutex<Vec<Walk>>,
}

impl Outside {
    fn uri(&self, file: &str) -> lsp::Url {
        lsp::Url::from_file_path(self.root.join(file)).expect("an absolute path")
    }

    fn happened(&self, file: &str, typ: lsp::FileChangeType) {
        let event = lsp::FileEvent { uri: self.uri(file), typ };
        self.untold.lock().expect("no panic").push(event);
    }

    fn next_version(&self) -> i32 {
        let mut version = self.version.lock().expect("no panic");
        *version += 1;
        *version
    }

    fn tell(&self, changes: Vec<lsp::FileEvent>) {
        let params = lsp::DidChangeWatchedFilesParams { changes };
        self.server.did_change_watched_files(params).now_or_never().expect("no waiting");
    }

    fn open(&self, uri: lsp::Url, text: &str) {
        let (language_id, version) = ("salesforce-org".to_owned(), self.next_version());
        let text_document =
            lsp::TextDocumentItem { uri: uri.clone(), language_id, version, text: text.to_owned() };
        let params = lsp::DidOpenTextDocumentParams { text_document };
        self.server.did_open(params).now_or_never().expect("no waiting");
        self.editor.changed(&uri);
    }

    fn act(&self, event: &Event) {
        let server = &self.server;
        let is_open = |file: &str| self.state.documents.get(&id_of(&self.uri(file))).is_some();
        match event {
            Write(file, text) => {
                let path = self.root.join(file);
                let _ = std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/")));
                if std::fs::write(&path, text).is_ok() {
                    self.happened(file, lsp::FileChangeType::CHANGED);
                }
            }
            Delete(file) => {
                if std::fs::remove_file(self.root.join(file)).is_ok() {
                    self.happened(file, lsp::FileChangeType::DELETED);
                }
            }
            Open(file, text) if !is_open(file) => self.open(self.uri(file), text),
            Change(file, text) if is_open(file) => {
                let (uri, version) = (self.uri(file), self.next_version());
                let params = serde_json::from_value(json!({
                    "textDocument": {"uri": uri, "version": version},
                    "contentChanges": [{"text": text}],
                }));
                let params = params.expect("params");
                server.did_change(params).now_or_never().expect("no waiting");
                self.editor.changed(&uri);
            }
            Close(file) if is_open(file) => {
                let text_document = lsp::TextDocumentIdentifier { uri: self.uri(file) };
                self.editor.closed(&text_document.uri);
                let params = lsp::DidCloseTextDocumentParams { text_document };
                server.did_close(params).now_or_never().expect("no waiting");
            }
            Save(file, text) if is_open(file) => {
                self.act(&Change(file, text));
                self.act(&Write(file, text));
                let text_document = lsp::TextDocumentIdentifier { uri: self.uri(file) };
                let params = lsp::DidSaveTextDocumentParams { text_document, text: None };
                server.did_save(params).now_or_never().expect("no waiting");
            }
            Rename(old, new) => {
                let (from, to) = (self.root.join(old), self.root.join(new));
                if !to.exists() && std::fs::rename(from, to).is_ok() {
                    self.happened(old, lsp::FileChangeType::DELETED);
                    self.happened(new, lsp::FileChangeType::CREATED);
                }
            }
            Folders(folders) => self.set_folders(folders),
            Tell => {
                let changes = std::mem::take(&mut *self.untold.lock().expect("no panic"));
                self.tell(changes);
            }
            TellOf(file) => {
                let event =
                    lsp::FileEvent { uri: self.uri(file), typ: lsp::FileChangeType::CREATED };
                self.tell(vec![event]);
            }
            Want(folder) => {
                let files = org_project::walk(&self.root.join(folder)).files;
                let ids = files.iter().map(|file| org_project::id_of_path(file)).collect();
                // Nobody is left who waits; the index gets them all the same.
                drop(self.state.queue.want(ids));
            }
            Walk => {
                let mut walks = self.walks.lock().expect("no panic");
                walks.append(&mut self.editor.told().walks);
                if let Some(mut walk) = walks.pop()
                    && walk.step(2)
                {
                    walks.insert(0, walk);
                }
            }
            Newest(is_old) => {
                let newest_api_version = is_old.then(|| ApiVersion::parse("65.0")).flatten();
                let configuration = Configuration { newest_api_version, ..Default::default() };
                self.state.set_configuration(configuration);
            }
            Environment(text) => {
                let file = "w1/.env";
                if std::fs::write(self.root.join(file), text).is_ok() {
                    self.happened(file, lsp::FileChangeType::CHANGED);
                }
            }
            Panic => self.state.fault.arm(1),
            Open(..) | Change(..) | Close(..) | Save(..) => {}
        }
    }

    fn set_folders(&self, folders: &[&str]) {
        let paths: Vec<PathBuf> = folders.iter().map(|folder| self.root.join(folder)).collect();
        self.state.set_folders(paths.iter().cloned().map(Folder::at).collect());
        let walk = Walk::begin(Arc::clone(&self.state), paths);
        self.walks.lock().expect("no panic").push(walk);
    }
}

/// Everything.
pub struct World {
    _folder: Option<tempfile::TempDir>,
    outside: Arc<Outside>,
    worker: Worker<Editor>,
    delivery: Delivery,
    /// The files that most happens to.
    files: Vec<&'static str>,
}

impl World {
    /// A few files and the workspace over them, which nobody has looked at.
    pub fn new(random: &mut Random, delivery: Delivery) -> Self {
        let mut world = Self::empty(delivery);
        world.files = (0..4).map(|_| random.one_of(&FILES)).collect();
        for file in FILES {
            if random.one_in(2) {
                let text = if file.contains("project") { PROJECTS[0] } else { TEXTS[0] };
                world.outside.act(&Write(file, text));
            }
        }
        world.outside.untold.lock().expect("no panic").clear();
        world
    }

    /// All files, which nobody has looked at.
    pub fn full(delivery: Delivery) -> Self {
        let world = Self::empty(delivery);
        for file in FILES {
            let text = if file.contains("project") { PROJECTS[0] } else { TEXTS[0] };
            world.outside.act(&Write(file, text));
        }
        world.outside.untold.lock().expect("no panic").clear();
        world
    }

    /// Two folders without files.
    pub fn empty(delivery: Delivery) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().canonicalize().expect("a folder");
        for name in ["w1/p", "w2", "out", "w1/node_modules"] {
            std::fs::create_dir_all(root.join(name)).expect("a folder");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("p", root.join("w1/l")).expect("a link");
        let world = Self::over(root, Some(folder), delivery);
        world.outside.set_folders(&["w1", "w2"]);
        world
    }

    fn over(root: PathBuf, folder: Option<tempfile::TempDir>, delivery: Delivery) -> Self {
        let (state, index) = State::new(UserSettings::default(), Vec::new());
        let state = Arc::new(state);
        let related = json!({"relatedInformation": true});
        let pulls = json!({"textDocument": {"diagnostic": {}, "publishDiagnostics": related}, "workspace": {
            "diagnostics": {"refreshSupport": true}, "didChangeWatchedFiles": {"dynamicRegistration": true},
        }});
        let pushes = json!({
            "textDocument": {"publishDiagnostics": related},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
        });
        let capabilities = if delivery == Delivery::Pull { pulls } else { pushes };
        state.begin(Session::of(&json!({ "capabilities": capabilities })), true);
        let editor = Editor::new(Arc::clone(&state));
        if delivery == Delivery::Pull {
            editor.begin_to_ask();
        }
        let mut server = None;
        let (_service, _socket) = LspService::new(|client| {
            let client = Client::new(client);
            server = Some(SforgServer::new(client.clone(), Arc::clone(&state)));
            SforgServer::new(client, Arc::clone(&state))
        });
        let worker = Worker::new(editor.clone(), Arc::clone(&state), index);
        let outside = Arc::new(Outside {
            root,
            state,
            server: server.expect("it was made at once"),
            editor,
            version: Mutex::default(),
            untold: Mutex::default(),
            walks: Mutex::default(),
        });
        Self { _folder: folder, outside, worker, delivery, files: FILES.to_vec() }
    }

    /// One thing happens, or the worker does a round, in the middle of which something may happen.
    pub fn step(&mut self, random: &mut Random) {
        match random.below(3) {
            0 => {
                if random.one_in(2) {
                    let (outside, event) = (Arc::clone(&self.outside), event(random, &self.files));
                    self.outside.editor.meanwhile(Box::new(move || outside.act(&event)));
                }
                self.round();
            }
            _ => self.act(&event(random, &self.files)),
        }
    }

    pub fn act(&self, event: &Event) {
        self.outside.act(event);
    }

    /// The client asks what it has to ask, and the worker does a round.
    pub fn round(&mut self) -> bool {
        let asked = match self.delivery {
            Delivery::Pull => self.outside.editor.ask(&self.outside.state),
            Delivery::Push => Vec::new(),
        };
        let work = self.outside.state.queue.try_next();
        let is_something = work.is_some();
        if let Some(work) = work {
            self.worker.do_or_put_back(work);
        }
        let documents = &self.outside.state.documents;
        let is_open =
            |uri: &str| lsp::Url::parse(uri).is_ok_and(|uri| documents.get(&id_of(&uri)).is_some());
        self.outside.editor.take(asked, is_open);
        is_something
    }

    /// Everything is told and done.
    pub fn settle(&mut self) {
        loop {
            self.act(&Tell);
            self.act(&Walk);
            let walks = self.outside.walks.lock().expect("no panic").len();
            let is_idle =
                !self.round() && walks == 0 && self.outside.editor.told().walks.is_empty();
            let asks = self.delivery == Delivery::Pull && self.outside.editor.has_to_ask();
            if is_idle && !asks && self.outside.untold.lock().expect("no panic").is_empty() {
                break;
            }
        }
    }

    /// What a server says that starts now, with the same documents open.
    fn fresh(&self) -> BTreeMap<String, Vec<lsp::Diagnostic>> {
        let state = &self.outside.state;
        let mut fresh = Self::over(self.outside.root.clone(), None, self.delivery);
        fresh.outside.state.set_configuration(state.configuration());
        let folders = state.folders();
        fresh.outside.state.set_folders(folders.iter().cloned().map(Folder::at).collect());
        let walk = Walk::begin(Arc::clone(&fresh.outside.state), folders);
        fresh.outside.walks.lock().expect("no panic").push(walk);
        for id in state.documents.ids() {
            if let Some(open) = state.documents.get(&id) {
                fresh.outside.open(open.uri.clone(), &open.text.to_string());
            }
        }
        fresh.settle();
        fresh.outside.editor.shown()
    }

    pub fn compare(&self, what: &str) {
        let (shown, fresh) = (self.outside.editor.shown(), self.fresh());
        let codes = |all: &BTreeMap<String, Vec<lsp::Diagnostic>>| -> Vec<String> {
            let file = |uri: &String| uri.rsplit("/w").next().unwrap_or(uri).to_owned();
            let code = |items: &[lsp::Diagnostic]| {
                format!("{:?}", items.iter().map(|d| &d.code).collect::<Vec<_>>())
            };
            all.iter().map(|(uri, items)| format!("{} {}", file(uri), code(items))).collect()
        };
        assert_eq!(codes(&shown), codes(&fresh), "{what}");
        assert_eq!(shown, fresh, "{what}");
    }

    /// A project with many orgs of which every two share a name.
    pub fn write_many(&self, count: usize) {
        std::fs::write(self.outside.root.join("w1/sforg-project.json"), PROJECTS[0])
            .expect("a file");
        for number in 0..count {
            let text = TEXTS[0].replace("\"A\"", &format!("\"{}\"", number % (count / 2)));
            let path = self.outside.root.join(format!("w1/{number:04}.sforg.json"));
            std::fs::write(path, text).expect("a file");
        }
    }

    pub fn walk_all(&self) {
        while !self.outside.walks.lock().expect("no panic").is_empty() {
            let mut walk = self.outside.walks.lock().expect("no panic").pop();
            while walk.as_mut().is_some_and(|walk| walk.step(1024)) {}
        }
    }

    pub fn want_all(&self) {
        self.act(&Want("w1"));
    }

    pub fn has_findings_of(&self, count: usize) -> bool {
        let shown = self.outside.editor.shown();
        let duplicates = shown.values().flatten().filter(|item| {
            item.code == Some(lsp::NumberOrString::String("duplicate-org-name".to_owned()))
        });
        duplicates.count() == count
    }
}
