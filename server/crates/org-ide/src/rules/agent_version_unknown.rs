//! `agent-version-unknown`: no version of the Jitterbit agent that we know.

use org_schema::jitterbit::{self, ProductVersion};

use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "agent-version-unknown",
    group: Group::Project,
    severity: Severity::Information,
    files: Files::Project,
    summary: "The agent version is not a version number, or none that is known.",
    documentation: "`agentVersion` holds the numbers alone, `\"12.9\"`; they compare as numbers, \
        so 12.10 is newer than 12.9. While the version is unknown, nothing is said about which \
        API versions the agent supports, nor about OAuth 2.0. A version newer than this program \
        knows is fine: update sforg, or leave it.",
    wrong: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"66.0\",\n  \"agentVersion\": \"v12.9\"\n}\n",
    )],
    right: &[(
        "sforg-project.json",
        "{\n  \"apiVersion\": \"66.0\",\n  \"agentVersion\": \"12.9\"\n}\n",
    )],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(string) = cx.project_def().and_then(|project| cx.filled_in(&project.agent_version))
    else {
        return;
    };
    let newest = jitterbit::newest_known_agent();
    let message = match ProductVersion::parse(&string.value) {
        None => format!("Not a version number. Write it like \"{newest}\"."),
        Some(version) if !jitterbit::known_agent(&version) => format!(
            "sforg does not know this agent: it knows 9.4.2 to 10.87, 11.0 to 11.59 and 12.0 to {newest}. Check it, or update sforg."
        ),
        Some(_) => return,
    };
    findings.add(&RULE, string.span, message);
}

fn fix(cx: &RuleContext<'_>, _: &Finding) -> Vec<Fix> {
    cx.project_def()
        .and_then(|project| cx.filled_in(&project.agent_version))
        .map_or_else(Vec::new, |string| plain_version(string, jitterbit::known_agent))
}

/// The version number in `v12.9`, ` 12.9 `, `Agent 12.9`, when it is a known one.
pub(super) fn plain_version(
    string: &StringValue,
    is_known: impl Fn(&ProductVersion) -> bool,
) -> Vec<Fix> {
    let number = string.value.trim_matches(|c: char| !c.is_ascii_digit());
    let fits = ProductVersion::parse(number).is_some_and(|version| is_known(&version));
    fits.then(|| Fix {
        title: format!("Change to \"{number}\""),
        edits: vec![Edit::replace(string.span, org_syntax::quote(number))],
        safe: false,
        preferred: true,
    })
    .into_iter()
    .collect()
}
