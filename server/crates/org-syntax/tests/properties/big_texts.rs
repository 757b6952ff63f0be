//! Huge and hostile texts come to an end. Nothing here measures time; a parser that recurses or
//! looks back too far runs out of stack or of anyone's patience.

use org_syntax::{NodeKind, SyntaxErrorKind, decode_string, parse};

use crate::texts::VALID;

const BOMB: usize = 200_000;

#[test]
fn brackets_that_open_only() {
    for opener in ["[", "{", "{\"a\":", "[{", "{\n", "{\n \"a\": {\n"] {
        let parse = parse(&opener.repeat(BOMB));
        assert_eq!(parse.errors.len(), 100, "{opener}");
        assert!(parse.tree.descendants().count() >= BOMB, "{opener}");
    }
}

#[test]
fn brackets_that_close_only() {
    for closer in ["]", "}", "]}", "}\n"] {
        let parse = parse(&closer.repeat(BOMB));
        assert_eq!(parse.tree.root(), None);
        assert_eq!(parse.errors.len(), 1, "{closer}");
    }
}

#[test]
fn brackets_in_balance() {
    let text = "[".repeat(BOMB) + &"]".repeat(BOMB);
    let parse = parse(&text);
    assert_eq!(parse.errors, []);
    assert_eq!(parse.tree.descendants().count(), BOMB);
    let innermost = parse.tree.node_at(BOMB as u32).expect("in the middle");
    assert_eq!(parse.tree.ancestors(innermost).count(), BOMB - 1);
}

#[test]
fn brackets_that_never_fit() {
    let texts = [
        "{".repeat(BOMB) + &"]".repeat(BOMB),
        "[".repeat(BOMB) + &"}".repeat(BOMB),
        "[{".repeat(BOMB) + &"]}".repeat(BOMB),
        "{\"a\":[".repeat(BOMB) + &"}".repeat(BOMB),
        "[".repeat(BOMB) + &"\n}".repeat(BOMB),
        "{\"a\":\n".repeat(BOMB) + &"\n}".repeat(BOMB / 2),
        "[]}".repeat(BOMB),
        "{}]".repeat(BOMB),
    ];
    for text in texts {
        assert!(!parse(&text).errors.is_empty());
    }
}

#[test]
fn lines_that_look_ahead_and_back() {
    let lines = [
        "\"a\n",
        "\"a: \"b",
        "\"a, \"b\": ",
        "'",
        "“",
        "\"a\" b",
        "\"a\":",
        "\"a\"\n",
        "/",
        "/*/",
        "\"\\",
        "\"\\u",
        "a",
        ";",
        "=",
        "\0",
        "\u{a0}",
        ",",
        ":",
        "-",
        "1 ",
        "a b\n",
        "a:// ",
        "\" ,",
        "\"}",
        "{\"a\":\"}\n",
        "\"a\" /**/\n",
        "\"a\":\"b}]} \n",
        "\"x\n second\" ",
        "a\"",
        "(",
        ":(",
        "(:`=",
        "${",
        "\"a\"b ",
        "\"a\"b\"",
        "{\"a\":{}\n",
        "\"a\":{\"b\n",
        "[\"a\":1\n",
        "]",
        "}",
    ];
    for line in lines {
        for around in ["", "{", "[", "{\"a\":[", "{\"a\":", "{\n {\n  "] {
            let text = format!("{around}{}", line.repeat(BOMB / 20));
            let parse = parse(&text);
            assert!(parse.errors.len() <= 100);
            assert_eq!(
                parse.tree.tokens().iter().map(|token| token.span.len()).sum::<u32>(),
                text.len() as u32
            );
        }
    }
}

#[test]
fn a_file_of_ten_megabytes() {
    let one = VALID[0].trim();
    let count = 10_000_000 / one.len();
    let text = format!("[{}]", vec![one; count].join(",\n"));
    let parse = parse(&text);
    assert_eq!(parse.errors, []);
    let root = parse.tree.root().expect("an array");
    assert_eq!(parse.tree.children(root).count(), count);
    assert!(parse.tree.children(root).all(|org| parse.tree.members(org).count() == 3));
}

#[test]
fn a_string_of_a_megabyte() {
    let plain = format!("\"{}\"", "x".repeat(1 << 20));
    let escapes = format!("\"{}\"", "\\ud800".repeat(1 << 18));
    let open = format!("\"{}", "x, ".repeat(1 << 18));
    for (text, errors) in [(&plain, 0), (&escapes, 0), (&open, 1)] {
        let parse = parse(text);
        assert_eq!(parse.errors.len(), errors);
        assert_eq!(parse.tree.root().map(|root| parse.tree.kind(root)), Some(NodeKind::String));
    }
    assert_eq!(decode_string(&escapes).chars().count(), 1 << 18);
}

#[test]
fn errors_stop_at_a_hundred() {
    let parse = parse(&format!("[{}]", "01,".repeat(BOMB)));
    assert_eq!(parse.errors.len(), 100);
    assert!(parse.errors.iter().all(|error| error.kind == SyntaxErrorKind::InvalidNumber));
}
