//! `security-token-shape`: this cannot be a security token.

use org_schema::members::AuthType;
use org_schema::value_shapes::security_token_cannot_be_right;

use super::surrounding_blanks::remove_blanks;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "security-token-shape",
    group: Group::Values,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "The security token cannot be one.",
    documentation: "A security token has 24 or 25 letters and digits; upper and lower case \
                    differ. Salesforce sends it by email: *Settings*, *My Personal Information*, \
                    *Reset My Security Token*. Only a literal that cannot be right is reported.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", RIGHT)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example",
    "password": "${env:ACME_PASSWORD}",
    "securityToken": "no token needed"
  }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example",
    "password": "${env:ACME_PASSWORD}",
    "securityToken": "${env:ACME_SECURITY_TOKEN}"
  }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let token = cx.org_with(AuthType::Basic).and_then(|org| cx.literal(&org.auth.security_token));
    if let Some((string, _)) = token.filter(|(_, token)| security_token_cannot_be_right(token)) {
        let message = "A security token has 24 or 25 letters and digits. Copy it again from Salesforce's email.";
        findings.add(&RULE, string.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.org_with(AuthType::Basic).map_or_else(Vec::new, |org| {
        remove_blanks(cx, &org.auth.security_token, security_token_cannot_be_right)
    })
}
