//! `sandbox-mismatch`: the host says something else than the *Sandbox* checkbox.

use org_schema::hosts;

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::host_analysis::{InstanceUrlProblem, written_login_host};
use crate::lower::{Field, OrgDef};
use crate::member_edits::insert_member;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "sandbox-mismatch",
    group: Group::Host,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "The host says something else than `sandbox`.",
    documentation: "`….sandbox.my.salesforce.com`, `name--sandbox.my.salesforce.com`, `cs` \
        instance hosts and test.salesforce.com are sandboxes; `name.my.salesforce.com` and \
        login.salesforce.com are production. Other partitions (develop, scratch, trailblaze …) \
        say neither. A `sandbox` that is not written means `false`.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", RIGHT)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "sandbox": false,
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme--uat.sandbox.my.salesforce.com" }
}
"#;
const RIGHT: &str = r#"{
  "name": "Acme",
  "sandbox": true,
  "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme--uat.sandbox.my.salesforce.com" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org() else { return };
    let Some(written) = org.is_sandbox() else { return };
    let by_host = written_login_host(org)
        .and_then(|(host, span)| Some((hosts::sandbox_by_host(&host)?, host, span)));
    let Some((by_host, host, host_span)) = by_host.filter(|(by_host, ..)| *by_host != written)
    else {
        return said_by_salesforce(cx, org, written, findings);
    };
    // A login host as instance URL is wrong whatever it says about sandboxes.
    let is_login_host = cx.instance_url_problem() == Some(&InstanceUrlProblem::LoginHost);
    let is_misspelled = org.sandbox.is_none()
        && org.root.is_some_and(|root| super::unknown_member::is_misspelled(cx, root, "sandbox"));
    if is_login_host || is_misspelled {
        return;
    }
    let is = if by_host { "a sandbox" } else { "production" };
    let name = cx.document.name_of("sandbox");
    let message = match &org.sandbox {
        None if org.root.is_some() => {
            format!("{host} is {is}. Add \"{name}\": {}.", cx.document.written_boolean(by_host))
        }
        _ => {
            let value = cx.document.written_boolean(written);
            format!("{host} is {is}, but \"{name}\" is {value}.")
        }
    };
    findings.add(&RULE, org.sandbox.as_ref().map_or(host_span, Field::span), message);
}

/// After a login Salesforce has the last word, also where no host tells.
fn said_by_salesforce(cx: &RuleContext<'_>, org: &OrgDef, written: bool, findings: &mut Findings) {
    let said = cx.context.login.and_then(|last| last.sandbox).filter(|said| *said != written);
    let (Some(said), Some(auth)) = (said, &org.auth_field) else { return };
    let kind = if said { "a sandbox" } else { "a production org" };
    let message = match &org.sandbox {
        Some(_) => format!("Salesforce says this is {kind}, but \"sandbox\" is {written}."),
        None => format!("Salesforce says this is {kind}. Add \"sandbox\": {said}."),
    };
    let span = org.sandbox.as_ref().map_or(auth.key_span, Field::span);
    findings.add(&RULE, span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    let Some(org) = cx.org() else {
        return Vec::new();
    };
    let written = org.is_sandbox();
    let by_host = written_login_host(org).and_then(|(host, _)| hosts::sandbox_by_host(&host));
    let right = by_host
        .filter(|by_host| Some(*by_host) != written)
        .or_else(|| cx.context.login.and_then(|last| last.sandbox));
    let (Some(right), Some(root)) = (right, org.root) else {
        return Vec::new();
    };
    let value = right.to_string();
    let edits = match org.sandbox.as_ref().and_then(|field| field.value_span) {
        Some(span) => vec![Edit::replace(span, &value)],
        None => {
            let after = org.name.as_ref().and_then(|field| field.member);
            insert_member(cx.text(), cx.tree(), root, after, "sandbox", &value)
        }
    };
    vec![Fix { title: format!("Set \"sandbox\" to {value}"), edits, safe: false, preferred: true }]
}
