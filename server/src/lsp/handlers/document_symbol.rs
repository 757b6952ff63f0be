//! `textDocument/documentSymbol`

use lsp_types as lsp;
use org_ide::symbols::{Symbol, document_symbols};
use org_syntax::NodeKind;

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// Answers the request: nested for clients that take it, else as a list.
pub fn handle(
    files: &Files,
    params: lsp::DocumentSymbolParams,
) -> Option<lsp::DocumentSymbolResponse> {
    let id = id_of(&params.text_document.uri);
    let open = files.open(&id)?;
    let symbols = files.analyze(&id, open.document(), document_symbols);
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    if files.session.client.nested_symbols {
        let symbols = symbols.into_iter().map(|symbol| nested(symbol, converter)).collect();
        return Some(lsp::DocumentSymbolResponse::Nested(symbols));
    }
    let mut list = Vec::new();
    for symbol in symbols {
        push(symbol, None, &open.uri, converter, &mut list);
    }
    Some(lsp::DocumentSymbolResponse::Flat(list))
}

#[allow(deprecated, reason = "the field that tags have replaced has no default")]
fn nested(symbol: Symbol, converter: Converter<'_>) -> lsp::DocumentSymbol {
    let children: Vec<_> =
        symbol.children.into_iter().map(|child| nested(child, converter)).collect();
    lsp::DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: converter.range(symbol.span),
        selection_range: converter.range(symbol.name_span),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated, reason = "the field that tags have replaced has no default")]
fn push(
    symbol: Symbol,
    container: Option<&str>,
    uri: &lsp::Url,
    converter: Converter<'_>,
    list: &mut Vec<lsp::SymbolInformation>,
) {
    list.push(lsp::SymbolInformation {
        name: symbol.name.clone(),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        location: lsp::Location { uri: uri.clone(), range: converter.range(symbol.span) },
        container_name: container.map(str::to_owned),
    });
    for child in symbol.children {
        push(child, Some(&symbol.name), uri, converter, list);
    }
}

fn kind(kind: NodeKind) -> lsp::SymbolKind {
    match kind {
        NodeKind::Object | NodeKind::Member => lsp::SymbolKind::OBJECT,
        NodeKind::Array => lsp::SymbolKind::ARRAY,
        NodeKind::String => lsp::SymbolKind::STRING,
        NodeKind::Number => lsp::SymbolKind::NUMBER,
        NodeKind::True | NodeKind::False => lsp::SymbolKind::BOOLEAN,
        NodeKind::Null => lsp::SymbolKind::NULL,
        NodeKind::Unknown => lsp::SymbolKind::PROPERTY,
    }
}
