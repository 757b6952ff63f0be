//! `duplicate-org-name`: two orgs of a project have the same name.

use super::{Files, Findings, Rule, RuleContext, file_label, quoted};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;
use crate::project_facts::SHOWN_OF_A_GROUP;

/// The rule.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-org-name",
    group: Group::Project,
    severity: Severity::Error,
    files: Files::Org,
    summary: "Another org of the project has the same name.",
    documentation: "People and operations refer to an org by its name, so every name is used once \
        in a project; upper and lower case differ. Org files outside any project count as one \
        project.",
    wrong: &[
        ("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n"),
        ("acme-uat.sforg.json", "{\n  \"name\": \"Acme\"\n}\n"),
    ],
    right: &[
        ("acme.sforg.json", "{\n  \"name\": \"Acme\"\n}\n"),
        ("acme-uat.sforg.json", "{\n  \"name\": \"Acme UAT\"\n}\n"),
    ],
    check,
    fix,
};

fn check(cx: &RuleContext<'_>, findings: &mut Findings) {
    let (Some(name), Some(project)) = (name(cx), cx.context.project) else {
        return;
    };
    let others: Vec<&str> = project
        .named(&name.value)
        .filter(|file| project.is_another(file, cx.context.file))
        .take(SHOWN_OF_A_GROUP + 1)
        .collect();
    let Some(first) = others.first() else { return };
    let first = file_label(project, first, cx.context.file);
    let who = match others.len() - 1 {
        0 => format!("{first} has the same name"),
        SHOWN_OF_A_GROUP => {
            format!("{first} and {SHOWN_OF_A_GROUP} or more others have the same name")
        }
        count => format!("{first} and {count} more have the same name"),
    };
    let finding = findings.add(&RULE, name.span, format!("{who}. Rename this org."));
    for file in others.into_iter().take(SHOWN_OF_A_GROUP) {
        if let Some((_, span)) = project.org(file).and_then(|org| org.name.as_ref()) {
            finding.related(file, *span, format!("{} is used here too", quoted(&name.value)));
        }
    }
}

fn fix(cx: &RuleContext<'_>, finding: &Finding) -> Vec<Fix> {
    let (Some(name), Some(project)) = (name(cx), cx.context.project) else {
        return Vec::new();
    };
    let free = (2u32..)
        .map(|number| format!("{} {number}", name.value.trim_end()))
        .find(|free| project.count_named(free) == 0);
    free.map(|free| Fix {
        title: format!("Change to {}", quoted(&free)),
        edits: vec![Edit::replace(finding.span, org_syntax::quote(&free))],
        safe: false,
        preferred: false,
    })
    .into_iter()
    .collect()
}

fn name<'a>(cx: &RuleContext<'a>) -> Option<&'a StringValue> {
    cx.filled_in(&cx.org()?.name)
}
