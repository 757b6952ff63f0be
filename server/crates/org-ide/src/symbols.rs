//! Document symbols: the members of a file, nested as they are. Never a secret.

use std::collections::HashMap;

use org_schema::members::ValueKind;
use org_syntax::{NodeId, NodeKind, Span, Tree};
use org_text::Foreign;

use crate::context::Context;
use crate::document::Document;
use crate::lower::Field;
use crate::rules::RuleContext;

/// How deep symbols go; what is nested deeper is no org definition, and protocols nest as deep.
const MAX_DEPTH: usize = 16;
/// How many symbols a file shows at most.
pub(crate) const MAX_SYMBOLS: usize = 5_000;
/// How many characters of a value are shown at most.
const MAX_DETAIL: usize = 100;

/// A member, or a value of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The member's name, or the value's index. Never empty.
    pub name: String,
    /// The value, of a member that is known to hold no secret; the type, of `auth`.
    pub detail: Option<String>,
    /// What the value is; [`NodeKind::Unknown`] for a bare word, and for one that is missing.
    pub kind: NodeKind,
    /// Byte span of the whole.
    pub span: Span,
    /// Byte span of the name, inside of `span`.
    pub name_span: Span,
    /// What is inside the value.
    pub children: Vec<Symbol>,
}

/// The symbols of a document, in its order.
pub fn document_symbols(document: &Document, context: &Context<'_>) -> Vec<Symbol> {
    if document.kind().is_design_studio() {
        return crate::design_studio::symbols(document);
    }
    let tree = &document.parse().tree;
    let mut collector = Collector {
        text: document.text(),
        tree,
        details: details(&RuleContext::new(document, context)),
        left: MAX_SYMBOLS,
    };
    tree.root().map(|root| collector.children(root, 0)).unwrap_or_default()
}

/// What is shown beside members, by member. A member that the tables do not know could hold
/// anything, a misspelt password too, so nothing of it is shown.
fn details(cx: &RuleContext<'_>) -> HashMap<NodeId, String> {
    let mut details = HashMap::new();
    for &(member, spec) in cx.known_members() {
        // Where an object belongs, a text could be anything too.
        let is_shown = !spec.secret && spec.value != ValueKind::Object;
        let value = member.value.filter(|_| is_shown);
        if let Some(shown) = value.and_then(|value| shown_value(cx, value)) {
            details.insert(member.id, shown);
        }
    }
    if let Some(org) = cx.org()
        && let (Some(auth), Some(auth_type)) = (&org.auth_field, org.auth_type())
        && let Some(member) = auth.member
    {
        details.insert(member.id, auth_type.as_str().to_owned());
    }
    let rules = cx.project_def().map(|project| project.rules.as_slice()).unwrap_or_default();
    for (_, field) in rules {
        if let (Some(severity), Some(member)) = (Field::str(field), field.member) {
            details.insert(member.id, shortened(severity));
        }
    }
    details
}

fn shown_value(cx: &RuleContext<'_>, value: NodeId) -> Option<String> {
    let written = cx.tree().span(value).text(cx.text());
    match cx.tree().kind(value) {
        NodeKind::String => Some(shortened(&org_syntax::decode_string(written))),
        NodeKind::Number | NodeKind::True | NodeKind::False | NodeKind::Null => {
            Some(shortened(written))
        }
        NodeKind::Object | NodeKind::Array | NodeKind::Member | NodeKind::Unknown => None,
    }
}

/// On one line, and not too long for a list.
pub(crate) fn shortened(value: &str) -> String {
    format!("{:.MAX_DETAIL$}", Foreign(value))
}

struct Collector<'a> {
    text: &'a str,
    tree: &'a Tree,
    details: HashMap<NodeId, String>,
    /// How many symbols may still come.
    left: usize,
}

impl Collector<'_> {
    /// The symbols inside a value; `depth` is that of the value.
    fn children(&mut self, value: NodeId, depth: usize) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        if depth == MAX_DEPTH {
            return symbols;
        }
        let tree = self.tree;
        let is_nested = matches!(tree.kind(value), NodeKind::Object | NodeKind::Array);
        for (index, child) in tree.children(value).filter(|_| is_nested).enumerate() {
            let Some(left) = self.left.checked_sub(1) else { break };
            self.left = left;
            symbols.push(self.symbol(child, index, depth));
        }
        symbols
    }

    fn symbol(&mut self, child: NodeId, index: usize, depth: usize) -> Symbol {
        let (name, name_span, value) = match self.tree.member(child) {
            Some(member) => (self.shown_name(member.key), self.tree.span(member.key), member.value),
            None => (index.to_string(), self.tree.span(child), Some(child)),
        };
        Symbol {
            name,
            detail: self.details.remove(&child),
            kind: value.map_or(NodeKind::Unknown, |value| self.tree.kind(value)),
            span: self.tree.span(child),
            name_span,
            children: value.map(|value| self.children(value, depth + 1)).unwrap_or_default(),
        }
    }

    /// A name that shows: editors refuse empty ones.
    fn shown_name(&self, key: NodeId) -> String {
        let written = self.tree.span(key).text(self.text);
        let name = shortened(&org_syntax::decode_string(written));
        match (name.trim().is_empty(), written.is_empty()) {
            (false, _) => name,
            (true, false) => shortened(written),
            (true, true) => "…".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
