//! `textDocument/definition`, `references`, `prepareRename` and `rename`

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::names;
use tower_lsp::jsonrpc::{Error, Result};

use super::design_studio;
use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;
use crate::lsp::files::documents::OpenDocument;

/// The open document and the byte offset that a request is about.
fn at(
    files: &Files,
    position: &lsp::TextDocumentPositionParams,
) -> Option<(String, Arc<OpenDocument>, u32)> {
    let id = id_of(&position.text_document.uri);
    let open = files.open(&id)?;
    let offset = from_proto::offset(open.text(), position.position, files.encoding());
    Some((id, open, offset))
}

/// Names in Design Studio's files are Design Studio's.
fn is_ours(open: &OpenDocument) -> bool {
    !open.kind.is_design_studio()
}

/// Answers `textDocument/definition`. Other files are read, so not on this thread.
pub async fn definition(
    files: &Arc<Files>,
    params: lsp::GotoDefinitionParams,
) -> Option<lsp::GotoDefinitionResponse> {
    let (id, open, offset) = at(files, &params.text_document_position_params)?;
    let mut places = design_studio::linked_places(files, &id, &open, offset);
    places.extend(files.analyze(&id, open.document(), |d, c| names::definition(d, c, offset)));
    let locations = design_studio::locations(files, places).await;
    match locations.as_slice() {
        [] => None,
        [one] => Some(lsp::GotoDefinitionResponse::Scalar(one.clone())),
        _ => Some(lsp::GotoDefinitionResponse::Array(locations)),
    }
}

/// Answers `textDocument/references`: the org by its name, in our files and in Design Studio's, and the
/// operations that use it there.
pub async fn references(
    files: &Arc<Files>,
    params: lsp::ReferenceParams,
) -> Option<Vec<lsp::Location>> {
    let (id, open, offset) = at(files, &params.text_document_position)?;
    let mut places = files.analyze(&id, open.document(), |d, c| names::references(d, c, offset));
    places.extend(design_studio::linked_places(files, &id, &open, offset));
    let with_own = params.context.include_declaration;
    places.retain(|place| with_own || place.file != id);
    Some(design_studio::locations(files, places).await)
}

/// Answers `textDocument/prepareRename`.
pub fn prepare_rename(
    files: &Files,
    params: lsp::TextDocumentPositionParams,
) -> Option<lsp::PrepareRenameResponse> {
    let (_, open, offset) = at(files, &params).filter(|(_, open, _)| is_ours(open))?;
    let (span, placeholder) = names::prepare_rename(open.document(), offset)?;
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let range = converter.range(span);
    Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder })
}

/// Answers `textDocument/rename`.
///
/// # Errors
/// The new name is refused; the message says what to do.
pub fn rename(files: &Files, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
    let found = at(files, &params.text_document_position);
    let Some((id, open, offset)) = found.filter(|(_, open, _)| is_ours(open)) else {
        return Ok(None);
    };
    let edit = files
        .analyze(&id, open.document(), |d, c| names::rename(d, c, offset, &params.new_name))
        .map_err(|refused| Error::invalid_params(format!("This org is not renamed: {refused}.")))?;
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    Ok(Some(workspace_edit(
        open.uri.clone(),
        Some(open.version),
        vec![converter.edit(&edit)],
        files.session.client.document_changes,
    )))
}
