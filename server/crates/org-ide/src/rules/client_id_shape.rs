//! `client-id-shape`: this cannot be a consumer key.

use org_schema::members::AuthType;
use org_schema::value_shapes::{client_id_cannot_be_right, client_secret_cannot_be_right};

use super::surrounding_blanks::remove_blanks;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "client-id-shape",
    group: Group::Values,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "The client ID cannot be a consumer key.",
    documentation: "The client ID is the *Consumer Key* of the Salesforce app: it begins with \
        `3MVG9` and has 85 characters or more, without blanks. It is not the app's name, its \
        record ID, nor the consumer secret. A reference such as `${env:NAME}` may stand for it, \
        and only a literal is judged.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", RIGHT)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com",
    "clientId": "Jitterbit integration",
    "clientSecret": "${env:ACME_CLIENT_SECRET}"
  }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com",
    "clientId": "3MVG9.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE.EXAMPLE",
    "clientSecret": "${env:ACME_CLIENT_SECRET}"
  }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(string) = client_id(cx) else { return };
    let message = if swapped(cx).is_some() {
        "This looks like the consumer secret, and \"clientSecret\" like the consumer key. Swap them."
    } else {
        "A consumer key begins with 3MVG9 and has 85 or more characters. Copy it again from the app."
    };
    findings.add(&RULE, string.span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    if let Some((id, secret)) = swapped(cx) {
        return vec![Fix {
            title: "Swap client ID and client secret".to_owned(),
            edits: vec![
                Edit::replace(id.span, org_syntax::quote(&secret.value)),
                Edit::replace(secret.span, org_syntax::quote(&id.value)),
            ],
            safe: false,
            preferred: true,
        }];
    }
    cx.org_with(AuthType::OAuth2ClientCredentials).map_or_else(Vec::new, |org| {
        remove_blanks(cx, &org.auth.client_id, client_id_cannot_be_right)
    })
}

/// The client ID, when it cannot be right.
fn client_id<'a>(cx: &RuleContext<'a>) -> Option<&'a StringValue> {
    let org = cx.org_with(AuthType::OAuth2ClientCredentials)?;
    let (string, literal) = cx.literal(&org.auth.client_id)?;
    client_id_cannot_be_right(&literal).then_some(string)
}

/// Client ID and client secret, when each looks like the other: one mistake, told here.
pub(super) fn swapped<'a>(cx: &RuleContext<'a>) -> Option<(&'a StringValue, &'a StringValue)> {
    let id = client_id(cx)?;
    let (secret, literal) = cx.literal(&cx.org()?.auth.client_secret)?;
    let is_swapped =
        !client_secret_cannot_be_right(&id.value) && !client_id_cannot_be_right(&literal);
    is_swapped.then_some((id, secret))
}
