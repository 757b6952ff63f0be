//! Orgs that are not where they should be: nothing is passed over in silence.

use super::*;

const RULE: &str = "design-studio-org-missing";

/// The made-up project without the file of one listed org, with one that is not listed and one in a folder.
fn untidy() -> Vec<(String, Vec<u8>)> {
    let org = |n: u8| format!("Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-0000000000{n:02x}");
    let mut files = project();
    let third = files.iter().position(|(path, _)| path.starts_with(&org(3))).expect("an org");
    let (_, bytes) = files.remove(third);
    let text = String::from_utf8(bytes).expect("UTF-8");
    files.push((format!("{}.xml", org(9)), text.replace("000000000003", "000000000009").into()));
    files.push(("Data/SalesforceConnector/before/a.xml".to_owned(), text.into()));
    files
}

fn places(root: &str) -> Vec<String> {
    vec![
        format!(
            "{root}Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000009.xml:3:84 {RULE}"
        ),
        format!("{root}project.xml:2:16 {RULE}"),
        format!("{root}project.xml:7:27 {RULE}"),
    ]
}

#[test]
fn check_tells_what_it_does_not_read_in_a_folder_and_in_a_jitterpak() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &untidy());
    fs::write(workspace.root().join("payroll.jpk"), pack(&untidy())).expect("an archive");
    let mut all = found(&workspace, &[]);
    all.retain(|row| row.ends_with(RULE));
    let mut expected = places(&format!("{NAME}/"));
    expected.extend(places("payroll.jpk!/"));
    assert_eq!(all, expected);
}

#[test]
fn import_tells_what_it_leaves_out() {
    let workspace = Workspace::new();
    write_into(&workspace.root().join(NAME), &untidy());
    let ran = CommandLine::new(&workspace, &["import", NAME, "--diff"]).run();
    let said = format!("{}{}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "\"archive@initech.example.com\" is not imported: project.xml lists it",
        "Data/SalesforceConnector/before/ is not read",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn an_org_that_cannot_be_opened_is_not_called_missing_where_it_is_linked() {
    let workspace = Workspace::new();
    let mut files = project();
    files.retain(|(path, _)| !path.ends_with("000000000001.xml"));
    write_into(&workspace.root().join(NAME), &files);
    let org = format!("{NAME}/Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000001.xml");
    std::os::unix::fs::symlink("/etc/hostname", workspace.path(&org)).expect("a link");
    let project = format!(r#"{{"apiVersion": "64.0", "designStudioProject": "{NAME}"}}"#);
    workspace.write("sforg-project.json", project);
    workspace.write(
        "a.sforg.json",
        r#"{"name": "A", "designStudioOrg": "7d1e5c0a-2b3f-4c8d-9e10-000000000001", "auth": {"type": "basic"}}"#,
    );
    let ran = CommandLine::new(&workspace, &["check", "--format", "json"]).run();
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("is a link that leads out of"), "{ran:?}");
    assert!(!ran.out.contains(RULE), "{ran:?}");
}
