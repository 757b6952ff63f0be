//! Design Studio projects: what was read of them, and which have to be read.

use std::collections::BTreeSet;

use org_project::Workspace;

use super::Worker;
use crate::lsp::diagnostics::listener::Listener;
use crate::lsp::diagnostics::readings::{Reading, unreadable_files};
use crate::projects::FileChange;

impl<L: Listener> Worker<L> {
    /// Takes what was read into the index. What depends on it is looked at again.
    pub(super) fn take_design_studio(&mut self) {
        loop {
            self.may_panic();
            let Some(reading) = self.round.work.read.pop_front() else { return };
            self.take_reading(reading);
        }
    }

    fn take_reading(&mut self, reading: Reading) {
        let Reading { target, stamp, outcome } = reading;
        self.disk.design_studio_read(&target, stamp);
        let is_linked = || {
            let links = self.files.with_workspace(Workspace::link_targets);
            links.iter().any(|(_, linked)| *linked == target)
        };
        let affected = match &outcome {
            Ok(read) => {
                for (below, error) in &read.problems {
                    tracing::warn!("{}/{below} cannot be read: {error}", read.root);
                }
                self.round.again.extend(unreadable_files(read));
                self.index
                    .apply(FileChange::DesignStudio { root: &read.root, project: &read.project })
            }
            Err(why) if is_linked() => {
                self.index.apply(FileChange::DesignStudioUnreadable { target: &target, why })
            }
            Err(_) => self.index.apply(FileChange::DesignStudioGone { target: &target }),
        };
        self.diagnostics.readings.taken(&target);
        // An open file need not be on the disk.
        let is_of_it = |id: &String| {
            org_project::design_studio_file(id).is_some_and(|(root, _)| root == target)
        };
        self.round.again.extend(self.files.documents.ids().into_iter().filter(is_of_it));
        self.note_stale_hints(&affected);
        self.round.affected.extend(affected);
    }

    /// Project files may name Design Studio projects that nobody has read.
    pub(super) fn follow_links(&self) {
        let unread = self.files.with_workspace(Workspace::unread_links);
        self.diagnostics.read_design_studio(unread.into_iter().map(|(_, target)| target));
    }

    /// What may be read depends on the folders of the workspace.
    pub(super) fn read_all_design_studio(&self) {
        let all: BTreeSet<String> = self.files.with_workspace(|workspace| {
            let known = workspace.design_studio_targets();
            known.chain(workspace.link_targets().into_iter().map(|(_, target)| target)).collect()
        });
        self.diagnostics.read_design_studio(all);
    }
}
