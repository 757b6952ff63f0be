//! From members as written to the values that are sent.

use org_schema::secret_ref::{self, SecretValue};
use secrecy::{ExposeSecret, SecretString};

use super::SecretSource;
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
                .map(|token| value(token, "/auth/securityToken", source))
                .transpose()?
                .filter(|token| !token.expose_secret().is_empty());
            fits_xml(&password, "/auth/password")?;
            if let Some(token) = &security_token {
                fits_xml(token, "/auth/securityToken")?;
            }
            not_empty(&password, "/auth/password")?;
            Ok(Credentials::Basic { username: username.clone(), password, security_token })
        }
        TargetAuth::OAuth { client_id, client_secret, .. } => {
            let client_secret = value(client_secret, "/auth/clientSecret", source)?;
            not_empty(&client_secret, "/auth/clientSecret")?;
            Ok(Credentials::OAuth { client_id: client_id.clone(), client_secret })
        }
    }
}

fn value(
    written: &str,
    member: &'static str,
    source: &dyn SecretSource,
) -> Result<SecretString, Reason> {
    let unavailable = |problem: String| Reason::SecretUnavailable { member, problem };
    let (found, missing) = match secret_ref::parse(written) {
        SecretValue::Literal(literal) => return Ok(SecretString::from(literal.into_owned())),
        SecretValue::Env(name) => {
            (source.env(name), format!("the environment variable {name} is not set"))
        }
        SecretValue::Keyring(name) => {
            (source.keyring(name), format!("the credential store has no entry {name}"))
        }
        SecretValue::Invalid => {
            return Err(unavailable(
                "what looks like a reference is neither ${env:NAME} nor ${keyring:NAME}".to_owned(),
            ));
        }
    };
    match found {
        Ok(Some(secret)) => Ok(secret),
        Ok(None) => Err(unavailable(missing)),
        Err(error) => Err(unavailable(error.to_string())),
    }
}

fn not_empty(secret: &SecretString, member: &'static str) -> Result<(), Reason> {
    if secret.expose_secret().is_empty() {
        return Err(Reason::SecretUnavailable { member, problem: "its value is empty".to_owned() });
    }
    Ok(())
}

/// XML has no way to write most control characters, so a login with one could never be right.
fn fits_xml(secret: &SecretString, member: &'static str) -> Result<(), Reason> {
    let fits = |c: char| matches!(c, '\t' | '\n' | '\r') || !(c.is_control() || is_noncharacter(c));
    if secret.expose_secret().chars().all(fits) {
        return Ok(());
    }
    Err(Reason::SecretUnavailable {
        member,
        problem: "its value holds control characters, which no Salesforce password has".to_owned(),
    })
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SecretError;

    struct Source;

    impl SecretSource for Source {
        fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
            match name {
                "SET" => Ok(Some(SecretString::from("from-env"))),
                "EMPTY" => Ok(Some(SecretString::from(""))),
                "BELL" => Ok(Some(SecretString::from("a\u{7}b"))),
                "BROKEN" => Err(SecretError::NotUnicode { name: name.to_owned() }),
                _ => Ok(None),
            }
        }

        fn keyring(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
            Ok((name == "prod key").then(|| SecretString::from("from-keyring")))
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
            Err(Reason::SecretUnavailable { member, problem }) => (member, problem),
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
        assert_eq!(problem("${env:EMPTY}", None).1, "its value is empty");
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
