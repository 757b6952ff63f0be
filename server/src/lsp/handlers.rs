//! One file for each request: convert in, ask, convert out.

pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod execute_command;
pub mod hover;
pub mod inlay_hint;
pub mod names;

use lsp_types as lsp;

pub(super) fn markup(value: String, markdown: bool) -> lsp::MarkupContent {
    let kind = if markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    lsp::MarkupContent { kind, value }
}
