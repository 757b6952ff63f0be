//! Words that come or go inside of one object or array.

use crate::error::MAX_ERRORS;
use crate::tree::NO_COLON;
use crate::{Node, NodeId, NodeKind, Parse, Span, SyntaxError, Token, Tree, parse};

/// More of the text than one of so many parts is not parsed alone: if that has a mistake, all has to be parsed too.
const PARTS: usize = 4;

/// As [`super::reparse`] of a text without mistakes. `None` where the innermost object or array around the edit has a
/// mistake now, or is a great part of the text.
///
/// Without mistakes all brackets have their partners, and how the text from one to the other is read depends on
/// nothing outside. So what stands around it is read as before, too.
pub(super) fn replaced(old: &Parse, text: &str, edit: Span, new_end: u32) -> Option<Parse> {
    let around = innermost(&old.tree, edit)?;
    let shift = new_end.wrapping_sub(edit.end);
    let span = old.tree.span(around);
    let stretch = text.get(span.start as usize..span.end.wrapping_add(shift) as usize)?;
    if stretch.len() > text.len() / PARTS {
        return None;
    }
    let new = parse(stretch);
    let root = new.tree.node(new.tree.root()?);
    let is_whole = root.closed && root.span == Span::new(0, stretch.len() as u32);
    if !is_whole || new.errors.iter().any(|error| !error.kind.is_tolerable()) {
        return None;
    }
    let replacement = Replacement { old, around, span, new: &new, shift };
    let errors = replacement.errors()?;
    Some(Parse { tree: replacement.tree(), errors })
}

/// The innermost object or array that has the edit between its brackets.
fn innermost(tree: &Tree, edit: Span) -> Option<NodeId> {
    let node = tree.node_at(edit.start)?;
    std::iter::once(node).chain(tree.ancestors(node)).find(|&id| {
        let Node { kind, span, .. } = *tree.node(id);
        matches!(kind, NodeKind::Object | NodeKind::Array)
            && span.start < edit.start
            && edit.end < span.end
    })
}

/// An object or array that stands in the place of another one.
struct Replacement<'a> {
    old: &'a Parse,
    /// The old one.
    around: NodeId,
    /// Where that stood.
    span: Span,
    /// The new one, as a text of its own.
    new: &'a Parse,
    /// What is behind moves by so many bytes, modulo 2³².
    shift: u32,
}

impl Replacement<'_> {
    fn tree(&self) -> Tree {
        Tree { nodes: self.nodes(), tokens: self.tokens() }
    }

    fn tokens(&self) -> Vec<Token> {
        let old = &self.old.tree.tokens;
        let first = old.partition_point(|token| token.span.start < self.span.start);
        let behind = old.partition_point(|token| token.span.start < self.span.end);
        let moved = |by: u32| move |token: &Token| Token { span: moved(token.span, by), ..*token };
        let new = &self.new.tree.tokens;
        let mut tokens = Vec::with_capacity(first + new.len() + old.len() - behind);
        tokens.extend_from_slice(&old[..first]);
        tokens.extend(new.iter().map(moved(self.span.start)));
        tokens.extend(old[behind..].iter().map(moved(self.shift)));
        tokens
    }

    fn nodes(&self) -> Vec<Node> {
        let (old, new) = (&self.old.tree.nodes, &self.new.tree.nodes);
        let first = self.around.index();
        let behind = old[first].subtree_end as usize;
        let more = (new.len() as u32).wrapping_sub((behind - first) as u32);
        let mut nodes = Vec::with_capacity(first + new.len() + old.len() - behind);
        nodes.extend_from_slice(&old[..first]);
        for around in self.old.tree.ancestors(self.around) {
            let node = &mut nodes[around.index()];
            node.span.end = node.span.end.wrapping_add(self.shift);
            node.subtree_end = node.subtree_end.wrapping_add(more);
        }
        nodes.extend(new.iter().map(|node| {
            let parent = node.parent.map(|parent| moved_id(parent, first as u32));
            let parent = parent.or(old[first].parent);
            Node { parent, ..moved_node(node, self.span.start, first as u32) }
        }));
        nodes.extend(old[behind..].iter().map(|node| {
            // What the new one is inside of stays where it is.
            let is_around = |parent: &NodeId| parent.index() < first;
            let stays = node.parent.filter(is_around);
            let parent = stays.or(node.parent.map(|parent| moved_id(parent, more)));
            Node { parent, ..moved_node(node, self.shift, more) }
        }));
        nodes
    }

    /// `None` when there may be more than are told.
    fn errors(&self) -> Option<Vec<SyntaxError>> {
        let (old, new) = (&self.old.errors, &self.new.errors);
        let first = old.partition_point(|error| error.span.start < self.span.start);
        let behind = old.partition_point(|error| error.span.start < self.span.end);
        let moved = |by: u32| {
            move |error: &SyntaxError| SyntaxError { span: moved(error.span, by), ..*error }
        };
        let mut errors = old[..first].to_vec();
        errors.extend(new.iter().map(moved(self.span.start)));
        errors.extend(old[behind..].iter().map(moved(self.shift)));
        let most = old.len().max(new.len()).max(errors.len());
        (most < MAX_ERRORS).then_some(errors)
    }
}

