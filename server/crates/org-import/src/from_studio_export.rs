//! An export of Jitterbit's Integration Studio, as orgs.

use org_sources::studio_export::{Connection, StudioExport};

use crate::found::{
    FoundAuth, FoundHost, FoundOrg, FoundValue, FoundVersion, SandboxWords, Source, line_of,
};

const SANDBOX: SandboxWords = SandboxWords { yes: &["true", "1"], no: &["false", "0"] };

/// Brings the Salesforce connections of an export into one form. `text` is the export.
pub fn from_studio_export(label: String, text: &str, export: &StudioExport) -> Source {
    let mut orgs = Vec::new();
    let mut left_out = Vec::new();
    for connection in &export.connections {
        match found(text, connection) {
            Ok(org) => orgs.push(org),
            Err(why) => {
                let line = line_of(text, connection.span.start);
                left_out.push(format!("the connection in line {line} {why}"));
            }
        }
    }
    let broken = export.errors.first().map(|error| {
        format!(
            "line {} is no JSON; what was read before and behind it counts",
            line_of(text, error.span.start)
        )
    });
    left_out.extend(broken);
    Source { label, orgs, left_out, ..Source::default() }
}

fn found(text: &str, connection: &Connection) -> Result<FoundOrg, String> {
    let field = |name: &str| connection.value(name).map(|value| value.value.as_str());
    let value = |name: &str| field(name).map_or(FoundValue::Missing, FoundValue::of_jitterbit);
    let host = field("url").map_or(FoundHost::Missing, FoundHost::of);
    let name = connection.name.as_ref().map(|name| name.value.clone());
    let name = name.or_else(|| field("username").map(str::to_owned));
    Ok(FoundOrg {
        name: name.unwrap_or_default(),
        line: Some(line_of(text, connection.span.start)),
        design_studio_org: None,
        sandbox: SANDBOX.read(field("sandbox"))?,
        host,
        version: field("api_version").map_or(FoundVersion::Missing, FoundVersion::set),
        auth: FoundAuth::Basic {
            username: value("username"),
            password: value("password"),
            security_token: value("securityToken"),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_an_org() {
        let text = r#"{"project": {"components": [
            {"name": "Acme", "type": 600, "adapterId": "salesforce", "id": "1", "properties": [{"children": [
              {"name": "url", "value": "https://test.salesforce.com"}, {"name": "sandbox", "value": true},
              {"name": "username", "value": "[sf_username]"}, {"name": "password", "value": ""},
              {"name": "securityToken", "value": "[a]b"}, {"name": "api_version", "defaultValue": "64.0"}]}]}]}}"#;
        let export = StudioExport::read(text).expect("an export");
        let source = from_studio_export("e.json".to_owned(), text, &export);
        let [org] = source.orgs.as_slice() else { panic!("{source:?}") };
        assert_eq!((org.name.as_str(), org.sandbox, org.line), ("Acme", Some(true), Some(2)));
        assert_eq!(org.version.known().map(|it| it.to_string()).as_deref(), Some("64.0"));
        assert_eq!(
            format!("{:?}", org.auth),
            "Basic { username: Reference(${env:SF_USERNAME}), password: Missing, security_token: Hidden(Composed) }"
        );
    }

    #[test]
    fn a_sandbox_flag_that_is_none_is_not_guessed() {
        let text = r#"{"project": {"components": [{"name": "A", "type": 600, "adapterId": "salesforce",
            "properties": [{"name": "sandbox", "value": "perhaps"}]}]}}"#;
        let export = StudioExport::read(text).expect("an export");
        let source = from_studio_export("e.json".to_owned(), text, &export);
        assert!(source.orgs.is_empty());
        assert_eq!(
            source.left_out,
            ["the connection in line 1 is not imported: its \"sandbox\" is neither false nor true"]
        );
    }
}
