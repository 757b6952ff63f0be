//! From tree to meaning: the members of both formats with the spans where they are written.
//!
//! When a member is written twice the last one counts, as for every JSON reader.

use org_schema::members::AuthType;
use org_syntax::{Member, NodeId, NodeKind, Span, TokenKind, Tree, decode_string};

/// A string as written and as meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringValue {
    /// The value, escapes decoded.
    pub value: String,
    /// Byte span with the quotes.
    pub span: Span,
}

/// The value of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    String(StringValue),
    /// `true` or `false`.
    Boolean(bool),
    /// An object.
    Object(NodeId),
    /// Anything else, which no member takes.
    Other(NodeKind),
}

/// A member that is written, with or without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The member in the tree.
    pub member: Member,
    /// Byte span of the member's name with its quotes.
    pub key_span: Span,
    /// Byte span of the value; `None` while it is not typed yet.
    pub value_span: Option<Span>,
    /// The value.
    pub value: Option<Value>,
}

impl Field {
    fn lower(text: &str, tree: &Tree, member: Member) -> Self {
        let value = member.value.map(|id| lower_value(text, tree, id));
        Self {
            member,
            key_span: tree.span(member.key),
            value_span: member.value.map(|id| tree.span(id)),
            value,
        }
    }

    /// The string, when the value is one.
    pub fn string(&self) -> Option<&StringValue> {
        match &self.value {
            Some(Value::String(string)) => Some(string),
            _ => None,
        }
    }

    /// The decoded text, when the value is a string.
    pub fn str(&self) -> Option<&str> {
        self.string().map(|string| string.value.as_str())
    }

    /// The truth value, when the value is one.
    pub fn boolean(&self) -> Option<bool> {
        match self.value {
            Some(Value::Boolean(value)) => Some(value),
            _ => None,
        }
    }

    /// The object, when the value is one.
    pub fn object(&self) -> Option<NodeId> {
        match self.value {
            Some(Value::Object(id)) => Some(id),
            _ => None,
        }
    }

    /// Where a finding about this member stands: its value, else its name.
    pub fn span(&self) -> Span {
        self.value_span.unwrap_or(self.key_span)
    }
}

fn lower_value(text: &str, tree: &Tree, id: NodeId) -> Value {
    let span = tree.span(id);
    match tree.kind(id) {
        NodeKind::String => {
            Value::String(StringValue { value: decode_string(span.text(text)).into_owned(), span })
        }
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
pub(crate) fn key_of<'a>(text: &'a str, tree: &Tree, member: Member) -> std::borrow::Cow<'a, str> {
    tree.name(member, text)
}

fn root_object(tree: &Tree) -> Option<NodeId> {
    tree.root().filter(|&root| tree.kind(root) == NodeKind::Object)
}

/// Calls `each` for the members of `object`, in document order.
fn for_fields(text: &str, tree: &Tree, object: NodeId, mut each: impl FnMut(&str, Field)) {
    for member in tree.members(object) {
        each(&key_of(text, tree, member), Field::lower(text, tree, member));
    }
}

/// An org file's members.
#[derive(Clone, Debug, Default)]
pub struct OrgDef {
    /// The outermost object.
    pub root: Option<NodeId>,
    /// `name`
    pub name: Option<Field>,
    /// Whether nothing behind the name can have become a part of it, because a quote is missing.
    is_name_whole: bool,
    /// `sandbox`
    pub sandbox: Option<Field>,
    /// `serverHost`
    pub server_host: Option<Field>,
    /// `apiVersion`
    pub api_version: Option<Field>,
    /// `auth` as a member
    pub auth_field: Option<Field>,
    /// What is inside `auth`.
    pub auth: AuthDef,
}

impl OrgDef {
    pub(crate) fn lower(text: &str, tree: &Tree) -> Self {
        let mut org = Self { root: root_object(tree), ..Self::default() };
        let Some(root) = org.root else { return org };
        for_fields(text, tree, root, |name, field| match name {
            "name" => org.name = Some(field),
            "sandbox" => org.sandbox = Some(field),
            "serverHost" => org.server_host = Some(field),
            "apiVersion" => org.api_version = Some(field),
            "auth" => org.auth_field = Some(field),
            _ => {}
        });
        org.is_name_whole = org.name.as_ref().is_some_and(|name| is_whole(text, tree, name));
        if let Some(object) = org.auth_field.as_ref().and_then(Field::object) {
            org.auth = AuthDef::lower(text, tree, object);
        }
        org
    }

