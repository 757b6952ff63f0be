//! A completion item, in words of the text.

use org_syntax::Span;

use crate::finding::Edit;

/// What an item stands for, for the icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A member's name.
    Member,
    /// A value out of a table.
    Value,
    /// A reference to a secret.
    Reference,
    /// A whole block.
    Block,
}

/// A completion item. `text` is written without tab stops; `snippet` is the same with LSP's
/// snippet syntax, where there is something to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// Icon.
    pub kind: ItemKind,
    /// A few words beside the label.
    pub detail: String,
    /// Markdown.
    pub documentation: String,
    /// Byte span that the item replaces; it holds the cursor's offset.
    pub replace: Span,
    /// The text that replaces it.
    pub text: String,
    /// The same with tab stops.
    pub snippet: Option<String>,
    /// What the client compares with the text that is replaced.
    pub filter: String,
    /// Edits elsewhere (a missing comma before), without overlap with `replace`.
    pub additional: Vec<Edit>,
    /// Shown struck through.
    pub deprecated: bool,
    /// There is something to choose at the first tab stop.
    pub retrigger: bool,
}

/// Escapes text for LSP's snippet syntax.
pub(super) fn escape_snippet(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '$' | '}') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
