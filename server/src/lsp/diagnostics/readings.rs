//! Design Studio projects that have to be read, and the thread that reads them: one after the other, so that
//! what was read last is what is told last, and neither open files nor questions wait for it.
//!
//! A project that changes while it is read is read once more. What is read goes to the diagnostics thread.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use org_ide::FileKind;
use org_project::{
    DesignStudioPlace, DesignStudioProject, DesignStudioStamp, Workspace, design_studio_file,
    in_archive, path_of_id,
};
use org_sources::design_studio::ProjectFile;

use super::{Diagnostics, background};
use crate::lsp::files::Files;
use crate::lsp::files::place::is_in_workspace;

/// Projects that have to be read, by the identifier of their folder or Jitterpak.
#[derive(Debug, Default)]
pub struct Readings {
    unread: Mutex<Unread>,
    some: Condvar,
}

#[derive(Debug, Default)]
struct Unread {
    /// Those with a file that has just been opened.
    first: BTreeSet<String>,
    others: BTreeSet<String>,
    /// Those that were read, or are being read, and that the index does not have; with how often.
    untaken: BTreeMap<String, usize>,
}

/// What is in a folder or Jitterpak that may be a Design Studio project.
#[derive(Debug)]
pub struct Reading {
    /// The folder or Jitterpak.
    pub target: String,
    /// How it looked before it was read.
    pub stamp: Option<DesignStudioStamp>,
    /// The project; else why there is none, in words that end a sentence.
    pub outcome: Result<DesignStudioProject, String>,
}

