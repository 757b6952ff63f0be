//! One secret in one spelling, and whether a text begins with it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::{ExposeSecret, SecretSlice};

use super::spelling::{Spelled, readings};

/// What a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// No secret.
    None,
    /// More text is needed to tell.
    Undecided,
    /// A secret of so many bytes.
    Secret(usize),
}

/// How a secret is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Text,
    Base64,
    Hex,
}

/// One secret in one shape.
#[derive(Debug)]
pub(super) struct Needle {
    shape: Shape,
    characters: SecretSlice<char>,
    /// The first characters tell nothing: so many may be shown while it is not known what follows.
    harmless: usize,
    /// So many of the first characters are as secret as all of them.
    enough: usize,
}

/// What has been read of a needle.
enum Read {
    /// All, or as much as is enough: so many bytes.
    Found(usize),
    /// The text ends after so many characters.
    TextEnds(usize),
    /// Something else follows.
    Other,
}

/// A shown prefix of a secret is as good as hidden up to this length.
const HARMLESS: usize = 3;
/// So much of a session's secret part is to be hidden although the rest is missing.
const ENOUGH: usize = 16;
/// The first part of a JWT is the same for all; behind that it is its own.
const ENOUGH_OF_JWT: usize = 60;
/// What follows the `!` of a real session is much longer.
const SHORTEST_KEY: usize = 12;

impl Needle {
    /// A session id or access token, and its secret part alone: the id of the org before the `!` is none.
    pub(super) fn of_session(token: &str) -> Vec<Needle> {
        let Some((org, key)) = token.split_once('!').filter(|(_, key)| key.len() >= SHORTEST_KEY)
        else {
            return Self::all(token, HARMLESS, ENOUGH_OF_JWT);
        };
        let open = org.len() + 1;
        let mut needles = Self::all(token, open, open + ENOUGH);
        needles.extend(Self::all(key, HARMLESS, ENOUGH));
        needles
    }

    /// Any other secret.
    pub(super) fn of_secret(secret: &str) -> Vec<Needle> {
        Self::all(secret, HARMLESS.min(secret.chars().count() / 4), usize::MAX)
    }

