//! `basic-auth-blocks-upgrade`: orgs on basic authentication keep the project from upgrading.

use org_schema::versions;
use org_syntax::Span;

use super::{Files, Findings, Rule, RuleContext, file_label, no_fix, quoted};
use crate::document::FileKind;
use crate::finding::{Group, Severity};
use crate::names_listed;
use crate::project_facts::{OrgFacts, ProjectFacts};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "basic-auth-blocks-upgrade",
    group: Group::Authentication,
    severity: Severity::Warning,
    files: Files::EveryProject,
    summary: "Orgs on basic authentication would break if the project were upgraded.",
    documentation: "SOAP `login()` does not exist in API 65.0 and later. Do not accept an upgrade \
        of the project before these orgs are converted to OAuth 2.0 client credentials and their \
        logins are tested; until then the highest safe version is 64.0. Orgs that write an \
        `apiVersion` of their own are not concerned. In a project of Design Studio (`project.xml`) \
        each org has a version of its own, and accepting the wizard's prompt to upgrade raises them: \
        the finding stands at the project's name.",
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
    let has_version_to_leave = match cx.document.kind() {
        FileKind::Project => cx.written_version().is_some_and(|(version, _)| {
            (versions::LEAST_EVER..=versions::LAST_SOAP_LOGIN).contains(&version)
        }),
        FileKind::DesignStudioProject => true,
        FileKind::Org | FileKind::DesignStudioOrg | FileKind::OtherTool => false,
    };
    let project = cx.context.project;
    has_version_to_leave
        && project.is_some_and(|project| project.upgrading_basic_orgs().next().is_some())
}

/// Where an upgrade begins: at the project's version, or in Design Studio at the project's name.
fn place(cx: &RuleContext<'_>) -> Option<Span> {
    let Some(project) = cx.document.project_xml() else {
        return cx.written_version().map(|(_, span)| span);
    };
    project.name.as_ref().map(|name| name.span).or(project.root)
}

/// So many orgs are named in the message.
const NAMED: usize = 5;
/// So many are related places.
const RELATED: usize = 20;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some(span), Some(project), true) =
        (place(cx), cx.context.project, has_something_to_say(cx))
    else {
        return;
    };
    let orgs: Vec<_> = project.upgrading_basic_orgs().collect();
    let names = orgs.iter().map(|(file, org)| match &org.name {
        Some((name, _)) => quoted(name),
        None => file_label(project, file, cx.context.file),
    });
    let upgrade = if project.is_design_studio {
        "Accepting an upgrade in Design Studio"
    } else {
        "Upgrading"
    };
    let message = format!(
        "{upgrade} beyond API {} would break {}{}. Convert to OAuth 2.0 first.",
        versions::LAST_SOAP_LOGIN,
        names_listed(names, NAMED),
        what_stops_too(&orgs)
    );
    let finding = findings.add(&RULE, span, message);
    for (file, org) in orgs.into_iter().take(RELATED) {
        if let Some((_, span)) = org.auth_type {
            let message = match org.used_by.len() {
                0 => "This org uses basic authentication".to_owned(),
                1 => "This org uses basic authentication; 1 operation uses it".to_owned(),
                many => format!("This org uses basic authentication; {many} operations use it"),
            };
            finding.related(file, span, message);
        }
    }
}

/// How many operations stop with the orgs; behind their names.
fn what_stops_too(orgs: &[(&str, &OrgFacts)]) -> String {
    match orgs.iter().map(|(_, org)| org.used_by.len()).sum() {
        0 => String::new(),
        1 => ", and 1 operation with it".to_owned(),
        many => format!(", and {many} operations with it"),
    }
}
