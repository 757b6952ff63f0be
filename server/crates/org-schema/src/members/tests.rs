use super::ObjectKind::*;
use super::*;

const KINDS: [ObjectKind; 5] = [Org, BasicAuth, OAuthAuth, Project, Rules];

/// Names in order; `*` marks required ones, `!` secret ones.
fn outline(object: ObjectKind) -> Vec<String> {
    let mark = |yes: bool, mark: &'static str| if yes { mark } else { "" };
    members(object)
        .iter()
        .map(|m| format!("{}{}{}", m.name, mark(m.required, "*"), mark(m.secret, "!")))
        .collect()
}

#[test]
fn members_of_each_object() {
    assert_eq!(
        outline(Org),
        [
            "$schema",
            "name*",
            "description",
            "sandbox",
            "serverHost",
            "apiVersion",
            "designStudioOrg",
            "auth*"
        ]
    );
    assert_eq!(outline(BasicAuth), ["type*", "username*", "password*!", "securityToken!"]);
    assert_eq!(outline(OAuthAuth), ["type*", "instanceUrl*", "clientId*", "clientSecret*!"]);
    assert_eq!(
        outline(Project),
        [
            "$schema",
            "name",
            "apiVersion*",
            "designStudioVersion",
            "agentVersion",
            "designStudioProject",
            "rules"
        ]
    );
    assert_eq!(outline(Rules), [""; 0]);
}

#[test]
fn values_of_each_member() {
    let table = [
        (Org, "name", ValueKind::String),
        (Org, "sandbox", ValueKind::Boolean),
        (Org, "serverHost", ValueKind::HostName),
        (Org, "apiVersion", ValueKind::ApiVersion),
        (Org, "auth", ValueKind::Object),
        (Org, "$schema", ValueKind::Uri),
        (BasicAuth, "type", ValueKind::AuthType),
        (BasicAuth, "username", ValueKind::String),
        (BasicAuth, "securityToken", ValueKind::Secret),
        (OAuthAuth, "type", ValueKind::AuthType),
        (OAuthAuth, "instanceUrl", ValueKind::InstanceUrl),
        (OAuthAuth, "clientId", ValueKind::String),
        (OAuthAuth, "clientSecret", ValueKind::Secret),
        (Project, "apiVersion", ValueKind::ApiVersion),
        (Project, "agentVersion", ValueKind::ProductVersion),
        (Project, "designStudioVersion", ValueKind::ProductVersion),
        (Project, "rules", ValueKind::Object),
    ];
    for (object, name, value) in table {
        assert_eq!(find(object, name).map(|m| m.value), Some(value), "{name}");
    }
}

#[test]
fn names_are_exact() {
    for (object, name) in
        [(Org, "Name"), (Org, ""), (Org, "username"), (BasicAuth, "clientId"), (Rules, "comment")]
    {
        assert_eq!(find(object, name), None, "{name}");
    }
}

#[test]
fn every_member_is_documented_for_people() {
    for member in KINDS.iter().flat_map(|kind| members(*kind)) {
        let name = member.name;
        assert!(!member.title.is_empty(), "{name}");
        assert!(member.summary.ends_with('.') && member.summary.len() <= 90, "{name}");
        assert!(!member.summary.contains(['`', '*']), "{name}: the summary is plain text");
        assert!(member.doc.ends_with(['.', '`']), "{name}");
        for line in member.doc.lines() {
            assert_eq!(line.trim(), line, "{name}: {line:?}");
            assert!(!line.contains("  "), "{name}: {line:?}");
            assert!(line.matches('`').count() % 2 == 0, "{name}: {line:?}");
            assert!(line.matches('*').count() % 2 == 0, "{name}");
        }
        if member.secret {
            assert_eq!((member.value, member.placeholder), (ValueKind::Secret, ""), "{name}");
        }
    }
}

#[test]
fn advice_stands_where_it_is_needed() {
    let doc = |object, name| find(object, name).map_or("", |member| member.doc);
    for name in ["username", "password"] {
        assert!(doc(BasicAuth, name).contains("Multi-factor authentication"), "{name}");
    }
    assert!(doc(BasicAuth, "password").contains("without the security token"));
    assert!(doc(BasicAuth, "username").contains("Use Any API Auth"));
    assert!(doc(BasicAuth, "securityToken").contains("Reset My Security Token"));
    for name in ["clientId", "clientSecret"] {
        assert!(doc(OAuthAuth, name).contains("External Client App Manager"), "{name}");
    }
}

#[test]
fn auth_types_read_their_own_names() {
    for auth_type in AuthType::ALL {
        assert_eq!(AuthType::parse(auth_type.as_str()), Some(auth_type));
        assert!(auth_type.doc().ends_with('.'));
        assert!(find(auth_type.object_kind(), "type").is_some());
    }
    assert_eq!(AuthType::Basic.title(), "Basic authentication");
    assert_eq!(AuthType::OAuth2ClientCredentials.title(), "OAuth 2.0 client credentials");
    assert_eq!(AuthType::Basic.as_str(), "basic");
    assert_eq!(AuthType::OAuth2ClientCredentials.as_str(), "oauth2-client-credentials");
    for text in ["", "Basic", "oauth2", "oauth2-client-credentials "] {
        assert_eq!(AuthType::parse(text), None, "{text:?}");
    }
}
