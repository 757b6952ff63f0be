//! `textDocument/inlayHint`

use lsp_types as lsp;
use org_ide::inlay_hints::inlay_hints;

use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// Answers the request.
pub fn handle(files: &Files, params: lsp::InlayHintParams) -> Option<Vec<lsp::InlayHint>> {
    let id = id_of(&params.text_document.uri);
    let open = files.open_ours(&id)?;
    let range = from_proto::byte_range(open.text(), params.range, files.encoding());
    let hints = files.analyze(&id, open.document(), inlay_hints);
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let hints = hints
        .into_iter()
        .filter(|hint| range.start <= hint.offset && hint.offset <= range.end)
        .map(|hint| {
            let label = match hint.origin.as_ref().and_then(|origin| files.location(origin)) {
                Some(location) => lsp::InlayHintLabel::LabelParts(vec![lsp::InlayHintLabelPart {
                    value: hint.label,
                    location: Some(location),
                    ..lsp::InlayHintLabelPart::default()
                }]),
                None => lsp::InlayHintLabel::String(hint.label),
            };
            lsp::InlayHint {
                position: converter.position(hint.offset),
                label,
                kind: None,
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            }
        })
        .collect();
    Some(hints)
}
