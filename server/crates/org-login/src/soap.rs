//! SOAP API `login()`: its request, and the session in its answer.
//!
//! The partner endpoint, because its address needs no generated WSDL. The version stands in it as
//! a bare number: with a `v` in front Salesforce answers with a session for API 7.0.

use org_schema::ApiVersion;
use secrecy::{ExposeSecret, SecretString};

use crate::result::Identity;
use crate::scrub::escaped_xml;
use crate::session::Session;
use crate::xml::{Document, ElementId};

/// The path of `login()`.
pub(crate) fn path(version: ApiVersion) -> String {
    format!("/services/Soap/u/{version}")
}

/// The body of the request. The token follows the password with nothing between.
pub(crate) fn body(
    username: &str,
    password: &SecretString,
    security_token: Option<&SecretString>,
) -> SecretString {
    let token = security_token.map_or("", ExposeSecret::expose_secret);
    SecretString::from(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\">\
         <soapenv:Body><n1:login xmlns:n1=\"urn:partner.soap.sforce.com\">\
         <n1:username>{}</n1:username><n1:password>{}{}</n1:password>\
         </n1:login></soapenv:Body></soapenv:Envelope>",
        escaped_xml(username),
        escaped_xml(password.expose_secret()),
        escaped_xml(token),
    ))
}

/// What a `login()` answer without a fault holds.
#[derive(Debug)]
pub(crate) enum LoginAnswer {
    Session(Session),
    /// The password has expired: a session that may be there is good for `setPassword()` alone.
    PasswordExpired,
    NoSession,
}

/// Reads a `LoginResult`; `None` when the document holds none.
pub(crate) fn read(document: &Document) -> Option<LoginAnswer> {
    let response = document.find("loginResponse")?;
    let result = document.child(response, "result")?;
    let is_true = |name| matches!(document.child_text(result, name), Some("true" | "1"));
    if is_true("passwordExpired") {
        return Some(LoginAnswer::PasswordExpired);
    }
    let Some(session_id) = document.child_text(result, "sessionId") else {
        return Some(LoginAnswer::NoSession);
    };
    let address = document.child_text(result, "serverUrl").map(ToOwned::to_owned);
    let mut identity = identity(document, result);
    identity.sandbox = match document.child_text(result, "sandbox") {
        Some("true" | "1") => Some(true),
        Some("false" | "0") => Some(false),
        _ => None,
    };
    if identity.org_id.is_none() {
        identity.org_id = address.as_deref().and_then(org_id_in);
    }
    Some(LoginAnswer::Session(Session {
        is_jwt: session_id.starts_with("eyJ"),
        token: SecretString::from(session_id),
        address,
        identity,
    }))
}

fn identity(document: &Document, result: ElementId) -> Identity {
    let info = document.child(result, "userInfo");
    let text = |name| Some(document.child_text(info?, name)?.to_owned());
    Identity {
        user_id: document
            .child_text(result, "userId")
            .map(ToOwned::to_owned)
            .or_else(|| text("userId")),
        username: text("userName"),
        org_id: text("organizationId"),
        org_name: text("organizationName"),
        sandbox: None,
        instance_url: None,
    }
}

/// The org's id in a `serverUrl`: `…/services/Soap/u/64.0/00D…/0DF…`.
fn org_id_in(server_url: &str) -> Option<String> {
    let is_id = |part: &&str| {
        part.starts_with("00D")
            && matches!(part.len(), 15 | 18)
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    server_url.split('/').find(is_id).map(ToOwned::to_owned)
}

/// The API version in a `serverUrl`.
pub(crate) fn version_in(server_url: &str) -> Option<ApiVersion> {
    let (_, after) = server_url.split_once("/services/Soap/")?;
    ApiVersion::parse(after.split('/').nth(1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(inner: &str) -> LoginAnswer {
        let xml = format!(
            "<e:Envelope xmlns:e='e'><e:Body><loginResponse><result>{inner}</result>\
             </loginResponse></e:Body></e:Envelope>"
        );
        read(&Document::parse(&xml).expect("XML")).expect("a login result")
    }

    #[test]
    fn the_request_escapes_and_joins() {
        let body = body("a&b@example.com", &"p<>&\"'\r".into(), Some(&"T0ken".into()));
        let body = body.expose_secret();
        assert!(body.contains("<n1:username>a&amp;b@example.com</n1:username>"), "{body}");
        assert!(
            body.contains("<n1:password>p&lt;&gt;&amp;&quot;&apos;&#13;T0ken</n1:password>"),
            "{body}"
        );
        assert_eq!(path(ApiVersion::new(61)), "/services/Soap/u/61.0");
    }

    #[test]
    fn a_session_with_everything() {
        let LoginAnswer::Session(session) = answer(
            "<passwordExpired>false</passwordExpired><sandbox>true</sandbox>\
             <serverUrl>https://acme--uat.sandbox.my.salesforce.com/services/Soap/u/64.0/00DXX0000008abc</serverUrl>\
             <sessionId>00DXX0000008abc!NOTREAL</sessionId><userId>005XX00000AAabcQAH</userId>\
             <userInfo><organizationId>00DXX0000008abcUAA</organizationId><organizationName>Acme &amp; Co</organizationName>\
             <userId>005XX00000AAabcQAH</userId><userName>user@example.com.uat</userName></userInfo>",
        ) else {
            panic!("expected a session");
        };
        assert_eq!(
            session.identity,
            Identity {
                user_id: Some("005XX00000AAabcQAH".to_owned()),
                username: Some("user@example.com.uat".to_owned()),
                org_id: Some("00DXX0000008abcUAA".to_owned()),
                org_name: Some("Acme & Co".to_owned()),
                sandbox: Some(true),
                instance_url: None,
            }
        );
        assert_eq!(
            session.address.as_deref(),
            Some(
                "https://acme--uat.sandbox.my.salesforce.com/services/Soap/u/64.0/00DXX0000008abc"
            )
        );
        assert_eq!(session.token.expose_secret(), "00DXX0000008abc!NOTREAL");
        assert!(!session.is_jwt);
    }

    #[test]
    fn an_expired_password_counts_before_its_session() {
        let expired = answer("<passwordExpired>true</passwordExpired><sessionId>x</sessionId>");
        assert!(matches!(expired, LoginAnswer::PasswordExpired));
        assert!(matches!(answer("<userId>005</userId>"), LoginAnswer::NoSession));
        assert!(read(&Document::parse("<html><body/></html>").expect("XML")).is_none());
    }

    #[test]
    fn server_url_tells_org_and_version() {
        let url =
            "https://acme.my.salesforce.com/services/Soap/u/7.0/00DXX0000000000/0DFXX0000008def";
        assert_eq!(org_id_in(url), Some("00DXX0000000000".to_owned()));
        assert_eq!(version_in(url), Some(ApiVersion::new(7)));
        assert_eq!(version_in("https://acme.my.salesforce.com/"), None);
        assert_eq!(org_id_in("https://acme.my.salesforce.com/00D"), None);
    }
}
