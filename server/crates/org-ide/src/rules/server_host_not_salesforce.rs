//! `server-host-not-salesforce`: *Server host* names a host where Salesforce's API is not.

use super::examples::ORG_WITH_SERVER_HOST;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Finding, Fix, Group, Severity};
use crate::server_host::{
    ServerHostProblem, change_server_host, remove_server_host, written_server_host,
};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "server-host-not-salesforce",
    group: Group::Host,
    severity: Severity::Error,
    files: Files::EveryOrg,
    summary: "The server host is not one of Salesforce's API hosts.",
    documentation: "Credentials are sent to Salesforce's API hosts only: the login hosts, My \
        Domain hosts and instance hosts. What the browser's address bar shows \
        (`….lightning.force.com`), sites and other hosts of an org are not among them. If this is a host that you trust (a proxy, \
        an org in China, a simulator), allow it yourself: `sforg lsp --allow-login-host HOST`, the \
        VS Code setting `sforg.allowedLoginHosts`, or `SFORG_ALLOW_LOGIN_HOSTS`.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", ORG_WITH_SERVER_HOST)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "serverHost": "acme.lightning.force.com",
  "auth": { "type": "basic" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(ServerHostProblem::NotSalesforce { what, my_domain }) = cx.server_host_problem()
    else {
        return;
    };
    let Some(string) = written_server_host(cx) else {
        return;
    };
    let message = match (my_domain, what) {
        (Some(host), what) => {
            let what = what.unwrap_or("a host for people");
            format!("This is {what}, not the API. Use {host}.")
        }
        _ if cx.document.kind().is_design_studio() => format!("This is {}. Correct \"{}\" in Design Studio (login.salesforce.com, test.salesforce.com or the org's My Domain).", what.unwrap_or("not a Salesforce API host"), cx.document.name_of("serverHost")),
        (None, Some(what)) => format!("This is {what}, not the API. Remove \"serverHost\", or use the org's My Domain (….my.salesforce.com)."),
        (None, None) => "This is not a Salesforce API host. Remove \"serverHost\", use the org's My Domain (….my.salesforce.com), or allow logins at it.".to_owned(),
    };
    findings.add(&RULE, string.span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some(ServerHostProblem::NotSalesforce { my_domain, .. }) = cx.server_host_problem() else {
        return Vec::new();
    };
    let mut fixes =
        my_domain.as_deref().map_or_else(Vec::new, |host| change_server_host(cx, host, false));
    fixes.extend(remove_server_host(cx));
    fixes
}
