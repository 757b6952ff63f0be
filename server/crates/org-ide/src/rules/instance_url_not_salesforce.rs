//! `instance-url-not-salesforce`: credentials would go to somebody else.

use super::examples::OAUTH_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::finding::{Group, Severity};
use crate::host_analysis::InstanceUrlProblem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "instance-url-not-salesforce",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The host is not one of Salesforce's API hosts.",
    documentation: "Credentials are sent to Salesforce's API hosts only. If this is a host that \
        you trust (a proxy, an org in China, a simulator), allow it yourself: `sforg lsp \
        --allow-login-host HOST`, the VS Code setting `sforg.allowedLoginHosts`, or \
        `SFORG_ALLOW_LOGIN_HOSTS`.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", OAUTH_ORG)],
    check,
    fix: no_fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://salesforce.com.example.org" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    if cx.instance_url_problem() != Some(&InstanceUrlProblem::NotSalesforce) {
        return;
    }
    if let Some(field) = cx.org().and_then(|org| org.auth.instance_url.as_ref()) {
        let message = "This is not a Salesforce API host. Use the org's My Domain (….my.salesforce.com), or allow logins at it.";
        findings.add(&RULE, field.span(), message);
    }
}
