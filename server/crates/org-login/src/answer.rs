//! An HTTP answer, read within its limits, and what kind of thing its body is.

/// What came back for one request.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The `Content-Type` header in lower case, `""` when there was none.
    pub(crate) content_type: String,
    /// The `Location` header of a redirect.
    pub(crate) location: Option<String>,
    /// How many seconds the `Retry-After` header asks to wait.
    pub(crate) retry_after: Option<u64>,
    /// The body as text ([`decoded`]).
    pub(crate) body: String,
}

/// Names of proxies, web filters and content delivery networks, as their pages give them (in small
/// letters).
const GATEWAYS: [&str; 22] = [
    "barracuda",
    "blue coat",
    "bluecoat",
    "captive portal",
    "checkpoint",
    "cisco umbrella",
    "cloudflare",
    "content_filter_denied",
    "forcepoint",
    "fortigate",
    "fortiguard",
    "fortinet",
    "mcafee web gateway",
    "menlo security",
    "netskope",
    "opendns",
    "palo alto networks",
    "skyhigh",
    "sophos",
    "squid",
    "websense",
    "zscaler",
];
/// What titles of their pages say; Salesforce's own pages are not titled like that.
const BLOCK_TITLES: [&str; 6] = [
    "access denied",
    "access blocked",
    "blocked",
    "web filter",
    "content filter",
    "web page blocked",
];

/// What the body of an answer is, judged by its first characters before its content type: both
/// Salesforce and proxies get the latter wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Empty,
    Json,
    Html,
    Xml,
    Form,
    Text,
    /// Not text at all, such as a compressed body that nobody asked for.
    Binary,
}

impl BodyKind {
    /// The kind in the words of a sentence.
    pub(crate) fn described(self) -> &'static str {
        match self {
            BodyKind::Empty => "an empty answer",
            BodyKind::Json => "JSON with neither a session nor an error",
            BodyKind::Html => "a web page",
            BodyKind::Xml => "XML with neither a session nor an error",
            BodyKind::Form => "form data in which neither a session nor an error stands",
            BodyKind::Text => "plain text",
            BodyKind::Binary => "data that is not text",
        }
    }
}

impl Answer {
    /// What the body is.
    pub(crate) fn kind(&self) -> BodyKind {
        let body = self.body.trim_start_matches('\u{feff}').trim_start();
        if body.is_empty() {
            BodyKind::Empty
        } else if is_binary(body) {
            BodyKind::Binary
        } else if body.starts_with('{') || body.starts_with('[') {
            BodyKind::Json
        } else if starts_with_any(body, &["<!doctype html", "<html", "<head", "<body"]) {
            BodyKind::Html
        } else if body.starts_with('<')
            && (!self.content_type.contains("html") || body.contains("Envelope"))
        {
            BodyKind::Xml
        } else if self.content_type.contains("html") {
            BodyKind::Html
        } else if self.content_type.contains("form-urlencoded") || body.starts_with("error=") {
            BodyKind::Form
        } else {
            BodyKind::Text
        }
    }

    /// Whether a page may well be Salesforce's own: it speaks of Salesforce other than by
    /// addresses, which every block page repeats, and is not titled as a block page.
    pub(crate) fn speaks_for_salesforce(&self, host: &str) -> bool {
        let title = self.title().unwrap_or_default().to_lowercase();
        if self.names_a_gateway() || BLOCK_TITLES.iter().any(|words| title.contains(words)) {
            return false;
        }
        // What an address consists of, be it percent-encoded.
        let is_address = |c: char| c.is_ascii_alphanumeric() || ".-_:/%@?&=".contains(c);
        let host = host.to_lowercase();
        let body = self.body.to_lowercase();
        body.split(|c| !is_address(c)).any(|word| {
            word.contains("salesforce")
                && !word.contains("salesforce.com")
                && !word.contains("salesforce.mil")
                && !word.contains(&host)
        })
    }

