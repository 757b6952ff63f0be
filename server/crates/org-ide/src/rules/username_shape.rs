//! `username-shape`: this cannot be a Salesforce username.

use org_schema::members::AuthType;
use org_schema::value_shapes::username_cannot_be_right;

use super::examples::BASIC_ORG;
use super::surrounding_blanks::remove_blanks;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "username-shape",
    group: Group::Values,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "The user name cannot be one of Salesforce's.",
    documentation: "A Salesforce user name has the form of an email address, \
                    `integration@acme.example`, and need not be one. In a sandbox the sandbox's \
                    name is appended: `integration@acme.example.uat`. A reference such as \
                    `${env:NAME}` may stand for it, and only a literal is judged.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", BASIC_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "basic", "username": "integration", "password": "${env:ACME_PASSWORD}" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let username = cx.org_with(AuthType::Basic).and_then(|org| cx.literal(&org.auth.username));
    let Some((string, _)) = username.filter(|(_, name)| username_cannot_be_right(name)) else {
        return;
    };
    let message = "A Salesforce user name looks like an email address.";
    findings.add(&RULE, string.span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.org_with(AuthType::Basic).map_or_else(Vec::new, |org| {
        remove_blanks(cx, &org.auth.username, username_cannot_be_right)
    })
}
