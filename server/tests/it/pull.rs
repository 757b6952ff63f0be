//! Diagnostics that the client asks for, of one document and of the workspace.

use serde_json::{Value, json};
use test_support::{Client, FileEvent, Setup, Workspace, basic_org};

const PUBLISH: &str = "textDocument/publishDiagnostics";
const REFRESH: &str = "workspace/diagnostic/refresh";
const FINDING: &str = "basic-auth-retiring";
const DUPLICATE: &str = "duplicate-org-name";

fn setup() -> Setup {
    Setup::new()
        .capability("textDocument/diagnostic/dynamicRegistration", true)
        .capability("workspace/diagnostics/refreshSupport", true)
}

fn pull(server: &mut Client, uri: &str, previous: Option<&str>) -> Value {
    let params = json!({"textDocument": {"uri": uri}, "previousResultId": previous});
    server.ask("textDocument/diagnostic", params)
}

fn pull_workspace(server: &mut Client, previous: &[(&str, &str)]) -> Vec<Value> {
    let previous: Vec<_> =
        previous.iter().map(|(uri, value)| json!({"uri": uri, "value": value})).collect();
    let report = server.ask("workspace/diagnostic", json!({"previousResultIds": previous}));
    report["items"].as_array().cloned().unwrap_or_default()
}

fn codes(report: &Value) -> Vec<&str> {
    let items = report["items"].as_array().into_iter().flatten();
    items.filter_map(|diagnostic| diagnostic["code"].as_str()).collect()
}

fn result_id(report: &Value) -> String {
    report["resultId"].as_str().unwrap_or_else(|| panic!("{report} has no resultId")).to_owned()
}

fn of<'a>(items: &'a [Value], uri: &str) -> &'a Value {
    items.iter().find(|item| item["uri"] == uri).unwrap_or(&Value::Null)
}

#[test]
fn only_a_client_that_asks_is_offered_it() {
    let mut server = setup().spawn();
    let result = server.begin();
    let provider = &result["capabilities"]["diagnosticProvider"];
    assert_eq!(provider["identifier"], "sforg");
    assert_eq!(provider["interFileDependencies"], true);
    assert_eq!(provider["workspaceDiagnostics"], true);
    // Nor one that could not be told to ask again: it is told the findings instead.
    for setup in [Setup::new(), Setup::new().capability("textDocument/diagnostic", json!({}))] {
        let mut server = setup.spawn();
        let result = server.begin();
        assert_eq!(result["capabilities"]["diagnosticProvider"], Value::Null);
        server.open("untitled:x", 1, "{");
        assert!(server.diagnostics("untitled:x", 1).has("syntax-error"));
    }
}

#[test]
fn an_open_document_is_asked_for_and_never_published() {
    let mut server = setup().start();
    let uri = "untitled:Untitled-1";
    server.open(uri, 1, &basic_org("Acme", &[]));
    let report = pull(&mut server, uri, None);
    assert_eq!(report["kind"], "full");
    assert!(codes(&report).contains(&FINDING), "{report}");

    let unchanged = pull(&mut server, uri, Some(&result_id(&report)));
    assert_eq!(unchanged["kind"], "unchanged");
    assert_eq!(unchanged["resultId"], report["resultId"]);
    assert_eq!(unchanged["items"], Value::Null);

    // An answer is never older than the change before the question.
    for version in 2..200 {
        let text = if version % 2 == 0 { "{" } else { "{}" };
        server.replace(uri, version, text);
        let report = pull(&mut server, uri, None);
        assert_eq!(codes(&report).contains(&"syntax-error"), version % 2 == 0, "{report}");
    }
    server.close(uri);
    assert_eq!(codes(&pull(&mut server, uri, None)), [""; 0]);
    assert_eq!(server.waiting_diagnostics(), []);
}

