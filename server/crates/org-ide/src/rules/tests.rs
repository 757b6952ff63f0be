//! Every rule's documentation holds: the wrong example is found, the right one is not; and the
//! wording of every finding of the examples.

use std::sync::Arc;

use org_schema::Date;
use org_schema::allowed_hosts::AllowedHosts;
use org_sources::logins::{Format, read};

use super::{ALL, Example, Rule};
use crate::{
    Context, DesignStudioLink, Document, Edit, EnvNames, FileKind, Finding, LinkedProject,
    OrgFacts, ProjectFacts, Severity,
};

pub(super) const TODAY: Date = Date { year: 2026, month: 11, day: 24 };

/// A folder of files with a project in its root, if it has one.
pub(super) struct World {
    pub documents: Vec<(&'static str, Document)>,
    pub project: ProjectFacts,
    pub today: Date,
    pub allowed: AllowedHosts,
    environment: DotEnv,
}

/// The names that the `.env` file of an example has.
#[derive(Default)]
struct DotEnv(Vec<String>);

impl DotEnv {
    fn of(files: Example) -> Self {
        let lines =
            files.iter().filter(|(name, _)| *name == ".env").flat_map(|(_, text)| text.lines());
        let names = lines.filter_map(|line| Some(line.split_once('=')?.0.to_owned()));
        Self(names.collect())
    }
}

impl EnvNames for DotEnv {
    fn knows(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    fn names(&self) -> &[String] {
        &self.0
    }
}

impl World {
    pub fn new(files: Example) -> Self {
        let mut project = ProjectFacts::default();
        let documents: Vec<_> = files
            .iter()
            .filter_map(|(name, text)| match FileKind::of_name(name) {
                Some(kind) => Some((*name, Document::new(kind, *text))),
                None => Some((*name, of_another_tool(name, text)?)),
            })
            .collect();
        for (name, document) in &documents {
            match document.kind() {
                FileKind::Project => project.set_file(name, document),
                FileKind::Org => drop(project.set_org(*name, OrgFacts::of(document))),
                _ => {}
            }
        }
        project.set_link(link(files, project.design_studio_project.as_deref()));
        Self {
            documents,
            project,
            today: TODAY,
            allowed: AllowedHosts::default(),
            environment: DotEnv::of(files),
        }
    }

    /// Asks about the file that the rule speaks about: the last one.
    pub fn with<T>(&self, ask: impl FnOnce(&Document, &Context<'_>) -> T) -> T {
        let (name, document) = self.documents.last().expect("an example has a file");
        let context = Context {
            project: Some(&self.project),
            allowed: &self.allowed,
            environment: &self.environment,
            ..Context::alone(name, self.today)
        };
        ask(document, &context)
    }

    pub fn findings(&self) -> Vec<Finding> {
        self.with(super::check)
    }

    /// The same world after a change of the last file.
    pub fn with_last(mut self, text: String) -> Self {
        let (name, before) = self.documents.pop().expect("an example has a file");
        let document = Document::new(before.kind(), text);
        match document.kind() {
            FileKind::Project => self.project.set_file(name, &document),
            _ => drop(self.project.set_org(name, OrgFacts::of(&document))),
        }
        self.documents.push((name, document));
        self
    }
}

/// The first login of another tool's file; `.env` holds the names of the environment here.
fn of_another_tool(name: &str, text: &str) -> Option<Document> {
    let format = Format::of_name(name).filter(|format| *format == Format::Properties)?;
    Some(Document::of_login(read(format, text).first()?))
}

/// The Design Studio project of an example: what is below the folder that the project file names.
fn link(files: Example, named: Option<&str>) -> DesignStudioLink {
    let Some(named) = named else { return DesignStudioLink::None };
    let below: Vec<(String, Vec<u8>)> = files
        .iter()
        .filter_map(|(name, text)| {
            let below = name.strip_prefix(named)?.strip_prefix('/')?;
            Some((below.to_owned(), text.as_bytes().to_vec()))
        })
        .collect();
    if below.is_empty() {
        return DesignStudioLink::Unreadable("it does not exist".to_owned());
    }
    let project = org_sources::design_studio::Project::read(below);
    DesignStudioLink::Read(Arc::new(LinkedProject::of(named, &project)))
}

/// `severity "text under it": message` and the fixes, for what `rule` finds in the last file.
fn report(rule: &Rule, files: Example) -> String {
    let world = World::new(files);
    let text = files[files.len() - 1].1;
    let mut report = String::new();
    for finding in world.findings().into_iter().filter(|f| f.rule == rule) {
        report.push_str(&format!(
            "{} {:?}: {}\n",
            finding.severity.as_str(),
            finding.span.text(text),
            finding.message
        ));
        for fix in world.with(|document, context| super::fixes(document, context, &finding)) {
            report.push_str(&format!("    fix: {}\n", fix.title));
        }
    }
    report
}

fn speaks(rule: &Rule, example: Example) -> bool {
    let findings = World::new(example).findings();
    findings.iter().any(|finding| finding.rule == rule)
}

#[test]
fn names_are_unique_and_in_form() {
    let mut names = super::names();
    assert!(names.iter().all(|n| n.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
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
        assert!(speaks(rule, rule.wrong), "{}: the wrong example is not found", rule.name);
        assert!(!speaks(rule, rule.right), "{}: the right example is found", rule.name);
    }
}

#[test]
fn wording_of_the_examples() {
    let mut report = String::new();
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        report.push_str(&format!("# {}\n{}\n", rule.name, self::report(rule, rule.wrong)));
    }
    insta::assert_snapshot!(report);
}

/// Words that a message begins with when it says what to do before it says what is wrong. A list shows the
/// first 60 characters.
const ADVICE: [&str; 18] = [
    "Add", "Change", "Check", "Choose", "Convert", "Copy", "Correct", "Fill", "Keep", "Make",
    "Move", "Remove", "Replace", "Set", "Take", "Upgrade", "Use", "Write",
];

#[test]
fn messages_begin_with_what_is_wrong() {
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        for Finding { message, .. } in World::new(rule.wrong).findings() {
            assert!(!message.contains(['\n', '`']), "{message}");
            assert!(message.ends_with(['.', '?']), "{message}");
            let first = message.split([' ', ':']).next().unwrap_or_default();
            assert!(!ADVICE.contains(&first), "{}: {message}", rule.name);
        }
    }
}

#[test]
fn a_fix_makes_its_finding_go() {
    for rule in ALL.iter().filter(|rule| !rule.wrong.is_empty()) {
        let world = World::new(rule.wrong);
        let text = rule.wrong[rule.wrong.len() - 1].1;
        for finding in world.findings().into_iter().filter(|f| f.rule == *rule) {
            for fix in world.with(|d, c| super::fixes(d, c, &finding)) {
                let mended = Edit::apply_all(text, &fix.edits);
                let left = World::new(rule.wrong).with_last(mended).findings();
                let gone = !left.iter().any(|f| f.rule == *rule && f.message == finding.message);
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
    let findings = world.findings();
    let severity = |rule: &str| findings.iter().find(|f| f.rule.name == rule).map(|f| f.severity);
    assert_eq!(severity("comment"), Some(Severity::Error));
    assert_eq!(severity("trailing-comma"), None);
}
