use proptest::prelude::*;

use super::*;

const SESSION: &str =
    "00DNR0000000002!AQEAQNOTREAL.uat_x.7f3a9c0e5b2d8146.Zq9rT1vYkLmN0pSdFgHjK2wEtyU8iOaBcX";
const SECRET: &str = "NotReal+Pass&Wört%41/é";

fn mask() -> OutputMask {
    OutputMask::new(&SESSION.into(), &[SECRET.into(), "short".into()])
}

/// What comes of the pieces, without a pause.
fn masked(pieces: &[&[u8]]) -> Vec<u8> {
    let (mut mask, mut out) = (mask(), Vec::new());
    for piece in pieces {
        mask.push(piece, &mut out);
    }
    mask.finish(&mut out);
    out
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(&masked(&[text])).into_owned()
}

fn each_byte(text: &str, written: impl Fn(u8) -> String) -> String {
    text.bytes().map(written).collect()
}

fn each_character(text: &str, written: impl Fn(u32) -> String) -> String {
    text.chars().map(|c| written(c.into())).collect()
}

/// The text as programs write it.
fn spellings(text: &str) -> Vec<String> {
    let form: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let json = serde_json::to_string(text).expect("JSON");
    let json = json[1..json.len() - 1].to_owned();
    let mut all = vec![
        text.to_owned(),
        text.to_lowercase(),
        each_byte(text, |b| format!("%{b:02X}")),
        each_byte(text, |b| format!("%{b:02x}")),
        form.replace('%', "%25").replace('+', "%20"),
        form.replace('+', "%20"),
        each_character(text, |c| format!("\\u{c:04x}")),
        each_character(text, |c| format!("\\\\u{c:04X}")),
        each_character(text, |c| format!("\\u{{{c:x}}}")),
        each_character(text, |c| format!("\\U{c:08x}")),
        each_character(text, |c| format!("&#{c};")),
        each_character(text, |c| format!("&#x{c:X};")),
        each_byte(text, |b| format!("{b:02x}")),
        each_byte(text, |b| format!("{b:02X} ")),
        each_byte(text, |b| format!("{b:02x}:")),
        crate::scrub::escaped_xml(text),
        json.replace('!', "\\u0021"),
        json,
    ];
    if text.is_ascii() {
        all.push(each_character(text, |c| format!("\\x{c:02x}")));
        all.push(each_character(text, |c| format!("\\{c:03o}")));
        all.push(text.replace('!', "\\!"));
    }
    all
}

#[test]
fn a_session_and_what_logged_in_are_hidden_in_every_spelling() {
    for secret in [SESSION, SECRET] {
        for spelling in spellings(secret) {
            let text = format!("a={spelling}\nz");
            assert_eq!(
                shown(text.as_bytes()).replace(" \nz", "\nz").replace(":\nz", "\nz"),
                "a=[hidden]\nz",
                "{spelling}"
            );
        }
    }
    let (_, key) = SESSION.split_once('!').expect("a session");
    assert_eq!(shown(format!("00D {key}.").as_bytes()), "00D [hidden].");
    assert_eq!(shown(b"short is any word"), "short is any word");
}

