//! Diagnostics: computed on a thread of their own, so that neither reading the client's messages
//! nor answering its requests waits for them.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{FileKind, Related};
use org_project::Affected;
use tokio::runtime::Handle;

use super::pull::Pull;
use super::reports::Reports;
use crate::lsp::client::Client;
use crate::lsp::files::disk::Disk;
use crate::lsp::files::uris::path_of_id;
use crate::lsp::locations::location;
use crate::lsp::state::{Snapshot, State};
use crate::lsp::to_proto::Converter;
use crate::lsp::upgrade_prompt;

/// Starts the thread. It ends with the process.
pub fn start(client: Client, state: Arc<State>) {
    let runtime = Handle::current();
    let mut publisher = Publisher {
        client,
        state,
        runtime,
        disk: Disk::default(),
        published: HashMap::new(),
        reports: Reports::default(),
        hints_are_stale: false,
        hasher: RandomState::new(),
    };
    let thread = std::thread::Builder::new().name("diagnostics".to_owned()).spawn(move || {
        loop {
            let round = std::panic::AssertUnwindSafe(|| publisher.round());
            if std::panic::catch_unwind(round).is_err() {
                tracing::error!("computing diagnostics panicked; please report this with the log");
            }
        }
    });
    if let Err(error) = thread {
        tracing::error!("no diagnostics: their thread cannot be started: {error}");
    }
}

/// What the client was told last about a file.
struct Told {
    /// Hash of it.
    hash: u64,
    /// The spelling of the file's URI that it was told under.
    uri: lsp::Url,
}

struct Publisher {
    client: Client,
    state: Arc<State>,
    runtime: Handle,
    disk: Disk,
    /// What the client was told last unasked, by file; only of files with findings.
    published: HashMap<String, Told>,
    reports: Reports,
    /// What open documents inherit has changed, and their hints show it.
    hints_are_stale: bool,
    hasher: RandomState,
}

impl Publisher {
    fn round(&mut self) {
        let work = self.state.dirty.next();
        if work.forget_folders {
            self.disk.forget_folders();
        }
        let mut todo: Vec<(String, Option<Snapshot>)> = Vec::with_capacity(work.files.len());
        let mut affected = Affected::new();
        for id in work.files {
            if self.state.documents.get(&id).is_some() || self.is_in_workspace(&id) {
                self.load_projects_above(&id);
            }
            let snapshot = self.disk.read(&id, &self.state);
            let snapshot = snapshot.filter(|snapshot| self.counts(&id, snapshot));
            affected.extend(self.state.update_workspace(|workspace| match &snapshot {
                Some(snapshot) => workspace.set(&id, snapshot.document()),
                None => workspace.remove(&id),
            }));
            todo.push((id, snapshot));
        }
        self.note_stale_hints(&affected);
        for (id, snapshot) in &todo {
            affected.remove(id);
            self.look_at(id, snapshot.as_ref());
            if matches!(snapshot, Some(Snapshot::Open(_))) {
                self.ask_about_upgrade(id);
            }
        }
        self.state.mark_all(affected);
        // Clients that watch nothing tell what is opened and saved, and that is when the disk is
        // looked at; others tell when a folder comes, but not always what is in it.
        let untold = work.forget_folders && !self.state.session().client.watched_files;
        if untold || work.came.iter().any(|id| self.is_folder(id)) {
            self.state.mark_all(self.disk.changed(&self.state));
        }
        for pull in work.pulls {
            self.answer(pull);
        }
        if self.state.dirty.is_empty() {
            self.ask_to_refresh();
        }
    }

    /// Whether a path is a folder that the index looks into.
    fn is_folder(&self, id: &str) -> bool {
        path_of_id(id).is_some_and(|path| org_files::is_folder(&path))
            && self.is_in_workspace(&format!("{id}/{}", FileKind::PROJECT_FILE_NAME))
    }

    /// Another file changed what open documents inherit.
    fn note_stale_hints(&mut self, affected: &Affected) {
        self.hints_are_stale |= affected.iter().any(|id| self.state.documents.get(id).is_some());
    }

    /// Asks the client to ask again for what is no longer as it was told.
    fn ask_to_refresh(&mut self) {
        let diagnostics = self.reports.take_refresh_due();
        let stale = std::mem::take(&mut self.hints_are_stale);
        let hints = stale && self.state.session().client.inlay_hint_refresh;
        if !diagnostics && !hints {
            return;
        }
        let client = self.client.clone();
        self.runtime.spawn(async move {
            if diagnostics {
                client.refresh_diagnostics().await;
            }
            if hints {
                client.refresh_inlay_hints().await;
            }
        });
    }

    /// After the findings of an opened file: its project may use a previous version.
    fn ask_about_upgrade(&self, id: &str) {
        let (client, state) = (self.client.clone(), Arc::clone(&self.state));
        if std::env::var("SFORG_UPGRADE_PROMPT").as_deref() == Ok("off") {
            return;
        }
        let is_new = crate::lsp::project_work::project_file_of(&state, id)
            .is_some_and(|project| !state.asked_projects.contains(&project));
        if is_new {
            let id = id.to_owned();
            self.runtime.spawn(async move { upgrade_prompt::ask(&client, &state, &id).await });
        }
    }

    /// Closed files count when they are in the workspace, or govern files that are open.
    fn counts(&self, id: &str, snapshot: &Snapshot) -> bool {
        let governs = || {
            let folder = id.strip_suffix(FileKind::PROJECT_FILE_NAME).unwrap_or(id);
            snapshot.document().kind() == FileKind::Project
                && self.state.documents.ids().iter().any(|open| open.starts_with(folder))
        };
        matches!(snapshot, Snapshot::Open(_)) || self.is_in_workspace(id) || governs()
    }

