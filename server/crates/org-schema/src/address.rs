//! Addresses in their parts: the one place that says where a host begins and ends.
//!
//! Everything that judges where credentials go reads the same parts. Nothing is repaired: percent
//! signs, tabs, full-width letters stay where they are written, because what is compared has to be
//! what is written.

/// An address in its parts, as far as it has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address<'a> {
    /// What stands before `://`.
    pub scheme: Option<&'a str>,
    /// What stands before the last `@` of the authority: a user name, often with a password. Never
    /// to be shown.
    pub user_info: Option<&'a str>,
    /// Host and port as written.
    pub host_and_port: &'a str,
    /// The host as written; an IPv6 literal with its brackets.
    pub host: &'a str,
    /// What stands behind the host's colon.
    pub port: Option<&'a str>,
    /// Path, query and fragment with the character that begins them.
    pub behind: &'a str,
}

impl<'a> Address<'a> {
    /// Splits an address, or a host with or without a port.
    pub fn split(text: &'a str) -> Self {
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Some(scheme), rest),
            None => (None, text),
        };
        let (authority, behind) =
            rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
        let (user_info, bare) = match authority.rsplit_once('@') {
            Some((user_info, bare)) => (Some(user_info), bare),
            None => (None, authority),
        };
        let (host, port) = split_port(bare);
        Self { scheme, user_info, host_and_port: bare, host, port, behind }
    }

    /// Splits what has a scheme and a host; `None` for anything else.
    pub fn of_url(text: &'a str) -> Option<Self> {
        Some(Self::split(text)).filter(|address| address.scheme.is_some())
    }

    /// The host as [`crate::hosts::classify`] takes it: without brackets and dots at its end.
    pub fn host_name(&self) -> &'a str {
        let name = self.host.trim_end_matches('.');
        name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name)
    }

    /// The host of an address that is exactly `https://host` or `https://host/`.
    pub fn plain_https_host(text: &'a str) -> Option<&'a str> {
        let Self { scheme, user_info, host, port, behind, .. } = Self::split(text);
        let is_https = scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https"));
        let is_alone = user_info.is_none() && port.is_none() && matches!(behind, "" | "/");
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        (is_https && is_alone && !host.is_empty() && host.bytes().all(is_name)).then_some(host)
    }
}

/// Host and port of an authority without user-info. An IPv6 address without brackets is all host.
pub(crate) fn split_port(bare: &str) -> (&str, Option<&str>) {
    let after_bracket = bare.find(']').map_or(0, |end| end + 1);
    let (_, rest) = bare.split_at(after_bracket);
    if after_bracket == 0 && bare.matches(':').count() > 1 {
        return (bare, None);
    }
    match rest.find(':') {
        None => (bare, None),
        Some(colon) => {
            let (host, port) = bare.split_at(after_bracket + colon);
            (host, Some(&port[1..]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<&str>, Option<&str>, &str, Option<&str>, &str) {
        let Address { scheme, user_info, host, port, behind, .. } = Address::split(text);
        (scheme, user_info, host, port, behind)
    }

    #[test]
    fn splits_into_its_parts() {
        let table = [
            ("", (None, None, "", None, "")),
            ("acme.example", (None, None, "acme.example", None, "")),
            ("acme.example:8443", (None, None, "acme.example", Some("8443"), "")),
            ("https://acme.example", (Some("https"), None, "acme.example", None, "")),
            ("https://acme.example/", (Some("https"), None, "acme.example", None, "/")),
            (
                "https://u:p@a.example:1/x?y#z",
                (Some("https"), Some("u:p"), "a.example", Some("1"), "/x?y#z"),
            ),
            (
                "https://a.example@b.example",
                (Some("https"), Some("a.example"), "b.example", None, ""),
            ),
            ("https://a@b@c", (Some("https"), Some("a@b"), "c", None, "")),
            ("https://a.example?b@c", (Some("https"), None, "a.example", None, "?b@c")),
            ("https://a.example\\@b", (Some("https"), None, "a.example", None, "\\@b")),
            ("[::1]:8080", (None, None, "[::1]", Some("8080"), "")),
            ("::1", (None, None, "::1", None, "")),
            ("https://[::1", (Some("https"), None, "[::1", None, "")),
            ("https://a.example:", (Some("https"), None, "a.example", Some(""), "")),
        ];
        for (text, expected) in table {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn a_plain_https_address_has_nothing_else() {
        assert_eq!(Address::plain_https_host("HTTPS://Acme.example/"), Some("Acme.example"));
        for text in [
            "acme.example",
            "http://acme.example",
            "https://acme.example:443",
            "https://u@acme.example",
            "https://acme.example/x",
            "https://acme.example//",
            "https://",
            "https:///",
            "https://acme.example?",
            "https://acme%2eexample",
            "https://acme.example\t",
            " https://acme.example",
            "https://\u{ff41}cme.example",
        ] {
            assert_eq!(Address::plain_https_host(text), None, "{text}");
        }
    }
}
