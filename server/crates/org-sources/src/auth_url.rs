//! An SFDX auth URL: `force://CLIENT_ID:CLIENT_SECRET:REFRESH_TOKEN@HOST`, where the secret may be
//! empty, or `force://REFRESH_TOKEN@HOST`. The refresh token is a login by itself; it is not kept.

use org_syntax::Span;
use secrecy::SecretString;

use crate::{Located, LocatedSecret};

const SCHEME: &str = "force://";

/// What an auth URL says.
#[derive(Clone, Debug)]
pub struct AuthUrl {
    /// The app: `PlatformCLI` is the Salesforce CLI's own.
    pub client_id: Option<Located>,
    /// The app's secret.
    pub client_secret: Option<LocatedSecret>,
    /// The org's host.
    pub host: Located,
}

impl AuthUrl {
    /// The same, as a part of another text where all of it stands at one place.
    pub(crate) fn moved_to(self, span: Span) -> Self {
        Self {
            client_id: self.client_id.map(|id| Located { span, ..id }),
            client_secret: self.client_secret.map(|secret| LocatedSecret { span, ..secret }),
            host: Located { span, ..self.host },
        }
    }
}

/// Why a text is no auth URL. Nothing of it is repeated: it may be a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthUrlError {
    /// It does not begin with `force://`.
    #[error("it is no SFDX auth URL: that begins with force://")]
    Scheme,
    /// Not one of the two forms.
    #[error(
        "it is no SFDX auth URL: that is force://CLIENT_ID:CLIENT_SECRET:REFRESH_TOKEN@HOST, on one line"
    )]
    Form,
}

/// Whether a text is meant as an auth URL.
pub fn is_meant(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.get(..SCHEME.len()).is_some_and(|start| start.eq_ignore_ascii_case(SCHEME))
}

/// Reads an auth URL, with blanks around it.
///
/// # Errors
/// It is none.
pub fn read(text: &str) -> Result<AuthUrl, AuthUrlError> {
    if !is_meant(text) {
        return Err(AuthUrlError::Scheme);
    }
    let url = text.trim_start_matches('\u{feff}').trim();
    let start = text.len() - text.trim_start_matches('\u{feff}').trim_start().len();
    if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(AuthUrlError::Form);
    }
    let (credentials, host) = url[SCHEME.len()..].rsplit_once('@').ok_or(AuthUrlError::Form)?;
    let parts: Vec<&str> = credentials.splitn(3, ':').collect();
    let (id, secret) = match parts.as_slice() {
        [token] if !token.is_empty() => ("", ""),
        [id, secret, token] if !id.is_empty() && !token.is_empty() => (*id, *secret),
        _ => return Err(AuthUrlError::Form),
    };
    if host.is_empty() {
        return Err(AuthUrlError::Form);
    }
    let at = |from: usize, length: usize| {
        let from = (start + from) as u32;
        Span::new(from, from + length as u32)
    };
    let id_start = SCHEME.len();
    let secret_start = id_start + id.len() + 1;
    Ok(AuthUrl {
        client_id: (!id.is_empty())
            .then(|| Located { value: id.to_owned(), span: at(id_start, id.len()) }),
        client_secret: (!secret.is_empty()).then(|| LocatedSecret {
            value: SecretString::from(secret),
            span: at(secret_start, secret.len()),
        }),
        host: Located { value: host.to_owned(), span: at(url.len() - host.len(), host.len()) },
    })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    /// Client ID, secret and host, each as the text has it at its place.
    fn read_parts(text: &str) -> Result<[String; 3], AuthUrlError> {
        let url = read(text)?;
        let id = url.client_id.map_or(String::new(), |id| {
            assert_eq!(id.span.text(text), id.value);
            id.value
        });
        let secret = url.client_secret.map_or(String::new(), |secret| {
            assert_eq!(secret.span.text(text), secret.value.expose_secret());
            secret.value.expose_secret().to_owned()
        });
        assert_eq!(url.host.span.text(text), url.host.value);
        Ok([id, secret, url.host.value])
    }

    #[test]
    fn both_forms_are_read() {
        for (text, parts) in [
            (
                "force://PlatformCLI::NOTREAL@acme.my.salesforce.com",
                ["PlatformCLI", "", "acme.my.salesforce.com"],
            ),
            ("\u{feff} force://3MVG9x:s3:t!.=:@a.example:1\r\n", ["3MVG9x", "s3", "a.example:1"]),
            ("FORCE://t@acme.example", ["", "", "acme.example"]),
        ] {
            assert_eq!(read_parts(text), Ok(parts.map(str::to_owned)), "{text}");
        }
    }

    #[test]
    fn what_is_none_is_refused_and_not_repeated() {
        for text in [
            "force://",
            "force://NOTREAL",
            "force://@a",
            "force://a:NOTREAL@b",
            "force://a:b:@c",
            "force://:b:c@d",
            "force://a:b:NOTREAL@",
            "force://a:b:NOTREAL@c\nforce://a:b:NOTREAL@c",
            "https://a:NOTREAL@c",
            "",
        ] {
            let error = read(text).map(drop).expect_err(text);
            assert!(!format!("{error} {error:?}").contains("NOTREAL"), "{error}");
        }
    }
}
