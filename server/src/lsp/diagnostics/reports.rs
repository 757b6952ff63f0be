//! What a client that asks for diagnostics has been told, and what there is to tell.

use std::collections::{BTreeMap, HashMap};

use lsp_types as lsp;

use super::findings::judge;
use super::pull::{self, ResultIds, document_report, workspace_item};
use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::files::Files;
use crate::lsp::files::documents::Opening;

/// The diagnostics of all files, as far as a client that asks needs them.
#[derive(Debug, Default)]
pub struct Reports {
    ids: ResultIds,
    /// The diagnostics of open documents.
    open: HashMap<String, OpenReport>,
    /// The results of files with findings, open or not. The diagnostics of closed files are worked
    /// out when they are asked for: once each.
    found: BTreeMap<String, u64>,
    /// Result and version that the client was told last, or was asked to ask for.
    told: HashMap<String, (u64, Option<i32>)>,
    workspace_was_asked_for: bool,
    refresh_is_due: bool,
}

#[derive(Debug)]
struct OpenReport {
    opening: Opening,
    result: u64,
    /// Of documents that were looked at lately; those of others are worked out again.
    diagnostics: Option<WrittenDiagnostics>,
}

impl Reports {
    /// Keeps what was found in a file; `opening` is that of an open document.
    pub fn keep(&mut self, id: &str, opening: Option<Opening>, diagnostics: &WrittenDiagnostics) {
        let result = self.ids.of(diagnostics);
        let version = opening.map(|(_, version)| version);
        match self.told.get_mut(id) {
            // After a change of its own the client asks by itself.
            Some((told, of_version)) if *of_version == version && *told != result => {
                *told = result;
                self.refresh_is_due = true;
            }
            None if opening.is_none()
                && self.workspace_was_asked_for
                && !diagnostics.is_empty() =>
            {
                self.told.insert(id.to_owned(), (result, None));
                self.refresh_is_due = true;
            }
            _ => {}
        }
        if diagnostics.is_empty() {
            self.found.remove(id);
        } else {
            self.found.insert(id.to_owned(), result);
        }
        match opening {
            Some(opening) => {
                let diagnostics = Some(diagnostics.clone());
                let report = OpenReport { opening, result, diagnostics };
                self.open.insert(id.to_owned(), report);
            }
            None => drop(self.open.remove(id)),
        }
    }

    /// An open document was not looked at for long: of its diagnostics no more than the result is kept.
    pub fn settle(&mut self, id: &str) {
        if let Some(report) = self.open.get_mut(id) {
            report.diagnostics = None;
        }
    }

    /// Forgets a file that is no longer there.
    pub fn forget(&mut self, id: &str) {
        self.open.remove(id);
        self.found.remove(id);
        // Of a document that was closed the client knows.
        let told = self.told.remove(id).filter(|(_, version)| version.is_none());
        self.refresh_is_due |=
            told.is_some_and(|(result, _)| result != self.ids.of(&WrittenDiagnostics::none()));
    }

    /// Whether the client should be asked to ask again; once for each reason.
    pub fn take_refresh_due(&mut self) -> bool {
        std::mem::take(&mut self.refresh_is_due)
    }

    /// Whether the client asks about closed files too.
    pub fn workspace_was_asked_for(&self) -> bool {
        self.workspace_was_asked_for
    }

    /// The client asks about the workspace; whether it is the first time.
    pub fn begin_with_workspace(&mut self) -> bool {
        !std::mem::replace(&mut self.workspace_was_asked_for, true)
    }

    /// The report of one document.
    pub fn of_document(&mut self, files: &Files, id: &str, previous: Option<&str>) -> String {
        let opening = files.documents.opening(id);
        let kept = self.open.get(id).filter(|report| Some(report.opening) == opening);
        let kept = kept.and_then(|report| Some((report.result, report.diagnostics.clone()?)));
        let (result, diagnostics) = kept.unwrap_or_else(|| {
            // A file that is not open, or one that was changed at this moment: the index may not
            // have it as it is, and then the client is asked to ask again.
            let found = as_it_is(files, id);
            (self.ids.of(&found), found)
        });
        if let Some((_, version)) = opening {
            self.told.insert(id.to_owned(), (result, Some(version)));
        }
        document_report(result, previous, &diagnostics)
    }

    /// The files with findings, and the open ones.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.found.keys().chain(self.open.keys()).map(String::as_str)
    }

    /// The report of all files with findings, and of those that have none any more.
    pub fn of_workspace(
        &mut self,
        mut previous: HashMap<String, (lsp::Url, String)>,
        files: &Files,
    ) -> String {
        let mut items = Vec::new();
        for (id, &found) in &self.found {
            let known = previous.remove(id);
            let open = self.open.get(id);
            let version = open.map(|report| report.opening.1);
            let known_uri = known.as_ref().map(|(uri, _)| uri.clone());
            let Some(uri) = known_uri.or_else(|| files.uri_of(id)) else { continue };
            let known = known.as_ref().map(|(_, result)| result.as_str());
            let same = known.filter(|known| pull::is_named(known, found));
            let now = match (same, open.and_then(|report| report.diagnostics.clone())) {
                (Some(_), _) => WrittenDiagnostics::none(),
                (None, Some(kept)) => kept,
                (None, None) => as_it_is(files, id),
            };
            // A file that has just changed is told as it is, and under the name of that: else the client
            // would never be told what it was looked at for.
            let result = if same.is_some() { found } else { self.ids.of(&now) };
            items.push(workspace_item(&uri, version, result, known, &now));
            self.told.insert(id.clone(), (result, version));
        }
        let none = WrittenDiagnostics::none();
        let nothing = self.ids.of(&none);
        let mut clean: Vec<_> = previous.into_iter().collect();
        clean.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (id, (uri, known)) in clean {
            let version = self.open.get(&id).map(|report| report.opening.1);
            items.push(workspace_item(&uri, version, nothing, Some(&known), &none));
            self.told.insert(id, (nothing, version));
        }
        format!(r#"{{"items":[{}]}}"#, items.join(","))
    }
}

/// The diagnostics of a file as it is now.
fn as_it_is(files: &Files, id: &str) -> WrittenDiagnostics {
    let snapshot = files.snapshot(id);
    let found = snapshot.map(|snapshot| judge(files, id, &snapshot).diagnostics);
    found.unwrap_or_else(WrittenDiagnostics::none)
}
