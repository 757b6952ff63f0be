//! `textDocument/codeAction`

use lsp_types as lsp;

use crate::lsp::code_actions;
use crate::lsp::state::{Snapshot, State};
use crate::lsp::uris::id_of;

/// Answers the request.
pub fn handle(state: &State, params: lsp::CodeActionParams) -> Option<lsp::CodeActionResponse> {
    let id = id_of(&params.text_document.uri);
    let open = state.documents.get(&id)?;
    let snapshot = Snapshot::Open(open);
    let only = params.context.only.as_deref();
    let actions = code_actions::code_actions(state, &id, &snapshot, params.range, only);
    Some(actions.into_iter().map(lsp::CodeActionOrCommand::CodeAction).collect())
}
