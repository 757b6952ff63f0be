//! No errors exactly where `serde_json` accepts the text.

use org_syntax::{NodeId, NodeKind, Parse, SyntaxErrorKind, Tree, decode_string, parse};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::texts;

fn serde_accepts(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

fn is_tolerable(kind: SyntaxErrorKind) -> bool {
    matches!(kind, SyntaxErrorKind::Comment | SyntaxErrorKind::TrailingComma)
}

/// `text` with a space for the byte order mark and for everything that is reported as a comment or
/// trailing comma.
fn without_tolerable(text: &str, parse: &Parse) -> String {
    let mut clean = text.to_owned();
    for error in parse.errors.iter().rev().filter(|error| is_tolerable(error.kind)) {
        clean.replace_range(error.span.range(), " ");
    }
    match clean.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => clean,
    }
}

fn assert_same(text: &str) {
    let parse = parse(text);
    let accepted = parse.errors.iter().all(|error| is_tolerable(error.kind));
    let clean = without_tolerable(text, &parse);
    assert_eq!(accepted, serde_accepts(&clean), "{text:?} / {clean:?}: {:?}", parse.errors);
}

/// The value that the tree of a text without errors stands for.
fn value(tree: &Tree, id: NodeId, text: &str) -> Value {
    let source = tree.span(id).text(text);
    match tree.kind(id) {
        NodeKind::Object => tree
            .members(id)
            .map(|member| {
                let of_member = member.value.expect("there are no errors");
                (tree.name(member, text).into_owned(), value(tree, of_member, text))
            })
            .collect::<serde_json::Map<_, _>>()
            .into(),
        NodeKind::Array => tree.children(id).map(|child| value(tree, child, text)).collect(),
        NodeKind::String => Value::String(decode_string(source).into_owned()),
        _ => serde_json::from_str(source).expect("there are no errors"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn json_has_no_errors(text in texts::json()) {
        prop_assert!(serde_accepts(&text), "the generator makes JSON");
        prop_assert_eq!(parse(&text).errors, []);
    }

    #[test]
    fn mutated_json_has_errors_where_serde_has(text in texts::mutated()) {
        assert_same(&text);
    }

    #[test]
    fn soup_has_errors_where_serde_has(text in texts::soup()) {
        assert_same(&text);
    }

    #[test]
    fn thin_soup_has_errors_where_serde_has(text in texts::thin_soup()) {
        assert_same(&text);
    }

    #[test]
    fn numbers_have_errors_where_serde_has(text in "[-+.eE0-9]{1,7}") {
        assert_same(&text);
    }

    #[test]
    fn strings_have_errors_where_serde_has(text in "\"[a\\\\\"ubD8/\u{0}\t\u{1f} \u{7f}é]{0,10}\"") {
        assert_same(&text);
    }

    #[test]
    fn the_tree_says_what_serde_reads(text in texts::json()) {
        // A lone surrogate or a number out of range is a matter of values, not of syntax.
        if let Ok(expected) = serde_json::from_str::<Value>(&text) {
            let tree = parse(&text).tree;
            let root = tree.root().expect("JSON is not empty");
            prop_assert_eq!(value(&tree, root, &text), expected);
        }
    }

    /// Comments wherever white space may stand and commas in front of closing brackets: reported
    /// one by one, and nothing else changes.
    #[test]
    fn comments_and_trailing_commas_change_nothing_else(
        clean in texts::json(),
        comments in prop::collection::vec((any::<Index>(), select(vec![
            "//\n", "// \"a\": {\r\n", "//x\r", "/**/", "/* \" \n } */", "/*/*/", "/***/",
        ])), 0..5),
        commas in prop::collection::vec(any::<Index>(), 0..3),
    ) {
        let Parse { tree, .. } = parse(&clean);
        let places: Vec<usize> = tree.tokens().iter().map(|token| token.span.end as usize).collect();
        let closers: Vec<usize> = tree
            .descendants()
            .filter(|&id| matches!(tree.kind(id), NodeKind::Object | NodeKind::Array))
            .filter(|&id| tree.children(id).next().is_some())
            .map(|id| tree.span(id).end as usize - 1)
            .collect();
        let mut inserts: Vec<(usize, &str, SyntaxErrorKind)> = comments
            .iter()
            .map(|(at, comment)| (places[at.index(places.len())], *comment, SyntaxErrorKind::Comment))
            .collect();
        if !closers.is_empty() {
            let mut commas: Vec<usize> = commas.iter().map(|at| closers[at.index(closers.len())]).collect();
            commas.sort_unstable();
            commas.dedup();
            inserts.extend(commas.into_iter().map(|at| (at, ",", SyntaxErrorKind::TrailingComma)));
        }
        inserts.sort_by_key(|insert| insert.0);
        let mut text = clean.clone();
        for (at, insert, _) in inserts.iter().rev() {
            text.insert_str(*at, insert);
        }
        let found: Vec<SyntaxErrorKind> = parse(&text).errors.iter().map(|error| error.kind).collect();
        let expected: Vec<SyntaxErrorKind> = inserts.iter().map(|insert| insert.2).collect();
        prop_assert_eq!(found, expected, "{}", text);
        let with = parse(&text).tree;
        let kinds = |tree: &Tree| tree.descendants().map(|id| tree.kind(id)).collect::<Vec<_>>();
        prop_assert_eq!(kinds(&with), kinds(&tree));
    }
}

/// All texts of up to five of the pieces that make up JSON: no luck involved.
#[test]
fn short_texts_have_errors_where_serde_has() {
    let pieces = ["{", "}", "[", "]", ":", ",", "\"a\"", "1", " ", "/**/", "\""];
    let mut texts = vec![String::new()];
    for _ in 0..5 {
        texts = texts
            .iter()
            .flat_map(|text| pieces.iter().map(move |piece| format!("{text}{piece}")))
            .chain([String::new()])
            .collect();
    }
    texts.iter().for_each(|text| assert_same(text));
}

#[test]
fn a_hundred_comments_hide_no_mistake() {
    let text = format!("{{{} \"a\": 01 }}", "/* note */".repeat(150));
    let errors = parse(&text).errors;
    assert_eq!(errors.len(), 100);
    assert_eq!(errors.last().map(|error| error.kind), Some(SyntaxErrorKind::InvalidNumber));
}
