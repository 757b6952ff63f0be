//! Hosts that the user allows a login to go to although they are not Salesforce's: a proxy, a
//! simulator, Salesforce in China.
//!
//! The list comes from the person who runs the program (an option, an environment variable, the
//! user's configuration file) and never from a file of the workspace. This module reads its entries
//! and answers whether an address of an org file is one of them.

use crate::address::{self, Address};
use crate::host_name::{self, Host};
use std::fmt;
use std::net::IpAddr;

/// How an allowed host is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Without encryption: loopback hosts only.
    Http,
    /// With TLS and certificate checks.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Scheme::Http => "http",
            Scheme::Https => "https",
        }
    }

    /// 80 or 443.
    pub const fn default_port(self) -> u16 {
        match self {
            Scheme::Http => 80,
            Scheme::Https => 443,
        }
    }
}

/// One allowed place: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct AllowedOrigin {
    /// How to speak to it.
    pub scheme: Scheme,
    /// Host name or IP address in lower case; an IPv6 address without its brackets.
    pub host: String,
    /// 1 to 65535.
    pub port: u16,
}

impl AllowedOrigin {
    /// Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.parse::<IpAddr>().is_ok_and(host_name::is_loopback_ip)
    }
}

impl fmt::Display for AllowedOrigin {
    /// The origin as URLs write it: `https://proxy.acme.example:8443`, without a default port.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://", self.scheme.as_str())?;
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        if self.port == self.scheme.default_port() {
            return Ok(());
        }
        write!(f, ":{}", self.port)
    }
}

/// Why an entry of the list cannot be used. The sentences say what to write and never repeat what is
/// written: a password may have been pasted there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllowedHostError {
    /// Nothing is written.
    Empty,
    /// A scheme other than `https` and `http`.
    Scheme,
    /// `http://` with a host that is not loopback.
    HttpNotLoopback,
    /// `user@` or `user:password@` before the host.
    UserInfo,
    /// A path, a query or a fragment after the host.
    Path,
    /// A `*` in the host.
    Wildcard,
    /// Not a port number from 1 to 65535.
    Port,
    /// Neither a host name nor an IP address.
    Host,
}

impl fmt::Display for AllowedHostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "The host is empty: write HOST, HOST:PORT or https://HOST.",
            Self::UserInfo => {
                "The host contains a user name or password: write only HOST, \
                 HOST:PORT or https://HOST."
            }
            Self::Scheme => {
                "The host has a scheme that a login cannot use: write https://HOST, or \
                 leave the scheme away."
            }
            Self::HttpNotLoopback => {
                "The host would get credentials unencrypted: write https://, because \
                 http:// is taken only for localhost, 127.0.0.0/8 and [::1]."
            }
            Self::Path => "There is more after the host: remove the path, query and fragment.",
            Self::Wildcard => "The host contains \"*\": write each host in full.",
            Self::Port => {
                "The host has a port that is not a number from 1 to 65535: correct it, \
                 or leave it away for the usual one."
            }
            Self::Host => {
                "This is not a host name or IP address: write it as \
                 proxy.example.com, 127.0.0.1 or [::1], without a dot at the end."
            }
        })
    }
}

impl std::error::Error for AllowedHostError {}

/// Reads one entry: `HOST` (https, port 443), `HOST:PORT` (https) or an origin. Blanks around it and
/// a lone slash after an origin are ignored.
///
/// # Errors
/// The first mistake in it, as [`AllowedHostError`].
pub fn parse_entry(entry: &str) -> Result<AllowedOrigin, AllowedHostError> {
    let entry = entry.trim();
    if entry.is_empty() {
        return Err(AllowedHostError::Empty);
    }
    if entry.contains('@') {
        return Err(AllowedHostError::UserInfo);
    }
    let (scheme, authority) = match entry.split_once("://") {
        None => (Scheme::Https, entry),
        Some((scheme, rest)) => {
            let scheme = parse_scheme(scheme).ok_or(AllowedHostError::Scheme)?;
            (scheme, rest.strip_suffix('/').unwrap_or(rest))
        }
    };
    if authority.contains(['/', '?', '#', '\\']) {
        return Err(AllowedHostError::Path);
    }
    if authority.contains('*') {
        return Err(AllowedHostError::Wildcard);
    }
    let (host, port) = split_port(authority).ok_or(AllowedHostError::Port)?;
    let host = parse_host(host).ok_or(AllowedHostError::Host)?;
    let origin = AllowedOrigin { scheme, host, port: port.unwrap_or(scheme.default_port()) };
    if scheme == Scheme::Http && !origin.is_loopback() {
        return Err(AllowedHostError::HttpNotLoopback);
    }
    Ok(origin)
}

