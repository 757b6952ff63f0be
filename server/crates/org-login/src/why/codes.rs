//! Codes of the table in a text, and whether each of them is Salesforce's there.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::flows::{self, OtherFlow};
use super::reading::Reading;
use super::surroundings::{Surroundings, speaks_of_a_login};
use super::{Found, Refusal, message, texts};
use crate::causes::{Reason, known_codes, plain, recognise_code};
use crate::target::Flow;

/// So many codes of one text are looked at.
const MOST: usize = 2000;

/// What a code alone says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// Only Salesforce's login has it.
    Certain,
    /// Others have it as well: the text, or a name nearby, must be Salesforce's.
    Shared,
    /// Salesforce has it for other calls too: a login must be spoken of.
    AtLogin,
}

/// Codes that say nothing about a login where another tool shows them: those of requests for data, of
/// SOAP as such, and plain words.
const NONE: &[&str] = &[
    "CLIENT",
    "SENDER",
    "SERVER",
    "RECEIVER",
    "VERSIONMISMATCH",
    "MUSTUNDERSTAND",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "GONE",
    "INVALIDVERSION",
    "NOT_ACCEPTABLE",
    "UNSUPPORTED_MEDIA_TYPE",
    "MISSING_ARGUMENT",
    "MALFORMED_ID",
    "XML_PARSER_ERROR",
    "POST_BODY_PARSE_ERROR",
    "EXCEEDED_MAX_SIZE_REQUEST",
    "INVALID_SOAP_HEADER",
    "QUERY_TIMEOUT",
    "REQUEST_RUNNING_TOO_LONG",
    "TOO_MANY_APEX_REQUESTS",
    "TOO_MANY_JOBS",
    "INSUFFICIENT_ACCESS_OR_READONLY",
    "INACTIVE_OWNER_OR_USER",
    "LIMIT_EXCEEDED",
    "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
    "SLOW_DOWN",
];

const AT_LOGIN: &[&str] = &[
    "INSUFFICIENT_ACCESS",
    "INVALID_OPERATION",
    "SERVER_UNAVAILABLE",
    "UNKNOWN_EXCEPTION",
    "FUNCTIONALITY_NOT_ENABLED",
    "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE",
    "EXCEEDED_QUOTA",
    "INACTIVE_USER",
    "PASSWORD_EXPIRED",
    "SERVER_ERROR",
    "SERVICE_UNAVAILABLE",
    "SYSTEM_DOWN",
    "TEMPORARILY_UNAVAILABLE",
    "UNKNOWN_ERROR",
    "LOGIN_ERROR",
    "UNSUPPORTED_CLIENT",
    "LICENSING_DATA_ERROR",
    "LICENSING_UNKNOWN_ERROR",
];

/// Codes in small letters (OAuth's) that nobody else has.
const SALESFORCES_OWN: &[&str] = &[
    "OAUTH_FLOW_DISABLED",
    "OAUTH_EC_APP_NOT_FOUND",
    "OAUTH_APP_BLOCKED",
    "OAUTH_APP_ACCESS_DENIED",
    "OAUTH_APPROVAL_ERROR_GENERIC",
    "OAUTH_AUTHORIZATION_BLOCKED",
    "OAUTH_DISALLOWED_SCOPES",
    "OAUTH_POLICY_NOT_FOUND",
    "ECAPP_POLICY_NOT_FOUND",
    "INVALID_APP_ACCESS",
    "INACTIVE_ORG",
    "FAIL_CLOSE_APP_BLOCKED",
    "INVALID_DISTRIBUTION_STATE",
    "IMMEDIATE_UNSUCCESSFUL",
];

/// Codes in capitals that others have as well.
const IN_CAPITALS_ELSEWHERE: &[&str] = &["INVALID_LOGIN", "INVALID_CLIENT", "INVALID_AUTH_HEADER"];

/// Codes that are Salesforce's wherever nobody else is named and words of any kind belong to them: `CODE: any
/// words`.
const WITH_ANY_WORDS: &[&str] = &["INVALID_LOGIN", "INVALID_CLIENT_ID"];

/// A code as it is looked up.
#[derive(Clone, Copy, Debug)]
struct Known {
    flow: Flow,
    trust: Trust,
    /// Written in capitals, as exception codes are; else in small letters, as OAuth's are.
    in_capitals: bool,
}

