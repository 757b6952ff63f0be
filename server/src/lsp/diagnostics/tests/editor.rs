//! A client as far as diagnostics go: what it has been told, and when it asks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use lsp_types as lsp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::Diagnostics;
use super::super::listener::Listener;
use super::super::pull::{Pull, Question};
use super::super::walk::Walk;
use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::convert::uris::id_of;
use crate::lsp::transport::later::Reply;

/// What happens in the middle of a round, when the client is told something.
pub type Meanwhile = Box<dyn FnMut() + Send>;

#[derive(Default)]
pub struct Told {
    /// Unasked, by URI.
    pushed: BTreeMap<String, Vec<lsp::Diagnostic>>,
    /// Asked for: result and items, by URI.
    pulled: BTreeMap<String, (String, Vec<lsp::Diagnostic>)>,
    /// Whether the client has to ask about the workspace, and about which documents.
    asks_workspace: bool,
    asks: BTreeSet<String>,
    asks_all_open: bool,
    pub walks: Vec<Walk>,
    /// What was told about a version that the document no longer had.
    pub stale: Vec<String>,
}

/// Shared by the worker, which tells, and the world, which looks.
#[derive(Clone, Default)]
pub struct Editor {
    told: Arc<Mutex<Told>>,
    meanwhile: Arc<Mutex<Option<Meanwhile>>>,
    diagnostics: Arc<Mutex<Option<Arc<Diagnostics>>>>,
}

impl Editor {
    pub fn new(diagnostics: Arc<Diagnostics>) -> Self {
        let editor = Self::default();
        *editor.diagnostics.lock().expect("no panic") = Some(diagnostics);
        editor
    }

    fn diagnostics(&self) -> Option<Arc<Diagnostics>> {
        self.diagnostics.lock().expect("no panic").clone()
    }

    pub fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().expect("no panic")
    }

    /// What happens with the next message of the worker.
    pub fn meanwhile(&self, what: Meanwhile) {
        *self.meanwhile.lock().expect("no panic") = Some(what);
    }

    fn something_happens(&self) {
        let what = self.meanwhile.lock().expect("no panic").take();
        if let Some(mut what) = what {
            what();
        }
    }

    /// The document is another: its diagnostics are asked for.
    pub fn changed(&self, uri: &lsp::Url) {
        self.told().asks.insert(uri.to_string());
    }

    /// What a document was told is about what is no longer open.
    pub fn closed(&self, uri: &lsp::Url) {
        let mut told = self.told();
        told.asks.remove(uri.as_str());
        told.pulled.remove(uri.as_str());
        told.asks_workspace = true;
    }

    /// What the client shows.
    pub fn shown(&self) -> BTreeMap<String, Vec<lsp::Diagnostic>> {
        let told = self.told();
        let mut all = told.pushed.clone();
        for (uri, (_, items)) in &told.pulled {
            all.entry(uri.clone()).or_default().extend(items.iter().cloned());
        }
        all.retain(|_, items| !items.is_empty());
        all
    }

    /// Asks what it has to ask; the answers are there when the worker has done its rounds.
    pub fn ask(&self, diagnostics: &Diagnostics) -> Vec<Asked> {
        let mut told = self.told();
        let mut asked = Vec::new();
        if std::mem::take(&mut told.asks_all_open) {
            let files = &diagnostics.files;
            let open = files.documents.ids().into_iter().filter_map(|id| files.uri_of(&id));
            told.asks.extend(open.map(String::from));
        }
        for uri in std::mem::take(&mut told.asks) {
            let Ok(url) = lsp::Url::parse(&uri) else { continue };
            let previous = told.pulled.get(&uri).map(|(result, _)| result.clone());
            let (reply, answer) = Reply::alone();
            let question = Question::Document { id: id_of(&url), previous };
            diagnostics.queue.pull(Pull { question, reply });
            asked.push(Asked::Document(uri, Box::new(answer)));
        }
        if std::mem::take(&mut told.asks_workspace) {
            let previous = told.pulled.iter().filter_map(|(uri, (result, _))| {
                let url = lsp::Url::parse(uri).ok()?;
                Some((id_of(&url), (url, result.clone())))
            });
            let previous = previous.collect();
            let (reply, answer) = Reply::alone();
            diagnostics.queue.pull(Pull { question: Question::Workspace { previous }, reply });
            asked.push(Asked::Workspace(Box::new(answer)));
        }
        asked
    }

    /// Takes the answers; one that never came is asked for again.
    pub fn take(&self, asked: Vec<Asked>, is_open: impl Fn(&str) -> bool) {
        let mut told = self.told();
        for asked in asked {
            match asked {
                Asked::Document(uri, mut answer) => match answer() {
                    Some(report) if is_open(&uri) => told.take_document(uri, read(report)),
                    Some(_) => {}
                    None => drop(told.asks.insert(uri)),
                },
                Asked::Workspace(mut answer) => match answer() {
                    Some(report) => {
                        let report: lsp::WorkspaceDiagnosticReport = read(report);
                        for item in report.items {
                            told.take_item(item, &is_open);
                        }
                    }
                    None => told.asks_workspace = true,
                },
            }
        }
    }

    pub fn has_to_ask(&self) -> bool {
        let told = self.told();
        told.asks_workspace || told.asks_all_open || !told.asks.is_empty()
    }

    pub fn begin_to_ask(&self) {
        self.told().asks_workspace = true;
    }
}

