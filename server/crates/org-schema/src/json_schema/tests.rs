mod validator;

use super::*;
use validator::accepts;

const RULES: [&str; 2] = ["comment", "plaintext-secret"];

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn accepts_valid_org_files() {
    let files = [
        r#"{"name":"A","auth":{"type":"basic","username":"a@b.example","password":"${env:A}"}}"#,
        r#"{"$schema":"./org.schema.json","name":"Acme UAT","description":"","sandbox":true,
            "serverHost":"acme--uat.sandbox.my.salesforce.com","apiVersion":"64.0",
            "auth":{"type":"basic","username":"a@b.example","password":"x","securityToken":"y"}}"#,
        r#"{"name":"A","sandbox":false,"auth":{"type":"oauth2-client-credentials",
            "instanceUrl":"https://acme.my.salesforce.com","clientId":"3MVG9","clientSecret":"x"}}"#,
        r#"{"name":"A","serverHost":"127.0.0.1:8080","apiVersion":"7.0",
            "auth":{"clientSecret":"${keyring:a}","clientId":"c","instanceUrl":"HTTP://127.0.0.1:8080/",
            "type":"oauth2-client-credentials"}}"#,
        r#"{"name":"Ünïcode 🔑","apiVersion":"100.0",
            "auth":{"type":"basic","username":"u","password":"p"}}"#,
    ];
    for file in files {
        assert!(accepts(&org(), &read(file)), "{file}");
    }
}

#[test]
fn refuses_wrong_org_files() {
    let auth = r#""auth":{"type":"basic","username":"u","password":"p"}"#;
    let files = [
        "[]".to_owned(),
        "{}".to_owned(),
        format!("{{{auth}}}"),
        r#"{"name":"A"}"#.to_owned(),
        format!(r#"{{"name":"",{auth}}}"#),
        format!(r#"{{"name":"a/b",{auth}}}"#),
        format!(r#"{{"name":"a:b",{auth}}}"#),
        format!(r#"{{"name":1,{auth}}}"#),
        format!(r#"{{"name":"A","sandbox":"true",{auth}}}"#),
        format!(r#"{{"name":"A","apiVersion":"61",{auth}}}"#),
        format!(r#"{{"name":"A","apiVersion":61,{auth}}}"#),
        format!(r#"{{"name":"A","agentVersion":"12.9",{auth}}}"#),
        r#"{"name":"A","auth":{}}"#.to_owned(),
        r#"{"name":"A","auth":null}"#.to_owned(),
        r#"{"name":"A","auth":{"type":"basic","username":"u"}}"#.to_owned(),
        r#"{"name":"A","auth":{"type":"saml","username":"u","password":"p"}}"#.to_owned(),
        r#"{"name":"A","auth":{"type":"basic","username":"u","password":"p","clientId":"c"}}"#
            .to_owned(),
        r#"{"name":"A","auth":{"type":"oauth2-client-credentials","username":"u","password":"p"}}"#
            .to_owned(),
    ];
    for file in files {
        assert!(!accepts(&org(), &read(&file)), "{file}");
    }
}

#[test]
fn accepts_valid_project_files() {
    let files = [
        r#"{"apiVersion":"64.0"}"#,
        r#"{"$schema":"x","name":"Acme","apiVersion":"68.0","designStudioVersion":"11.63",
            "agentVersion":"12.10","rules":{"comment":"off","plaintext-secret":"error"}}"#,
        r#"{"apiVersion":"64.0","agentVersion":"next","rules":{}}"#,
    ];
    for file in files {
        assert!(accepts(&project(&RULES), &read(file)), "{file}");
    }
}

#[test]
fn refuses_wrong_project_files() {
    let files = [
        "{}",
        r#"{"apiVersion":64}"#,
        r#"{"apiVersion":"v64.0"}"#,
        r#"{"apiVersion":"64.0","sandbox":true}"#,
        r#"{"apiVersion":"64.0","agentVersion":12}"#,
        r#"{"apiVersion":"64.0","rules":{"no-such-rule":"off"}}"#,
        r#"{"apiVersion":"64.0","rules":{"comment":"fatal"}}"#,
        r#"{"apiVersion":"64.0","rules":[]}"#,
    ];
    for file in files {
        assert!(!accepts(&project(&RULES), &read(file)), "{file}");
    }
}

#[test]
fn keys_keep_the_order_of_the_tables() {
    let keys = |schema: &Value| -> Vec<String> {
        schema["properties"].as_object().map(|o| o.keys().cloned().collect()).unwrap_or_default()
    };
    let names = |object| -> Vec<String> {
        members::members(object).iter().map(|member| member.name.to_owned()).collect()
    };
    assert_eq!(keys(&org()), names(ObjectKind::Org));
    assert_eq!(keys(&project(&RULES)), names(ObjectKind::Project));
    let forms = &org()["properties"]["auth"]["oneOf"];
    assert_eq!(keys(&forms[0]), names(ObjectKind::OAuthAuth));
    assert_eq!(keys(&forms[1]), names(ObjectKind::BasicAuth));
    assert_eq!(keys(&project(&RULES)["properties"]["rules"]), RULES);
}

#[test]
fn documents_every_member() {
    for schema in [org(), project(&RULES)] {
        assert_eq!(schema["$schema"], DRAFT_07);
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        assert!(!properties.is_empty());
        for (name, property) in properties {
            for key in ["title", "description", "markdownDescription"] {
                assert!(
                    property[key].as_str().is_some_and(|text| !text.is_empty()),
                    "{name} {key}"
                );
            }
        }
    }
}

#[test]
fn offers_only_examples_that_can_be_inserted() {
    let forms = &org()["properties"]["auth"]["oneOf"];
    let username = &forms[1]["properties"]["username"]["examples"];
    assert_eq!(username, &json!(["integration@acme.example"]));
    for placeholder in ["instanceUrl", "clientId"] {
        assert!(forms[0]["properties"][placeholder]["examples"].is_null(), "{placeholder}");
    }
    for form in [&forms[0], &forms[1]] {
        assert!(form["properties"]["type"]["examples"].is_null());
        assert!(form["properties"]["type"]["const"].is_string());
    }
}

#[test]
fn offers_served_versions_newest_first() {
    let schema = project(&RULES);
    let examples: Vec<&str> = schema["properties"]["apiVersion"]["examples"]
        .as_array()
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    assert_eq!(examples.first(), Some(&"68.0"));
    assert_eq!(examples.last(), Some(&"31.0"));
    assert_eq!(examples.len(), 38);
}
