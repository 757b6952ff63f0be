//! From members as written to the values that are sent.

use org_schema::secret_ref::{self, SecretValue};
use secrecy::{ExposeSecret, SecretString};

use super::environment::is_blank;
use super::{KeyringProblem, SecretError, SecretSource};
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

/// Resolves the secrets of `auth`. May wait, as the source may.
pub(crate) fn resolve(auth: &TargetAuth, source: &dyn SecretSource) -> Result<Credentials, Reason> {
    match auth {
        TargetAuth::Basic { username, password, security_token, .. } => {
            let password = value(password, "/auth/password", source)?;
            let security_token = security_token
                .as_ref()
                .map(|token| optional(value(token, "/auth/securityToken", source)))
                .transpose()?
                .flatten();
            Ok(Credentials::Basic { username: username.clone(), password, security_token })
        }
        TargetAuth::OAuth { client_id, client_secret, .. } => {
            let client_secret = value(client_secret, "/auth/clientSecret", source)?;
            Ok(Credentials::OAuth { client_id: client_id.clone(), client_secret })
        }
    }
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

fn value(
    written: &str,
    member: &'static str,
    source: &dyn SecretSource,
) -> Result<SecretString, Reason> {
    let unavailable = |problem| Reason::SecretUnavailable { member, problem: Box::new(problem) };
    let (found, missing, empty, place) = match secret_ref::parse(written) {
        SecretValue::Literal(literal) => {
            let secret = SecretString::from(literal.into_owned());
            let place = "the value that the file has".to_owned();
            (Ok(Some(secret)), SecretError::EmptyLiteral, SecretError::EmptyLiteral, place)
        }
        SecretValue::Env(name) => (
            source.env(name),
            SecretError::NotSet { name: name.to_owned(), env_file: None },
            SecretError::EmptyVariable { name: name.to_owned(), hides: None },
            format!("the environment variable {name}"),
        ),
        SecretValue::Keyring(name) => {
            let error = |problem| SecretError::Keyring { account: name.to_owned(), problem };
            (
                source.keyring(name),
                error(KeyringProblem::NoEntry),
                error(KeyringProblem::Empty),
                format!("the credential store's entry {name}"),
            )
        }
        SecretValue::Invalid => return Err(unavailable(SecretError::InvalidReference)),
    };
    let secret = found.and_then(|found| found.ok_or(missing)).map_err(unavailable)?;
    if is_blank(&secret) {
        return Err(unavailable(empty));
    }
    let is_sent_in_xml = member != "/auth/clientSecret";
    if is_sent_in_xml && !fits_xml(&secret) {
        return Err(unavailable(SecretError::ControlCharacters { source: place }));
    }
    Ok(secret)
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

        fn keyring(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
            let value = match name {
                "prod key" => "from-keyring",
                "empty" => "",
                _ => return Ok(None),
            };
            Ok(Some(value.into()))
        }
    }

    fn basic(password: &str, token: Option<&str>) -> Result<(String, Option<String>), Reason> {
        let auth = TargetAuth::Basic {
            server_host: None,
            username: "user@example.com".to_owned(),
            password: password.to_owned(),
            security_token: token.map(ToOwned::to_owned),
        };
        match resolve(&auth, &Source)? {
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
        assert!(hidden.1.ends_with("because of it line 7 of .env does not count"), "{hidden:?}");
    }

    #[test]
    fn what_is_missing_is_named_with_its_member() {
        assert_eq!(
            problem("${env:UNSET}", None),
            ("/auth/password", "the environment variable UNSET is not set".to_owned())
        );
        assert_eq!(
            problem("x", Some("${keyring:nothing}")),
            ("/auth/securityToken", "the credential store has no entry nothing".to_owned())
        );
        assert_eq!(
            problem("${env:EMPTY}", None).1,
            "the environment variable EMPTY is set to an empty text"
        );
        assert_eq!(
            problem("${keyring:empty}", None).1,
            "the credential store's entry empty holds an empty text"
        );
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
