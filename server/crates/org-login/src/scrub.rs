//! Removing secrets from what other people's computers say.
//!
//! A server, or something that poses as one, may echo what it was sent. Before any of its words
//! are shown or logged they go through [`Scrubber::clean`], which replaces each secret of this
//! login in whatever encoding it comes back, and everything that looks like a session id or an
//! access token.
//!
//! An encoding is not looked for, it is taken off: each secret is compared with the text as it
//! came and with every stage of its decoding ([`View`]), without regard to letter case. What looks
//! like Base64 is decoded as well, since a secret can be anywhere in it.

mod base64_runs;
mod view;

use std::fmt::Write as _;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use crate::secrets::Credentials;
pub(crate) use view::View;
use view::folded;

/// What stands in place of a secret.
const MASK: &str = "[hidden]";
/// Longer texts are cut: nothing that explains a login is as long.
const LONGEST: usize = 2000;
/// So many bytes of a text are looked at, and as many again for what begins among them.
const MOST: usize = 1 << 15;
/// How deep Base64 is followed into Base64.
const BASE64_DEPTH: u8 = 2;
/// Shorter secrets are not looked for inside of Base64: in bytes that only happen to be decoded
/// they stand by chance.
const SHORTEST_IN_BASE64: usize = 4;
/// What follows the `!` of a real session has some 96 characters (`docs/domain.md`, Values); less could be any word.
const SHORTEST_KEY: usize = 12;

/// Knows the secrets of one login.
#[derive(Debug, Default)]
pub(crate) struct Scrubber {
    /// Every secret, and every stage of its decoding should it contain escapes itself; in small
    /// letters, none empty.
    needles: Vec<SecretString>,
}

impl Scrubber {
    /// A scrubber for everything secret in `credentials`.
    pub(crate) fn new(credentials: &Credentials) -> Scrubber {
        let mut scrubber = Scrubber::default();
        match credentials {
            Credentials::Basic { password, security_token, .. } => {
                scrubber.add(password.expose_secret());
                if let Some(token) = security_token {
                    scrubber.add(token.expose_secret());
                }
            }
            Credentials::OAuth { client_secret, .. } => scrubber.add(client_secret.expose_secret()),
        }
        scrubber
    }

    /// Adds a secret.
    pub(crate) fn add(&mut self, secret: &str) {
        // What an editor or a shell left at the ends may be lost on the way.
        for secret in [secret, secret.trim()] {
            for view in View::all(secret) {
                self.add_needle(view.folded().collect());
            }
            self.add_needle(secret.bytes().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            }));
            // Base64 is decoded where it is found, but for what is too short to be found there.
            for encoded in [STANDARD.encode(secret), URL_SAFE_NO_PAD.encode(secret)] {
                self.add_needle(encoded.chars().map(folded).collect());
            }
        }
    }

    /// Adds the session, a secret that came later. Without the org's id before the `!` it is as
    /// good as whole.
    pub(crate) fn add_session(&mut self, session: &SecretString) {
        let session = session.expose_secret();
        self.add(session);
        if let Some((_, key)) = session.split_once('!')
            && key.len() >= SHORTEST_KEY
        {
            self.add(key);
        }
    }

    fn add_needle(&mut self, needle: String) {
        let known = |known: &SecretString| known.expose_secret() == needle;
        if !needle.is_empty() && !self.needles.iter().any(known) {
            self.needles.push(SecretString::from(needle));
        }
    }

    /// `text` fit to be shown: without secrets, session ids, tokens and control characters, and
    /// of moderate length.
    pub(crate) fn clean(&self, text: &str) -> String {
        let scrubbed = without_tokens(&self.without_secrets(text));
        let one_line = printable(&scrubbed);
        let trimmed = one_line.trim();
        match trimmed.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}…", &trimmed[..end]),
            None => trimmed.to_owned(),
        }
    }

    /// The beginning of `text`, secrets masked. Looked for is farther than shown, so that none is
    /// cut in half.
    fn without_secrets(&self, text: &str) -> String {
        let shown = beginning(text, MOST);
        let mut clean = String::with_capacity(shown.len());
        let mut end = 0;
        for found in merged(self.places(beginning(text, 2 * MOST), BASE64_DEPTH)) {
            if found.start >= shown.len() {
                break;
            }
            clean.push_str(&text[end..found.start]);
            clean.push_str(MASK);
            end = found.end;
        }
        clean.push_str(shown.get(end..).unwrap_or_default());
        clean
    }

    /// Where secrets stand in `text`, as byte ranges of it, in no order.
    fn places(&self, text: &str, base64_depth: u8) -> Vec<Range<usize>> {
        if self.needles.is_empty() {
            return Vec::new();
        }
        let mut places = Vec::new();
        for view in View::all(text) {
            for needle in &self.needles {
                let needle = needle.expose_secret();
                let decoded = base64_depth < BASE64_DEPTH;
                view.find(if decoded { middle(needle) } else { needle }, &mut places);
            }
            if base64_depth > 0 {
                let hides = |inner: &str| !self.places(inner, base64_depth - 1).is_empty();
                places.extend(base64_runs::places(&view, hides));
            }
        }
        places
    }
}

/// What of a secret inside of Base64 is looked for: when the Base64 is cut, up to two bytes at
/// either end are lost.
fn middle(needle: &str) -> &str {
    let count = needle.chars().count();
    let at = |index| needle.char_indices().nth(index).map_or(needle.len(), |(at, _)| at);
    match count {
        ..SHORTEST_IN_BASE64 => "",
        SHORTEST_IN_BASE64..8 => needle,
        _ => &needle[at(2)..at(count - 2)],
    }
}

/// At most `bytes` of a text, in whole characters.
fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The ranges in order, those that overlap or touch made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Without control characters, terminal sequences and marks that change the direction of writing,
/// with all of which a text could look like another one.
fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            // ECMA-48: ESC [ …, up to a letter or one of @[\]^_`{|}~.
            '\u{1b}' if characters.peek() == Some(&'[') => {
                characters.next();
                while characters.next_if(|c| ('\u{20}'..='\u{3f}').contains(c)).is_some() {}
                characters.next_if(|c| ('\u{40}'..='\u{7e}').contains(c));
                printable.push(' ');
            }
            // ESC ] …, a command such as the window's title, up to BEL or ESC \.
            '\u{1b}' if characters.peek() == Some(&']') => {
                while characters.next_if(|c| !matches!(c, '\u{7}' | '\u{1b}')).is_some() {}
                printable.push(' ');
            }
            // Unicode Bidirectional Algorithm, 2.1 to 2.6.
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {}
            control if control.is_control() => printable.push(' '),
            other => printable.push(other),
        }
    }
    printable
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

#[cfg(test)]
mod tests;
