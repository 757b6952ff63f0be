//! What a source holds, in one form for all of them.

use std::fmt;

use org_schema::address::Address;
use org_schema::hosts::HostKind;
use org_schema::{ApiVersion, foreign_ref, hosts, invisible, secret_ref, value_shapes};
use secrecy::{ExposeSecret, SecretString};

/// A file, folder or text that somebody wants org files from.
#[derive(Debug, Default)]
pub struct Source {
    /// What a person calls it: a path as given, or standard input.
    pub label: String,
    /// The orgs in it.
    pub orgs: Vec<FoundOrg>,
    /// What is in it and becomes no org file.
    pub left_out: Vec<String>,
    /// Whether the environment variables in it are found where the new org files look for them: it is
    /// the `.env` file of their project.
    pub variables_resolve: bool,
    /// The Design Studio project that it is.
    pub design_studio: Option<DesignStudio>,
}

/// A Design Studio project as a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DesignStudio {
    /// What it is called.
    pub name: Option<String>,
    /// The version that saved it, such as `11.63.0.12`.
    pub version: Option<String>,
    /// Where it is, seen from the folder of the project file; `None` where it cannot be linked.
    pub link: Option<String>,
}

/// One org of a source.
#[derive(Clone, Debug)]
pub struct FoundOrg {
    /// What the source calls it.
    pub name: String,
    /// The line where it begins in the source, from 1.
    pub line: Option<usize>,
    /// Its GUID in Design Studio.
    pub design_studio_org: Option<String>,
    /// Whether it is a sandbox, where the source says so.
    pub sandbox: Option<bool>,
    /// Where its logins go.
    pub host: FoundHost,
    /// Its API version.
    pub version: FoundVersion,
    /// How it logs in.
    pub auth: FoundAuth,
}

/// Where logins go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundHost {
    /// The source says nothing.
    Missing,
    /// A host of Salesforce's, in lower case.
    Host(String),
    /// A variable, or something that is no host of Salesforce's. Foreign text.
    Unusable(String),
}

/// An API version in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundVersion {
    /// None.
    Missing,
    /// The org is set to it.
    Set(ApiVersion),
    /// What the org offers: good for a new project, and no reason to write it into an org.
    Offered(ApiVersion),
    /// Something else. Foreign text.
    Unusable(String),
}

impl FoundVersion {
    /// What a source writes for a version that the org is set to.
    pub fn set(text: &str) -> Self {
        Self::read(text, Self::Set)
    }

    /// What a source writes for a version that the org offers.
    pub fn offered(text: &str) -> Self {
        Self::read(text, Self::Offered)
    }

    fn read(text: &str, known: fn(ApiVersion) -> Self) -> Self {
        let text = invisible::trim(text);
        if text.is_empty() {
            return Self::Missing;
        }
        let bare = text.trim_start_matches(['v', 'V']);
        let whole = if bare.contains('.') { bare.to_owned() } else { format!("{bare}.0") };
        ApiVersion::parse(&whole).map_or_else(|| Self::Unusable(text.to_owned()), known)
    }

    /// The version, whatever it means.
    pub fn known(&self) -> Option<ApiVersion> {
        match self {
            Self::Set(version) | Self::Offered(version) => Some(*version),
            Self::Missing | Self::Unusable(_) => None,
        }
    }
}

/// What a product writes for the *Sandbox* checkbox, as a rule first.
pub(crate) struct SandboxWords {
    /// For a sandbox.
    pub(crate) yes: &'static [&'static str],
    /// For any other org.
    pub(crate) no: &'static [&'static str],
}

impl SandboxWords {
    /// Reads what is written.
    ///
    /// # Errors
    /// It is none of the words: why the org is not imported, behind its name.
    pub(crate) fn read(&self, written: Option<&str>) -> Result<Option<bool>, String> {
        let written = written.map_or("", str::trim);
        if written.is_empty() {
            return Ok(None);
        }
        if self.yes.contains(&written) || self.no.contains(&written) {
            return Ok(Some(self.yes.contains(&written)));
        }
        let what = match FoundValue::of_jitterbit(written) {
            FoundValue::Literal { .. } | FoundValue::Missing => {
                format!("neither {} nor {}", self.no[0], self.yes[0])
            }
            _ => "a variable, so nobody can tell which kind of org it is".to_owned(),
        };
        Err(format!("is not imported: its \"sandbox\" is {what}"))
    }
}

