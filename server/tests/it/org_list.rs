//! The list of orgs (`sforg/orgs`) and who is told that it has changed.

use serde_json::{Value, json};
use sforg_simulator::{DEV, Handle, Options, PRODUCTION, Simulator, behaviour_client_id};
use test_support::{Client, FileEvent, Setup, Workspace, basic_org, oauth_org};

const CHANGED: &str = "sforg/orgsChanged";

/// An editor with a list of orgs. It is told at the server's time, so that nobody counts how often.
fn start(workspace: &Workspace, simulator: &Handle) -> Client {
    let mut server = Setup::new()
        .capable()
        .folder(workspace)
        .allow_login_host(&simulator.http_url)
        .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
        .capability("experimental/sforg", json!(["orgsChanged"]))
        .start();
    server.serve("client/registerCapability", Value::Null);
    server.allow("textDocument/publishDiagnostics");
    server.allow(CHANGED);
    server
}

/// The rows, once they are as wanted: asked for again whenever the server says that they have changed.
fn rows_when(server: &mut Client, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    loop {
        let rows = server.ask("sforg/orgs", json!({}));
        let rows = rows.as_array().cloned().unwrap_or_default();
        if wanted(&rows) {
            return rows;
        }
        server.notification(CHANGED);
    }
}

fn named<'a>(rows: &'a [Value], name: &str) -> &'a Value {
    let found = rows.iter().find(|row| row["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {rows:?}"))
}

#[test]
fn a_row_says_where_an_org_is_and_how_it_is() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    workspace.write("erp/sforg-project.json", r#"{ "name": "Acme ERP", "apiVersion": "61.0" }"#);
    workspace.write("erp/orgs/eu/uat.sforg.json", basic_org("Acme UAT", &[("sandbox", "true")]));
    workspace.write("erp/broken.sforg.json", "{ \"name\": \"Broken\"");
    workspace.write("other/alone.sforg.json", oauth_org("Alone", &simulator.http_url, "x", "y"));
    let mut server = start(&workspace, &simulator);
    let rows = rows_when(&mut server, |rows| rows.len() == 3);
    let uat = named(&rows, "Acme UAT");
    assert_eq!(uat["uri"], workspace.uri("erp/orgs/eu/uat.sforg.json"));
    assert_eq!(
        uat["project"],
        json!({
            "uri": workspace.uri("erp/sforg-project.json"),
            "name": "Acme ERP",
            "apiVersion": "61.0",
        })
    );
    assert_eq!((&uat["folder"], &uat["kind"]), (&json!("orgs/eu"), &json!("sandbox")));
    assert_eq!((&uat["auth"], &uat["apiVersion"]), (&json!("basic"), &json!("61.0")));
    assert_eq!(uat["deadline"]["date"], "2027-06-01", "{uat}");
    assert!(uat["deadline"]["days"].is_number(), "{uat}");
    let name = json!({ "line": 1, "character": 10 });
    assert_eq!(uat["nameRange"]["start"], name, "with its quotes: {uat}");
    let broken = named(&rows, "Broken");
    assert_eq!((&broken["state"], &broken["short"]), (&json!("fileError"), &json!("1 problem")));
    assert_eq!(broken["folder"], "");
    let alone = named(&rows, "Alone");
    assert_eq!((&alone["project"], &alone["folder"]), (&Value::Null, &json!("other")));
    assert_eq!((&alone["kind"], &alone["apiVersion"]), (&json!("production"), &json!("61.0")));
}

#[test]
fn files_that_come_change_and_go_are_told() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let org = |name: &str| oauth_org(name, &simulator.http_url, "${env:ID}", "${env:SECRET}");
    workspace.write("sforg-project.json", r#"{ "name": "Acme", "apiVersion": "66.0" }"#);
    let one = workspace.write("one.sforg.json", org("One"));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 1);
    // None of them has a finding, so that nothing is published.
    let two = workspace.write("two.sforg.json", org("Two"));
    server.file_event(&two, FileEvent::Created);
    rows_when(&mut server, |rows| rows.len() == 2);
    workspace.write("one.sforg.json", org("Renamed"));
    server.file_event(&one, FileEvent::Changed);
    rows_when(&mut server, |rows| rows.iter().any(|row| row["name"] == "Renamed"));
    std::fs::remove_file(workspace.path("two.sforg.json")).expect("it is there");
    server.file_event(&two, FileEvent::Deleted);
    rows_when(&mut server, |rows| rows.len() == 1);
    server.open(&one, 1, &org("Typed"));
    let rows = rows_when(&mut server, |rows| rows[0]["name"] == "Typed");
    assert_eq!(rows.len(), 1);
}

