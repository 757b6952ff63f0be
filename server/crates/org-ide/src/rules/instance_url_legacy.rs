//! `instance-url-legacy`: an instance host.

use super::examples::OAUTH_ORG;
use super::instance_url_invalid::change_to;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity, Tag};
use crate::host_analysis::InstanceUrlProblem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "instance-url-legacy",
    group: Group::Host,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "Instance hosts such as na139 are going away.",
    documentation: "From Spring '27 on Salesforce ends API traffic to instance hosts in phases, \
        and an org that moves to another instance stops answering at once. Use the org's My Domain.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", OAUTH_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://na139.salesforce.com" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if cx.instance_url_problem() != Some(&InstanceUrlProblem::Legacy) {
        return;
    }
    if let Some(field) = cx.org().and_then(|org| org.auth.instance_url.as_ref()) {
        let message = "API traffic to instance hosts ends from Spring '27 on. Use the org's My Domain (Setup > My Domain).";
        findings.add(&RULE, field.span(), message).tags(&[Tag::Deprecated]);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.context.known_host.map_or_else(Vec::new, |host| change_to(cx, &format!("https://{host}")))
}
