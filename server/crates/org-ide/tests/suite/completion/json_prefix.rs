//! Judges whether a text is the beginning of a JSON text (RFC 8259), or a whole one.

/// What the text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judgement {
    /// A JSON text.
    Whole,
    /// Can be continued to one.
    Beginning,
    /// Neither.
    Wrong,
}

#[derive(Clone, Copy, PartialEq)]
enum Expect {
    Value,
    ValueOrClose,
    Name,
    NameOrClose,
    Colon,
    CommaOrClose,
    End,
}

pub fn judge(text: &str) -> Judgement {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut open: Vec<u8> = Vec::new();
    let mut expect = Expect::Value;
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let Some(&first) = rest.as_bytes().first() else {
            return match expect {
                Expect::End => Judgement::Whole,
                _ => Judgement::Beginning,
            };
        };
        let after_value = if open.is_empty() { Expect::End } else { Expect::CommaOrClose };
        let is_value = matches!(expect, Expect::Value | Expect::ValueOrClose);
        let is_name = matches!(expect, Expect::Name | Expect::NameOrClose);
        let length = match first {
            b'{' | b'[' if is_value => {
                open.push(first);
                expect = if first == b'{' { Expect::NameOrClose } else { Expect::ValueOrClose };
                Some(1)
            }
            b'}' | b']' => {
                let fits = open.pop().is_some_and(|bracket| bracket + 2 == first);
                let empty = if first == b'}' { Expect::NameOrClose } else { Expect::ValueOrClose };
                if !fits || (expect != Expect::CommaOrClose && expect != empty) {
                    return Judgement::Wrong;
                }
                expect = if open.is_empty() { Expect::End } else { Expect::CommaOrClose };
                Some(1)
            }
            b',' if expect == Expect::CommaOrClose => {
                expect = if open.last() == Some(&b'{') { Expect::Name } else { Expect::Value };
                Some(1)
            }
            b':' if expect == Expect::Colon => {
                expect = Expect::Value;
                Some(1)
            }
            b'"' if is_value || is_name => {
                expect = if is_name { Expect::Colon } else { after_value };
                string(rest)
            }
            _ if is_value => {
                expect = after_value;
                scalar(rest)
            }
            _ => return Judgement::Wrong,
        };
        match length {
            Some(0) => return Judgement::Wrong,
            Some(length) => rest = &rest[length..],
            None => return Judgement::Beginning,
        }
    }
}

/// Length of the string; 0 when it is wrong, `None` when its end is missing.
fn string(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some(at + 1),
            '\\' => {
                let (_, escaped) = chars.next()?;
                if escaped == 'u' {
                    for _ in 0..4 {
                        if !chars.next()?.1.is_ascii_hexdigit() {
                            return Some(0);
                        }
                    }
                } else if !"\"\\/bfnrt".contains(escaped) {
                    return Some(0);
                }
            }
            control if control < ' ' => return Some(0),
            _ => {}
        }
    }
    None
}

/// Length of the number or word; 0 when it is wrong, `None` when it can go on to be right.
fn scalar(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    let word = &text[..end.unwrap_or(text.len())];
    let words = ["true", "false", "null"];
    if words.contains(&word) || is_number(word) {
        return Some(word.len());
    }
    let can_go_on = words.iter().any(|whole| whole.starts_with(word))
        || ["0", "1", ".0", "0.0"].iter().any(|more| is_number(&format!("{word}{more}")));
    (end.is_some() || word.is_empty() || !can_go_on).then_some(0)
}

fn is_number(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

#[test]
fn the_judge_is_right() {
    let whole = [
        "{}",
        "[]",
        " 1 ",
        "-0.5e+3",
        "\"a\\u00e9\\n\"",
        "{\"a\": [1, {\"b\": null}], \"c\": true}",
        "\u{feff}{}\n",
    ];
    for text in whole {
        assert_eq!(judge(text), Judgement::Whole, "{text}");
        let is_container = text.contains(['{', '[']);
        for (end, _) in text.char_indices().filter(|_| is_container) {
            let judged = judge(&text[..end]);
            assert_ne!(judged, Judgement::Wrong, "{}", &text[..end]);
        }
    }
    let wrong = [
        "{,",
        "{\"a\" 1",
        "{\"a\":,",
        "{\"a\": 1,}",
        "[1,]",
        "{\"a\": 1 \"b\"",
        "}",
        "{]",
        "[}",
        "nul1",
        "01",
        "1.x",
        "\"\\x",
        "\"a\nb",
        "{} {}",
        "{\"a\": tru}",
        "{\"a\": \"b\"\"",
        "{\"a\":: 1",
        "// c",
        "{'a'",
        "{a",
        "{\"a\": 1,, ",
    ];
    for text in wrong {
        assert_eq!(judge(text), Judgement::Wrong, "{text}");
    }
}