/// How an org logs in.
#[derive(Clone, Debug)]
pub enum FoundAuth {
    /// User name and password.
    Basic {
        /// User name.
        username: FoundValue,
        /// Password.
        password: FoundValue,
        /// Security token.
        security_token: FoundValue,
    },
    /// An app, or a login of the Salesforce CLI in whose place an app is needed.
    ClientCredentials {
        /// Consumer key.
        client_id: FoundValue,
        /// Consumer secret.
        client_secret: FoundValue,
        /// Who logs in in the source, which an app does not need.
        username: Option<String>,
        /// What the app still needs.
        app: AppState,
    },
}

/// What is known of the app of an org with OAuth 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppState {
    /// It logs in with client credentials.
    Ready,
    /// It has logged in another way so far: the flow may have to be switched on.
    OtherFlow,
    /// There is none: the Salesforce CLI's own app takes no client credentials.
    Missing,
}

/// A value of a login.
#[derive(Clone)]
pub enum FoundValue {
    /// The source has none.
    Missing,
    /// It is written out.
    Literal {
        /// The value.
        value: SecretString,
        /// The environment variable that it comes from.
        variable: Option<String>,
    },
    /// A reference of ours, or another program's that stands for this one.
    Reference(String),
    /// It is there, and cannot be told.
    Hidden(Hidden),
}

/// Without the value.
impl fmt::Debug for FoundValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("Missing"),
            Self::Literal { .. } => f.write_str("Literal"),
            Self::Reference(reference) => write!(f, "Reference({reference})"),
            Self::Hidden(why) => write!(f, "Hidden({why:?})"),
        }
    }
}

/// Why a value cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// Design Studio has encrypted it.
    Encrypted,
    /// A program has put a mask in its place.
    Masked,
    /// It holds a reference of another program, in a longer text or to something without a name.
    Composed,
}

impl FoundValue {
    /// What a value that a source writes out stands for.
    pub fn of(text: &str) -> Self {
        let trimmed = invisible::trim(text);
        if trimmed.is_empty() || value_shapes::is_placeholder(trimmed) {
            return Self::Missing;
        }
        if value_shapes::is_masked(trimmed) {
            return Self::Hidden(Hidden::Masked);
        }
        if let Some(foreign) = foreign_ref::parse(trimmed) {
            return foreign.ours.map_or(Self::Hidden(Hidden::Composed), Self::Reference);
        }
        match secret_ref::parse(trimmed) {
            secret_ref::SecretValue::Env(_) | secret_ref::SecretValue::Keyring(_) => {
                Self::Reference(trimmed.to_owned())
            }
            secret_ref::SecretValue::Invalid => Self::Hidden(Hidden::Composed),
            secret_ref::SecretValue::Literal(_) => {
                Self::Literal { value: text.into(), variable: None }
            }
        }
    }

    /// As [`FoundValue::of`], of what a field of Jitterbit holds: there a variable may stand in a longer
    /// text, `[a].[b]`.
    pub fn of_jitterbit(text: &str) -> Self {
        match Self::of(text) {
            Self::Literal { .. } if has_jitterbit_variable(text) => Self::Hidden(Hidden::Composed),
            told => told,
        }
    }

    /// As [`FoundValue::of`], of the value of an environment variable.
    pub fn of_variable(name: &str, value: &SecretString) -> Self {
        match Self::of(value.expose_secret()) {
            Self::Literal { value, .. } => Self::Literal { value, variable: Some(name.to_owned()) },
            other => other,
        }
    }

    /// Whether the source has none.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

impl FoundHost {
    /// What a host or an address that a source writes stands for: an address with a path, a host for
    /// people, or the part before `.salesforce.com`.
    pub fn of(text: &str) -> Self {
        let text = invisible::trim(text);
        if text.is_empty() || value_shapes::is_placeholder(text) {
            return Self::Missing;
        }
        let host = Address::split(text).host_name().to_ascii_lowercase();
        let whole = format!("{host}.salesforce.com");
        let host = hosts::my_domain_for_ui_host(&host).unwrap_or(host);
        let found = [host, whole].into_iter().find(|host| hosts::is_salesforce_api_host(host));
        found.map_or_else(|| Self::Unusable(text.to_owned()), Self::Host)
    }