    /// Whether the index has the file. Clients tell about files in `node_modules` too.
    fn is_in_workspace(&self, id: &str) -> bool {
        let Some(path) = path_of_id(id) else { return false };
        self.state.folders().iter().any(|folder| org_project::is_walked(folder, &path))
    }

    /// A project file above an opened file counts, also outside of the workspace's folders and
    /// before the index is complete.
    fn load_projects_above(&mut self, id: &str) {
        for folder in self.disk.unseen_folders(id, &self.state.folders()) {
            let file = org_project::id_of_path(&folder.join(FileKind::PROJECT_FILE_NAME));
            let is_known = self.state.with_workspace(|workspace| workspace.contains(&file));
            if file == id || (is_known && !self.disk.is_changed(&file, &self.state)) {
                continue;
            }
            let snapshot = self.state.snapshot(&file);
            if snapshot.is_none() && !is_known {
                continue;
            }
            let affected = self.state.update_workspace(|workspace| match &snapshot {
                Some(snapshot) => workspace.set(&file, snapshot.document()),
                None => workspace.remove(&file),
            });
            self.note_stale_hints(&affected);
            self.state.mark_all(affected);
            self.state.mark(file);
        }
    }

    /// Works a file's diagnostics out and tells them, or keeps them for a client that asks.
    fn look_at(&mut self, id: &str, snapshot: Option<&Snapshot>) {
        let Some(snapshot) = snapshot else {
            self.reports.forget(id);
            self.clear(id);
            return;
        };
        let diagnostics = diagnostics(&self.state, id, snapshot);
        if self.state.documents.opening(id) != snapshot.opening() {
            // A newer version is waiting; what was computed from this one is stale.
            return;
        }
        if self.state.session().client.pulls_diagnostics {
            let diagnostics = diagnostics.clone();
            self.reports.keep(id, snapshot.opening(), diagnostics);
        }
        if self.is_pulled(snapshot) {
            self.clear(id);
        } else {
            self.publish(id, snapshot, diagnostics);
        }
    }

    /// Whether the client asks for the file's diagnostics itself. Of closed files only those know
    /// that ask about the workspace: some ask about open documents alone, and are told the rest.
    fn is_pulled(&self, snapshot: &Snapshot) -> bool {
        let is_open = matches!(snapshot, Snapshot::Open(_));
        self.state.session().client.pulls_diagnostics
            && (is_open || self.reports.workspace_was_asked_for())
    }

    fn publish(&mut self, id: &str, snapshot: &Snapshot, diagnostics: Vec<lsp::Diagnostic>) {
        let hash = self.hasher.hash_one(format!("{:?}{diagnostics:?}", snapshot.opening()));
        if diagnostics.is_empty() && snapshot.version().is_none() {
            self.clear(id);
            return;
        }
        let told = Told { hash, uri: snapshot.uri().clone() };
        match self.published.insert(id.to_owned(), told) {
            // Under the other spelling of the URI the findings would stay for ever.
            Some(before) if before.uri != *snapshot.uri() => {
                self.send(before.uri, Vec::new(), None)
            }
            Some(before) if before.hash == hash => return,
            _ => {}
        }
        self.send(snapshot.uri().clone(), diagnostics, snapshot.version());
    }

    /// Takes back what the client was told about a file.
    fn clear(&mut self, id: &str) {
        if let Some(told) = self.published.remove(id) {
            self.send(told.uri, Vec::new(), None);
        }
    }

    fn answer(&mut self, pull: Pull) {
        match pull {
            // Cancelled.
            Pull::Document { answer, .. } if answer.is_closed() => {}
            Pull::Workspace { answer, .. } if answer.is_closed() => {}
            Pull::Document { id, previous, answer } => {
                let report = self.document_report(&id, previous.as_deref());
                // Nobody waits any more for what was cancelled meanwhile.
                let _ = answer.send(report);
            }
            Pull::Workspace { previous, answer } => {
                if self.reports.begin_with_workspace() {
                    for id in self.published.keys().cloned().collect::<Vec<_>>() {
                        self.clear(&id);
                    }
                }
                let _ = answer.send(self.reports.of_workspace(previous, &self.state));
            }
        }
    }

    fn document_report(
        &mut self,
        id: &str,
        previous: Option<&str>,
    ) -> lsp::DocumentDiagnosticReportResult {
        let opening = self.state.documents.opening(id);
        if let Some(report) = self.reports.of_document(id, opening, previous) {
            return report;
        }
        // A file that is not open, or one that was changed at this moment.
        let snapshot = self.state.snapshot(id);
        let diagnostics = snapshot.map(|snapshot| diagnostics(&self.state, id, &snapshot));
        self.reports.once(previous, diagnostics.unwrap_or_default())
    }

    fn send(&self, uri: lsp::Url, diagnostics: Vec<lsp::Diagnostic>, version: Option<i32>) {
        self.runtime.block_on(self.client.publish_diagnostics(uri, diagnostics, version));
    }
}

/// The diagnostics of a file.
pub fn diagnostics(state: &State, id: &str, snapshot: &Snapshot) -> Vec<lsp::Diagnostic> {
    let encoding = state.encoding();
    let converter = Converter { text: snapshot.text(), encoding };
    let document = Arc::clone(snapshot.document());
    let findings = state.ask(id, &document, org_ide::rules::check);
    let with_related = state.session().client.related_information;
    let related = |place: &Related| {
        if !with_related {
            return None;
        }
        if place.file == id {
            let range = converter.range(place.span);
            return Some(lsp::Location { uri: snapshot.uri().clone(), range });
        }
        location(state, place)
    };
    findings.iter().map(|finding| converter.diagnostic(finding, related)).collect()
}
