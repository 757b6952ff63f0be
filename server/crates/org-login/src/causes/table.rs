//! The table: flow, code and text to reason ([`ROWS`]); HTTP status and kind of page to reason.

use super::Reason;
use super::login_history;
use super::phrases::{RUN_AS_REFUSED, fits, plain, subject};
use super::rows::{CODES_FOR_MANY_REASONS, GRANT, ROWS};
use crate::answer::{Answer, BodyKind};
use crate::target::Flow;

/// The reason behind a code and a text that Salesforce gave; [`Reason::Unknown`] when no row fits,
/// with what its words are about.
pub(crate) fn recognise_code(flow: Flow, code: &str, message: Option<&str>) -> Reason {
    let text = plain(message.unwrap_or_default());
    let says_nothing = GRANT.iter().any(|known| code_fits(code, known))
        && ["", "null", "invalid grant"].contains(&text.trim());
    if flow == Flow::OAuth && says_nothing {
        return Reason::GrantRefused;
    }
    let for_many = CODES_FOR_MANY_REASONS.iter().any(|known| code_fits(code, known));
    login_history::by_code(flow, code)
        .or_else(|| for_many.then(|| login_history::by_label(flow, &text)).flatten())
        .or_else(|| by_row(flow, code, &text))
        .unwrap_or_else(|| match subject(flow, &text) {
            None if code.eq_ignore_ascii_case("invalid_request") => Reason::OtherRequest,
            about => Reason::Unknown { about },
        })
}

/// Every code that the table knows, with a flow in which it comes; one that ends in `*` is a prefix.
pub(crate) fn known_codes() -> impl Iterator<Item = (Flow, &'static str)> {
    let rows = ROWS.iter().flat_map(|row| {
        let codes = row.codes.iter().flat_map(|codes| codes.iter().copied());
        codes.flat_map(|code| row.flows.iter().map(move |flow| (*flow, code)))
    });
    let labels = login_history::codes().map(|code| match code.starts_with("LOGIN_OAUTH_") {
        true => (Flow::OAuth, code),
        false => (Flow::Soap, code),
    });
    rows.chain(labels)
}

/// Every reason that a code or a label can have, with a flow in which it comes.
#[cfg(test)]
pub(crate) fn told_by_codes() -> Vec<(Reason, Flow)> {
    let rows = ROWS.iter().filter_map(|row| Some((row.reason.clone(), *row.flows.first()?)));
    rows.chain(login_history::reasons()).collect()
}

fn by_row(flow: Flow, code: &str, text: &str) -> Option<Reason> {
    ROWS.iter()
        .filter(|row| row.flows.contains(&flow))
        .filter(|row| row.codes.iter().any(|codes| codes.iter().any(|c| code_fits(code, c))))
        .find(|row| fits(text, row.texts))
        .and_then(|row| match &row.reason {
            Reason::Unknown { .. } => None,
            Reason::RunAsUserRefused { .. } => {
                let says_why = !RUN_AS_REFUSED.contains(&text.trim());
                Some(Reason::RunAsUserRefused { says_why })
            }
            reason => Some(reason.clone()),
        })
}

/// The reason behind an answer of `host` that names no code, by its status and kind of body.
///
/// Credentials are never to blame here: an answer that is not in the form of a login's says
/// nothing about them. Redirects are not among these: they depend on where they lead.
pub(crate) fn recognise_page(answer: &Answer, host: &str) -> Reason {
    match (answer.status, answer.kind()) {
        (407, _) => Reason::ProxyAuthentication { proxy: None },
        // RFC 6585, 6: what intercepts traffic asks for a sign-in; never the host itself.
        (511, _) => Reason::NetworkSignIn,
        (429, _) => Reason::RateLimited,
        (500.., _) if answer.names_a_gateway() => Reason::GatewayTrouble { title: answer.title() },
        (500.., _) => Reason::SalesforceUnavailable,
        (404 | 405 | 410, _) => Reason::NoLoginAtThisAddress,
        (_, BodyKind::Html) if !answer.speaks_for_salesforce(host) => {
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
