//! Phrases by which the table knows a text, and the form in which texts are compared.
//!
//! A code says less than its text where Salesforce uses one code for many reasons, and a text
//! differs from release to release and from page to page (FACTS 2c: "sources differ on words around
//! it"). So texts are never compared whole: [`plain`] takes away what varies without changing the
//! meaning, and the phrases below, in that form, carry it.

/// A text is known when it has one phrase of each group. No groups fit every text.
pub(super) type Groups = &'static [&'static [&'static str]];

/// Words that say nothing about the reason.
const FILLERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "that",
    "your",
    "its",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "being",
    "has",
    "currently",
    "yet",
];

/// `text` as phrases are written: lower-case words with single blanks between them, without
/// punctuation and [`FILLERS`]. `login()` is "login call", "isn't" is "not", an "organization" an
/// "org". It begins and ends with a blank, so that a phrase is always found as whole words.
pub(super) fn plain(text: &str) -> String {
    let text = text
        .to_lowercase()
        .replace(['\u{2019}', '\u{2bc}', '`'], "'")
        .replace("can't", "can not")
        .replace("cannot", "can not")
        .replace("n't", " not")
        .replace('\'', "")
        .replace("()", " call");
    let mut plain = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let word = match word {
            "organization" | "organisation" | "organizations" | "organisations" => "org",
            "authorised" => "authorized",
            "administrator" => "admin",
            "application" => "app",
            other => other,
        };
        if !word.is_empty() && !FILLERS.contains(&word) {
            plain.push_str(word);
            plain.push(' ');
        }
    }
    plain
}

/// Whether a [`plain`] text has a phrase of each group.
pub(super) fn fits(plain: &str, groups: Groups) -> bool {
    let has = |phrase: &str| {
        plain.match_indices(phrase).any(|(at, _)| {
            plain[..at].ends_with(' ') && plain[at + phrase.len()..].starts_with(' ')
        })
    };
    groups.iter().all(|group| group.iter().any(|phrase| has(phrase)))
}

