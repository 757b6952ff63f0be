//! `oauth-needs-newer-agent`: the project's agent cannot log in with OAuth 2.0.

use org_schema::jitterbit::{self, LEAST_OAUTH_AGENT_11, LEAST_OAUTH_AGENT_12};
use org_schema::members::AuthType;

use super::examples::OAUTH_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::finding::{Group, Severity};
use crate::lower::Field;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "oauth-needs-newer-agent",
    group: Group::Authentication,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The project's agent is too old for OAuth 2.0 client credentials.",
    documentation: "OAuth 2.0 client credentials need agent 11.59 on the 11.x line, or 12.3 on \
        12.x. Upgrade the agent, then correct `agentVersion` in `sforg-project.json`; until then \
        operations with this org fail, whatever a login test from your machine says.",
    wrong: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"61.0\",\n  \"agentVersion\": \"12.2\"\n}\n"),
        ("acme.sforg.json", OAUTH_ORG),
    ],
    right: &[
        ("sforg-project.json", "{\n  \"apiVersion\": \"65.0\",\n  \"agentVersion\": \"12.3\"\n}\n"),
        ("acme.sforg.json", OAUTH_ORG),
    ],
    check,
    fix: no_fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some(org), Some(project)) =
        (cx.org_with(AuthType::OAuth2ClientCredentials), cx.context.project)
    else {
        return;
    };
    // A version that nobody knows is reported in the project file, and there alone.
    let Some((agent, agent_span)) = project.agent.as_ref().filter(|(agent, _)| {
        jitterbit::known_agent(agent) && jitterbit::oauth_needs_newer_agent(agent)
    }) else {
        return;
    };
    let Some(span) = org.auth.kind.as_ref().map(Field::span) else {
        return;
    };
    let least = if agent.major() < 12 {
        format!("{LEAST_OAUTH_AGENT_11} (or {LEAST_OAUTH_AGENT_12} on 12.x)")
    } else {
        LEAST_OAUTH_AGENT_12.to_owned()
    };
    let message =
        format!("Agent {agent} has no OAuth 2.0 client credentials. Upgrade it to {least}.");
    let finding = findings.add(&RULE, span, message);
    if let Some(file) = &project.file {
        finding.related(file, *agent_span, format!("The project runs on agent {agent}"));
    }
}
