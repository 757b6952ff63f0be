//! `textDocument/codeAction`

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::FileKind;

mod collect;
use crate::lsp::convert::uris::id_of;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::diagnostics::indexed::index_project;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::session::ClientFeatures;

/// Answers the request.
pub async fn handle(
    diagnostics: &Arc<Diagnostics>,
    params: lsp::CodeActionParams,
) -> Option<lsp::CodeActionResponse> {
    let id = id_of(&params.text_document.uri);
    let files = &diagnostics.files;
    let open = files.documents.get(&id)?;
    let mut _known = None;
    if open.kind == FileKind::Project {
        // On a thread of its own, and once: what an upgrade breaks must be known.
        _known = index_project(diagnostics, &id).await;
    }
    let snapshot = Snapshot::Open(open);
    let only = params.context.only.as_deref();
    let actions = collect::code_actions(files, &id, &snapshot, params.range, only);
    let client = &files.session.client;
    Some(actions.into_iter().filter_map(|action| for_client(action, client)).collect())
}

/// Older clients take commands only; actions that are nothing but an edit are not for them.
fn for_client(
    mut action: lsp::CodeAction,
    client: &ClientFeatures,
) -> Option<lsp::CodeActionOrCommand> {
    if client.code_action_literals {
        action.is_preferred = action.is_preferred.filter(|_| client.preferred_actions);
        return Some(lsp::CodeActionOrCommand::CodeAction(action));
    }
    let mut command = action.command?;
    let arguments = command.arguments.iter_mut().flatten();
    for argument in arguments.filter_map(serde_json::Value::as_object_mut) {
        // The client has not applied the action's edit, so the command must.
        argument.remove("applied");
    }
    Some(lsp::CodeActionOrCommand::Command(command))
}
