//! `textDocument/formatting`, `textDocument/rangeFormatting`, `textDocument/onTypeFormatting`

use lsp_types as lsp;
use org_ide::{Document, Edit, format};
use org_syntax::Span;

use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// Formats a document.
pub fn document(
    files: &Files,
    params: lsp::DocumentFormattingParams,
) -> Option<Vec<lsp::TextEdit>> {
    let options = options(&params.options);
    edits(files, &params.text_document.uri, |document, _| format::document(document, &options))
}

/// Formats the lines of a range.
pub fn range(
    files: &Files,
    params: lsp::DocumentRangeFormattingParams,
) -> Option<Vec<lsp::TextEdit>> {
    let options = options(&params.options);
    edits(files, &params.text_document.uri, |document, converter| {
        let range = from_proto::byte_range(converter.text, params.range, converter.encoding);
        format::range(document, Span::new(range.start, range.end), &options)
    })
}

/// Formats what was just typed.
pub fn on_type(
    files: &Files,
    params: lsp::DocumentOnTypeFormattingParams,
) -> Option<Vec<lsp::TextEdit>> {
    let options = options(&params.options);
    let at = params.text_document_position;
    let typed = params.ch.chars().next()?;
    edits(files, &at.text_document.uri, |document, converter| {
        let offset = from_proto::offset(converter.text, at.position, converter.encoding);
        format::on_type(document, offset, typed, &options)
    })
}

/// What the client is told about formatting while typing.
pub fn on_type_options() -> lsp::DocumentOnTypeFormattingOptions {
    let [first, more @ ..] = format::TRIGGERS;
    lsp::DocumentOnTypeFormattingOptions {
        first_trigger_character: first.to_string(),
        more_trigger_character: Some(more.iter().map(char::to_string).collect()),
    }
}

fn edits(
    files: &Files,
    uri: &lsp::Url,
    format: impl FnOnce(&Document, Converter<'_>) -> Vec<Edit>,
) -> Option<Vec<lsp::TextEdit>> {
    let open = files.open_ours(&id_of(uri))?;
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    Some(converter.edits(&format(open.document(), converter)))
}

fn options(options: &lsp::FormattingOptions) -> format::Options {
    format::Options {
        tab_size: options.tab_size,
        insert_spaces: options.insert_spaces,
        insert_final_newline: options.insert_final_newline.unwrap_or(false),
        trim_trailing_whitespace: options.trim_trailing_whitespace.unwrap_or(false),
    }
}
