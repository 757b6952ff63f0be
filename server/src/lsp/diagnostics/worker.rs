//! Diagnostics: computed on a thread of their own, so that neither reading the client's messages
//! nor answering its requests waits for them. The thread is also the only writer to the index.

mod design_studio;
mod paths;
mod refresh;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use org_project::{Affected, FileIdentity, path_of_id};

use super::Diagnostics;
use super::listener::Listener;
use super::place::{Place, place};
use super::published::Published;
use super::pull::{Pull, Question};
use super::queue::Work;
use super::reports::Reports;
use crate::lsp::convert::uris::shown;
use crate::lsp::files::Files;
use crate::lsp::files::disk::{Disk, Look};
use crate::lsp::files::identities::Identities;
use crate::lsp::files::on_disk::{DiskReader, OnDisk};
use crate::lsp::files::place::{folder_of_project, governed_folder, is_folder, is_in_workspace};
use crate::lsp::files::snapshot::Snapshot;
use crate::projects::{FileChange, IndexWriter};
use crate::side_by_side::{in_order, pays};

/// Starts the thread. It ends with the process.
pub fn start(listener: impl Listener + 'static, diagnostics: Arc<Diagnostics>, index: IndexWriter) {
    let mut worker = Worker::new(listener, diagnostics, index);
    let thread = std::thread::Builder::new().name("diagnostics".to_owned()).spawn(move || {
        loop {
            let work = worker.diagnostics.queue.next();
            worker.do_or_put_back(work);
        }
    });
    if let Err(error) = thread {
        tracing::error!("no diagnostics: their thread cannot be started: {error}");
    }
}

/// What is under way. Whatever is in it when a round panics is put back.
#[derive(Default)]
struct Round {
    work: Work,
    /// Files that the changes of this round affect.
    affected: Affected,
    /// Files to look at again, whether this round has looked at them or not.
    again: Vec<String>,
    /// Closed files of this round that were read already, side by side.
    ahead: HashMap<String, OnDisk>,
    /// Folders that were looked at in this round, and their paths without links, where they are there.
    own_folders: HashMap<PathBuf, Option<PathBuf>>,
    /// The index is another than the one by which the files of this round were judged.
    index_has_changed: bool,
}

/// Works diagnostics out and tells them.
pub struct Worker<L> {
    listener: L,
    diagnostics: Arc<Diagnostics>,
    files: Arc<Files>,
    index: IndexWriter,
    round: Round,
    disk: Disk,
    identities: Identities,
    /// Documents that were open when they were looked at last.
    were_open: HashSet<String>,
    published: Published,
    reports: Reports,
    /// What open documents inherit has changed, and their hints show it.
    hints_are_stale: bool,
}

impl<L: Listener> Worker<L> {
    /// A worker that has seen nothing so far.
    pub fn new(listener: L, diagnostics: Arc<Diagnostics>, index: IndexWriter) -> Self {
        Self {
            listener,
            files: Arc::clone(&diagnostics.files),
            diagnostics,
            index,
            round: Round::default(),
            disk: Disk::default(),
            identities: Identities::default(),
            were_open: HashSet::new(),
            published: Published::default(),
            reports: Reports::default(),
            hints_are_stale: false,
        }
    }

    /// Does the work. When that panics, what is left of it waits again.
    pub fn do_or_put_back(&mut self, work: Work) {
        self.round = Round { work, ..Round::default() };
        let round = AssertUnwindSafe(|| self.round());
        if catch_unwind(round).is_ok() {
            return;
        }
        tracing::error!("computing diagnostics panicked; please report this with the log");
        // A project file above may have been found and not read.
        self.disk.forget_folders();
        let Round { work, affected, again, .. } = std::mem::take(&mut self.round);
        if let Some(given_up) = self.diagnostics.queue.put_back(work) {
            let name = shown(&given_up);
            tracing::error!("{name} is left without new findings until it changes");
        }
        self.diagnostics.queue_files(affected);
        self.diagnostics.queue_files(again);
        if self.index.is_broken() {
            // What the change would have affected is not known.
            self.diagnostics.queue_files(self.all_files());
        }
    }

