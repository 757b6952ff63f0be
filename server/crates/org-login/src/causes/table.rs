//! The table: flow, code and text to reason ([`ROWS`]); HTTP status and kind of page to reason.

use super::Reason;
use super::rows::ROWS;
use crate::answer::{Answer, BodyKind};
use crate::target::Flow;

/// The reason behind a code and a text that Salesforce gave; [`Reason::Unknown`] when no row fits.
pub(crate) fn recognise_code(flow: Flow, code: &str, message: Option<&str>) -> Reason {
    let text = plain(message.unwrap_or_default());
    if flow == Flow::OAuth && code.eq_ignore_ascii_case("invalid_grant") && text.is_empty() {
        return Reason::GrantRefused;
    }
    ROWS.iter()
        .filter(|row| row.flow == flow)
        .filter(|row| row.codes.iter().any(|pattern| code_fits(code, pattern)))
        .find(|row| row.texts.is_empty() || row.texts.iter().any(|part| text.contains(part)))
        .map_or(Reason::Unknown, |row| row.reason.clone())
}

/// The reason behind an answer that names no code, by its status and kind of body.
///
/// Credentials are never to blame here: an answer that is not in the form of a login's says
/// nothing about them. Redirects are not among these: they depend on where they lead.
pub(crate) fn recognise_page(answer: &Answer) -> Reason {
    match (answer.status, answer.kind()) {
        (407, _) => Reason::ProxyAuthentication { proxy: None },
        (429, _) => Reason::RateLimited,
        (500.., _) => Reason::SalesforceUnavailable,
        (404 | 405 | 410, _) => Reason::NoLoginAtThisAddress,
        (_, BodyKind::Html) if !answer.mentions_salesforce() => {
            Reason::ProxyPage { title: answer.title() }
        }
        (_, kind) => Reason::NotALoginAnswer { what: kind.described().to_owned() },
    }
}

fn code_fits(code: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => {
            code.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        }
        None => code.eq_ignore_ascii_case(pattern),
    }
}

/// Lower case, straight apostrophes, single blanks: texts differ in these from release to release.
fn plain(text: &str) -> String {
    let text = text.replace('\u{2019}', "'").to_lowercase();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
