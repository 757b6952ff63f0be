//! The findings of one file as LSP diagnostics.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{Finding, Related};

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;

/// The diagnostics of a file.
pub fn diagnostics(files: &Files, id: &str, snapshot: &Snapshot) -> Vec<lsp::Diagnostic> {
    to_lsp(files, id, snapshot, &findings(files, id, snapshot))
}

/// What is found in a file.
pub fn findings(files: &Files, id: &str, snapshot: &Snapshot) -> Vec<Finding> {
    let document = Arc::clone(snapshot.document());
    if !files.is_judged(id, &document) {
        return Vec::new();
    }
    files.analyze(id, &document, org_ide::rules::check)
}

/// What is found in a file, as the client takes it.
pub fn to_lsp(
    files: &Files,
    id: &str,
    snapshot: &Snapshot,
    findings: &[Finding],
) -> Vec<lsp::Diagnostic> {
    let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
    let with_related = files.session.client.related_information;
    let related = |place: &Related| {
        if !with_related {
            return None;
        }
        if place.file == id {
            let range = converter.range(place.span);
            return Some(lsp::Location { uri: snapshot.uri().clone(), range });
        }
        match org_project::in_archive(&place.file) {
            // The words say where in it.
            Some((archive, _)) => {
                let range = lsp::Range::default();
                Some(lsp::Location { uri: files.uri_of(archive)?, range })
            }
            None => files.location(place),
        }
    };
    findings.iter().map(|finding| converter.diagnostic(finding, related)).collect()
}
