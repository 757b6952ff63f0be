//! The files that Design Studio itself keeps, in an editor: findings, what they are linked to, what can be
//! asked about them, and that nothing of ours ever writes there.

mod jitterpaks;
mod missing;
mod requests;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use test_support::{Client, FileEvent, Position, Published, Range, Setup, Workspace};

const PROJECT: &str = "Initech payroll";
const FIRST: &str = "Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000001.xml";
const SECOND: &str = "Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000002.xml";
const DELETED: &str = "Data/SalesforceConnector/7d1e5c0a-2b3f-4c8d-9e10-000000000004.xml";
const PUBLISH: &str = "textDocument/publishDiagnostics";

/// The made-up project, in the workspace.
fn copy_project(workspace: &Workspace) {
    let from =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/design-studio").join(PROJECT);
    let mut folders = vec![from.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(&from).expect("below").to_string_lossy();
            let name = format!("{PROJECT}/{}", below.replace('\\', "/"));
            workspace.write(&name, fs::read(&path).expect("a file"));
        }
    }
}

fn name(file: &str) -> String {
    format!("{PROJECT}/{file}")
}

fn uri(workspace: &Workspace, file: &str) -> String {
    workspace.uri(&name(file))
}

/// A server over the made-up project. What it publishes need not be looked at.
fn start(workspace: &Workspace) -> Client {
    copy_project(workspace);
    let mut server = Setup::new()
        .capable()
        .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
        .folder(workspace)
        .start();
    server.serve("client/registerCapability", Value::Null);
    server.allow(PUBLISH);
    server
}

/// Opens one of the project's files as VS Code does, and waits until it is known.
fn open(server: &mut Client, workspace: &Workspace, file: &str) -> (String, String) {
    let (uri, text) = (uri(workspace, file), workspace.read(&name(file)));
    server.open_as(&uri, "xml", 1, &text);
    server.published_when(&uri, |published| published.version == Some(1));
    (uri, text)
}

/// Behind the first place of `what` in a text.
fn behind(text: &str, what: &str) -> Position {
    let at = text.find(what).expect("it is there") + what.len();
    let line_start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    Position { line: text[..at].matches('\n').count(), character: at - line_start }
}

fn message<'p>(published: &'p Published, code: &str) -> &'p str {
    &published.only(code).message
}

#[test]
fn closed_files_have_findings_and_the_text_in_the_editor_counts() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let first = uri(&workspace, FIRST);
    let project = uri(&workspace, "project.xml");
    let closed = server.published_when(&first, |it| it.has("basic-auth-retiring"));
    assert!(
        message(&closed, "basic-auth-retiring").ends_with("2 operations use it."),
        "{closed:?}"
    );
    let project = server.published_when(&project, |it| it.has("basic-auth-blocks-upgrade"));
    let blocked = project.only("basic-auth-blocks-upgrade");
    assert_eq!(blocked.json["relatedInformation"][0]["location"]["uri"], first.as_str());
    let (_, text) = open(&mut server, &workspace, FIRST);
    let newer = text.replace("\"63.0\"", "\"66.0\"");
    server.replace(&first, 2, &newer);
    server.published_when(&first, |it| it.version == Some(2) && it.has("basic-auth-removed"));
    server.close(&first);
    server.published_when(&first, |it| it.version.is_none() && it.has("basic-auth-retiring"));
    assert_eq!(workspace.read(&name(FIRST)), text);
}

#[test]
fn what_uses_an_org_and_what_is_deleted_is_followed() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let first = uri(&workspace, FIRST);
    server.published_when(&first, |it| it.has("basic-auth-retiring"));
    let operation = "Data/Operation/7d1e5c0a-2b3f-4c8d-9e10-000000000021.xml";
    workspace.remove(&name(operation));
    server.file_event(&uri(&workspace, operation), FileEvent::Deleted);
    server.published_when(&first, |it| {
        it.has("basic-auth-retiring")
            && message(it, "basic-auth-retiring").ends_with("1 operation uses it.")
    });
    let text = workspace.read(&name(FIRST)).replace("Deleted=\"false\"", "Deleted=\"true\"");
    workspace.write(&name(FIRST), text);
    server.file_event(&first, FileEvent::Changed);
    server.published_when(&first, |it| it.diagnostics.is_empty());
    let second = uri(&workspace, SECOND);
    server.published_when(&second, |it| it.has("basic-auth-removed"));
    fs::remove_dir_all(workspace.path(PROJECT)).expect("a folder");
    server.file_event(&workspace.uri(PROJECT), FileEvent::Deleted);
    server.published_when(&second, |it| it.diagnostics.is_empty());
}

