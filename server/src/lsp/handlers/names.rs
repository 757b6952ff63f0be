//! `textDocument/definition`, `references`, `prepareRename` and `rename`

use lsp_types as lsp;
use org_ide::names;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lsp::convert::from_proto;
use crate::lsp::convert::locations::location;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::files::documents::OpenDocument;
use crate::lsp::files::uris::id_of;
use crate::lsp::state::State;

/// The open document and the byte offset that a request is about.
fn at(
    state: &State,
    position: &lsp::TextDocumentPositionParams,
) -> Option<(String, std::sync::Arc<OpenDocument>, u32)> {
    let id = id_of(&position.text_document.uri);
    let open = state.documents.get(&id)?;
    let offset = from_proto::offset(&open.text, position.position, state.encoding());
    Some((id, open, offset))
}

/// Answers `textDocument/definition`.
pub fn definition(
    state: &State,
    params: lsp::GotoDefinitionParams,
) -> Option<lsp::GotoDefinitionResponse> {
    let (id, open, offset) = at(state, &params.text_document_position_params)?;
    let place = state.analyze(&id, open.document(), |d, c| names::definition(d, c, offset))?;
    location(state, &place).map(lsp::GotoDefinitionResponse::Scalar)
}

/// Answers `textDocument/references`.
pub fn references(state: &State, params: lsp::ReferenceParams) -> Option<Vec<lsp::Location>> {
    let (id, open, offset) = at(state, &params.text_document_position)?;
    let places = state.analyze(&id, open.document(), |d, c| names::references(d, c, offset));
    let with_own = params.context.include_declaration;
    let places = places.iter().filter(|place| with_own || place.file != id);
    Some(places.filter_map(|place| location(state, place)).collect())
}

/// Answers `textDocument/prepareRename`.
pub fn prepare_rename(
    state: &State,
    params: lsp::TextDocumentPositionParams,
) -> Option<lsp::PrepareRenameResponse> {
    let (_, open, offset) = at(state, &params)?;
    let (span, placeholder) = names::prepare_rename(open.document(), offset)?;
    let converter = Converter { text: &open.text, encoding: state.encoding() };
    let range = converter.range(span);
    Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// Answers `textDocument/rename`.
///
/// # Errors
/// The new name is refused; the message says what to do.
pub fn rename(state: &State, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let Some((id, open, offset)) = at(state, &params.text_document_position) else {
        return Ok(None);
    };
    let edit = state
        .analyze(&id, open.document(), |d, c| names::rename(d, c, offset, &params.new_name))
        .map_err(|refused| Error::invalid_params(format!("This org is not renamed: {refused}.")))?;
    let converter = Converter { text: &open.text, encoding: state.encoding() };
    Ok(Some(workspace_edit(
        open.uri.clone(),
        Some(open.version),
        vec![converter.edit(&edit)],
        state.session().client.document_changes,
    )))
}