#[test]
fn the_same_text_again_is_the_same_result() {
    let mut server = setup().start();
    let (uri, text) = ("untitled:Untitled-1", basic_org("Acme", &[]));
    server.open(uri, 1, &text);
    let first = result_id(&pull(&mut server, uri, None));
    server.replace(uri, 2, "{");
    assert_ne!(result_id(&pull(&mut server, uri, Some(&first))), first);
    server.replace(uri, 3, &text);
    assert_eq!(pull(&mut server, uri, Some(&first))["kind"], "unchanged");
}

#[test]
fn a_file_that_is_not_open_can_be_asked_for() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = setup().folder(&workspace).start();
    server.allow(PUBLISH);
    let report = pull(&mut server, &uri, None);
    assert!(codes(&report).contains(&FINDING), "{report}");
    assert_eq!(pull(&mut server, &uri, Some(&result_id(&report)))["kind"], "unchanged");
    for nothing in [workspace.uri("nowhere.sforg.json"), workspace.uri("package.json")] {
        let report = pull(&mut server, &nothing, None);
        assert_eq!((&report["kind"], &report["items"]), (&json!("full"), &json!([])));
    }
}

#[test]
fn the_workspace_is_all_there_from_the_first_answer_on() {
    let workspace = Workspace::new();
    let uris: Vec<_> = (0..300)
        .map(|number| {
            workspace
                .write(&format!("{number}.sforg.json"), basic_org(&format!("Org {number}"), &[]))
        })
        .collect();
    workspace.write("clean.sforg.json", basic_org("Fine", &[("apiVersion", "70.0")]));
    let mut server = setup().folder(&workspace).start();
    server.allow(PUBLISH);
    let items = pull_workspace(&mut server, &[]);
    for uri in &uris {
        let item = of(&items, uri);
        assert_eq!((&item["kind"], &item["version"]), (&json!("full"), &Value::Null), "{item}");
        assert!(codes(item).contains(&FINDING), "{item}");
    }
    let known: Vec<_> =
        items.iter().map(|item| (item["uri"].as_str().unwrap_or(""), result_id(item))).collect();
    let known: Vec<_> = known.iter().map(|(uri, result)| (*uri, result.as_str())).collect();
    let again = pull_workspace(&mut server, &known);
    assert_eq!(again.len(), items.len());
    assert!(again.iter().all(|item| item["kind"] == "unchanged"), "{again:?}");
}

#[test]
fn files_that_change_go_or_come_are_new_in_the_next_answer() {
    let workspace = Workspace::new();
    let [changed, gone, same] = ["changed", "gone", "same"]
        .map(|name| workspace.write(&format!("{name}.sforg.json"), "[]"));
    let mut server = setup()
        .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
        .folder(&workspace)
        .start();
    server.serve("client/registerCapability", Value::Null);
    server.allow(PUBLISH);
    let items = pull_workspace(&mut server, &[]);
    let ids: Vec<_> = [&changed, &gone, &same].map(|uri| result_id(of(&items, uri))).to_vec();

    workspace.write("changed.sforg.json", "{");
    workspace.remove("gone.sforg.json");
    let new = workspace.write("new.sforg.json", basic_org("new", &[]));
    server.file_event(&changed, FileEvent::Changed);
    server.file_event(&gone, FileEvent::Deleted);
    server.file_event(&new, FileEvent::Created);
    server.serve(REFRESH, Value::Null);
    let previous = [(&*changed, &*ids[0]), (&*gone, &*ids[1]), (&*same, &*ids[2])];
    let items = pull_workspace(&mut server, &previous);
    assert!(codes(of(&items, &changed)).contains(&"syntax-error"), "{items:?}");
    assert_eq!(
        (&of(&items, &gone)["kind"], &of(&items, &gone)["items"]),
        (&json!("full"), &json!([]))
    );
    assert_eq!(of(&items, &same)["kind"], "unchanged");
    assert!(codes(of(&items, &new)).contains(&FINDING), "{items:?}");
    server.allow(REFRESH);
}

