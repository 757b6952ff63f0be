//! `instance-url-login-host`: the login hosts refuse client credentials.

use super::examples::OAUTH_ORG;
use super::instance_url_invalid::change_to;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::host_analysis::InstanceUrlProblem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "instance-url-login-host",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::Org,
    summary: "Client credentials are refused at login.salesforce.com and test.salesforce.com.",
    documentation: "Salesforce answers `request not supported on this domain`. Take the org's My \
        Domain from Setup > My Domain (*Current My Domain URL*).",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", OAUTH_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://login.salesforce.com" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if cx.instance_url_problem() != Some(&InstanceUrlProblem::LoginHost) {
        return;
    }
    if let Some(field) = cx.org().and_then(|org| org.auth.instance_url.as_ref()) {
        let message = "This login host does not accept client credentials. Use the org's My Domain (Setup > My Domain).";
        findings.add(&RULE, field.span(), message);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.context.known_host.map_or_else(Vec::new, |host| change_to(cx, &format!("https://{host}")))
}
