use super::*;
use crate::document::FileKind;
use crate::test_context::in_context;

fn symbols_of(kind: FileKind, text: &str) -> Vec<Symbol> {
    let document = Document::new(kind, text);
    in_context(|context| document_symbols(&document, context))
}

/// A line for each symbol, indented as it is nested.
fn outline(kind: FileKind, text: &str) -> String {
    let mut lines = String::new();
    let mut open: Vec<(usize, Symbol)> =
        symbols_of(kind, text).into_iter().rev().map(|symbol| (0, symbol)).collect();
    while let Some((depth, symbol)) = open.pop() {
        assert!(symbol.span.start <= symbol.name_span.start, "{symbol:?}");
        assert!(symbol.name_span.end <= symbol.span.end, "{symbol:?}");
        assert!(!symbol.name.trim().is_empty());
        let detail = symbol.detail.map(|detail| format!(" = {detail}")).unwrap_or_default();
        let indent = "  ".repeat(depth);
        lines.push_str(&format!("{indent}{} ({:?}){detail}\n", symbol.name, symbol.kind));
        for child in symbol.children.into_iter().rev() {
            assert!(symbol.span.start <= child.span.start && child.span.end <= symbol.span.end);
            open.push((depth + 1, child));
        }
    }
    lines
}

#[test]
fn members_are_nested() {
    insta::assert_snapshot!(outline(FileKind::Org, r#"{
        "name": "Acme production",
        "description": "two\nlines",
        "sandbox": false,
        "auth": {
            "type": "oauth2-client-credentials",
            "instanceUrl": "https://acme.my.salesforce.com",
            "clientId": "3MVG9-fake",
            "clientSecret": "not-a-real-secret"
        }
    }"#), @"
    name (String) = Acme production
    description (String) = two␊lines
    sandbox (False) = false
    auth (Object) = oauth2-client-credentials
      type (String) = oauth2-client-credentials
      instanceUrl (String) = https://acme.my.salesforce.com
      clientId (String) = 3MVG9-fake
      clientSecret (String)
    ");
}

#[test]
fn a_project_shows_its_rules() {
    insta::assert_snapshot!(outline(FileKind::Project, r#"{
        "apiVersion": "64.0",
        "rules": { "plaintext-secret": "error", "comment": 1 }
    }"#), @"
    apiVersion (String) = 64.0
    rules (Object)
      plaintext-secret (String) = error
      comment (Number)
    ");
}

#[test]
fn no_secret_is_ever_shown() {
    for text in [
        r#"{"auth": {"type": "basic", "password": "SECRET", "securityToken": "SECRET"}}"#,
        r#"{"auth": {"password": "SECRET", "securityToken": "SECRET", "clientSecret": "SECRET"}}"#,
        r#"{"auth": {"type": "basic", "clientSecret": "SECRET", "passwrd": "SECRET"}}"#,
        r#"{"password": "SECRET", "auth": {"type": "basic", "password": ["SECRET", {"a": "SECRET"}]}}"#,
        r#"{"auth": {"type": "basic", "password": SECRET"#,
        r#"{"auth": "SECRET", "x": "SECRET"}"#,
    ] {
        let shown = outline(FileKind::Org, text);
        assert!(shown.contains("auth") && !shown.contains("SECRET"), "{shown}");
    }
}

#[test]
fn broken_files_have_symbols_too() {
    insta::assert_snapshot!(
        outline(FileKind::Org, "{ \"\": 1, \" \\n\": , : 2, \"li\\u0000st\": [1, {\"a\": []}], word: x, \"auth\": { \"type\": \"ba"),
        @r#"
        "" (Number)
         ␊ (Unknown)
        … (Number)
        li␀st (Array)
          0 (Number)
          1 (Object)
            a (Array)
        word (Unknown)
        auth (Object)
          type (String) = ba
        "#
    );
    assert_eq!(outline(FileKind::Org, "\"a\""), "");
    assert_eq!(outline(FileKind::Org, ""), "");
}

#[test]
fn names_lie_inside_wherever_a_file_breaks_off() {
    let text = r#"{ "a" : { "é" : [ 1, { 'b' : x } ] , c "d" , : 2 , 3 : { } , "" } , "e" : "f" }"#;
    for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
        let whole = outline(FileKind::Org, text).lines().count();
        assert!(outline(FileKind::Org, &text[..at]).lines().count() <= whole);
        outline(FileKind::Org, &text[at..]);
    }
}

#[test]
fn long_values_are_cut() {
    let text = format!("{{\"name\": \"{}\"}}", "é".repeat(300));
    let detail = symbols_of(FileKind::Org, &text)[0].detail.clone().expect("a detail");
    assert_eq!(detail, format!("{}…", "é".repeat(99)));
}

#[test]
fn nesting_and_number_have_a_limit() {
    let deep = "[".repeat(100_000);
    assert_eq!(outline(FileKind::Org, &deep).lines().count(), MAX_DEPTH);
    let many = format!("[{}]", "[1],".repeat(10_000));
    assert_eq!(outline(FileKind::Org, &many).lines().count(), MAX_SYMBOLS);
}
