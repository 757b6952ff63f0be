//! Workspace folders that come and go, and none at all.

use serde_json::{Value, json};
use test_support::{Client, FileEvent, Setup, Workspace, basic_org};

const INHERITS: &str = "{\n  \"name\": \"Acme\",\n  \"auth\": {\n    \"type\": \"basic\",\n    \"username\": \"integration@acme.example.com\",\n    \"password\": \"${env:ACME_PASSWORD}\"\n  }\n}\n";

fn setup() -> Setup {
    Setup::new().env("ACME_PASSWORD", "not-a-real-password")
}

fn folders_changed(server: &mut Client, added: &[&Workspace], removed: &[&Workspace]) {
    let folders = |list: &[&Workspace]| -> Vec<Value> {
        list.iter().map(|folder| json!({"uri": folder.root_uri(), "name": "x"})).collect()
    };
    server.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({"event": {"added": folders(added), "removed": folders(removed)}}),
    );
}

#[test]
fn a_folder_that_is_added_is_looked_at() {
    let (first, second) = (Workspace::new(), Workspace::new());
    let one = first.write("one.sforg.json", basic_org("One", &[]));
    let two = second.write("two.sforg.json", basic_org("Two", &[]));
    let mut server = setup().folder(&first).start();
    assert!(server.published(&one).has("basic-auth-retiring"));
    folders_changed(&mut server, &[&second], &[]);
    assert!(server.published(&two).has("basic-auth-retiring"));
}

#[test]
fn the_findings_of_a_folder_that_is_removed_go() {
    let (first, second) = (Workspace::new(), Workspace::new());
    let one = first.write("one.sforg.json", basic_org("One", &[]));
    let two = second.write("two.sforg.json", basic_org("Two", &[]));
    let open = second.write("open.sforg.json", basic_org("Open", &[]));
    let mut server = setup().folder(&first).folder(&second).start();
    server.allow("textDocument/publishDiagnostics");
    for uri in [&one, &two, &open] {
        server.published_when(uri, |published| published.has("basic-auth-retiring"));
    }
    server.open(&open, 1, &basic_org("Open", &[]));
    server.published_when(&open, |published| published.version == Some(1));
    folders_changed(&mut server, &[], &[&second]);
    server.published_when(&two, |published| published.diagnostics.is_empty());
    // What is open stays, until it is closed.
    server.replace(&open, 2, &basic_org("Open", &[]));
    assert!(server.diagnostics(&open, 2).has("basic-auth-retiring"));
    server.close(&open);
    server.published_when(&open, |published| published.diagnostics.is_empty());
}

#[test]
fn folders_can_be_replaced_and_come_back() {
    let (first, second) = (Workspace::new(), Workspace::new());
    let one = first.write("one.sforg.json", basic_org("One", &[]));
    let two = second.write("two.sforg.json", basic_org("Two", &[]));
    let mut server = setup().folder(&first).start();
    server.allow("textDocument/publishDiagnostics");
    server.published_when(&one, |published| published.has("basic-auth-retiring"));
    for _ in 0..3 {
        folders_changed(&mut server, &[&second], &[&first]);
        server.published_when(&one, |published| published.diagnostics.is_empty());
        server.published_when(&two, |published| published.has("basic-auth-retiring"));
        folders_changed(&mut server, &[&first], &[&second]);
        server.published_when(&two, |published| published.diagnostics.is_empty());
        server.published_when(&one, |published| published.has("basic-auth-retiring"));
    }
}

#[test]
fn a_folder_that_is_not_there_does_no_harm() {
    let first = Workspace::new();
    let one = first.write("one.sforg.json", basic_org("One", &[]));
    let mut server = setup()
        .folder_uri("file:///nowhere/at/all")
        .folder_uri("vscode-vfs://github/acme/orgs")
        .folder(&first)
        .start();
    assert!(server.published(&one).has("basic-auth-retiring"));
}

#[test]
fn without_a_folder_an_open_file_has_its_project() {
    let elsewhere = Workspace::new();
    let project = elsewhere.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    let uri = elsewhere.write("orgs/acme.sforg.json", INHERITS);
    elsewhere.write("orgs/neighbour.sforg.json", "{");
    for setup in [setup(), setup().param("workspaceFolders", json!([]))] {
        let mut server = setup.start();
        server.open(&uri, 1, INHERITS);
        assert!(server.diagnostics(&uri, 1).has("basic-auth-retiring"));
        // The project file above has its findings, the neighbours are nobody's business.
        server.published_when(&project, |published| published.has("basic-auth-blocks-upgrade"));
        server.close(&uri);
        let closed = server.published_when(&uri, |published| published.version.is_none());
        assert_eq!(closed.diagnostics, []);
        server.published_when(&project, |published| !published.has("basic-auth-blocks-upgrade"));
        server.open("untitled:x", 1, "{}");
        server.diagnostics("untitled:x", 1);
        let left = server.waiting_diagnostics();
        assert!(left.iter().all(|published| published.uri == project), "{left:#?}");
        server.allow("textDocument/publishDiagnostics");
    }
}

#[test]
fn without_a_folder_a_project_file_that_is_saved_later_counts() {
    let elsewhere = Workspace::new();
    let uri = elsewhere.write("acme.sforg.json", INHERITS);
    let mut server = setup().start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, INHERITS);
    assert!(server.diagnostics(&uri, 1).has("api-version-missing"));
    // No file watcher told of it.
    elsewhere.write("sforg-project.json", "{\"apiVersion\": \"66.0\"}");
    server.save(&uri);
    server.published_when(&uri, |published| published.has("basic-auth-removed"));
    // With one, a change is seen as well.
    let project = elsewhere.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    server.file_event(&project, FileEvent::Changed);
    server.published_when(&uri, |published| published.has("basic-auth-retiring"));
}

#[test]
fn an_untitled_document_needs_nothing() {
    let mut server = setup().start();
    let uri = "untitled:Untitled-1";
    server.open(uri, 1, INHERITS);
    assert!(server.diagnostics(uri, 1).has("api-version-missing"));
    server.open("untitled:Untitled-2", 1, "");
    assert!(server.diagnostics("untitled:Untitled-2", 1).has("syntax-error"));
}

#[test]
fn file_watchers_are_registered_where_the_client_takes_them() {
    let mut server =
        setup().capability("workspace/didChangeWatchedFiles/dynamicRegistration", true).start();
    let params = server.serve("client/registerCapability", Value::Null);
    let registration = &params["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = registration["registerOptions"]["watchers"].as_array().expect("watchers");
    let globs: Vec<_> = watchers.iter().map(|watcher| &watcher["globPattern"]).collect();
    assert_eq!(globs[..3], ["**/*.sforg.json", "**/sforg-project.json", "**/.env"]);
    // Of a Design Studio project the few that matter.
    assert!(globs.contains(&&Value::from("**/Data/Salesforce*/*.xml")), "{globs:?}");
    // The last one for folders that come or go.
    let folders = watchers.last().expect("watchers");
    assert_eq!(folders["globPattern"], "**");
    assert_eq!(folders["kind"], 5);
}
