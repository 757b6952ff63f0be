//! *Move secret to keyring* and *Move secret to environment variable*: which secrets a file writes
//! out, and what stands in their place afterwards. Storing them is somebody else's business.

use std::collections::BTreeSet;
use std::fmt;

use org_syntax::Span;

use super::convert_to_oauth::{environment_name, free_name};
use crate::context::Context;
use crate::document::Document;
use crate::finding::Edit;
use crate::rules::RuleContext;

/// A secret that is written out in an org file.
#[derive(Clone, PartialEq, Eq)]
pub struct WrittenSecret {
    /// The member's name: `password`, `securityToken` or `clientSecret`.
    pub member: &'static str,
    /// Byte span of its value, with the quotes.
    pub span: Span,
    /// Byte span of the whole member.
    pub member_span: Span,
    /// The secret itself.
    pub value: String,
    /// The environment variable that fits the org and the member.
    pub environment_name: String,
    /// The account in the keyring that fits them.
    pub keyring_account: String,
}

/// Without the secret.
impl fmt::Debug for WrittenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WrittenSecret")
            .field("member", &self.member)
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

impl WrittenSecret {
    /// Puts a reference in the place of the secret.
    pub fn replaced_by(&self, reference: &str) -> Edit {
        Edit::replace(self.span, org_syntax::quote(reference))
    }
}

/// The secrets that are written out in a file, placeholders and empty values aside.
pub fn written_secrets(document: &Document, context: &Context<'_>) -> Vec<WrittenSecret> {
    let Some(org) = document.org() else { return Vec::new() };
    let cx = RuleContext::new(document, context);
    let name = org.display_name().unwrap_or("");
    let secrets = org.auth.secret_fields().into_iter();
    secrets
        .filter_map(|(member, field)| {
            let (string, value) = cx.written_out(field)?;
            let key_span = field.as_ref()?.key_span;
            Some(WrittenSecret {
                member,
                span: string.span,
                member_span: Span::new(key_span.start, string.span.end),
                value: value.into_owned(),
                environment_name: free_name(
                    secret_environment_name(name, member),
                    context,
                    &BTreeSet::new(),
                ),
                keyring_account: keyring_account(name, member),
            })
        })
        .collect()
}

/// `ACME_UAT_PASSWORD` for the password of "Acme UAT".
pub fn secret_environment_name(org_name: &str, member: &str) -> String {
    let suffix = match member {
        "password" => "PASSWORD",
        "securityToken" => "SECURITY_TOKEN",
        "username" => "USERNAME",
        "clientId" => "CLIENT_ID",
        _ => "CLIENT_SECRET",
    };
    environment_name(org_name, suffix)
}

/// `Acme UAT/password` for the password of "Acme UAT"; without what a reference cannot hold.
pub fn keyring_account(org_name: &str, member: &str) -> String {
    let allowed = |c: &char| !c.is_control() && *c != '}';
    let name: String = org_name.chars().filter(allowed).take(200).collect();
    if name.is_empty() { member.to_owned() } else { format!("{name}/{member}") }
}

#[cfg(test)]
mod tests {
    use org_schema::Date;

    use super::*;
    use crate::{FileKind, OrgFacts, ProjectFacts};

    fn secrets(text: &str) -> Vec<WrittenSecret> {
        let context = Context::alone("acme.sforg.json", Date { year: 2026, month: 11, day: 24 });
        written_secrets(&Document::new(FileKind::Org, text), &context)
    }

    #[test]
    fn literals_are_found_with_names_that_fit() {
        let text = r#"{"name": "Acme }UAT", "auth": {"type": "basic", "password": "a\"b", "securityToken": "${env:T}"}}"#;
        let found = secrets(text);
        let [secret] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((secret.member, secret.value.as_str()), ("password", "a\"b"));
        assert_eq!(secret.environment_name, "ACME_UAT_PASSWORD");
        assert_eq!(secret.keyring_account, "Acme UAT/password");
        let after = Edit::apply_all(text, &[secret.replaced_by("${env:P}")]);
        assert!(after.contains(r#""password": "${env:P}""#), "{after}");
    }

    #[test]
    fn a_name_that_another_org_refers_to_is_left_to_it() {
        let mut project = ProjectFacts::default();
        let other =
            r#"{"name": "B", "auth": {"type": "basic", "password": "${env:ACME_PASSWORD}"}}"#;
        project.set_org("b.sforg.json", OrgFacts::of(&Document::new(FileKind::Org, other)));
        let context = Context {
            project: Some(&project),
            ..Context::alone("acme.sforg.json", Date { year: 2026, month: 11, day: 24 })
        };
        let text = r#"{"name": "Acme", "auth": {"type": "basic", "password": "FAKE"}}"#;
        let found = written_secrets(&Document::new(FileKind::Org, text), &context);
        assert_eq!(found[0].environment_name, "ACME_PASSWORD_2");
    }

    #[test]
    fn an_escaped_reference_is_the_text_that_it_stands_for() {
        let found = secrets(r#"{"auth": {"type": "basic", "password": "$${env:X}"}}"#);
        assert_eq!(found.first().map(|secret| secret.value.as_str()), Some("${env:X}"));
    }

    #[test]
    fn what_is_no_secret_yet_is_left_alone() {
        for value in ["", "<password>", "${env:P}", "${keyring:a b}", "${wrong}"] {
            let text = format!(r#"{{"auth": {{"type": "basic", "password": "{value}"}}}}"#);
            assert!(secrets(&text).is_empty(), "{value}");
        }
    }

    #[test]
    fn the_secret_is_not_in_what_debug_shows() {
        let found = secrets(r#"{"auth": {"type": "basic", "password": "marked-secret"}}"#);
        assert!(!format!("{found:?}").contains("marked"));
    }
}
