//! From members as written to the values that are sent.

use org_schema::secret_ref::{self, Malformed, SecretValue};
use secrecy::{ExposeSecret, SecretString};

use super::process::is_blank;
use super::{KeyringEntry, KeyringProblem, SecretError, SecretSource};
use crate::bindings::{Account, BoundUse, SecretKind, SecretUse};
use crate::causes::Reason;
use crate::target::TargetAuth;

/// What is sent, resolved.
#[derive(Clone, Debug)]
pub(crate) enum Credentials {
    /// For SOAP `login()`.
    Basic {
        username: String,
        password: SecretString,
        /// Absent when there is none or it is empty.
        security_token: Option<SecretString>,
    },
    /// For the token endpoint.
    OAuth { client_id: String, client_secret: SecretString },
}

/// Credentials, and where each secret of theirs came from.
pub(crate) struct Resolved {
    pub(crate) credentials: Credentials,
    pub(crate) uses: Vec<BoundUse>,
}

/// Resolves what `auth` refers to, for a login at `host` (with its port where that is unusual). May
/// wait, as the source may.
pub(crate) fn resolve(
    auth: &TargetAuth,
    host: &str,
    source: &dyn SecretSource,
) -> Result<Resolved, Reason> {
    let mut members = Members { source, found: Vec::new() };
    let (credentials, account) = match auth {
        TargetAuth::Basic { username, password, security_token, .. } => {
            let username = members.name(username, "/auth/username")?;
            let password = members.value(password, "/auth/password")?;
            let security_token = security_token
                .as_ref()
                .map(|token| optional(members.value(token, "/auth/securityToken")))
                .transpose()?
                .flatten();
            let account = Account::user(&username);
            (Credentials::Basic { username, password, security_token }, account)
        }
        TargetAuth::OAuth { client_id, client_secret, .. } => {
            let client_id = members.name(client_id, "/auth/clientId")?;
            let client_secret = members.value(client_secret, "/auth/clientSecret")?;
            let account = Account::client(&client_id);
            (Credentials::OAuth { client_id, client_secret }, account)
        }
    };
    Ok(Resolved { credentials, uses: members.uses(host, account) })
}

/// An empty token is no token, unless a value that somebody wrote is hidden behind it.
fn optional(token: Result<SecretString, Reason>) -> Result<Option<SecretString>, Reason> {
    match token {
        Ok(token) => Ok(Some(token)),
        Err(Reason::SecretUnavailable { problem, .. }) if is_empty(&problem) => Ok(None),
        Err(reason) => Err(reason),
    }
}

fn is_empty(problem: &SecretError) -> bool {
    matches!(
        problem,
        SecretError::EmptyVariable { hides: None, .. }
            | SecretError::EmptyLine { .. }
            | SecretError::EmptyLiteral
            | SecretError::Keyring { problem: KeyringProblem::Empty, .. }
    )
}

/// Reads members, and keeps where each came from.
struct Members<'a> {
    source: &'a dyn SecretSource,
    found: Vec<Found>,
}

/// A member that was read.
struct Found {
    kind: SecretKind,
    name: String,
    member: &'static str,
    entry: KeyringEntry,
}

impl Members<'_> {
    /// A user name or client ID, which is no secret in itself.
    fn name(&mut self, written: &str, member: &'static str) -> Result<String, Reason> {
        Ok(self.value(written, member)?.expose_secret().to_owned())
    }

    fn value(&mut self, written: &str, member: &'static str) -> Result<SecretString, Reason> {
        let unavailable =
            |problem| Reason::SecretUnavailable { member, problem: Box::new(problem) };
        let Read { kind, name, entry, missing, empty } = self.read(written, member);
        let entry = entry.and_then(|entry| entry.ok_or(missing)).map_err(unavailable)?;
        if is_blank(&entry.secret) {
            return Err(unavailable(empty));
        }
        let is_sent_in_xml = !matches!(member, "/auth/clientId" | "/auth/clientSecret");
        if is_sent_in_xml && !fits_xml(&entry.secret) {
            let source = match kind {
                SecretKind::File => "the value that the file has".to_owned(),
                SecretKind::Environment => format!("the environment variable {name}"),
                SecretKind::Keyring => format!("the keyring's entry {name}"),
            };
            return Err(unavailable(SecretError::ControlCharacters { source }));
        }
        let secret = entry.secret.clone();
        // A user name that stands in the file is no secret.
        if kind != SecretKind::File || !is_account(member) {
            self.found.push(Found { kind, name, member, entry });
        }
        Ok(secret)
    }

    fn read(&self, written: &str, member: &str) -> Read {
        match secret_ref::parse(written) {
            SecretValue::Literal(literal) => Read {
                kind: SecretKind::File,
                name: member.rsplit('/').next().unwrap_or(member).to_owned(),
                entry: Ok(Some(SecretString::from(literal.into_owned()).into())),
                missing: SecretError::EmptyLiteral,
                empty: SecretError::EmptyLiteral,
            },
            SecretValue::Env(name) => Read {
                kind: SecretKind::Environment,
                name: name.to_owned(),
                entry: self.source.env(name).map(|value| value.map(KeyringEntry::from)),
                missing: SecretError::NotSet { name: name.to_owned(), env_file: None },
                empty: SecretError::EmptyVariable { name: name.to_owned(), hides: None },
            },
            SecretValue::Keyring(name) => {
                let error = |problem| SecretError::Keyring { account: name.to_owned(), problem };
                Read {
                    kind: SecretKind::Keyring,
                    name: name.to_owned(),
                    entry: self.source.keyring(name),
                    missing: error(KeyringProblem::NoEntry),
                    empty: error(KeyringProblem::Empty),
                }
            }
            SecretValue::Invalid => {
                let error = || SecretError::InvalidReference(Malformed::of(written));
                Read {
                    kind: SecretKind::File,
                    name: String::new(),
                    entry: Err(error()),
                    missing: error(),
                    empty: error(),
                }
            }
        }
    }

    /// What was read, with who logs in where.
    fn uses(self, host: &str, account: Account) -> Vec<BoundUse> {
        let behind = self.found.iter().find(|found| is_account(found.member));
        let account = account.behind(behind.map(|found| (found.kind, found.name.clone())));
        let bound = |found: Found| {
            let by_entry = found.entry.is_bound_to(host, &account);
            let Found { kind, name, member, .. } = found;
            let (host, account) = (host.to_owned(), account.clone());
            BoundUse { secret: SecretUse { kind, name, member, host, account }, by_entry }
        };
        self.found.into_iter().map(bound).collect()
    }
}