    fn all(secret: &str, harmless: usize, enough: usize) -> Vec<Needle> {
        let encoded = |part: usize, of: usize| part.saturating_mul(of) / 3;
        let mut needles = Vec::new();
        needles.extend(Self::new(Shape::Text, secret.chars().collect(), harmless, enough));
        let utf_16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, width) in [(secret.as_bytes(), 4), (&utf_16, 8)] {
            let hex = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
            let hex = hex.filter_map(|digit| char::from_digit(digit.into(), 16)).collect();
            needles.extend(Self::new(
                Shape::Hex,
                hex,
                encoded(harmless, width * 3 / 2),
                encoded(enough, width * 3 / 2),
            ));
            for before in 0..3 {
                needles.extend(Self::new(
                    Shape::Base64,
                    base64_behind(bytes, before),
                    encoded(harmless, width),
                    encoded(enough, width),
                ));
            }
        }
        needles
    }

    fn new(shape: Shape, of: Vec<char>, harmless: usize, enough: usize) -> Option<Needle> {
        let enough = enough.min(of.len());
        (!of.is_empty()).then(|| Needle { shape, characters: of.into(), harmless, enough })
    }

    /// Tells the bytes that it can begin with, each once.
    pub(super) fn first_bytes(&self, tell: impl FnMut(u8)) {
        let Some(first) = self.characters.expose_secret().first() else { return };
        let byte = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        let mut bytes = vec![b'%', b'\\', b'&'];
        bytes.extend([*first, first.to_ascii_lowercase(), first.to_ascii_uppercase()].map(byte));
        // The Base64 of addresses has others.
        bytes.extend(Some(b'-').filter(|_| *first == '+'));
        bytes.extend(Some(b'_').filter(|_| *first == '/'));
        bytes.sort_unstable();
        bytes.dedup();
        bytes.into_iter().for_each(tell);
    }

    /// Whether `text` begins with it.
    pub(super) fn at_start(&self, text: &[u8], is_end: bool) -> Match {
        match self.read(text) {
            Read::Found(length) => Match::Secret(length),
            Read::TextEnds(_) if !is_end => Match::Undecided,
            Read::TextEnds(count) if count > self.harmless => Match::Secret(text.len()),
            Read::TextEnds(_) | Read::Other => Match::None,
        }
    }

    /// How many bytes of `text`, which may become the needle, tell nothing of it; `None` when it cannot
    /// become the needle.
    pub(super) fn harmless_part(&self, text: &[u8]) -> Option<usize> {
        let Read::TextEnds(count) = self.read(text) else { return None };
        if count <= self.harmless {
            return Some(text.len());
        }
        // Escapes make a character longer, so that is no more than the first of them.
        Some(self.harmless.min(text.len()))
    }

    fn read(&self, text: &[u8]) -> Read {
        let wanted = self.characters.expose_secret();
        let (mut places, mut cut_at) = (Places::default(), None);
        places.add(0);
        for (count, character) in wanted.iter().enumerate() {
            let mut next = Places::default();
            for place in places.all() {
                let place = if count == 0 { place } else { self.behind_separators(text, place) };
                readings(text.get(place..).unwrap_or_default(), |reading| match reading {
                    Spelled::TextEnds => cut_at = Some(count),
                    Spelled::Character(other, length) if self.is_same(*character, other) => {
                        next.add(place + length);
                    }
                    Spelled::Character(..) => {}
                });
            }
            // `\u00` can be the beginning of a character as well as a `u`.
            match (next.longest(), cut_at) {
                (Some(_), _) => places = next,
                (None, Some(count)) => return Read::TextEnds(count),
                (None, None) if count >= self.enough => break,
                (None, None) => return Read::Other,
            }
        }
        places.longest().map_or(Read::Other, Read::Found)
    }

    fn is_same(&self, own: char, other: char) -> bool {
        match (self.shape, other) {
            (Shape::Base64, '-') => own == '+',
            (Shape::Base64, '_') => own == '/',
            (Shape::Base64, other) => own == other,
            (Shape::Text | Shape::Hex, other) => own.eq_ignore_ascii_case(&other),
        }
    }

    /// What stands between two characters and belongs to neither.
    fn behind_separators(&self, text: &[u8], place: usize) -> usize {
        let rest = text.get(place..).unwrap_or_default();
        let length = match self.shape {
            // UTF-16.
            Shape::Text => usize::from(rest.first() == Some(&0)),
            Shape::Hex => separators(rest, b" :-,\r\n\0"),
            Shape::Base64 => separators(rest, b" \t\r\n\0"),
        };
        place + length
    }
}

/// As many of the bytes as begin `text`, line ends that are written as escapes among them; not more than an
/// indented line has.
fn separators(text: &[u8], of: &[u8]) -> usize {
    const MOST: usize = 40;
    let mut length = 0;
    while length < MOST {
        match text.get(length..) {
            Some([b'\\', b'n' | b'r', ..]) => length += 2,
            Some([byte, ..]) if of.contains(byte) => length += 1,
            _ => break,
        }
    }
    length
}

/// The Base64 digits of `bytes` behind so many others that depend on nothing but them.
fn base64_behind(bytes: &[u8], before: usize) -> Vec<char> {
    let encoded = STANDARD_NO_PAD.encode([&[0; 2][..before], bytes].concat());
    let first = (before * 8).div_ceil(6);
    let end = (before + bytes.len()) * 8 / 6;
    encoded.chars().take(end).skip(first).collect()
}

/// Where a text can be read on. A few are enough: they differ by how often it was escaped.
#[derive(Clone, Copy, Default)]
struct Places {
    places: [usize; 6],
    count: usize,
}

impl Places {
    fn add(&mut self, place: usize) {
        if self.count < self.places.len() && !self.all().any(|known| known == place) {
            self.places[self.count] = place;
            self.count += 1;
        }
    }

    fn all(&self) -> impl Iterator<Item = usize> + use<> {
        self.places.into_iter().take(self.count)
    }

    fn longest(&self) -> Option<usize> {
        self.all().max()
    }
}