    /// Whether the page names a product that stands between networks.
    pub(crate) fn names_a_gateway(&self) -> bool {
        let body = self.body.to_lowercase();
        let in_a_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let named = |name: &&str| {
            body.match_indices(*name).any(|(at, _)| {
                !in_a_word(body[..at].chars().next_back())
                    && !in_a_word(body[at + name.len()..].chars().next())
            })
        };
        self.kind() == BodyKind::Html && GATEWAYS.iter().any(named)
    }

    /// The title of a web page.
    pub(crate) fn title(&self) -> Option<String> {
        let lower = self.body.to_ascii_lowercase();
        let open = lower.find("<title")?;
        let start = open + lower[open..].find('>')? + 1;
        let end = start + lower[start..].find("</title")?;
        let title = self.body.get(start..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
        (!title.is_empty()).then_some(title)
    }
}

/// Whether control characters that no text has make up a good part of the beginning.
fn is_binary(body: &str) -> bool {
    let is_noise = |c: char| c.is_control() && !c.is_whitespace() && c != '\u{1b}';
    let start = body.chars().take(200);
    start.clone().filter(|c| is_noise(*c)).count() * 20 > start.count()
}

fn starts_with_any(text: &str, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    })
}

/// The text of a body. Salesforce writes UTF-8. What is not UTF-8 comes from something else, mostly
/// in ISO-8859-1, which has a character for every byte, so that nothing is lost; UTF-16 is known by
/// its byte order mark.
pub(crate) fn decoded(body: &[u8]) -> String {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match body {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        _ => match std::str::from_utf8(body) {
            Ok(text) => text.to_owned(),
            Err(_) => body.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}

/// JSON, with or without a byte order mark.
pub(crate) fn json(body: &str) -> Option<serde_json::Value> {
    serde_json::from_str(body.trim_start_matches('\u{feff}')).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Answer {
        Answer {
            status: 403,
            content_type: "text/html".to_owned(),
            location: None,
            retry_after: None,
            body: body.to_owned(),
        }
    }

    #[test]
    fn whose_page_it_is() {
        let host = "acme.my.salesforce.com";
        for own in [
            "<html><title>Login | Salesforce</title></html>",
            "<html><title>Error</title>Salesforce is down for maintenance</html>",
        ] {
            assert!(page(own).speaks_for_salesforce(host), "{own}");
        }
        for foreign in [
            "<html><title>Internet Security by Zscaler</title>https://acme.my.salesforce.com/x</html>",
            "<html><title>Access Denied</title>Salesforce is not allowed by policy</html>",
            "<html><title>Sorry</title>acme.my.salesforce.com</html>",
            "<html><title>Sorry</title><a href='?u=https%3A%2F%2Facme.my.salesforce.com%2F'>x</a></html>",
            "<html><title>Sorry</title>Category: business. Salesforce blocked by FortiGuard</html>",
            "<html><title>Sorry</title>not allowed: https://login.salesforce.com/x</html>",
            "<html></html>",
        ] {
            assert!(!page(foreign).speaks_for_salesforce(host), "{foreign}");
        }
        // A host that the user allowed may have the word in its name.
        let gateway = "<html><title>Sorry</title>salesforce-gateway.example refused</html>";
        assert!(!page(gateway).speaks_for_salesforce("salesforce-gateway.example"));
    }

    #[test]
    fn bytes_become_text_without_loss() {
        assert_eq!(decoded("Ungültig".as_bytes()), "Ungültig");
        assert_eq!(decoded(b"Ung\xfcltig"), "Ungültig");
        assert_eq!(decoded(b"\xff\xfeU\0n\0"), "Un");
        assert_eq!(decoded(b"\xfe\xff\0U\0n\0"), "Un");
    }

    #[test]
    fn noise_is_no_text() {
        let noise = decoded(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56\x4a");
        assert_eq!(Answer { content_type: String::new(), ..page(&noise) }.kind(), BodyKind::Binary);
        assert_eq!(
            Answer { content_type: String::new(), ..page("a\tb\r\n") }.kind(),
            BodyKind::Text
        );
    }
}
