//! Hover: what every member says, and what it never says.

use org_ide::{FileKind, LastLogin, LoginOutcome, hover};
use org_syntax::Span;

use crate::world::World;

const PROJECT: &str = r#"{
  "$schema": "./project.schema.json",
  "name": "Acme integrations",
  "apiVersion": "61.0",
  "designStudioVersion": "11.63",
  "agentVersion": "12.9",
  "rules": { "comment": "off", "no-such-rule": "off" }
}
"#;
const BASIC: &str = r#"{
  "$schema": "./org.schema.json",
  "name": "Acme UAT",
  "description": "x",
  "sandbox": true,
  "serverHost": "acme--uat.sandbox.my.salesforce.com",
  "apiVersion": "64.0",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example.uat",
    "password": "${env:ACME_UAT_PASSWORD}",
    "securityToken": "${keyring:Acme UAT/securityToken}"
  }
}
"#;
const OAUTH: &str = r#"{
  "name": "Acme",
  "sandbox": false,
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://ACME.my.salesforce.com/",
    "clientId": "3MVG9.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE",
    "clientSecret": "${env:NOBODY_HAS_THIS}"
  }
}
"#;

fn world() -> World {
    let files =
        [("sforg-project.json", PROJECT), ("basic.sforg.json", BASIC), ("oauth.sforg.json", OAUTH)];
    let mut world = World::new(files);
    world.environment.insert("ACME_UAT_PASSWORD".to_owned());
    world
}

fn hover_at(world: &World, file: &str, offset: usize) -> Option<hover::Hover> {
    world.ask(file, |document, context| hover::hover(document, context, offset as u32))
}

#[test]
fn every_member() {
    let world = world();
    let mut report = String::new();
    for file in ["sforg-project.json", "basic.sforg.json", "oauth.sforg.json"] {
        let text = world.text(file);
        let tree = org_syntax::parse(text).tree;
        for member in tree.descendants().filter_map(|id| tree.member(id)) {
            let key = tree.span(member.key);
            let hover = hover_at(&world, file, key.start as usize + 1);
            let said = hover.map_or("(nothing)".to_owned(), |hover| {
                assert_eq!(hover.span, key);
                hover.markdown.to_string()
            });
            report.push_str(&format!("# {file} {}\n{said}\n\n", key.text(text)));
        }
    }
    insta::assert_snapshot!(report);
}

#[test]
fn name_and_value_have_one_and_punctuation_has_none() {
    let world = world();
    let text = "  \"sandbox\": true,";
    let line = BASIC.find(text).expect("the line");
    let spans: Vec<_> = (0..=text.len())
        .map(|column| {
            let hover = hover_at(&world, "basic.sforg.json", line + column);
            hover.map_or("·".to_owned(), |hover| hover.span.text(BASIC)[..2].to_owned())
        })
        .collect();
    let name = vec!["\"s"; 10];
    let value = vec!["tr"; 5];
    let expected: Vec<_> = [vec!["·"; 2], name, vec!["·"; 1], value, vec!["·"; 1]].concat();
    assert_eq!(spans, expected);
}

#[test]
fn works_while_the_type_is_still_to_come() {
    let text = r#"{ "auth": { "password": "x", "clientId": "y" "#;
    let world = World::new([("acme.sforg.json", text)]);
    for (member, title) in [("password", "**Password**"), ("clientId", "**Client ID**")] {
        let at = text.find(member).expect("written");
        let hover = hover_at(&world, "acme.sforg.json", at).expect("a hover");
        assert!(hover.markdown.to_string().starts_with(title), "{}", hover.markdown);
    }
}

#[test]
fn tells_how_the_last_login_test_went() {
    let mut world = world();
    world.login = Some(LastLogin {
        short: String::new(),
        outcome: LoginOutcome::Failed,
        cause: "wrong-client-secret".to_owned(),
        summary: "Salesforce refused the client secret.".to_owned(),
        instructions: vec!["Copy it again.".to_owned(), "Test the login again.".to_owned()],
        member: Some("/auth/clientSecret".to_owned()),
        sandbox: None,
    });
    let status = "Last login test: Salesforce refused the client secret.\n1. Copy it again.\n2. Test the login again.";
    for (member, is_told) in [
        ("\"name\"", true),
        ("\"auth\"", true),
        ("\"clientSecret\"", true),
        ("\"clientId\"", false),
    ] {
        let at = OAUTH.find(member).expect("written") + 1;
        let hover = hover_at(&world, "oauth.sforg.json", at).expect("a hover");
        assert_eq!(
            hover.markdown.to_string().contains(status),
            is_told,
            "{member}: {}",
            hover.markdown
        );
    }
}

#[test]
fn tells_the_server_host_that_the_system_completes() {
    for (text, host) in [
        (r#"{"sandbox": true, "auth": {"type": "basic"}}"#, "`test.salesforce.com`, completed"),
        (r#"{"sandbox": false, "auth": {"type": "basic"}}"#, "`login.salesforce.com`, completed"),
        (
            r#"{"sandbox": false, "serverHost": "a.my.salesforce.com", "auth": {"type": "basic"}}"#,
            "`a.my.salesforce.com`.",
        ),
        (
            r#"{"sandbox": false, "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://a.my.salesforce.com"}}"#,
            "`a.my.salesforce.com`, completed",
        ),
    ] {
        let world = World::new([("acme.sforg.json", text)]);
        let hover = hover_at(&world, "acme.sforg.json", 3).expect("on sandbox");
        assert!(
            hover.markdown.to_string().contains(&format!("Server host: {host}")),
            "{}",
            hover.markdown
        );
    }
}

#[test]
fn never_panics_and_stands_on_character_boundaries() {
    let text = "{ \"nam\u{e9}\": \"🚀\", \"name\": 'Zu\u{308}rich 🚀, \"auth\": { \"type\": ";
    for kind in [FileKind::Org, FileKind::Project] {
        let file = if kind == FileKind::Org { "acme.sforg.json" } else { "sforg-project.json" };
        let world = World::new([(file, text)]);
        for offset in 0..text.len() + 3 {
            if let Some(hover) = hover_at(&world, file, offset) {
                let Span { start, end } = hover.span;
                assert!(text.get(start as usize..end as usize).is_some());
            }
        }
    }
}