/// The codes by their names in capitals.
static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (flow, code) in known_codes() {
        let name = code.trim_end_matches('*').to_ascii_uppercase();
        if NONE.contains(&name.as_str()) {
            continue;
        }
        let in_capitals = code.starts_with(|c: char| c.is_ascii_uppercase());
        let trust = match in_capitals {
            _ if AT_LOGIN.contains(&name.as_str()) => Trust::AtLogin,
            _ if SALESFORCES_OWN.contains(&name.as_str()) => Trust::Certain,
            true if !IN_CAPITALS_ELSEWHERE.contains(&name.as_str()) => Trust::Certain,
            _ => Trust::Shared,
        };
        let entry = known.entry(name).or_insert(Known { flow, trust, in_capitals });
        // The token endpoint writes in small letters what others write in capitals.
        if flow == Flow::OAuth {
            entry.in_capitals = false;
            if !in_capitals {
                (entry.flow, entry.trust) = (flow, trust);
            }
        }
    }
    known
});

/// Whether a name is a code, in whatever capitals.
pub(super) fn is_code(name: &str) -> bool {
    look_up(&name.to_ascii_uppercase()).is_some()
}

/// A name in capitals among the codes; some of those are prefixes, such as `TXN_SECURITY_`.
fn look_up(name: &str) -> Option<Known> {
    let by_prefix = || {
        let prefix = ["TXN_SECURITY_", "APP_ATTEST_FAILED"]
            .into_iter()
            .find(|prefix| name.starts_with(prefix))?;
        KNOWN.get(prefix)
    };
    KNOWN.get(name).or_else(by_prefix).copied()
}

/// The login errors whose code stands in the text, in order.
pub(super) fn find(reading: &Reading, around: &Surroundings) -> Vec<Found> {
    let codes = reading.names.iter().enumerate().filter_map(|(index, place)| {
        let written = &reading.text[place.clone()];
        // No code is shorter or longer.
        if !(4..=60).contains(&written.len()) {
            return None;
        }
        let name = written.to_ascii_uppercase();
        let mut known = look_up(&name)?;
        let in_capitals = *written == name;
        let in_small = !written.bytes().any(|byte| byte.is_ascii_uppercase());
        if in_small && known.trust == Trust::Certain && !SALESFORCES_OWN.contains(&name.as_str()) {
            known.trust = Trust::Shared;
        }
        (in_capitals || in_small && !known.in_capitals).then_some((index, known))
    });
    codes.take(MOST).filter_map(|(index, known)| judged(reading, around, index, known)).collect()
}

fn judged(reading: &Reading, around: &Surroundings, index: usize, known: Known) -> Option<Found> {
    let place = reading.names.get(index)?.clone();
    let code = reading.text[place.clone()].to_owned();
    let message = message::of_code(reading, index);
    let is_login = match known.trust {
        Trust::Certain => true,
        Trust::Shared => is_salesforces(reading, around, &place, &code, message.as_deref()),
        Trust::AtLogin => {
            message.as_deref().is_some_and(|message| texts::is_own(&code, message))
                || around.is_salesforces(place.start) && speaks_of_a_login(&reading.lower, &place)
        }
    };
    if !is_login {
        return None;
    }
    let flow = known.flow;
    let refusal = refusal(flow, &code, message.as_deref(), around);
    Some(Found { refusal, flow, code: Some(code), message, place })
}

/// Whether a code that others have as well is Salesforce's here.
fn is_salesforces(
    reading: &Reading,
    around: &Surroundings,
    place: &Range<usize>,
    code: &str,
    message: Option<&str>,
) -> bool {
    let is_all = reading.text.trim().trim_matches(['"', '\'', '`']) == code;
    if is_all
        || message.is_some_and(|text| texts::is_own(code, text)) && !around.is_anothers(place.start)
    {
        return true;
    }
    // A word in a sentence is no code: a code is a value, or begins a line.
    let before = reading.text[..place.start].trim_end_matches([' ', '\t']).chars().next_back();
    let is_value = before.is_none_or(|c| ":=\"'`>([,{-\n|/&?".contains(c));
    let is_any = WITH_ANY_WORDS.iter().any(|known| code.eq_ignore_ascii_case(known));
    if is_any && is_value && message.is_some() && !around.is_anothers(place.start) {
        return true;
    }
    around.is_salesforces(place.start) && (message.is_some() || is_value)
}

/// What a code and its text mean, whichever flow the tool uses.
pub(super) fn refusal(
    flow: Flow,
    code: &str,
    message: Option<&str>,
    around: &Surroundings,
) -> Refusal {
    let text = plain(message.unwrap_or_default());
    if let Some(other) = flows::recognise(code, &text) {
        return Refusal::OtherFlow(other);
    }
    of_reason(recognise_code(flow, code, message), around)
}

/// A reason of the table for a tool that may log in by another flow than ours.
pub(super) fn of_reason(reason: Reason, around: &Surroundings) -> Refusal {
    match (&reason, flows::refused_user(around.grant)) {
        (Reason::RunAsUserRefused { .. } | Reason::GrantRefused, Some(other)) => {
            Refusal::OtherFlow(other)
        }
        (Reason::OtherRequest, _) => Refusal::OtherFlow(OtherFlow::Request),
        _ => Refusal::Known(reason),
    }
}
