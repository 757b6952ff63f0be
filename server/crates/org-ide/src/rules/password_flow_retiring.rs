//! `password-flow-retiring`: the OAuth 2.0 username-password flow ends.

use org_schema::versions::PASSWORD_FLOW_ENDS;
use org_sources::logins::Flow;

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::finding::{Group, Severity, Tag};
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "password-flow-retiring",
    group: Group::Authentication,
    severity: Severity::Warning,
    files: Files::OtherTools,
    summary: "The OAuth 2.0 username-password flow stops working on 20 February 2027.",
    documentation: "A login with client ID, client secret, user name and password \
        (`grant_type=password`) is refused for connected apps from 20 February 2027 on (from then on \
        this is an error), before SOAP `login()` ends; external client apps never had it. Such logins \
        are in the files of other tools, which `sforg scan` reads. Use OAuth 2.0 client credentials: \
        the same tool as a rule has a setting for it.",
    wrong: &[(
        "kafka.properties",
        "salesforce.username=integration@acme.example\nsalesforce.password=${file:/run/sf:password}\nsalesforce.consumer.key=${file:/run/sf:key}\nsalesforce.consumer.secret=${file:/run/sf:secret}\n",
    )],
    right: &[(
        "kafka.properties",
        "salesforce.grant.type=CLIENT_CREDENTIALS\nsalesforce.consumer.key=${file:/run/sf:key}\nsalesforce.consumer.secret=${file:/run/sf:secret}\n",
    )],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org().filter(|org| org.flow == Some(Flow::UsernamePassword)) else {
        return;
    };
    let Some(span) = org.auth.kind.as_ref().map(Field::span) else { return };
    let over = cx.context.today >= PASSWORD_FLOW_ENDS;
    let message = if over {
        "The username-password flow has ended. Change to OAuth 2.0 client credentials."
    } else {
        "The username-password flow ends on 20 February 2027. Change to OAuth 2.0 client credentials."
    };
    let severity = if over { Severity::Error } else { Severity::Warning };
    findings.add(&RULE, span, message).severity(severity).tags(&[Tag::Deprecated]);
}