#[test]
fn a_test_of_all_tells_how_far_it_is() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let org = |name: &str, id: &str, secret: &str| oauth_org(name, &simulator.http_url, id, secret);
    let good = org("Good", PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("good.sforg.json", good);
    workspace.write("bad.sforg.json", org("Bad", DEV.client_id, &"0".repeat(64)));
    workspace.write("slow.sforg.json", org("Slow", &behaviour_client_id("hang"), "not-real"));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 3);
    server.execute("sforg.testAllLogins", json!({}));
    server.agree_to_host();
    let (token, _) = server.progress_begins();
    let is = |wanted: Value| move |params: &Value| params["testing"] == wanted;
    changed_when(&mut server, is(json!("Testing 3 logins: 2 done, 1 failed")));
    let rows = rows_when(&mut server, |_| true);
    assert_eq!(named(&rows, "Slow")["short"], "testing…");
    let bad = named(&rows, "Bad");
    assert_eq!((&bad["state"], &bad["short"]), (&json!("failed"), &json!("wrong client secret")));
    assert_eq!(named(&rows, "Good")["state"], "ok");
    server.notify("window/workDoneProgress/cancel", json!({ "token": token }));
    server.progress_ends(&token);
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    changed_when(&mut server, is(Value::Null));
    // A login that was broken off has no result.
    rows_when(&mut server, |rows| named(rows, "Slow")["state"] == "untested");
}

#[test]
fn what_could_not_be_tested_has_not_changed_since_a_test() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, "${env:SFORG_IT_COMES_LATER}");
    let file = workspace.write("a.sforg.json", oauth_org("A", &simulator.http_url, id, secret));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 1 && rows[0]["state"] == "noSecret");
    server.test_login(&file);
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    let env = workspace.write(".env", "SFORG_IT_COMES_LATER=not-real\n");
    server.file_event(&env, FileEvent::Created);
    let rows = rows_when(&mut server, |rows| rows[0]["state"] != "noSecret");
    assert_eq!((&rows[0]["state"], &rows[0]["short"]), (&json!("untested"), &json!("")));
}

#[test]
fn what_has_changed_says_since_when() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let org = |secret: &str| oauth_org("A", &simulator.http_url, PRODUCTION.client_id, secret);
    let file = workspace.write("a.sforg.json", org(PRODUCTION.client_secret));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 1);
    server.test_login(&file);
    server.agree_to_host();
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    rows_when(&mut server, |rows| rows[0]["state"] == "ok");
    server.open(&file, 1, &org(&"0".repeat(64)));
    let rows = rows_when(&mut server, |rows| rows[0]["state"] != "ok");
    assert_eq!(rows[0]["state"], "changed", "{rows:?}");
    assert_eq!(rows[0]["summary"], "Changed since the last test (just now)");
}

#[test]
fn the_steps_in_salesforce_need_no_org() {
    let mut server = Setup::new().start();
    let steps = server.ask("sforg/setupSteps", json!({}));
    let message = steps["message"].as_str().unwrap_or_default();
    let (headline, rest) = message.split_once('\n').unwrap_or_default();
    assert_eq!(headline, "An app in Salesforce that logs in without a password");
    assert!(rest.starts_with("1. ") && rest.contains("External Client App Manager"), "{message}");
}

fn changed_when(server: &mut Client, wanted: impl Fn(&Value) -> bool) {
    while !wanted(&server.notification(CHANGED)) {}
}

#[test]
fn a_project_without_orgs_says_what_it_is() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", r#"{ "name": "Acme new", "apiVersion": "66.0" }"#);
    workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 1);
    let uri = workspace.uri("sforg-project.json");
    let project = server.ask("sforg/project", json!({ "uri": uri }));
    assert_eq!(project, json!({ "uri": uri, "name": "Acme new", "apiVersion": "66.0" }));
    for other in ["acme.sforg.json", "gone/sforg-project.json"] {
        let uri = workspace.uri(other);
        assert_eq!(server.ask("sforg/project", json!({ "uri": uri })), Value::Null, "{other}");
    }
}

#[test]
fn the_details_of_an_upgrade_have_the_file_as_it_will_be() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let project =
        |version: &str| format!("{{ \"name\": \"Acme\", \"apiVersion\": \"{version}\" }}");
    workspace.write("sforg-project.json", project("58.0"));
    let own_version = "\"apiVersion\": \"61.0\",";
    workspace.write("acme.sforg.json", basic_org("Acme", &[]).replace(own_version, ""));
    let mut server = start(&workspace, &simulator);
    rows_when(&mut server, |rows| rows.len() == 1);
    let uri = workspace.uri("sforg-project.json");
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    // The org is on basic authentication, which ends behind that version.
    assert_eq!(page["newText"], project("64.0"), "{page}");
    let org = server.ask("sforg/result", json!({ "uri": workspace.uri("acme.sforg.json") }));
    assert_eq!(org["newText"], Value::Null, "{org}");
}
