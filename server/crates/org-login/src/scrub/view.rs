//! A text with its encodings taken off, each character with its place in the text as it came.

use std::ops::Range;

/// So many encodings are taken off one after another; nobody echoes through more.
const STAGES: usize = 5;

/// A character and the bytes of the original that stand for it.
#[derive(Clone, Copy, Debug)]
struct Placed {
    character: char,
    start: usize,
    end: usize,
}

/// One stage of decoding.
#[derive(Debug)]
pub(crate) struct View(Vec<Placed>);

impl View {
    /// The text as it came.
    fn written(text: &str) -> View {
        let placed = text.char_indices().map(|(start, character)| Placed {
            character,
            start,
            end: start + character.len_utf8(),
        });
        View(placed.collect())
    }

    /// The last stage of decoding alone.
    pub(crate) fn last(text: &str) -> View {
        let mut view = View::written(text);
        for _ in 0..STAGES {
            match view.decoded() {
                Some(next) => view = next,
                None => break,
            }
        }
        view
    }

    /// The characters, each with the bytes of the original that stand for it.
    pub(crate) fn placed(&self) -> impl Iterator<Item = (char, Range<usize>)> + '_ {
        self.0.iter().map(|placed| (placed.character, placed.start..placed.end))
    }

    /// The text as it came, and each stage of its decoding for as long as something changes.
    ///
    /// All stages count: a secret can itself look like an escape, or follow half of one.
    pub(super) fn all(text: &str) -> Vec<View> {
        let mut views = vec![View::written(text)];
        while views.len() <= STAGES
            && let Some(next) = views.last().and_then(View::decoded)
        {
            views.push(next);
        }
        views
    }

    /// The characters as they are compared.
    pub(super) fn folded(&self) -> impl Iterator<Item = char> + '_ {
        self.0.iter().map(|placed| folded(placed.character))
    }

    /// The characters as they are.
    pub(super) fn characters(&self) -> impl Iterator<Item = char> + '_ {
        self.0.iter().map(|placed| placed.character)
    }

    /// Adds the places of `needle`, which is folded, in the original. An empty one stands nowhere.
    pub(super) fn find(&self, needle: &str, places: &mut Vec<Range<usize>>) {
        let length = needle.chars().count();
        if length == 0 {
            return;
        }
        for window in self.0.windows(length) {
            if window.iter().map(|placed| folded(placed.character)).eq(needle.chars())
                && let (Some(first), Some(last)) = (window.first(), window.last())
            {
                places.push(first.start..last.end);
            }
        }
    }

    /// The bytes of the original behind some characters of this view.
    pub(super) fn place(&self, characters: Range<usize>) -> Option<Range<usize>> {
        let characters = self.0.get(characters)?;
        Some(characters.first()?.start..characters.last()?.end)
    }

    /// With one layer of escapes taken off; `None` when there is none.
    fn decoded(&self) -> Option<View> {
        let mut decoded = Vec::with_capacity(self.0.len());
        let mut rest = self.0.as_slice();
        let mut changed = false;
        while let Some(first) = rest.first() {
            match percent(rest).or_else(|| entity(rest)).or_else(|| backslash(rest)) {
                Some((characters, length)) => {
                    decoded.extend(characters);
                    rest = rest.get(length..).unwrap_or_default();
                    changed = true;
                }
                None => {
                    decoded.push(*first);
                    rest = &rest[1..];
                }
            }
        }
        changed.then_some(View(decoded))
    }
}

/// A character as it is compared: a small letter; a blank for all white space, and for the `+` that
/// stands for one in a form.
pub(super) fn folded(character: char) -> char {
    match character {
        '+' => ' ',
        blank if blank.is_whitespace() => ' ',
        other => other.to_lowercase().next().unwrap_or(other),
    }
}

/// Decoded characters, and how many characters of the view they took.
type Decoded = (Vec<Placed>, usize);

/// One character that takes up the first `length` of `view`.
fn one(character: char, view: &[Placed], length: usize) -> Option<Decoded> {
    let (first, last) = (view.first()?, view.get(length.checked_sub(1)?)?);
    Some((vec![Placed { character, start: first.start, end: last.end }], length))
}

fn character_at(view: &[Placed], index: usize) -> Option<char> {
    view.get(index).map(|placed| placed.character)
}

/// The number in the `count` hexadecimal digits from `index` on.
fn hex(view: &[Placed], index: usize, count: usize) -> Option<u32> {
    view.get(index..index + count)?
        .iter()
        .try_fold(0, |number: u32, placed| Some(number * 16 + placed.character.to_digit(16)?))
}

