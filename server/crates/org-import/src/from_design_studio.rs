//! A Design Studio project, as orgs.

use std::collections::HashMap;

use org_schema::{invisible, value_shapes};
use org_sources::design_studio::{Entity, Item, Org, Project, ProjectFile, guid_key};
use org_text::Foreign;

use crate::found::{
    AppState, DesignStudio, FoundAuth, FoundHost, FoundOrg, FoundValue, FoundVersion, Hidden,
    SandboxWords, Source,
};

/// What every org of the time before OAuth 2.0 has; a key beyond these may be OAuth's.
const KNOWN_KEYS: [&str; 8] = [
    "api_version",
    "password",
    "salesforceconnector_id",
    "sandbox",
    "security_token",
    "server_host",
    "status",
    "user_name",
];

const SANDBOX: SandboxWords = SandboxWords { yes: &["1"], no: &["0"] };

/// Brings the orgs of a project into one form. `link` is where it is, seen from the project file that
/// will be.
pub fn from_design_studio(label: String, project: &Project, link: Option<String>) -> Source {
    let unreadable = project.unreadable.iter().filter(|file| may_hold_orgs(&file.path));
    let mut left_out: Vec<String> =
        unreadable.map(|file| format!("{} is not read: {}", file.path, file.why)).collect();
    left_out.extend(not_read(project));
    let mut orgs = Vec::new();
    let mut files_by_guid = HashMap::new();
    for org in &project.orgs {
        let read = found(org).and_then(|found| {
            match files_by_guid.insert(found.design_studio_org.as_deref().map(guid_key), &org.path)
            {
                None => Ok(found),
                Some(other) => Err(format!("is not imported: {other} has the same ID")),
            }
        });
        match read {
            Ok(found) => orgs.push(found),
            Err(why) => left_out.push(format!("{} {why}", org.path)),
        }
    }
    let name = project.xml.name.as_ref().map(|name| name.value.clone());
    let name = name.filter(|name| !name.trim().is_empty());
    let design_studio = DesignStudio { name, version: project.version.clone(), link };
    Source { label, orgs, left_out, design_studio: Some(design_studio), ..Source::default() }
}

/// Whether something is missing in an import when this file of a project cannot be read. What uses an org is
/// not imported.
pub fn may_hold_orgs(path: &str) -> bool {
    !matches!(ProjectFile::of_path(path), Some(ProjectFile::Operation | ProjectFile::WizardResult))
}

/// A `project.xml` that is broken, orgs that it lists and that have no file, and folders that are not looked into.
fn not_read(project: &Project) -> Vec<String> {
    let broken = project.xml.errors.first().map(|error| {
        format!("{} is broken, and may list more orgs: {}", ProjectFile::PROJECT_XML, error.kind)
    });
    let missing = project.org_files.missing(&project.xml).map(|entity| {
        let name = entity.name.as_ref().unwrap_or(&entity.id);
        format!(
            "\"{}\" is not imported: project.xml lists it, and its file Data/SalesforceConnector/{}.xml is missing",
            Foreign(&name.value),
            Foreign(&entity.id.value)
        )
    });
    let nested = project.org_files.folders().map(|folder| {
        format!("Data/SalesforceConnector/{}/ is not read: Design Studio keeps each org directly in SalesforceConnector", Foreign(folder))
    });
    broken.into_iter().chain(missing).chain(nested).collect()
}

fn found(org: &Org) -> Result<FoundOrg, String> {
    let entity = &org.entity;
    if let Some(error) = entity.errors.first() {
        return Err(format!("is broken, and not imported: {}", error.kind));
    }
    if !entity.is_entity {
        return Err("is not imported: it is no entity of Design Studio".to_owned());
    }
    if let Some(kind) = entity.other_kind() {
        let kind = Foreign(&kind.value);
        return Err(format!("is not imported: it is no Salesforce org (its type is \"{kind}\")"));
    }
    let Some(guid) = entity.guid() else {
        return Err("is not imported: it has no ID".to_owned());
    };
    let name = entity.header.name.as_ref().map_or("", |name| name.value.as_str());
    let text = |key: &str| entity.value(key).map(|value| value.value.as_str());
    let host = text("server_host").map_or(FoundHost::Missing, FoundHost::of);
    let auth = auth(entity, name);
    let name = if name.trim().is_empty() { host.host().unwrap_or("Org") } else { name };
    let name = name.to_owned();
    let sandbox = SANDBOX.read(text("sandbox"))?;
    Ok(FoundOrg {
        name,
        line: None,
        design_studio_org: Some(guid.to_owned()),
        sandbox,
        host,
        version: text("api_version").map_or(FoundVersion::Missing, FoundVersion::set),
        auth,
    })
}

fn auth(entity: &Entity, name: &str) -> FoundAuth {
    let has_more = entity.items.iter().any(|it| !KNOWN_KEYS.contains(&it.key.value.as_str()));
    if has_more && entity.item("password").is_none() {
        // How Design Studio stores OAuth 2.0 is not known; that it is not basic is.
        return FoundAuth::ClientCredentials {
            client_id: FoundValue::Hidden(Hidden::Encrypted),
            client_secret: FoundValue::Hidden(Hidden::Encrypted),
            username: None,
            app: AppState::Ready,
        };
    }
    FoundAuth::Basic {
        username: username(entity, name),
        password: value(entity.item("password")),
        security_token: value(entity.item("security_token")),
    }
}

