//! An org file before it is written.

use std::fmt::{self, Write as _};

use org_schema::ApiVersion;
use org_schema::members::{AuthType, ObjectKind, find};
use org_syntax::quote;
use secrecy::SecretString;

use crate::found::default_host;

/// What an org file will say. The values of its secrets are not in its text: each is stored elsewhere,
/// or a reference waits for it.
#[derive(Clone, Debug)]
pub struct Definition {
    /// `name`
    pub name: String,
    /// `sandbox`
    pub sandbox: bool,
    /// `serverHost`, where the system would complete another one.
    pub server_host: Option<String>,
    /// `apiVersion`, where it is not the project's.
    pub api_version: Option<ApiVersion>,
    /// `designStudioOrg`
    pub design_studio_org: Option<String>,
    /// `auth.type`
    pub auth_type: AuthType,
    /// The members of `auth` behind its type, in their order, with their text.
    pub auth: Vec<(&'static str, String)>,
    /// The secrets that the source writes out.
    pub secrets: Vec<PlannedSecret>,
}

/// A secret that the source writes out and that the org file refers to.
#[derive(Clone)]
pub struct PlannedSecret {
    /// `password`, `securityToken` or `clientSecret`.
    pub member: &'static str,
    /// The environment variable that the file refers to while the secret is not stored elsewhere.
    pub environment_name: String,
    /// The account in the keyring that fits it.
    pub keyring_account: String,
    /// The secret itself.
    pub value: SecretString,
}

/// Without the secret.
impl fmt::Debug for PlannedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlannedSecret")
            .field("member", &self.member)
            .field("environment_name", &self.environment_name)
            .finish_non_exhaustive()
    }
}

impl Definition {
    /// Puts the reference to where a secret has been stored into the file.
    pub fn set_reference(&mut self, member: &str, reference: String) {
        for (name, text) in &mut self.auth {
            if *name == member {
                *text = reference;
                return;
            }
        }
    }

    /// The host that logins go to, when the file tells it.
    pub fn host(&self) -> Option<&str> {
        let of = |member: &str| self.auth.iter().find(|(name, _)| *name == member);
        match self.auth_type {
            AuthType::Basic => {
                Some(self.server_host.as_deref().unwrap_or_else(|| default_host(self.sandbox)))
            }
            AuthType::OAuth2ClientCredentials => of("instanceUrl")?.1.strip_prefix("https://"),
        }
    }

    /// The file's text, formatted.
    pub fn text(&self) -> String {
        let mut outer = vec![("name", quote(&self.name)), ("sandbox", self.sandbox.to_string())];
        outer.extend(self.server_host.as_ref().map(|host| ("serverHost", quote(host))));
        outer.extend(self.api_version.map(|version| ("apiVersion", quote(&version.to_string()))));
        outer.extend(self.design_studio_org.as_ref().map(|id| ("designStudioOrg", quote(id))));
        debug_assert!(outer.iter().all(|(name, _)| find(ObjectKind::Org, name).is_some()));
        let mut auth = vec![("type", quote(self.auth_type.as_str()))];
        auth.extend(self.auth.iter().map(|(name, text)| (*name, quote(text))));
        outer.push(("auth", object(&auth, 1)));
        format!("{}\n", object(&outer, 0))
    }
}

/// The text of a new project file, formatted.
pub(crate) fn project_text(
    name: Option<&str>,
    api_version: ApiVersion,
    design_studio_version: Option<&str>,
    design_studio_project: Option<&str>,
) -> String {
    let members = [
        ("name", name.map(quote)),
        ("apiVersion", Some(quote(&api_version.to_string()))),
        ("designStudioVersion", design_studio_version.map(quote)),
        ("designStudioProject", design_studio_project.map(quote)),
    ];
    let members: Vec<_> =
        members.into_iter().filter_map(|(name, text)| Some((name, text?))).collect();
    format!("{}\n", object(&members, 0))
}

/// One member a line; `depth` is how deep the object is itself.
fn object(members: &[(&str, String)], depth: usize) -> String {
    let mut text = String::from("{");
    for (index, (name, value)) in members.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        // Writing to a `String` does not fail.
        let _ = write!(text, "{comma}\n{}{}: {value}", "  ".repeat(depth + 1), quote(name));
    }
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
    text.push('}');
    text
}