#[test]
fn base64_hides_at_each_alignment_in_lines_and_for_addresses() {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    for secret in [SESSION, SECRET] {
        for before in ["", "a", "ab", "user:"] {
            let joined = format!("{before}{secret}:x");
            let plain = base64::Engine::encode(&STANDARD, &joined);
            let lines: Vec<_> = plain.as_bytes().chunks(76).map(String::from_utf8_lossy).collect();
            let texts = [
                plain.clone(),
                lines.join("\n"),
                lines.join("\r\n    "),
                lines.join("\\n"),
                plain.replace('+', "%2B").replace('/', "%2F"),
                base64::Engine::encode(&URL_SAFE_NO_PAD, &joined),
            ];
            for text in texts {
                let out = shown(text.as_bytes());
                assert!(out.contains("[hidden]") && out.len() < 40, "{text}: {out}");
            }
        }
    }
    let utf_16: Vec<u8> = format!("x{SESSION}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let out = shown(base64::Engine::encode(&STANDARD, &utf_16).as_bytes());
    assert!(out.contains("[hidden]") && out.len() < 24, "{out}");
    let out = shown(&utf_16);
    assert!(out.contains("[hidden]") && out.len() < 16, "{out}");
}

#[test]
fn a_cut_session_is_hidden_where_its_secret_part_begins_to_tell() {
    assert_eq!(shown(&SESSION.as_bytes()[..16]), "00DNR0000000002!");
    assert_eq!(shown(format!("{} …", &SESSION[..50]).as_bytes()), "[hidden] …");
    assert_eq!(shown(format!("{}…", &SESSION[..18]).as_bytes()), "00DNR0000000002!AQ…");
    // Cut by its end, nobody knows what would have come.
    assert_eq!(shown(&SESSION.as_bytes()[..20]), "[hidden]");
}

#[test]
fn a_question_shows_at_once_and_tells_nothing_of_a_secret() {
    let (mut mask, mut out) = (mask(), Vec::new());
    mask.push(b"Continue? [Y/n] ", &mut out);
    assert_eq!(out, b"Continue? [Y/n] ");
    out.clear();
    mask.push(b"How many of 100", &mut out);
    mask.pause(&mut out);
    assert_eq!(out, b"How many of 100");
    // What was shown counts as a beginning nevertheless.
    out.clear();
    mask.push(&SESSION.as_bytes()[2..30], &mut out);
    mask.pause(&mut out);
    assert_eq!(out, &SESSION.as_bytes()[2..16]);
    mask.pause(&mut out);
    assert_eq!(out, &SESSION.as_bytes()[2..16]);
    out.clear();
    mask.push(&SESSION.as_bytes()[30..], &mut out);
    mask.push(b" ok", &mut out);
    assert_eq!(out, b"[hidden] ok");
}

#[test]
fn bytes_that_are_no_text_pass_unchanged() {
    let all: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    assert_eq!(masked(&[&all]), all);
}

/// Linear, whatever is printed: so much of it takes a moment even in a debug build.
#[test]
fn nothing_that_is_printed_takes_long() {
    for piece in ["\\", "%25", "0 ", "00DNR0000000002!", "&#", "MDBETlIw", "\\n", "3030 ", "\u{0}0"]
    {
        let text = piece.repeat((1 << 16) / piece.len());
        let (mut mask, mut out) = (mask(), Vec::new());
        for chunk in text.as_bytes().chunks(4096) {
            mask.push(chunk, &mut out);
        }
        mask.finish(&mut out);
        assert_eq!(out, text.as_bytes(), "{piece}");
    }
}

proptest! {
    /// Wherever the writes of a program fall, the outcome is the same.
    #[test]
    fn writes_may_fall_anywhere(
        spelling in 0..spellings(SESSION).len(),
        cuts in proptest::collection::vec(0..900_usize, 0..12),
        pauses in proptest::collection::vec(any::<bool>(), 12),
    ) {
        let spelling = &spellings(SESSION)[spelling];
        let text = format!("before {spelling} between {spelling} after");
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(text.len())).collect();
        cuts.sort_unstable();
        cuts.push(text.len());
        let (mut mask, mut out, mut from) = (mask(), Vec::new(), 0);
        for (cut, pause) in cuts.into_iter().zip(pauses.into_iter().chain([false])) {
            mask.push(&text.as_bytes()[from..cut], &mut out);
            if pause {
                mask.pause(&mut out);
            }
            from = cut;
        }
        mask.finish(&mut out);
        let out = String::from_utf8(out).expect("text");
        let (_, key) = SESSION.split_once('!').expect("a session");
        prop_assert_eq!(out.matches("[hidden]").count(), 2, "{}", out);
        prop_assert!(!out.to_lowercase().contains(&key[..8].to_lowercase()), "{}", out);
        prop_assert!(out.starts_with("before ") && out.ends_with(" after"), "{}", out);
    }

    /// What is no secret comes out as it went in.
    #[test]
    fn other_output_is_unchanged(pieces in proptest::collection::vec(
        proptest::collection::vec(any::<u8>(), 0..200), 0..8,
    )) {
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        prop_assert_eq!(masked(&pieces), pieces.concat());
    }
}
