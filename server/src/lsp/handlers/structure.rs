//! How a document folds, what grows around the cursor, and what is highlighted with it:
//! `textDocument/foldingRange`, `textDocument/selectionRange`, `textDocument/documentHighlight`

use lsp_types as lsp;
use org_ide::folding::{MAX_FOLDS, folds};
use org_ide::highlights::{HighlightKind, highlights};
use org_ide::selection::selection_spans;
use org_syntax::Span;

use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// The folds, as many as the client wants.
pub fn folding(files: &Files, params: lsp::FoldingRangeParams) -> Option<Vec<lsp::FoldingRange>> {
    let open = files.open_ours(&id_of(&params.text_document.uri))?;
    let limit = files.session.client.fold_limit.map_or(MAX_FOLDS, |limit| limit as usize);
    let folds = folds(open.document(), limit);
    let folds = folds.into_iter().map(|fold| lsp::FoldingRange {
        start_line: fold.first_line,
        end_line: fold.last_line,
        kind: fold.is_comment.then_some(lsp::FoldingRangeKind::Comment),
        ..lsp::FoldingRange::default()
    });
    Some(folds.collect())
}

/// One chain of ranges for each position.
pub fn selection(
    files: &Files,
    params: lsp::SelectionRangeParams,
) -> Option<Vec<lsp::SelectionRange>> {
    let open = files.open_ours(&id_of(&params.text_document.uri))?;
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let chains = params.positions.into_iter().map(|position| {
        let offset = from_proto::offset(open.text(), position, converter.encoding);
        chain(&selection_spans(open.document(), offset), converter, offset)
    });
    Some(chains.collect())
}

/// From the outermost span inwards, each the parent of the next.
fn chain(spans: &[Span], converter: Converter<'_>, offset: u32) -> lsp::SelectionRange {
    let range = |span| converter.range(span);
    let mut spans = spans.iter().rev().copied();
    let outermost = spans.next().unwrap_or(Span::at(offset));
    let outermost = lsp::SelectionRange { range: range(outermost), parent: None };
    spans.fold(outermost, |parent, span| lsp::SelectionRange {
        range: range(span),
        parent: Some(Box::new(parent)),
    })
}

/// The places that belong to what is under the cursor.
pub fn highlight(
    files: &Files,
    params: lsp::DocumentHighlightParams,
) -> Option<Vec<lsp::DocumentHighlight>> {
    let at = params.text_document_position_params;
    let open = files.open_ours(&id_of(&at.text_document.uri))?;
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let offset = from_proto::offset(open.text(), at.position, converter.encoding);
    let places = highlights(open.document(), offset);
    let places = places.into_iter().map(|place| lsp::DocumentHighlight {
        range: converter.range(place.span),
        kind: Some(match place.kind {
            HighlightKind::Text => lsp::DocumentHighlightKind::TEXT,
            HighlightKind::Read => lsp::DocumentHighlightKind::READ,
            HighlightKind::Write => lsp::DocumentHighlightKind::WRITE,
        }),
    });
    Some(places.collect())
}
