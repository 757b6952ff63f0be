//! What a successful login hands out.

use secrecy::SecretString;

use crate::result::Identity;

/// A session and what its answer says about org and user.
#[derive(Debug)]
pub(crate) struct Session {
    /// The session id or access token.
    pub(crate) token: SecretString,
    /// The address that the answer names for calls: `instance_url` or `serverUrl`.
    pub(crate) address: Option<String>,
    /// As far as the answer tells.
    pub(crate) identity: Identity,
    /// Whether the token is a JWT, which the SOAP API takes from API version 68.0 on.
    pub(crate) is_jwt: bool,
}

/// Scheme and host of an address, such as `https://acme.my.salesforce.com`.
pub(crate) fn origin(address: &str) -> Option<String> {
    let url = url::Url::parse(address).ok()?;
    url.host_str()?;
    Some(url.origin().ascii_serialization())
}
