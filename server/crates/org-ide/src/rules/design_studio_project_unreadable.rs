//! `design-studio-project-unreadable`: `designStudioProject` names no project that can be read.

use super::{Files, Findings, Rule, RuleContext, no_fix};
use crate::design_studio_link::DesignStudioLink;
use crate::finding::{Group, Severity};

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "design-studio-project-unreadable",
    group: Group::Project,
    severity: Severity::Warning,
    files: Files::Project,
    summary: "`designStudioProject` names no Design Studio project that can be read.",
    documentation: "`designStudioProject` is the path from `sforg-project.json` to the folder of a Design \
        Studio project (the one with `project.xml` and `Data`) or to a Jitterpak (`.jpk`), with `/` \
        between its parts. It has to be inside of the workspace. As long as it cannot be read the orgs \
        are not compared with those of Design Studio, and its version is not known from there.",
    wrong: &[("sforg-project.json", GONE)],
    right: &[("Orders/project.xml", PROJECT), ("sforg-project.json", THERE)],
    check,
    fix: no_fix,
};

const GONE: &str = "{\n  \"apiVersion\": \"64.0\",\n  \"designStudioProject\": \"Oders\"\n}\n";
const THERE: &str = "{\n  \"apiVersion\": \"64.0\",\n  \"designStudioProject\": \"Orders\"\n}\n";
const PROJECT: &str = "<Project name=\"Orders\"/>\n";

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let Some(written) =
        cx.project_def().and_then(|project| cx.filled_in(&project.design_studio_project))
    else {
        return;
    };
    if let Some(DesignStudioLink::Unreadable(why)) = cx.context.project.map(|it| &it.link) {
        let message = format!(
            "The Design Studio project cannot be read: {why}. Correct the path, or restore what it names."
        );
        findings.add(&RULE, written.span, message);
    }
}
