//! `design-studio-org-missing`: the linked Design Studio project has no org of this GUID.

use super::design_studio_differs::{FIRST_VERSION, LINKED, PROJECT};
use super::examples::LINKED_ORG;
use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::design_studio_link::DesignStudioLink;
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "design-studio-org-missing",
    group: Group::Project,
    severity: Severity::Warning,
    files: Files::Org,
    summary: "The linked Design Studio project has no Salesforce org of this GUID.",
    documentation: "`designStudioOrg` is the GUID of this org in the Design Studio project that \
        `designStudioProject` names: the name of its file in `Data/SalesforceConnector`. An org that was \
        deleted in Design Studio is not there any more. Correct the GUID, or remove \
        `designStudioOrg`.",
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

const WRONG: &str = r#"{
  "name": "Acme",
  "designStudioOrg": "626ba2f6-5bc8-4fba-a196-262787c9cbbf",
  "auth": { "type": "basic" }
}
"#;

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
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
