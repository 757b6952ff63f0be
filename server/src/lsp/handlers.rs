//! One file for each request: convert in, ask, convert out.

pub mod at_once;
pub mod capabilities;
pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod configuration;
pub mod design_studio;
pub mod document_link;
pub mod document_symbol;
pub mod execute_command;
pub mod formatting;
pub mod hover;
pub mod import;
pub mod inlay_hint;
pub mod names;
pub mod new_org;
pub mod scan;
pub mod semantic_tokens;
pub mod structure;
pub mod text_sync;
pub mod why;
pub mod workspace_symbol;

use lsp_types as lsp;
use org_ide::Markdown;

/// Markdown for clients that show it, plain text for the others.
fn markup(text: &Markdown, markdown: bool) -> lsp::MarkupContent {
    if markdown {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: text.to_string() };
    }
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: text.plain() }
}
