//! Phrases about the user: state, credentials, place and time, permissions.

/// The user is switched off.
pub(in crate::causes) const USER_INACTIVE: &[&str] = &[
    "inactive user",
    "user inactive",
    "user not active",
    "user frozen",
    "user deactivated",
    "user disabled",
    "disabled user",
    "deactivated user",
    "frozen user",
    "user account inactive",
    "user account not active",
    "user account disabled",
    "user account deactivated",
    "user account frozen",
    "account disabled",
    "account deactivated",
    "frozen",
];

/// The user is locked out for a while.
pub(in crate::causes) const USER_LOCKED: &[&str] = &[
    "locked out",
    "user locked",
    "locked user",
    "account locked",
    "password lockout",
    "exceeded allowed number of login attempts",
    "too many failed login attempts",
    "too many failed logins",
    "too many failed attempts",
    "too many invalid attempts",
    "locked",
];

/// A text that names several reasons, as `INVALID_LOGIN` mostly has.
pub(in crate::causes) const PASSWORD: &[&str] =
    &["password", "passwords", "credentials", "username"];

/// The password is too old.
pub(in crate::causes) const PASSWORD_EXPIRED: &[&str] = &[
    "password expired",
    "passwords expired",
    "expired password",
    "password must reset",
    "must reset password",
    "must change password",
    "password must changed",
    "password reset required",
    "password change required",
];

/// The security token is missing.
pub(in crate::causes) const TOKEN_MISSING: &[&str] = &[
    "must add security token",
    "security token required",
    "security token missing",
    "must use security token",
    "requires security token",
    "missing security token",
    "no security token",
];

/// More proof is asked for.
pub(in crate::causes) const CHALLENGE: &[&str] = &[
    "multi factor",
    "multifactor",
    "two factor",
    "mfa",
    "2fa",
    "identity verification",
    "verification required",
    "verification code",
    "verify identity",
    "high assurance",
    "session level",
    "activation required",
    "activation pending",
    "device activation",
    "computer activation",
];

/// The place the login comes from.
pub(in crate::causes) const IP: &[&str] = &[
    "ip",
    "ips",
    "current domain",
    "trusted network",
    "trusted networks",
    "trusted range",
    "allowed range",
    "login range",
    "login ranges",
    "restricted country",
    "country restricted",
    "from country",
    "blocked country",
];

/// The time of day it comes at.
pub(in crate::causes) const HOURS: &[&str] = &[
    "login hours",
    "restricted time",
    "restricted hours",
    "certain hours",
    "allowed hours",
    "permitted hours",
    "at time",
    "time of day",
];

/// The API as a whole.
pub(in crate::causes) const API: &[&str] = &["api", "rest api", "soap api"];

/// The user or the org may not use it.
pub(in crate::causes) const NO_ACCESS: &[&str] = &[
    "not enabled",
    "disabled",
    "not allowed",
    "does not access",
    "does not have",
    "do not have",
    "no api access",
    "no access",
    "permission",
    "not available",
    "not allow",
    "not permitted",
    "not api enabled",
    "must have",
    "requires",
];

/// Single sign-on by delegated authentication.
pub(in crate::causes) const SINGLE_SIGN_ON: &[&str] =
    &["single sign on", "single signon", "sso", "delegated authentication", "delegated gateway"];

/// The address of its service.
pub(in crate::causes) const GATEWAY: &[&str] = &["gateway", "url", "endpoint", "not configured"];

/// Its service is down.
pub(in crate::causes) const DOWN: &[&str] = &[
    "down",
    "unavailable",
    "not available",
    "not reachable",
    "unreachable",
    "not respond",
    "timed out",
    "timeout",
];

/// A portal's or site's user.
pub(in crate::causes) const PORTAL: &[&str] = &[
    "portal",
    "portal user",
    "community",
    "community user",
    "experience cloud",
    "guest user",
    "site user",
];

/// The user's license.
pub(in crate::causes) const LICENSE: &[&str] = &["license", "licenses", "licence", "licences"];

/// A policy that stopped the login.
pub(in crate::causes) const POLICY: &[&str] = &["transaction security", "security policy"];
