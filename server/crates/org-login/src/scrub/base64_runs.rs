//! Base64 in a text: of a secret, or of something in which one stands, such as the whole request.

use std::ops::Range;

use super::view::View;

/// Shorter runs are words; a secret that is as short has its own needle.
const SHORTEST: usize = 8;

/// Where Base64 stands in `view` whose content `hides` a secret: places in the original.
///
/// A run may begin with letters of something else, so each of the four ways to cut it into groups
/// is tried. Line breaks are skipped, as in e-mail.
pub(super) fn places(view: &View, hides: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let characters: Vec<char> = view.characters().collect();
    let mut places = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let run = run_length(&characters[at..]);
        if run >= SHORTEST {
            let values: Vec<u32> =
                characters[at..at + run].iter().filter_map(|c| value(*c)).collect();
            // Cut anywhere, it may begin and end within a character.
            let hidden = (0..4)
                .map(|phase| bytes(&values, phase))
                .any(|bytes| hides(&String::from_utf8_lossy(&bytes)) || hides(&latin_1(&bytes)));
            if hidden && let Some(place) = view.place(at..at + run) {
                places.push(place);
            }
        }
        at += run.max(1);
    }
    places
}

/// How many characters belong to a run, its padding and the line breaks inside it included.
fn run_length(characters: &[char]) -> usize {
    let mut length = 0;
    for (index, character) in characters.iter().enumerate() {
        match character {
            c if value(*c).is_some() => length = index + 1,
            '\r' | '\n' => {}
            _ => break,
        }
    }
    if length == 0 {
        return 0;
    }
    length + characters[length..].iter().take(2).take_while(|c| **c == '=').count()
}

/// The six bits behind a character of either alphabet (RFC 4648, 4 and 5).
fn value(character: char) -> Option<u32> {
    let character = u32::from(character);
    Some(match u8::try_from(character).ok()? {
        b'A'..=b'Z' => character - u32::from(b'A'),
        b'a'..=b'z' => character - u32::from(b'a') + 26,
        b'0'..=b'9' => character - u32::from(b'0') + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// The bytes as ISO-8859-1.
fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The bytes in `values` when groups begin at `phase`.
fn bytes(values: &[u32], phase: usize) -> Vec<u8> {
    let values = values.get(phase..).unwrap_or_default();
    values
        .chunks(4)
        .flat_map(|group| {
            let bits = group.iter().enumerate().fold(0, |bits, (at, v)| bits | v << (18 - 6 * at));
            let [_, bytes @ ..] = bits.to_be_bytes();
            let whole = group.len() * 6 / 8;
            bytes.into_iter().take(whole)
        })
        .collect()
}
