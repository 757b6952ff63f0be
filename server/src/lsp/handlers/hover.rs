//! `textDocument/hover`

use lsp_types as lsp;

use super::markup;
use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// Answers the request.
pub fn handle(files: &Files, params: lsp::HoverParams) -> Option<lsp::Hover> {
    let at = params.text_document_position_params;
    let id = id_of(&at.text_document.uri);
    let open = files.open(&id)?;
    let encoding = files.encoding();
    let offset = from_proto::offset(open.text(), at.position, encoding);
    let hover = files.analyze(&id, open.document(), |document, context| {
        org_ide::hover::hover(document, context, offset)
    });
    let converter = Converter { text: open.text(), encoding };
    let markdown = files.session.client.markdown;
    hover.map(|hover| lsp::Hover {
        range: Some(converter.range(hover.span)),
        contents: lsp::HoverContents::Markup(markup(&hover.markdown, markdown)),
    })
}
