//! *Convert to OAuth 2.0 client credentials*.
//!
//! Replaces the `auth` object and removes a `serverHost`; everything else stays byte for byte.

use std::collections::BTreeSet;

use org_schema::client_credentials;
use org_schema::hosts::{self, HostKind};
use org_schema::members::AuthType;
use org_syntax::Span;

use crate::context::Context;
use crate::document::Document;
use crate::finding::Edit;
use crate::lower::{Field, OrgDef, key_of};
use crate::member_edits::{Layout, line_break, line_indent, remove_member};
use crate::project_facts::ProjectFacts;

/// What to do in Salesforce so that an org can log in with client credentials.
pub const SALESFORCE_STEPS: [&str; 5] = [
    "In Setup > External Client App Manager, create an external client app with OAuth enabled (an existing connected app works too).",
    client_credentials::ADD_SCOPE,
    client_credentials::ORG_SWITCH,
    client_credentials::TICK_IN_SETTINGS,
    client_credentials::TICK_IN_POLICIES,
];
const COPY: &str = "Copy Consumer Key and Consumer Secret from Settings > OAuth Settings > Consumer Key and Secret: the key is \"clientId\", the secret goes into the variable that \"clientSecret\" names.";
const SET_INSTANCE_URL: &str = "Set \"instanceUrl\" to the org's My Domain (Setup > My Domain), then run Test Salesforce Login before you upgrade the API version.";
const COPY_TO_BOXES: &str = "Copy Consumer Key and Consumer Secret from Settings > OAuth Settings > Consumer Key and Secret, and paste them below.";
const TEST_FIRST: &str = "Test the login before you upgrade the API version.";
const TEST: &str = "Run Test Salesforce Login before you upgrade the API version.";

/// What to do so that converted orgs can log in. `have_instance_url`: it is filled in for all of
/// them.
pub fn steps(have_instance_url: bool) -> Vec<&'static str> {
    let last = if have_instance_url { TEST } else { SET_INSTANCE_URL };
    SALESFORCE_STEPS.into_iter().chain([COPY, last]).collect()
}

/// As [`steps`], where boxes below them take what is copied.
pub fn steps_to_boxes() -> Vec<&'static str> {
    SALESFORCE_STEPS.into_iter().chain([COPY_TO_BOXES, TEST_FIRST]).collect()
}

/// A conversion that is worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The edits, without overlap.
    pub edits: Vec<Edit>,
    /// Byte span, in the text after the edits, of the first value that a person must enter (inside
    /// its quotes).
    pub cursor: Span,
    /// Name of the environment variable that `clientSecret` refers to.
    pub secret_name: String,
    /// `instanceUrl` is filled in.
    pub has_instance_url: bool,
}

/// Works the conversion out; `None` when the org is not on basic authentication, or when `auth` or
/// `serverHost` is written twice and one would be left.
pub fn convert_to_oauth(document: &Document, context: &Context<'_>) -> Option<Conversion> {
    convert_to_oauth_besides(document, context, &BTreeSet::new())
}

/// As [`convert_to_oauth`], with names of environment variables that other conversions of the same
/// edit take.
pub fn convert_to_oauth_besides(
    document: &Document,
    context: &Context<'_>,
    taken: &BTreeSet<String>,
) -> Option<Conversion> {
    let org = document.org()?;
    if org.auth_type()? != AuthType::Basic {
        return None;
    }
    let root = org.root?;
    let (text, tree) = (document.text(), &document.parse().tree);
    let auth_span =
        org.auth_field.as_ref()?.value_span.filter(|_| is_written_once(document, org))?;
    let secret_name = secret_name(org, context, taken);
    let instance_url = known_instance_url(org, context).unwrap_or_default();
    let auth = auth_object(document, &instance_url, &secret_name);

    let mut edits = Vec::new();
    if let Some(server_host) = org.server_host.as_ref().and_then(|field| field.member) {
        edits.extend(remove_member(text, tree, root, server_host));
    }
    let shift: i64 = edits
        .iter()
        .filter(|edit| edit.span.end <= auth_span.start)
        .map(|edit| edit.text.len() as i64 - i64::from(edit.span.len()))
        .sum();
    let empty = auth.find(": \"\"").map_or(auth.len(), |at| at + 3);
    let at = (i64::from(auth_span.start) + shift) as u32 + empty as u32;
    edits.push(Edit::replace(auth_span, auth));
    edits.sort_by_key(|edit| edit.span);
    let has_instance_url = !instance_url.is_empty();
    Some(Conversion { edits, cursor: Span::at(at), secret_name, has_instance_url })
}

/// Byte span of the first value that a person must enter after a conversion, inside its quotes; `None`
/// when none is left, or when the org does not use OAuth 2.0.
pub fn first_empty_value(document: &Document) -> Option<Span> {
    let org = document.org()?;
    let auth = &org.auth;
    let empty = [&auth.instance_url, &auth.client_id, &auth.client_secret]
        .into_iter()
        .filter_map(|field| field.as_ref())
        .filter(|field| field.str().is_some_and(|text| text.trim().is_empty()));
    let span = empty.filter_map(|field| field.value_span).min()?;
    (org.auth_type() == Some(AuthType::OAuth2ClientCredentials)).then(|| Span::at(span.start + 1))
}

