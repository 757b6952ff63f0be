//! Projects that are not as they should be: clear findings, no hang, the same from the command line
//! and from the server.

use std::fs;
use std::path::Path;

use scale_tests::{Reported, Session, assert_same, check};
use tempfile::TempDir;
use test_support::FileEvent;

/// A folder with files.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::Builder::new().prefix("sforg-scale-").tempdir();
        let folder = Self(folder.expect("a temporary folder"));
        files.iter().for_each(|(path, content)| folder.write(path, content.as_bytes()));
        folder
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, content: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, content).expect("the file is written");
    }

    /// What `sforg check` finds, once the server has found the same.
    fn findings(&self) -> Vec<Reported> {
        self.findings_beside(&[])
    }

    /// The same where places are named like files and are none: each is named, with what it is, and
    /// the check does not pass.
    fn findings_beside(&self, no_files: &[(&str, &str)]) -> Vec<Reported> {
        let check = check(self.root());
        assert_eq!(check.notes, unreadable(no_files));
        assert_eq!(check.code == 2, !no_files.is_empty(), "{check:?}");
        let mut session = Session::start(self.root());
        session.settle();
        session.wait_for_findings("the server", &check.findings);
        check.findings
    }

    /// Holds both to these findings: file and rule.
    fn expect(&self, expected: &[(&str, &str)]) {
        let findings = self.findings();
        let found = findings.iter().map(|found| (found.file.as_str(), found.rule.as_str()));
        assert_same("what was found", found, expected.iter().copied());
    }
}

/// What `sforg check` says about places that are no files, in the order of their paths.
fn unreadable(no_files: &[(&str, &str)]) -> String {
    let lines =
        no_files.iter().map(|(path, what)| format!("sforg: {path} cannot be read: it is {what}\n"));
    let end = "sforg: some files or folders could not be read\n";
    lines.chain((!no_files.is_empty()).then(|| end.to_owned())).collect()
}

fn basic(name: &str) -> String {
    format!(
        "{{ \"name\": \"{name}\", \"auth\": {{ \"type\": \"basic\", \
         \"username\": \"{name}@acme.example\", \"password\": \"${{keyring:x}}\" }} }}\n"
    )
}

fn oauth(name: &str, number: usize) -> String {
    let id = format!("EXAMPLE.{number:05}.").repeat(6);
    format!(
        "{{ \"name\": \"{name}\", \"auth\": {{ \"type\": \"oauth2-client-credentials\", \
         \"instanceUrl\": \"https://acme-{number}.my.salesforce.com\", \
         \"clientId\": \"3MVG9{id}\", \"clientSecret\": \"${{keyring:x}}\" }} }}\n"
    )
}

#[test]
fn the_nearest_of_nested_projects_wins_and_an_org_may_stand_above_all() {
    let org = basic("Acme");
    let folder = Folder::with(&[
        ("above.sforg.json", &org),
        ("a/sforg-project.json", "{ \"apiVersion\": \"68.0\" }"),
        ("a/org.sforg.json", &org),
        ("a/b/sforg-project.json", "{ \"apiVersion\": \"64.0\" }"),
        ("a/b/org.sforg.json", &org),
        ("a/b/c/org.sforg.json", &oauth("Beside Acme", 1)),
        ("a/b/c/d/sforg-project.json", "{ \"apiVersion\": \"30.0\" }"),
        ("a/b/c/d/org.sforg.json", &org),
    ]);
    let expected = [
        ("above.sforg.json", "api-version-missing"),
        ("a/org.sforg.json", "basic-auth-removed"),
        ("a/b/sforg-project.json", "basic-auth-blocks-upgrade"),
        ("a/b/org.sforg.json", "basic-auth-retiring"),
        ("a/b/c/d/sforg-project.json", "api-version-retired"),
        ("a/b/c/d/sforg-project.json", "basic-auth-blocks-upgrade"),
    ];
    folder.expect(&expected);
    // Without the one in the middle the outer one governs.
    fs::remove_file(folder.root().join("a/b/sforg-project.json")).expect("it is there");
    folder.expect(&[
        ("above.sforg.json", "api-version-missing"),
        ("a/org.sforg.json", "basic-auth-removed"),
        ("a/org.sforg.json", "duplicate-connection"),
        ("a/org.sforg.json", "duplicate-org-name"),
        ("a/b/org.sforg.json", "basic-auth-removed"),
        ("a/b/org.sforg.json", "duplicate-connection"),
        ("a/b/org.sforg.json", "duplicate-org-name"),
        ("a/b/c/d/sforg-project.json", "api-version-retired"),
        ("a/b/c/d/sforg-project.json", "basic-auth-blocks-upgrade"),
    ]);
}

