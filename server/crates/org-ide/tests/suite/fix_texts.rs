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
