//! Addresses in any text: of SOAP `login()`, and requests of the username-password flow.

use std::collections::BTreeSet;

use org_syntax::Span;

use crate::Located;
use crate::logins::{Flow, Login, soap_addresses, version_number};

/// What both are made with, when no library is.
const SOAP_API: &str = "SOAP API";
const OAUTH: &str = "OAuth 2.0";

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
    let grants = text.match_indices("grant_type").filter_map(|(at, name)| {
        let end = at + name.len() + grant_behind(text.get(at + name.len()..)?)?;
        let place = Span::new(at as u32, end as u32);
        let mut login = Login::new(OAUTH, Flow::UsernamePassword, place);
        login.host = host.clone();
        login.is_comment = is_in_comment(place.start);
        Some(login)
    });
    grants.collect()
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
        if start < at && is_org {
            hosts.insert(host);
            let span = Span::new(start as u32, (at + end.len()) as u32);
            first.get_or_insert(Located { value: host.to_owned(), span });
        }
    }
    first.filter(|_| hosts.len() == 1)
}
