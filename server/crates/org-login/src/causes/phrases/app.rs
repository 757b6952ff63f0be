//! Phrases about the app of the client credentials flow, its secret and its Run As user.

/// The client credentials flow, in the words of Salesforce and of RFC 6749 (5.2).
pub(in crate::causes) const FLOW: &[&str] =
    &["client credentials", "client credential", "grant type", "grant types", "flow", "plugin"];

/// The app of the flow.
pub(in crate::causes) const APP: &[&str] =
    &["app", "consumer", "external client app", "connected app"];

/// The app's Run As user, whom Salesforce also calls the client credentials user.
pub(in crate::causes) const RUN_AS: &[&str] = &[
    "client credentials user",
    "run as",
    "run as user",
    "runas user",
    "execution user",
    "client credentials flow user",
];

/// There is no Run As user.
pub(in crate::causes) const NO_RUN_AS: &[&str] = &[
    "no client credentials user",
    "no run as",
    "no runas user",
    "no execution user",
    "without run as",
    "no user configured for client credentials",
    "no user set for client credentials",
    "no user set to run as",
    "no user selected to run as",
    "no user specified to run as",
    "no user assigned to run as",
    "no user to run as",
];

/// Something is not there that must be chosen.
pub(in crate::causes) const NOT_SET: &[&str] = &[
    "missing",
    "empty",
    "unset",
    "required",
    "undefined",
    "not set",
    "not configured",
    "not specified",
    "not defined",
    "not selected",
    "not assigned",
    "not chosen",
    "not found",
    "not provided",
    "not enabled",
    "requires",
    "must selected",
    "must set",
    "must specified",
    "does not exist",
];

/// The scopes of the app.
pub(in crate::causes) const SCOPE: &[&str] = &["scope", "scopes"];

/// None of them is there that counts.
pub(in crate::causes) const NO_SCOPE: &[&str] = &[
    "no",
    "none",
    "without",
    "lacks",
    "missing",
    "required",
    "requires",
    "empty",
    "insufficient",
    "not include",
    "not contain",
    "lack",
    "at least one",
    "not defined",
    "not configured",
    "not selected",
    "not assigned",
    "not set",
    "not have",
];

/// What the app's security settings can demand of a client (`docs/domain.md`, OAuth 2.0 client credentials: PKCE must be off).
pub(in crate::causes) const PROOF: &[&str] = &[
    "pkce",
    "code challenge",
    "code verifier",
    "proof key",
    "dpop",
    "proof of possession",
    "client assertion",
    "private key jwt",
    "digital signature",
];

/// A certificate of the client's is demanded.
pub(in crate::causes) const CERTIFICATE: &[&str] =
    &["client certificate", "certificate required", "mutual tls", "mutual authentication", "mtls"];

/// The Run As user was not let in.
pub(in crate::causes) const RUN_AS_REFUSED: &[&str] =
    &["authentication failure", "authentication failed", "invalid user credentials"];

/// A user name or password is named, although this flow sends none.
pub(in crate::causes) const WRONG_USER: &[&str] =
    &["invalid username", "invalid password", "invalid login", "invalid user", "user not found"];

/// Words of other flows.
pub(in crate::causes) const OTHER_FLOW: &[&str] = &[
    "expired access refresh token",
    "refresh token",
    "invalid access token",
    "audience",
    "assertion",
    "authorization code",
    "activation secret",
    "device id",
    "device code",
    "redirect uri",
    "username password flow",
    "user name password flow",
    "web server flow",
    "out of band",
    "saml",
    "http post",
    "http get",
    "invalid token",
];

/// The user may not use the app.
pub(in crate::causes) const NOT_APPROVED: &[&str] = &[
    "not admin approved",
    "not approved",
    "not pre authorized",
    "not preauthorized",
    "not pre approved",
    "not assigned to app",
    "pending approval",
    "approval required",
    "requires approval",
];

/// The user, or somebody as the user, may not do something.
pub(in crate::causes) const NOT_FOR_USER: &[&str] = &[
    "user not authorized",
    "user not allowed",
    "user not permitted",
    "user does not have permission",
    "user does not have access",
    "not for user",
];

/// The app is not in this org.
pub(in crate::causes) const NOT_INSTALLED: &[&str] = &[
    "not installed",
    "must installed",
    "needs to installed",
    "app not found",
    "app does not exist",
    "app not exist",
    "app not in org",
    "consumer not installed",
    "package missing",
    "cross org",
    "another org",
    "uninstalled",
    "distribution state",
];

/// No app has this key.
pub(in crate::causes) const CLIENT_ID: &[&str] =
    &["client identifier", "client id", "consumer key", "consumer deleted", "app deleted"];

/// What proves that the app is who it says.
pub(in crate::causes) const SECRET: &[&str] = &[
    "secret",
    "client secret",
    "consumer secret",
    "client credentials",
    "client credential",
    "client authentication",
    "invalid client",
];

/// It is not right.
pub(in crate::causes) const WRONG: &[&str] = &[
    "invalid",
    "not valid",
    "wrong",
    "incorrect",
    "not correct",
    "failed",
    "failure",
    "bad",
    "mismatch",
    "not match",
    "unknown",
    "expired",
    "rotated",
    "revoked",
    "not recognized",
];

/// Words of a reason that lies elsewhere than in the secret.
pub(in crate::causes) const ELSEWHERE: &[&str] = &[
    "flow",
    "grant",
    "plugin",
    "app",
    "user",
    "org",
    "policy",
    "permission",
    "enabled",
    "disabled",
    "active",
    "approved",
    "authorized",
    "allowed",
    "blocked",
    "installed",
    "restricted",
    "domain",
    "scope",
    "scopes",
    "license",
];
