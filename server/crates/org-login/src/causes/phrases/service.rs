//! Phrases about login() as such, the host, the org and Salesforce's service.

/// Something does not work because somebody can switch it on.
pub(in crate::causes) const OFF: &[&str] = &[
    "not enabled",
    "never enabled",
    "must enabled",
    "needs to enabled",
    "disabled",
    "off",
    "not on",
    "not turned on",
    "not switched on",
    "deactivated",
    "not activated",
    "inactive",
    "not active",
    "enable",
    "activate",
];

/// The same in words that also serve for other reasons.
pub(in crate::causes) const REFUSED: &[&str] = &[
    "not allowed",
    "not authorized",
    "not permitted",
    "not supported",
    "not available",
    "unsupported",
    "unauthorized",
    "unavailable",
    "blocked",
    "forbidden",
    "prohibited",
];

/// SOAP `login()` itself, not a login in general.
pub(in crate::causes) const LOGIN_CALL: &[&str] =
    &["login call", "login operation", "soap login", "api login", "login method", "login api"];

/// `login()` is gone for good, at least in this version.
pub(in crate::causes) const GONE: &[&str] =
    &["version", "versions", "retired", "removed", "discontinued", "sunset", "no longer"];

/// The org takes logins at its My Domain alone.
pub(in crate::causes) const RESTRICTED_DOMAIN: &[&str] =
    &["restricted domain", "domain restricted"];

/// The host is not this org's.
pub(in crate::causes) const OTHER_INSTANCE: &[&str] =
    &["wrong instance", "wrong server instance", "different instance", "other instance"];

/// The org is not in use.
pub(in crate::causes) const ORG_CLOSED: &[&str] = &[
    "org locked",
    "org closed",
    "org suspended",
    "org inactive",
    "org not active",
    "org deactivated",
    "org deleted",
    "inactive org",
    "locked org",
    "suspended org",
    "closed org",
    "org frozen",
    "org expired",
];

/// The org is not to be changed, or not there, for a while.
pub(in crate::causes) const MAINTENANCE: &[&str] = &[
    "maintenance",
    "read only",
    "readonly",
    "sandbox refreshed",
    "sandbox copied",
    "org copied",
    "org migrated",
    "org split",
    "instance migrated",
    "migration",
];

/// The trial of the org is over.
pub(in crate::causes) const TRIAL: &[&str] = &["trial"];

/// Salesforce's servers have no time.
pub(in crate::causes) const BUSY: &[&str] = &[
    "temporarily unavailable",
    "server unavailable",
    "service unavailable",
    "server too busy",
    "server busy",
    "system down",
    "retry request",
    "retry later",
    "try again later",
    "unexpected error",
    "internal error",
    "already processed",
];

/// Plain http.
pub(in crate::causes) const NOT_HTTPS: &[&str] =
    &["https required", "use https", "requires https", "https only", "insecure channel"];

/// So many logins, or calls, that Salesforce refuses more.
pub(in crate::causes) const RATE: &[&str] = &[
    "number of logins",
    "logins exceeded",
    "login rate",
    "login limit",
    "rate limit",
    "rate limited",
    "too many logins",
    "too many requests",
    "maximum logins",
    "limit for logins",
    "login attempts",
    "token limit",
    "limit of access tokens",
    "number of access tokens",
    "login limits",
    "requests exceeded",
];

/// Calls that run at the same time, of which the org may have few long ones.
pub(in crate::causes) const AT_ONCE: &[&str] =
    &["concurrent", "concurrentrequests", "concurrentperorglongtxn", "concurrently"];