impl Readings {
    fn lock(&self) -> MutexGuard<'_, Unread> {
        self.unread.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for a project to read.
    fn next(&self) -> String {
        let mut unread = self.lock();
        loop {
            if let Some(target) = unread.pop() {
                return target;
            }
            unread = self.some.wait(unread).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The next project, for tests that decide themselves when it is read.
    #[cfg(test)]
    pub fn try_next(&self) -> Option<String> {
        self.lock().pop()
    }

    /// The index has what was read of a project.
    pub fn taken(&self, target: &str) {
        let mut unread = self.lock();
        if let Some(count) = unread.untaken.get_mut(target) {
            *count -= 1;
            if *count == 0 {
                unread.untaken.remove(target);
            }
        }
    }

    /// Projects around a path or below it that the index does not have as they were read.
    fn untaken_at(&self, path: &str) -> Vec<String> {
        let is_below = |file: &str, folder: &str| {
            file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let unread = self.lock();
        let touched = |target: &&String| is_below(target, path) || is_below(path, target);
        unread.untaken.keys().filter(touched).cloned().collect()
    }

    /// Whether no project has to be read, for tests.
    #[cfg(test)]
    pub fn is_empty(&self) -> bool {
        let unread = self.lock();
        unread.first.is_empty() && unread.others.is_empty()
    }
}

impl Unread {
    fn pop(&mut self) -> Option<String> {
        let target = self.first.pop_first().or_else(|| self.others.pop_first())?;
        *self.untaken.entry(target.clone()).or_insert(0) += 1;
        Some(target)
    }
}

impl Diagnostics {
    /// These projects have to be read (again).
    pub fn read_design_studio(&self, targets: impl IntoIterator<Item = String>) {
        let mut unread = self.readings.lock();
        for target in targets {
            if !unread.first.contains(&target) && unread.others.insert(target) {
                self.queue.walk_started();
            }
        }
        self.readings.some.notify_one();
    }

    /// A file was opened that may be one of Design Studio. A project that is in the workspace and known is as it
    /// was told; of any other nobody tells.
    pub fn opened_design_studio(&self, id: &str) {
        let Some((root, _)) = design_studio_file(id) else { return };
        let is_known =
            self.files.with_workspace(|workspace| workspace.design_studio_of(id).is_some());
        if is_known && is_in_workspace(&self.files, id) {
            return;
        }
        let mut unread = self.readings.lock();
        if !unread.others.remove(root) && !unread.first.contains(root) {
            self.queue.walk_started();
        }
        unread.first.insert(root.to_owned());
        self.readings.some.notify_one();
    }

    /// Something is told about a file of a Design Studio project, by its path alone. Another text of an org
    /// is looked at by itself.
    pub fn design_studio_changed(&self, id: &str) {
        if let Some((root, file)) = design_studio_file(id) {
            let is_org_of_a_known_project = file == ProjectFile::Org
                && self.files.with_workspace(|it| it.design_studio_of(id).is_some());
            if !is_org_of_a_known_project {
                self.read_design_studio([root.to_owned()]);
            }
        } else {
            let touched = |workspace: &Workspace| workspace.design_studio_touched_by(id);
            let touched = self.files.with_workspace(touched);
            self.read_design_studio(touched.into_iter().chain(self.readings.untaken_at(id)));
        }
    }
}

/// Starts the thread. It ends with the process.
pub fn start(diagnostics: Arc<Diagnostics>) {
    let thread = background::start("design-studio", move || {
        loop {
            let target = diagnostics.readings.next();
            read(&diagnostics, target, &|| diagnostics.queue.let_open_go_first());
        }
    });
    if let Err(error) = thread {
        tracing::error!("Design Studio's files are not read: {error}");
    }
}

/// Reads a project, and tells the diagnostics thread. `give_way` waits while others go first.
pub fn read(diagnostics: &Diagnostics, target: String, give_way: &dyn Fn()) {
    let look = AssertUnwindSafe(|| look(&diagnostics.files, &target, give_way));
    let (stamp, outcome) = catch_unwind(look).unwrap_or_else(|_| {
        tracing::error!(
            "reading a Design Studio project panicked; please report this with the log"
        );
        (None, Err("sforg fails to read it; please report this".to_owned()))
    });
    diagnostics.queue.design_studio_read(Reading { target, stamp, outcome });
}

fn look(
    files: &Files,
    target: &str,
    give_way: &dyn Fn(),
) -> (Option<DesignStudioStamp>, Result<DesignStudioProject, String>) {
    give_way();
    let place = path_of_id(target).map(DesignStudioPlace::at);
    let stamp = place.as_ref().map(DesignStudioPlace::stamp);
    let outcome = match boundary(files, target) {
        Some(boundary) => org_project::read_linked(target, &boundary, give_way),
        None => Err("it is outside of the workspace".to_owned()),
    };
    if let (Some(DesignStudioPlace::Jitterpak(path)), Err(why)) = (&place, &outcome)
        && org_files::is_there(path)
    {
        // A project file that is linked to it says so itself; of any other there is no place that could.
        tracing::warn!("{} cannot be read: {why}", path.display());
    }
    (stamp, outcome)
}

/// The folder out of which nothing leads while a project is read: the one of the workspace that it is in, or
/// of the file that is open, or else the one of the project file that names it.
fn boundary(files: &Files, target: &str) -> Option<PathBuf> {
    let path = path_of_id(target)?;
    let folders = files.folders();
    let is_opened = || {
        let is_of_it = |id: &String| design_studio_file(id).is_some_and(|(root, _)| root == target);
        files.documents.ids().iter().any(is_of_it)
    };
    if folders.iter().any(|folder| path.starts_with(folder)) || is_opened() {
        return Some(org_project::root_of(&path.join(ProjectFile::PROJECT_XML), &folders));
    }
    let linking = files.with_workspace(Workspace::link_targets);
    let linking = linking.into_iter().filter(|(_, linked)| linked == target);
    let boundaries =
        linking.filter_map(|(file, _)| Some(org_project::root_of(&path_of_id(&file)?, &folders)));
    boundaries.into_iter().find(|boundary| path.starts_with(boundary))
}

/// The files of a project that have findings and are no text. A client can show none of a Jitterpak.
pub fn unreadable_files(read: &DesignStudioProject) -> Vec<String> {
    if in_archive(&format!("{}/", read.root)).is_some() {
        return Vec::new();
    }
    let files = read.project.unreadable.iter().map(|file| &file.path);
    let with_findings = files.filter(|path| FileKind::of_design_studio_path(path).is_some());
    with_findings.map(|path| format!("{}/{path}", read.root)).collect()
}
