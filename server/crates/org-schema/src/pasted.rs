//! A right address with something pasted around it: a link of Markdown or a chat, quotes, a comma,
//! words before it. The host that is meant is told only when it is the one host in the text.

mod around;
mod disguise;

use crate::address::Address;
use crate::host_name::{self, Host};
use crate::hosts;
use std::ops::Range;

/// Longest text that is looked at, in bytes. Wrapped links are long.
const MAX_LENGTH: usize = 4096;

/// What was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pasted {
    /// The host of Salesforce's that is meant; with what stands around it more than one way to read
    /// it, as for a text with two hosts, there is none.
    pub host: Option<String>,
    /// What is there besides the address: completes "Leave only the address: …". It never repeats
    /// what is written.
    pub around: &'static str,
}

/// Looks for a host of Salesforce's with something around it. `None` for an address alone, whatever
/// its scheme, port or path, and for texts without such a host.
pub fn find(text: &str) -> Option<Pasted> {
    if text.len() > MAX_LENGTH || is_alone(text) {
        return None;
    }
    find_around(text)
}

/// An address with nothing around it, as nearly all are: told without a look at each of its words.
fn is_alone(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    Address::plain_https_host(text).is_some_and(|host| {
        host.starts_with(is_end) && host.ends_with(is_end) && !disguise::may_be_in(host)
    })
}

fn find_around(text: &str) -> Option<Pasted> {
    let plain = disguise::take_off(text);
    let (places, others) = hosts_in(&plain)?;
    let wrapper = around::wrapper(&plain).filter(|_| !others.is_empty());
    if !others.is_empty() && wrapper.is_none() {
        return None;
    }
    let (first, last) = (places.first()?, places.last()?);
    let start = start_of_unit(&plain, first.start);
    let end = end_of_unit(&plain, last.end);
    let (before, behind) = (&plain[..start], &plain[end..]);
    let is_alone = before.trim().is_empty() && matches!(behind.trim(), "" | ".");
    if is_alone && places.len() == 1 && !plain.is_disguised() {
        return None;
    }
    let mut meant: Vec<String> =
        places.iter().map(|place| api_host(&plain[place.clone()])).collect();
    meant.dedup();
    let host = meant.pop().filter(|_| meant.is_empty());
    let around = match (&host, wrapper) {
        (None, _) => "it names more than one host",
        (Some(_), Some(wrapper)) => wrapper,
        (Some(_), None) if is_alone && places.len() == 1 => plain.what(),
        (Some(_), None) => around::name(&plain, before, behind),
    };
    Some(Pasted { host, around })
}

/// The host in lower case; that of the My Domain behind a host for people.
fn api_host(host: &str) -> String {
    hosts::my_domain_for_ui_host(host).unwrap_or_else(|| host.to_ascii_lowercase())
}

/// Where hosts of Salesforce's are, and other hosts. `None` when what could be one is a part of a
/// longer word, or follows a user name.
fn hosts_in(text: &str) -> Option<(Vec<Range<usize>>, Vec<&str>)> {
    let (mut places, mut others) = (Vec::new(), Vec::new());
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '．' | '-' | '_');
    for word in text.split(|c| !is_part(c)) {
        let inside = word.trim_start_matches('_').trim_end_matches(['_', '.', '-']);
        let Host::Name(name) = host_name::parse(inside.trim_start_matches(['.', '-'])) else {
            // A letter outside of ASCII may stand for one inside.
            if inside.len() > word.trim_matches(|c: char| !c.is_ascii()).len()
                && inside.contains('.')
            {
                return None;
            }
            continue;
        };
        let start = inside.as_ptr() as usize - text.as_ptr() as usize;
        if hosts::is_salesforce_host(inside) {
            let is_glued =
                |c: char| matches!(c, '@' | '}' | '%' | '$' | '\u{2010}'..='\u{2015}' | '\u{2212}');
            if text[..start].ends_with(is_glued) {
                return None;
            }
            places.push(start..start + inside.len());
        } else if is_domain(&name) {
            others.push(inside);
        }
    }
    Some((places, others))
}

/// Whether a name looks like one on the Internet: a dot and letters behind it.
fn is_domain(name: &str) -> bool {
    let is_top = |top: &str| top.len() > 1 && top.bytes().all(|b| b.is_ascii_alphabetic());
    name.rsplit_once('.').is_some_and(|(_, top)| is_top(top))
}

/// Where the scheme before a host begins.
fn start_of_unit(text: &str, host: usize) -> usize {
    let Some(before) = text[..host].strip_suffix("://") else { return host };
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    before.trim_end_matches(is_scheme).len()
}

/// Where the port and the path behind a host end, without the punctuation that follows them.
fn end_of_unit(text: &str, host: usize) -> usize {
    let rest = &text[host..];
    let port = rest.strip_prefix(':').map_or(0, |port| {
        let digits = port.len() - port.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 { digits + 1 } else { 0 }
    });
    let behind = &rest[port..];
    if !behind.starts_with(['/', '?', '#']) {
        return host + port;
    }
    let is_over = |c: char| c.is_whitespace() || around::ENDS_AN_ADDRESS.contains(c);
    let path = &behind[..behind.find(is_over).unwrap_or(behind.len())];
    host + port + path.trim_end_matches(['.', ',', ';', ':', '!', '*', '_', '~']).len()
}

#[cfg(test)]
mod tests;