/// The orgs of a broken project file go on with what can be read of it.
#[test]
fn what_can_be_read_of_a_broken_project_file_counts() {
    let with_org = |project: &str| {
        Folder::with(&[("sforg-project.json", project), ("org.sforg.json", &basic("Acme"))])
    };
    let (project, org) = ("sforg-project.json", "org.sforg.json");
    // The version is there.
    for broken in [
        "{ \"apiVersion\": \"68.0\", \"name\": }",
        "{ \"name\": \"Acme\" \"apiVersion\": \"68.0\" }",
        "{ \"apiVersion\": \"68.0\", \"name\": \"not closed\n}",
        "{\n  \"apiVersion\": \"68.0\"\n",
    ] {
        let findings = with_org(broken).findings();
        let rules = |file: &str| -> Vec<&str> {
            let found = findings.iter().filter(|found| found.file == file);
            found.map(|found| found.rule.as_str()).collect()
        };
        assert_eq!(rules(org), ["basic-auth-removed"], "{broken}");
        assert_eq!(rules(project), ["syntax-error"], "{broken}");
    }
    // So is what the rules are set to; two braces are not closed.
    let rules = "{ \"apiVersion\": \"68.0\", \"rules\": { \"basic-auth-removed\": \"off\"";
    with_org(rules).expect(&[(project, "syntax-error"); 2]);
}

/// That nobody knows the version is said in the project file alone.
#[test]
fn a_project_file_without_a_version_is_the_only_one_that_is_blamed() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "syntax-error"),
        (b"[]", "wrong-type"),
        (b"{ \"apiVersion\": }", "syntax-error"),
        (b"{ \"apiVersion\": 64 }", "wrong-type"),
        (b"{ \"apiVersion\": \"sixty-four\" }", "api-version-unknown"),
        (b"{}", "missing-member"),
        (b"{ \"apiVersion\": \"64.0\", \"name\": \"Z\xfcrich\" }", "invalid-encoding"),
        (&[b' '; 1024 * 1024 + 1], "file-too-large"),
    ];
    for (content, rule) in cases {
        let folder = Folder::with(&[
            ("x/basic.sforg.json", &basic("Acme")),
            ("x/oauth.sforg.json", &oauth("Beside Acme", 1)),
            ("x/nameless.sforg.json", &oauth("", 2)),
        ]);
        folder.write("sforg-project.json", content);
        folder.expect(&[("sforg-project.json", rule), ("x/nameless.sforg.json", "empty-value")]);
    }
}

#[test]
fn names_that_differ_in_letter_case_are_different() {
    let orgs = ["Acme", "ACME", "acme", "aCME"];
    let orgs: Vec<(String, String)> = orgs
        .iter()
        .enumerate()
        .map(|(number, name)| (format!("{number}.sforg.json"), oauth(name, number)))
        .collect();
    let mut files: Vec<(&str, &str)> =
        orgs.iter().map(|(path, org)| (path.as_str(), org.as_str())).collect();
    files.push(("sforg-project.json", "{ \"apiVersion\": \"68.0\" }"));
    Folder::with(&files).expect(&[]);
}

#[test]
#[ignore = "a thousand files: cargo xtask test scale"]
fn a_thousand_orgs_of_one_name_are_told_in_short() {
    const COUNT: usize = 1_000;
    let path = |number: usize| format!("orgs/{number:04}.sforg.json");
    let folder = Folder::with(&[("sforg-project.json", "{ \"apiVersion\": \"68.0\" }")]);
    for number in 0..COUNT {
        folder.write(&path(number), oauth("Acme", number).as_bytes());
    }
    let all = check(folder.root()).findings;
    assert_same(
        "one finding each",
        all.iter().map(|found| (found.file.clone(), found.rule.as_str())),
        (0..COUNT).map(|number| (path(number), "duplicate-org-name")),
    );
    assert!(all.iter().all(|found| found.message.ends_with(" Rename this org.")));

    let mut session = Session::start(folder.root());
    session.wait_for_findings("all duplicates", &all);
    let related = |session: &Session, number: usize| {
        let finding = &session.latest(&path(number))[0].json;
        finding["relatedInformation"].as_array().map_or(0, Vec::len)
    };
    let most = (0..COUNT).map(|number| related(&session, number)).max();
    assert!(most.is_some_and(|most| (1..=50).contains(&most)), "{most:?} related places");

    // They go one after the other, the first ones first, until two are left.
    for number in 0..COUNT - 2 {
        fs::remove_file(folder.root().join(path(number))).expect("it is there");
        session.file_events(&[(path(number).as_str(), FileEvent::Deleted)]);
    }
    let two = check(folder.root()).findings;
    assert_eq!(two.len(), 2);
    session.wait_for_findings("two duplicates", &two);
    assert_eq!(related(&session, COUNT - 1), 1);
    session.settle();
    session.wait_for_findings("nothing stale", &two);
}

#[test]
#[ignore = "a thousand files: cargo xtask test scale"]
fn a_thousand_orgs_that_block_an_upgrade_are_told_in_short() {
    let folder = Folder::with(&[(
        "sforg-project.json",
        "{ \"apiVersion\": \"64.0\", \"rules\": { \"basic-auth-retiring\": \"off\" } }",
    )]);
    for number in 0..1_000 {
        let org = basic(&format!("acme-{number}"));
        folder.write(&format!("orgs/{number:04}.sforg.json"), org.as_bytes());
    }
    let all = check(folder.root()).findings;
    let [finding] = &all[..] else { panic!("{} findings", all.len()) };
    assert_eq!(finding.rule, "basic-auth-blocks-upgrade");
    assert!(finding.message.len() < 500, "{}", finding.message);
    let mut session = Session::start(folder.root());
    session.wait_for_findings("the project file", &all);
    let finding = &session.latest("sforg-project.json")[0].json;
    let related = finding["relatedInformation"].as_array().map_or(0, Vec::len);
    assert!((1..=50).contains(&related), "{related} related places");
}