    fn round(&mut self) {
        self.may_panic();
        if self.round.work.folders_changed {
            self.take_folders();
        }
        // Clients that watch nothing tell what is opened and saved, and that is when the disk is looked at.
        let untold = self.round.work.forget_folders && !self.files.session.client.watched_files;
        if self.round.work.forget_folders {
            self.disk.forget_folders();
        }
        if self.round.work.disk_changed || untold {
            self.look_behind_links();
        }
        for folder in std::mem::take(&mut self.round.work.gone_paths) {
            let below = self.files.with_workspace(|workspace| workspace.files_below(&folder));
            self.round.again.extend(below);
        }
        for folder in self.round.work.new_paths.clone() {
            self.look_below_new(&folder);
        }
        self.take_design_studio();
        self.index_wanted();
        self.read_open();
        self.read_ahead();
        let mut seen: Vec<(String, Option<Snapshot>)> = Vec::new();
        let mut files = self.round.work.files.clone().into_iter();
        while let Some(id) = files.next() {
            if self.files.documents.get(&id).is_some() || self.is_in_workspace(&id) {
                self.load_projects_above(&id);
            }
            let snapshot = self.index_file(&id);
            let can_wait = !matches!(snapshot, Some(Snapshot::Open(_)));
            seen.push((id, snapshot));
            // The rest of a round of closed files can wait. What is asked about is answered at its end.
            if can_wait
                && self.round.work.pulls.is_empty()
                && self.diagnostics.queue.is_open_waiting()
            {
                self.round.again.extend(files.by_ref());
            }
        }
        self.round.ahead.clear();
        self.refresh(&seen);
        if !seen.is_empty() {
            self.files.orgs_changed.notify_one();
        }
        // Other clients tell when a folder comes, but not always what is in it.
        if untold || self.round.work.new_paths.iter().any(|id| is_folder(&self.files, id)) {
            self.diagnostics.look_at_disk(self.disk.design_studio_projects());
        }
        self.take_looks();
        while !self.round.work.pulls.is_empty() {
            let pull = self.round.work.pulls.remove(0);
            self.answer(pull);
        }
        self.follow_links();
        let Round { affected, again, .. } = std::mem::take(&mut self.round);
        self.diagnostics.queue_files(affected);
        self.diagnostics.queue_files(again);
        if self.diagnostics.queue.is_empty() {
            self.ask_to_refresh();
        }
    }

    /// The workspace has other folders: any file may count no longer, or belong to another project.
    fn take_folders(&mut self) {
        let folders = self.files.folders();
        let roots = folders.iter().map(|folder| org_project::id_of_path(folder)).collect();
        let affected = self.index.apply(FileChange::Folders(roots));
        self.round.affected.extend(affected);
        self.diagnostics.kept().projects.clear();
        self.disk.forget_folders();
        let all = self.all_files();
        self.round.again.extend(all);
        self.read_all_design_studio();
    }

    /// All files that the index or the client knows.
    fn all_files(&self) -> Vec<String> {
        let mut all = self.files.indexed();
        all.extend(self.files.documents.ids());
        all.extend(self.published.files().map(str::to_owned));
        all.extend(self.reports.files().map(str::to_owned));
        all
    }

    /// Takes into the index what somebody waits for.
    fn index_wanted(&mut self) {
        for id in self.round.work.wanted.clone() {
            if self.files.with_workspace(|workspace| workspace.contains(&id)) {
                continue;
            }
            // Its findings come later; it is not forgotten when looking at it panics.
            self.round.again.push(id.clone());
            self.index_file(&id);
        }
        self.round.work.wanted.clear();
        for known in self.round.work.known.drain(..) {
            // Whoever does not wait any more need not know.
            let _ = known.send(());
        }
    }

    /// Whether a file is one of the workspace's, as was seen when it was read.
    fn is_in_workspace(&self, id: &str) -> bool {
        let ahead = self.round.ahead.get(id);
        ahead.map_or_else(|| is_in_workspace(&self.files, id), |read| read.is_in_workspace)
    }

    /// Brings a file of the index up to date. What is reported of it, if anything.
    fn index_file(&mut self, id: &str) -> Option<Snapshot> {
        let ahead = self.round.ahead.remove(id);
        let Look { snapshot, identity, is_in_workspace } = self.disk.read(id, &self.files, ahead);
        self.may_panic();
        let is_open = matches!(snapshot, Some(Snapshot::Open(_)));
        let place = snapshot.as_ref().map_or(Place::Nowhere, |snapshot| {
            place(&self.diagnostics, id, snapshot, is_in_workspace)
        });
        let is_new = is_open && !self.were_open.contains(id);
        if place == Place::Nowhere || is_new || (is_open && self.round.work.forget_folders) {
            let elsewhere = self.changed_by_its_own_path(id);
            self.round.again.extend(elsewhere);
        }
        let snapshot = snapshot.filter(|_| place != Place::Nowhere);
        self.note_opening(id, snapshot.as_ref().filter(|_| is_open));
        let identity = identity.filter(|_| snapshot.is_some());
        let identity_of = |id: &str| FileIdentity::of(&path_of_id(id)?);
        let documents = &self.files.documents;
        let stale = RefCell::new(Vec::new());
        let seen = self.identities.see(id, identity.as_ref(), |path| {
            let is_open = documents.get(path).is_some();
            // A link may lead elsewhere since the document was looked at.
            let is_stale = is_open && path != id && identity_of(path) != identity;
            stale.borrow_mut().extend(is_stale.then(|| path.to_owned()));
            is_open && !is_stale
        });
        self.round.again.extend(seen.again);
        self.round.again.extend(stale.into_inner());
        let snapshot = snapshot.filter(|_| !seen.is_hidden);
        self.may_panic();
        let affected = self.index.apply(match &snapshot {
            Some(snapshot) => FileChange::Content {
                id,
                document: snapshot.document(),
                identity: identity.as_ref(),
            },
            None => FileChange::Gone { id },
        });
        self.note_stale_hints(&affected);
        self.round.affected.extend(affected);
        snapshot.filter(|_| place == Place::Reported)
    }