/// Whether `instanceUrl` says anything.
pub fn has_instance_url(document: &Document) -> bool {
    let url = document.org().and_then(|org| org.auth.instance_url.as_ref()).and_then(Field::str);
    url.is_some_and(|url| !url.trim().is_empty())
}

/// Whether `auth` and `serverHost` are written once at most, so that what is replaced is all there is.
fn is_written_once(document: &Document, org: &OrgDef) -> bool {
    let (text, tree) = (document.text(), &document.parse().tree);
    let count = |name: &str| {
        let members = org.root.into_iter().flat_map(|root| tree.members(root));
        members.filter(|member| key_of(text, tree, *member) == name).count()
    };
    count("auth") == 1 && count("serverHost") <= 1
}

/// The new object, laid out like the old one.
fn auth_object(document: &Document, instance_url: &str, secret_name: &str) -> String {
    let members = [
        ("type", AuthType::OAuth2ClientCredentials.as_str().to_owned()),
        ("instanceUrl", instance_url.to_owned()),
        ("clientId", String::new()),
        ("clientSecret", format!("${{env:{secret_name}}}")),
    ]
    .map(|(name, value)| format!("{}: {}", org_syntax::quote(name), org_syntax::quote(&value)));
    let (text, tree) = (document.text(), &document.parse().tree);
    let layout = document.org().and_then(|org| {
        let start = tree.span(org.auth_field.as_ref()?.member?.id).start;
        let object = Layout::of(text, tree, org.auth.object?);
        let outer = Layout::of(text, tree, org.root?);
        (!outer.line_break.is_empty() || !object.line_break.is_empty()).then_some((start, object))
    });
    match layout {
        Some((start, layout)) => {
            let close = line_indent(text, start);
            let break_ = line_break(text);
            let inner = format!("{break_}{close}{}", layout.unit);
            format!("{{{inner}{}{break_}{close}}}", members.join(&format!(",{inner}")))
        }
        None => format!("{{ {} }}", members.join(", ")),
    }
}

/// From a My Domain `serverHost`, or the host that the last successful login answered with.
fn known_instance_url(org: &OrgDef, context: &Context<'_>) -> Option<String> {
    let written = org.server_host.as_ref().and_then(Field::str);
    [written, context.known_host]
        .into_iter()
        .flatten()
        .map(str::to_ascii_lowercase)
        .map(|host| hosts::my_domain_for_ui_host(&host).unwrap_or(host))
        .find(|host| {
            matches!(hosts::classify(host), HostKind::MyDomain { .. } | HostKind::MyDomainMil)
        })
        .map(|host| format!("https://{host}"))
}

/// `ACME_UAT_CLIENT_SECRET` for "Acme UAT"; with a number behind it when another org of the project
/// uses that name.
fn secret_name(org: &OrgDef, context: &Context<'_>, taken: &BTreeSet<String>) -> String {
    let base = environment_name(org.display_name().unwrap_or(""), "CLIENT_SECRET");
    free_name(base, context, taken)
}

/// A name, or the name with a number behind it, that is not taken and that no other org of the
/// project refers to: that org would get the value.
pub(super) fn free_name(base: String, context: &Context<'_>, taken: &BTreeSet<String>) -> String {
    let is_taken = |name: &str| {
        taken.contains(name)
            || context.project.is_some_and(|project| is_taken(project, context.file, name))
    };
    if !is_taken(&base) {
        return base;
    }
    (2u32..).map(|number| format!("{base}_{number}")).find(|name| !is_taken(name)).unwrap_or(base)
}

fn is_taken(project: &ProjectFacts, file: &str, name: &str) -> bool {
    project
        .orgs()
        .any(|(other, org)| other != file && org.environment_names.iter().any(|n| n == name))
}

/// The environment variable for a secret of the org: its name in upper-case ASCII letters and
/// digits, every other run one `_`, trimmed, then `_` and `suffix`.
pub(crate) fn environment_name(org_name: &str, suffix: &str) -> String {
    let mut name = String::new();
    for c in org_name.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_uppercase());
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    let front = if name.is_empty() {
        "ORG"
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("ORG_{name}_{suffix}");
    } else {
        name
    };
    format!("{front}_{suffix}")
}

#[cfg(test)]
mod tests {
    use org_schema::Date;

    use super::{convert_to_oauth, environment_name, steps};
    use crate::{Context, Document, Edit, FileKind, OrgFacts, ProjectFacts};

