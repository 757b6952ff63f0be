use super::*;

/// The text with `*` for every character that is not known to be harmless.
fn shown(kind: FileKind, text: &str) -> String {
    let document = Document::new(kind, text);
    let spans = harmless(&document);
    let is_shown = |at: u32| spans.iter().any(|span| span.contains(at));
    text.char_indices().map(|(at, c)| if is_shown(at as u32) { c } else { '*' }).collect()
}

#[test]
fn what_the_tables_know_is_shown() {
    for text in [
        r#"{ "name": "Acme", "sandbox": true, "apiVersion": "64.0", "auth": { "type": "basic" } }"#,
        r#"{ "auth": { "password": "${env:P}", "securityToken": "${keyring:t}", "username": "u@acme.example" } }"#,
        r#"{ "auth": { "instanceUrl": "https://acme.my.salesforce.com/", "clientSecret": "" } }"#,
        r#"{ "serverHost": "login.salesforce.com", }"#,
        "\u{feff}{}",
        "",
    ] {
        assert_eq!(shown(FileKind::Org, text), text);
    }
    let project =
        r#"{ "apiVersion": "64.0", "rules": { "comment": "off" }, "agentVersion": 12.9 }"#;
    assert_eq!(shown(FileKind::Project, project), project);
}

#[test]
fn nothing_else_is() {
    for (text, expected) in [
        (r#"{ "passwrod": "abc" }"#, r#"{ "********": "***" }"#),
        (r#"{ "auth": { "password": "a\"c" } }"#, r#"{ "auth": { "password": "****" } }"#),
        (r#"{ "auth": { "clientId": "abc" } }"#, r#"{ "auth": { "clientId": "***" } }"#),
        (r#"{ "description": "abc" }"#, r#"{ "description": "***" }"#),
        (r#"{ "password": "abc" }"#, r#"{ "password": "***" }"#),
        (r#"{ "name": ["abc", 1] }"#, r#"{ "name": ******* ** }"#),
        (r#"{ "x": {"name": "abc"} }"#, r#"{ "*": ******** ****** }"#),
        ("{ // abc\n }", "{ //****\n }"),
        ("{ /* a */ # b\n }", "{ /****** #**\n }"),
        (r#"{} abc { "name": "x" }"#, r#"{} *** * ******* *** *"#),
        (
            r#"{ "auth": { "instanceUrl": "https://a:b@c.d" } }"#,
            r#"{ "auth": { "instanceUrl": "***************" } }"#,
        ),
        (
            r#"{ "auth": { "instanceUrl": "https://c.d/?s" } }"#,
            r#"{ "auth": { "instanceUrl": "**************" } }"#,
        ),
        (r#"{ "name": "a, abc "b": 1 }"#, r#"{ "name": "****** "*": * }"#),
        (r#"{ "sandbox": abc }"#, r#"{ "sandbox": *** }"#),
        (r#"{ "password" "abc" }"#, r#"{ "password" "***" }"#),
        ("abc", "***"),
    ] {
        assert_eq!(shown(FileKind::Org, text), expected, "{text}");
    }
    let rules = r#"{ "rules": { "abc": "off", "comment": "abc" } }"#;
    assert_eq!(
        shown(FileKind::Project, rules),
        r#"{ "rules": { "***": "***", "comment": "***" } }"#
    );
}

#[test]
fn names_are_repeated_that_look_like_words() {
    for name in ["colour", "x-team", "x-é🏢", "fallbackHost", "x_12", "$comment", "a", "x001"] {
        assert!(looks_like_words(name), "{name}");
    }
    for secret in [
        "hunter2",
        "aB3xY9kQ",
        "QkXzRvTpLm",
        "ZQPCpigGbvHuqz",
        "ZQHydpXhCBtgqztype",
        "wkzrtbq",
        "QWRTZPSDF",
        "abcdefghijkl",
        "correct-horse-battery-staple",
        "p@ssword",
        "00D000000000001!AQ",
        "1b4e28ba-2fa1-11d2",
        "",
    ] {
        assert!(!looks_like_words(secret), "{secret}");
    }
}

#[test]
fn a_file_that_is_not_utf_8_shows_nothing() {
    let document = Document::from_bytes(FileKind::Org, b"{ \"name\": \"\xfc\" }".to_vec());
    assert_eq!(harmless(&document), []);
}
