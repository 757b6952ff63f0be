//! `duplicate-connection`: two orgs of a project log in at the same host as the same user or app.

use org_schema::members::AuthType;
use org_syntax::Span;

use super::{Files, Findings, Rule, RuleContext, file_label, no_fix, quoted};
use crate::effective::connection_key;
use crate::finding::{Group, Severity};
use crate::host_analysis::InstanceUrlProblem;
use crate::lower::Field;
use crate::project_facts::{ProjectFacts, SHOWN_OF_A_GROUP};
use crate::server_host::ServerHostProblem;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-connection",
    group: Group::Project,
    severity: Severity::Information,
    files: Files::EveryOrg,
    summary: "Another org of the project makes the same connection.",
    documentation: "The same host and user name, or the same host and client ID, are one \
        connection: a change of its credentials then has to be made in each of the files. Often \
        a file was copied for another environment and not changed everywhere.",
    wrong: &[("acme.sforg.json", FIRST), ("acme-uat.sforg.json", SAME)],
    right: &[("acme.sforg.json", FIRST), ("acme-uat.sforg.json", OTHER)],
    check,
    fix: no_fix,
};

const FIRST: &str = r#"{
  "name": "Acme",
  "auth": { "type": "basic", "username": "integration@acme.example" }
}
"#;
const SAME: &str = r#"{
  "name": "Acme UAT",
  "auth": { "type": "basic", "username": "integration@acme.example" }
}
"#;
const OTHER: &str = r#"{
  "name": "Acme UAT",
  "sandbox": true,
  "auth": { "type": "basic", "username": "integration@acme.example.uat" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some((key, span)), Some(project)) = (connection(cx), cx.context.project) else {
        return;
    };
    let others: Vec<&str> = project
        .connecting(&key)
        .filter(|file| project.is_another(file, cx.context.file))
        .take(SHOWN_OF_A_GROUP + 1)
        .collect();
    let Some(first) = others.first() else { return };
    let more = match others.len() - 1 {
        0 => String::new(),
        SHOWN_OF_A_GROUP => format!(" (and {SHOWN_OF_A_GROUP} or more others)"),
        count => format!(" (and {count} more)"),
    };
    let who = match cx.org().and_then(|org| org.auth_type()) {
        Some(AuthType::Basic) => "user",
        _ => "client ID",
    };
    let message = format!(
        "{}{more} has the same host and {who}. Keep one {} for this connection.",
        org_label(cx, project, first),
        cx.document.org_holder()
    );
    let finding = findings.add(&RULE, span, message);
    for file in others.into_iter().take(SHOWN_OF_A_GROUP) {
        if let Some((_, span)) = project.org(file).and_then(|org| org.connection.as_ref()) {
            finding.related(file, *span, "This org makes the same connection");
        }
    }
}

/// What the org connects to as whom, once that is filled in: the same placeholder, reference of
/// another program or text that is no host in two files says nothing about what will stand there.
fn connection(cx: &RuleContext<'_>) -> Option<(String, Span)> {
    let org = cx.org()?;
    let is_filled_in = |field: &Option<Field>| {
        cx.filled_in(field).is_some_and(|string| cx.foreign(string).is_none())
    };
    let is_whole = match org.auth_type()? {
        AuthType::Basic => {
            is_filled_in(&org.auth.username)
                && (org.server_host.is_none() || is_filled_in(&org.server_host))
                && !matches!(
                    cx.server_host_problem(),
                    Some(ServerHostProblem::Form { mended: None, .. })
                )
        }
        AuthType::OAuth2ClientCredentials => {
            is_filled_in(&org.auth.instance_url)
                && is_filled_in(&org.auth.client_id)
                && !matches!(
                    cx.instance_url_problem(),
                    Some(InstanceUrlProblem::Form { mended: None, .. })
                )
        }
    };
    is_whole.then(|| connection_key(org))?
}

/// The org by its name when that tells it apart, else by its file.
fn org_label(cx: &RuleContext<'_>, project: &ProjectFacts, file: &str) -> String {
    let own = cx.org().and_then(|org| org.display_name());
    match project.org(file).and_then(|org| org.name.as_ref()) {
        Some((name, _)) if Some(&**name) != own => quoted(name),
        _ => file_label(project, file, cx.context.file),
    }
}
