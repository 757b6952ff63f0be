//! A folder on the disk, a client and a server, and what happens to them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use lsp_types as lsp;
use serde_json::json;
use tower_lsp::LspService;

use super::super::Diagnostics;
use super::super::walk::Walk;
use super::super::worker::Worker;
use super::editor::Editor;
use super::events::Event::{self, *};
use super::events::{FILES, PROJECTS, TEXTS, event, texts_of};
use super::outside::Outside;
use super::random::Random;
use crate::lsp::client::Client;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;
use crate::lsp::logins::Logins;
use crate::lsp::server::SforgServer;
use crate::lsp::session::folders::Folder;
use crate::lsp::session::{Agreed, Session};
use crate::settings::UserSettings;

/// How the client gets diagnostics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Push,
    Pull,
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
                world.outside.act(&Write(file, texts_of(file)[0]));
            }
        }
        world.outside.untold.lock().expect("no panic").clear();
        world
    }

    /// All files, which nobody has looked at.
    pub fn full(delivery: Delivery) -> Self {
        let world = Self::empty(delivery);
        for file in FILES {
            world.outside.act(&Write(file, texts_of(file)[0]));
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
        let (session, user) = (Session::default(), Arc::new(UserSettings::default()));
        let (files, index) = Files::new(session.clone(), Arc::clone(&user));
        let diagnostics = Arc::new(Diagnostics::new(Arc::new(files)));
        let related = json!({"relatedInformation": true});
        let pulls = json!({"textDocument": {"diagnostic": {}, "publishDiagnostics": related}, "workspace": {
            "diagnostics": {"refreshSupport": true}, "didChangeWatchedFiles": {"dynamicRegistration": true},
        }});
        let pushes = json!({
            "textDocument": {"publishDiagnostics": related},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
        });
        let capabilities = if delivery == Delivery::Pull { pulls } else { pushes };
        session.settings.set_trusted(true);
        session.begin(Agreed::of(&json!({ "capabilities": capabilities })));
        let editor = Editor::new(Arc::clone(&diagnostics));
        if delivery == Delivery::Pull {
            editor.begin_to_ask();
        }
        let mut server = None;
        let (_service, _socket) = LspService::new(|client| {
            let client = Client::new(client, session, tokio::sync::mpsc::channel(1).0);
            let new = || {
                let (diagnostics, user) = (Arc::clone(&diagnostics), Arc::clone(&user));
                let (logins, _) = Logins::new(client.clone(), diagnostics, user);
                SforgServer::new(Arc::new(logins), Vec::new())
            };
            server = Some(new());
            new()
        });
        let worker = Worker::new(editor.clone(), Arc::clone(&diagnostics), index);
        let outside = Arc::new(Outside {
            root,
            diagnostics,
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
            Delivery::Pull => self.outside.editor.ask(&self.outside.diagnostics),
            Delivery::Push => Vec::new(),
        };
        let work = self.outside.diagnostics.queue.try_next();
        let is_something = work.is_some();
        if let Some(work) = work {
            self.worker.do_or_put_back(work);
        }
        let documents = &self.outside.diagnostics.files.documents;
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
            self.act(&Read);
            let walks = self.outside.walks.lock().expect("no panic").len();
            let is_idle = !self.round()
                && walks == 0
                && self.outside.diagnostics.readings.is_empty()
                && self.outside.diagnostics.looks.is_empty()
                && self.outside.editor.told().walks.is_empty();
            let asks = self.delivery == Delivery::Pull && self.outside.editor.has_to_ask();
            if is_idle && !asks && self.outside.untold.lock().expect("no panic").is_empty() {
                break;
            }
        }
    }

    /// What a server says that starts now, with the same documents open.
    fn fresh(&self) -> BTreeMap<String, Vec<lsp::Diagnostic>> {
        let files = &self.outside.diagnostics.files;
        let mut fresh = Self::over(self.outside.root.clone(), None, self.delivery);
        fresh.outside.set_configuration(files.session.settings.configuration());
        let folders = files.folders();
        let diagnostics = &fresh.outside.diagnostics;
        diagnostics.set_folders(folders.iter().cloned().map(Folder::at).collect());
        let walk = Walk::begin(Arc::clone(diagnostics), folders);
        fresh.outside.walks.lock().expect("no panic").push(walk);
        for id in files.documents.ids() {
            if let Some(open) = files.documents.get(&id) {
                fresh.outside.open(open.uri.clone(), open.text());
            }
        }
        fresh.settle();
        fresh.outside.editor.shown()
    }

    pub fn compare(&self, what: &str) {
        assert_eq!(self.outside.editor.told().stale, [""; 0], "{what}");
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