    /// Outside of the workspace, what is open makes other files count: a project file above it, and
    /// what an open project file governs.
    fn note_opening(&mut self, id: &str, open: Option<&Snapshot>) {
        let is_new = open.is_some() && self.were_open.insert(id.to_owned());
        let is_over = open.is_none() && self.were_open.remove(id);
        if !is_new && !is_over {
            return;
        }
        if is_over {
            let project_files = self.files.with_workspace(|workspace| {
                let above = |file: &String| id.starts_with(folder_of_project(file));
                workspace.project_files().filter(above).collect::<Vec<_>>()
            });
            self.round.again.extend(project_files);
        }
        let Some(folder) = governed_folder(id).filter(|_| !is_in_workspace(&self.files, id)) else {
            return;
        };
        if is_new {
            self.listener.walk(PathBuf::from(folder));
        } else {
            self.diagnostics.kept().projects.remove(id);
            let below = self.files.with_workspace(|workspace| workspace.files_below(folder));
            self.round.again.extend(below);
        }
    }

    /// Makes the trees of many open files side by side. The index takes them one after the other. A single file may
    /// change before that, and then its tree was made in vain.
    fn read_open(&self) {
        if !pays(self.round.work.files.len()) {
            return;
        }
        let open = self.round.work.files.iter().filter_map(|id| self.files.documents.get(id));
        let open: Vec<_> = open.collect();
        in_order(&open, |open| drop(Arc::clone(open.document())), |all| all.for_each(drop));
    }

    /// Reads many closed files side by side, unless an open one waits. The index takes them one after the other.
    fn read_ahead(&mut self) {
        let documents = &self.files.documents;
        let closed = self.round.work.files.iter().filter(|id| documents.get(id).is_none());
        let closed: Vec<&String> = closed.collect();
        if !pays(closed.len()) {
            return;
        }
        let reader = DiskReader::new(&self.files);
        let (queue, ahead) = (&self.diagnostics.queue, &mut self.round.ahead);
        in_order(
            &closed,
            |id| reader.read(id),
            |all| {
                let wanted = all.take_while(|_| !queue.is_open_waiting());
                let read = closed.iter().zip(wanted);
                ahead.extend(read.filter_map(|(id, on_disk)| Some(((*id).clone(), on_disk?))));
            },
        );
    }

    /// A place where tests see that a panic loses nothing.
    fn may_panic(&self) {
        #[cfg(debug_assertions)]
        self.diagnostics.fault.strike();
    }

    fn answer(&mut self, pull: Pull) {
        if pull.reply.is_cancelled() {
            return;
        }
        match pull.question {
            Question::Document { id, previous } => {
                let report = self.reports.of_document(&self.files, &id, previous.as_deref());
                pull.reply.send(&report);
            }
            Question::Workspace { previous } => {
                if self.reports.begin_with_workspace() {
                    self.published.clear_all(&mut self.listener);
                }
                pull.reply.send(&self.reports.of_workspace(previous, &self.files));
            }
        }
    }

    /// Another file changed what open documents inherit.
    fn note_stale_hints(&mut self, affected: &Affected) {
        self.hints_are_stale |= affected.iter().any(|id| self.files.documents.get(id).is_some());
    }

    /// Asks the client to ask again for what is no longer as it was told.
    fn ask_to_refresh(&mut self) {
        let diagnostics = self.reports.take_refresh_due();
        let stale = std::mem::take(&mut self.hints_are_stale);
        let hints = stale && self.files.session.client.inlay_hint_refresh;
        if diagnostics || hints {
            self.listener.refresh(diagnostics, hints);
        }
    }
}
