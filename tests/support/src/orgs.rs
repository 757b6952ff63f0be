//! Texts of org files for tests.

/// An org on basic authentication: lines of two blanks, one member each.
pub fn basic_org(name: &str, extra: &[(&str, &str)]) -> String {
    let mut members = vec![("name", format!("{name:?}")), ("apiVersion", "\"61.0\"".to_owned())];
    members.extend(extra.iter().map(|(name, value)| (*name, (*value).to_owned())));
    let auth = r#"{
    "type": "basic",
    "username": "integration@acme.example.com",
    "password": "${env:ACME_PASSWORD}"
  }"#;
    members.push(("auth", auth.to_owned()));
    object(&members)
}

/// An org on OAuth 2.0 client credentials.
pub fn oauth_org(name: &str, instance_url: &str, client_id: &str, client_secret: &str) -> String {
    let auth = format!(
        r#"{{
    "type": "oauth2-client-credentials",
    "instanceUrl": "{instance_url}",
    "clientId": "{client_id}",
    "clientSecret": "{client_secret}"
  }}"#
    );
    object(&[("name", format!("{name:?}")), ("apiVersion", "\"61.0\"".to_owned()), ("auth", auth)])
}

fn object(members: &[(&str, String)]) -> String {
    let lines: Vec<String> =
        members.iter().map(|(name, value)| format!("  \"{name}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}
