//! One file for each request: convert in, ask, convert out.

pub mod code_action;
pub mod code_lens;
pub mod completion;
pub mod document_link;
pub mod document_symbol;
pub mod execute_command;
pub mod formatting;
pub mod hover;
pub mod inlay_hint;
pub mod names;
pub mod semantic_tokens;
pub mod structure;
pub mod workspace_symbol;

use lsp_types as lsp;

/// Markdown for clients that show it, plain text for the others.
fn markup(value: String, markdown: bool) -> lsp::MarkupContent {
    if markdown {
        return lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value };
    }
    lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: without_marks(&value) }
}

/// Markdown as our texts use it, without its marks: emphasis and code.
fn without_marks(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    let mut in_code = false;
    for c in markdown.chars() {
        match c {
            '`' => in_code = !in_code,
            '*' if !in_code => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::without_marks;

    #[test]
    fn marks_go_and_what_they_mark_stays() {
        assert_eq!(without_marks("**Name** `a*b` *x*"), "Name a*b x");
    }
}
