//! Every rule's documentation holds: the wrong example is found, the right one is not; and the
//! wording of every finding of the examples.

use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;

use super::{ALL, Example, Rule};
use crate::{
    Context, Document, Edit, FileKind, Finding, NoEnvironment, OrgFacts, ProjectFacts, Severity,
};

pub(super) const TODAY: Date = Date {
    year: 2026,
    month: 11,
    day: 24,
};

/// A folder of files with a project in its root, if it has one.
pub(super) struct World {
    pub documents: Vec<(&'static str, Document)>,
    pub project: ProjectFacts,
    pub today: Date,
    pub allowed: AllowedHosts,
}

impl World {
    pub fn new(files: Example) -> Self {
        let mut project = ProjectFacts::default();
        let documents: Vec<_> = files
            .iter()
            .map(|(name, text)| {
                let kind = FileKind::of_name(name).expect("a name of ours");
                (*name, Document::new(kind, *text))
            })
            .collect();
        for (name, document) in &documents {
            match document.kind() {
                FileKind::Project => project.set_file(name, document),
                FileKind::Org => drop(project.set_org(name, OrgFacts::of(document))),
            }
        }
        Self {
            documents,
            project,
            today: TODAY,
            allowed: AllowedHosts::default(),
        }
    }

    pub fn with<T>(&self, file: usize, ask: impl FnOnce(&Document, &Context<'_>) -> T) -> T {
        let (name, document) = &self.documents[file];
        let context = Context {
            file: name,
            today: self.today,
            project: Some(&self.project),
            allowed: &self.allowed,
            environment: &NoEnvironment,
            login: None,
            known_host: None,
        };
        ask(document, &context)
    }

    pub fn findings(&self, file: usize) -> Vec<Finding> {
        self.with(file, super::check)
    }
}

/// `severity "text under it": message` and the fixes, for what `rule` finds in the last file.
fn report(rule: &Rule, files: Example) -> String {
    let world = World::new(files);
    let last = files.len() - 1;
    let text = files[last].1;
    let mut report = String::new();
    for finding in world.findings(last).into_iter().filter(|f| f.rule == rule) {
        report.push_str(&format!(
            "{} {:?}: {}\n",
            finding.severity.as_str(),
            finding.span.text(text),
            finding.message
        ));
        let fixes = world.with(last, |document, context| {
            super::fixes(document, context, &finding)
        });
        for fix in fixes {
            report.push_str(&format!("    fix: {}\n", fix.title));
        }
    }
    report
}

fn speaks(rule: &Rule, example: Example) -> bool {
    let world = World::new(example);
    world
        .findings(example.len() - 1)
        .iter()
        .any(|finding| finding.rule == rule)
}

#[test]
fn names_are_unique_and_in_form() {
    let mut names = super::names();
    assert!(
        names
            .iter()
            .all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
    );
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn examples_hold() {
    for rule in ALL {
        if rule.wrong.is_empty() {
            continue;
        }
        assert!(
            speaks(rule, rule.wrong),
            "{}: the wrong example is not found",
            rule.name
        );
        assert!(
            !speaks(rule, rule.right),
            "{}: the right example is found",
            rule.name
        );
    }
}

#[test]
fn wording_of_the_examples() {
    let mut report = String::new();
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        report.push_str(&format!(
            "# {}\n{}\n",
            rule.name,
            self::report(rule, rule.wrong)
        ));
    }
    insta::assert_snapshot!(report);
}

#[test]
fn messages_say_what_to_do_in_one_line() {
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        for finding in World::new(rule.wrong).findings(rule.wrong.len() - 1) {
            assert!(!finding.message.contains('\n'), "{}", finding.message);
            assert!(finding.message.ends_with(['.', '?']) || finding.message.contains('?'));
        }
    }
}

#[test]
fn a_fix_makes_its_finding_go() {
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        let world = World::new(rule.wrong);
        let last = rule.wrong.len() - 1;
        let (name, text) = rule.wrong[last];
        let kind = FileKind::of_name(name).expect("a name of ours");
        for finding in world.findings(last).into_iter().filter(|f| f.rule == *rule) {
            for fix in world.with(last, |d, c| super::fixes(d, c, &finding)) {
                let mended = Document::new(kind, Edit::apply_all(text, &fix.edits));
                let mut after = World::new(rule.wrong);
                if kind == FileKind::Project {
                    after.project.set_file(name, &mended);
                }
                after.documents[last].1 = mended;
                let left = after.findings(last);
                let gone = !left
                    .iter()
                    .any(|f| f.rule == *rule && f.message == finding.message);
                assert!(gone, "{}: \"{}\" leaves {left:#?}", rule.name, fix.title);
            }
        }
    }
}

#[test]
fn a_project_sets_severities() {
    const WARNED: Example = &[
        (
            "sforg-project.json",
            r#"{"apiVersion": "68.0", "rules": {"comment": "error", "trailing-comma": "off"}}"#,
        ),
        ("acme.sforg.json", "{ // x\n \"$schema\": \"s\", }"),
    ];
    let world = World::new(WARNED);
    let findings = world.findings(1);
    let severity = |rule: &str| {
        findings
            .iter()
            .find(|f| f.rule.name == rule)
            .map(|f| f.severity)
    };
    assert_eq!(severity("comment"), Some(Severity::Error));
    assert_eq!(severity("trailing-comma"), None);
}