/// Something does not work because somebody can switch it on.
pub(super) const OFF: &[&str] = &[
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
pub(super) const REFUSED: &[&str] = &[
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
pub(super) const LOGIN_CALL: &[&str] =
    &["login call", "login operation", "soap login", "api login", "login method", "login api"];
/// `login()` is gone for good, at least in this version.
pub(super) const GONE: &[&str] =
    &["version", "versions", "retired", "removed", "discontinued", "sunset", "no longer"];

/// The client credentials flow, in the words of Salesforce and of RFC 6749 (5.2).
pub(super) const FLOW: &[&str] =
    &["client credentials", "client credential", "grant type", "grant types", "flow", "plugin"];
/// The app of the flow.
pub(super) const APP: &[&str] = &["app", "consumer", "external client app", "connected app"];
/// The app's Run As user, whom Salesforce also calls the client credentials user.
pub(super) const RUN_AS: &[&str] = &[
    "client credentials user",
    "run as",
    "run as user",
    "runas user",
    "execution user",
    "client credentials flow user",
];
/// There is no Run As user.
pub(super) const NO_RUN_AS: &[&str] = &[
    "no client credentials user",
    "no run as",
    "no runas user",
    "no execution user",
    "without run as",
    "no user configured for client credentials",
    "no user set for client credentials",
];
/// Something is not there that must be chosen.
pub(super) const NOT_SET: &[&str] = &[
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

/// The user is switched off.
pub(super) const USER_INACTIVE: &[&str] = &[
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
pub(super) const USER_LOCKED: &[&str] = &[
    "locked out",
    "user locked",
    "locked user",
    "account locked",
    "password lockout",
    "exceeded allowed number of login attempts",
    "too many failed login attempts",
    "too many failed logins",
];
/// A text that names several reasons, as `INVALID_LOGIN` mostly has.
pub(super) const PASSWORD: &[&str] = &["password", "passwords", "credentials", "username"];
/// The password is too old.
pub(super) const PASSWORD_EXPIRED: &[&str] =
    &["password expired", "passwords expired", "expired password", "password must reset"];
/// The security token is missing.
pub(super) const TOKEN_MISSING: &[&str] = &["must add security token", "security token required"];
/// More proof is asked for.
pub(super) const CHALLENGE: &[&str] = &[
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
];

/// The place the login comes from.
pub(super) const IP: &[&str] = &["ip", "ips"];
/// The time of day it comes at.
pub(super) const HOURS: &[&str] = &[
    "login hours",
    "restricted time",
    "restricted hours",
    "certain hours",
    "allowed hours",
    "permitted hours",
];

/// The API as a whole.
pub(super) const API: &[&str] = &["api", "rest api", "soap api"];
/// The user or the org may not use it.
pub(super) const NO_ACCESS: &[&str] = &[
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
];

/// The org is not in use.
pub(super) const ORG_CLOSED: &[&str] = &[
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
];
/// The trial of the org is over.
pub(super) const TRIAL: &[&str] = &["trial"];
/// Salesforce's servers have no time.
pub(super) const BUSY: &[&str] = &[
    "temporarily unavailable",
    "server unavailable",
    "service unavailable",
    "server too busy",
    "system down",
];
/// Plain http.
pub(super) const NOT_HTTPS: &[&str] =
    &["https required", "use https", "requires https", "https only", "insecure channel"];
/// So many logins, or calls, that Salesforce refuses more.
pub(super) const RATE: &[&str] = &[
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
];
/// Calls that run at the same time, of which the org may have few long ones.
pub(super) const AT_ONCE: &[&str] =
    &["concurrent", "concurrentrequests", "concurrentperorglongtxn", "concurrently"];

/// The user may not use the app.
pub(super) const NOT_APPROVED: &[&str] = &[
    "not admin approved",
    "not approved",
    "not pre authorized",
    "not preauthorized",
    "not pre approved",
    "not assigned to app",
];
/// The user, or somebody as the user, may not do something.
pub(super) const NOT_FOR_USER: &[&str] = &[
    "user not authorized",
    "user not allowed",
    "user not permitted",
    "user does not have permission",
    "user does not have access",
    "not for user",
];
/// The app is not in this org.
pub(super) const NOT_INSTALLED: &[&str] = &[
    "not installed",
    "must installed",
    "needs to installed",
    "app not found",
    "app does not exist",
    "cross org",
];
/// No app has this key.
pub(super) const CLIENT_ID: &[&str] =
    &["client identifier", "client id", "consumer key", "consumer deleted", "app deleted"];
/// What proves that the app is who it says.
pub(super) const SECRET: &[&str] = &[
    "secret",
    "client secret",
    "consumer secret",
    "client credentials",
    "client credential",
    "client authentication",
    "invalid client",
];
/// It is not right.
pub(super) const WRONG: &[&str] = &[
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
];
/// Words of a reason that lies elsewhere than in the secret.
pub(super) const ELSEWHERE: &[&str] = &[
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
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_taken_away() {
        for (text, expected) in [
            ("", " "),
            (
                "  Client-Credentials  FLOW isn\u{2019}t enabled. ",
                " client credentials flow not enabled ",
            ),
            (
                "client_credentials grant_type: NOT ENABLED!",
                " client credentials grant type not enabled ",
            ),
            ("The SOAP API login() has been disabled", " soap api login call disabled "),
            ("Can't; cannot", " can not can not "),
            ("Your Organization's locked", " org locked "),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn phrases_are_whole_words_and_every_group_counts() {
        assert!(fits(&plain("switched off."), &[&["off"]]));
        assert!(!fits(&plain("the office"), &[&["off"]]));
        assert!(!fits(&plain("kickoff"), &[&["off"]]));
        assert!(fits(&plain("the flow is off"), &[&["grant", "flow"], &["off"]]));
        assert!(!fits(&plain("the flow is on"), &[&["grant", "flow"], &["off"]]));
        assert!(fits("", &[]));
    }
}
