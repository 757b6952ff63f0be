//! What an answer to a question means that is not the one that was hoped for, and which operations
//! will meet the same.

use crate::answer::{Answer, BodyKind};
use crate::cause::Cause;
use crate::causes::Reason;
use crate::scrub::Scrubber;
use crate::server_error::{ServerError, server_error};
use crate::target::Flow;

/// Codes by which the API says that this one question makes no sense in this org.
const ABOUT_THE_QUESTION: [&str; 5] =
    ["NOT_FOUND", "INVALID_TYPE", "INVALID_FIELD", "MALFORMED_QUERY", "METHOD_NOT_ALLOWED"];

/// Why a question has no answer. Each `why` completes a sentence after a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The API refuses whoever asks. `sentence` (or two) says which operations will fail.
    Refused { sentence: String, why: String },
    /// The API refused this, in words that may be about more than this question.
    Doubtful { why: String },
    /// Refused without a word on why, or for the one object that was asked for.
    NotAllowed { why: String },
    /// Something else than the API answered, or nobody.
    NoAnswer { why: String },
    /// The API answered: only this question is none that can be asked here.
    Elsewhere { why: String },
}

impl Trouble {
    /// The trouble in `answer`, scrubbed.
    pub(crate) fn of(answer: &Answer, flow: Flow, scrubber: &Scrubber) -> Trouble {
        let status = answer.status;
        if let 300..400 = status {
            return Trouble::NoAnswer { why: redirected(answer, scrubber) };
        }
        let error = server_error(answer).ok().flatten().unwrap_or_default();
        let words = words(status, &error, scrubber);
        let shortest = words.clone().unwrap_or_else(|| format!("HTTP {status}"));
        let why = words.unwrap_or_else(|| came(answer));
        if let Some(sentence) = refused(status, &error, flow, &shortest) {
            return Trouble::Refused { sentence, why };
        }
        let code = error.code.as_deref().unwrap_or_default().to_ascii_uppercase();
        match status {
            500.. | 407 | 429 => Trouble::NoAnswer { why },
            403 if code.is_empty() && answer.kind() != BodyKind::Html => {
                Trouble::NotAllowed { why }
            }
            400..500 if code.starts_with("INSUFFICIENT_") || code == "FORBIDDEN" => {
                Trouble::NotAllowed { why }
            }
            400..500 if ABOUT_THE_QUESTION.contains(&code.as_str()) => Trouble::Elsewhere { why },
            400..500 if !code.is_empty() => Trouble::Doubtful { why },
            200..300 if answer.kind() == BodyKind::Json => Trouble::Elsewhere { why },
            _ => Trouble::NoAnswer { why },
        }
    }

    /// The trouble when no answer came.
    pub(crate) fn on_the_way(reason: &Reason) -> Trouble {
        let why = match (reason.cause(), reason) {
            (Cause::Tls, _) => "no trustworthy encrypted connection to it",
            (Cause::Proxy, _) => "a proxy did not let the question through",
            (Cause::UnexpectedResponse, _) => "the answer was not from Salesforce",
            (_, Reason::TimedOut { .. }) => "no answer came in time",
            _ => "the connection failed",
        };
        Trouble::NoAnswer { why: why.to_owned() }
    }

    /// What completes a sentence after a colon.
    pub(crate) fn why(&self) -> &str {
        match self {
            Trouble::Refused { why, .. }
            | Trouble::Doubtful { why }
            | Trouble::NotAllowed { why }
            | Trouble::NoAnswer { why }
            | Trouble::Elsewhere { why } => why,
        }
    }
}

/// The sentence about a refusal that meets every operation.
fn refused(status: u16, error: &ServerError, flow: Flow, words: &str) -> Option<String> {
    let code = error.code.as_deref().unwrap_or_default().to_ascii_uppercase();
    let text = error.message.as_deref().unwrap_or_default().to_lowercase();
    let api_is_off = text.contains("api")
        && ["not enabled", "isn't enabled", "disabled"].iter().any(|off| text.contains(off));
    match code.as_str() {
        "REQUEST_LIMIT_EXCEEDED" if text.contains("concurrent") => Some(format!(
            "The org has too many long-running API requests at the same time, so operations may \
             fail until some have finished ({words})."
        )),
        "REQUEST_LIMIT_EXCEEDED" => Some(format!(
            "The org has used up its API requests for 24 hours, so every operation will fail \
             until some come back ({words}). See Setup > Company Information > API Requests, Last \
             24 Hours."
        )),
        "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED" => Some(api_off(words)),
        _ if api_is_off && (400..500).contains(&status) => Some(api_off(words)),
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD" => Some(format!(
            "The user's password has expired, so every operation will fail until a new one is set \
             ({words})."
        )),
        "GONE" | "UNSUPPORTED_API_VERSION" => Some(format!(
            "The org no longer serves the API version that was asked, so operations that use it \
             will fail until `apiVersion` is one that it serves ({words})."
        )),
        _ if status == 401 || code == "INVALID_SESSION_ID" || code == "INVALID_AUTH_HEADER" => {
            Some(session_refused(flow, words))
        }
        _ => None,
    }
}

fn api_off(words: &str) -> String {
    format!(
        "The API is off for this org or its user, so every operation will fail ({words}). Give the \
         user the permission API Enabled, and check that the edition has the API (Setup > Company \
         Information)."
    )
}

