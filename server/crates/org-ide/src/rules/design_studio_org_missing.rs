//! `design-studio-org-missing`: an org of Design Studio is not where it should be: in the linked project, in its
//! folder, or in `project.xml`.

use org_sources::design_studio::guid_key;

use super::design_studio_differs::{FIRST_VERSION, LINKED, PROJECT};
use super::examples::LINKED_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix, quoted};
use crate::design_studio_link::DesignStudioLink;
use crate::document::FileKind;
use crate::finding::{Group, Severity};
use crate::names_listed;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "design-studio-org-missing",
    group: Group::Project,
    severity: Severity::Warning,
    files: Files::Every,
    summary: "An org of Design Studio is missing: from the linked project, from its folder or from `project.xml`.",
    documentation: "`designStudioOrg` is the GUID of this org in the Design Studio project that \
        `designStudioProject` names: the name of its file in `Data/SalesforceConnector`. An org that was \
        deleted in Design Studio is not there any more. Correct the GUID, or remove \
        `designStudioOrg`.\n\nIn a Design Studio project the finding stands in `project.xml` at an org that is \
        listed there without a file in `Data/SalesforceConnector`: nobody can judge or import it. It is \
        information at the ID of an org that `project.xml` does not list, and at the project's name when \
        `Data/SalesforceConnector` has folders: Design Studio keeps each org directly in it, and what is in a folder \
        is not read.",
    wrong: &[
        ("Orders/project.xml", PROJECT),
        ("Orders/Data/SalesforceConnector/b4bf46f3-15ac-4c20-a9f2-9af06b286191.xml", FIRST_VERSION),
        ("sforg-project.json", LINKED),
        ("acme.sforg.json", WRONG),
    ],
    right: &[
        ("Orders/project.xml", PROJECT),
        ("Orders/Data/SalesforceConnector/b4bf46f3-15ac-4c20-a9f2-9af06b286191.xml", FIRST_VERSION),
        ("sforg-project.json", LINKED),
        ("acme.sforg.json", LINKED_ORG),
    ],
    check,
    fix: no_fix,
};

/// So many folders are named.
const NAMED: usize = 3;

const WRONG: &str = r#"{
  "name": "Acme",
  "designStudioOrg": "626ba2f6-5bc8-4fba-a196-262787c9cbbf",
  "auth": { "type": "basic" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    match cx.document.kind() {
        FileKind::Org => check_link(cx, findings),
        FileKind::DesignStudioOrg => check_listed(cx, findings),
        FileKind::DesignStudioProject => check_list(cx, findings),
        FileKind::Project | FileKind::OtherTool => {}
    }
}

/// The orgs that `project.xml` lists.
fn check_list(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some(xml), Some(project)) = (cx.document.project_xml(), cx.context.project) else {
        return;
    };
    for entity in project.org_files.missing(xml) {
        // One that lies in a file of another name is there all the same.
        if project.linked_to(&guid_key(&entity.id.value)).next().is_some() {
            continue;
        }
        let name = quoted(&entity.name.as_ref().unwrap_or(&entity.id).value);
        let message = format!(
            "The file of {name} is missing in Data/SalesforceConnector. Restore it, or delete the org in Design Studio."
        );
        findings.add(&RULE, entity.id.span, message);
    }
    let folders = project.org_files.folders().map(quoted).collect::<Vec<_>>();
    if let (false, Some(span)) =
        (folders.is_empty(), xml.name.as_ref().map(|it| it.span).or(xml.root))
    {
        let names = names_listed(folders.into_iter(), NAMED);
        let message = format!(
            "What is in folders of Data/SalesforceConnector is not read ({names}). Move orgs out of them: Design Studio keeps each org directly there."
        );
        findings.add(&RULE, span, message).severity = Severity::Information;
    }
}

/// Whether `project.xml` lists the org.
fn check_listed(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(id) = cx.document.entity().and_then(|entity| entity.header.id.as_ref()) else {
        return;
    };
    if cx.context.project.is_some_and(|project| project.org_files.is_unlisted(&id.value)) {
        let message =
            "project.xml does not list this org. Check in Design Studio whether it is still there.";
        findings.add(&RULE, id.span, message).severity = Severity::Information;
    }
}

/// The org that an org file of ours is linked to.
fn check_link(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(written) = cx.org().and_then(|org| cx.filled_in(&org.design_studio_org)) else {
        return;
    };
    let Some(DesignStudioLink::Read(linked)) = cx.context.project.map(|project| &project.link)
    else {
        return;
    };
    // A file that cannot be read is reported itself.
    if linked.org(&written.value).is_some() || linked.is_unclear(&written.value) {
        return;
    }
    let message = "The Design Studio project has no such Salesforce org. Correct the GUID, or remove \"designStudioOrg\".";
    let finding = findings.add(&RULE, written.span, message);
    finding.related(&linked.file, linked.place, "The Design Studio project");
}