fn moved(span: Span, by: u32) -> Span {
    Span::new(span.start.wrapping_add(by), span.end.wrapping_add(by))
}

fn moved_id(id: NodeId, by: u32) -> NodeId {
    NodeId::from_index((id.index() as u32).wrapping_add(by) as usize)
}

/// A node that stands so many bytes and nodes further on.
fn moved_node(node: &Node, bytes: u32, nodes: u32) -> Node {
    let colon = if node.colon == NO_COLON { NO_COLON } else { node.colon.wrapping_add(bytes) };
    let subtree_end = node.subtree_end.wrapping_add(nodes);
    Node { span: moved(node.span, bytes), colon, subtree_end, ..*node }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the parse of the second text is made from that of the first, after looking that it is right.
    fn is_replaced(old: &str, new: &str) -> bool {
        let difference = org_text::Difference::between(old, new);
        let edit = Span::new(difference.start as u32, difference.old_end as u32);
        let replaced = replaced(&parse(old), new, edit, difference.new_end as u32);
        if let Some(replaced) = &replaced {
            assert_eq!(*replaced, parse(new), "{old:?} to {new:?}");
        }
        replaced.is_some()
    }

    fn around(inner: &str) -> String {
        let more = "\"more\": [1, {\"a\": null}, \"b\"],\n".repeat(50);
        format!("// c\n{{ {more} \"d\": {{ {inner} }}, {more} // e\n \"f\": [{{}},] }}\n")
    }

    #[test]
    fn words_come_and_go_inside_of_an_object() {
        for (old, new) in [
            ("\"a\": 1", "\"a\": 1, \"b\": [2, {}]"),
            ("\"a\": 1, \"b\": [2, {}]", "\"a\": 1"),
            ("\"a\": 1", ""),
            ("\"a\": true", "\"a\": false"),
            ("\"a\": 1", "\"a\": 1, // x"),
            ("\"a\": [1, 2]", "\"a\": [1, [2], // x\n 3,]"),
        ] {
            let (old, new) = (format!("{old}\n"), format!("{new}\n"));
            assert!(is_replaced(&around(&old), &around(&new)), "{old} to {new}");
        }
    }

    #[test]
    fn what_reaches_further_is_parsed_as_a_whole() {
        for (old, new) in [
            ("\"a\": 1", "\"a\": 1 }"),
            ("\"a\": 1", "\"a\": \"1"),
            ("\"a\": 1", "\"a\": 1 /*"),
            ("\"a\": 1", "\"a\": 1 //"),
            ("\"a\": 1", "\"a\": 1 }, \"b\": {"),
            ("\"a\": 1", "\"a\" 1"),
        ] {
            assert!(!is_replaced(&around(old), &around(new)), "{old} to {new}");
        }
        assert!(!is_replaced("{}", "{\"a\": 1}"));
        assert!(!is_replaced("[1]", "[1], 2"));
    }

    #[test]
    fn where_errors_may_be_left_out_all_is_parsed() {
        let comments = |count: usize| "// x\n".repeat(count);
        assert!(is_replaced(&around(&comments(40)), &around(&comments(41))));
        assert!(!is_replaced(&around(&comments(70)), &around(&comments(101))));
        assert!(!is_replaced(&around(&comments(101)), &around(&comments(70))));
    }
}
