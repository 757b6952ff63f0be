//! The tree of values.

use std::borrow::Cow;
use std::num::NonZeroU32;

use crate::{Span, Token, TokenKind, decode_string};

/// Names a node of one [`Tree`]; meaningless in another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NonZeroU32);

impl NodeId {
    /// The id of the node at `index` of the arena.
    pub(crate) fn from_index(index: usize) -> NodeId {
        // The parser's limit on the text keeps the index far below `u32::MAX`.
        NodeId(NonZeroU32::MIN.saturating_add(index as u32))
    }

    /// The node's place in the arena.
    pub(crate) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// What a [`Node`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// `{ … }`; its children are members.
    Object,
    /// `[ … ]`; its children are values.
    Array,
    /// A name and, if it is there, a value.
    Member,
    /// Text in quotes.
    String,
    /// A number.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
    /// A bare word, or the like, that stands where a value or a name should. As a name it may be
    /// empty (`{ : 1 }`).
    Unknown,
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// From its first byte to after its last one, brackets and quotes included. An object or
    /// array that is not closed reaches to the token that ends it, or to the end of the text.
    pub span: Span,
    /// The node it is part of; `None` for the root alone.
    pub parent: Option<NodeId>,
    /// Index after the last node inside this one. Nodes stand in document order, parents before
    /// their children, so the subtree is the stretch of the arena up to here.
    pub(crate) subtree_end: u32,
    /// A member's colon: its offset, or [`NO_COLON`].
    pub(crate) colon: u32,
    /// See [`Tree::is_closed`].
    pub(crate) closed: bool,
}

/// Stands in [`Node::colon`] for a colon that is not there.
pub(crate) const NO_COLON: u32 = u32::MAX;

/// A member of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The member itself.
    pub id: NodeId,
    /// Its name: a [`NodeKind::String`], or [`NodeKind::Unknown`] for a bare word (empty where
    /// there is no name at all).
    pub key: NodeId,
    /// The colon after the name.
    pub colon: Option<Span>,
    /// The value; `None` when it has not been written yet.
    pub value: Option<NodeId>,
}

/// The tokens and the values of one text. The text itself is not in it: keep it beside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) tokens: Vec<Token>,
}

impl Tree {
    /// The value that is the whole text; `None` when the text has no value at all.
    pub fn root(&self) -> Option<NodeId> {
        (!self.nodes.is_empty()).then(|| NodeId::from_index(0))
    }

    /// The node named by `id`.
    ///
    /// # Panics
    /// When `id` comes from another tree and names no node of this one.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// What the node is. Panics as [`Tree::node`] does, as do all functions that take an id.
    pub fn kind(&self, id: NodeId) -> NodeKind {
        self.node(id).kind
    }

    /// Where the node stands.
    pub fn span(&self, id: NodeId) -> Span {
        self.node(id).span
    }

    /// The node it is part of.
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// The node's parent, the parent's parent and so on up to the root.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// An object's members, an array's values, a member's name and value, in document order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).subtree_end as usize;
        let mut next = id.index() + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.nodes[child].subtree_end as usize;
                NodeId::from_index(child)
            })
        })
    }

    /// The members of `object`; none when it is something else.
    pub fn members(&self, object: NodeId) -> impl Iterator<Item = Member> + '_ {
        self.children(object).filter_map(|id| self.member(id))
    }

    /// The names of the members of `object`: [`Member::key`] alone, which takes less than all of their parts.
    pub fn names(&self, object: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let members = self.children(object).filter(|&id| self.kind(id) == NodeKind::Member);
        members.filter_map(|member| self.children(member).next())
    }

    /// The parts of a member; `None` when the node is something else.
    pub fn member(&self, member: NodeId) -> Option<Member> {
        let node = self.node(member);
        if node.kind != NodeKind::Member {
            return None;
        }
        let mut parts = self.children(member);
        let key = parts.next()?;
        let value = parts.next();
        let colon = (node.colon != NO_COLON).then(|| Span::new(node.colon, node.colon + 1));
        Some(Member { id: member, key, colon, value })
    }

    /// A member's name with its escapes decoded. `text` is what was parsed.
    pub fn name<'text>(&self, member: Member, text: &'text str) -> Cow<'text, str> {
        decode_string(self.span(member.key).text(text))
    }

    /// Whether an object or array has its closing bracket, and a string its closing quote; true
    /// for everything else.
    pub fn is_closed(&self, id: NodeId) -> bool {
        self.node(id).closed
    }

    /// The deepest node at a cursor: down from the root, always into the child that contains
    /// `offset` or starts at it, else into the one that ends at it. `None` when not even the root
    /// touches the offset.
    pub fn node_at(&self, offset: u32) -> Option<NodeId> {
        // Whoever touches the offset starts at or before it; among those the last one in document
        // order, or one that it is part of, is the answer.
        let last = self.nodes.partition_point(|node| node.span.start <= offset).checked_sub(1)?;
        let last = NodeId::from_index(last);
        std::iter::once(last).chain(self.ancestors(last)).find(|&id| self.span(id).touches(offset))
    }

    /// All tokens, white space and comments included; together they are the text.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The token that has the byte at `offset` inside; `None` at the end of the text.
    pub fn token_at(&self, offset: u32) -> Option<Token> {
        self.tokens
            .get(self.tokens_before(offset.saturating_add(1)).checked_sub(1)?)
            .copied()
            .filter(|token| token.span.contains(offset))
    }

    /// The token that a cursor at `offset` stands in or right after: the last one that starts
    /// before it.
    pub fn token_before(&self, offset: u32) -> Option<Token> {
        self.tokens[..self.tokens_before(offset)].last().copied()
    }

    /// The last token that starts before `offset` and is no white space and no comment.
    pub fn significant_token_before(&self, offset: u32) -> Option<Token> {
        let before = &self.tokens[..self.tokens_before(offset)];
        before.iter().rev().find(|token| !token.kind.is_trivia()).copied()
    }

    /// The first token that starts at `offset` or after it and is no white space and no comment.
    pub fn significant_token_after(&self, offset: u32) -> Option<Token> {
        let after = &self.tokens[self.tokens_before(offset)..];
        after.iter().find(|token| !token.kind.is_trivia()).copied()
    }

    /// Whether the byte at `offset` is part of a comment, or a cursor there stands at the end of
    /// a comment that goes on as one types.
    pub fn is_in_comment(&self, offset: u32) -> bool {
        self.token_before(offset).is_some_and(|token| match token.kind {
            TokenKind::LineComment => true,
            TokenKind::BlockComment => offset < token.span.end,
            _ => false,
        })
    }

    /// All nodes in document order, parents before their children.
    pub fn descendants(&self) -> impl Iterator<Item = NodeId> {
        (0..self.nodes.len()).map(NodeId::from_index)
    }

    /// The number of tokens that start before `offset`.
    fn tokens_before(&self, offset: u32) -> usize {
        self.tokens.partition_point(|token| token.span.start < offset)
    }
}