#[test]
fn another_file_that_changes_the_findings_of_an_open_one_brings_a_refresh() {
    let workspace = Workspace::new();
    let a = workspace.write("a.sforg.json", basic_org("A", &[]));
    let b = workspace.write("b.sforg.json", basic_org("B", &[]));
    let mut server = setup().folder(&workspace).start();
    server.allow(PUBLISH);
    pull_workspace(&mut server, &[]);
    server.open(&a, 1, &basic_org("A", &[]));
    server.open(&b, 1, &basic_org("B", &[]));
    assert!(!codes(&pull(&mut server, &a, None)).contains(&DUPLICATE));
    pull(&mut server, &b, None);
    server.replace(&b, 2, &basic_org("A", &[]));
    server.serve(REFRESH, Value::Null);
    assert!(codes(&pull(&mut server, &a, None)).contains(&DUPLICATE));
    assert!(codes(&pull(&mut server, &b, None)).contains(&DUPLICATE));
    // A change that concerns nobody else brings none: the client asks about its own by itself.
    server.replace(&b, 3, &basic_org("A", &[("description", "x")]));
    pull(&mut server, &b, None);
    assert!(!server.waiting_methods().iter().any(|method| method == REFRESH));
}

#[test]
fn whoever_never_asks_about_the_workspace_is_told_of_closed_files() {
    let workspace = Workspace::new();
    let uri = workspace.write("a.sforg.json", basic_org("A", &[]));
    let mut server = setup().folder(&workspace).start();
    server.published_when(&uri, |published| published.has(FINDING));
    // Open it, and it is asked for; then nothing is left of what was told.
    server.open(&uri, 1, &basic_org("A", &[]));
    server.published_when(&uri, |published| published.diagnostics.is_empty());
    assert!(codes(&pull(&mut server, &uri, None)).contains(&FINDING));
    server.close(&uri);
    server.published_when(&uri, |published| published.has(FINDING));
    // From the first question about the workspace on, nothing is told unasked.
    pull_workspace(&mut server, &[]);
    server.published_when(&uri, |published| published.diagnostics.is_empty());
    server.open(&uri, 1, "{");
    server.close(&uri);
    pull(&mut server, &uri, None);
    assert_eq!(server.waiting_diagnostics(), []);
    server.allow(REFRESH);
}

#[test]
fn a_cancelled_question_harms_nobody() {
    let workspace = Workspace::new();
    let uri = workspace.write("a.sforg.json", basic_org("A", &[]));
    let mut server = setup().folder(&workspace).start();
    server.allow(PUBLISH);
    for _ in 0..50 {
        let (id, message) =
            server.request_message("workspace/diagnostic", json!({"previousResultIds": []}));
        let cancel = test_support::notification("$/cancelRequest", json!({"id": id}));
        server.write(&[message, cancel]);
        // Answered or cancelled, but not left without an answer.
        if let Err(error) = server.answer(&id) {
            assert_eq!(error.code, -32800, "{error:?}");
        }
    }
    assert!(codes(&pull(&mut server, &uri, None)).contains(&FINDING));
}

#[test]
fn documents_that_were_not_looked_at_for_long_are_told_all_the_same() {
    let mut server = setup().start();
    let uris: Vec<_> = (0..200).map(|number| format!("untitled:Untitled-{number}")).collect();
    for uri in &uris {
        server.open(uri, 1, &basic_org(uri, &[]));
    }
    let reports: Vec<_> = uris.iter().map(|uri| pull(&mut server, uri, None)).collect();
    for (uri, report) in uris.iter().zip(&reports) {
        assert!(codes(report).contains(&FINDING), "{report}");
        assert_eq!(pull(&mut server, uri, Some(&result_id(report)))["kind"], "unchanged");
    }
    let again = pull_workspace(&mut server, &[]);
    for (uri, report) in uris.iter().zip(&reports) {
        assert_eq!(
            (&of(&again, uri)["items"], of(&again, uri)["version"].as_i64()),
            (&report["items"], Some(1))
        );
    }
}
