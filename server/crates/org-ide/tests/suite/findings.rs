//! Every rule against the scenarios in `tests/findings/<rule>.txt`.
//!
//! A scenario is a folder of files. What the rules find stands under the text that it is about, so
//! a finding that is missing and one too many both fail:
//!
//! ```text
//! === what it shows
//! @today 2027-06-01
//! --- acme.sforg.json
//! {
//!   "name": "",
//!           ^^ error empty-value: Fill in "name" (Name).
//! ```
//!
//! `‸` points at a place without text. Lines with `¦` belong to the finding above: `fix` is the
//! title of a quick fix, `(safe)` when `sforg fix` may apply it; `see` is a related place.
//! `@today`, `@allow`, `@env`, `@newest`, `@known-host` and `@login` describe the world around the files.
//! `UPDATE_FINDINGS=1` writes what is found into the scenarios.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use org_ide::{Edit, Finding, Group, LastLogin, LoginOutcome, rules};
use org_schema::{ApiVersion, Date};

use crate::world::World;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings")
}

fn scenario_files() -> Vec<(String, String)> {
    let mut files: Vec<_> = std::fs::read_dir(folder())
        .expect("the scenarios are there")
        .map(|entry| {
            let path = entry.expect("a readable entry").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn scenarios_hold() {
    let update = std::env::var_os("UPDATE_FINDINGS").is_some_and(|value| value == "1");
    let mut differences = String::new();
    for (name, text) in scenario_files() {
        let (before, scenarios) = Scenario::parse_all(&text);
        let mut now = before;
        for scenario in &scenarios {
            now.push_str(&scenario.render());
        }
        if update && now != text {
            std::fs::write(folder().join(format!("{name}.txt")), &now).expect("can be written");
        } else if now != text {
            writeln!(differences, "\n{name}.txt should be:\n{now}").expect("a string");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn every_rule_has_scenarios_in_which_it_speaks_and_is_silent() {
    let files = scenario_files();
    // A scenario is UTF-8 and small; `unreadable.rs` shows the others. What is in the files of other tools
    // is shown by the black-box tests of `sforg scan`.
    let silent = ["file-too-large", "invalid-encoding", "password-flow-retiring"];
    for name in rules::names().into_iter().filter(|name| !silent.contains(name)) {
        let (_, text) = files
            .iter()
            .find(|(file, _)| file == name)
            .unwrap_or_else(|| panic!("tests/findings/{name}.txt is missing"));
        let (_, scenarios) = Scenario::parse_all(text);
        let speaks = |scenario: &Scenario| scenario.render().contains(&format!(" {name}: "));
        assert!(scenarios.iter().any(speaks), "{name} never speaks");
        assert!(!scenarios.iter().all(speaks), "{name} is never silent");
    }
}

#[test]
fn fixes_mend_what_they_are_for_and_break_nothing() {
    for (name, text) in scenario_files() {
        for scenario in Scenario::parse_all(&text).1 {
            scenario.check_fixes(&name);
        }
    }
}

/// The worlds of all scenarios.
pub fn worlds() -> Vec<World> {
    let files = scenario_files().into_iter();
    files.flat_map(|(_, text)| Scenario::parse_all(&text).1).map(|one| one.world()).collect()
}

struct Scenario {
    title: String,
    options: Vec<String>,
    files: Vec<(String, String)>,
}

impl Scenario {
    /// What stands before the first scenario, and the scenarios, without what was found in them.
    fn parse_all(text: &str) -> (String, Vec<Self>) {
        let mut before = String::new();
        let mut scenarios: Vec<Self> = Vec::new();
        for line in text.split_inclusive('\n').filter(|line| !is_found(line)) {
            let Some(scenario) = scenarios.last_mut().filter(|_| !line.starts_with("=== ")) else {
                match line.strip_prefix("=== ") {
                    Some(title) => scenarios.push(Self {
                        title: title.trim_end().to_owned(),
                        options: Vec::new(),
                        files: Vec::new(),
                    }),
                    None => before.push_str(line),
                }
                continue;
            };
            if let Some(name) = line.strip_prefix("--- ") {
                let file = (name.trim_end().to_owned(), String::new());
                scenario.files.push(file);
            } else if let Some((_, text)) = scenario.files.last_mut() {
                text.push_str(line);
            } else {
                scenario.options.push(line.trim_end().to_owned());
            }
        }
        (before, scenarios)
    }

    fn world(&self) -> World {
        let files = self.files.iter();
        let mut world = World::new(files.map(|(name, text)| (name.as_str(), text.as_str())));
        for option in self.options.iter().filter(|option| !option.is_empty()) {
            let (name, value) = option.split_once(' ').expect("an option and its value");
            match name {
                "@today" => world.today = Date::parse(value).expect("a date"),
                "@allow" => world.allow(value),
                "@env" => drop(world.environment.insert(value.to_owned())),
                "@newest" => world.newest_version = ApiVersion::parse(value),
                "@known-host" => world.known_host = Some(value.to_owned()),
                "@login" => world.login = Some(login_mark(value)),
                _ => panic!("unknown option {name}"),
            }
        }
        world
    }

    fn render(&self) -> String {
        let world = self.world();
        let mut rendered = format!("=== {}\n", self.title);
        for option in &self.options {
            rendered.push_str(&format!("{option}\n"));
        }
        for (name, text) in &self.files {
            rendered.push_str(&format!("--- {name}\n"));
            let findings = match world.files().any(|file| file == name) {
                true => world.findings(name),
                false => Vec::new(),
            };
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                rendered.push_str(line);
                let end = start + line.len();
                let is_last = end == text.len();
                for finding in &findings {
                    let at = finding.span.start as usize;
                    if at >= start && (at < end || (is_last && at == end)) {
                        push_finding(&mut rendered, &world, name, finding, start);
                    }
                }
                start = end;
            }
        }
        rendered
    }

    /// After a fix its finding is gone, and the syntax is not worse than before.
    fn check_fixes(&self, rule_file: &str) {
        let world = self.world();
        let files: Vec<String> = world.files().map(str::to_owned).collect();
        for file in &files {
            for finding in world.findings(file) {
                for fix in world.fixes(file, &finding) {
                    let mended = Edit::apply_all(world.text(file), &fix.edits);
                    let after = self.world().with_text(file, &mended).findings(file);
                    let place = format!("{rule_file}: {}: {}\n{mended}", self.title, fix.title);
                    let is_left =
                        |f: &&Finding| f.rule == finding.rule && f.message == finding.message;
                    let before = world.findings(file);
                    assert!(
                        after.iter().filter(is_left).count()
                            < before.iter().filter(is_left).count(),
                        "the finding is left: {place}"
                    );
                    assert!(syntax(&after) <= syntax(&before), "new syntax errors: {place}");
                }
            }
        }
    }
}

fn syntax(findings: &[Finding]) -> usize {
    findings.iter().filter(|f| f.rule.group == Group::Syntax).count()
}

/// `failed /pointer Summary | first step | second step`, or `ok Summary`.
fn login_mark(value: &str) -> LastLogin {
    let mut parts = value.split(" | ").map(str::to_owned);
    let first = parts.next().unwrap_or_default();
    let (status, rest) = first.split_once(' ').expect("a status and a summary");
    let (member, summary) = match rest.split_once(' ') {
        Some((member, summary)) if member.starts_with('/') => (Some(member), summary),
        _ => (None, rest),
    };
    LastLogin {
        short: String::new(),
        outcome: match status {
            "ok" => LoginOutcome::Ok,
            "skipped" => LoginOutcome::NotTested,
            _ => LoginOutcome::Failed,
        },
        cause: String::new(),
        summary: summary.to_owned(),
        instructions: parts.collect(),
        member: member.map(str::to_owned),
        sandbox: None,
    }
}

fn is_found(line: &str) -> bool {
    line.trim_start().starts_with(['^', '‸', '¦'])
}

fn push_finding(to: &mut String, world: &World, file: &str, finding: &Finding, line_start: usize) {
    let text = world.text(file);
    if !to.ends_with('\n') {
        to.push('\n');
    }
    let before = text[line_start..finding.span.start as usize].chars();
    let indent: String = before.map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let marked = finding.span.text(text).lines().next().unwrap_or("");
    let mark = match marked.chars().count() {
        0 => "‸".to_owned(),
        count => "^".repeat(count),
    };
    let message = finding.message.replace('\n', " ⏎ ");
    let severity = finding.severity.as_str();
    to.push_str(&format!("{indent}{mark} {severity} {}: {message}\n", finding.rule.name));
    for related in &finding.related {
        let there = related.span.text(world.text(&related.file));
        let line = format!("{indent}¦ see {} {there}: {}\n", related.file, related.message);
        to.push_str(&line);
    }
    for fix in world.fixes(file, finding) {
        let safe = if fix.safe { " (safe)" } else { "" };
        to.push_str(&format!("{indent}¦ fix {}{safe}\n", fix.title));
    }
}
