//! Diagnostics that the client asks for: what it asks, and what it is told.
//!
//! The thread of [`super::worker`] answers, so that an answer is never older than the changes that
//! came before the question.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use lsp_types as lsp;
use tokio::sync::oneshot;

use crate::lsp::convert::uris::id_of;

/// A question of the client. One that is cancelled has nobody left who waits for the answer.
#[derive(Debug)]
pub enum Pull {
    /// `textDocument/diagnostic`.
    Document {
        /// The file.
        id: String,
        /// The result that the client has.
        previous: Option<String>,
        /// Takes the answer.
        answer: oneshot::Sender<lsp::DocumentDiagnosticReportResult>,
    },
    /// `workspace/diagnostic`.
    Workspace {
        /// The results that the client has, by file, with the URI as the client spells it.
        previous: HashMap<String, (lsp::Url, String)>,
        /// Takes the answer.
        answer: oneshot::Sender<lsp::WorkspaceDiagnosticReportResult>,
    },
}

impl Pull {
    /// Whether it is about one document, and so answered at once.
    pub fn is_about_a_document(&self) -> bool {
        matches!(self, Self::Document { .. })
    }

    /// Whether nobody waits for the answer any more.
    pub fn is_cancelled(&self) -> bool {
        match self {
            Self::Document { answer, .. } => answer.is_closed(),
            Self::Workspace { answer, .. } => answer.is_closed(),
        }
    }

    /// `textDocument/diagnostic`, and where its answer comes.
    pub fn document(
        params: lsp::DocumentDiagnosticParams,
    ) -> (Self, oneshot::Receiver<lsp::DocumentDiagnosticReportResult>) {
        let (answer, report) = oneshot::channel();
        let id = id_of(&params.text_document.uri);
        (Self::Document { id, previous: params.previous_result_id, answer }, report)
    }

    /// `workspace/diagnostic`, and where its answer comes.
    pub fn workspace(
        params: lsp::WorkspaceDiagnosticParams,
    ) -> (Self, oneshot::Receiver<lsp::WorkspaceDiagnosticReportResult>) {
        let (answer, report) = oneshot::channel();
        let previous = params.previous_result_ids.into_iter();
        let previous = previous.map(|known| (id_of(&known.uri), (known.uri, known.value)));
        (Self::Workspace { previous: previous.collect(), answer }, report)
    }
}

/// Gives results their names. They say what the diagnostics are and nothing about the file's
/// version: whoever has the same diagnostics need not be told them again. Names mean nothing to
/// another process.
#[derive(Debug, Default)]
pub struct ResultIds(RandomState);

impl ResultIds {
    /// The name of these diagnostics.
    pub fn of(&self, diagnostics: &[lsp::Diagnostic]) -> u64 {
        self.0.hash_one(serialized(diagnostics))
    }
}

/// What tells one report from another. No diagnostic of ours fails to be serialized; those that did would
/// all be the same.
pub fn serialized(diagnostics: &[lsp::Diagnostic]) -> Option<Vec<u8>> {
    serde_json::to_vec(diagnostics).ok()
}

/// As the protocol has it.
fn written(result: u64) -> String {
    format!("{result:016x}")
}

/// The answer about one document.
pub fn document_report(
    result: u64,
    previous: Option<&str>,
    diagnostics: Vec<lsp::Diagnostic>,
) -> lsp::DocumentDiagnosticReportResult {
    let result_id = written(result);
    let report = if previous == Some(&result_id) {
        let unchanged_document_diagnostic_report =
            lsp::UnchangedDocumentDiagnosticReport { result_id };
        lsp::DocumentDiagnosticReport::Unchanged(lsp::RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report,
        })
    } else {
        lsp::DocumentDiagnosticReport::Full(lsp::RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: full(result, diagnostics),
        })
    };
    lsp::DocumentDiagnosticReportResult::Report(report)
}

/// Whether the client's name of a result is that of this one.
pub fn is_named(known: &str, result: u64) -> bool {
    known == written(result)
}

/// One file's part of the answer about the workspace. `diagnostics` need not be there where the client
/// has them.
pub fn workspace_item(
    uri: lsp::Url,
    version: Option<i32>,
    result: u64,
    previous: Option<&str>,
    diagnostics: Vec<lsp::Diagnostic>,
) -> lsp::WorkspaceDocumentDiagnosticReport {
    let version = version.map(i64::from);
    let result_id = written(result);
    if previous == Some(&result_id) {
        let unchanged_document_diagnostic_report =
            lsp::UnchangedDocumentDiagnosticReport { result_id };
        return lsp::WorkspaceUnchangedDocumentDiagnosticReport {
            uri,
            version,
            unchanged_document_diagnostic_report,
        }
        .into();
    }
    let full_document_diagnostic_report = full(result, diagnostics);
    lsp::WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }
        .into()
}

fn full(result: u64, items: Vec<lsp::Diagnostic>) -> lsp::FullDocumentDiagnosticReport {
    lsp::FullDocumentDiagnosticReport { result_id: Some(written(result)), items }
}
