//! What a value of a login is: one list for whoever gives values names.

/// What a variable, an argument or a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoginPart {
    /// What the org is called.
    Name,
    /// The host of the login or of the org, often as a URL, or the part before `.salesforce.com`.
    Host,
    /// User name.
    Username,
    /// Password, in source code as a rule with the security token appended.
    Password,
    /// Security token.
    SecurityToken,
    /// Consumer key.
    ClientId,
    /// Consumer secret.
    ClientSecret,
    /// API version.
    ApiVersion,
    /// Whether it is a sandbox.
    Sandbox,
    /// A session, a refresh token or an auth URL: a login by itself, which is not kept.
    Session,
    /// What nobody asks for.
    Other,
}
