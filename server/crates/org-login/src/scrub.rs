//! Removing secrets from what other people's computers say.
//!
//! A server, or something that poses as one, may echo what it was sent. Before any of its words
//! are shown or logged they go through [`Scrubber::clean`], which replaces each secret of this
//! login in every form in which it can come back, and everything that looks like a session id or
//! an access token.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use crate::secrets::Credentials;

/// What stands in place of a secret.
const MASK: &str = "[hidden]";
/// Longer texts are cut: nothing that explains a login is as long.
const LONGEST: usize = 2000;

/// Knows the secrets of one login.
#[derive(Debug, Default)]
pub(crate) struct Scrubber {
    /// Every form of every secret, longest first, none empty.
    forms: Vec<SecretString>,
}

impl Scrubber {
    /// A scrubber for everything secret in `credentials`.
    pub(crate) fn new(credentials: &Credentials) -> Scrubber {
        let mut scrubber = Scrubber::default();
        match credentials {
            Credentials::Basic { username, password, security_token } => {
                let password = password.expose_secret();
                scrubber.add(password);
                scrubber.add_base64(&format!("{username}:{password}"));
                if let Some(token) = security_token {
                    let token = token.expose_secret();
                    let joined = format!("{password}{token}");
                    scrubber.add(token);
                    scrubber.add_base64(&format!("{username}:{joined}"));
                    scrubber.add(&joined);
                }
            }
            Credentials::OAuth { client_id, client_secret } => {
                let secret = client_secret.expose_secret();
                scrubber.add(secret);
                scrubber.add_base64(&format!("{client_id}:{secret}"));
            }
        }
        scrubber
    }

    /// Adds a secret that came later, such as the session.
    pub(crate) fn add(&mut self, secret: &str) {
        self.add_plain_forms(secret);
        // What an editor or a shell left at the ends may be lost on the way.
        self.add_plain_forms(secret.trim());
        self.add_base64(secret);
    }

    fn add_plain_forms(&mut self, secret: &str) {
        let xml = escaped_xml(secret);
        self.add_form(secret.to_owned());
        self.add_form(escaped_xml(&xml));
        self.add_form(xml);
        for (apostrophe, quote) in [("&#39;", "&#34;"), ("&#x27;", "&#x22;"), ("'", "\"")] {
            self.add_form(
                secret
                    .replace('&', "&amp;")
                    .replace('<', "&lt;")
                    .replace('>', "&gt;")
                    .replace('\'', apostrophe)
                    .replace('"', quote),
            );
        }
        for spaces_as_plus in [true, false] {
            let encoded = percent_encoded(secret, spaces_as_plus);
            self.add_form(lowercase_escapes(&encoded));
            self.add_form(encoded);
        }
        let json = serde_json::Value::from(secret).to_string();
        self.add_form(json[1..json.len() - 1].to_owned());
    }

    fn add_base64(&mut self, secret: &str) {
        for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
            self.add_form(engine.encode(secret));
        }
    }

    fn add_form(&mut self, form: String) {
        if form.is_empty() || self.forms.iter().any(|known| known.expose_secret() == form) {
            return;
        }
        let place = self.forms.partition_point(|known| known.expose_secret().len() >= form.len());
        self.forms.insert(place, SecretString::from(form));
    }

    /// `text` fit to be shown: without secrets, session ids, tokens and control characters, and
    /// of moderate length.
    pub(crate) fn clean(&self, text: &str) -> String {
        let scrubbed = without_tokens(&self.without_secrets(text));
        let one_line: String =
            scrubbed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let trimmed = one_line.trim();
        match trimmed.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &trimmed[..end]),
            None => trimmed.to_owned(),
        }
    }

    /// At each place the longest form that stands there is replaced, so that no rest of a longer
    /// one stays.
    fn without_secrets(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            match self.forms.iter().find(|form| rest.starts_with(form.expose_secret())) {
                Some(form) => {
                    clean.push_str(MASK);
                    rest = &rest[form.expose_secret().len()..];
                }
                None => {
                    clean.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        clean
    }
}

/// Replaces what has the shape of a session id (`00D…!…`), a JWT or a refresh token, whoever it
/// belongs to.
fn without_tokens(text: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!._-+/=%".contains(c);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find(|c| !is_token(c)).unwrap_or(rest.len());
        if word == 0 {
            let next = rest.chars().next().map_or(1, char::len_utf8);
            clean.push_str(&rest[..next]);
            rest = &rest[next..];
            continue;
        }
        match token_start(&rest[..word]) {
            Some(start) => {
                clean.push_str(&rest[..start]);
                clean.push_str(MASK);
            }
            None => clean.push_str(&rest[..word]),
        }
        rest = &rest[word..];
    }
    clean
}

/// Where in `word` something begins that has the shape of a token.
fn token_start(word: &str) -> Option<usize> {
    let session =
        ["!", "%21"].iter().flat_map(|mark| word.match_indices(mark)).find_map(|(at, _)| {
            let id =
                word[..at].rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |end| end + 1);
            // The id of an org: 15 or 18 letters and digits. What precedes it belongs to something
            // else, so the search begins at most 18 characters back.
            let id = id.max(at.saturating_sub(18));
            word[id..at].find("00").filter(|start| at - (id + start) >= 15).map(|start| id + start)
        });
    session
        .or_else(|| word.find("eyJ").filter(|at| word[*at..].matches('.').count() >= 2))
        .or_else(|| word.find("5Aep861"))
}

/// The five characters that XML gives a meaning, as entities. Used for what is sent, too.
pub(crate) fn escaped_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            // Else a reader turns them into a line feed or a blank.
            '\r' | '\n' | '\t' => {
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// Percent-encoded as in a form (`+` for a blank) or in an address.
fn percent_encoded(text: &str, spaces_as_plus: bool) -> String {
    let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    if spaces_as_plus { form } else { form.replace('+', "%20") }
}

/// `%2F` as `%2f`.
fn lowercase_escapes(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (hex, rest) = part.split_at_checked(2).unwrap_or((part, ""));
        lower.push('%');
        lower.push_str(&hex.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}

#[cfg(test)]
mod tests;
