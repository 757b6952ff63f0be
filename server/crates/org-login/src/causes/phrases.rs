//! Phrases by which the table knows a text, and the form in which texts are compared.
//!
//! A code says less than its text where Salesforce uses one code for many reasons, and a text
//! differs from release to release and from page to page (`docs/domain.md`). So texts are never compared whole: [`plain`] takes away what varies without changing the
//! meaning, and the phrases below, in that form, carry it.

mod app;
mod service;
mod user;

pub(super) use app::*;
pub(super) use service::*;
pub(super) use user::*;

use super::Subject;
use crate::target::Flow;

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
pub(crate) fn plain(text: &str) -> String {
    let text = text
        .to_lowercase()
        .replace(['\u{2019}', '\u{2bc}', '`'], "'")
        .replace("can't", "can not")
        .replace("cannot", "can not")
        .replace("n't", " not")
        .replace("'s ", " ")
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

/// Words that tell what a text is about. Where two begin at one place, the earlier row counts.
const SUBJECTS: &[(Subject, &[&str])] = &[
    (
        Subject::Network,
        &["ip", "ips", "network", "networks", "location", "country", "vpn", "proxy"],
    ),
    (
        Subject::User,
        &[
            "user",
            "users",
            "username",
            "password",
            "run as",
            "client credentials user",
            "profile",
            "permission",
            "permissions",
            "role",
            "account",
            "privileges",
            "rights",
        ],
    ),
    (
        Subject::App,
        &[
            "app",
            "apps",
            "consumer",
            "client",
            "plugin",
            "flow",
            "flows",
            "grant type",
            "scope",
            "scopes",
            "oauth policy",
            "secret",
        ],
    ),
    (Subject::Org, &["org", "company", "instance", "sandbox", "edition", "my domain", "domain"]),
];

/// What a [`plain`] text is about: what it names first. SOAP `login()` knows no app.
pub(super) fn subject(flow: Flow, plain: &str) -> Option<Subject> {
    let first =
        |words: &[&str]| words.iter().filter_map(|word| plain.find(&format!(" {word} "))).min();
    SUBJECTS
        .iter()
        .filter(|(subject, _)| flow == Flow::OAuth || *subject != Subject::App)
        .filter_map(|(subject, words)| Some((first(words)?, *subject)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, subject)| subject)
}

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
            ("this connected app's profile", " connected app profile "),
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
