//! From a login in another tool's file to what it means: the same definition that our own files have.

use org_schema::address::Address;
use org_schema::members::AuthType;
use org_schema::value_shapes;
use org_sources::Located;
use org_sources::logins::{Flow, Login, Secret, Written};
use org_syntax::Span;
use secrecy::ExposeSecret;

use super::{AuthDef, Field, OrgDef, StringValue, Value};

impl OrgDef {
    /// Of a login in another tool's file. A host that stands in an address is the host alone.
    pub(crate) fn of_login(login: &Login) -> Self {
        let host = login.host.as_ref().and_then(host_of);
        let is_oauth = login.flow == Flow::ClientCredentials;
        let instance_url = host.as_ref().filter(|_| is_oauth).map(|(value, span)| {
            let value = match value {
                Value::String(host) => string(format!("https://{}", host.value), *span),
                other => other.clone(),
            };
            field("instanceUrl", *span, value)
        });
        let server_host = host.filter(|_| !is_oauth);
        Self {
            is_name_whole: login.name.is_some(),
            name: login.name.as_ref().map(|name| plain("name", name)),
            sandbox: login.sandbox.map(|(is, span)| field("sandbox", span, Value::Boolean(is))),
            server_host: server_host.map(|(value, span)| field("serverHost", span, value)),
            api_version: login.api_version.as_ref().map(|version| plain("apiVersion", version)),
            auth: auth(login, instance_url),
            flow: Some(login.flow),
            ..Self::default()
        }
    }
}

fn auth(login: &Login, instance_url: Option<Field>) -> AuthDef {
    let kind = match login.flow {
        Flow::Basic => AuthType::Basic.as_str(),
        Flow::ClientCredentials => AuthType::OAuth2ClientCredentials.as_str(),
        other => other.as_str(),
    };
    AuthDef {
        kind: Some(field("type", login.place, string(kind.to_owned(), login.place))),
        username: login.username.as_ref().map(|value| written("username", value)),
        password: login.password.as_ref().map(|value| secret("password", value)),
        security_token: login.security_token.as_ref().map(|value| secret("securityToken", value)),
        instance_url,
        client_id: login.client_id.as_ref().map(|value| written("clientId", value)),
        client_secret: login.client_secret.as_ref().map(|value| secret("clientSecret", value)),
        ..AuthDef::default()
    }
}

fn string(value: String, span: Span) -> Value {
    Value::String(StringValue::new(value, span))
}

fn field(name: &str, span: Span, value: Value) -> Field {
    Field {
        name: name.to_owned(),
        member: None,
        key_span: span,
        value_span: Some(span),
        value: Some(value),
        is_closed: true,
    }
}

fn plain(name: &str, text: &Located) -> Field {
    field(name, text.span, string(text.value.clone(), text.span))
}

fn written(name: &str, value: &Written) -> Field {
    match value {
        Written::Literal(text) => plain(name, text),
        Written::Reference(span) => field(name, *span, Value::Variable(String::new())),
    }
}

/// A placeholder is no secret: nobody logs in with it.
fn secret(name: &str, value: &Secret) -> Field {
    match value {
        Secret::Literal(secret) => {
            let text = secret.value.expose_secret();
            if is_placeholder(text) {
                return field(name, secret.span, Value::Invalid);
            }
            field(name, secret.span, string(text.to_owned(), secret.span))
        }
        Secret::Reference(span) => field(name, *span, Value::Variable(String::new())),
        Secret::Encrypted(span) => field(name, *span, Value::Encrypted),
    }
}

fn is_placeholder(secret: &str) -> bool {
    const NAMES: [&str; 6] =
        ["password", "pass", "secret", "token", "securitytoken", "clientsecret"];
    let letters: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    value_shapes::is_placeholder(secret)
        || value_shapes::is_masked(secret)
        || NAMES.contains(&letters.to_ascii_lowercase().as_str())
}

fn host_of(written: &Located) -> Option<(Value, Span)> {
    let Located { value, span } = written;
    let host = Address::split(value.trim()).host_name();
    if host.is_empty() {
        return None;
    }
    let is_reference = host.contains(|c: char| !c.is_ascii_alphanumeric() && !"-._".contains(c));
    let lower = host.to_ascii_lowercase();
    Some((if is_reference { Value::Variable(lower) } else { string(lower, *span) }, *span))
}

#[cfg(test)]
mod tests {
    use org_sources::logins::{Format, read};

    use super::*;

    fn lowered(text: &str) -> OrgDef {
        let logins = read(Format::Env, text);
        OrgDef::of_login(logins.first().expect("a login"))
    }

    #[test]
    fn an_address_becomes_a_host() {
        let org = lowered(
            "SALESFORCE_URL=https://u:p@Login.salesforce.com/services/Soap/u/58.0\nSALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\n",
        );
        assert_eq!(org.server_host.as_ref().and_then(Field::str), Some("login.salesforce.com"));
        assert_eq!(org.api_version.as_ref().and_then(Field::str), Some("58.0"));
        assert_eq!(org.auth_type(), Some(AuthType::Basic));
    }

    #[test]
    fn a_placeholder_is_no_secret() {
        for placeholder in ["changeme", "<password>", "your-password", "Password", "********"] {
            let org =
                lowered(&format!("SALESFORCE_USERNAME=u\nSALESFORCE_PASSWORD={placeholder}\n"));
            assert_eq!(
                org.auth.password.and_then(|it| it.value),
                Some(Value::Invalid),
                "{placeholder}"
            );
        }
    }

    #[test]
    fn client_credentials_have_an_instance_url() {
        let org = lowered(
            "SF_LOGIN_URL=https://login.salesforce.com\nSF_CLIENT_ID=3MVG9\nSF_CLIENT_SECRET=${X}\n",
        );
        let url = org.auth.instance_url.as_ref().and_then(Field::str);
        assert_eq!(url, Some("https://login.salesforce.com"));
        assert!(matches!(org.auth.client_secret.and_then(|it| it.value), Some(Value::Variable(_))));
    }
}