    fn converted(text: &str, known_host: Option<&str>, others: &[&str]) -> Option<String> {
        let mut project = ProjectFacts::default();
        for (number, other) in others.iter().enumerate() {
            let other = Document::new(FileKind::Org, *other);
            project.set_org(format!("{number}.sforg.json"), OrgFacts::of(&other));
        }
        let context = Context {
            project: Some(&project),
            known_host,
            ..Context::alone("acme.sforg.json", Date { year: 2026, month: 11, day: 24 })
        };
        let document = Document::new(FileKind::Org, text);
        let conversion = convert_to_oauth(&document, &context)?;
        let mut after = Edit::apply_all(text, &conversion.edits);
        after.insert(conversion.cursor.start as usize, '│');
        Some(after)
    }

    const BASIC: &str = r#"{
  "name": "Acme UAT", // keep me
  "sandbox": true,
  "serverHost": "test.salesforce.com",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example.uat",
    "password": "not-a-real-password"
  },
  "description": "stays"
}
"#;

    #[test]
    fn replaces_auth_and_removes_the_server_host() {
        insta::assert_snapshot!(converted(BASIC, None, &[]).expect("a basic org"), @r#"
        {
          "name": "Acme UAT", // keep me
          "sandbox": true,
          "auth": {
            "type": "oauth2-client-credentials",
            "instanceUrl": "│",
            "clientId": "",
            "clientSecret": "${env:ACME_UAT_CLIENT_SECRET}"
          },
          "description": "stays"
        }
        "#);
    }

    #[test]
    fn takes_a_known_my_domain() {
        let host = "acme--uat.sandbox.my.salesforce.com";
        let by_login = converted(BASIC, Some(host), &[]).expect("a basic org");
        let by_file = converted(&BASIC.replace("test.salesforce.com", host), None, &[]);
        assert_eq!(Some(&by_login), by_file.as_ref());
        assert!(by_login.contains(&format!("\"instanceUrl\": \"https://{host}\"")));
        assert!(by_login.contains("\"clientId\": \"│\""));
        let page = BASIC.replace("test.salesforce.com", "acme--uat.sandbox.lightning.force.com");
        assert_eq!(converted(&page, None, &[]), by_file);
    }

    #[test]
    fn numbers_a_secret_name_that_another_org_uses() {
        let other = r#"{"auth": {"clientSecret": "${env:ACME_UAT_CLIENT_SECRET}"}}"#;
        let second = r#"{"auth": {"clientSecret": "${env:ACME_UAT_CLIENT_SECRET_2}"}}"#;
        let after = converted(BASIC, None, &[other, second]).expect("a basic org");
        assert!(after.contains("${env:ACME_UAT_CLIENT_SECRET_3}"), "{after}");
    }

    #[test]
    fn keeps_one_line_on_one_line() {
        let text = r#"{"name": "A", "auth": {"type": "basic", "username": "u@a.example"}}"#;
        assert_eq!(
            converted(text, None, &[]).as_deref(),
            Some(
                r#"{"name": "A", "auth": { "type": "oauth2-client-credentials", "instanceUrl": "│", "clientId": "", "clientSecret": "${env:A_CLIENT_SECRET}" }}"#
            )
        );
    }

    #[test]
    fn is_for_basic_orgs_only() {
        assert_eq!(
            converted(r#"{"auth": {"type": "oauth2-client-credentials"}}"#, None, &[]),
            None
        );
        assert_eq!(converted(r#"{"auth": {"username": "u"}}"#, None, &[]), None);
        assert_eq!(converted("", None, &[]), None);
    }

    #[test]
    fn what_is_written_twice_is_not_replaced() {
        for text in [
            r#"{"auth": {"type": "basic"}, "auth": {"type": "basic"}}"#,
            r#"{"serverHost": "a", "serverHost": "b", "auth": {"type": "basic"}}"#,
        ] {
            assert_eq!(converted(text, None, &[]), None, "{text}");
        }
        for text in [
            r#"{"name": "A" "auth": {"type": "basic", /* x */ "username": "u@a.example",}}"#,
            r#"{"name": , "auth": {"type": "basic"}"#,
        ] {
            assert!(converted(text, None, &[]).is_some(), "{text}");
        }
    }

    #[test]
    fn only_what_is_left_to_do_is_a_step() {
        assert!(steps(false).iter().any(|step| step.starts_with("Set \"instanceUrl\"")));
        assert!(!steps(true).iter().any(|step| step.contains("instanceUrl")));
        for have in [false, true] {
            assert!(steps(have).last().is_some_and(|step| step.contains("Test Salesforce Login")));
        }
    }

    #[test]
    fn names_follow_the_rule() {
        for (org, name) in [
            ("Acme production", "ACME_PRODUCTION_CLIENT_SECRET"),
            ("  Zürich -- Nord ", "Z_RICH_NORD_CLIENT_SECRET"),
            ("1st", "ORG_1ST_CLIENT_SECRET"),
            ("", "ORG_CLIENT_SECRET"),
            ("日本", "ORG_CLIENT_SECRET"),
            ("Acme_UAT", "ACME_UAT_CLIENT_SECRET"),
        ] {
            assert_eq!(environment_name(org, "CLIENT_SECRET"), name, "{org}");
        }
    }
}
