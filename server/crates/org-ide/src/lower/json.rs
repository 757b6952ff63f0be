//! From the tree of our JSON to what it means.
//!
//! When a member is written twice the last one counts, as for every JSON reader.

use std::borrow::Cow;

use org_syntax::{Member, NodeId, NodeKind, TokenKind, Tree, decode_string};

use super::{AuthDef, Field, OrgDef, ProjectDef, StringValue, Value};

impl Field {
    fn of_member(text: &str, tree: &Tree, member: Member) -> Self {
        Self {
            name: key_of(text, tree, member).into_owned(),
            member: Some(member),
            key_span: tree.span(member.key),
            value_span: member.value.map(|id| tree.span(id)),
            value: member.value.map(|id| lower_value(text, tree, id)),
            is_closed: member.value.is_some_and(|value| tree.is_closed(value)),
        }
    }
}

fn lower_value(text: &str, tree: &Tree, id: NodeId) -> Value {
    let span = tree.span(id);
    match tree.kind(id) {
        NodeKind::String => Value::String(StringValue::new(decode_string(span.text(text)), span)),
        NodeKind::True => Value::Boolean(true),
        NodeKind::False => Value::Boolean(false),
        NodeKind::Object => Value::Object(id),
        other => Value::Other(other),
    }
}

/// Whether a value is a string from one quote to the next, and behind it ends the member or the line.
fn is_whole(text: &str, tree: &Tree, field: &Field) -> bool {
    let Some(string) = field.string() else { return false };
    let raw = string.span.text(text);
    let mut is_escaped = false;
    let mut ends = raw.char_indices().skip(1).filter(|&(_, c)| {
        let is_end = matches!(c, '\n' | '\r') || (c == '"' && !is_escaped);
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    if !raw.starts_with('"') || !raw.ends_with('"') || ends.next() != Some((raw.len() - 1, '"')) {
        return false;
    }
    let behind = tree.tokens().partition_point(|token| token.span.start < string.span.end);
    let next = tree.tokens()[behind..]
        .iter()
        .find(|token| !token.kind.is_trivia() || token.span.text(text).contains('\n'));
    let is_end = |kind: TokenKind| {
        kind.is_trivia() || matches!(kind, TokenKind::Comma | TokenKind::CloseBrace)
    };
    next.is_none_or(|token| is_end(token.kind))
}

/// The name of a member, escapes decoded.
pub(crate) fn key_of<'a>(text: &'a str, tree: &Tree, member: Member) -> Cow<'a, str> {
    tree.name(member, text)
}

fn root_object(tree: &Tree) -> Option<NodeId> {
    tree.root().filter(|&root| tree.kind(root) == NodeKind::Object)
}

/// Calls `each` for the members of `object`, in document order.
fn for_fields(text: &str, tree: &Tree, object: NodeId, mut each: impl FnMut(Field)) {
    for member in tree.members(object) {
        each(Field::of_member(text, tree, member));
    }
}

impl OrgDef {
    pub(crate) fn of_json(text: &str, tree: &Tree) -> Self {
        let mut org = Self { root: root_object(tree), ..Self::default() };
        let Some(root) = org.root else { return org };
        for_fields(text, tree, root, |field| match field.name.as_str() {
            "name" => org.name = Some(field),
            "sandbox" => org.sandbox = Some(field),
            "serverHost" => org.server_host = Some(field),
            "apiVersion" => org.api_version = Some(field),
            "designStudioOrg" => org.design_studio_org = Some(field),
            "auth" => org.auth_field = Some(field),
            _ => {}
        });
        org.is_name_whole = org.name.as_ref().is_some_and(|name| is_whole(text, tree, name));
        if let Some(object) = org.auth_field.as_ref().and_then(Field::object) {
            org.auth = AuthDef::of_json(text, tree, object);
        }
        org
    }
}

impl AuthDef {
    fn of_json(text: &str, tree: &Tree, object: NodeId) -> Self {
        let mut auth = Self { object: Some(object), ..Self::default() };
        for_fields(text, tree, object, |field| match field.name.as_str() {
            "type" => auth.kind = Some(field),
            "username" => auth.username = Some(field),
            "password" => auth.password = Some(field),
            "securityToken" => auth.security_token = Some(field),
            "instanceUrl" => auth.instance_url = Some(field),
            "clientId" => auth.client_id = Some(field),
            "clientSecret" => auth.client_secret = Some(field),
            _ => {}
        });
        auth
    }
}

impl ProjectDef {
    pub(crate) fn of_json(text: &str, tree: &Tree) -> Self {
        let mut project = Self { root: root_object(tree), ..Self::default() };
        let Some(root) = project.root else {
            return project;
        };
        for_fields(text, tree, root, |field| match field.name.as_str() {
            "name" => project.name = Some(field),
            "apiVersion" => project.api_version = Some(field),
            "designStudioVersion" => project.design_studio_version = Some(field),
            "agentVersion" => project.agent_version = Some(field),
            "designStudioProject" => project.design_studio_project = Some(field),
            "rules" => project.rules_field = Some(field),
            _ => {}
        });
        if let Some(object) = project.rules_field.as_ref().and_then(Field::object) {
            for_fields(text, tree, object, |field| {
                project.rules.push((field.name.clone(), field));
            });
        }
        project
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_may_have_swallowed_something_is_none() {
        let name = |text: &str| {
            let parse = org_syntax::parse(text);
            OrgDef::of_json(text, &parse.tree).display_name().map(str::to_owned)
        };
        for text in [
            r#"{"name": "A \"B\" \\"}"#,
            r#"{"name": "A \"B\" \\", "auth": 1"#,
            "{\"name\": \"A \\\"B\\\" \\\\\"\n \"auth\": {}}",
            r#"{"name": "A \"B\" \\" /* c */ , broken"#,
        ] {
            assert_eq!(name(text).as_deref(), Some("A \"B\" \\"), "{text}");
        }
        for text in [
            r#"{"name": "B["NOTREAL",NOTREAL]","auth":{}}"#,
            "{\"name\": \"A NOTREAL\n\"}",
            r#"{"name": "A, "password": "NOTREAL"}"#,
            r#"{"name": "A"NOTREAL", "auth": {}}"#,
            r#"{"name": "A \""#,
            r#"{"name": '"'}"#,
            r#"{"name": 1}"#,
            "{}",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
