//! What is to be logged in to: an org definition as far as a login needs it.

use std::fmt;

use org_schema::ApiVersion;
use org_schema::secret_ref::{self, SecretValue};

use crate::bindings::{Account, SecretKind, SecretUse, names_of};
use crate::policy::Destination;

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

impl LoginTarget {
    /// What a login sends and where, for people: `ACME_PASSWORD and ACME_TOKEN (environment) to
    /// test.salesforce.com as integration@acme.example`.
    pub fn sending(&self, destination: &Destination) -> String {
        let host = destination.authority();
        let (account, reference) = match &self.auth {
            TargetAuth::Basic { username, .. } => (Account::user(username), username),
            TargetAuth::OAuth { client_id, .. } => (Account::client(client_id), client_id),
        };
        let account = account.behind(SecretKind::of_reference(reference));
        let secrets = self.auth.secrets().map(|(member, written)| {
            SecretUse::of_reference(written, member, host, &account).unwrap_or_else(|| SecretUse {
                kind: SecretKind::File,
                name: member.rsplit('/').next().unwrap_or(member).to_owned(),
                member,
                host: host.to_owned(),
                account: account.clone(),
            })
        });
        let secrets: Vec<SecretUse> = secrets.collect();
        let recipient = secrets.first().map(SecretUse::recipient).unwrap_or_default();
        format!("{} to {recipient}", names_of(&secrets))
    }
}

impl TargetAuth {
    /// The secrets as written, each with the JSON pointer of its member; an empty token is none.
    fn secrets(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let (first, second) = match self {
            TargetAuth::Basic { password, security_token, .. } => {
                let token = security_token.as_deref().filter(|token| !token.is_empty());
                (("/auth/password", password), token.map(|token| ("/auth/securityToken", token)))
            }
            TargetAuth::OAuth { client_secret, .. } => {
                (("/auth/clientSecret", client_secret), None)
            }
        };
        std::iter::once((first.0, first.1.as_str())).chain(second)
    }

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
    fn what_is_sent_is_told_without_any_value() {
        let target = |auth| LoginTarget {
            file: "a.sforg.json".to_owned(),
            name: None,
            sandbox: true,
            api_version: None,
            api_version_written: false,
            auth,
        };
        let basic = |username: &str, password: &str, token: Option<&str>| {
            target(TargetAuth::Basic {
                server_host: None,
                username: username.to_owned(),
                password: password.to_owned(),
                security_token: token.map(str::to_owned),
            })
        };
        let place = crate::policy::salesforce("test.salesforce.com");
        for (target, told) in [
            (
                basic("u@acme.example", "${env:P}", Some("${keyring:t}")),
                "P (environment) and t (keyring) to test.salesforce.com as u@acme.example",
            ),
            (
                basic("${env:U}", "FAKE", Some("")),
                "password (org file) to test.salesforce.com as the user in U (environment)",
            ),
        ] {
            assert_eq!(target.sending(&place), told);
        }
    }

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
