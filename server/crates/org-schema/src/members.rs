//! Every member of the two kinds of file, each written down once.

mod auth_type;
mod org;
mod project;

pub use auth_type::AuthType;

/// An object that has members of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// The whole of an org definition file.
    Org,
    /// `auth` of type `basic`.
    BasicAuth,
    /// `auth` of type `oauth2-client-credentials`.
    OAuthAuth,
    /// The whole of a project file.
    Project,
    /// `rules` of a project file. Its members are the names of the rules, which are not written
    /// here.
    Rules,
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Any string.
    String,
    /// `true` or `false`.
    Boolean,
    /// An object.
    Object,
    /// A string such as `61.0`.
    ApiVersion,
    /// A string: a literal, `${env:NAME}` or `${keyring:NAME}`.
    Secret,
    /// One of the names of [`AuthType`].
    AuthType,
    /// A string: a host name without a scheme.
    HostName,
    /// A string: `https://` and a host.
    InstanceUrl,
    /// A string such as `11.59`.
    ProductVersion,
    /// A string: the address of a JSON Schema.
    Uri,
}

/// One member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberSpec {
    /// Its name in the file.
    pub name: &'static str,
    /// What its value has to be.
    pub value: ValueKind,
    /// Whether a file without it is wrong.
    pub required: bool,
    /// Whether its value must never be shown.
    pub secret: bool,
    /// Whether its value may be `${env:NAME}` or `${keyring:NAME}`: the secrets, and what projects
    /// keep beside them in variables. Where credentials go never is one.
    pub reference: bool,
    /// Whether its value, when it is of the right shape, may stand in the excerpts of reports, which end
    /// up in logs: not free text, nor what is pasted beside a secret and easily mistaken for it.
    pub public: bool,
    /// The label of its field on the wizard's screen.
    pub title: &'static str,
    /// One sentence of plain text.
    pub summary: &'static str,
    /// Documentation in Markdown, complete without the summary.
    pub doc: &'static str,
    /// What an empty input field shows as an example; empty for secrets and objects.
    pub placeholder: &'static str,
}

/// Characters that the name of an org must not contain, because Jitterbit refuses them in the names of
/// endpoints.
pub const FORBIDDEN_IN_ORG_NAMES: [char; 2] = ['/', ':'];

/// The members of an object, in the order in which a new file has them.
pub fn members(object: ObjectKind) -> &'static [MemberSpec] {
    match object {
        ObjectKind::Org => org::ORG,
        ObjectKind::BasicAuth => org::BASIC_AUTH,
        ObjectKind::OAuthAuth => org::OAUTH_AUTH,
        ObjectKind::Project => project::PROJECT,
        ObjectKind::Rules => &[],
    }
}

/// The member of an object by its exact name.
pub fn find(object: ObjectKind, name: &str) -> Option<&'static MemberSpec> {
    members(object).iter().find(|member| member.name == name)
}

/// Whether the value of an `auth` member may be a reference; see [`MemberSpec::reference`].
pub fn may_be_reference(name: &str) -> bool {
    let kinds = AuthType::ALL.map(AuthType::object_kind);
    kinds.iter().any(|kind| find(*kind, name).is_some_and(|spec| spec.reference))
}

/// What a rule can be set to in `rules` of a project file, with a word of explanation each.
pub static RULE_LEVELS: [(&str, &str); 5] = [
    ("error", "Report it as an error; a check fails."),
    ("warning", "Report it as a warning."),
    ("information", "Report it as information."),
    ("hint", "Report it as a hint, which editors show faintly."),
    ("off", "Do not report it."),
];

#[cfg(test)]
mod tests;
