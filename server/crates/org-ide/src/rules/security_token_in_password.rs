//! `security-token-in-password`: the token is written twice, at the end of the password too.

use org_schema::members::AuthType;
use org_schema::secret_ref;

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "security-token-in-password",
    group: Group::Values,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The password ends with the security token.",
    documentation: "The security token has a member of its own, and the login puts the two \
        together: with the token in the password too it would be sent twice, and Salesforce \
        answers `INVALID_LOGIN`. Only literals can be compared; references are never resolved \
        for a finding.",
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
    "password": "not-a-real-passwordEXAMPLEtokenEXAMPLEtoken",
    "securityToken": "EXAMPLEtokenEXAMPLEtoken"
  }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "basic",
    "username": "integration@acme.example",
    "password": "not-a-real-password",
    "securityToken": "EXAMPLEtokenEXAMPLEtoken"
  }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if let Some((string, _)) = password_with_token(cx) {
        let message =
            "The password ends with the security token. Remove it here: the login appends it.";
        findings.add(&RULE, string.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some((string, password)) = password_with_token(cx) else {
        return Vec::new();
    };
    let value = secret_ref::literal_value(&password).filter(|_| !password.is_empty());
    value
        .map(|value| Fix {
            title: "Take the security token off the password".to_owned(),
            edits: vec![Edit::replace(string.span, org_syntax::quote(&value))],
            safe: false,
            preferred: true,
        })
        .into_iter()
        .collect()
}

/// The password that ends with the token, and what it is without.
fn password_with_token<'a>(cx: &RuleContext<'a>) -> Option<(&'a StringValue, String)> {
    let auth = &cx.org_with(AuthType::Basic)?.auth;
    let (string, password) = cx.literal(&auth.password)?;
    let (_, token) = cx.literal(&auth.security_token)?;
    let alone = password.strip_suffix(&*token)?;
    Some((string, alone.to_owned()))
}
