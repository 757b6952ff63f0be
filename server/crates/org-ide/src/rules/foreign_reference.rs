//! `foreign-reference`: meant as a reference to a secret, in another program's form.

use org_schema::foreign_ref::ForeignReference;
use org_schema::secret_ref;

use super::examples::BASIC_ORG;
use super::{Files, Findings, Rule, RuleContext};
use crate::assists::secret_environment_name;
use crate::finding::{Edit, Finding, Fix, Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "foreign-reference",
    group: Group::Secrets,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "The value is a reference of another program.",
    documentation: "References are `${env:NAME}` and `${keyring:NAME}`, and a value is one only as \
        a whole. What another program would replace stays as it is written here, and would be \
        sent to Salesforce as it stands: `[name]` of Jitterbit, `{{name}}` of templates, `%NAME%` \
        of Windows, `#{name}`, `$NAME`, `op://…`, `<%= ENV['NAME'] %>`, text that Mule or SOPS has \
        encrypted, and our own form with a blank, a quote or an invisible character around it. A \
        login with such a value is refused (`secret-unavailable`). If it really is the password, \
        keep it in an environment variable or the keyring, or switch this rule off for the \
        project.",
    wrong: &[("acme.sforg.json", WRONG)],
    right: &[("acme.sforg.json", BASIC_ORG)],
    check,
    fix,
};

const WRONG: &str = r#"{
  "name": "Acme",
  "auth": { "type": "basic", "username": "integration@acme.example", "password": "{{ACME_PASSWORD}}" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    for (_, string) in cx.org_references() {
        if let Some(foreign) = cx.foreign(string) {
            let whose = foreign.whose;
            let message = match shown(foreign) {
                Some(ours) => format!("This is {whose}, and would be sent as it is. Write {ours}."),
                None => format!(
                    "This is {whose}, and would be sent as it is. Write ${{env:NAME}} or ${{keyring:NAME}}."
                ),
            };
            findings.add(&RULE, string.span, message);
        }
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let references = cx.org_references();
    let Some((member, string)) = references.iter().find(|(_, it)| it.span == finding.span) else {
        return Vec::new();
    };
    let Some(foreign) = cx.foreign(string).cloned() else {
        return Vec::new();
    };
    let org = cx.org().and_then(|org| org.display_name()).unwrap_or("");
    let shown = shown(&foreign).map(str::to_owned);
    let (reference, title) = match (foreign.ours, shown) {
        (Some(ours), Some(shown)) => (ours, format!("Change to {shown}")),
        (Some(ours), None) if ours.starts_with("${keyring") => {
            (ours, "Write it as ${keyring:…}".to_owned())
        }
        (Some(ours), None) => (ours, "Write it as ${env:…}".to_owned()),
        (None, _) => {
            let fitting = format!("${{env:{}}}", secret_environment_name(org, member));
            let title = format!("Change to {fitting}");
            (fitting, title)
        }
    };
    vec![Fix {
        title,
        edits: vec![Edit::replace(finding.span, org_syntax::quote(&reference))],
        safe: false,
        preferred: true,
    }]
}

/// Our reference, when its name is clearly one and no password that looks like a form.
fn shown(foreign: &ForeignReference) -> Option<&str> {
    let reference = foreign.ours.as_deref()?;
    match secret_ref::parse(reference) {
        secret_ref::SecretValue::Env(name) if name.contains('_') => Some(reference),
        _ => None,
    }
}
