//! `secret-not-found`: a reference to an environment variable that nobody has set.

use org_schema::secret_ref::{self, SecretValue};

use super::examples::ORG_WITH_REFERENCE;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;
use crate::spelling::nearest_within;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "secret-not-found",
    group: Group::Secrets,
    severity: Severity::Information,
    files: Files::Org,
    summary: "No environment variable and no line of .env has this name.",
    documentation: "`${env:NAME}` is looked up in the environment of the program that tests the \
        login, then in the `.env` file beside `sforg-project.json` (without a project: in the \
        workspace folder, else beside the org file). That file is UTF-8 text with lines \
        `NAME=value`; where it cannot be read, or has lines that are not understood, the finding \
        says which and why. Only whether the name exists is looked at; \
        its value is read when a login is tested, and never before. What a server or a colleague \
        has set is not known here, so this is information only.",
    wrong: &[("acme.sforg.json", ORG_WITH_REFERENCE)],
    right: &[(".env", "ACME_CLIENT_SECRET=…\n"), ("acme.sforg.json", ORG_WITH_REFERENCE)],
    check,
    fix,
};

/// Another org's variable is one word away, so only slips of the finger count.
const MOST_DIFFERENCES: usize = 1;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for (string, name) in unknown_names(cx) {
        let near = near_name(cx, name).map(|near| format!(" Did you mean {near}?"));
        let message = match (near, cx.context.environment.env_file_trouble(name)) {
            // The name may be there: what to mend is the file.
            (near, Some(trouble)) => {
                format!("{name} is not set, and {trouble}.{}", near.unwrap_or_default())
            }
            (Some(near), None) => format!("{name} is not set.{near}"),
            (None, None) => format!("{name} is not set. Set it, or add it to .env."),
        };
        findings.add(&RULE, string.span, message);
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    unknown_names(cx)
        .into_iter()
        .filter(|(string, _)| string.span == finding.span)
        .filter_map(|(string, name)| {
            let reference = secret_ref::env_reference(&near_name(cx, name)?)?;
            Some(Fix {
                title: format!("Change to {reference}"),
                edits: vec![Edit::replace(string.span, org_syntax::quote(&reference))],
                safe: false,
                preferred: true,
            })
        })
        .collect()
}

fn unknown_names<'a>(cx: &RuleContext<'a>) -> Vec<(&'a StringValue, &'a str)> {
    let secrets = cx.org_references().into_iter();
    secrets
        .filter_map(|(_, string)| match secret_ref::parse(&string.value) {
            SecretValue::Env(name) if !cx.context.environment.knows(name) => Some((string, name)),
            _ => None,
        })
        .collect()
}

fn near_name(cx: &RuleContext<'_>, name: &str) -> Option<String> {
    // Of so short a name one difference leaves next to nothing.
    if name.len() <= 2 {
        return None;
    }
    let names = cx.context.environment.names();
    // Digits tell orgs apart, and secrets of one: ACME_SECRET_2 is no slip for ACME_SECRET_3.
    let others = names.iter().map(String::as_str).filter(|other| !same_but_for_digits(other, name));
    nearest_within(MOST_DIFFERENCES, name, others).map(str::to_owned)
}

fn same_but_for_digits(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.replace(|c: char| c.is_ascii_digit(), "");
    letters(one) == letters(other)
}
