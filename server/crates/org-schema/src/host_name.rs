//! The syntax of hosts: names of letters, digits and hyphens (RFC 1123), and IP addresses.
//!
//! Both the closed list of Salesforce hosts and the user's own allowed hosts start from this
//! reading, so nothing that a URL parser would take for another host can pass either of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Longest host name in bytes (RFC 1035, without the final dot).
const MAX_NAME: usize = 253;
/// Longest label in bytes (RFC 1035).
const MAX_LABEL: usize = 63;

/// What a text is when it stands where a host is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Host {
    /// A well-formed name, in lower case.
    Name(String),
    /// A canonically written IP address (IPv6 with or without its brackets).
    Ip(IpAddr),
    /// Numbers that programs read as an IPv4 address although they are not written as four decimal
    /// parts: `127.1`, `0x7f000001`, `2130706433`.
    OddIp,
    /// Nothing of these.
    Invalid,
}

/// Reads a host. Schemes, ports, user-info, blanks, a trailing dot and letters outside ASCII make
/// it [`Host::Invalid`].
pub(crate) fn parse(text: &str) -> Host {
    // Nearly all hosts are names, and no name has a colon or ends in a digit.
    if text.contains(':') {
        let in_brackets = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let ip = in_brackets.unwrap_or(text).parse::<Ipv6Addr>();
        return ip.map_or(Host::Invalid, |ip| Host::Ip(IpAddr::V6(ip)));
    }
    if text.ends_with(|last: char| last.is_ascii_digit())
        && let Ok(ip) = text.parse::<Ipv4Addr>()
    {
        return Host::Ip(IpAddr::V4(ip));
    }
    if text.len() > MAX_NAME || !text.split('.').all(is_label) {
        return Host::Invalid;
    }
    if text.rsplit('.').next().is_some_and(is_ipv4_number) {
        // Browsers and HTTP libraries read every name that ends in a number as an address.
        let looks_like_ip = text.split('.').count() <= 4 && text.split('.').all(is_ipv4_number);
        return if looks_like_ip { Host::OddIp } else { Host::Invalid };
    }
    Host::Name(text.to_ascii_lowercase())
}

/// Whether an address is this machine's own: 127.0.0.0/8 or ::1.
pub(crate) fn is_loopback_ip(ip: IpAddr) -> bool {
    ip.is_loopback()
}

/// 1 to 63 letters, digits and hyphens, with no hyphen at either end.
pub(crate) fn is_label(label: &str) -> bool {
    matches!(label.len(), 1..=MAX_LABEL)
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// A decimal, octal or `0x` hexadecimal number, as the IPv4 parsers of C libraries and browsers
/// take it.
fn is_ipv4_number(label: &str) -> bool {
    let hex = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    match hex {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit()),
    }
}

#[cfg(test)]
mod tests;
