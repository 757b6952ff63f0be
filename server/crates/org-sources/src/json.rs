//! JSON texts, to walk down in.

use org_syntax::{NodeId, NodeKind, Parse, Span, SyntaxErrorKind, decode_string};

use crate::Located;

/// A JSON text and its tree.
pub(crate) struct Json<'a> {
    text: &'a str,
    parse: Parse,
}

impl<'a> Json<'a> {
    /// Parses a text.
    ///
    /// # Errors
    /// The byte offset of the first thing that is no JSON. Comments and trailing commas are let pass.
    pub(crate) fn parse(text: &'a str) -> Result<Self, u32> {
        let parse = org_syntax::parse(text);
        let is_let_pass = |kind: SyntaxErrorKind| {
            matches!(kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
        };
        match parse.errors.iter().find(|error| !is_let_pass(error.kind)) {
            Some(error) => Err(error.span.start),
            None => Ok(Self { text, parse }),
        }
    }

    /// The outermost value.
    pub(crate) fn root(&self) -> Option<NodeId> {
        self.parse.tree.root()
    }

    /// Where a value stands.
    pub(crate) fn span(&self, node: NodeId) -> Span {
        self.parse.tree.span(node)
    }

    pub(crate) fn kind(&self, node: NodeId) -> NodeKind {
        self.parse.tree.kind(node)
    }

    /// The value of a member; of several with one name the last counts.
    pub(crate) fn get(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let tree = &self.parse.tree;
        let of_name = tree.members(object).filter(|member| tree.name(*member, self.text) == name);
        of_name.last().and_then(|member| member.value)
    }

    /// The values of all members of an object.
    pub(crate) fn values(&self, object: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.parse.tree.members(object).filter_map(|member| member.value)
    }

    /// The items of an array.
    pub(crate) fn items(&self, array: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.parse.tree.children(array)
    }

    /// The text of a member that is a string with something in it.
    pub(crate) fn string(&self, object: NodeId, name: &str) -> Option<Located> {
        let node = self.get(object, name)?;
        if self.kind(node) != NodeKind::String {
            return None;
        }
        let quoted = self.span(node);
        let value = decode_string(quoted.text(self.text)).into_owned();
        let span = Span::new(quoted.start + 1, quoted.end.saturating_sub(1));
        (!value.is_empty()).then_some(Located { value, span })
    }

    /// The value of a member that is `true` or `false`.
    pub(crate) fn boolean(&self, object: NodeId, name: &str) -> Option<bool> {
        let node = self.get(object, name)?;
        match self.kind(node) {
            NodeKind::True => Some(true),
            NodeKind::False => Some(false),
            _ => None,
        }
    }
}
