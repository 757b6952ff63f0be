//! What the diagnostics thread has to do: which files have to be looked at again, and what others
//! wait for.
//!
//! Nothing that was put in here is lost: what a round has taken and not finished comes back.

mod arrivals;

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use arrivals::Arrivals;
use tokio::sync::oneshot;

use super::pull::{Pull, Question};
use super::readings::Reading;
use crate::lsp::files::disk::Seen;
use crate::lsp::files::documents::Documents;

/// So many closed files are looked at before open ones are asked for again.
const CLOSED_AT_ONCE: usize = 64;
/// So many open files are looked at in one round; the trees of all of them are kept until its end.
const OPEN_AT_ONCE: usize = 64;
/// So often a file is looked at alone after a panic, until it changes.
const ATTEMPTS: u8 = 3;
/// So long a session that begins leaves the processor to a file that the client opens at once, as most do.
const OPENED_AT_ONCE: Duration = Duration::from_millis(50);

/// Files that have to be looked at again; those that are open come first.
#[derive(Debug, Default)]
pub struct DiagnosticsQueue {
    waiting: Mutex<Waiting>,
    some: Condvar,
    /// Told when no open file waits any more.
    open_done: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    open: Arrivals,
    closed: BTreeSet<String>,
    /// A round with open files, or with questions about documents, has been taken and is not over.
    open_under_way: bool,
    /// Until then a first file may be opened.
    open_expected: Option<Instant>,
    /// Files of a round that panicked. Each comes alone, so that the one that panics takes no other
    /// with it; with how often it was tried alone.
    suspects: VecDeque<(String, u8)>,
    /// The folders of the workspace are others.
    folders_changed: bool,
    /// Project files may have come or gone, also in folders where none was.
    forget_folders: bool,
    /// Something has happened on the disk.
    disk_changed: bool,
    /// Paths that came, and that may be folders with org files in them.
    new_paths: Vec<String>,
    /// Paths that went, and that may have been such folders.
    gone_paths: Vec<String>,
    /// Files that the index must have before somebody goes on.
    wanted: VecDeque<Wanted>,
    /// Design Studio projects that were read, the last one last.
    read: Vec<Reading>,
    /// What was seen on the disk.
    looked: Vec<Seen>,
    /// Questions of the client about documents, in their order, each with how many open files have to be taken
    /// until those are that came before it.
    document_pulls: VecDeque<(u64, Pull)>,
    /// Questions of the client about the workspace, in their order.
    workspace_pulls: Vec<Pull>,
    /// Folders that are being walked, projects that are being read and looks at the disk: files are still to come.
    unfinished_walks: usize,
    /// Rounds in a row that panicked without a file to suspect.
    failed_rounds: u8,
}

/// Files that somebody waits for.
#[derive(Debug)]
struct Wanted {
    files: VecDeque<String>,
    known: oneshot::Sender<()>,
}

/// What is to be done next. What is left in it when a round panics comes back.
#[derive(Debug, Default)]
pub struct Work {
    /// Files to look at.
    pub files: Vec<String>,
    /// How often the one file was tried alone.
    attempts: u8,
    /// Files that the index must have.
    pub wanted: Vec<String>,
    /// Who waits for that.
    pub known: Vec<oneshot::Sender<()>>,
    /// The folders of the workspace are others.
    pub folders_changed: bool,
    /// Folders that had no project file may have one now.
    pub forget_folders: bool,
    /// Something has happened on the disk: what a link leads to may be another file.
    pub disk_changed: bool,
    /// Paths that came, and that may be folders.
    pub new_paths: Vec<String>,
    /// Paths that went, and that may have been folders.
    pub gone_paths: Vec<String>,
    /// A Design Studio project that was read; after a panic there may be more, the last one last.
    pub read: VecDeque<Reading>,
    /// What was seen on the disk.
    pub looked: Vec<Seen>,
    /// Questions of the client, to be answered when the files were looked at.
    pub pulls: Vec<Pull>,
}

impl DiagnosticsQueue {
    /// Files have changed.
    pub fn add(&self, ids: impl IntoIterator<Item = String>, documents: &Documents) {
        let mut waiting = self.lock();
        for id in ids {
            if documents.get(&id).is_some() {
                waiting.open.add(id);
            } else {
                waiting.closed.insert(id);
            }
        }
        self.some.notify_one();
    }

