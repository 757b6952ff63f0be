//! Hides a session, and what logged in, in what other programs print.
//!
//! What is printed comes in pieces and is passed on at once, so that questions show. Only what may be the
//! beginning of a secret waits for more: bytes are held back while some spelling of a secret begins there.
//! A spelling is the text itself, Base64 or hexadecimal digits, each with every character written as itself
//! or as one of the usual escapes ([`spelling`]).

mod needle;
mod spelling;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use needle::{Match, Needle};

/// What stands in place of a secret.
const MASK: &[u8] = b"[hidden]";
/// Shorter credentials are not hidden: they could be any word.
const SHORTEST: usize = 8;

/// Takes what a program prints on one stream, and gives it back without secrets.
#[derive(Clone)]
pub struct OutputMask {
    needles: Arc<[Needle]>,
    /// The needles that can begin with that byte, by their places.
    by_first_byte: Arc<[Vec<usize>; 256]>,
    /// What may be the beginning of a secret.
    held: Vec<u8>,
    /// So many bytes of it were passed on already, since nothing came for a while and they tell nothing.
    passed_on: usize,
}

impl std::fmt::Debug for OutputMask {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OutputMask").finish_non_exhaustive()
    }
}

impl OutputMask {
    pub(crate) fn new(session: &SecretString, credentials: &[SecretString]) -> Self {
        let mut needles = Needle::of_session(session.expose_secret());
        let credentials = credentials.iter().map(ExposeSecret::expose_secret);
        for secret in credentials.filter(|secret| secret.chars().count() >= SHORTEST) {
            needles.extend(Needle::of_secret(secret));
        }
        let mut by_first_byte = std::array::from_fn(|_| Vec::new());
        for (place, needle) in needles.iter().enumerate() {
            needle.first_bytes(|byte| by_first_byte[usize::from(byte)].push(place));
        }
        let by_first_byte = Arc::new(by_first_byte);
        Self { needles: needles.into(), by_first_byte, held: Vec::new(), passed_on: 0 }
    }

    /// Takes the next piece; what can be passed on now is added to `out`.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        self.held.extend_from_slice(piece);
        self.pass_on(false, out);
    }

    /// Nothing came for a while: of what is held, adds to `out` what tells nothing of a secret, such as the
    /// digit at the end of a question.
    pub fn pause(&mut self, out: &mut Vec<u8>) {
        let harmless = self.needles.iter().filter_map(|needle| needle.harmless_part(&self.held));
        let end = harmless.min().unwrap_or(self.held.len());
        if let Some(new) = self.held.get(self.passed_on..end) {
            out.extend_from_slice(new);
            self.passed_on = end;
        }
    }

    /// The stream has ended: adds the rest to `out`. What is the beginning of a secret is hidden, too.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        self.pass_on(true, out);
    }

    fn pass_on(&mut self, is_end: bool, out: &mut Vec<u8>) {
        let held = std::mem::take(&mut self.held);
        let mut from = self.passed_on;
        let mut at = 0;
        while let Some(byte) = held.get(at) {
            match self.find(*byte, &held[at..], is_end) {
                Match::None => at += 1,
                Match::Undecided => break,
                Match::Secret(length) => {
                    out.extend_from_slice(held.get(from..at).unwrap_or_default());
                    out.extend_from_slice(MASK);
                    at += length;
                    from = from.max(at);
                }
            }
        }
        out.extend_from_slice(held.get(from..at).unwrap_or_default());
        self.passed_on = from.saturating_sub(at);
        self.held = held[at..].to_vec();
    }

    /// The longest secret at the beginning of `text`; undecided while more text could make it a longer one.
    fn find(&self, first: u8, text: &[u8], is_end: bool) -> Match {
        let mut longest = Match::None;
        for place in &self.by_first_byte[usize::from(first)] {
            let needle = &self.needles[*place];
            match (needle.at_start(text, is_end), &longest) {
                (Match::Undecided, _) => return Match::Undecided,
                (Match::Secret(length), Match::Secret(known)) if length <= *known => {}
                (Match::Secret(length), _) => longest = Match::Secret(length),
                (Match::None, _) => {}
            }
        }
        longest
    }
}
