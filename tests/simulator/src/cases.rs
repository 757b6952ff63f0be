//! The recorded answers of `tests/fixtures/login_cases.json`, any of which can be had on demand.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::answer::Answer;

/// One recorded answer.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Case {
    /// Its name: lower-case letters, digits and hyphens.
    pub id: String,
    /// `soap`, `oauth` or `versions`.
    pub flow: String,
    /// HTTP status, or 0 when the connection itself fails.
    pub http_status: u16,
    /// `Content-Type` header; empty when there was none.
    pub content_type: String,
    /// The body as it came.
    pub body: String,
    /// What it means.
    pub meaning: String,
    /// Login causes that this answer may be given; empty where it is no login answer.
    #[serde(default)]
    pub causes: Vec<String>,
}

/// All recorded answers, in the order of the file.
pub fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        // The file is part of this program, so a test is what keeps it readable.
        serde_json::from_str(include_str!("../../fixtures/login_cases.json")).unwrap_or_default()
    })
}

/// The case of that name.
pub(crate) fn case(id: &str) -> Option<&'static Case> {
    cases().iter().find(|case| case.id == id)
}

/// The recorded answer of that name as the simulator's own answer to a request that earned it.
pub(crate) fn recorded(id: &str) -> Answer {
    match case(id) {
        Some(case) => case.answer(),
        None => Answer::text(500, format!("sforg-simulator: the case {id} has gone missing")),
    }
}

impl Case {
    /// The answer with the headers that the body implies but the record does not hold.
    pub(crate) fn answer(&self) -> Answer {
        let mut answer = Answer::new(self.http_status, &self.content_type, self.body.clone());
        match self.http_status {
            301 => {
                if let Some(target) = between(&self.body, "href=\"", "\"") {
                    answer = answer.header("Location", target);
                }
            }
            302 => answer = answer.header("Location", "https://status.salesforce.com/"),
            429 => answer = answer.header("Retry-After", "30"),
            _ => {}
        }
        answer.note(format!("case {}", self.id))
    }

    /// The session id or access token that the answer hands out, if it does.
    pub(crate) fn token(&self) -> Option<&str> {
        between(&self.body, "\"access_token\":\"", "\"")
            .or_else(|| between(&self.body, "<sessionId>", "</sessionId>"))
    }

    /// What the answer belongs to: a login, or one of the requests that follow it.
    pub(crate) fn place(&self) -> Place {
        if self.id.starts_with("userinfo-") {
            Place::Userinfo
        } else if self.id.starts_with("identity-") {
            Place::Identity
        } else if self.id.starts_with("versions-") {
            Place::VersionList
        } else if self.flow == "versions" {
            Place::Rest
        } else {
            Place::Login
        }
    }
}

/// Which request a recorded answer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// SOAP `login()` or the token endpoint.
    Login,
    /// `/services/oauth2/userinfo`.
    Userinfo,
    /// The id URL.
    Identity,
    /// `/services/data`.
    VersionList,
    /// Everything below `/services/data`, the list included.
    Rest,
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inner, _)| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_and_names_are_unique() {
        assert!(cases().len() > 70, "{}", cases().len());
        let mut ids: Vec<_> = cases().iter().map(|case| case.id.as_str()).collect();
        assert!(ids.iter().all(|id| {
            id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }));
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }

    #[test]
    fn places_follow_from_names() {
        let place = |id| case(id).map(Case::place);
        assert_eq!(place("oauth-invalid-client"), Some(Place::Login));
        assert_eq!(place("userinfo-403-empty-object"), Some(Place::Userinfo));
        assert_eq!(place("identity-ok"), Some(Place::Identity));
        assert_eq!(place("versions-ok-xml"), Some(Place::VersionList));
        assert_eq!(place("rest-api-not-enabled"), Some(Place::Rest));
    }

    #[test]
    fn tokens_are_found_in_both_flows() {
        let token = |id| case(id).and_then(Case::token);
        assert_eq!(token("soap-ok-enterprise-sandbox"), Some("REDACTED_SESSION_ID"));
        assert_eq!(token("oauth-ok-opaque-format"), Some("00DXX0000000000!AQEAQNOTAREALTOKEN"));
        assert_eq!(token("oauth-invalid-client"), None);
    }
}
