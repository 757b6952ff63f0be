//! The external client app that an org on basic authentication needs for OAuth 2.0 client credentials, as
//! metadata that the Salesforce CLI deploys.
//!
//! Source: Salesforce's Metadata API Developer Guide (ExternalClientApplication, ExtlClntAppOauthSettings,
//! ExtlClntAppGlobalOauthSettings, ExtlClntAppOauthConfigurablePolicies; the flow since API version 60.0).
//! That PKCE must be off for this flow: `docs/domain.md`, OAuth 2.0 client credentials.

use std::collections::BTreeSet;

use org_schema::foreign_ref;
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretValue};
use org_schema::value_shapes::username_cannot_be_right;

use super::convert_to_oauth::environment_name;
use crate::document::Document;
use crate::lower::{Field, OrgDef};

/// An app, and the files that make it. None of them has a secret in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalClientApp {
    /// Its developer name: letters, digits and single `_`.
    pub name: String,
    /// Whom the app logs in as, when the org file says it.
    pub run_as: Option<String>,
    /// The files, each in the folder of its metadata type.
    pub files: Vec<MetadataFile>,
}

/// A file of metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MetadataFile {
    /// The folder of its type.
    pub folder: &'static str,
    /// Its name.
    pub name: String,
    /// Its XML.
    pub text: String,
}

/// The folder whose files hold the consumer key and secret once they are retrieved from an org.
pub const FOLDER_WITH_SECRETS: &str = "extlClntAppGlobalOauthSets";

/// The app for an org; `None` when the org is not on basic authentication. `contact` is the e-mail address
/// of whoever answers for it; `taken` are names of other apps.
pub fn external_client_app(
    document: &Document,
    contact: &str,
    taken: &BTreeSet<String>,
) -> Option<ExternalClientApp> {
    let org = document.org()?;
    if org.auth_type()? != AuthType::Basic {
        return None;
    }
    let org_name = org.display_name().unwrap_or("Salesforce");
    let name = developer_name(org_name, taken);
    let run_as = user(org);
    let label: String = org_name.chars().filter(|c| !c.is_control()).take(LONGEST_LABEL).collect();
    let files = [
        application(&name, &label, contact),
        settings(&name, &label),
        global_settings(&name, &label),
        policies(&name, &label, run_as.as_deref()),
    ];
    Some(ExternalClientApp { name, run_as, files: files.into() })
}

/// The user name, when it stands in the file.
fn user(org: &OrgDef) -> Option<String> {
    let written = org.auth.username.as_ref().and_then(Field::str)?.trim();
    let is_literal = matches!(secret_ref::parse(written), SecretValue::Literal(_));
    let is_user = is_literal && !foreign_ref::is_any(written) && !username_cannot_be_right(written);
    is_user.then(|| written.to_owned())
}

/// Salesforce takes 40 characters for a developer name of most kinds.
const LONGEST_NAME: usize = 36;
const LONGEST_LABEL: usize = 60;

fn developer_name(org_name: &str, taken: &BTreeSet<String>) -> String {
    let words = environment_name(org_name, "APP");
    let mut base = String::new();
    for word in words.split('_').filter(|word| !word.is_empty()) {
        if base.len() + word.len() < LONGEST_NAME {
            base.push_str(if base.is_empty() { "" } else { "_" });
            base.push_str(word);
        }
    }
    if base.is_empty() {
        base = words.chars().take(LONGEST_NAME).collect();
    }
    let names = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}_{number}")));
    names.into_iter().find(|name| !taken.contains(name)).unwrap_or(base)
}

fn application(name: &str, label: &str, contact: &str) -> MetadataFile {
    let description = "Logs in by OAuth 2.0 client credentials instead of SOAP API login().";
    file(
        "ExternalClientApplication",
        "externalClientApps",
        name,
        "eca",
        &[
            ("contactEmail", contact),
            ("description", description),
            ("distributionState", "Local"),
            ("isProtected", "false"),
            ("label", label),
        ],
    )
}

fn settings(name: &str, label: &str) -> MetadataFile {
    let file_name = format!("{name}_oauth");
    file(
        "ExtlClntAppOauthSettings",
        "extlClntAppOauthSettings",
        &file_name,
        "ecaOauth",
        &[
            ("commaSeparatedOauthScopes", "Api"),
            ("externalClientApplication", name),
            ("label", &format!("{label} OAuth")),
        ],
    )
}

