//! JSON pointers into an org file, as results of logins have them.

use org_syntax::{NodeId, NodeKind, Span, Tree};

use crate::document::Document;
use crate::lower::key_of;

/// The byte span of the value that a pointer leads to, of the member's name where that is an object; as
/// far as it leads when a member is not written. `None` for a file that has no object.
pub fn span_at(document: &Document, pointer: Option<&str>) -> Option<Span> {
    let tree = &document.parse().tree;
    let org = document.org()?;
    let mut node = org.root?;
    let fallback = org.auth_field.as_ref().map(|field| field.key_span);
    let mut span = fallback.unwrap_or_else(|| {
        let start = tree.span(node).start;
        Span::new(start, start + 1)
    });
    for step in pointer.unwrap_or("").split('/').filter(|step| !step.is_empty()) {
        let Some((value, value_span)) = child(document.text(), tree, node, step) else {
            break;
        };
        node = value;
        span = value_span;
    }
    Some(span)
}

fn child(text: &str, tree: &Tree, object: NodeId, name: &str) -> Option<(NodeId, Span)> {
    let name = name.replace("~1", "/").replace("~0", "~");
    let member = tree.members(object).filter(|m| key_of(text, tree, *m) == name).last()?;
    let value = member.value?;
    let is_object = tree.kind(value) == NodeKind::Object;
    let span = if is_object { tree.span(member.key) } else { tree.span(value) };
    Some((value, span))
}