/// A folder that is named like a file is no file, which is said, and what is in it counts.
#[test]
fn folders_that_are_named_like_files_are_folders() {
    let folder = Folder::with(&[
        ("a/folder.sforg.json/org.sforg.json", &oauth("Acme", 1)),
        ("a/sforg-project.json/org.sforg.json", &oauth("Globex", 2)),
    ]);
    let folders = ["a/folder.sforg.json", "a/sforg-project.json"];
    let findings = folder.findings_beside(&folders.map(|path| (path, "a folder, and not a file")));
    let found = findings.iter().map(|found| (found.file.clone(), found.rule.as_str()));
    let expected = folders.map(|path| (format!("{path}/org.sforg.json"), "api-version-missing"));
    assert_same("what was found", found, expected);
}

#[test]
fn what_is_not_utf8_is_said_once() {
    let folder = Folder::with(&[("sforg-project.json", "{ \"apiVersion\": \"68.0\" }")]);
    let utf_16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(oauth("Acme", 1).encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    folder.write("utf-16.sforg.json", &utf_16);
    folder.write("latin-1.sforg.json", b"{ \"name\": \"Z\xfcrich\" }");
    folder.write("zeros.sforg.json", &[0; 64]);
    folder.write("cut.sforg.json", "{ \"name\": \"Zü".as_bytes().split_last().expect("bytes").1);
    folder.write("mark-alone.sforg.json", b"\xef\xbb\xbf");
    let findings = folder.findings();
    for file in ["utf-16", "latin-1", "cut"] {
        let path = format!("{file}.sforg.json");
        let rules: Vec<_> =
            findings.iter().filter(|found| found.file == path).map(|found| &found.rule).collect();
        assert_eq!(rules, ["invalid-encoding"], "{file}");
    }
    for file in ["zeros", "mark-alone"] {
        let path = format!("{file}.sforg.json");
        let found = findings.iter().filter(|found| found.file == path);
        let rules: Vec<_> = found.map(|found| found.rule.as_str()).collect();
        assert!(!rules.is_empty() && rules.iter().all(|rule| *rule == "syntax-error"), "{rules:?}");
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    #[test]
    fn no_link_makes_a_loop_or_a_duplicate() {
        let folder = Folder::with(&[
            ("in/sforg-project.json", "{ \"apiVersion\": \"68.0\" }"),
            ("in/a/acme.sforg.json", &oauth("Acme", 1)),
            ("in/b/globex.sforg.json", &oauth("Globex", 2)),
            ("out/initech.sforg.json", &basic("Initech")),
        ]);
        let root = folder.root().join("in");
        let link = |target: &str, name: &str| symlink(target, root.join(name)).expect("a link");
        link(".", "a/itself");
        link("..", "a/to the project");
        link("../../..", "a/far above");
        link("../b", "a/beside");
        link("../a", "b/and back");
        link("acme.sforg.json", "a/the same.sforg.json");
        link("loop.sforg.json", "loop.sforg.json");
        link("someone@host.4711", "a/.#acme.sforg.json");
        link("../out", "linked");
        link("nowhere", "b/dangling.sforg.json");
        let found = check(&root);
        // What leads out is nobody's, and a link without a file may hide one.
        let problems = unreadable(&[
            ("b/dangling.sforg.json", "a link to something that does not exist"),
            ("loop.sforg.json", "a link that leads in a circle"),
        ]);
        let left_out = "sforg: 2 links out of the folder were left out: a/far above, linked; \
             name those to include\n";
        let mut expected: Vec<&str> = problems.split_inclusive('\n').collect();
        expected.insert(2, left_out);
        assert_eq!(found.notes, expected.concat());
        assert_eq!(found.code, 2);
        assert_eq!(found.findings, []);
        let mut session = Session::start(&root);
        session.settle();
        session.wait_for_findings("the server", &[]);
    }

    #[test]
    fn a_pipe_is_no_file() {
        let folder = Folder::with(&[("acme.sforg.json", &oauth("Acme", 1))]);
        let pipe = folder.root().join("pipe.sforg.json");
        let made = Command::new("mkfifo").arg(&pipe).status().expect("mkfifo starts");
        assert!(made.success());
        let found = folder.findings_beside(&[("pipe.sforg.json", "a named pipe, and not a file")]);
        assert_eq!(found.len(), 1, "{found:?}");
        // Nor when the client speaks about it.
        let mut session = Session::start(folder.root());
        session.file_events(&[("pipe.sforg.json", FileEvent::Created)]);
        session.settle();
        session.wait_for_findings("the server", &found);
    }
}