fn global_settings(name: &str, label: &str) -> MetadataFile {
    let file_name = format!("{name}_glbloauth");
    // No browser ever comes back in this flow.
    let callback = "https://login.salesforce.com/services/oauth2/success";
    file(
        "ExtlClntAppGlobalOauthSettings",
        FOLDER_WITH_SECRETS,
        &file_name,
        "ecaGlblOauth",
        &[
            ("callbackUrl", callback),
            ("externalClientApplication", name),
            ("isClientCredentialsFlowEnabled", "true"),
            ("isConsumerSecretOptional", "false"),
            ("isIntrospectAllTokens", "false"),
            ("isPkceRequired", "false"),
            ("isSecretRequiredForRefreshToken", "true"),
            ("label", &format!("{label} global OAuth")),
            ("shouldRotateConsumerKey", "false"),
            ("shouldRotateConsumerSecret", "false"),
        ],
    )
}

fn policies(name: &str, label: &str, run_as: Option<&str>) -> MetadataFile {
    let file_name = format!("{name}_oauthPlcy");
    let label = format!("{label} OAuth policies");
    let user = run_as.map(|user| ("clientCredentialsFlowUser", user));
    let members: Vec<(&str, &str)> = user
        .into_iter()
        .chain([
            ("externalClientApplication", name),
            ("ipRelaxationPolicyType", "Enforce"),
            ("isClientCredentialsFlowEnabled", "true"),
            ("label", &label),
            ("permittedUsersPolicyType", "AllSelfAuthorized"),
            ("refreshTokenPolicyType", "Zero"),
        ])
        .collect();
    let folder = "extlClntAppOauthPolicies";
    file("ExtlClntAppOauthConfigurablePolicies", folder, &file_name, "ecaOauthPlcy", &members)
}

fn file(
    kind: &str,
    folder: &'static str,
    name: &str,
    suffix: &str,
    members: &[(&str, &str)],
) -> MetadataFile {
    let members: String = members
        .iter()
        .map(|(name, value)| format!("    <{name}>{}</{name}>\n", escaped(value)))
        .collect();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n{members}</{kind}>\n"
    );
    MetadataFile { folder, name: format!("{name}.{suffix}-meta.xml"), text }
}

/// A value between two tags; what XML cannot hold is left out.
fn escaped(value: &str) -> String {
    let harmless =
        value.chars().filter(|c| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    harmless.fold(String::new(), |mut text, c| {
        match c {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            other => text.push(other),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileKind;

    fn app(name: &str, username: &str, taken: &[&str]) -> Option<ExternalClientApp> {
        let [name, username] = [name, username].map(org_syntax::quote);
        let text = format!(
            r#"{{"name": {name}, "auth": {{"type": "basic", "username": {username}, "password": "NotReal-7"}}}}"#
        );
        let document = Document::new(FileKind::Org, text);
        let taken = taken.iter().map(|name| (*name).to_owned()).collect();
        external_client_app(&document, "it@acme.example", &taken)
    }

    #[test]
    fn four_files_make_an_app() {
        let app = app("Acme & Söhne <UAT>", "integration@acme.example.uat", &[]).expect("an app");
        let shown: String = app
            .files
            .iter()
            .map(|file| format!("{}/{}\n{}\n", file.folder, file.name, file.text))
            .collect();
        assert!(!shown.contains("NotReal-7"), "{shown}");
        insta::assert_snapshot!(shown);
    }

    #[test]
    fn names_are_those_that_salesforce_takes() {
        for (name, app_name) in [
            ("Acme UAT", "ACME_UAT_APP"),
            ("7 Seas", "ORG_7_SEAS_APP"),
            ("会社", "ORG_APP"),
            (
                "a very long name of an org that does not end soon at all",
                "A_VERY_LONG_NAME_OF_AN_ORG_THAT_DOES",
            ),
        ] {
            let app = app(name, "u@acme.example", &[]).expect("an app");
            assert_eq!(app.name, app_name);
            assert!(app.name.len() <= LONGEST_NAME, "{}", app.name);
        }
        let second = app("Acme", "u@acme.example", &["ACME_APP"]).expect("an app");
        assert_eq!(second.name, "ACME_APP_2");
    }

    #[test]
    fn only_a_user_name_that_is_written_out_is_whom_the_app_runs_as() {
        for (written, run_as) in [
            ("integration@acme.example", Some("integration@acme.example")),
            ("${env:ACME_USER}", None),
            ("[acme_user]", None),
            ("<user>", None),
            ("", None),
        ] {
            let app = app("Acme", written, &[]).expect("an app");
            assert_eq!(app.run_as.as_deref(), run_as, "{written}");
            let policies = &app.files[3].text;
            assert_eq!(policies.contains("clientCredentialsFlowUser"), run_as.is_some());
        }
    }

    #[test]
    fn an_org_on_oauth_needs_none() {
        let text = r#"{"auth": {"type": "oauth2-client-credentials"}}"#;
        let document = Document::new(FileKind::Org, text);
        assert_eq!(external_client_app(&document, "it@acme.example", &BTreeSet::new()), None);
    }
}
