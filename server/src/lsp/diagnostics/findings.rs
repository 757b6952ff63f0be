//! The findings of one file as LSP diagnostics.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{Finding, Related};

use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;

/// What is found in a file.
#[derive(Debug)]
pub struct Judged {
    /// As the client takes it.
    pub diagnostics: WrittenDiagnostics,
    /// Other files that it leads to.
    pub others: BTreeSet<String>,
}

/// Judges a file.
pub fn judge(files: &Files, id: &str, snapshot: &Snapshot) -> Judged {
    let document = Arc::clone(snapshot.document());
    let mut found = Vec::new();
    if files.is_judged(id, &document) {
        found = files.analyze(id, &document, org_ide::rules::check);
    }
    let others = found.iter().flat_map(|finding| &finding.related).map(|place| &place.file);
    let others = others.filter(|file| *file != id).cloned().collect();
    Judged { diagnostics: written(files, id, snapshot, &found), others }
}

/// As the client takes it.
fn written(
    files: &Files,
    id: &str,
    snapshot: &Snapshot,
    findings: &[Finding],
) -> WrittenDiagnostics {
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
    let diagnostics = findings.iter().map(|finding| converter.diagnostic(finding, related));
    WrittenDiagnostics::new(diagnostics.collect())
}