/// A session of the client credentials flow without the scope is none for the SOAP API either.
fn session_refused(flow: Flow, words: &str) -> String {
    match flow {
        Flow::OAuth => format!(
            "Salesforce's REST API refuses this session, so every operation will fail ({words}). \
             Give the app the scope {}, and check its IP policy (Setup > External Client App \
             Manager > your app > Policies > IP Relaxation).",
            org_schema::client_credentials::API_SCOPE
        ),
        Flow::Soap => format!(
            "Salesforce's REST API refuses this session, so operations that use it, bulk \
             operations among them, will fail ({words}). Check the user's permission API Enabled, \
             and whether Setup > Session Settings locks sessions to an address or domain."
        ),
    }
}

/// Status, code and text; `None` when there is neither code nor text.
fn words(status: u16, error: &ServerError, scrubber: &Scrubber) -> Option<String> {
    let parts: Vec<&str> =
        [&error.code, &error.message].into_iter().flatten().map(String::as_str).collect();
    let words = scrubber.clean(&parts.join(" "));
    (!words.is_empty()).then(|| format!("HTTP {status} {}", words.trim_end_matches('.')))
}

fn came(answer: &Answer) -> String {
    let what = match answer.kind() {
        BodyKind::Empty => "an empty answer",
        BodyKind::Html => "a web page",
        _ => "an answer of another kind",
    };
    format!("{what} came (HTTP {})", answer.status)
}

/// The host alone: the rest of an address says nothing to a person.
fn redirected(answer: &Answer, scrubber: &Scrubber) -> String {
    let to = answer.location.as_deref().map(|to| scrubber.clean(to));
    let host = to.and_then(|to| Some(url::Url::parse(&to).ok()?.host_str()?.to_owned()));
    match host {
        Some(host) => format!("it was redirected to {host} (HTTP {})", answer.status),
        None => format!("it was redirected (HTTP {})", answer.status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &str) -> Answer {
        Answer {
            status,
            content_type: content_type.to_owned(),
            location: None,
            retry_after: None,
            body: body.to_owned(),
        }
    }

    fn kind(status: u16, content_type: &str, body: &str) -> &'static str {
        match Trouble::of(&answer(status, content_type, body), Flow::OAuth, &Scrubber::default()) {
            Trouble::Refused { .. } => "refused",
            Trouble::Doubtful { .. } => "doubtful",
            Trouble::NotAllowed { .. } => "not allowed",
            Trouble::NoAnswer { .. } => "no answer",
            Trouble::Elsewhere { .. } => "elsewhere",
        }
    }

    fn error(code: &str, message: &str) -> String {
        serde_json::json!([{ "errorCode": code, "message": message }]).to_string()
    }

    #[test]
    fn what_meets_every_operation_is_told_from_what_is_about_one_question() {
        let json = "application/json";
        for (status, code, text, expected) in [
            (
                401,
                "INVALID_SESSION_ID",
                "This session is not valid for use with the REST API",
                "refused",
            ),
            (401, "INVALID_SESSION_ID", "Session expired or invalid", "refused"),
            (403, "INVALID_SESSION_ID", "", "refused"),
            (401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE", "refused"),
            (401, "A_NEW_CODE", "", "refused"),
            (
                403,
                "API_DISABLED_FOR_ORG",
                "The REST API is not enabled for this Organization.",
                "refused",
            ),
            (403, "FORBIDDEN", "API is not enabled for this Organization or Partner", "refused"),
            (403, "API_CURRENTLY_DISABLED", "API is currently disabled", "refused"),
            (403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.", "refused"),
            (403, "REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests Limit exceeded.", "refused"),
            (410, "GONE", "The requested resource is no longer available", "refused"),
            (403, "INSUFFICIENT_ACCESS", "insufficient access rights", "not allowed"),
            (403, "FORBIDDEN", "You don't have permission", "not allowed"),
            (403, "TXN_SECURITY_NO_ACCESS", "not allowed by policy", "doubtful"),
            (404, "NOT_FOUND", "The requested resource does not exist", "elsewhere"),
            (400, "INVALID_TYPE", "sObject type 'Organization' is not supported.", "elsewhere"),
            (400, "INVALID_FIELD", "No such column", "elsewhere"),
            (400, "INSUFFICIENT_ACCESS", "", "not allowed"),
            (400, "LOGIN_DURING_RESTRICTED_DOMAIN", "", "doubtful"),
            (400, "URL_NOT_RESET", "The URL returned from login must be set", "doubtful"),
            (400, "A_NEW_CODE", "", "doubtful"),
            (500, "UNKNOWN_EXCEPTION", "An unexpected error occurred", "no answer"),
            (503, "SERVER_UNAVAILABLE", "", "no answer"),
        ] {
            assert_eq!(kind(status, json, &error(code, text)), expected, "{status} {code} {text}");
        }
        for (status, content_type, body, expected) in [
            (401, "", "", "refused"),
            (401, "text/html", "<html>sign in</html>", "refused"),
            (403, json, "{}", "not allowed"),
            (403, "text/html", "<html>blocked</html>", "no answer"),
            (200, "text/html", "<html>sign in</html>", "no answer"),
            (200, "", "", "no answer"),
            (200, json, "{}", "elsewhere"),
            (404, "text/html", "<html>404</html>", "no answer"),
            (429, "text/plain", "Too Many Requests", "no answer"),
            (302, "", "", "no answer"),
        ] {
            assert_eq!(kind(status, content_type, body), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_redirect_is_told_by_its_host_alone() {
        let away = Answer {
            location: Some("https://portal.example/sign-in?x=1".to_owned()),
            ..answer(302, "", "")
        };
        let told = Trouble::of(&away, Flow::OAuth, &Scrubber::default());
        assert_eq!(told.why(), "it was redirected to portal.example (HTTP 302)");
    }
}
