//! *Convert to OAuth 2.0 client credentials* on basic orgs in every layout.

use org_ide::assists::{Conversion, convert_to_oauth};
use org_ide::{Edit, FileKind};

use crate::clean::fixtures;
use crate::world::World;

/// The basic orgs among the fixtures, each in several layouts.
fn basic_orgs() -> Vec<(String, String)> {
    let layouts: [fn(&str) -> String; 5] = [
        str::to_owned,
        |text| text.replace('\n', "\r\n"),
        |text| text.replace("  ", "\t"),
        |text| text.lines().map(str::trim_start).collect(),
        |text| {
            let commented = text.replace(",\n", ", // kept \"auth\": {}\n");
            format!("\u{feff}/* kept */ {commented}// kept")
        },
    ];
    fixtures("clean")
        .into_iter()
        .filter(|(name, _)| name.starts_with("basic") && name.ends_with(".sforg.json"))
        .flat_map(|(name, text)| layouts.map(|layout| (name.clone(), layout(&text))))
        .collect()
}

fn convert(text: &str) -> Option<(String, Conversion)> {
    let world = World::new([("acme.sforg.json", text)]);
    let conversion = world.ask("acme.sforg.json", convert_to_oauth)?;
    Some((Edit::apply_all(text, &conversion.edits), conversion))
}

/// The text without the value of `auth`, and without `serverHost` and the comma that goes with it.
fn rest(text: &str) -> String {
    let tree = org_syntax::parse(text).tree;
    let root = tree.root().expect("an object");
    let mut rest = text.to_owned();
    let members: Vec<_> = tree.members(root).collect();
    for member in members.into_iter().rev() {
        match &*tree.name(member, text) {
            "auth" => {
                let value = member.value.expect("a value");
                rest.replace_range(tree.span(value).range(), "…");
            }
            "serverHost" => rest.replace_range(tree.span(member.id).range(), ""),
            _ => {}
        }
    }
    rest.chars().filter(|c| !c.is_whitespace() && *c != ',').collect()
}

#[test]
fn everything_but_auth_and_server_host_stays() {
    let orgs = basic_orgs();
    assert!(orgs.len() > 100);
    for (name, text) in orgs {
        let (after, conversion) = convert(&text).expect("a basic org");
        let place = format!("{name}\n{text}\n→\n{after}");
        assert_eq!(rest(&after), rest(&text), "{place}");
        assert!(!after.contains("\"serverHost\""), "{place}");
        let line_breaks =
            |text: &str| (text.contains("\r\n"), text.replace("\r\n", "").contains('\n'));
        assert_eq!(line_breaks(&after), line_breaks(&text), "{place}");
        let at = conversion.cursor.start as usize;
        assert_eq!(conversion.cursor.len(), 0, "{place}");
        assert_eq!(&after[at - 1..at + 1], "\"\"", "{place}");
        assert_eq!(convert(&after), None, "{place}");
    }
}

#[test]
fn what_is_left_to_enter_is_what_is_found() {
    for (name, text) in basic_orgs() {
        let (after, conversion) = convert(&text).expect("a basic org");
        let project = r#"{ "apiVersion": "68.0" }"#;
        let files = [("acme.sforg.json", after.as_str()), ("sforg-project.json", project)];
        let world = World::new(files);
        let findings = world.findings("acme.sforg.json");
        let found: Vec<_> = findings
            .iter()
            .filter(|finding| !["comment", "api-version-override"].contains(&finding.rule.name))
            .map(|finding| (finding.rule.name, finding.span.text(&after).to_owned()))
            .collect();
        let reference = format!("\"${{env:{}}}\"", conversion.secret_name);
        let empty = ("empty-value", "\"\"".to_owned());
        let missing = ("secret-not-found", reference);
        let knows_host = text.contains(".my.salesforce.") || text.contains(".MY.SALESFORCE.");
        let mut expected = vec![empty.clone(), missing];
        if !knows_host {
            expected.insert(0, empty);
        }
        assert_eq!(found, expected, "{name}\n{after}");
    }
}

#[test]
fn half_a_file_can_be_converted_too() {
    let whole =
        fixtures("clean").into_iter().find(|(name, _)| name == "basic/with-token.sforg.json");
    let (_, whole) = whole.expect("the fixture");
    for end in whole.find("\"basic\"").expect("written") + 7..whole.len() {
        let prefix = &whole[..end];
        let (after, conversion) = convert(prefix).expect("a basic org");
        assert!(after.contains("oauth2-client-credentials"), "{after}");
        assert!(!after.contains("username"), "{after}");
        assert!(after.is_char_boundary(conversion.cursor.start as usize));
    }
}

#[test]
fn a_project_file_is_none() {
    let world = World::new([("sforg-project.json", r#"{ "auth": { "type": "basic" } }"#)]);
    let kind = world.ask("sforg-project.json", |document, _| document.kind());
    assert_eq!(kind, FileKind::Project);
    assert!(world.ask("sforg-project.json", convert_to_oauth).is_none());
}
