//! `sforg check` finds every seeded fault and nothing else.

use std::collections::BTreeMap;
use std::process::Command;

use scale_tests::{
    Finding, Manifest, NOT_IN_FILES, Options, Project, SEEDED, assert_same, check,
    rules_of_the_binary,
};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("sforg-scale-").tempdir().expect("a temporary folder")
}

/// Writes a project and lets it be checked.
fn check_project(options: Options) -> Manifest {
    let project = Project::generate(options);
    let folder = folder();
    project.write(folder.path()).expect("the project is written");
    let check = check(folder.path());
    let found = check.findings.iter().map(scale_tests::Reported::finding);
    assert_same("sforg check", found, project.manifest.findings.iter().cloned());
    assert_eq!(check.notes, "");
    let fails = check.findings.iter().any(|finding| finding.severity == "error");
    assert_eq!(check.code, i32::from(fails));
    project.manifest
}

fn counts_by_rule(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.rule.as_str()).or_default() += 1;
    }
    counts
}

#[test]
fn every_fault_among_ten_thousand_orgs_is_found_and_nothing_else() {
    let manifest = check_project(Options { orgs: 10_000, faults_percent: 5, seed: 1 });
    assert_eq!((manifest.orgs, manifest.faults), (10_000, 500));
    let counts = counts_by_rule(&manifest.findings);
    let seeded: Vec<_> = counts.keys().copied().collect();
    assert_same("the rules that are seeded", seeded, SEEDED);
    let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < 5).collect();
    assert!(rare.is_empty(), "seldom seeded: {rare:?}");
}

#[test]
fn every_fault_is_found_where_there_are_many() {
    let manifest = check_project(Options { orgs: 1_500, faults_percent: 45, seed: 2 });
    assert_eq!((manifest.orgs, manifest.faults), (1_500, 675));
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let manifest = check_project(Options { orgs: 1_000, faults_percent: 0, seed: 3 });
    assert_eq!(manifest.findings, []);
}

/// A rule that is new has to be seeded too.
#[test]
fn every_rule_that_files_can_break_is_seeded() {
    let seeded: Vec<_> = SEEDED.iter().chain(&NOT_IN_FILES).map(ToString::to_string).collect();
    assert_same("the rules of the binary", rules_of_the_binary(), seeded);
}

#[test]
fn the_generator_writes_what_it_says() {
    let folder = folder();
    let project = folder.path().join("project");
    let generate = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_generate-project"));
        let arguments = ["--orgs", "120", "--faults", "10", "--seed", "7"];
        command.arg(&project).args(arguments).output().expect("it starts")
    };
    let output = generate();
    assert!(output.status.success(), "{output:?}");
    let printed: Manifest = serde_json::from_slice(&output.stdout).expect("a manifest");
    let expected = Project::generate(Options { orgs: 120, faults_percent: 10, seed: 7 });
    assert_eq!(printed, expected.manifest);
    for (path, content) in &expected.files {
        assert_eq!(&std::fs::read(project.join(path)).expect("a file"), content, "{path}");
    }
    // It never writes among what is there.
    let again = generate();
    assert_eq!(again.status.code(), Some(2));
    let message = String::from_utf8_lossy(&again.stderr);
    assert!(message.contains("is not empty"), "{message}");
}