#[cfg(test)]
mod tests {
    use crate::{NodeKind, Parse, Span, parse};

    /// What `node_at` finds at the `|` in `text`.
    fn node_at(text: &str) -> Option<(NodeKind, String)> {
        let offset = text.find('|').expect("a cursor");
        let text = text.replace('|', "");
        let tree = parse(&text).tree;
        let id = tree.node_at(offset as u32)?;
        Some((tree.kind(id), tree.span(id).text(&text).to_owned()))
    }

    fn found(kind: NodeKind, text: &str) -> Option<(NodeKind, String)> {
        Some((kind, text.to_owned()))
    }

    #[test]
    fn node_at_prefers_what_the_cursor_is_in() {
        assert_eq!(node_at("{|\"a\": 1}"), found(NodeKind::String, "\"a\""));
        assert_eq!(node_at("{\"a\"|: 1}"), found(NodeKind::String, "\"a\""));
        assert_eq!(node_at("{\"a\":| 1}"), found(NodeKind::Member, "\"a\": 1"));
        assert_eq!(node_at("{\"a\": |1}"), found(NodeKind::Number, "1"));
        assert_eq!(node_at("{\"a\": 1|}"), found(NodeKind::Number, "1"));
        assert_eq!(node_at("{\"a\": 1 |}"), found(NodeKind::Object, "{\"a\": 1 }"));
        assert_eq!(node_at("[1|\"b\"]"), found(NodeKind::String, "\"b\""));
        assert_eq!(node_at("[[1]|]"), found(NodeKind::Array, "[1]"));
    }

    #[test]
    fn node_at_finds_the_object_that_is_not_closed_yet() {
        assert_eq!(node_at("{ |"), found(NodeKind::Object, "{ "));
        assert_eq!(node_at("{ \"a\": { \"b\": 1,\n |"), found(NodeKind::Object, "{ \"b\": 1,\n "));
    }

    #[test]
    fn node_at_finds_nothing_outside_of_the_root() {
        assert_eq!(node_at(" | {}"), None);
        assert_eq!(node_at("{} |"), None);
        assert_eq!(node_at("|"), None);
        assert_eq!(node_at("{}|"), found(NodeKind::Object, "{}"));
    }

    #[test]
    fn members_have_their_parts() {
        let text = r#"{ "n\u0061me": "Acme", b, "c": }"#;
        let Parse { tree, .. } = parse(text);
        let root = tree.root().expect("an object");
        let members: Vec<_> = tree.members(root).collect();
        let names: Vec<_> = members.iter().map(|&member| tree.name(member, text)).collect();
        assert_eq!(names, ["name", "b", "c"]);
        let values: Vec<bool> = members.iter().map(|member| member.value.is_some()).collect();
        assert_eq!(values, [true, false, false]);
        let colons: Vec<_> = members.iter().map(|member| member.colon).collect();
        assert_eq!(colons, [Some(Span::new(13, 14)), None, Some(Span::new(29, 30))]);
        assert_eq!(tree.member(root), None);
        assert_eq!(tree.members(members[0].key).count(), 0);
    }

    #[test]
    fn a_cursor_in_a_comment_is_told() {
        let tree = parse("{ // a\n /* b */ }").tree;
        let inside: Vec<u32> = (0..18).filter(|&offset| tree.is_in_comment(offset)).collect();
        assert_eq!(inside, [3, 4, 5, 6, 9, 10, 11, 12, 13, 14]);
    }

    #[test]
    fn strings_and_brackets_know_whether_they_are_closed() {
        let tree = parse("[\"a\", 'b', \"c").tree;
        let closed: Vec<bool> = tree.descendants().map(|id| tree.is_closed(id)).collect();
        assert_eq!(closed, [false, true, true, false]);
    }
}
