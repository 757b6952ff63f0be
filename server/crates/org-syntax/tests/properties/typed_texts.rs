//! Org files on the way: cut short, with a character missing, with one too many.

use org_syntax::{NodeKind, SyntaxErrorKind, parse};

use crate::invariants::assert_sound;
use crate::texts::VALID;

#[test]
fn the_samples_have_no_errors() {
    for text in VALID {
        assert_eq!(parse(text).errors, [], "{text}");
    }
}

#[test]
fn every_beginning_parses() {
    for text in VALID {
        for (end, _) in text.char_indices() {
            let parse = assert_sound(&text[..end]);
            assert!(!parse.errors.is_empty() || text[end..].trim().is_empty(), "{}", &text[..end]);
        }
    }
}

#[test]
fn every_deletion_of_a_character_parses() {
    for text in VALID {
        for (at, character) in text.char_indices() {
            assert_sound(&format!("{}{}", &text[..at], &text[at + character.len_utf8()..]));
        }
    }
}

#[test]
fn every_insertion_of_a_character_parses() {
    for text in VALID {
        for (at, _) in text.char_indices() {
            for inserted in
                ["{", "}", "[", "]", ":", ",", "\"", "'", "/", "/*", "\n", "\\", "a", "1"]
            {
                assert_sound(&format!("{}{inserted}{}", &text[..at], &text[at..]));
            }
        }
    }
}

/// While the value of one member is typed, character by character, with nothing behind it on its
/// line, all other members stay where they are.
#[test]
fn the_members_around_stay_while_one_is_typed() {
    let typed = r#""description": "half {done}, [or] so:""#;
    for (end, _) in typed.char_indices().skip(1) {
        let text = format!(
            "{{\n  \"name\": \"Acme\",\n  {}\n  \"sandbox\": true,\n  \"auth\": {{ \"type\": \"basic\" }}\n}}",
            &typed[..end]
        );
        let parse = assert_sound(&text);
        let root = parse.tree.root().expect("there is an object");
        let names: Vec<_> =
            parse.tree.members(root).map(|member| parse.tree.name(member, &text)).collect();
        assert_eq!(names.len(), 4, "{text}");
        assert_eq!((&*names[0], &*names[2], &*names[3]), ("name", "sandbox", "auth"), "{text}");
        let auth = parse.tree.members(root).last().and_then(|auth| auth.value);
        assert_eq!(auth.map(|auth| parse.tree.kind(auth)), Some(NodeKind::Object));
        assert_eq!(parse.errors.len(), 1, "one mistake: {text}\n{:?}", parse.errors);
    }
}

/// One character too few is one mistake; the few places where it is honestly two are counted, so
/// that a change that makes them more is seen.
#[test]
fn a_missing_character_is_hardly_ever_more_than_one_error() {
    let mut counts = [0; 4];
    for text in VALID {
        for (at, character) in text.char_indices() {
            let broken = format!("{}{}", &text[..at], &text[at + character.len_utf8()..]);
            let errors = parse(&broken).errors;
            let faults = errors.iter().filter(|error| error.kind != SyntaxErrorKind::TrailingComma);
            counts[faults.count().min(3)] += 1;
        }
    }
    insta::assert_debug_snapshot!(counts, @"
    [
        442,
        180,
        7,
        5,
    ]
    ");
}
