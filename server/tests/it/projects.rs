//! Whole projects: upgrade, convert all, names across files, what is inherited.

use serde_json::{Value, json};
use test_support::{Client, Position, Range, Setup, Workspace, basic_org};

const OAUTH: &str = r#"{ "name": "New", "auth": { "type": "oauth2-client-credentials" } }"#;

/// A basic org that uses the project's version.
fn inheriting(name: &str) -> String {
    basic_org(name, &[]).replace("  \"apiVersion\": \"61.0\",\n", "")
}

fn workspace() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    workspace.write("old.sforg.json", inheriting("Old"));
    workspace.write("sub/older.sforg.json", inheriting("Old!"));
    workspace.write("new.sforg.json", OAUTH);
    workspace
}

fn start(workspace: &Workspace) -> Client {
    let mut server = Setup::new()
        .capable()
        .capability("workspace/workspaceEdit/changeAnnotationSupport/groupsOnLabel", true)
        .folder(workspace)
        .start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn open(server: &mut Client, workspace: &Workspace, name: &str) -> String {
    let uri = workspace.uri(name);
    server.open(&uri, 1, &workspace.read(name));
    uri
}

fn everywhere() -> Range {
    Range::empty(Position::new(0, 0))
}

#[test]
fn an_upgrade_that_would_break_an_org_is_disabled_beside_the_conversion() {
    let workspace = workspace();
    let mut server = start(&workspace);
    let uri = open(&mut server, &workspace, "sforg-project.json");
    let upgrade = server.code_action(&uri, everywhere(), "Upgrade project to API 68.0");
    let reason = upgrade["disabled"]["reason"].as_str().expect("a reason");
    assert!(reason.contains("\"Old\"") && reason.contains("\"Old!\""), "{reason}");
    assert_eq!(upgrade.get("edit"), None);

    let title = "Convert all basic orgs to OAuth 2.0 client credentials";
    let convert = server.code_action(&uri, everywhere(), title);
    let edit = &convert["edit"];
    let changes = edit["documentChanges"].as_array().expect("changes");
    assert_eq!(changes.len(), 2);
    for annotation in edit["changeAnnotations"].as_object().expect("annotations").values() {
        assert_eq!(annotation["needsConfirmation"], false, "{annotation}");
        assert!(annotation["label"].as_str().expect("a label").ends_with(": OAuth 2.0"));
    }
    let text = edit.to_string();
    assert!(
        text.contains("${env:OLD_CLIENT_SECRET}") && text.contains("${env:OLD_CLIENT_SECRET_2}")
    );
}

#[test]
fn the_command_is_refused_as_early_as_it_may_come() {
    let workspace = workspace();
    let mut server = start(&workspace);
    let uri = workspace.uri("sforg-project.json");
    server.execute("sforg.upgradeProject", json!({ "uri": uri, "to": "66.0" }));
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 2);
    assert!(message.contains("\"Old\"") && message.starts_with("Not upgraded: "), "{message}");
}

