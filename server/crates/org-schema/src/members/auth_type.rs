//! The two ways to log in.

use super::ObjectKind;

/// The value of `auth.type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthType {
    /// User name and password through SOAP `login()`.
    Basic,
    /// A client ID and a client secret exchanged for an access token.
    OAuth2ClientCredentials,
}

impl AuthType {
    /// Both, the one to choose first.
    pub const ALL: [AuthType; 2] = [AuthType::OAuth2ClientCredentials, AuthType::Basic];

    /// The value in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            AuthType::Basic => "basic",
            AuthType::OAuth2ClientCredentials => "oauth2-client-credentials",
        }
    }

    /// Reads the value of the file, exactly as it is spelled there.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|auth_type| auth_type.as_str() == text)
    }

    /// The object that has this type's members.
    pub const fn object_kind(self) -> ObjectKind {
        match self {
            AuthType::Basic => ObjectKind::BasicAuth,
            AuthType::OAuth2ClientCredentials => ObjectKind::OAuthAuth,
        }
    }

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            AuthType::Basic => "Basic authentication",
            AuthType::OAuth2ClientCredentials => "OAuth 2.0 client credentials",
        }
    }

    /// Documentation in Markdown.
    pub const fn doc(self) -> &'static str {
        match self {
            AuthType::Basic => {
                "User name, password and security token, exchanged for a session by the SOAP \
                 `login()` call.\n\n\
                 That call does not exist in API 65.0 and later, and ends in 31.0 to 64.0 with \
                 Summer '27. Since Winter '27 the user also needs the permission *Use Any API \
                 Auth*. For a new org choose `oauth2-client-credentials`."
            }
            AuthType::OAuth2ClientCredentials => {
                "Instance URL, client ID and client secret of an external client app, exchanged \
                 for an access token (2-legged OAuth 2.0: nobody has to confirm anything in a \
                 browser).\n\n\
                 The only way in at API 65.0 and later. It needs Design Studio 11.59 and agent \
                 11.59, or 12.3 on the 12.x line."
            }
        }
    }
}
