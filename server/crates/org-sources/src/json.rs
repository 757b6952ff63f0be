//! JSON texts, to walk down in.

use org_syntax::{NodeId, NodeKind, Parse, Span, SyntaxError, SyntaxErrorKind, decode_string};

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

    /// A text with whatever mistakes: what can be read counts.
    pub(crate) fn of_any(text: &'a str) -> Self {
        Self { text, parse: org_syntax::parse(text) }
    }

    /// All values, each behind those around it.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = NodeId> + '_ {
        self.parse.tree.descendants()
    }

    /// The object that an object is a member of.
    pub(crate) fn object_around(&self, object: NodeId) -> Option<NodeId> {
        let mut around = self.parse.tree.ancestors(object).filter(|node| *node != object);
        around.find(|node| self.kind(*node) == NodeKind::Object)
    }

    /// The members of an object that are strings: name and text, with something in it or not.
    pub(crate) fn strings(&self, object: NodeId) -> Vec<(Located, Located)> {
        let tree = &self.parse.tree;
        let members = tree.members(object).filter_map(|member| {
            let is_string = |node: &NodeId| self.kind(*node) == NodeKind::String;
            let value = member.value.filter(is_string)?;
            is_string(&member.key).then(|| (self.located(member.key), self.located(value)))
        });
        members.collect()
    }

    /// A string, without its quotes.
    fn located(&self, string: NodeId) -> Located {
        let quoted = self.span(string);
        let value = decode_string(quoted.text(self.text)).into_owned();
        let end = quoted.end - u32::from(self.parse.tree.is_closed(string));
        Located { value, span: Span::new(quoted.start + 1, end.max(quoted.start + 1)) }
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
        let text = self.located(node);
        (!text.value.is_empty()).then_some(text)
    }

    /// The text of a member that is a string with something in it, or a number as it is written.
    pub(crate) fn string_or_number(&self, object: NodeId, name: &str) -> Option<Located> {
        let node = self.get(object, name)?;
        if self.kind(node) != NodeKind::Number {
            return self.string(object, name);
        }
        Some(self.as_written(node))
    }

    /// The word of a member that is `true` or `false`.
    pub(crate) fn truth_value(&self, object: NodeId, name: &str) -> Option<Located> {
        let node = self.get(object, name)?;
        matches!(self.kind(node), NodeKind::True | NodeKind::False).then(|| self.as_written(node))
    }

    /// The value of a member that is `true` or `false`.
    pub(crate) fn boolean(&self, object: NodeId, name: &str) -> Option<bool> {
        self.truth_value(object, name).map(|word| word.value == "true")
    }

    fn as_written(&self, node: NodeId) -> Located {
        let span = self.span(node);
        Located { value: span.text(self.text).to_owned(), span }
    }

    /// What is wrong with the text.
    pub(crate) fn into_errors(self) -> Vec<SyntaxError> {
        self.parse.errors
    }
}