#[test]
fn xml_of_other_programs_and_deleted_orgs_are_left_alone() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let deleted = uri(&workspace, DELETED);
    server.open_as(&deleted, "xml", 1, &workspace.read(&name(DELETED)));
    let text = "<project name='ant'><target/></project>";
    let ant = workspace.write("build/project.xml", text);
    server.open_as(&ant, "xml", 1, text);
    let text = workspace.read(&name(FIRST));
    let alone = workspace.write("other/Data/SalesforceConnector/a.xml", &text);
    server.open_as(&alone, "xml", 1, &text);
    // What is asked behind the findings of a file that was opened later is asked behind theirs.
    open(&mut server, &workspace, FIRST);
    for uri in [&deleted, &ant, &alone] {
        let document = json!({"textDocument": {"uri": uri}});
        assert_eq!(server.hover(uri, Position { line: 0, character: 2 }), None);
        assert!(server.code_lens_titles(uri).is_empty(), "{uri}");
        assert_eq!(server.ask("textDocument/documentSymbol", document), Value::Null, "{uri}");
    }
    let of_others = |it: &Published| [&deleted, &ant, &alone].contains(&&it.uri);
    let said: Vec<_> = server.waiting_diagnostics().into_iter().filter(of_others).collect();
    assert!(said.iter().all(|it| it.diagnostics.is_empty()), "{said:?}");
}

