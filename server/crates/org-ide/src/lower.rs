//! What a file means: the members of an org or a project with the places where they are written.
//!
//! An org is the same thing whichever syntax it is written in: our JSON ([`json`]), Design Studio's XML
//! ([`design_studio`]), or the file of another tool ([`login`]). What a rule judges is here; where it edits JSON, [`Field::member`] leads to the tree.

mod design_studio;
mod json;
mod login;
mod string_value;

use org_schema::members::AuthType;
use org_sources::logins::Flow;
use org_syntax::{Member, NodeId, NodeKind, Span};

pub(crate) use json::key_of;
pub use string_value::StringValue;

/// The value of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A string.
    String(StringValue),
    /// `true` or `false`.
    Boolean(bool),
    /// An object of JSON.
    Object(NodeId),
    /// A variable of Jitterbit (`[name]`), where Design Studio takes one: what it stands for is not in
    /// the file.
    Variable(String),
    /// Encrypted by Design Studio or another tool: what it is nobody knows.
    Encrypted,
    /// Anything else of JSON, which no member takes.
    Other(NodeKind),
    /// A text where the syntax at hand takes others: a sandbox flag that is neither 0 nor 1.
    Invalid,
}

/// A member that is written, with or without its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// What our files call the member, whatever the syntax at hand does.
    pub name: String,
    /// The member in the tree, when it is written in JSON.
    pub member: Option<Member>,
    /// Byte span of what names the member: its name with the quotes in JSON.
    pub key_span: Span,
    /// Byte span of the value; `None` while it is not typed yet.
    pub value_span: Option<Span>,
    /// The value.
    pub value: Option<Value>,
    /// The value has its end: no closing quote is still to come.
    pub is_closed: bool,
}

impl Field {
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

/// An org's members.
#[derive(Clone, Debug, Default)]
pub struct OrgDef {
    /// The outermost object of JSON.
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
    /// `designStudioOrg`
    pub design_studio_org: Option<Field>,
    /// `auth` as a member
    pub auth_field: Option<Field>,
    /// What is inside `auth`.
    pub auth: AuthDef,
    /// How a login in the file of another tool authenticates; `None` for ours and Design Studio's.
    pub flow: Option<Flow>,
}

impl OrgDef {
    /// The *Sandbox* checkbox: absent means `false`; `None` when it is not a truth value.
    pub fn is_sandbox(&self) -> Option<bool> {
        match &self.sandbox {
            None => Some(false),
            Some(field) => field.boolean(),
        }
    }

    /// The host where it logs in, without a port: the written one, else the one that the system completes;
    /// `None` when that cannot be told.
    pub fn login_host(&self) -> Option<String> {
        let written = crate::host_analysis::written_login_host(self).map(|(host, _)| host);
        written.or_else(|| match self.flow {
            None => crate::effective::derived_server_host(self),
            Some(_) => None,
        })
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
    /// The object of JSON.
    pub object: Option<NodeId>,
    /// `type`; in another syntax what tells the same
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
    /// `designStudioProject`
    pub design_studio_project: Option<Field>,
    /// `rules` as a member
    pub rules_field: Option<Field>,
    /// The members of `rules`: rule name and its severity.
    pub rules: Vec<(String, Field)>,
}
