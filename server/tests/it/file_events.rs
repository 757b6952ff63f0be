//! Files and folders that come, change and go outside of the editor, or in its file tree.

use std::fs;

use serde_json::{Value, json};
use test_support::{Client, FileEvent, Setup, Workspace, basic_org};

const PUBLISH: &str = "textDocument/publishDiagnostics";
const FINDING: &str = "basic-auth-retiring";

fn setup(workspace: &Workspace) -> Setup {
    Setup::new()
        .capable()
        .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
        .capability("workspace/fileOperations/didRename", true)
        .folder(workspace)
}

/// A folder with two orgs of one name and an org in a folder of its own; everything is published.
fn start(workspace: &Workspace) -> (Client, [String; 3]) {
    let uris = [
        workspace.write("a.sforg.json", basic_org("Same", &[])),
        workspace.write("sub/b.sforg.json", basic_org("Same", &[])),
        workspace.write("sub/deep/c.sforg.json", basic_org("Other", &[])),
    ];
    let mut server = setup(workspace).start();
    server.serve("client/registerCapability", Value::Null);
    server.allow(PUBLISH);
    server.published_when(&uris[0], |published| published.has("duplicate-org-name"));
    server.published_when(&uris[1], |published| published.has("duplicate-org-name"));
    server.published_when(&uris[2], |published| published.has(FINDING));
    (server, uris)
}

fn move_folder(workspace: &Workspace, from: &str, to: &str) {
    fs::rename(workspace.path(from), workspace.path(to)).expect("the folder is there");
}

#[test]
fn a_deleted_folder_takes_its_findings_along() {
    let workspace = Workspace::new();
    let (mut server, [a, b, c]) = start(&workspace);
    fs::remove_dir_all(workspace.path("sub")).expect("the folder is there");
    // One event for the folder, none for what was in it.
    server.file_event(&workspace.uri("sub"), FileEvent::Deleted);
    server.published_when(&b, |published| published.diagnostics.is_empty());
    server.published_when(&c, |published| published.diagnostics.is_empty());
    server.published_when(&a, |published| !published.has("duplicate-org-name"));
}

#[test]
fn a_renamed_folder_has_its_findings_at_the_new_place() {
    let workspace = Workspace::new();
    let (mut server, [a, b, _]) = start(&workspace);
    move_folder(&workspace, "sub", "moved");
    server.notify(
        "workspace/didChangeWatchedFiles",
        json!({"changes": [
            {"uri": workspace.uri("sub"), "type": FileEvent::Deleted as i64},
            {"uri": workspace.uri("moved"), "type": FileEvent::Created as i64},
        ]}),
    );
    server.published_when(&b, |published| published.diagnostics.is_empty());
    let moved = workspace.uri("moved/b.sforg.json");
    server.published_when(&moved, |published| published.has("duplicate-org-name"));
    let c = workspace.uri("moved/deep/c.sforg.json");
    server.published_when(&c, |published| published.has(FINDING));
    // The duplicate is where it is now.
    let at_a = server.published_when(&a, |published| {
        let related = |d: &test_support::Diagnostic| {
            d.json["relatedInformation"][0]["location"]["uri"] == moved.as_str()
        };
        published.all("duplicate-org-name").any(related)
    });
    assert!(at_a.has(FINDING));
}

#[test]
fn what_a_person_does_in_the_file_tree_counts_without_a_watcher() {
    let workspace = Workspace::new();
    let old = workspace.write("old/a.sforg.json", basic_org("Acme", &[]));
    let mut server = Setup::new()
        .capability("workspace/fileOperations/didRename", true)
        .folder(&workspace)
        .spawn();
    let result = server.begin();
    let operations = &result["capabilities"]["workspace"]["fileOperations"];
    for operation in ["didCreate", "didRename", "didDelete"] {
        let filters = operations[operation]["filters"].as_array().expect("filters");
        assert!(
            filters.iter().any(|filter| filter["pattern"]["matches"] == "folder"),
            "{filters:?}"
        );
        assert!(filters.iter().all(|filter| filter["scheme"] == "file"), "{filters:?}");
    }
    server.allow(PUBLISH);
    server.published_when(&old, |published| published.has(FINDING));

    move_folder(&workspace, "old", "new");
    let renamed = json!({"oldUri": workspace.uri("old"), "newUri": workspace.uri("new")});
    server.notify("workspace/didRenameFiles", json!({"files": [renamed]}));
    server.published_when(&old, |published| published.diagnostics.is_empty());
    let new = workspace.uri("new/a.sforg.json");
    server.published_when(&new, |published| published.has(FINDING));

    let made = workspace.write("made.sforg.json", basic_org("Made", &[]));
    server.notify("workspace/didCreateFiles", json!({"files": [{"uri": made}]}));
    server.published_when(&made, |published| published.has(FINDING));

    workspace.remove("made.sforg.json");
    server.notify("workspace/didDeleteFiles", json!({"files": [{"uri": made}]}));
    server.published_when(&made, |published| published.diagnostics.is_empty());
}

#[test]
fn files_that_are_nothing_of_ours_are_left_alone() {
    let workspace = Workspace::new();
    let (mut server, _) = start(&workspace);
    workspace.write("node_modules/x/d.sforg.json", basic_org("Same", &[]));
    workspace.write("notes.txt", "");
    for (name, kind) in [
        ("node_modules", FileEvent::Created),
        ("node_modules/x", FileEvent::Created),
        ("notes.txt", FileEvent::Created),
        ("notes.txt", FileEvent::Deleted),
        ("nowhere", FileEvent::Created),
    ] {
        server.file_event(&workspace.uri(name), kind);
    }
    server.notify("workspace/didDeleteFiles", json!({"files": [{"uri": "no uri at all"}]}));
    let known = server.ask("workspace/symbol", json!({"query": ""}));
    assert_eq!(known.as_array().map(Vec::len), Some(3), "{known}");
}

#[test]
fn an_environment_file_that_nobody_watches_counts_from_the_next_save() {
    let workspace = Workspace::new();
    let org = "{\"name\": \"A\", \"apiVersion\": \"66.0\", \"auth\": {\"type\": \"oauth2-client-credentials\", \"instanceUrl\": \"https://a.my.salesforce.com\", \"clientId\": \"3MVG9SomeExampleClientId_ThatIsLongEnoughToBeOne_0123456789.abcdefghijklmnopqrstuvwxyzA\", \"clientSecret\": \"${env:A_SECRET}\"}}";
    let closed = workspace.write("closed.sforg.json", org);
    let open = workspace.write("open.sforg.json", basic_org("Open", &[]));
    let mut server = Setup::new().folder(&workspace).start();
    server.allow(PUBLISH);
    server.published_when(&closed, |published| published.has("secret-not-found"));
    workspace.write(".env", "A_SECRET=not-a-real-secret\n");
    server.open(&open, 1, &basic_org("Open", &[]));
    server.published_when(&closed, |published| !published.has("secret-not-found"));
    // And what is assigned no longer is missed again.
    workspace.write(".env", "ANOTHER=not-a-real-secret\n");
    server.save(&open);
    server.published_when(&closed, |published| published.has("secret-not-found"));
}