    /// The folders of the workspace are others.
    pub fn folders_changed(&self) {
        self.lock().folders_changed = true;
        self.some.notify_one();
    }

    /// Folders that had no project file may have one now.
    pub fn forget_folders(&self) {
        self.lock().forget_folders = true;
    }

    /// The client tells that something has happened on the disk.
    pub fn disk_changed(&self) {
        let mut waiting = self.lock();
        waiting.forget_folders = true;
        waiting.disk_changed = true;
    }

    /// Paths came that may be folders.
    pub fn new_paths(&self, ids: Vec<String>) {
        self.lock().new_paths.extend(ids);
        self.some.notify_one();
    }

    /// Paths went that may have been folders.
    pub fn gone_paths(&self, ids: Vec<String>) {
        self.lock().gone_paths.extend(ids);
        self.some.notify_one();
    }

    /// Resolves when the index has these files, and every change of an open file before this call.
    pub fn want(&self, ids: Vec<String>) -> oneshot::Receiver<()> {
        let (known, all_known) = oneshot::channel();
        self.lock().wanted.push_back(Wanted { files: ids.into(), known });
        self.some.notify_one();
        all_known
    }

    /// A folder is being walked: its files are added before [`DiagnosticsQueue::walk_ended`].
    pub fn walk_started(&self) {
        self.lock().unfinished_walks += 1;
    }

    /// The walk has ended.
    pub fn walk_ended(&self) {
        self.lock().unfinished_walks -= 1;
        self.some.notify_one();
    }

    /// A project that somebody wanted is read (see [`super::readings`]).
    pub fn design_studio_read(&self, reading: Reading) {
        let mut waiting = self.lock();
        waiting.read.push(reading);
        waiting.unfinished_walks -= 1;
        self.some.notify_one();
    }

    /// Somebody has looked at the disk.
    pub fn looked(&self, seen: Seen) {
        let mut waiting = self.lock();
        waiting.looked.push(seen);
        waiting.unfinished_walks -= 1;
        self.some.notify_one();
    }

    /// The client asks for diagnostics.
    pub fn pull(&self, pull: Pull) {
        let mut waiting = self.lock();
        match pull.question {
            Question::Document { .. } => {
                let behind = waiting.open.end();
                waiting.document_pulls.push_back((behind, pull));
            }
            Question::Workspace { .. } => waiting.workspace_pulls.push(pull),
        }
        self.some.notify_one();
    }

    /// A session begins: files that the client opens at once come before all others.
    pub fn expect_open(&self) {
        self.lock().open_expected = Some(Instant::now() + OPENED_AT_ONCE);
    }

