//! *Enter Secret…*: the places of an org file that a secret belongs to, and what is there now.

use std::collections::BTreeSet;

use org_schema::members;
use org_schema::secret_ref::{self, SecretValue};
use org_syntax::Span;

use super::convert_to_oauth::free_name;
use super::move_secret::{keyring_account, secret_environment_name};
use crate::context::Context;
use crate::document::Document;
use crate::finding::Edit;
use crate::lower::Field;
use crate::member_edits::insert_member;
use crate::rules::RuleContext;

/// Where a secret is kept now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretHome {
    /// In an environment variable of this name.
    Env(String),
    /// In an entry of the keyring.
    Keyring(String),
    /// Nowhere that a login could find it, or in the file itself.
    Nowhere,
}

/// A member for a secret of the org's authentication type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretSlot {
    /// `password`, `securityToken` or `clientSecret`.
    pub member: &'static str,
    /// The member as people call it: "client secret".
    pub title: String,
    /// Byte span of the value with its quotes; `None` when the member is not written.
    pub span: Option<Span>,
    /// Byte span of the whole member.
    pub member_span: Option<Span>,
    /// Where it is kept.
    pub home: SecretHome,
    /// Whether a login would miss it, it stands in the file, or Salesforce has refused it.
    pub is_wanted: bool,
    /// The environment variable for it.
    pub environment_name: String,
    /// The entry of the keyring for it.
    pub keyring_account: String,
}

impl SecretSlot {
    /// The edit that writes `reference` here.
    pub fn written_as(&self, document: &Document, reference: &str) -> Vec<Edit> {
        let value = org_syntax::quote(reference);
        match (self.span, document.org().and_then(|org| org.auth.object)) {
            (Some(span), _) => vec![Edit::replace(span, value)],
            (None, Some(auth)) => {
                let tree = &document.parse().tree;
                let last = tree.members(auth).last();
                insert_member(document.text(), tree, auth, last, self.member, &value)
            }
            (None, None) => Vec::new(),
        }
    }
}

/// The secrets of an org, in the order of the tables; none while its authentication type is unknown.
pub fn secret_slots(document: &Document, context: &Context<'_>) -> Vec<SecretSlot> {
    let cx = RuleContext::new(document, context);
    let Some(org) = document.org() else { return Vec::new() };
    let Some(auth_type) = org.auth_type() else { return Vec::new() };
    let name = org.display_name().unwrap_or("");
    let fields = org.auth.secret_fields().into_iter();
    fields
        .filter_map(|(member, field)| {
            let spec = members::find(auth_type.object_kind(), member)?;
            let home = home(field);
            let environment_name = match &home {
                SecretHome::Env(name) => name.clone(),
                _ => free_name(secret_environment_name(name, member), context, &BTreeSet::new()),
            };
            let is_written = field.as_ref().is_some_and(|field| field.value_span.is_some());
            let is_missing = match &home {
                SecretHome::Env(name) => !context.environment.knows(name),
                SecretHome::Keyring(_) => false,
                SecretHome::Nowhere => is_written || spec.required,
            };
            let span = field.as_ref().and_then(|field| field.value_span);
            let key = field.as_ref().map(|field| field.key_span);
            Some(SecretSlot {
                member,
                title: spec.title.to_lowercase(),
                span,
                member_span: key.map(|key| Span::new(key.start, span.map_or(key.end, |s| s.end))),
                is_wanted: is_missing || is_refused(&cx, member),
                home,
                environment_name,
                keyring_account: keyring_account(name, member),
            })
        })
        .collect()
}

fn home(field: &Option<Field>) -> SecretHome {
    match field.as_ref().and_then(Field::str).map(secret_ref::parse) {
        Some(SecretValue::Env(name)) => SecretHome::Env(name.to_owned()),
        Some(SecretValue::Keyring(name)) => SecretHome::Keyring(name.to_owned()),
        _ => SecretHome::Nowhere,
    }
}

/// Whether the last login failed at this member.
fn is_refused(cx: &RuleContext<'_>, member: &str) -> bool {
    let failed = cx.context.login.filter(|last| !last.outcome.is_in());
    let pointer = failed.and_then(|last| last.member.as_deref());
    pointer.is_some_and(|pointer| pointer.strip_prefix("/auth/") == Some(member))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FileKind;
    use crate::test_context::in_context;

    fn slots(text: &str) -> Vec<SecretSlot> {
        in_context(|context| secret_slots(&Document::new(FileKind::Org, text), context))
    }

    fn oauth(secret: &str) -> String {
        format!(
            r#"{{"name": "Acme UAT", "auth": {{"type": "oauth2-client-credentials"{secret}}}}}"#
        )
    }

    #[test]
    fn what_a_login_would_miss_is_wanted() {
        for (secret, home, is_wanted) in [
            ("", SecretHome::Nowhere, true),
            (r#", "clientSecret": """#, SecretHome::Nowhere, true),
            (r#", "clientSecret": "not-a-real-secret""#, SecretHome::Nowhere, true),
            (
                r#", "clientSecret": "${env:NOBODY_HAS_IT}""#,
                SecretHome::Env("NOBODY_HAS_IT".to_owned()),
                true,
            ),
            (r#", "clientSecret": "${keyring:a}""#, SecretHome::Keyring("a".to_owned()), false),
        ] {
            let found = slots(&oauth(secret));
            let [slot] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!((&slot.home, slot.is_wanted), (&home, is_wanted), "{secret}");
            assert_eq!(slot.title, "client secret");
        }
        assert!(slots(r#"{"auth": {"type": "saml"}}"#).is_empty());
    }

    #[test]
    fn a_token_that_nobody_wrote_is_not_wanted() {
        let found = slots(r#"{"auth": {"type": "basic", "password": "${keyring:p}"}}"#);
        let wanted: Vec<_> = found.iter().map(|slot| (slot.member, slot.is_wanted)).collect();
        assert_eq!(wanted, [("password", false), ("securityToken", false)]);
    }

    #[test]
    fn the_reference_replaces_the_value_or_is_added() {
        for (text, expected) in [
            (oauth(r#", "clientSecret": "x""#), oauth(r#", "clientSecret": "${env:A}""#)),
            (oauth(""), oauth(r#", "clientSecret": "${env:A}""#)),
        ] {
            let document = Document::new(FileKind::Org, text.as_str());
            let edits = slots(&text)[0].written_as(&document, "${env:A}");
            assert_eq!(Edit::apply_all(&text, &edits), expected);
        }
    }
}