/// A question without an answer so far, and what gives the answer when it is there.
pub enum Asked {
    Document(String, Box<dyn FnMut() -> Option<Value>>),
    Workspace(Box<dyn FnMut() -> Option<Value>>),
}

/// What the protocol says that it is.
fn read<T: DeserializeOwned>(value: impl Into<Value>) -> T {
    serde_json::from_value(value.into()).expect("as the protocol has it")
}

impl Told {
    fn take_document(&mut self, uri: String, report: lsp::DocumentDiagnosticReport) {
        match report {
            lsp::DocumentDiagnosticReport::Full(full) => {
                let full = full.full_document_diagnostic_report;
                self.pulled.insert(uri, (full.result_id.unwrap_or_default(), full.items));
            }
            lsp::DocumentDiagnosticReport::Unchanged(same) => {
                let result = same.unchanged_document_diagnostic_report.result_id;
                let known = self.pulled.get(&uri).map(|(known, _)| known);
                assert_eq!(known, Some(&result), "{uri}");
            }
        }
    }

    /// Open documents are asked for one by one.
    fn take_item(
        &mut self,
        item: lsp::WorkspaceDocumentDiagnosticReport,
        is_open: impl Fn(&str) -> bool,
    ) {
        match item {
            lsp::WorkspaceDocumentDiagnosticReport::Full(full) if !is_open(full.uri.as_str()) => {
                let report = full.full_document_diagnostic_report;
                let result = report.result_id.unwrap_or_default();
                self.pulled.insert(full.uri.to_string(), (result, report.items));
            }
            _ => {}
        }
    }
}

impl Listener for Editor {
    fn publish(&mut self, uri: &lsp::Url, found: &WrittenDiagnostics, version: Option<i32>) {
        let newest = self.diagnostics().and_then(|own| own.files.documents.get(&id_of(uri)));
        let newest = newest.map(|document| document.version);
        if version.is_some() && version != newest {
            self.told().stale.push(format!("{uri}: {version:?}, not {newest:?}"));
        }
        let found = serde_json::from_str(found.as_json()).expect("a list of diagnostics");
        self.told().pushed.insert(uri.to_string(), found);
        self.something_happens();
    }

    fn refresh(&mut self, diagnostics: bool, _: bool) {
        if diagnostics {
            let mut told = self.told();
            told.asks_workspace = true;
            told.asks_all_open = true;
        }
        self.something_happens();
    }

    fn looked_at_open(&mut self, _: &str) {
        self.something_happens();
    }

    fn walk(&mut self, folder: PathBuf) {
        if let Some(diagnostics) = self.diagnostics() {
            self.told().walks.push(Walk::begin(diagnostics, vec![folder]));
        }
    }
}
