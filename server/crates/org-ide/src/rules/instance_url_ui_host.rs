//! `instance-url-ui-host`: a host that shows pages to people and has no API.

use super::examples::OAUTH_ORG;
use super::instance_url_invalid::change_to;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::host_analysis::InstanceUrlProblem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "instance-url-ui-host",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The host is one that Salesforce gives an org beside its My Domain; it has no API.",
    documentation: "What the browser's address bar shows (`lightning.force.com`, \
        `salesforce-setup.com`, `vf.force.com`), sites and their previews (`my.site.com`, \
        `my.salesforce-sites.com`, `salesforce-experience.com`), files, and what Salesforce gave \
        an org in earlier years (`cloudforce.com`, `database.com`) is not where programs log in. \
        Use the My Domain host, `….my.salesforce.com`, and keep a label such as `sandbox` or \
        `develop`.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", OAUTH_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme.lightning.force.com" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(InstanceUrlProblem::UserInterface { what, my_domain }) = cx.instance_url_problem()
    else {
        return;
    };
    if let Some(field) = cx.org().and_then(|org| org.auth.instance_url.as_ref()) {
        let message = match my_domain {
            Some(host) => format!("This is {what}, not the API. Use https://{host}."),
            None => {
                format!("This is {what}, not the API. Use the org's My Domain (Setup > My Domain).")
            }
        };
        findings.add(&RULE, field.span(), message);
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    match cx.instance_url_problem() {
        Some(InstanceUrlProblem::UserInterface { my_domain: Some(host), .. }) => {
            change_to(cx, &format!("https://{host}"))
        }
        _ => Vec::new(),
    }
}
