//! Addresses in any text: of SOAP `login()`, and requests of the username-password flow.

use std::collections::BTreeSet;

use org_syntax::Span;

use crate::Located;
use crate::logins::{Flow, Login, soap_addresses, version_number};

/// What both are made with, when no library is.
const SOAP_API: &str = "SOAP API";
const OAUTH: &str = "OAuth 2.0";

/// How a request says what it asks for.
const NAMES_OF_GRANTS: [&str; 2] = ["grant_type", "grantType"];

/// Where a token comes from.
const TOKEN_ENDPOINT: &str = "/services/oauth2/token";
const SALESFORCE: &str = ".salesforce.com";

/// Addresses of SOAP `login()`, each with its version.
pub(super) fn soap(text: &str, is_in_comment: impl Fn(u32) -> bool) -> Vec<Login> {
    let logins = soap_addresses(text).map(|(path, version)| {
        let start = start_of_address(text, path);
        let place = Span::new(start as u32, version.end as u32);
        let mut login = Login::new(SOAP_API, Flow::Basic, place);
        if start < path {
            let host = text[start..path].to_owned();
            login.host = Some(Located { value: host, span: Span::new(place.start, path as u32) });
        }
        let span = Span::new(version.start as u32, version.end as u32);
        let number = version_number(&text[version]);
        login.api_version = number.map(|value| Located { value, span });
        login.is_comment = is_in_comment(place.start);
        login
    });
    logins.collect()
}

/// Where the scheme and host begin that stand in front of a path.
fn start_of_address(text: &str, path: usize) -> usize {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b".-:/".contains(byte);
    let before = text.as_bytes()[..path].iter().rev().take(300).take_while(|byte| is_part(byte));
    let start = path - before.count();
    match text[start..path].rfind("http") {
        Some(scheme) => start + scheme,
        // A host without a scheme; anything else is part of the code.
        None if text[start..path].contains(SALESFORCE) => start,
        None => path,
    }
}

/// `grant_type` and `password`, in any of the forms in which a program or a command says so, where the text
/// speaks of Salesforce.
pub(super) fn password_grants(text: &str, is_in_comment: impl Fn(u32) -> bool) -> Vec<Login> {
    if !text.contains(TOKEN_ENDPOINT) && !text.contains(SALESFORCE) {
        return Vec::new();
    }
    let host = only_host(text);
    let endpoints = endpoints(text);
    let grants = NAMES_OF_GRANTS.iter().flat_map(|name| text.match_indices(name));
    let grants = grants.filter_map(|(at, name)| {
        let end = at + name.len() + grant_behind(text.get(at + name.len()..)?)?;
        if !is_at_salesforce(&endpoints, at) {
            return None;
        }
        let place = Span::new(at as u32, end as u32);
        let mut login = Login::new(OAUTH, Flow::UsernamePassword, place);
        login.host = host.clone();
        login.is_comment = is_in_comment(place.start);
        Some(login)
    });
    grants.collect()
}

/// The places of addresses that give tokens, in order, and whether each is Salesforce's.
fn endpoints(text: &str) -> Vec<(usize, bool)> {
    let mut endpoints: Vec<(usize, bool)> = text
        .match_indices("://")
        .filter_map(|(at, scheme)| {
            let rest = &text.as_bytes()[at + scheme.len()..];
            let is_part = |byte: &&u8| byte.is_ascii_graphic() && !b"\"'`<>,;)".contains(byte);
            let length = rest.iter().take(300).take_while(is_part).count();
            let address = String::from_utf8_lossy(&rest[..length]).to_ascii_lowercase();
            let is_salesforce = address.contains(SALESFORCE) || address.contains(TOKEN_ENDPOINT);
            let gives_tokens = address.contains("token") || address.contains("oauth");
            (is_salesforce || gives_tokens).then_some((at, is_salesforce))
        })
        .collect();
    endpoints.extend(text.match_indices(TOKEN_ENDPOINT).map(|(at, _)| (at, true)));
    endpoints.sort_unstable();
    endpoints
}

/// Whether the address that is nearest to a request is Salesforce's; where there is none, the text speaks of
/// Salesforce.
fn is_at_salesforce(endpoints: &[(usize, bool)], at: usize) -> bool {
    let here = endpoints.partition_point(|(place, _)| *place < at);
    let before = here.checked_sub(1).and_then(|before| endpoints.get(before));
    let nearest = [before, endpoints.get(here)].into_iter().flatten();
    let nearest = nearest.min_by_key(|(place, is_salesforce)| (place.abs_diff(at), !is_salesforce));
    nearest.is_none_or(|(_, is_salesforce)| *is_salesforce)
}

/// How many bytes behind `grant_type` the word `password` ends; `None` when another word follows.
fn grant_behind(rest: &str) -> Option<usize> {
    let between = rest.trim_start_matches(['"', '\'', '`', ' ', ']', ')']);
    let separator = between.starts_with(['=', ':', ',']);
    let word = between.trim_start_matches(['=', '>', ':', ',', ' ', '"', '\'', '`', '\t']);
    let behind = word.strip_prefix("password")?;
    let is_whole = !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    (separator && is_whole).then(|| rest.len() - behind.len())
}

/// The one host of Salesforce's that a text names; `None` when there are more.
pub(super) fn only_host(text: &str) -> Option<Located> {
    let mut hosts = BTreeSet::new();
    let mut first = None;
    for (at, end) in text.match_indices(SALESFORCE) {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let before = text.as_bytes()[..at].iter().rev().take(200).take_while(|it| is_part(it));
        let start = at - before.count();
        let host = &text[start..at + end.len()];
        let is_org = !["www.", "help.", "developer.", "trailhead.", "appexchange."]
            .iter()
            .any(|site| host.starts_with(site));
        // Where a name is put in front, nobody knows which.
        let is_whole = !host.starts_with(['.', '-']);
        if start < at && is_org && is_whole {
            hosts.insert(host);
            let span = Span::new(start as u32, (at + end.len()) as u32);
            first.get_or_insert(Located { value: host.to_owned(), span });
        }
    }
    first.filter(|_| hosts.len() == 1)
}
