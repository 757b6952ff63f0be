//! Texts that Salesforce is known to write, for tools that leave the code out.
//!
//! Sources: the same as those of the table's rows (FACTS 2c, 2d).

use std::ops::Range;
use std::sync::LazyLock;

use super::codes;
use super::reading::Reading;
use super::surroundings::Surroundings;
use super::{Found, Refusal};
use crate::causes::{plain, recognise_label};
use crate::target::Flow::{self, OAuth, Soap};

/// A text, the code under which it comes, and whether the words alone tell that it is Salesforce's.
struct Known {
    text: &'static str,
    code: &'static str,
    flow: Flow,
    is_distinct: bool,
    /// The text as it is compared.
    plain: String,
}

/// The texts. Of two that begin alike the longer one comes first.
static TEXTS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = |is_distinct: bool| {
        move |(flow, code, text): &(Flow, &'static str, &'static str)| Known {
            text,
            code,
            flow: *flow,
            is_distinct,
            plain: plain(text),
        }
    };
    DISTINCT.iter().map(known(true)).chain(COMMON.iter().map(known(false))).collect()
});

const DISTINCT: &[(Flow, &str, &str)] = &[
    (
        Soap,
        "LOGIN_MUST_USE_SECURITY_TOKEN",
        "you must add a security token to your password to log in",
    ),
    (
        Soap,
        "LOGIN_MUST_USE_SECURITY_TOKEN",
        "you must append a security token to your password to log in",
    ),
    (Soap, "INVALID_LOGIN", "Invalid username, password, security token; or user locked out."),
    (
        Soap,
        "INVALID_LOGIN",
        "Invalid username, password, security token, user not active, or user locked out.",
    ),
    (Soap, "INVALID_OPERATION", "SOAP API login() is disabled by default in this org."),
    (Soap, "INVALID_OPERATION", "SOAP API login() is disabled"),
    (
        Soap,
        "INVALID_OPERATION",
        "The SOAP Login operation is not available in the API version specified",
    ),
    (Soap, "UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL"),
    (Soap, "LOGIN_DURING_RESTRICTED_DOMAIN", "cannot log in from current domain"),
    (Soap, "LOGIN_DURING_RESTRICTED_TIME", "cannot log in during restricted time"),
    (
        Soap,
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
        "The users password has expired, you must call SetPassword",
    ),
    (
        Soap,
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
        "Unable to login because the used password has expired.",
    ),
    (Soap, "UNSUPPORTED_CLIENT", "TLS 1.0 has been disabled in this organization."),
    (Soap, "UNSUPPORTED_CLIENT", "TLS 1.1 has been disabled in this organization."),
    (Soap, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization."),
    (Soap, "API_DISABLED_FOR_ORG", "API is not enabled for this Organization or Partner"),
    (Soap, "URL_NOT_RESET", "Destination URL not reset. The URL returned from login must be set"),
    (Soap, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
    (Soap, "INVALID_SESSION_ID", "Session expired or invalid"),
    (Soap, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
    (OAuth, "invalid_grant", "request not supported on this domain"),
    (OAuth, "invalid_grant", "no client credentials user enabled"),
    (OAuth, "invalid_grant", "IP restricted or invalid login hours"),
    (OAuth, "invalid_grant", "user hasn't approved this consumer"),
    (OAuth, "invalid_grant", "expired access/refresh token"),
    (OAuth, "oauth_flow_disabled", "The external client app or the OAuth plugin is disabled."),
    (OAuth, "invalid_client_id", "client identifier invalid"),
    (OAuth, "invalid_app_access", "user is not admin approved to access this app"),
    (OAuth, "app_not_found", "External client app is not installed in this org"),
    (OAuth, "app_not_found", "app must be installed into org"),
    (
        OAuth,
        "app_not_found",
        "Cross-org OAuth flows are not supported for this external client app",
    ),
    (OAuth, "redirect_uri_mismatch", "redirect_uri must match configuration"),
    (OAuth, "invalid_grant", "authentication failure - Failed: API security token required"),
    (OAuth, "invalid_grant", "authentication failure - Username-Password Flow Disabled"),
    (OAuth, "invalid_grant", "authentication failure - Invalid Password"),
];

const COMMON: &[(Flow, &str, &str)] = &[
    (OAuth, "invalid_grant", "client credentials flow not enabled"),
    (OAuth, "invalid_client", "invalid client credentials"),
    (OAuth, "unsupported_grant_type", "grant type not supported"),
    (OAuth, "invalid_grant", "authentication failure"),
    (OAuth, "invalid_grant", "ip restricted"),
    (OAuth, "invalid_grant", "inactive user"),
    (OAuth, "inactive_user", "User is inactive"),
    (OAuth, "inactive_org", "inactive organization"),
    (OAuth, "invalid_grant", "token validity expired"),
    (OAuth, "invalid_grant", "audience is invalid"),
    (OAuth, "invalid_grant", "Audience validation failed"),
    (OAuth, "invalid_grant", "invalid assertion"),
    (OAuth, "invalid_grant", "expired authorization code"),
    (OAuth, "invalid_grant", "invalid authorization code"),
    (OAuth, "invalid_grant", "invalid code verifier"),
    (OAuth, "invalid_request", "missing required code challenge"),
    (OAuth, "invalid_request", "HTTPS required"),
    (OAuth, "rate_limit_exceeded", "number of logins exceeded"),
    (OAuth, "rate_limit_exceeded", "login rate exceeded"),
    (OAuth, "unknown_error", "retry your request"),
    (Soap, "API_CURRENTLY_DISABLED", "Your trial has expired."),
    (Soap, "PASSWORD_LOCKOUT", "The user has exceeded the allowed number of login attempts"),
    (Soap, "SERVER_UNAVAILABLE", "Server too busy"),
    (OAuth, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE"),
    (OAuth, "INVALID_AUTH_HEADER", "INVALID_JWT_FORMAT"),
];

/// Whether Salesforce is known to write this text under this code. The text may go on.
pub(super) fn is_own(code: &str, message: &str) -> bool {
    let message = plain(message);
    TEXTS.iter().any(|known| {
        let fits = if known.is_distinct
            || known.plain == " authentication failure " && message.contains(" failed ")
        {
            message.starts_with(known.plain.as_str())
        } else {
            message == known.plain
        };
        fits && (known.is_distinct || known.code.eq_ignore_ascii_case(code))
    })
}

/// The known texts that stand in the reading. Those that others write too count where Salesforce is
/// spoken of and nothing else is in the sentence, or when they are all there is.
pub(super) fn find(reading: &Reading, around: &Surroundings) -> Vec<Found> {
    const MOST: usize = 40;
    let mut found: Vec<Found> = Vec::new();
    for known in TEXTS.iter() {
        for (at, _) in reading.plain.match_indices(known.plain.as_str()).take(MOST) {
            let place = reading.of_plain(at + 1..at + known.plain.len() - 1);
            let is_first = !found.iter().any(|other| overlap(&other.place, &place));
            let is_all = reading.plain == known.plain;
            let counts = is_all
                || known.is_distinct
                || stands_alone(reading, known, &place) && around.is_salesforces(place.start);
            if is_first && counts {
                found.push(Found {
                    refusal: codes::refusal(known.flow, known.code, Some(known.text), around),
                    flow: known.flow,
                    code: None,
                    message: Some(as_written(reading, known, &place)),
                    place,
                });
            }
        }
    }
    without_the_general(found)
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// `LOGIN_MUST_USE_SECURITY_TOKEN` begins with the words of `INVALID_LOGIN`.
fn without_the_general(found: Vec<Found>) -> Vec<Found> {
    use crate::causes::Reason::{InvalidLogin, SecurityTokenMissing};
    let is = |found: &Found, reason| found.refusal == Refusal::Known(reason);
    let tokens: Vec<usize> = found
        .iter()
        .filter(|found| is(found, SecurityTokenMissing))
        .map(|found| found.place.start)
        .collect();
    let goes_on = |one: &Found| {
        tokens.iter().any(|at| *at > one.place.start && at - one.place.start < super::NEAR)
    };
    found.into_iter().filter(|one| !(is(one, InvalidLogin) && goes_on(one))).collect()
}

/// Whether the text is a whole value or sentence.
fn stands_alone(reading: &Reading, known: &Known, place: &Range<usize>) -> bool {
    let Some(written) = written_at(reading, known, place) else { return false };
    let before = reading.text[..written.start].trim_end_matches([' ', '\t']).chars().next_back();
    let after = reading.text[written.end..].trim_start_matches([' ', '\t']).chars().next();
    before.is_none_or(|c| ":\"'>=-([\n`".contains(c))
        && after.is_none_or(|c| "\"'<}.,;)]&\n\r`[-".contains(c))
}

/// Where the text stands letter by letter, but for capitals, within whole words of a reading.
fn written_at(reading: &Reading, known: &Known, place: &Range<usize>) -> Option<Range<usize>> {
    let text = known.text.trim_end_matches('.').to_ascii_lowercase();
    let at = reading.lower[place.clone()].find(&text)? + place.start;
    Some(at..at + text.len())
}

/// The text in the capitals of the reading; as Salesforce writes it when it is broken there.
fn as_written(reading: &Reading, known: &Known, place: &Range<usize>) -> String {
    match written_at(reading, known, place) {
        Some(written) => reading.text[written].to_owned(),
        None => known.text.to_owned(),
    }
}

/// A label of Setup > Login History that is all there is: "Failed: API security token required".
pub(super) fn login_history_label(reading: &Reading, around: &Surroundings) -> Option<Found> {
    let text = reading.text.trim();
    let is_label = text.len() <= 120
        && (reading.lower.trim().starts_with("failed:") || around.is_salesforces(0));
    let reason = is_label.then(|| recognise_label(Soap, &reading.plain)).flatten()?;
    let start = reading.text.len() - reading.text.trim_start().len();
    Some(Found {
        refusal: codes::of_reason(reason, around),
        flow: Soap,
        code: None,
        message: Some(text.to_owned()),
        place: start..start + text.len(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cause::Cause;

    /// Each text has a reason of its own: the table knows it.
    #[test]
    fn the_table_knows_each_text() {
        let around = Surroundings::new(&Reading::new(""));
        for known in TEXTS.iter() {
            let refusal = codes::refusal(known.flow, known.code, Some(known.text), &around);
            assert!(
                !matches!(refusal, Refusal::Known(crate::causes::Reason::Unknown { .. })),
                "{}",
                known.text
            );
        }
    }

    #[test]
    fn longer_texts_come_before_what_they_begin_with() {
        for (index, known) in TEXTS.iter().enumerate() {
            let hidden =
                TEXTS[..index].iter().find(|earlier| known.plain.starts_with(&earlier.plain));
            assert!(hidden.is_none_or(|earlier| earlier.plain == known.plain), "{}", known.text);
        }
        assert_eq!(
            codes::refusal(
                Soap,
                "INVALID_LOGIN",
                Some(TEXTS[2].text),
                &Surroundings::new(&Reading::new(""))
            )
            .cause(),
            Cause::WrongCredentials
        );
    }
}
