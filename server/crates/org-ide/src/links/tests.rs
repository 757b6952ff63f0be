use super::*;
use crate::document::FileKind;
use crate::test_context::in_context;

fn shown(kind: FileKind, text: &str) -> String {
    let document = Document::new(kind, text);
    let links = in_context(|context| links(&document, context));
    links
        .iter()
        .map(|link| format!("{} -> {} ({})\n", link.span.text(text), link.target, link.tooltip))
        .collect()
}

#[test]
fn addresses_of_an_org_are_links() {
    insta::assert_snapshot!(shown(
        FileKind::Org,
        r#"{"$schema": "../org.schema.json", "apiVersion": "64.0",
            "auth": {"type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com"}}"#
    ), @"
    ../org.schema.json -> ../org.schema.json (Open the JSON Schema)
    https://acme.my.salesforce.com -> https://acme.my.salesforce.com (Open the org)
    ");
}

#[test]
fn what_is_no_plain_address_is_no_link() {
    for url in [
        "",
        "acme.my.salesforce.com",
        "http://acme.my.salesforce.com",
        "https://",
        "https://user:secret@acme.my.salesforce.com",
        "https://acme my.salesforce.com",
        "é",
        "httpsé//",
    ] {
        let text = format!("{{\"auth\": {{\"instanceUrl\": \"{url}\"}}}}");
        assert_eq!(shown(FileKind::Org, &text), "", "{url}");
    }
    assert_eq!(
        shown(FileKind::Org, r#"{"description": "https://example.com", "$schema": " "}"#),
        ""
    );
}

#[test]
fn rules_lead_to_their_documentation() {
    insta::assert_snapshot!(shown(
        FileKind::Project,
        r#"{"apiVersion": "64.0", "rules": {"plaintext-secret": "off", "unheard-of": "off"}}"#
    ), @"plaintext-secret -> https://github.com/sforg/sforg/blob/main/server/docs/rules.md#plaintext-secret (Documentation of the rule)");
}

#[test]
fn versions_on_their_way_out_lead_to_salesforce() {
    insta::assert_snapshot!(shown(
        FileKind::Project,
        r#"{"rules": {"comment": "off"}, "apiVersion": "33.0"}"#
    ), @"
    comment -> https://github.com/sforg/sforg/blob/main/server/docs/rules.md#comment (Documentation of the rule)
    33.0 -> https://developer.salesforce.com/docs/platform/api/guide/api-eol-soap.html (Salesforce's retirement of API versions)
    ");
}