/// A row of `%2F`: bytes of UTF-8, or else of ISO-8859-1.
fn percent(view: &[Placed]) -> Option<Decoded> {
    let byte = |at: usize| match character_at(view, at) {
        Some('%') => hex(view, at + 1, 2).and_then(|byte| u8::try_from(byte).ok()),
        _ => None,
    };
    let bytes: Vec<u8> = (0..).map_while(|index| byte(index * 3)).collect();
    let place = |character: char, bytes: Range<usize>| {
        let (first, last) = (view.get(bytes.start * 3)?, view.get(bytes.end * 3 - 1)?);
        Some(Placed { character, start: first.start, end: last.end })
    };
    let characters: Option<Vec<Placed>> = match std::str::from_utf8(&bytes) {
        Ok(text) => text
            .char_indices()
            .map(|(at, character)| place(character, at..at + character.len_utf8()))
            .collect(),
        Err(_) => bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| place(char::from(*byte), at..at + 1))
            .collect(),
    };
    (!bytes.is_empty()).then_some((characters?, bytes.len() * 3))
}

/// `&amp;`, `&#38;`, `&#x26;`; the semicolon may be missing after a number.
fn entity(view: &[Placed]) -> Option<Decoded> {
    const NAMES: [(&str, char); 6] =
        [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", ' ')];
    if character_at(view, 0)? != '&' {
        return None;
    }
    if character_at(view, 1)? != '#' {
        let named = |name: &str| {
            let has = |(at, letter): (usize, char)| {
                character_at(view, 1 + at).is_some_and(|c| c.eq_ignore_ascii_case(&letter))
            };
            name.chars().enumerate().all(has) && character_at(view, 1 + name.len()) == Some(';')
        };
        let (name, character) = NAMES.into_iter().find(|(name, _)| named(name))?;
        return one(character, view, name.len() + 2);
    }
    let (radix, start) = match character_at(view, 2)? {
        'x' | 'X' => (16, 3),
        _ => (10, 2),
    };
    let digits: Vec<u32> = view
        .get(start..)?
        .iter()
        .map_while(|placed| placed.character.to_digit(radix))
        .take(8)
        .collect();
    let number = digits.iter().try_fold(0_u32, |number, digit| {
        number.checked_mul(radix).and_then(|number| number.checked_add(*digit))
    })?;
    let end = start + digits.len();
    let semicolon = usize::from(character_at(view, end) == Some(';'));
    (!digits.is_empty()).then_some(())?;
    one(char::from_u32(number)?, view, end + semicolon)
}

/// `\u00e4` (two of them for a character beyond the first plane), `\x2f`, `\n`, `\/`.
fn backslash(view: &[Placed]) -> Option<Decoded> {
    if character_at(view, 0)? != '\\' {
        return None;
    }
    let unit = |at: usize| match (character_at(view, at), character_at(view, at + 1)) {
        (Some('\\'), Some('u' | 'U')) => {
            hex(view, at + 2, 4).and_then(|unit| u16::try_from(unit).ok())
        }
        _ => None,
    };
    if let Some(high) = unit(0) {
        let pair = unit(6).and_then(|low| char::decode_utf16([high, low]).next()?.ok());
        return match (char::from_u32(u32::from(high)), pair) {
            (Some(character), _) => one(character, view, 6),
            (None, Some(character)) => one(character, view, 12),
            (None, None) => None,
        };
    }
    if character_at(view, 1)? == 'x'
        && let Some(number) = hex(view, 2, 2)
    {
        return one(char::from_u32(number)?, view, 4);
    }
    let character = match character_at(view, 1)? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        sign @ ('"' | '\'' | '\\' | '/') => sign,
        _ => return None,
    };
    one(character, view, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(text: &str) -> String {
        View::all(text).last().map(|view| view.characters().collect()).unwrap_or_default()
    }

    #[test]
    fn encodings_are_taken_off() {
        for (text, decoded) in [
            ("plain & 100% <b> \\ done", "plain & 100% <b> \\ done"),
            ("%2F%2b%c3%bc", "/+ü"),
            ("%252F%25252F", "//"),
            ("%fcber", "über"),
            (
                "&amp;&LT;&#39;&#039;&#x27;&#X27;&#39x",
                "&<''''x".replace("''''x", "''''\u{27}x").as_str(),
            ),
            ("&amp;amp;lt;", "<"),
            ("\\u00e4\\u00FC\\ud83d\\ude00\\/\\x41", "äü😀/A"),
            ("%26amp%3B", "&"),
            ("%2", "%2"),
            ("&#;", "&#;"),
            ("&#99999999999;", "&#99999999999;"),
            ("\\ud83d", "\\ud83d"),
        ] {
            assert_eq!(last(text), decoded, "{text}");
        }
    }

    #[test]
    fn a_place_is_one_in_the_original() {
        let text = "x %2F&amp;y z";
        let mut places = Vec::new();
        for view in View::all(text) {
            view.find("/&y", &mut places);
        }
        let found: Vec<&str> = places.into_iter().map(|place| &text[place]).collect();
        assert_eq!(found, ["%2F&amp;y"]);
    }
}