#[test]
fn a_project_without_basic_orgs_is_upgraded() {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    workspace.write("new.sforg.json", OAUTH);
    let mut server = start(&workspace);
    let uri = workspace.uri("new.sforg.json");
    server.execute("sforg.upgradeProject", json!({ "uri": uri, "to": "66.0" }));
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let change = &params["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], workspace.uri("sforg-project.json"));
    assert_eq!(change["edits"][0]["newText"], "\"66.0\"");
    server.shown_message();
}

#[test]
fn the_way_to_an_inherited_version_is_the_project_file() {
    let workspace = workspace();
    let mut server = start(&workspace);
    let uri = open(&mut server, &workspace, "new.sforg.json");
    server.diagnostics(&uri, 1);
    let params = Client::at(&uri, Position::new(0, 12));
    let place = server.ask("textDocument/definition", params);
    assert_eq!(place["uri"], workspace.uri("sforg-project.json"));
    assert_eq!(place["range"]["start"]["character"], 16);

    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": whole });
    let hints = server.ask("textDocument/inlayHint", params);
    assert_eq!(hints[0]["label"][0]["value"], "API 64.0 (Summer '25)");
    assert_eq!(hints[0]["label"][0]["location"]["uri"], workspace.uri("sforg-project.json"));
}

#[test]
fn renaming_takes_a_name_that_no_other_org_has() {
    let workspace = workspace();
    let mut server = start(&workspace);
    let uri = open(&mut server, &workspace, "new.sforg.json");
    // The index must know the others.
    let other = workspace.uri("old.sforg.json");
    server.published(&other);
    let at = Client::at(&uri, Position::new(0, 13));
    let prepared = server.ask("textDocument/prepareRename", at.clone());
    assert_eq!(prepared["placeholder"], "New");
    let rename = |name: &str| {
        let mut params = at.clone();
        params["newName"] = Value::from(name);
        params
    };
    let refused = server.request("textDocument/rename", rename("Old")).expect_err("taken");
    assert!(refused.message.contains("old.sforg.json"), "{}", refused.message);
    let edit = server.ask("textDocument/rename", rename("Newer"));
    assert_eq!(edit["documentChanges"][0]["edits"][0]["newText"], "\"Newer\"");
}

#[test]
fn hints_of_an_inherited_version_are_asked_for_again() {
    let workspace = workspace();
    let mut server = Setup::new()
        .capability("workspace/inlayHint/refreshSupport", true)
        .folder(&workspace)
        .start();
    server.allow("textDocument/publishDiagnostics");
    let uri = open(&mut server, &workspace, "new.sforg.json");
    server.diagnostics(&uri, 1);
    let project = workspace.uri("sforg-project.json");
    let text = workspace.read("sforg-project.json");
    server.open(&project, 1, &text);
    server.diagnostics(&project, 1);
    server.replace(&project, 2, &text.replace("64.0", "66.0"));
    let whole = Range::new(Position::new(0, 0), Position::new(9, 0)).json();
    let params = json!({"textDocument": {"uri": uri}, "range": whole});
    // The first request may be about what was found while the project was read.
    loop {
        server.serve("workspace/inlayHint/refresh", Value::Null);
        let hints = server.ask("textDocument/inlayHint", params.clone());
        if hints[0]["label"][0]["value"] == "API 66.0 (Spring '26)" {
            break;
        }
    }
    server.allow("workspace/inlayHint/refresh");
}

/// A folder's URI need not end in a slash.
#[test]
fn a_folder_may_be_named_with_and_without_a_slash() {
    for end in ["", "/"] {
        let workspace = workspace();
        let mut server = start(&workspace);
        let uri = format!("{}{end}", workspace.root_uri().trim_end_matches('/'));
        server.execute("sforg.convertAll", json!({ "uri": uri }));
        let asked = server.serve("window/showMessageRequest", json!({ "title": "Convert" }));
        let question = asked["message"].as_str().expect("a question");
        assert!(question.starts_with("Convert 2 orgs to OAuth 2.0: "), "{question}");
        let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
        let changed = params["edit"]["documentChanges"].as_array().map(Vec::len);
        assert_eq!(changed, Some(2), "{uri}");
        let (_, message) = server.shown_message();
        assert!(message.starts_with("2 orgs rewritten for OAuth 2.0."), "{message}");
        server.execute("sforg.upgradeProject", json!({ "uri": uri, "to": "66.0" }));
        let (_, message) = server.shown_message();
        assert!(message.contains("use basic authentication"), "{message}");
    }
}

/// Whoever may be on basic authentication blocks an upgrade as those do who are.
#[test]
fn an_org_that_cannot_be_told_is_named() {
    let workspace = workspace();
    for name in ["old.sforg.json", "sub/older.sforg.json"] {
        workspace.write(name, inheriting("Odd").replace("\"type\"", "\"Type\""));
    }
    let mut server = start(&workspace);
    let uri = workspace.uri("sforg-project.json");
    server.execute("sforg.upgradeProject", json!({ "uri": uri, "to": "66.0" }));
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 2);
    assert!(message.contains("\"Odd\" (write the \"type\" of its \"auth\")"), "{message}");
}
