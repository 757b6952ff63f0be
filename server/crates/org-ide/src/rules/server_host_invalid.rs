//! `server-host-invalid`: *Server host* holds something that is not a host name.

use super::examples::ORG_WITH_SERVER_HOST;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::server_host::{
    ServerHostProblem, change_server_host, remove_server_host, written_server_host,
};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "server-host-invalid",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::EveryOrg,
    summary: "The server host is not a host name.",
    documentation: "`serverHost` is a host name alone: no `https://`, no port, no path. Best \
        leave it away; the system completes it. Write it only to log in with basic \
        authentication through the org's My Domain.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", ORG_WITH_SERVER_HOST)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "serverHost": "https://acme.my.salesforce.com/",
  "auth": { "type": "basic" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(ServerHostProblem::Form { message, .. }) = cx.server_host_problem() else {
        return;
    };
    if let Some(string) = written_server_host(cx) {
        findings.add(&RULE, string.span, message.as_ref());
    }
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some(ServerHostProblem::Form { mended, .. }) = cx.server_host_problem() else {
        return Vec::new();
    };
    let mut fixes =
        mended.as_deref().map_or_else(Vec::new, |host| change_server_host(cx, host, false));
    fixes.extend(remove_server_host(cx));
    fixes
}
