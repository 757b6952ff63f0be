//! `client-secret-shape`: this cannot be a consumer secret.

use org_schema::members::AuthType;
use org_schema::value_shapes::client_secret_cannot_be_right;

use super::client_id_shape::swapped;
use super::surrounding_blanks::remove_blanks;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "client-secret-shape",
    group: Group::Values,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "The client secret cannot be a consumer secret.",
    documentation: "The client secret is the *Consumer Secret* of the Salesforce app: 64 letters \
        and digits, or 19 digits in old apps, without blanks. Only a literal that cannot be right \
        is reported; better than a literal is a reference, `${env:NAME}` or `${keyring:NAME}`.",
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
    "clientSecret": "not a real secret"
  }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com",
    "clientSecret": "${env:ACME_CLIENT_SECRET}"
  }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let secret = cx
        .org_with(AuthType::OAuth2ClientCredentials)
        .and_then(|org| cx.literal(&org.auth.client_secret));
    let Some((string, _)) = secret.filter(|(_, secret)| client_secret_cannot_be_right(secret))
    else {
        return;
    };
    if swapped(cx).is_none() {
        let message = "A consumer secret has 64 letters and digits (19 digits in old apps). Copy it again from the app.";
        findings.add(&RULE, string.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.org_with(AuthType::OAuth2ClientCredentials).map_or_else(Vec::new, |org| {
        remove_blanks(cx, &org.auth.client_secret, client_secret_cannot_be_right)
    })
}