/// What a place says about a member's value, and what it means when it has none.
struct Read {
    kind: SecretKind,
    name: String,
    entry: Result<Option<KeyringEntry>, SecretError>,
    missing: SecretError,
    empty: SecretError,
}

/// Whether the member says who logs in.
fn is_account(member: &str) -> bool {
    matches!(member, "/auth/username" | "/auth/clientId")
}

/// XML has no way to write most control characters, so a login with one could never be right.
fn fits_xml(secret: &SecretString) -> bool {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || is_noncharacter(c));
    secret.expose_secret().chars().all(fits)
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::EnvLine;

    struct Source;

    impl SecretSource for Source {
        fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
            match name {
                "SET" => Ok(Some(SecretString::from("from-env"))),
                "EMPTY" => Ok(Some(SecretString::from(""))),
                "BELL" => Ok(Some(SecretString::from("a\u{7}b"))),
                "HIDING" => Err(SecretError::EmptyVariable {
                    name: name.to_owned(),
                    hides: Some(EnvLine { path: ".env".to_owned(), line: 7 }),
                }),
                "BROKEN" => Err(SecretError::NotUnicode { name: name.to_owned() }),
                _ => Ok(None),
            }
        }

        fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
            let value = match name {
                "prod key" => "from-keyring",
                "empty" => "",
                _ => return Ok(None),
            };
            Ok(Some(SecretString::from(value).into()))
        }
    }

    fn basic(password: &str, token: Option<&str>) -> Result<(String, Option<String>), Reason> {
        let auth = TargetAuth::Basic {
            server_host: None,
            username: "user@example.com".to_owned(),
            password: password.to_owned(),
            security_token: token.map(ToOwned::to_owned),
        };
        match resolve(&auth, "login.salesforce.com", &Source)?.credentials {
            Credentials::Basic { password, security_token, .. } => Ok((
                password.expose_secret().to_owned(),
                security_token.map(|token| token.expose_secret().to_owned()),
            )),
            Credentials::OAuth { .. } => unreachable!("basic stays basic"),
        }
    }

    fn problem(password: &str, token: Option<&str>) -> (&'static str, String) {
        match basic(password, token) {
            Err(Reason::SecretUnavailable { member, problem }) => (member, problem.to_string()),
            other => panic!("expected an unavailable secret, got {other:?}"),
        }
    }

    #[test]
    fn literals_references_and_the_escape() {
        assert_eq!(basic("plain $x", None), Ok(("plain $x".to_owned(), None)));
        assert_eq!(basic("$${env:SET}", None), Ok(("${env:SET}".to_owned(), None)));
        assert_eq!(
            basic("${env:SET}", Some("${keyring:prod key}")),
            Ok(("from-env".to_owned(), Some("from-keyring".to_owned())))
        );
    }

    #[test]
    fn an_empty_token_is_no_token() {
        assert_eq!(basic("x", Some("")), Ok(("x".to_owned(), None)));
        assert_eq!(basic("x", Some("${env:EMPTY}")), Ok(("x".to_owned(), None)));
        assert_eq!(basic("x", Some("${keyring:empty}")), Ok(("x".to_owned(), None)));
        let hidden = problem("x", Some("${env:HIDING}"));
        assert_eq!(hidden.0, "/auth/securityToken");
        assert!(hidden.1.ends_with("which overrides line 7 of .env"), "{hidden:?}");
    }

    #[test]
    fn what_is_missing_is_named_with_its_member() {
        assert_eq!(
            problem("${env:UNSET}", None),
            ("/auth/password", "UNSET is not set".to_owned())
        );
        assert_eq!(
            problem("x", Some("${keyring:nothing}")),
            ("/auth/securityToken", "the keyring has no entry nothing".to_owned())
        );
        assert_eq!(problem("${env:EMPTY}", None).1, "the environment variable EMPTY is empty");
        assert_eq!(problem("${keyring:empty}", None).1, "the keyring entry empty is empty");
        assert!(problem("${env:BROKEN}", None).1.contains("BROKEN is not valid Unicode"));
        assert!(problem("${env:BELL}", None).1.contains("control characters"));
    }

    #[test]
    fn an_invalid_reference_is_not_echoed() {
        let (member, problem) = problem("${secret-like}", None);
        assert_eq!(member, "/auth/password");
        assert!(!problem.contains("secret-like"), "{problem}");
    }
}
