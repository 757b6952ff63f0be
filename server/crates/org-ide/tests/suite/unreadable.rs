//! Files that are not analysed.

use org_ide::{Context, Document, FileKind, MAX_FILE_BYTES, Severity, rules};

use crate::world::TODAY;

fn findings(document: &Document) -> Vec<(&'static str, Severity, String)> {
    let context = Context::alone("acme.sforg.json", TODAY);
    rules::check(document, &context)
        .into_iter()
        .map(|finding| {
            let marked = finding.span.text(document.text()).to_owned();
            (finding.rule.name, finding.severity, marked)
        })
        .collect()
}

#[test]
fn too_large_and_not_utf8() {
    for kind in [FileKind::Org, FileKind::Project] {
        let too_large = " ".repeat(MAX_FILE_BYTES + 1);
        let one = [("file-too-large", Severity::Information, String::new())];
        assert_eq!(findings(&Document::new(kind, too_large.clone())), one);
        assert_eq!(findings(&Document::from_bytes(kind, too_large.into())), one);

        let latin1 = b"{\n  \"name\": \"Z\xfcrich\"\n}\n".to_vec();
        let one = [("invalid-encoding", Severity::Error, "\u{fffd}".to_owned())];
        assert_eq!(findings(&Document::from_bytes(kind, latin1)), one);
    }
}

#[test]
fn a_file_of_exactly_1_mib_is_analysed() {
    let text = format!("{{}}{}", " ".repeat(MAX_FILE_BYTES - 2));
    let found = findings(&Document::new(FileKind::Project, text));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].0, "missing-member");
}

#[test]
fn a_byte_order_mark_is_accepted() {
    let text = "\u{feff}{ \"apiVersion\": \"68.0\" }";
    let document = Document::from_bytes(FileKind::Project, text.as_bytes().to_vec());
    assert_eq!(findings(&document), []);
}

#[test]
fn a_thousand_orgs_of_one_name_are_told_in_short() {
    let client_id = format!("3MVG9{}", "EXAMPLE.".repeat(10));
    let orgs: Vec<_> = (0..1000)
        .map(|number| {
            let text = format!(
                r#"{{ "name": "Acme", "apiVersion": "68.0", "auth": {{ "type": "oauth2-client-credentials",
                "instanceUrl": "https://acme{number}.my.salesforce.com", "clientId": "{client_id}", "clientSecret": "${{keyring:a}}" }} }}"#
            );
            (format!("org{number:04}.sforg.json"), text)
        })
        .collect();
    let files = orgs.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let world = crate::world::World::new(files);
    for (name, _) in &orgs {
        let findings = world.findings(name);
        assert_eq!(findings.len(), 1, "{name}");
        assert!(findings[0].message.contains("and 10 or more others have the same name"));
        assert_eq!(findings[0].related.len(), 10);
    }
}
