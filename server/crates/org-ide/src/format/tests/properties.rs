//! What holds for any text.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Pieces that texts are made of, the ones that make trouble among them.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"a\"",
    "\"na me\"",
    "\"",
    "'",
    "“x”",
    "1",
    "-0.5e1",
    ".5",
    "true",
    "null",
    "word",
    "http://x",
    "\\",
    ";",
    "=",
    "// c\n",
    "// c ",
    "# c\n",
    "/* c */",
    "/* c\n d */",
    "/*",
    "*/",
    " ",
    "  ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\n\n",
    "\u{a0}",
    "\u{feff}",
    "🏢",
    "\"${env:A}\"",
    "\u{0}",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&PIECES[..]), 0..40).prop_map(|pieces| pieces.concat())
}

/// An org file, with pieces in it that are removed or put in.
fn damaged() -> impl Strategy<Value = String> {
    let org = "// head\n{ \"name\" :\"Acme\",\r\n\t\"sandbox\":true , \"auth\" :{\n\"type\": \"basic\", \
               /* who */ \"username\":\"a@b.example\" // x\n, \"list\":[1, {}, [] ]\n}\n }\n";
    let places: Vec<usize> = org.char_indices().map(|(at, _)| at).collect();
    let damage = (select(places), 0..4_usize, prop::option::of(select(&PIECES[..])));
    prop::collection::vec(damage, 0..4).prop_map(move |damages| {
        let mut text = org.to_owned();
        for (at, removed, put) in damages {
            let at = text.floor_char_boundary(at);
            let end = text.floor_char_boundary((at + removed).min(text.len()));
            text.replace_range(at..end.max(at), put.unwrap_or(""));
        }
        text
    })
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![soup(), damaged(), ".{0,40}"]
}

fn options() -> impl Strategy<Value = Options> {
    (0..9_u32, any::<bool>(), any::<bool>()).prop_map(
        |(tab_size, insert_spaces, insert_final_newline)| Options {
            tab_size,
            insert_spaces,
            insert_final_newline,
            trim_trailing_whitespace: false,
        },
    )
}

/// All tokens but white space, comments included, as they are written.
fn tokens(text: &str) -> Vec<(TokenKind, String)> {
    let parse = org_syntax::parse(text);
    tokens_of(&parse).map(|token| (token.kind, token.span.text(text).to_owned())).collect()
}

/// Edits are in order, apart, and touch nothing but white space.
fn check_edits(text: &str, edits: &[Edit]) -> Result<(), TestCaseError> {
    let mut last = 0;
    for edit in edits {
        let old = edit.span.text(text);
        prop_assert!(edit.span.start >= last && edit.span.start <= edit.span.end);
        prop_assert!(is_white_space(old) && is_white_space(&edit.text));
        prop_assert_ne!(old, edit.text.as_str());
        last = edit.span.end;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_token_changes_and_a_second_run_changes_nothing(text in texts(), options in options()) {
        let edits = document(&org(&text), &options);
        check_edits(&text, &edits)?;
        let formatted = Edit::apply_all(&text, &edits);
        prop_assert_eq!(tokens(&formatted), tokens(&text));
        prop_assert_eq!(document(&org(&formatted), &options), []);
    }

    #[test]
    fn trimming_takes_blanks_alone(text in texts(), options in options()) {
        let options = Options { trim_trailing_whitespace: true, ..options };
        let edits = document(&org(&text), &options);
        check_edits(&text, &edits)?;
        let formatted = Edit::apply_all(&text, &edits);
        let packed = |text: &str| text.replace([' ', '\t', '\n', '\r'], "");
        prop_assert_eq!(packed(&formatted), packed(&text));
        prop_assert_eq!(document(&org(&formatted), &options), []);
    }

    #[test]
    fn a_range_changes_its_own_lines_alone(
        text in texts(),
        options in options(),
        ends in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
    ) {
        let at = |index: prop::sample::Index| text.floor_char_boundary(index.index(text.len() + 1));
        let (one, other) = (at(ends.0) as u32, at(ends.1) as u32);
        let wanted = Span::new(one.min(other), one.max(other));
        let edits = range(&org(&text), wanted, &options);
        check_edits(&text, &edits)?;
        let lines = Span::new(line_start(&text, wanted.start), line_end(&text, wanted.end));
        for edit in &edits {
            prop_assert!(lines.start <= edit.span.start && edit.span.end <= lines.end);
        }
        prop_assert_eq!(tokens(&Edit::apply_all(&text, &edits)), tokens(&text));
    }

    #[test]
    fn the_range_of_everything_is_the_document(text in damaged(), options in options()) {
        // A range takes what is in front for its indentation, and inserts nothing at its ends.
        let options = Options { insert_final_newline: false, ..options };
        let text = text.trim_start_matches([' ', '\t', '\n', '\r', '\u{a0}', '\u{feff}']);
        let all = document(&org(text), &options);
        // Of a file that stays as it is, parts can be formatted all the same.
        if !all.is_empty() {
            prop_assert_eq!(range(&org(text), Span::new(0, text.len() as u32), &options), all);
        }
    }

    #[test]
    fn typing_changes_no_token(
        text in texts(),
        options in options(),
        at in any::<prop::sample::Index>(),
        typed in select(&TRIGGERS[..]),
    ) {
        let at = text.floor_char_boundary(at.index(text.len() + 1));
        let text = format!("{}{typed}{}", &text[..at], &text[at..]);
        let edits = on_type(&org(&text), at as u32 + 1, typed, &options);
        check_edits(&text, &edits)?;
        prop_assert_eq!(tokens(&Edit::apply_all(&text, &edits)), tokens(&text));
    }
}
