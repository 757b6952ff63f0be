//! Blanks at the line ends inside comments, which go only when the user wants it.

use org_syntax::{Span, Token, TokenKind};

use crate::finding::Edit;

/// Adds the edits that take the blanks off the line ends of the comments among `tokens`.
pub(super) fn trim(text: &str, tokens: &[Token], edits: &mut Vec<Edit>) {
    for token in tokens {
        if matches!(token.kind, TokenKind::LineComment | TokenKind::BlockComment) {
            trim_comment(text, token.span, edits);
        }
    }
    edits.sort_by_key(|edit| edit.span);
}

fn trim_comment(text: &str, comment: Span, edits: &mut Vec<Edit>) {
    let mut start = comment.start;
    for line in comment.text(text).split(['\n', '\r']) {
        let end = start + line.len() as u32;
        let kept = line.trim_end_matches([' ', '\t']).len() as u32;
        if start + kept < end {
            edits.push(Edit::delete(Span::new(start + kept, end)));
        }
        start = end + 1;
    }
}
