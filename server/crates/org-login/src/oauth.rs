//! The OAuth 2.0 client credentials flow: its request, and the session in its answer.

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use crate::answer::json;
use crate::result::Identity;
use crate::session::Session;

/// The path of the token endpoint.
pub(crate) const PATH: &str = "/services/oauth2/token";

/// The body of the request. No scope: Salesforce grants all scopes of the app.
pub(crate) fn body(client_id: &str, client_secret: &SecretString) -> SecretString {
    SecretString::from(
        url::form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", client_id)
            .append_pair("client_secret", client_secret.expose_secret())
            .finish(),
    )
}

/// Reads a token answer; `None` when the body holds none.
pub(crate) fn read(body: &str) -> Option<Session> {
    let value = json(body)?;
    let text = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(ToOwned::to_owned)
    };
    let token = text("access_token")?;
    let address = text("instance_url");
    let id = text("id").and_then(|id| url::Url::parse(&id).ok());
    let identity = Identity {
        sandbox: id.as_ref().and_then(sandbox_of),
        ..id.as_ref().map(identity_of).unwrap_or_default()
    };
    Some(Session {
        is_jwt: token.starts_with("eyJ") || text("token_format").as_deref() == Some("jwt"),
        token: SecretString::from(token),
        address,
        identity,
    })
}

/// Whether the body has the form of a token answer, be there a token in it or not.
pub(crate) fn is_success(body: &str) -> bool {
    json(body).is_some_and(|value| {
        ["access_token", "instance_url"].iter().any(|name| value.get(name).is_some())
    })
}

/// `https://login.salesforce.com/id/<org>/<user>`
fn identity_of(id: &url::Url) -> Identity {
    let parts: Vec<&str> = id.path_segments().map(Iterator::collect).unwrap_or_default();
    let [.., "id", org, user] = parts[..] else {
        return Identity::default();
    };
    let checked = |id: &str, prefix: &str| id.starts_with(prefix).then(|| id.to_owned());
    Identity { org_id: checked(org, "00D"), user_id: checked(user, "005"), ..Identity::default() }
}

/// The `id` of a user stands at test.salesforce.com in a sandbox, else at login.salesforce.com.
fn sandbox_of(id: &url::Url) -> Option<bool> {
    match id.host_str()? {
        org_schema::hosts::SANDBOX_LOGIN => Some(true),
        org_schema::hosts::PRODUCTION_LOGIN => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_is_a_form() {
        let body = body("3MVG9+fake=", &"a b&c=ü".into());
        assert_eq!(
            body.expose_secret(),
            "grant_type=client_credentials&client_id=3MVG9%2Bfake%3D&client_secret=a+b%26c%3D%C3%BC"
        );
    }

    #[test]
    fn a_session_with_everything() {
        let session = read(
            r#"{"access_token":"00DXX0000000000!NOTREAL","instance_url":"https://acme--uat.sandbox.my.salesforce.com",
                "id":"https://test.salesforce.com/id/00DXX0000000000EAA/005XX000000AAAAAA0","token_type":"Bearer"}"#,
        )
        .expect("a session");
        assert_eq!(session.identity.org_id.as_deref(), Some("00DXX0000000000EAA"));
        assert_eq!(session.identity.user_id.as_deref(), Some("005XX000000AAAAAA0"));
        assert_eq!(session.identity.sandbox, Some(true));
        assert_eq!(session.address.as_deref(), Some("https://acme--uat.sandbox.my.salesforce.com"));
        assert!(!session.is_jwt);
    }

    #[test]
    fn a_jwt_is_known_by_its_shape_or_its_format() {
        assert!(read(r#"{"access_token":"eyJh.b.c"}"#).expect("a session").is_jwt);
        assert!(read(r#"{"access_token":"x","token_format":"jwt"}"#).expect("a session").is_jwt);
        assert!(
            !read(r#"{"access_token":"x","token_format":"opaque"}"#).expect("a session").is_jwt
        );
    }

    #[test]
    fn a_strange_id_tells_nothing() {
        for id in ["nonsense", "https://login.salesforce.com/", "https://evil.example/id/a/b"] {
            let body = format!(r#"{{"access_token":"x","id":"{id}"}}"#);
            let identity = read(&body).expect("a session").identity;
            assert_eq!((identity.org_id, identity.user_id), (None, None), "{id}");
        }
    }

    #[test]
    fn no_token_no_session() {
        for body in ["", "{}", "[]", "null", r#"{"access_token":""}"#, r#"{"access_token":1}"#] {
            assert!(read(body).is_none(), "{body}");
        }
    }
}
