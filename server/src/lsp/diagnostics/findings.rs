//! The findings of one file as LSP diagnostics.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{Finding, Related};

use crate::lsp::convert::locations::location;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::state::State;

/// The diagnostics of a file.
pub fn diagnostics(state: &State, id: &str, snapshot: &Snapshot) -> Vec<lsp::Diagnostic> {
    told(state, id, snapshot, &findings(state, id, snapshot))
}

/// What is found in a file.
pub fn findings(state: &State, id: &str, snapshot: &Snapshot) -> Vec<Finding> {
    let document = Arc::clone(snapshot.document());
    state.analyze(id, &document, org_ide::rules::check)
}

/// What is found in a file, as the client takes it.
pub fn told(
    state: &State,
    id: &str,
    snapshot: &Snapshot,
    findings: &[Finding],
) -> Vec<lsp::Diagnostic> {
    let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
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
