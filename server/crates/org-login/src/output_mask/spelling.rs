//! How programs write a character: as itself, or escaped for an address, JSON, XML, a shell.

/// One way to read the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelled {
    /// This character, of so many bytes.
    Character(char, usize),
    /// More text is needed.
    TextEnds,
}

/// Something is escaped so often, at most: JSON in JSON, an address in an address.
const LEVELS: usize = 4;
/// Each of those doubles the backslashes.
const BACKSLASHES: usize = 1 << LEVELS;

/// Tells every way to read the first character of `text`.
pub(super) fn readings(text: &[u8], mut tell: impl FnMut(Spelled)) {
    let Some(first) = text.first() else { return tell(Spelled::TextEnds) };
    if let Some(itself) = itself(text) {
        tell(itself);
    }
    match first {
        b'%' => percent(text, &mut tell),
        b'\\' => backslash(text, &mut tell),
        b'&' => entity(text).into_iter().for_each(tell),
        _ => {}
    }
}

/// The character as it is; `None` when the bytes are none.
fn itself(text: &[u8]) -> Option<Spelled> {
    let length = match text.first()? {
        0..0x80 => 1,
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => return None,
    };
    let Some(bytes) = text.get(..length) else { return Some(Spelled::TextEnds) };
    let character = std::str::from_utf8(bytes).ok()?.chars().next()?;
    Some(Spelled::Character(character, length))
}

/// `%21`, `%2521`, `%252521`; several for one character beyond ASCII.
fn percent(text: &[u8], tell: &mut impl FnMut(Spelled)) {
    for level in 0..LEVELS {
        let mark = [b"%".as_slice(), &b"25".repeat(level)].concat();
        match starts(text, &mark) {
            Some(true) => {}
            Some(false) => return,
            None => return tell(Spelled::TextEnds),
        }
        let mut bytes = [0; 4];
        for count in 1..=4 {
            let at = (count - 1) * (mark.len() + 2);
            let Some(rest) = text.get(at..).filter(|rest| starts(rest, &mark) == Some(true)) else {
                break;
            };
            match number(&rest[mark.len()..], 2, 16) {
                Number::Of(value) => bytes[count - 1] = value as u8,
                Number::TextEnds => return tell(Spelled::TextEnds),
                Number::None => break,
            }
            let decoded = std::str::from_utf8(&bytes[..count]).ok();
            if let Some(character) = decoded.and_then(|text| text.chars().next()) {
                tell(Spelled::Character(character, at + mark.len() + 2));
                break;
            }
        }
    }
}

/// `\!`, `\u0021`, `\u{21}`, `\U00000021`, `\x21`, `\041`, each behind one or more backslashes.
fn backslash(text: &[u8], tell: &mut impl FnMut(Spelled)) {
    let slashes = text.iter().take_while(|byte| **byte == b'\\').take(BACKSLASHES).count();
    let Some(rest) = text.get(slashes..).filter(|rest| !rest.is_empty()) else {
        return tell(Spelled::TextEnds);
    };
    let mut numbered = |from: usize, number: Number, length: usize, end: usize| match number {
        Number::TextEnds => tell(Spelled::TextEnds),
        Number::Of(value) => {
            if let Some(character) = char::from_u32(value) {
                tell(Spelled::Character(character, slashes + from + length + end));
            }
        }
        Number::None => {}
    };
    match rest {
        [b'u', b'{', digits @ ..] => {
            let length = digits.iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
            match digits.get(length) {
                Some(b'}') => numbered(2, number(digits, length, 16), length, 1),
                None => numbered(0, Number::TextEnds, 0, 0),
                Some(_) => {}
            }
        }
        [b'u', digits @ ..] => numbered(1, number(digits, 4, 16), 4, 0),
        [b'U', digits @ ..] => numbered(1, number(digits, 8, 16), 8, 0),
        [b'x', digits @ ..] => numbered(1, number(digits, 2, 16), 2, 0),
        [b'0'..=b'7', ..] => numbered(0, number(rest, 3, 8), 3, 0),
        _ => {}
    }
    if let Some(Spelled::Character(character, length)) = itself(rest) {
        tell(Spelled::Character(character, slashes + length));
    }
}

/// `&#33;`, `&#x21;`, `&amp;` and the other four.
fn entity(text: &[u8]) -> Option<Spelled> {
    const NAMED: [(&[u8], char); 5] =
        [(b"amp", '&'), (b"lt", '<'), (b"gt", '>'), (b"quot", '"'), (b"apos", '\'')];
    const LONGEST: usize = 10;
    let body = &text[1..text.len().min(LONGEST)];
    let Some(end) = body.iter().position(|byte| *byte == b';') else {
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let is_cut = text.len() < LONGEST && body.iter().all(is_name);
        return is_cut.then_some(Spelled::TextEnds);
    };
    let name = &body[..end];
    let character = match name {
        [b'#', b'x' | b'X', digits @ ..] => from_digits(digits, 16),
        [b'#', digits @ ..] => from_digits(digits, 10),
        _ => NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character),
    };
    Some(Spelled::Character(character?, end + 2))
}

fn from_digits(digits: &[u8], radix: u32) -> Option<char> {
    match number(digits, digits.len(), radix) {
        Number::Of(value) => char::from_u32(value),
        Number::TextEnds | Number::None => None,
    }
}

enum Number {
    Of(u32),
    TextEnds,
    None,
}

/// The number that so many digits at the beginning of `text` make.
fn number(text: &[u8], digits: usize, radix: u32) -> Number {
    let digit = |byte: &u8| char::from(*byte).to_digit(radix);
    let known = text.iter().take(digits).map(digit);
    let value =
        known.clone().try_fold(0_u32, |value, digit| value.checked_mul(radix)?.checked_add(digit?));
    match value {
        Some(value) if known.len() == digits && digits > 0 => Number::Of(value),
        Some(_) if digits > 0 => Number::TextEnds,
        _ => Number::None,
    }
}

/// Whether `text` begins with `mark`; `None` while it ends before that can be told.
fn starts(text: &[u8], mark: &[u8]) -> Option<bool> {
    let length = text.len().min(mark.len());
    match (text[..length] == mark[..length], length == mark.len()) {
        (true, false) => None,
        (is_same, _) => Some(is_same),
    }
}
