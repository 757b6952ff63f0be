//! `server-host-mismatch`: *Server host* is not the host of the instance URL.

use org_text::Foreign;

use super::examples::OAUTH_ORG;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::server_host::{
    ServerHostProblem, change_server_host, remove_server_host, written_server_host,
};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "server-host-mismatch",
    group: Group::Host,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "The server host is not the host of the instance URL.",
    documentation: "With OAuth 2.0 the login goes to `instanceUrl`, and the system completes the \
        server host with its host. A `serverHost` that says something else is left over from \
        basic authentication, or one of the two was changed without the other.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", OAUTH_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "serverHost": "login.salesforce.com",
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(ServerHostProblem::Mismatch { instance_host }) = cx.server_host_problem() else {
        return;
    };
    if let Some(string) = written_server_host(cx) {
        let message = format!(
            "The login goes to {}, the host of the instance URL. Remove \"serverHost\", or correct it.",
            Foreign(instance_host)
        );
        findings.add(&RULE, string.span, message);
    }
}

/// Safe: with OAuth 2.0 no login reads the server host.
fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some(ServerHostProblem::Mismatch { instance_host }) = cx.server_host_problem() else {
        return Vec::new();
    };
    let mut fixes = change_server_host(cx, instance_host, true);
    fixes.extend(remove_server_host(cx));
    fixes
}
