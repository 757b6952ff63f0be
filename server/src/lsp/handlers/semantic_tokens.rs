//! `textDocument/semanticTokens/full`

use lsp_types as lsp;
use org_ide::semantic_tokens::{SemanticToken, TokenType, semantic_tokens};

use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

/// The legend: a token type is named by its index here.
const TYPES: [(TokenType, lsp::SemanticTokenType); 3] = [
    (TokenType::Keyword, lsp::SemanticTokenType::KEYWORD),
    (TokenType::Variable, lsp::SemanticTokenType::VARIABLE),
    (TokenType::Number, lsp::SemanticTokenType::NUMBER),
];
/// The bit of the one modifier of the legend.
const DEPRECATED: u32 = 1;

/// What the client is told about semantic tokens.
pub fn options() -> lsp::SemanticTokensServerCapabilities {
    lsp::SemanticTokensServerCapabilities::SemanticTokensOptions(lsp::SemanticTokensOptions {
        legend: lsp::SemanticTokensLegend {
            token_types: TYPES.map(|(_, name)| name).to_vec(),
            token_modifiers: vec![lsp::SemanticTokenModifier::DEPRECATED],
        },
        full: Some(lsp::SemanticTokensFullOptions::Bool(true)),
        range: None,
        work_done_progress_options: lsp::WorkDoneProgressOptions::default(),
    })
}

/// Answers the request.
pub fn handle(
    files: &Files,
    params: lsp::SemanticTokensParams,
) -> Option<lsp::SemanticTokensResult> {
    let id = id_of(&params.text_document.uri);
    let open = files.open_ours(&id)?;
    let tokens = files.analyze(&id, open.document(), semantic_tokens);
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let data = relative(&tokens, converter);
    Some(lsp::SemanticTokensResult::Tokens(lsp::SemanticTokens { result_id: None, data }))
}

/// Each token by its distance from the one before it.
fn relative(tokens: &[SemanticToken], converter: Converter<'_>) -> Vec<lsp::SemanticToken> {
    let mut before = lsp::Position::default();
    let tokens = tokens.iter().map(|token| {
        let lsp::Range { start, end } = converter.range(token.span);
        let delta_line = start.line - before.line;
        let delta_start =
            if delta_line == 0 { start.character - before.character } else { start.character };
        before = start;
        let token_type = TYPES.iter().position(|(kind, _)| *kind == token.token_type);
        lsp::SemanticToken {
            delta_line,
            delta_start,
            length: end.character - start.character,
            token_type: token_type.unwrap_or_default() as u32,
            token_modifiers_bitset: if token.deprecated { DEPRECATED } else { 0 },
        }
    });
    tokens.collect()
}

#[cfg(test)]
mod tests {
    use org_syntax::Span;
    use org_text::{Encoding, IndexedText};

    use super::*;

    #[test]
    fn tokens_count_from_the_one_before() {
        let text = IndexedText::new("ab 🏢é\n c");
        let token = |start, end, token_type, deprecated| SemanticToken {
            span: Span::new(start, end),
            token_type,
            deprecated,
        };
        let tokens = [
            token(1, 2, TokenType::Keyword, false),
            token(3, 9, TokenType::Variable, false),
            token(11, 12, TokenType::Number, true),
        ];
        let data = relative(&tokens, Converter { text: &text, encoding: Encoding::Utf16 });
        let data: Vec<_> = data
            .iter()
            .map(|token| {
                let lsp::SemanticToken { delta_line, delta_start, length, .. } = *token;
                [delta_line, delta_start, length, token.token_type, token.token_modifiers_bitset]
            })
            .collect();
        assert_eq!(data, [[0, 1, 1, 0, 0], [0, 2, 3, 1, 0], [1, 1, 1, 2, 1]]);
    }
}
