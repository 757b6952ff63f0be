//! What can be said about resolved values without giving anything away.

use secrecy::ExposeSecret;

use crate::secrets::Credentials;

/// Findings that explain a refusal of credentials.
pub(crate) fn credential_hints(credentials: &Credentials) -> Vec<&'static str> {
    let mut hints = Vec::new();
    let has_blanks = |text: &str| text.trim() != text;
    match credentials {
        Credentials::Basic { username, password, security_token } => {
            let password = password.expose_secret();
            let token = security_token.as_ref().map(ExposeSecret::expose_secret);
            if has_blanks(username) {
                hints.push("`username` begins or ends with a space: remove it.");
            }
            if has_blanks(password) {
                hints.push(
                    "The value of `password` begins or ends with a space or a line break: remove \
                     it, unless it belongs to the password.",
                );
            }
            if token.is_some_and(has_blanks) {
                hints.push(
                    "The value of `securityToken` begins or ends with a space or a line break: \
                     remove it.",
                );
            }
            if token.is_some_and(|token| password.ends_with(token.trim())) {
                hints.push(
                    "The value of `password` already ends with the security token, so it was sent \
                     twice: keep the token in `securityToken` alone.",
                );
            }
        }
        Credentials::OAuth { client_id, client_secret } => {
            if has_blanks(client_id) {
                hints.push("`clientId` begins or ends with a space: remove it.");
            }
            if has_blanks(client_secret.expose_secret()) {
                hints.push(
                    "The value of `clientSecret` begins or ends with a space or a line break: \
                     remove it.",
                );
            }
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(username: &str, password: &str, token: Option<&str>) -> String {
        credential_hints(&Credentials::Basic {
            username: username.to_owned(),
            password: password.into(),
            security_token: token.map(Into::into),
        })
        .join("\n")
    }

    #[test]
    fn sound_values_give_no_hint() {
        assert_eq!(basic("u@example.com", "fake", Some("FAKETOKEN")), "");
        let oauth =
            Credentials::OAuth { client_id: "3MVG9fake".to_owned(), client_secret: "FAKE".into() };
        assert!(credential_hints(&oauth).is_empty());
    }

    #[test]
    fn blanks_and_a_doubled_token_are_told_without_their_value() {
        let hints = basic(" u@example.com", "fakeFAKETOKEN\n", Some("FAKETOKEN "));
        assert_eq!(hints.lines().count(), 3, "{hints}");
        assert!(!hints.contains("FAKETOKEN"), "{hints}");
        let hints = basic("u@example.com", "fakeFAKETOKEN", Some("FAKETOKEN"));
        assert!(hints.contains("sent twice"), "{hints}");
        let oauth =
            Credentials::OAuth { client_id: "x ".to_owned(), client_secret: "FAKE\n".into() };
        assert_eq!(credential_hints(&oauth).len(), 2);
    }
}
