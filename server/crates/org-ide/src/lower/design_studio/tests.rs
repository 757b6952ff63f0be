use org_sources::design_studio::Entity;

use super::*;

fn text_of(items: &str, name: &str) -> String {
    format!(
        "<Entity type=\"SalesforceConnector\"><Header ID=\"c1\" Name=\"{name}\"/><Properties>{items}</Properties></Entity>"
    )
}

/// Each member as `name=value@what its place holds`.
fn shown(items: &str, name: &str) -> Vec<String> {
    let text = text_of(items, name);
    let org = OrgDef::of_entity(&Entity::read(&text));
    let auth = &org.auth;
    let fields = [&org.name, &org.sandbox, &org.server_host, &org.api_version, &auth.kind]
        .into_iter()
        .chain([&auth.username, &auth.password, &auth.security_token]);
    let shown = fields.flatten().map(|field| {
        let value = match &field.value {
            Some(Value::String(string)) => string.value.clone(),
            Some(other) => format!("{other:?}"),
            None => "-".to_owned(),
        };
        format!("{}={value}@{}", field.name, field.span().text(&text))
    });
    shown.collect()
}

#[test]
fn an_org_of_design_studio_is_an_org() {
    let items = "<Item key=\"api_version\" value=\"63.0\"/><Item enc=\"true\" key=\"password\" value=\"$00AA\"/>\
        <Item key=\"sandbox\" value=\"1\"/><Item key=\"server_host\" value=\"https://test.salesforce.com/\"/>\
        <Item enc=\"true\" key=\"user_name\" value=\"$00BB\"/><Item key=\"security_token\" value=\"\"/>";
    assert_eq!(
        shown(items, "jobs@initech.example.com"),
        [
            "name=jobs@initech.example.com@jobs@initech.example.com",
            "sandbox=Boolean(true)@1",
            "serverHost=test.salesforce.com@https://test.salesforce.com/",
            "apiVersion=63.0@63.0",
            "type=basic@password",
            "username=jobs@initech.example.com@jobs@initech.example.com",
            "password=Encrypted@$00AA",
            "securityToken=@\"\"",
        ]
    );
}

#[test]
fn variables_are_no_values() {
    let items = "<Item key='password' value='[pw]'/><Item key='security_token' value='a[b]c'/>\
        <Item key='sandbox' value='[is_sandbox]'/><Item key='server_host' value='https://[host]/'/>\
        <Item key='user_name' value='[user]@initech.example.com'/>";
    assert_eq!(
        shown(items, "[user]@initech.example.com")[1..],
        [
            "sandbox=Variable(\"[is_sandbox]\")@[is_sandbox]",
            "serverHost=Variable(\"https://[host]/\")@https://[host]/",
            "type=basic@password",
            "username=Variable(\"[user]@initech.example.com\")@[user]@initech.example.com",
            "password=Variable(\"[pw]\")@[pw]",
            "securityToken=a[b]c@a[b]c",
        ]
    );
}

#[test]
fn what_is_written_otherwise_stays_as_it_is() {
    let host = |written: &str| match server_host(written) {
        Value::String(string) => string.value,
        other => format!("{other:?}"),
    };
    for (written, expected) in [
        ("https://login.salesforce.com/", "login.salesforce.com"),
        ("HTTPS://Login.salesforce.com", "Login.salesforce.com"),
        ("login.salesforce.com", "login.salesforce.com"),
        ("http://login.salesforce.com/", "http://login.salesforce.com/"),
        ("https://login.salesforce.com:444/", "https://login.salesforce.com:444/"),
        ("https://a@login.salesforce.com/", "https://a@login.salesforce.com/"),
        ("", ""),
    ] {
        assert_eq!(host(written), expected);
    }
    assert_eq!(sandbox("yes"), Value::Invalid);
}

#[test]
fn an_org_without_a_password_is_not_called_basic() {
    let kind = |items: &str| OrgDef::of_entity(&Entity::read(&text_of(items, "n"))).auth_type();
    assert_eq!(kind("<Item key='password' value='x'/>"), Some(AuthType::Basic));
    assert_eq!(kind("<Item key='password' value=''/>"), Some(AuthType::Basic));
    assert_eq!(kind("<Item key='password' value=''/><Item key='new_key' value='x'/>"), None);
    assert_eq!(kind("<Item key='new_key' value='x'/>"), None);
    assert_eq!(kind(""), None);
}
