//! The shape of every parse.

use org_syntax::{NodeId, NodeKind, Parse, Span, SyntaxErrorKind, Token, Tree, parse};
use proptest::prelude::*;

use crate::texts;

/// Panics unless the parse of `text` is as the documentation promises.
pub fn assert_sound(text: &str) -> Parse {
    let parse = parse(text);
    assert_lossless(text, &parse.tree);
    assert_errors(text, &parse);
    assert_nodes(text, &parse.tree);
    parse
}

fn assert_fits(text: &str, span: Span) {
    assert!(span.start <= span.end, "{span:?}");
    assert!(text.get(span.range()).is_some(), "{span:?} is outside or cuts a character");
}

fn assert_lossless(text: &str, tree: &Tree) {
    let tokens = tree.tokens();
    let together: String = tokens.iter().map(|token| token.span.text(text)).collect();
    assert_eq!(together, text);
    let mut end = 0;
    for token in tokens {
        assert_eq!(token.span.start, end, "no gap and no overlap");
        assert!(!token.span.is_empty());
        end = token.span.end;
    }
}

fn assert_errors(text: &str, parse: &Parse) {
    assert!(parse.errors.len() <= 100);
    let starts: Vec<u32> = parse.errors.iter().map(|error| error.span.start).collect();
    assert!(starts.is_sorted_by(|a, b| a < b), "in order, one at each start: {:?}", parse.errors);
    for error in &parse.errors {
        assert_fits(text, error.span);
        let message = error.kind.message();
        assert!(message.starts_with(char::is_uppercase) && message.ends_with('.'), "{message}");
        if error.span.is_empty() {
            let inside = |token: &Token| {
                token.span.start < error.span.start && error.span.start < token.span.end
            };
            assert!(!parse.tree.tokens().iter().any(inside), "{error:?} is inside a token");
        }
    }
    let is_empty = parse.errors.iter().any(|error| error.kind == SyntaxErrorKind::Empty);
    assert_eq!(is_empty, parse.tree.tokens().iter().all(|token| token.kind.is_trivia()));
}

fn assert_nodes(text: &str, tree: &Tree) {
    assert_eq!(tree.root(), tree.descendants().next());
    let mut seen = 0;
    for (id, node) in tree.descendants().map(|id| (id, tree.node(id))) {
        seen += 1;
        assert_fits(text, node.span);
        assert_eq!(node.parent.is_none(), Some(id) == tree.root());
        let children: Vec<NodeId> = tree.children(id).collect();
        let mut end = node.span.start;
        for &child in &children {
            let span = tree.span(child);
            assert_eq!(tree.parent(child), Some(id));
            assert!(end <= span.start && span.end <= node.span.end, "{node:?} > {span:?}");
            end = span.end;
        }
        assert_kinds(tree, id, &children);
    }
    let reached: usize = tree.root().map_or(0, |root| count(tree, root));
    assert_eq!(seen, reached, "all nodes hang on the root");
}

fn count(tree: &Tree, id: NodeId) -> usize {
    1 + tree.children(id).map(|child| count(tree, child)).sum::<usize>()
}

fn assert_kinds(tree: &Tree, id: NodeId, children: &[NodeId]) {
    let kinds: Vec<NodeKind> = children.iter().map(|&child| tree.kind(child)).collect();
    match tree.kind(id) {
        NodeKind::Object => assert!(kinds.iter().all(|&kind| kind == NodeKind::Member)),
        NodeKind::Array => assert!(!kinds.contains(&NodeKind::Member)),
        NodeKind::Member => {
            let member = tree.member(id).expect("a member");
            assert!(matches!(kinds[0], NodeKind::String | NodeKind::Unknown));
            assert_eq!((member.id, member.key), (id, children[0]));
            assert_eq!(member.value, children.get(1).copied());
            assert!(children.len() <= 2 && !kinds[1..].contains(&NodeKind::Member));
            if let Some(colon) = member.colon {
                let is_colon = |token: &Token| {
                    token.span == colon && token.kind == org_syntax::TokenKind::Colon
                };
                assert!(tree.tokens().iter().any(is_colon));
            }
        }
        _ => assert!(children.is_empty()),
    }
    let is_member = tree.member(id).is_some();
    assert_eq!(is_member, tree.kind(id) == NodeKind::Member);
}

/// Down from the root, into the child that contains the offset or starts at it, else into the one
/// that ends at it.
fn naive_node_at(tree: &Tree, offset: u32) -> Option<NodeId> {
    let mut found = tree.root().filter(|&root| tree.span(root).touches(offset))?;
    loop {
        let touching: Vec<NodeId> =
            tree.children(found).filter(|&child| tree.span(child).touches(offset)).collect();
        let inside = touching
            .iter()
            .rev()
            .find(|&&child| tree.span(child).contains(offset) || tree.span(child).start == offset);
        match inside.or(touching.last()) {
            Some(&child) => found = child,
            None => return Some(found),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_parse_is_sound(text in texts::text()) {
        assert_sound(&text);
    }

    #[test]
    fn node_at_agrees_with_a_walk_from_the_root(text in texts::text()) {
        let tree = parse(&text).tree;
        for offset in 0..=text.len() as u32 + 1 {
            prop_assert_eq!(tree.node_at(offset), naive_node_at(&tree, offset), "at {}", offset);
        }
    }

    #[test]
    fn tokens_are_found_by_offset(text in texts::text()) {
        let tree = parse(&text).tree;
        let tokens = tree.tokens();
        let significant = |token: &&Token| !token.kind.is_trivia();
        for offset in 0..=text.len() as u32 + 1 {
            let at = tokens.iter().find(|token| token.span.contains(offset));
            prop_assert_eq!(tree.token_at(offset), at.copied());
            let before = || tokens.iter().rev().filter(|token| token.span.start < offset);
            prop_assert_eq!(tree.token_before(offset), before().next().copied());
            let last = before().find(significant);
            prop_assert_eq!(tree.significant_token_before(offset), last.copied());
            let after = tokens.iter().filter(|token| token.span.start >= offset).find(significant);
            prop_assert_eq!(tree.significant_token_after(offset), after.copied());
        }
    }
}
