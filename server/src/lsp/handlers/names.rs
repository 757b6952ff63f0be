//! `textDocument/definition`, `references`, `prepareRename` and `rename`

use lsp_types as lsp;
use org_ide::names;
use tower_lsp::jsonrpc::{Error, Result};

use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;
use crate::lsp::files::documents::OpenDocument;

/// The open document and the byte offset that a request is about.
fn at(
    files: &Files,
    position: &lsp::TextDocumentPositionParams,
) -> Option<(String, std::sync::Arc<OpenDocument>, u32)> {
    let id = id_of(&position.text_document.uri);
    let open = files.documents.get(&id)?;
    let offset = from_proto::offset(&open.text, position.position, files.encoding());
    Some((id, open, offset))
}

/// Answers `textDocument/definition`.
pub fn definition(
    files: &Files,
    params: lsp::GotoDefinitionParams,
) -> Option<lsp::GotoDefinitionResponse> {
    let (id, open, offset) = at(files, &params.text_document_position_params)?;
    let place = files.analyze(&id, open.document(), |d, c| names::definition(d, c, offset))?;
    files.location(&place).map(lsp::GotoDefinitionResponse::Scalar)
}

/// Answers `textDocument/references`.
pub fn references(files: &Files, params: lsp::ReferenceParams) -> Option<Vec<lsp::Location>> {
    let (id, open, offset) = at(files, &params.text_document_position)?;
    let places = files.analyze(&id, open.document(), |d, c| names::references(d, c, offset));
    let with_own = params.context.include_declaration;
    let places = places.iter().filter(|place| with_own || place.file != id);
    Some(places.filter_map(|place| files.location(place)).collect())
}

/// Answers `textDocument/prepareRename`.
pub fn prepare_rename(
    files: &Files,
    params: lsp::TextDocumentPositionParams,
) -> Option<lsp::PrepareRenameResponse> {
    let (_, open, offset) = at(files, &params)?;
    let (span, placeholder) = names::prepare_rename(open.document(), offset)?;
    let converter = Converter { text: &open.text, encoding: files.encoding() };
    let range = converter.range(span);
    Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// Answers `textDocument/rename`.
///
/// # Errors
/// The new name is refused; the message says what to do.
pub fn rename(files: &Files, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let Some((id, open, offset)) = at(files, &params.text_document_position) else {
        return Ok(None);
    };
    let edit = files
        .analyze(&id, open.document(), |d, c| names::rename(d, c, offset, &params.new_name))
        .map_err(|refused| Error::invalid_params(format!("This org is not renamed: {refused}.")))?;
    let converter = Converter { text: &open.text, encoding: files.encoding() };
    Ok(Some(workspace_edit(
        open.uri.clone(),
        Some(open.version),
        vec![converter.edit(&edit)],
        files.session.client.document_changes,
    )))
}
