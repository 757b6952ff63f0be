//! `instance-url-invalid`: the URL is not `https://` and a host.

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::host_analysis::InstanceUrlProblem;
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "instance-url-invalid",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The instance URL is not https:// and a host.",
    documentation: "The instance URL is `https://` and the My Domain host of the org, without \
        port, path, query or user name: `https://acme.my.salesforce.com`. Upper case and a lone \
        slash at the end are fine.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", RIGHT)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com/services/oauth2/token"
  }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme.my.salesforce.com"
  }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(InstanceUrlProblem::Form { message, .. }) = cx.instance_url_problem() else {
        return;
    };
    if let Some(field) = cx.org().and_then(|org| org.auth.instance_url.as_ref()) {
        findings.add(&RULE, field.span(), message.as_ref());
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    match cx.instance_url_problem() {
        Some(InstanceUrlProblem::Form { mended: Some(url), .. }) => change_to(cx, url),
        _ => Vec::new(),
    }
}

/// Replaces the instance URL.
pub(super) fn change_to(cx: &RuleContext<'_>, url: &str) -> Vec<Fix> {
    let field = cx.org().and_then(|org| org.auth.instance_url.as_ref());
    field
        .and_then(Field::string)
        .map(|string| Fix {
            title: format!("Change to \"{url}\""),
            edits: vec![Edit::replace(string.span, org_syntax::quote(url))],
            safe: false,
            preferred: true,
        })
        .into_iter()
        .collect()
}
