//! `basic-auth-blocks-upgrade`: orgs on basic authentication keep the project from upgrading.

use org_schema::versions;

use super::{Files, Findings, Rule, RuleContext, file_label, no_fix, quoted};
use crate::document::FileKind;
use crate::finding::{Group, Severity};
use crate::names_listed;
use crate::project_facts::ProjectFacts;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "basic-auth-blocks-upgrade",
    group: Group::Authentication,
    severity: Severity::Warning,
    files: Files::Project,
    summary: "Orgs on basic authentication would break if the project were upgraded.",
    documentation: "SOAP `login()` does not exist in API 65.0 and later. Do not accept an upgrade \
        of the project before these orgs are converted to OAuth 2.0 client credentials and their \
        logins are tested; until then the highest safe version is 64.0. Orgs that write an \
        `apiVersion` of their own are not concerned.",
    wrong: &[
        ("acme.sforg.json", "{\n  \"name\": \"Acme\",\n  \"auth\": { \"type\": \"basic\" }\n}\n"),
        ("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n"),
    ],
    right: &[
        (
            "acme.sforg.json",
            "{\n  \"name\": \"Acme\",\n  \"auth\": { \"type\": \"oauth2-client-credentials\" }\n}\n",
        ),
        ("sforg-project.json", "{\n  \"apiVersion\": \"68.0\"\n}\n"),
    ],
    check,
    fix: no_fix,
};

/// Whether this rule says something about the project file at hand, and may.
pub(super) fn speaks(cx: &RuleContext<'_>) -> bool {
    let is_off = |project: &ProjectFacts| matches!(project.severities.get(RULE.name), Some(None));
    has_something_to_say(cx) && !cx.context.project.is_some_and(is_off)
}

fn has_something_to_say(cx: &RuleContext<'_>) -> bool {
    cx.document.kind() == FileKind::Project
        && cx.written_version().is_some_and(|(version, _)| {
            (versions::LEAST_EVER..=versions::LAST_SOAP_LOGIN).contains(&version)
        })
        && cx
            .context
            .project
            .is_some_and(|project| project.inheriting_basic_orgs().next().is_some())
}

/// So many orgs are named in the message.
const NAMED: usize = 5;
/// So many are related places.
const RELATED: usize = 20;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some((_, span)), Some(project), true) =
        (cx.written_version(), cx.context.project, has_something_to_say(cx))
    else {
        return;
    };
    let orgs: Vec<_> = project.inheriting_basic_orgs().collect();
    let names = orgs.iter().map(|(file, org)| match &org.name {
        Some((name, _)) => quoted(name),
        None => file_label(project, file, cx.context.file),
    });
    let message = format!(
        "Convert {} to OAuth 2.0 client credentials before you upgrade beyond API {}: basic authentication stops there.",
        names_listed(names, NAMED),
        versions::LAST_SOAP_LOGIN
    );
    let finding = findings.add(&RULE, span, message);
    for (file, org) in orgs.into_iter().take(RELATED) {
        if let Some((_, span)) = org.auth_type {
            finding.related(file, span, "This org uses basic authentication");
        }
    }
}
