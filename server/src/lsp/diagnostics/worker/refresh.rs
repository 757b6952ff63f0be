//! What is found in files, and how the client is told.

use std::sync::Arc;

use super::Worker;
use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::diagnostics::findings::{Judged, judge};
use crate::lsp::diagnostics::listener::Listener;
use crate::lsp::files::snapshot::Snapshot;
use crate::side_by_side::in_order;

impl<L: Listener> Worker<L> {
    /// Judges files side by side, and tells what is found in one after the other.
    pub(super) fn refresh(&mut self, seen: &[(String, Option<Snapshot>)]) {
        let files = Arc::clone(&self.files);
        let judge = |(id, snapshot): &(String, Option<Snapshot>)| {
            snapshot.as_ref().map(|snapshot| judge(&files, id, snapshot))
        };
        in_order(seen, judge, |all| {
            for ((id, snapshot), judged) in seen.iter().zip(all) {
                self.round.affected.remove(id);
                self.refresh_file(id, snapshot.as_ref().zip(judged));
            }
        });
    }

    /// Tells a file's diagnostics, or keeps them for a client that asks.
    fn refresh_file(&mut self, id: &str, judged: Option<(&Snapshot, Judged)>) {
        let Some((snapshot, judged)) = judged else {
            match self.files.documents.get(id).filter(|open| open.kind.is_design_studio()) {
                // Nothing is said of it so far: its project may still come, and then it is asked for again.
                Some(open) if self.files.session.client.pulls_diagnostics => {
                    self.reports.keep(id, Some(open.opening()), &WrittenDiagnostics::none());
                }
                _ => self.reports.forget(id),
            }
            self.published.clear(id, &mut self.listener);
            return;
        };
        let diagnostics = self.diagnostics(id, snapshot, judged);
        self.may_panic();
        if self.files.documents.opening(id) != snapshot.opening() {
            // A newer version is waiting; what was computed from this one is stale.
            return;
        }
        if self.files.session.client.pulls_diagnostics {
            self.reports.keep(id, snapshot.opening(), &diagnostics);
        }
        if self.is_pulled(snapshot) {
            self.published.clear(id, &mut self.listener);
        } else {
            self.published.publish(id, snapshot, &diagnostics, &mut self.listener);
        }
        if matches!(snapshot, Snapshot::Open(_)) {
            if let Some(settled) = self.files.documents.looked_at(id) {
                self.reports.settle(&settled);
            }
            self.listener.looked_at_open(id);
        }
    }

    /// The diagnostics of a file. They lead to places in other files, which are found in their text: it
    /// has to be the text that the index knows.
    fn diagnostics(&mut self, id: &str, snapshot: &Snapshot, judged: Judged) -> WrittenDiagnostics {
        let others = judged.others.into_iter();
        let changed = others.filter(|file| !self.disk.is_as_read(file, &self.files));
        let changed: Vec<String> = changed.collect();
        if changed.is_empty() && !self.round.index_has_changed {
            return judged.diagnostics;
        }
        self.round.again.extend(changed.iter().cloned());
        for file in &changed {
            self.index_file(file);
        }
        // So were the other files of this round judged before that.
        self.round.index_has_changed = true;
        judge(&self.files, id, snapshot).diagnostics
    }

    /// Whether the client asks for the file's diagnostics itself. Of closed files only those know
    /// that ask about the workspace: some ask about open documents alone, and are told the rest.
    fn is_pulled(&self, snapshot: &Snapshot) -> bool {
        let is_open = matches!(snapshot, Snapshot::Open(_));
        self.files.session.client.pulls_diagnostics
            && (is_open || self.reports.workspace_was_asked_for())
    }
}