    /// The host, when it can be used.
    pub fn host(&self) -> Option<&str> {
        match self {
            Self::Host(host) => Some(host),
            Self::Missing | Self::Unusable(_) => None,
        }
    }

    /// The host, when client credentials can be exchanged there.
    pub fn my_domain(&self) -> Option<&str> {
        self.host().filter(|host| {
            !matches!(hosts::classify(host), HostKind::ProductionLogin | HostKind::SandboxLogin)
        })
    }
}

impl FoundOrg {
    /// Whether it is a sandbox: as the source says, else as its host does.
    pub fn is_sandbox(&self) -> bool {
        let by_host = || self.host.host().and_then(hosts::sandbox_by_host);
        self.sandbox.or_else(by_host).unwrap_or(false)
    }

    /// The host that logins go to with basic authentication.
    pub fn server_host(&self) -> &str {
        self.host.host().unwrap_or_else(|| default_host(self.is_sandbox()))
    }
}

/// The host that the system completes for basic authentication.
pub(crate) fn default_host(is_sandbox: bool) -> &'static str {
    if is_sandbox { hosts::SANDBOX_LOGIN } else { hosts::PRODUCTION_LOGIN }
}

/// Whether `[name]` or `[name{default}]` stands somewhere in a text.
fn has_jitterbit_variable(text: &str) -> bool {
    let names = text.split('[').skip(1).filter_map(|rest| rest.split_once(']'));
    names.into_iter().any(|(name, _)| {
        let name = name.trim_start_matches('$');
        let name = name.split('{').next().unwrap_or(name);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(is_name)
    })
}

/// The line of a byte offset, from 1.
pub(crate) fn line_of(text: &str, offset: u32) -> usize {
    let before = text.as_bytes().get(..offset as usize).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_from_addresses_and_words() {
        let host = |text: &str| FoundHost::of(text);
        for (text, expected) in [
            ("https://login.salesforce.com/", "login.salesforce.com"),
            ("test", "test.salesforce.com"),
            ("acme.my", "acme.my.salesforce.com"),
            (
                "https://Acme--uat.sandbox.lightning.force.com/x",
                "acme--uat.sandbox.my.salesforce.com",
            ),
            ("https://acme.my.salesforce.com/services/Soap/u/60.0", "acme.my.salesforce.com"),
            ("na139.salesforce.com", "na139.salesforce.com"),
        ] {
            assert_eq!(host(text), FoundHost::Host(expected.to_owned()), "{text}");
        }
        for text in [
            "[sf_host]",
            "https://evil.example",
            "login.salesforce.com.evil.example",
            "${HOST}",
            "127.0.0.1",
        ] {
            assert_eq!(host(text), FoundHost::Unusable(text.to_owned()), "{text}");
        }
        assert_eq!(host(" "), FoundHost::Missing);
        assert_eq!(host("<your domain>"), FoundHost::Missing);
    }

    #[test]
    fn values_are_told_from_what_stands_for_them() {
        let shown = |text: &str| format!("{:?}", FoundValue::of(text));
        for (text, expected) in [
            ("", "Missing"),
            ("<password>", "Missing"),
            ("[REDACTED] Use --verbose", "Hidden(Masked)"),
            ("********", "Hidden(Masked)"),
            ("[sf_username]", "Reference(${env:SF_USERNAME})"),
            ("[sf_username{}]", "Reference(${env:SF_USERNAME})"),
            ("{{sf_user}}", "Reference(${env:SF_USER})"),
            ("${env:A}", "Reference(${env:A})"),
            ("${keyring:a b}", "Reference(${keyring:a b})"),
            ("vault:secret/x", "Hidden(Composed)"),
            ("NOT-REAL", "Literal"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn versions_are_read_as_people_write_them() {
        for (text, version) in
            [("60.0", Some(60)), ("60", Some(60)), ("v61.0", Some(61)), ("", None), ("[v]", None)]
        {
            assert_eq!(FoundVersion::set(text).known(), version.map(ApiVersion::new), "{text}");
        }
        assert_eq!(FoundVersion::set("abc"), FoundVersion::Unusable("abc".to_owned()));
    }
}
