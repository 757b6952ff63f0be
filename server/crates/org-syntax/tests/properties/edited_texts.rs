//! A text that is edited has the parse of a text that was written like this from the beginning.

use org_syntax::{Parse, Span, parse, reparse};
use org_text::Difference;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::texts::{VALID, json, pieces, text};

/// Reparses and compares with a parse of its own.
fn edited(old: &Parse, old_text: &str, text: &str) -> Parse {
    let parse = parse(text);
    let Difference { start, old_end, new_end } = Difference::between(old_text, text);
    let edit = Span::new(start as u32, old_end as u32);
    assert_eq!(reparse(old, text, edit, new_end as u32), parse, "{old_text:?} to {text:?}");
    parse
}

#[test]
fn every_insertion_and_deletion_is_as_if_it_had_been_there() {
    let commented = "{ // a\n \"b\": [1,], /* c */ \"d\": {\"e\": \"f\",},\n}\n// g";
    for old in VALID.into_iter().chain([commented]) {
        let parsed = parse(old);
        for (at, character) in old.char_indices() {
            let behind = &old[at + character.len_utf8()..];
            let mut edits = vec![format!("{}{behind}", &old[..at])];
            for inserted in
                ["\"", ",", " ", "\n", "a", "1", "/", "//", "*/", "\\", "é", "{", "]", "\0"]
            {
                edits.push(format!("{}{inserted}{}", &old[..at], &old[at..]));
                edits.push(format!("{}{inserted}{behind}", &old[..at]));
            }
            for new in edits {
                // There, and back again.
                let parsed_new = edited(&parsed, old, &new);
                edited(&parsed_new, &new, old);
            }
        }
    }
}

fn edit() -> impl Strategy<Value = (Index, usize, String)> {
    let with = prop_oneof![
        select(pieces_of_words()).prop_map(str::to_owned),
        pieces().prop_map(str::to_owned),
    ];
    (any::<Index>(), 0usize..4, with)
}

/// What leaves a word what it is, more often than not.
fn pieces_of_words() -> Vec<&'static str> {
    vec!["", "a", "b c", "é", "🏢", "1", "23", " ", "\n", "\r\n", "\t ", "/", "\\n", ".5", "{", ","]
}

/// What makes another item, or ends one.
const ITEMS: [&str; 18] = [
    "",
    "",
    "1",
    ",",
    ", 2",
    "null,",
    "\"a\": 1,",
    ", \"b\": [{}]",
    "{}",
    "[[], {\"c\": 0}],",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ":",
    "// x\n",
    "/* y */",
];

fn boundary(text: &str, from: usize) -> usize {
    (from..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn edits_one_after_the_other(
        start in prop_oneof![3 => json(), 1 => text(), 2 => select(VALID.to_vec()).prop_map(str::to_owned)],
        edits in prop::collection::vec(edit(), 1..8),
    ) {
        let mut old = start;
        let mut parsed = parse(&old);
        for (at, len, with) in edits {
            let from = boundary(&old, at.index(old.len() + 1));
            let to = boundary(&old, from + len);
            let mut new = old.clone();
            new.replace_range(from..to, &with);
            parsed = edited(&parsed, &old, &new);
            old = new;
        }
    }

    #[test]
    fn items_come_and_go_in_a_small_part(
        inside in prop_oneof![3 => json(), 1 => text()],
        edits in prop::collection::vec((any::<Index>(), 0usize..9, select(ITEMS.to_vec())), 1..8),
    ) {
        // So much is around it that it is parsed alone.
        let around = [VALID[0]; 4].join(",");
        let (before, behind) = (format!("[ // x\n{around}, ["), format!("], {around},]\n"));
        let mut old = format!("{before}{inside}{behind}");
        let mut parsed = parse(&old);
        for (at, len, with) in edits {
            let end = old.len() - behind.len();
            let from = boundary(&old, before.len() + at.index(end + 1 - before.len()));
            let to = boundary(&old, (from + len).min(end).max(from));
            let mut new = old.clone();
            new.replace_range(from..to, with);
            parsed = edited(&parsed, &old, &new);
            old = new;
        }
    }

    #[test]
    fn any_text_after_any_other(old in text(), new in text()) {
        edited(&parse(&old), &old, &new);
    }
}
