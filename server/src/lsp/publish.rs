//! Diagnostics: computed on a thread of their own, so that neither reading the client's messages
//! nor answering its requests waits for them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use lsp_types as lsp;
use org_ide::{FileKind, Related};
use tokio::runtime::Handle;
use tower_lsp::Client;

use super::locations::location;
use super::state::{Snapshot, State};
use super::to_proto::Converter;
use super::upgrade_prompt;
use super::uris::path_of_id;

/// Starts the thread. It ends with the process.
pub fn start(client: Client, state: Arc<State>) {
    let runtime = Handle::current();
    let mut publisher = Publisher {
        client,
        state,
        runtime,
        seen_folders: HashSet::new(),
        stamps: HashMap::new(),
        published: HashMap::new(),
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

/// When a file was changed last, and its length in bytes; nothing while there is no file.
type Stamp = Option<(SystemTime, u64)>;

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
    /// Folders in which a project file was looked for.
    seen_folders: HashSet<PathBuf>,
    /// Closed files as they were when they were read.
    stamps: HashMap<String, Stamp>,
    /// What the client was told last, by file; only of files with findings.
    published: HashMap<String, Told>,
    hasher: RandomState,
}

impl Publisher {
    fn round(&mut self) {
        let (batch, forget_folders) = self.state.dirty.next();
        if forget_folders {
            self.seen_folders.clear();
        }
        let mut todo: Vec<(String, Option<Snapshot>)> = Vec::with_capacity(batch.len());
        let mut affected = BTreeSet::new();
        for id in batch {
            if self.state.documents.get(&id).is_some() || self.is_in_workspace(&id) {
                self.load_projects_above(&id);
            }
            let stamp = stamp_of(&id);
            let snapshot = self.state.snapshot(&id).filter(|snapshot| self.counts(&id, snapshot));
            match &snapshot {
                Some(Snapshot::OnDisk { .. }) => self.stamps.insert(id.clone(), stamp),
                _ => self.stamps.remove(&id),
            };
            affected.extend(self.state.update_workspace(|workspace| match &snapshot {
                Some(snapshot) => workspace.set(&id, snapshot.document()),
                None => workspace.remove(&id),
            }));
            todo.push((id, snapshot));
        }
        for (id, snapshot) in &todo {
            affected.remove(id);
            self.publish(id, snapshot.as_ref());
            if matches!(snapshot, Some(Snapshot::Open(_))) {
                self.ask_about_upgrade(id);
            }
        }
        self.state.mark_all(affected);
        if forget_folders && !self.state.session().client.watched_files {
            self.look_at_the_disk();
        }
    }

    /// Marks the closed files that are not as they were read. Clients that watch nothing tell what
    /// is opened and saved, and that is when this is done.
    fn look_at_the_disk(&self) {
        let mut gone: HashSet<String> = self.stamps.keys().cloned().collect();
        let mut changed = Vec::new();
        for folder in self.state.folders() {
            for file in org_project::walk(&folder).files {
                let id = org_project::id_of_path(&file);
                gone.remove(&id);
                if self.is_changed(&id) {
                    changed.push(id);
                }
            }
        }
        changed.extend(gone.into_iter().filter(|id| self.is_changed(id)));
        self.state.mark_all(changed);
    }

    /// Whether a closed file is not as it was read, or was not read.
    fn is_changed(&self, id: &str) -> bool {
        self.state.documents.get(id).is_none() && self.stamps.get(id) != Some(&stamp_of(id))
    }

    /// After the findings of an opened file: its project may use a previous version.
    fn ask_about_upgrade(&self, id: &str) {
        let (client, state) = (self.client.clone(), Arc::clone(&self.state));
        if std::env::var("SFORG_UPGRADE_PROMPT").as_deref() == Ok("off") {
            return;
        }
        let is_new = super::project_work::project_file_of(&state, id)
            .is_some_and(|project| !state.asked_projects.contains(&project));
        if is_new {
            let id = id.to_owned();
            self.runtime.spawn(async move { upgrade_prompt::ask(&client, &state, &id).await });
        }
    }

    /// Closed files count when they are in the workspace, or govern files that are open.
    fn counts(&self, id: &str, snapshot: &Snapshot) -> bool {
        let governs = || {
            snapshot.document().kind() == FileKind::Project
                && self.state.with_workspace(|workspace| workspace.contains(id))
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
        let Some(path) = path_of_id(id) else { return };
        for folder in path.parent().into_iter().flat_map(Path::ancestors) {
            if !self.seen_folders.insert(folder.to_owned()) {
                return;
            }
            let file = org_project::id_of_path(&folder.join(FileKind::PROJECT_FILE_NAME));
            let is_known = self.state.with_workspace(|workspace| workspace.contains(&file));
            if file == id || (is_known && !self.is_changed(&file)) {
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
            self.state.mark_all(affected);
            self.state.mark(file);
        }
    }

    fn publish(&mut self, id: &str, snapshot: Option<&Snapshot>) {
        let Some(snapshot) = snapshot else {
            self.clear(id);
            return;
        };
        let diagnostics = diagnostics(&self.state, id, snapshot);
        let newest = self.state.documents.get(id).map(|open| (open.opening, open.version));
        let own = match snapshot {
            Snapshot::Open(open) => Some((open.opening, open.version)),
            Snapshot::OnDisk { .. } => None,
        };
        if newest != own {
            // A newer version is waiting; what was computed from this one is stale.
            return;
        }
        let hash = self.hasher.hash_one(format!("{own:?}{diagnostics:?}"));
        if diagnostics.is_empty() && own.is_none() {
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

    fn send(&self, uri: lsp::Url, diagnostics: Vec<lsp::Diagnostic>, version: Option<i32>) {
        self.runtime.block_on(self.client.publish_diagnostics(uri, diagnostics, version));
    }
}

fn stamp_of(id: &str) -> Stamp {
    let file = path_of_id(id)?.metadata().ok()?;
    Some((file.modified().ok()?, file.len()))
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
