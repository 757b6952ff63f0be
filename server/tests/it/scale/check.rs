//! `sforg check` finds every seeded fault and nothing else.

use std::collections::BTreeMap;

use scale_tests::{
    Finding, Manifest, Options, Project, assert_same, check, rules_of_the_binary, seeded_rules,
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
#[ignore = "10,000 files: cargo xtask test scale"]
fn every_fault_among_ten_thousand_orgs_is_found_and_nothing_else() {
    let manifest = check_project(Options { orgs: 10_000, faults_percent: 5, seed: 1 });
    assert_eq!((manifest.orgs, manifest.faults), (10_000, 500));
    let counts = counts_by_rule(&manifest.findings);
    let seeded: Vec<_> = counts.keys().copied().collect();
    assert_same("the rules that are seeded", seeded, seeded_rules().iter().copied());
    let rare: Vec<_> = counts.iter().filter(|(_, count)| **count < 5).collect();
    assert!(rare.is_empty(), "seldom seeded: {rare:?}");
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn every_fault_is_found_where_there_are_many() {
    let manifest = check_project(Options { orgs: 1_500, faults_percent: 45, seed: 2 });
    assert_eq!((manifest.orgs, manifest.faults), (1_500, 675));
}

#[test]
#[ignore = "thousands of files: cargo xtask test scale"]
fn nothing_is_found_where_nothing_is_wrong() {
    let manifest = check_project(Options { orgs: 1_000, faults_percent: 0, seed: 3 });
    assert_eq!(manifest.findings, []);
}

/// Those that are not are about something else than what stands in an org or project file (the result of a
/// login, a linked Design Studio project, the files of other tools), or so new that their seed is to come.
#[test]
fn most_rules_are_seeded_and_no_seed_is_about_another() {
    let (seeded, others): (Vec<_>, Vec<_>) =
        rules_of_the_binary().into_iter().partition(|rule| seeded_rules().contains(&rule.as_str()));
    assert_eq!(seeded.len(), seeded_rules().len(), "a seed is about no rule: {:?}", seeded_rules());
    assert!(others.len() * 6 <= seeded.len() + others.len(), "seed some of these: {others:?}");
}
