//! Where the texts come from.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::string::string_regex;

/// Org files and a project file as people keep them.
pub const VALID: [&str; 5] = [
    r#"{
  "name": "Acme production",
  "sandbox": false,
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com",
    "clientId": "",
    "clientSecret": "${env:ACME_PRODUCTION_CLIENT_SECRET}"
  }
}
"#,
    "\u{feff}{\r\n\t\"name\": \"Größe \\u00e9 🏢\",\r\n\t\"auth\": {\r\n\t\t\"type\": \"basic\",\r\n\t\t\
     \"username\": \"user@example.com\",\r\n\t\t\"password\": \"fake \\\"quoted\\\"\"\r\n\t}\r\n}\r\n",
    r#"{"name":"one line","apiVersion":"61.0","auth":{"type":"basic","username":"a","password":"b"}}"#,
    r#"{
  "apiVersion": "64.0",
  "rules": { "plaintext-secret": "off", "comment": "error" },
  "numbers": [0, -1.5e3, [], {}, [true, null]]
}"#,
    "[1, \"a\", {\"b\": [false]}]",
];

/// Any JSON value, written with any white space.
pub fn json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(vec!["true", "false", "null", "{}", "[]", "0", "-0", "61.0"])
            .prop_map(str::to_owned),
        number(),
        string(),
    ];
    let value = leaf.prop_recursive(4, 40, 5, |value| {
        let member = (space(), string(), space(), space(), value.clone(), space())
            .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"));
        let element = (space(), value, space())
            .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
        prop_oneof![
            prop::collection::vec(member, 1..5)
                .prop_map(|members| format!("{{{}}}", members.join(","))),
            prop::collection::vec(element, 1..5)
                .prop_map(|values| format!("[{}]", values.join(","))),
        ]
    });
    (space(), value, space()).prop_map(|(before, value, after)| format!("{before}{value}{after}"))
}

fn number() -> impl Strategy<Value = String> {
    string_regex("-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,4})?")
        .expect("a valid pattern")
}

/// A valid JSON string literal.
pub fn string() -> impl Strategy<Value = String> {
    let pattern = r#""([a-zé€🏢 /:,{}\[\]']|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4}){0,8}""#;
    string_regex(pattern).expect("a valid pattern")
}

fn space() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => string_regex("[ \t\r\n]{1,3}").expect("a valid pattern"),
    ]
}

/// Pieces that mean something to JSON or to people who write it.
pub fn pieces() -> impl Strategy<Value = &'static str> {
    select(vec![
        "{", "}", "[", "]", ":", ",", "\"", "'", "\\", "\\u", "\\u00e9", "\\ud800", "\\q", "/",
        "//", "/*", "*/", "#", "\n", "\r", "\r\n", " ", "\t", "\0", "\u{1f}", "\u{7f}", "0", "1",
        "-", "+", ".", "e", "E5", "01", "true", "false", "null", "True", "nul", "a", "é", "🏢",
        "\u{a0}", "\u{feff}", "\u{2028}", "“", "”", "‘", "’", ";", "=", "(", "\"a\"", "\"b\":",
        "{}", "[]", "```", "://",
    ])
}

/// Pieces in any order: mostly nonsense, at times JSON.
pub fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(pieces(), 0..24).prop_map(|pieces| pieces.concat())
}

/// Soup of few pieces, which is JSON often enough.
pub fn thin_soup() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "{", "}", "[", "]", ":", ",", "\"a\"", "1", "-", ".5", "e1", "null", " ", "\"",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// JSON in which something has been deleted, inserted or replaced, a few times over.
pub fn mutated() -> impl Strategy<Value = String> {
    let start = prop_oneof![json(), select(VALID.to_vec()).prop_map(str::to_owned)];
    let edits =
        prop::collection::vec((any::<Index>(), 0usize..4, prop::option::of(pieces())), 1..4);
    (start, edits).prop_map(|(mut text, edits)| {
        for (at, len, with) in edits {
            let boundary = |from: usize| {
                (from..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
            };
            let start = boundary(at.index(text.len() + 1));
            let end = boundary((start + len).min(text.len()));
            text.replace_range(start..end, with.unwrap_or(""));
        }
        text
    })
}

/// Any of them.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![json(), mutated(), soup(), any::<String>()]
}