    /// Waits while open files wait for their findings. For threads that read in the background: what they find
    /// can wait, and on few processors they would be in the way of those.
    pub fn let_open_go_first(&self) {
        let mut waiting = self.lock();
        loop {
            let expected =
                waiting.open_expected.and_then(|end| end.checked_duration_since(Instant::now()));
            waiting = match expected {
                _ if waiting.has_open() => {
                    self.open_done.wait(waiting).unwrap_or_else(PoisonError::into_inner)
                }
                Some(left) => {
                    let woken = self.open_done.wait_timeout(waiting, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => return,
            };
        }
    }

    /// Whether an open file waits for a round to begin.
    pub fn is_open_waiting(&self) -> bool {
        !self.lock().open.is_empty()
    }

    /// Whether no file is left to look at.
    pub fn is_empty(&self) -> bool {
        self.lock().is_empty()
    }

    /// Waits for work. What was taken before is done.
    pub fn next(&self) -> Work {
        let mut waiting = self.lock();
        if std::mem::take(&mut waiting.open_under_way) {
            waiting.open_expected = None;
        }
        loop {
            if let Some(work) = waiting.work() {
                if !waiting.has_open() {
                    self.open_done.notify_all();
                }
                return work;
            }
            self.open_done.notify_all();
            waiting = self.some.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The work that is there, for tests that decide themselves when a round begins.
    #[cfg(test)]
    pub fn try_next(&self) -> Option<Work> {
        self.lock().work()
    }

    /// Takes back what a round has not finished because it panicked. The file that panics alone time
    /// and again is given up, and named, until it changes.
    pub fn put_back(&self, work: Work) -> Option<String> {
        let mut waiting = self.lock();
        waiting.folders_changed |= work.folders_changed;
        waiting.forget_folders |= work.forget_folders;
        waiting.disk_changed |= work.disk_changed;
        waiting.gone_paths.extend(work.gone_paths);
        for pull in work.pulls.into_iter().rev() {
            match pull.question {
                // The files that it waited for have been taken.
                Question::Document { .. } => waiting.document_pulls.push_front((0, pull)),
                Question::Workspace { .. } => waiting.workspace_pulls.insert(0, pull),
            }
        }
        waiting.read.splice(0..0, work.read);
        waiting.looked.splice(0..0, work.looked);
        for known in work.known.into_iter().rev() {
            waiting.wanted.push_front(Wanted { files: VecDeque::new(), known });
        }
        let is_alone = work.files.len() + work.wanted.len() == 1;
        let attempts = if is_alone { work.attempts + 1 } else { 0 };
        let mut suspects: Vec<String> = work.wanted;
        suspects.extend(work.files);
        let given_up = if attempts >= ATTEMPTS { suspects.pop() } else { None };
        if suspects.is_empty() && given_up.is_none() {
            waiting.failed_rounds += 1;
        }
        if waiting.failed_rounds < ATTEMPTS {
            waiting.new_paths.extend(work.new_paths);
        } else {
            waiting.failed_rounds = 0;
        }
        waiting.suspects.extend(suspects.into_iter().map(|id| (id, attempts)));
        self.some.notify_one();
        given_up
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn is_empty(&self) -> bool {
        self.open.is_empty()
            && self.closed.is_empty()
            && self.suspects.is_empty()
            && self.new_paths.is_empty()
            && self.gone_paths.is_empty()
            && self.read.is_empty()
            && self.looked.is_empty()
            && !self.folders_changed
    }

    /// Whether an open file waits for its findings, or somebody for those of a document.
    fn has_open(&self) -> bool {
        self.open_under_way || !self.open.is_empty() || !self.document_pulls.is_empty()
    }

    /// Open files come alone, each question about a document with the last of those that were there before it; else
    /// what somebody waits for, or some of the closed files; questions about the workspace when nothing else is left.
    fn work(&mut self) -> Option<Work> {
        let mut work = Work::default();
        if let Some((id, attempts)) = self.suspects.pop_front() {
            work.files.push(id);
            work.attempts = attempts;
        } else if !self.open.is_empty() || !self.document_pulls.is_empty() {
            self.open_under_way = true;
            work.files = std::iter::from_fn(|| self.open.take()).take(OPEN_AT_ONCE).collect();
            let taken = self.open.taken;
            let ripe = self.document_pulls.iter().take_while(|(behind, _)| *behind <= taken);
            let ripe = ripe.count();
            work.pulls = self.document_pulls.drain(..ripe).map(|(_, pull)| pull).collect();
        } else if let Some(wanted) = self.wanted.front_mut() {
            let some = wanted.files.len().min(CLOSED_AT_ONCE);
            work.wanted = wanted.files.drain(..some).collect();
            if wanted.files.is_empty() {
                work.known.extend(self.wanted.pop_front().map(|wanted| wanted.known));
            }
        } else {
            work.new_paths = std::mem::take(&mut self.new_paths);
            work.read = self.read.drain(..self.read.len().min(1)).collect();
            work.looked = std::mem::take(&mut self.looked);
            while work.files.len() < CLOSED_AT_ONCE {
                let Some(id) = self.closed.pop_first() else { break };
                work.files.push(id);
            }
            if self.is_empty()
                && work.files.is_empty()
                && work.new_paths.is_empty()
                && work.read.is_empty()
                && work.looked.is_empty()
                && self.unfinished_walks == 0
            {
                work.pulls = std::mem::take(&mut self.workspace_pulls);
            }
        }
        let is_nothing = work.files.is_empty()
            && work.wanted.is_empty()
            && work.known.is_empty()
            && work.new_paths.is_empty()
            && work.read.is_empty()
            && work.looked.is_empty()
            && work.pulls.is_empty();
        if is_nothing && !self.folders_changed && self.gone_paths.is_empty() {
            return None;
        }
        work.gone_paths = std::mem::take(&mut self.gone_paths);
        work.folders_changed = std::mem::take(&mut self.folders_changed);
        work.forget_folders = std::mem::take(&mut self.forget_folders);
        work.disk_changed = std::mem::take(&mut self.disk_changed);
        Some(work)
    }
}

#[cfg(test)]
mod tests;
