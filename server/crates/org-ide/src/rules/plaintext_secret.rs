//! `plaintext-secret`: a secret is written out in the file.

use super::examples::BASIC_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::document::FileKind;
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "plaintext-secret",
    group: Group::Secrets,
    severity: Severity::Warning,
    files: Files::EveryOrg,
    summary: "A secret is written out in the file.",
    documentation: "Whoever reads the repository reads the secret. Write a reference instead: \
        `${env:NAME}` (an environment variable, or a line in `.env`) or `${keyring:NAME}` (the \
        keyring of this computer). *Move secret to environment variable* and *Move \
        secret to keyring* do both steps. In a file of Design Studio a secret is encrypted \
        (`enc=\"true\"`) or a variable (`[name]`).",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", BASIC_ORG)],
    check,
    fix: no_fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "basic", "username": "integration@acme.example", "password": "not-a-real-password" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(org) = cx.org() else { return };
    for (name, field) in org.auth.secret_fields() {
        if let Some((string, _)) = cx.written_out(field) {
            let name = cx.document.name_of(name);
            let message = if cx.document.kind() == FileKind::OtherTool {
                format!(
                    "A secret in plain text. Take \"{name}\" out of this file, and change it in Salesforce."
                )
            } else if cx.document.kind().is_design_studio() {
                format!(
                    "A secret in plain text. Enter \"{name}\" again in Design Studio, which encrypts it, or use a variable, and change it in Salesforce."
                )
            } else {
                format!(
                    "A secret in plain text. Move \"{name}\" to the keyring or an environment variable."
                )
            };
            findings.add(&RULE, string.span, message);
        }
    }
}
