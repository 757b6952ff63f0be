//! `duplicate-org-name`: two orgs of a project have the same name.

use super::{Cx, Files, Rule, Sink};
use crate::finding::{Edit, Finding, Fix, Group, Severity};
use crate::lower::StringValue;
use crate::project_facts::ProjectFacts;

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

/// So many of the other orgs are related places; the message tells how many there are.
const RELATED: usize = 10;

fn check(cx: &Cx<'_>, sink: &mut Sink) {
    let (Some(name), Some(project)) = (name(cx), cx.context.project) else {
        return;
    };
    let others: Vec<&str> = others(cx, project, &name.value).take(RELATED + 1).collect();
    let Some(first) = others.first() else { return };
    let who = match others.len() {
        1 => format!("{} has the same name", file_label(first)),
        _ => {
            let count = others_count(cx, project, &name.value);
            format!("{} and {} more have the same name", file_label(first), count - 1)
        }
    };
    let finding = sink.add(&RULE, name.span, format!("Rename this org: {who}."));
    for file in others.into_iter().take(RELATED) {
        if let Some((_, span)) = project.org(file).and_then(|org| org.name.as_ref()) {
            finding.related(file, *span, format!("\"{}\" is used here too", name.value));
        }
    }
}

fn fix(cx: &Cx<'_>, finding: &Finding) -> Vec<Fix> {
    let (Some(name), Some(project)) = (name(cx), cx.context.project) else {
        return Vec::new();
    };
    let free = (2u32..)
        .map(|number| format!("{} {number}", name.value.trim_end()))
        .find(|free| project.count_named(free) == 0);
    free.map(|free| Fix {
        title: format!("Change to \"{free}\""),
        edits: vec![Edit::replace(finding.span, org_syntax::quote(&free))],
        safe: false,
        preferred: false,
    })
    .into_iter()
    .collect()
}

fn name<'a>(cx: &Cx<'a>) -> Option<&'a StringValue> {
    cx.filled_in(&cx.org()?.name)
}

fn others<'a>(
    cx: &'a Cx<'_>,
    project: &'a ProjectFacts,
    name: &str,
) -> impl Iterator<Item = &'a str> {
    project.named(name).filter(|file| *file != cx.context.file)
}

fn others_count(cx: &Cx<'_>, project: &ProjectFacts, name: &str) -> usize {
    let own = project
        .org(cx.context.file)
        .and_then(|org| org.name.as_ref())
        .is_some_and(|(own, _)| own == name);
    project.count_named(name) - usize::from(own)
}

/// The file's name without its folders, for messages.
pub(super) fn file_label(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}