/// Design Studio names an org after its user, so the name tells what is encrypted.
fn username(entity: &Entity, name: &str) -> FoundValue {
    match value(entity.item("user_name")) {
        FoundValue::Hidden(_) | FoundValue::Missing => {}
        told => return told,
    }
    let by_name = FoundValue::of_jitterbit(name);
    let is_user = !value_shapes::username_cannot_be_right(invisible::trim(name));
    match by_name {
        FoundValue::Literal { .. } if !is_user => FoundValue::Hidden(Hidden::Encrypted),
        by_name => by_name,
    }
}

fn value(item: Option<&Item>) -> FoundValue {
    let Some(item) = item else { return FoundValue::Missing };
    match &item.value {
        Some(value) if item.is_encrypted && !value.value.is_empty() => {
            FoundValue::Hidden(Hidden::Encrypted)
        }
        Some(value) => FoundValue::of_jitterbit(&value.value),
        None => FoundValue::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(items: &str, name: &str) -> String {
        let text = format!(
            "<Entity type=\"SalesforceConnector\"><Header ID=\"g-1\" Name=\"{name}\"/><Properties>{items}</Properties></Entity>"
        );
        let files = [
            ("project.xml".to_owned(), b"<Project name=\"P\" projectId=\"1\"/>".to_vec()),
            ("Data/SalesforceConnector/g-1.xml".to_owned(), text.into_bytes()),
        ];
        let source = from_design_studio("P".to_owned(), &Project::read(files), None);
        match source.orgs.as_slice() {
            [org] => format!("{:?} {:?} {:?} {:?}", org.sandbox, org.host, org.version, org.auth),
            _ => source.left_out.join("\n"),
        }
    }

    #[test]
    fn what_is_encrypted_is_not_told_and_the_name_tells_the_user() {
        let items = r#"<Item enc="true" key="user_name" value="$00x"/><Item key="password" enc="true" value="$00x"/>
            <Item key="security_token" enc="true" value=""/><Item key="sandbox" value="1"/>
            <Item key="server_host" value="https://test.salesforce.com/"/><Item key="api_version" value="63.0"/>"#;
        for (name, user) in [
            ("u@acme.example", "Literal"),
            ("[sf_user]", "Reference(${env:SF_USER})"),
            ("[a].[b]@acme.example", "Hidden(Composed)"),
            ("Acme", "Hidden(Encrypted)"),
        ] {
            let expected = format!(
                "Some(true) Host(\"test.salesforce.com\") Set(ApiVersion(63)) Basic {{ username: {user}, password: Hidden(Encrypted), security_token: Missing }}"
            );
            assert_eq!(shown(items, name), expected);
        }
    }

    #[test]
    fn variables_and_plain_texts_are_told_apart() {
        let items =
            r#"<Item key="user_name" value="[user]"/><Item key="password" value="NOTREAL"/>"#;
        let told = shown(items, "Acme");
        assert!(told.contains("username: Reference(${env:USER}), password: Literal"), "{told}");
        assert!(!told.contains("NOTREAL"), "{told}");
    }

    #[test]
    fn keys_that_nobody_knows_are_oauth_and_never_guessed() {
        let told = shown(r#"<Item key="oauth" value="1"/>"#, "Acme");
        assert!(told.contains("client_id: Hidden(Encrypted)"), "{told}");
    }

    #[test]
    fn what_is_broken_is_said() {
        assert!(shown(r#"<Item key="sandbox" value="maybe"/>"#, "A").contains("neither 0 nor 1"));
        assert!(shown(r#"<Item key="sandbox" value="[uat]"/>"#, "A").contains("a variable"));
        assert!(shown("<Item", "A").contains("is broken, and not imported"));
    }

    #[test]
    fn what_cannot_be_imported_is_left_out_and_what_is_not_needed_is_not() {
        let org = |id: &str| {
            format!("<Entity type='SalesforceConnector'><Header ID='{id}' Name='A'/></Entity>")
        };
        let utf16 = b"\xff\xfe<\0".to_vec();
        let files = [
            ("project.xml".to_owned(), b"<Project name='P'>".to_vec()),
            ("Data/SalesforceConnector/a.xml".to_owned(), org("g-1").into_bytes()),
            ("Data/SalesforceConnector/b.xml".to_owned(), org("G-1").into_bytes()),
            ("Data/SalesforceConnector/c.xml".to_owned(), utf16.clone()),
            ("Data/Operation/o.xml".to_owned(), utf16.clone()),
            ("Data/SalesforceQuery/q.xml".to_owned(), utf16),
        ];
        let source = from_design_studio("P".to_owned(), &Project::read(files), None);
        assert_eq!(source.orgs.len(), 1);
        assert_eq!(
            source.left_out,
            [
                "Data/SalesforceConnector/c.xml is not read: it is UTF-16; save it as UTF-8, as Design Studio does",
                "project.xml is broken, and may list more orgs: The closing tag of this element is missing: the file is damaged or was cut off.",
                "Data/SalesforceConnector/b.xml is not imported: Data/SalesforceConnector/a.xml has the same ID",
            ]
        );
    }
}
