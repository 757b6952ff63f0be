//! Orgs that are not where they should be, as files come and go.

use super::*;

const RULE: &str = "design-studio-org-missing";

#[test]
fn an_org_that_is_listed_without_a_file_is_told_until_the_file_is_there() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let (project, second) = (uri(&workspace, "project.xml"), uri(&workspace, SECOND));
    let whole = server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
    assert!(!whole.has(RULE), "{whole:?}");
    let text = workspace.read(&name(SECOND));
    workspace.remove(&name(SECOND));
    server.file_event(&second, FileEvent::Deleted);
    let missing = server.published_when(&project, |it| it.has(RULE));
    let message = message(&missing, RULE);
    assert!(message.contains("\"jobs@initech.example.com.test\""), "{message}");
    workspace.write(&name(SECOND), text);
    server.file_event(&second, FileEvent::Created);
    server.published_when(&project, |it| !it.has(RULE));
}

#[test]
fn a_folder_among_the_orgs_is_told_as_long_as_it_is_there() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let project = uri(&workspace, "project.xml");
    server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
    let folder = name("Data/SalesforceConnector/before");
    workspace.write(&format!("{folder}/a.xml"), "<Entity/>");
    server.file_event(&workspace.uri(&folder), FileEvent::Created);
    let told = server.published_when(&project, |it| it.has(RULE));
    assert_eq!(told.only(RULE).json["severity"], 3);
    fs::remove_dir_all(workspace.path(&folder)).expect("a folder");
    server.file_event(&workspace.uri(&folder), FileEvent::Deleted);
    server.published_when(&project, |it| !it.has(RULE));
}

#[test]
fn an_org_that_is_taken_off_the_list_is_told_in_its_file() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let first = uri(&workspace, FIRST);
    server.published_when(&first, |it| it.has("basic-auth-retiring"));
    let (project, text) = open(&mut server, &workspace, "project.xml");
    let entity =
        "<Entity entityId=\"7d1e5c0a-2b3f-4c8d-9e10-000000000001\" name=\"[payroll_user]\"/>";
    assert!(text.contains(entity));
    server.replace(&project, 2, &text.replace(entity, ""));
    let told = server.published_when(&first, |it| it.has(RULE));
    assert_eq!(told.only(RULE).json["severity"], 3);
    server.replace(&project, 3, &text);
    server.published_when(&first, |it| !it.has(RULE));
}
