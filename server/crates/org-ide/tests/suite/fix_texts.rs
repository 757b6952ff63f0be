//! The text after a quick fix, for fixes whose text says more than their title.

use org_ide::Edit;

use crate::world::World;

/// The text after the fix of that title, of the first finding that has one.
fn fixed(file: &str, text: &str, title: &str) -> Option<String> {
    let world = World::new([(file, text)]);
    let findings = world.findings(file);
    let mut fixes = findings.iter().flat_map(|finding| world.fixes(file, finding));
    let fix = fixes.find(|fix| fix.title == title)?;
    Some(Edit::apply_all(text, &fix.edits))
}

fn assert_fixed(title: &str, rows: &[(&str, &str)]) {
    for (before, after) in rows {
        let fixed = fixed("acme.sforg.json", before, title);
        assert_eq!(fixed.as_deref(), Some(*after), "{title}: {before}");
    }
}

#[test]
fn a_comment_leaves_neither_blanks_nor_joins_words() {
    assert_fixed(
        "Remove the comment",
        &[
            (r#"{ "sandbox": tr/**/ue }"#, r#"{ "sandbox": tr ue }"#),
            (r#"{ "name": /* x */ "A" }"#, r#"{ "name": "A" }"#),
            (r#"{ "name": /* x */"A" }"#, r#"{ "name": "A" }"#),
            (r#"{ "name":/* x */ "A" }"#, r#"{ "name": "A" }"#),
            (r#"{ "name"/* x */: "A" }"#, r#"{ "name": "A" }"#),
            ("\u{feff}// x\n{}\n", "\u{feff}{}\n"),
            ("{\n  // x\n  \"name\": \"A\" // y\n}\n", "{\n  \"name\": \"A\" // y\n}\n"),
            ("{\n  \"name\": \"A\" // y\n}\n", "{\n  \"name\": \"A\"\n}\n"),
        ],
    );
}

#[test]
fn the_type_is_the_one_that_the_members_have() {
    assert_fixed(
        "Add \"type\"",
        &[
            (
                r#"{ "auth": { "username": "" } }"#,
                r#"{ "auth": { "username": "", "type": "basic" } }"#,
            ),
            (
                r#"{ "auth": { "clientId": "" } }"#,
                r#"{ "auth": { "clientId": "", "type": "oauth2-client-credentials" } }"#,
            ),
        ],
    );
    assert_fixed(
        "Add all missing members",
        &[(
            r#"{ "name": "A", "auth": { "username": "" } }"#,
            r#"{ "name": "A", "auth": { "username": "", "type": "basic", "password": "" } }"#,
        )],
    );
}

#[test]
fn what_is_no_json_becomes_it() {
    for (title, before, after) in [
        ("Write a colon", r#"{"name"="A"}"#, r#"{"name":"A"}"#),
        ("Write a colon", r#"{"name";"A"}"#, r#"{"name":"A"}"#),
        ("Insert the missing colon", r#"{ "name" "A" }"#, r#"{ "name": "A" }"#),
        ("Remove it", r#"{ "name": "A",, "x": 1 }"#, r#"{ "name": "A", "x": 1 }"#),
        ("Use double quotes", "{ “name”: \"A\" }", r#"{ "name": "A" }"#),
        ("Put it in double quotes", r#"{ "name": .5 }"#, r#"{ "name": ".5" }"#),
        ("Put it in double quotes", r#"{ "name": 01 }"#, r#"{ "name": "01" }"#),
        ("Write it as an escape", "{ \"name\": \"a\tb\" }", r#"{ "name": "a\tb" }"#),
        ("Escape the backslash", r#"{ "name": "a\qb" }"#, r#"{ "name": "a\\qb" }"#),
        ("Escape the quotes inside", r#"{ "name": "a "b" c" }"#, r#"{ "name": "a \"b\" c" }"#),
        ("Insert the closing quote", "{ \"name\": \"A\n}", "{ \"name\": \"A\"\n}"),
        ("Insert the missing }", "{ \"name\": \"A\"\n", "{ \"name\": \"A\"}\n"),
        ("Insert the missing }", "{\n  \"name\": \"A\"\n", "{\n  \"name\": \"A\"\n}\n"),
        ("Insert the missing }", "{\r\n  \"name\": \"A\"", "{\r\n  \"name\": \"A\"\r\n}"),
        ("Remove the bracket", "{ \"name\": \"A\" }}", "{ \"name\": \"A\" }"),
        ("Remove what stands after the end", "{ \"name\": \"A\" } x\n", "{ \"name\": \"A\" } \n"),
        ("End the comment here", "{ /* x\n  \"name\": \"A\" }", "{ /* x */\n  \"name\": \"A\" }"),
        ("Remove the comment", "{ # x\n  \"name\": \"A\" }", "{\n  \"name\": \"A\" }"),
        ("Write }", r#"{ "auth": { "type": "basic" ] }"#, r#"{ "auth": { "type": "basic" } }"#),
        ("Change to true", r#"{ "sandbox": 1 }"#, r#"{ "sandbox": true }"#),
    ] {
        assert_fixed(title, &[(before, after)]);
    }
}
