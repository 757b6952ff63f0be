//! What is to be logged in to: an org definition as far as a login needs it.

use std::fmt;

use org_schema::ApiVersion;
use org_schema::secret_ref::{self, SecretValue};

use crate::bindings::Account;

/// One org, read from its file, with secrets still as they are written there.
#[derive(Clone, Debug)]
pub struct LoginTarget {
    /// The file as it is shown to people; it is never opened here.
    pub file: String,
    /// The org's `name`, for messages.
    pub name: Option<String>,
    /// The org's `sandbox`, `false` when absent.
    pub sandbox: bool,
    /// The effective API version: the org's own, else its project's. Without one, SOAP `login()`
    /// uses the newest version that has it.
    pub api_version: Option<ApiVersion>,
    /// Whether `apiVersion` stands in the org's own file, so that a finding can point at it.
    pub api_version_written: bool,
    /// How to authenticate.
    pub auth: TargetAuth,
}

/// The members of `auth` (and `serverHost`, which only basic authentication uses). Two are equal
/// when they are written in the same way.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum TargetAuth {
    /// SOAP `login()` with user name and password.
    Basic {
        /// `serverHost`; absent means login.salesforce.com, or test.salesforce.com for a sandbox.
        server_host: Option<String>,
        /// The Salesforce user name.
        username: String,
        /// The password as written: a literal, or a reference that the login resolves.
        password: String,
        /// The security token as written, when the file has one.
        security_token: Option<String>,
    },
    /// OAuth 2.0 client credentials.
    OAuth {
        /// `instanceUrl` as written.
        instance_url: String,
        /// The consumer key of the app.
        client_id: String,
        /// The consumer secret as written: a literal, or a reference that the login resolves.
        client_secret: String,
    },
}

/// The two ways to log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Flow {
    /// SOAP API `login()`.
    Soap,
    /// The OAuth 2.0 client credentials flow.
    OAuth,
}

impl TargetAuth {
    /// Who logs in, as far as the file itself says it.
    pub fn account(&self) -> Option<Account> {
        let written = |text: &str| match secret_ref::parse(text) {
            SecretValue::Literal(name) => Some(name.into_owned()),
            _ => None,
        };
        match self {
            TargetAuth::Basic { username, .. } => Some(Account::user(&written(username)?)),
            TargetAuth::OAuth { client_id, .. } => Some(Account::client(&written(client_id)?)),
        }
    }

    pub(crate) fn flow(&self) -> Flow {
        match self {
            TargetAuth::Basic { .. } => Flow::Soap,
            TargetAuth::OAuth { .. } => Flow::OAuth,
        }
    }
}

/// Secret members may be literals, so they are left out.
impl fmt::Debug for TargetAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TargetAuth::Basic { server_host, username, .. } => f
                .debug_struct("Basic")
                .field("server_host", server_host)
                .field("username", username)
                .finish_non_exhaustive(),
            TargetAuth::OAuth { instance_url, client_id, .. } => f
                .debug_struct("OAuth")
                .field("instance_url", instance_url)
                .field("client_id", client_id)
                .finish_non_exhaustive(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_left_out_of_what_is_logged() {
        let secret = || "fake-literal".to_owned();
        let basic = TargetAuth::Basic {
            server_host: None,
            username: "user@example.com".to_owned(),
            password: secret(),
            security_token: Some(secret()),
        };
        let oauth = TargetAuth::OAuth {
            instance_url: "https://acme.my.salesforce.com".to_owned(),
            client_id: "3MVG9fake".to_owned(),
            client_secret: secret(),
        };
        for auth in [basic, oauth] {
            let shown = format!("{auth:?} {auth:#?}");
            assert!(!shown.contains("fake-literal"), "{shown}");
        }
    }
}