/// A project of ours that is linked to the made-up one, with a linked org.
fn link(workspace: &Workspace, members: &str) -> (String, String) {
    let project = format!(r#"{{"apiVersion": "63.0", "designStudioProject": "{PROJECT}"}}"#);
    let project = workspace.write("sforg-project.json", project);
    let org = format!(
        r#"{{"name": "Payroll", "designStudioOrg": "7D1E5C0A-2b3f-4c8d-9e10-000000000001", {members}"auth": {{"type": "basic", "username": "u@a.example", "password": "${{env:NOWHERE}}"}}}}"#
    );
    (project, workspace.write("payroll.sforg.json", org))
}

#[test]
fn drift_is_told_on_both_sides_changes() {
    let workspace = Workspace::new();
    let (_, org) = link(&workspace, "");
    let mut server = start(&workspace);
    server
        .published_when(&org, |it| it.has("secret-not-found") && !it.has("design-studio-differs"));
    let (first, text) = open(&mut server, &workspace, FIRST);
    let sandbox = text.replace("sandbox\" value=\"0\"", "sandbox\" value=\"1\"");
    server.replace(&first, 2, &sandbox.replace("login.salesforce", "test.salesforce"));
    let differs = server.published_when(&org, |it| it.has("design-studio-differs"));
    let differs = differs.only("design-studio-differs");
    let there = &differs.json["relatedInformation"][0]["location"];
    assert_eq!(there["uri"], first.as_str());
    assert_eq!(there["range"]["start"]["line"], 9, "{there}");
    let (_, _) = link(&workspace, r#""sandbox": true, "#);
    server.file_event(&org, FileEvent::Changed);
    server.published_when(&org, |it| !it.has("design-studio-differs"));
    let text = workspace.read("payroll.sforg.json").replace("000001", "000009");
    workspace.write("payroll.sforg.json", text);
    server.file_event(&org, FileEvent::Changed);
    server.published_when(&org, |it| it.has("design-studio-org-missing"));
}

#[test]
fn an_org_that_cannot_be_read_is_not_missing() {
    let workspace = Workspace::new();
    let (project, org) = link(&workspace, "");
    let mut server = start(&workspace);
    server.published_when(&org, |it| it.has("secret-not-found"));
    workspace.write(&name(FIRST), b"<Entity type='SalesforceConnector'>\xff</Entity>");
    let first = uri(&workspace, FIRST);
    server.file_event(&first, FileEvent::Changed);
    server.published_when(&first, |it| it.has("invalid-encoding"));
    workspace.remove(&name(FIRST));
    server.file_event(&first, FileEvent::Deleted);
    // Once it is gone it is missing; and it was not before.
    let mut before = Vec::new();
    server.published_when(&org, |it| {
        before.push(it.codes().join(" "));
        it.has("design-studio-org-missing")
    });
    before.pop();
    assert!(before.iter().all(|codes| !codes.contains("missing")), "{before:?}");
    workspace.remove(&name("project.xml"));
    server.file_event(&uri(&workspace, "project.xml"), FileEvent::Deleted);
    server.published_when(&project, |it| it.has("design-studio-project-unreadable"));
}

#[test]
fn nothing_ever_writes_to_them() {
    let workspace = Workspace::new();
    let (_, org) = link(&workspace, "");
    let mut server = start(&workspace);
    let (first, text) = open(&mut server, &workspace, FIRST);
    let at_name = behind(&text, "Name=\"[pay");
    let options = json!({"tabSize": 2, "insertSpaces": true});
    let whole = Range {
        start: Position { line: 0, character: 0 },
        end: Position { line: 14, character: 0 },
    };
    let document = json!({"uri": first});
    for (method, more) in [
        ("textDocument/formatting", json!({"options": options})),
        ("textDocument/rangeFormatting", json!({"options": options, "range": whole.json()})),
        (
            "textDocument/onTypeFormatting",
            json!({"options": options, "ch": "\n", "position": at_name.json()}),
        ),
        ("textDocument/prepareRename", json!({"position": at_name.json()})),
        ("textDocument/rename", json!({"position": at_name.json(), "newName": "other"})),
    ] {
        let mut params = json!({"textDocument": document});
        for (name, value) in more.as_object().expect("an object") {
            params[name] = value.clone();
        }
        assert_eq!(server.ask(method, params), Value::Null, "{method}");
    }
    assert!(server.code_actions(&first, whole).is_empty());
    for command in ["convertToOAuth", "completeServerHost", "upgradeProject", "convertAll"] {
        server.execute(&format!("sforg.{command}"), json!({"uri": first}));
        let (_, message) = server.shown_message();
        assert!(message.contains("sforg only reads it"), "{message}");
    }
    server.execute("sforg.moveSecret", json!({"uri": first, "member": "password", "to": "env"}));
    assert!(server.shown_message().1.contains("sforg only reads it"));
    // The org of ours gets another name; Design Studio's keeps its own.
    let ours = workspace.read("payroll.sforg.json");
    server.open(&org, 1, &ours);
    let at = behind(&ours, "\"Pay");
    let mut rename = Client::at(&org, at);
    rename["newName"] = json!("Wages");
    let edit = server.ask("textDocument/rename", rename);
    assert!(!edit.to_string().contains(".xml"), "{edit}");
    assert_eq!(workspace.read(&name(FIRST)), text);
}

#[test]
fn a_client_that_watches_nothing_sees_what_changed_when_something_is_saved() {
    let workspace = Workspace::new();
    copy_project(&workspace);
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.allow(PUBLISH);
    let first = uri(&workspace, FIRST);
    server.published_when(&first, |it| it.has("basic-auth-retiring"));
    let other = workspace.write("other.sforg.json", "{}");
    server.open(&other, 1, "{}");
    server.published_when(&other, |it| it.version == Some(1));
    workspace.remove(&name("Data/Operation/7d1e5c0a-2b3f-4c8d-9e10-000000000021.xml"));
    server.save(&other);
    server.published_when(&first, |it| {
        it.has("basic-auth-retiring")
            && message(it, "basic-auth-retiring").ends_with("1 operation uses it.")
    });
}

#[test]
fn a_file_outside_of_the_workspace_is_known_when_it_is_opened() {
    let (workspace, outside) = (Workspace::new(), Workspace::new());
    copy_project(&outside);
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.allow(PUBLISH);
    let (first, _) = open(&mut server, &outside, FIRST);
    assert_eq!(server.code_lens_titles(&first).len(), 3);
    server.close(&first);
    server.published_when(&first, |it| it.diagnostics.is_empty());
}

#[test]
fn hostile_files_are_findings_at_their_place() {
    let workspace = Workspace::new();
    let mut server = start(&workspace);
    let (first, text) = open(&mut server, &workspace, FIRST);
    let mut version = 1;
    let mut told = |text: &str| -> String {
        version += 1;
        server.replace(&first, version, text);
        let published = server.published_when(&first, |it| it.version == Some(version));
        assert!(published.diagnostics.len() <= 101, "{}", published.diagnostics.len());
        published.codes().join(" ")
    };
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n";
    for broken in [
        text.replace("<Entity", &format!("{bomb}<Entity")),
        text.replace("64.0", "&b;").replace("63.0", "&b;"),
        text.replace("</Properties>", ""),
        "<a>".repeat(100_000),
        "\u{0}\u{1}<Entity".to_owned(),
    ] {
        assert!(told(&broken).contains("syntax-error"), "{:.200}", broken);
    }
    assert!(told(&text).contains("basic-auth-retiring"));
}

#[test]
fn a_link_leads_no_further_than_the_workspace() {
    let (workspace, outside) = (Workspace::new(), Workspace::new());
    copy_project(&outside);
    let there = outside.path(PROJECT);
    let folder = outside.root().file_name().expect("a name").to_string_lossy().into_owned();
    let linking = |to: &str| format!(r#"{{"apiVersion": "63.0", "designStudioProject": "{to}"}}"#);
    let out =
        workspace.write("out/sforg-project.json", linking(&format!("../../{folder}/{PROJECT}")));
    let mut all = vec![out];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&there, workspace.path("behind")).expect("a link");
        all.push(workspace.write("behind-link/sforg-project.json", linking("../behind")));
    }
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.allow(PUBLISH);
    for project in all {
        server.published_when(&project, |it| it.has("design-studio-project-unreadable"));
    }
    assert!(there.exists());
}
