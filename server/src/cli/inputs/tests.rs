use std::fs;

use org_ide::rules;

use super::*;

const PROJECT: &str = r#"{"apiVersion": "60.0"}"#;
const BASIC: &str = r#"{"name": "A", "auth": {"type": "basic", "username": "a@acme.example", "password": "${keyring:a}"}}"#;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The rules that speak, by file, with only `arguments` named.
fn found(folder: &Path, arguments: &[&str]) -> Vec<(String, Vec<&'static str>)> {
    let paths: Vec<_> = arguments.iter().map(|argument| folder.join(argument)).collect();
    let inputs = Inputs::read(&paths).expect("readable");
    let allowed = AllowedHosts::default();
    let name = |input: &Input| {
        let below = input.path.strip_prefix(folder).expect("below");
        org_project::id_of_path(below)
    };
    let files = inputs.files.iter();
    files
        .map(|input| {
            let findings = inputs.analyze(input, &allowed, rules::check);
            (name(input), findings.iter().map(|finding| finding.rule.name).collect())
        })
        .collect()
}

fn of<'a>(found: &'a [(String, Vec<&'static str>)], file: &str) -> &'a [&'static str] {
    found.iter().find(|(name, _)| name == file).map_or(&[], |(_, rules)| rules)
}

#[test]
fn a_project_file_is_judged_with_its_orgs() {
    let folder = folder(&[("sforg-project.json", PROJECT), ("s/c.sforg.json", BASIC)]);
    let all = found(folder.path(), &["."]);
    let alone = found(folder.path(), &["sforg-project.json"]);
    assert_eq!(of(&all, "sforg-project.json"), ["basic-auth-blocks-upgrade"]);
    assert_eq!(alone, [("sforg-project.json".to_owned(), vec!["basic-auth-blocks-upgrade"])]);
}

#[test]
fn a_part_of_a_project_is_judged_with_the_rest_of_it() {
    let folder = folder(&[
        ("sforg-project.json", PROJECT),
        ("b.sforg.json", BASIC),
        ("s/a.sforg.json", BASIC),
        ("n/sforg-project.json", PROJECT),
        ("n/a.sforg.json", BASIC),
    ]);
    for arguments in [&["s"][..], &["s/a.sforg.json"], &["s/a.sforg.json", "s"]] {
        let found = found(folder.path(), arguments);
        assert_eq!(found.len(), 1, "{arguments:?}: only what was named is reported");
        assert!(of(&found, "s/a.sforg.json").contains(&"duplicate-org-name"), "{arguments:?}");
    }
    // A project in a project is one of its own.
    let nested = found(folder.path(), &["n"]);
    assert!(!of(&nested, "n/a.sforg.json").contains(&"duplicate-org-name"));
    // Inner and outer at once.
    let both = found(folder.path(), &["n", "b.sforg.json"]);
    assert!(of(&both, "b.sforg.json").contains(&"duplicate-org-name"));
    assert!(!of(&both, "n/a.sforg.json").contains(&"duplicate-org-name"));
}

#[test]
fn outside_of_projects_a_file_is_judged_with_those_beside_it() {
    let folder = folder(&[
        ("a.sforg.json", BASIC),
        ("b.sforg.json", BASIC),
        ("s/c.sforg.json", &BASIC.replace("\"A\"", "\"C\"")),
        ("s/t/d.sforg.json", &BASIC.replace("\"A\"", "\"C\"")),
    ]);
    let file = found(folder.path(), &["a.sforg.json"]);
    assert!(of(&file, "a.sforg.json").contains(&"duplicate-org-name"));
    assert!(
        !of(&found(folder.path(), &["s/c.sforg.json"]), "s/c.sforg.json")
            .contains(&"duplicate-org-name")
    );
    assert!(of(&found(folder.path(), &["s"]), "s/c.sforg.json").contains(&"duplicate-org-name"));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_named_through_a_link_is_no_second_one() {
    let folder = folder(&[("sforg-project.json", PROJECT), ("s/a.sforg.json", BASIC)]);
    std::os::unix::fs::symlink("s", folder.path().join("link")).expect("a link");
    let found = found(folder.path(), &["link/a.sforg.json"]);
    assert!(!of(&found, "link/a.sforg.json").contains(&"duplicate-org-name"));
}
