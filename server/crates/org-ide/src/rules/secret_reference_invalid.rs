//! `secret-reference-invalid`: looks like a reference to a secret and is none.

use org_schema::secret_ref::{self, Malformed, SecretValue};

use super::examples::ORG_WITH_REFERENCE;
use super::{Files, Findings, Rule, RuleContext};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "secret-reference-invalid",
    group: Group::Secrets,
    severity: Severity::Error,
    files: Files::Org,
    summary: "The value looks like a reference to a secret and is none.",
    documentation: "A reference is `${env:NAME}`, with letters, digits and `_` in the name and no \
        digit at its beginning, or `${keyring:NAME}`, with 1 to 255 characters other than `}`. \
        What begins with `${` and ends with `}` and is neither is never sent. A secret that \
        really has this form belongs in an environment variable or the keyring.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", ORG_WITH_REFERENCE)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "oauth2-client-credentials", "clientSecret": "${ACME_CLIENT_SECRET}" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for (_, string) in cx.org_references() {
        if secret_ref::parse(&string.value) == SecretValue::Invalid && !cx.is_tainted(&string.value)
        {
            findings.add(&RULE, string.span, message(&string.value));
        }
    }
}

/// Why it is none, that it is never sent, and what to write.
fn message(value: &str) -> String {
    let why = Malformed::of(value);
    let (first, rest) = why.what().split_at(1);
    format!("{}{rest}. It is never sent. {}", first.to_ascii_uppercase(), why.instead())
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let secrets = cx.org_references();
    let string =
        secrets.iter().map(|(_, string)| string).find(|string| string.span == finding.span);
    string
        .and_then(|string| meant(string))
        .map(|reference| Fix {
            // Without the name: what has no form of a reference may be a password.
            title: match secret_ref::parse(&reference) {
                SecretValue::Keyring(_) => "Write it as ${keyring:…}".to_owned(),
                _ => "Write it as ${env:…}".to_owned(),
            },
            edits: vec![Edit::replace(finding.span, org_syntax::quote(&reference))],
            safe: false,
            preferred: true,
        })
        .into_iter()
        .collect()
}

/// `${NAME}`, `${ENV:NAME}`, `${env: NAME }`, `${env.NAME}`, `${Keyring:Name}`, `${NAME:-default}`,
/// `${{ secrets.NAME }}` and the like.
fn meant(string: &StringValue) -> Option<String> {
    let inner = string.value.strip_prefix("${")?.strip_suffix('}')?.trim();
    let inner = inner.strip_prefix('{').map_or(inner, |inner| inner.trim_end_matches('}').trim());
    let narrow = inner.replace('：', ":");
    let (kind, name) = match narrow.split_once([':', '.']) {
        // A default of a shell, and the prefixes of files of settings.
        Some((name, rest)) if rest.starts_with(['-', '?', '=', '+']) => ("env".to_owned(), name),
        Some((kind, name)) => (kind.trim().to_ascii_lowercase(), name.trim()),
        None => ("env".to_owned(), narrow.as_str()),
    };
    match kind.as_str() {
        "env" | "environment" | "envvar" | "envs" | "sys" | "secret" | "secrets" | "vars"
        | "var" => secret_ref::env_reference(name),
        "keyring" | "keychain" => secret_ref::keyring_reference(name),
        _ => None,
    }
}
