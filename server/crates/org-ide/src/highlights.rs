//! Document highlights: where else in the file the same member, name or reference stands.

use org_syntax::{NodeId, NodeKind, Span};

use crate::document::Document;
use crate::selection::content_of;

/// What stands in a highlighted place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightKind {
    /// A member's name.
    Text,
    /// A value that is used.
    Read,
    /// The org's name, where it is given.
    Write,
}

/// A place that is highlighted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Byte span, quotes left aside.
    pub span: Span,
    /// What stands there.
    pub kind: HighlightKind,
}

/// From a member's name all members of that name; from a text (the org's name, a host, a reference
/// to a secret) all values that are the same text. None from anything else.
pub fn highlights(document: &Document, offset: u32) -> Vec<Highlight> {
    let (text, tree) = (document.text(), &document.parse().tree);
    let is_word = |&node: &NodeId| matches!(tree.kind(node), NodeKind::String | NodeKind::Unknown);
    let Some(node) = tree.node_at(offset).filter(is_word) else {
        return Vec::new();
    };
    let is_key = |node: NodeId| {
        let member = tree.parent(node).and_then(|parent| tree.member(parent));
        member.is_some_and(|member| member.key == node)
    };
    let word = org_syntax::decode_string(tree.span(node).text(text));
    if word.trim().is_empty() {
        return Vec::new();
    }
    let on_key = is_key(node);
    let org_name = document.org().and_then(|org| org.name.as_ref()?.member?.value);
    tree.descendants()
        .filter(is_word)
        .filter(|&other| is_key(other) == on_key)
        .filter(|&other| org_syntax::decode_string(tree.span(other).text(text)) == word)
        .map(|other| {
            let kind = match other {
                _ if on_key => HighlightKind::Text,
                _ if Some(other) == org_name => HighlightKind::Write,
                _ => HighlightKind::Read,
            };
            let is_string = tree.kind(other) == NodeKind::String;
            let span = tree.span(other);
            let inside =
                if is_string { content_of(text, span, tree.is_closed(other)) } else { span };
            Highlight { span: inside, kind }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;

    /// The text with `[…]` around what is highlighted (`<…>`: written, `(…)`: a member's name).
    fn highlighted(marked: &str) -> String {
        let offset = marked.find('|').expect("a cursor");
        let mut text = marked.replace('|', "");
        let document = Document::new(FileKind::Org, text.as_str());
        for highlight in highlights(&document, offset as u32).into_iter().rev() {
            let (open, close) = match highlight.kind {
                HighlightKind::Text => ('(', ')'),
                HighlightKind::Read => ('[', ']'),
                HighlightKind::Write => ('<', '>'),
            };
            text.insert(highlight.span.end as usize, close);
            text.insert(highlight.span.start as usize, open);
        }
        text
    }

    #[test]
    fn members_of_one_name_belong_together() {
        assert_eq!(
            highlighted(r#"{"na|me": "name", "auth": {"n\u0061me": 1}, name: 2}"#),
            r#"{"(name)": "name", "auth": {"(n\u0061me)": 1}, (name): 2}"#
        );
    }

    #[test]
    fn the_name_of_the_org_is_given_once() {
        assert_eq!(
            highlighted(r#"{"name": "Acme", "description": "|Acme", "Acme": "Acme UAT"}"#),
            r#"{"name": "<Acme>", "description": "[Acme]", "Acme": "Acme UAT"}"#
        );
    }

    #[test]
    fn references_to_one_secret_belong_together() {
        assert_eq!(
            highlighted(
                r#"{"auth": {"password": "${env:|A}", "securityToken": "${env:A}", "x": "${env:B}"}}"#
            ),
            r#"{"auth": {"password": "[${env:A}]", "securityToken": "[${env:A}]", "x": "${env:B}"}}"#
        );
    }

    #[test]
    fn unfinished_texts_count_as_they_are() {
        assert_eq!(
            highlighted("{\"a\": \"x|\", \"b\": \"x\n}"),
            "{\"a\": \"[x]\", \"b\": \"[x]\n}"
        );
    }

    #[test]
    fn nothing_else_is_highlighted() {
        for text in
            ["{|}", "{\"a\": tr|ue, \"b\": true}", "{\"a\": \"|\", \"b\": \"\"}", "|", "// |a"]
        {
            assert_eq!(highlighted(text), text.replace('|', ""));
        }
    }
}
