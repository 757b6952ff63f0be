//! The client and the disk, as the worker does not see them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use futures_util::FutureExt;
use lsp_types as lsp;
use org_schema::ApiVersion;
use serde_json::json;
use tower_lsp::LanguageServer;

use super::super::walk::Walk;
use super::super::{Diagnostics, looks, readings};
use super::editor::Editor;
use super::events::Event::{self, *};
use crate::lsp::convert::uris::id_of;
use crate::lsp::server::SforgServer;
use crate::lsp::session::configuration::Configuration;
use crate::lsp::session::folders::Folder;

/// What happens outside of the worker. It may happen in the middle of a round.
pub struct Outside {
    pub root: PathBuf,
    pub diagnostics: Arc<Diagnostics>,
    pub server: SforgServer,
    pub editor: Editor,
    pub version: Mutex<i32>,
    /// What the client has not told so far.
    pub untold: Mutex<Vec<lsp::FileEvent>>,
    pub walks: Mutex<Vec<Walk>>,
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

    pub fn open(&self, uri: lsp::Url, text: &str) {
        let language = if uri.path().ends_with(".xml") { "xml" } else { "salesforce-org" };
        let (language_id, version) = (language.to_owned(), self.next_version());
        let text_document =
            lsp::TextDocumentItem { uri: uri.clone(), language_id, version, text: text.to_owned() };
        let params = lsp::DidOpenTextDocumentParams { text_document };
        self.server.did_open(params).now_or_never().expect("no waiting");
        self.editor.changed(&uri);
    }

    pub fn act(&self, event: &Event) {
        let server = &self.server;
        let is_open =
            |file: &str| self.diagnostics.files.documents.get(&id_of(&self.uri(file))).is_some();
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
            DeleteFolder(folder) => {
                if std::fs::remove_dir_all(self.root.join(folder)).is_ok() {
                    self.happened(folder, lsp::FileChangeType::DELETED);
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
                drop(self.diagnostics.queue.want(ids));
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
            Read => {
                if let Some(target) = self.diagnostics.readings.try_next() {
                    readings::read(&self.diagnostics, target, &|| ());
                }
                if let Some(projects) = self.diagnostics.looks.try_next() {
                    looks::look(&self.diagnostics, projects, &|| ());
                }
            }
            Newest(is_old) => {
                let newest_api_version = is_old.then(|| ApiVersion::parse("65.0")).flatten();
                let configuration = Configuration { newest_api_version, ..Default::default() };
                self.set_configuration(configuration);
            }
            Environment(text) => {
                let file = "w1/.env";
                if std::fs::write(self.root.join(file), text).is_ok() {
                    self.happened(file, lsp::FileChangeType::CHANGED);
                }
            }
            Panic(after) => self.diagnostics.fault.arm(*after, 1),
            Open(..) | Change(..) | Close(..) | Save(..) => {}
        }
    }

    pub fn set_configuration(&self, configuration: Configuration) {
        if self.diagnostics.files.session.settings.set_configuration(configuration) {
            self.diagnostics.queue_all();
        }
    }

    pub fn set_folders(&self, folders: &[&str]) {
        let paths: Vec<PathBuf> = folders.iter().map(|folder| self.root.join(folder)).collect();
        self.diagnostics.set_folders(paths.iter().cloned().map(Folder::at).collect());
        let walk = Walk::begin(Arc::clone(&self.diagnostics), paths);
        self.walks.lock().expect("no panic").push(walk);
    }
}