    /// The *Sandbox* checkbox: absent means `false`; `None` when it is not a truth value.
    pub fn is_sandbox(&self) -> Option<bool> {
        match &self.sandbox {
            None => Some(false),
            Some(field) => field.boolean(),
        }
    }

    /// The authentication type, when a known one is written.
    pub fn auth_type(&self) -> Option<AuthType> {
        self.auth.kind.as_ref().and_then(Field::str).and_then(AuthType::parse)
    }

    /// The org's name, when a string is written and it is sure where that ends.
    pub fn display_name(&self) -> Option<&str> {
        self.name.as_ref().filter(|_| self.is_name_whole).and_then(Field::str)
    }
}

/// The members of `auth`, of either type.
#[derive(Clone, Debug, Default)]
pub struct AuthDef {
    /// The object.
    pub object: Option<NodeId>,
    /// `type`
    pub kind: Option<Field>,
    /// `username`
    pub username: Option<Field>,
    /// `password`
    pub password: Option<Field>,
    /// `securityToken`
    pub security_token: Option<Field>,
    /// `instanceUrl`
    pub instance_url: Option<Field>,
    /// `clientId`
    pub client_id: Option<Field>,
    /// `clientSecret`
    pub client_secret: Option<Field>,
}

impl AuthDef {
    fn lower(text: &str, tree: &Tree, object: NodeId) -> Self {
        let mut auth = Self { object: Some(object), ..Self::default() };
        for_fields(text, tree, object, |name, field| match name {
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

    /// The members that hold a secret, written or not, with their names.
    pub fn secret_fields(&self) -> [(&'static str, &Option<Field>); 3] {
        [
            ("password", &self.password),
            ("securityToken", &self.security_token),
            ("clientSecret", &self.client_secret),
        ]
    }

    /// The members whose value may be a reference, written or not, with their names: the secrets,
    /// `username` and `clientId`.
    pub fn reference_fields(&self) -> [(&'static str, &Option<Field>); 5] {
        let [password, token, secret] = self.secret_fields();
        [("username", &self.username), password, token, ("clientId", &self.client_id), secret]
    }

    /// The members that may be a reference and are written, with their names.
    pub fn references(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        self.reference_fields()
            .into_iter()
            .filter_map(|(name, field)| Some((name, field.as_ref()?)))
    }
}

/// A project file's members.
#[derive(Clone, Debug, Default)]
pub struct ProjectDef {
    /// The outermost object.
    pub root: Option<NodeId>,
    /// `name`
    pub name: Option<Field>,
    /// `apiVersion`
    pub api_version: Option<Field>,
    /// `designStudioVersion`
    pub design_studio_version: Option<Field>,
    /// `agentVersion`
    pub agent_version: Option<Field>,
    /// `rules` as a member
    pub rules_field: Option<Field>,
    /// The members of `rules`: rule name and its severity.
    pub rules: Vec<(String, Field)>,
}

impl ProjectDef {
    pub(crate) fn lower(text: &str, tree: &Tree) -> Self {
        let mut project = Self { root: root_object(tree), ..Self::default() };
        let Some(root) = project.root else {
            return project;
        };
        for_fields(text, tree, root, |name, field| match name {
            "name" => project.name = Some(field),
            "apiVersion" => project.api_version = Some(field),
            "designStudioVersion" => project.design_studio_version = Some(field),
            "agentVersion" => project.agent_version = Some(field),
            "rules" => project.rules_field = Some(field),
            _ => {}
        });
        if let Some(object) = project.rules_field.as_ref().and_then(Field::object) {
            for_fields(text, tree, object, |name, field| {
                project.rules.push((name.to_owned(), field));
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
            OrgDef::lower(text, &parse.tree).display_name().map(str::to_owned)
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