/// The hosts that the user allows. Empty by default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<AllowedOrigin>);

impl AllowedHosts {
    /// None at all.
    pub const NONE: Self = Self(Vec::new());

    /// A list of entries that were read one by one.
    pub fn new(origins: Vec<AllowedOrigin>) -> Self {
        Self(origins)
    }

    /// Reads a comma-separated list, as an environment variable holds it. Empty parts are ignored.
    /// Entries that can be used are kept when others cannot; the errors come beside them.
    pub fn parse_list(list: &str) -> (Self, Vec<AllowedHostError>) {
        let mut hosts = Self::default();
        let mut errors = Vec::new();
        for entry in list.split(',').filter(|entry| !entry.trim().is_empty()) {
            match parse_entry(entry) {
                Ok(origin) => hosts.push(origin),
                Err(error) => errors.push(error),
            }
        }
        (hosts, errors)
    }

    /// Adds an entry.
    pub fn push(&mut self, origin: AllowedOrigin) {
        self.0.push(origin);
    }

    /// Whether nothing is allowed beyond Salesforce's own hosts.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = &AllowedOrigin> {
        self.0.iter()
    }

    /// The entry that a `serverHost` of the form `HOST` or `HOST:PORT` means. It carries no scheme,
    /// so an https entry wins over an http one, and without a port each entry's own default counts.
    pub fn find_host_port(&self, server_host: &str) -> Option<&AllowedOrigin> {
        let (host, port) = split_port(server_host)?;
        let host = parse_host(host)?;
        let find = |scheme: Scheme| {
            let port = port.unwrap_or(scheme.default_port());
            self.find(&AllowedOrigin { scheme, host: host.clone(), port })
        };
        find(Scheme::Https).or_else(|| find(Scheme::Http))
    }

    /// The entry that an `instanceUrl` means. Letter case and a lone trailing slash do not matter;
    /// user-info, a path, a query or a fragment never match.
    pub fn find_origin(&self, instance_url: &str) -> Option<&AllowedOrigin> {
        if self.0.is_empty() {
            return None;
        }
        let address = Address::of_url(instance_url)?;
        if address.user_info.is_some() || !matches!(address.behind, "" | "/") {
            return None;
        }
        let scheme = parse_scheme(address.scheme?)?;
        let port = address.port.map_or(Some(scheme.default_port()), parse_port)?;
        self.find(&AllowedOrigin { scheme, host: parse_host(address.host)?, port })
    }

    fn find(&self, wanted: &AllowedOrigin) -> Option<&AllowedOrigin> {
        self.0.iter().find(|origin| *origin == wanted)
    }
}

fn parse_scheme(text: &str) -> Option<Scheme> {
    [Scheme::Https, Scheme::Http].into_iter().find(|s| text.eq_ignore_ascii_case(s.as_str()))
}

/// Host and port of `HOST`, `HOST:PORT`, `[IPv6]`, `[IPv6]:PORT`; `None` when a port is written and
/// is none.
fn split_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = address::split_port(authority);
    match port {
        None => Some((host, None)),
        Some(port) => Some((host, Some(parse_port(port)?))),
    }
}

fn parse_port(text: &str) -> Option<u16> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port != 0)
}

/// The one spelling under which hosts are compared: lower case, IP addresses in canonical form.
fn parse_host(text: &str) -> Option<String> {
    match host_name::parse(text) {
        Host::Name(name) => Some(name),
        Host::Ip(ip) => Some(ip.to_string()),
        Host::OddIp | Host::Invalid => None,
    }
}

#[cfg(test)]
mod tests;
