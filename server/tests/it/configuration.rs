//! The client's settings: asked for, told, and never able to widen where credentials go.

use serde_json::{Value, json};
use test_support::{Client, Setup, Workspace, oauth_org};

const PUBLISH: &str = "textDocument/publishDiagnostics";
const ASKED: &str = "workspace/configuration";
const CHANGED: &str = "workspace/didChangeConfiguration";

fn project(workspace: &Workspace) -> String {
    workspace.write("sforg-project.json", "{\"apiVersion\": \"66.0\"}")
}

fn setup(workspace: &Workspace) -> Setup {
    Setup::new().capability("workspace/configuration", true).folder(workspace)
}

fn answer(server: &mut Client, section: Value) {
    let params = server.serve(ASKED, json!([section]));
    assert_eq!(params, json!({"items": [{"section": "sforg"}]}));
}

fn newest_is(server: &mut Client, uri: &str, version: &str) {
    server.published_when(uri, |published| {
        published.all("upgrade-available").any(|finding| finding.message.contains(version))
    });
}

#[test]
fn settings_are_asked_for_and_asked_for_again_when_they_change() {
    let workspace = Workspace::new();
    let uri = project(&workspace);
    let mut server = setup(&workspace).start();
    server.allow(PUBLISH);
    answer(&mut server, json!({"newestApiVersion": "67.0"}));
    newest_is(&mut server, &uri, "67.0");
    // Clients that can be asked send null.
    server.notify(CHANGED, json!({"settings": null}));
    answer(&mut server, json!(null));
    newest_is(&mut server, &uri, "68.0");
}

#[test]
fn clients_that_cannot_be_asked_tell_them() {
    let workspace = Workspace::new();
    let uri = project(&workspace);
    let mut server = Setup::new().folder(&workspace).start();
    server.allow(PUBLISH);
    newest_is(&mut server, &uri, "68.0");
    server.notify(CHANGED, json!({"settings": {"sforg": {"newestApiVersion": "67.0"}}}));
    newest_is(&mut server, &uri, "67.0");
    server.notify(CHANGED, json!({"settings": {}}));
    newest_is(&mut server, &uri, "68.0");
    server.notify(CHANGED, json!({"settings": "nonsense"}));
    assert_eq!(server.ask("workspace/symbol", json!({"query": "no such org"})), json!([]));
}

#[test]
fn a_setting_that_cannot_be_used_is_told() {
    let workspace = Workspace::new();
    let mut server = setup(&workspace).start();
    answer(&mut server, json!({"upgradePrompt": "never", "newestApiVersion": "67.0"}));
    let (kind, message) = server.shown_message();
    assert_eq!(
        (kind, &*message),
        (2, "The value of sforg.upgradePrompt is not used: set it to true or false.")
    );
}

#[test]
fn changes_are_registered_for_where_the_client_takes_it() {
    let workspace = Workspace::new();
    let mut server = setup(&workspace)
        .capability("workspace/didChangeConfiguration/dynamicRegistration", true)
        .start();
    let params = server.serve("client/registerCapability", Value::Null);
    let registration = &params["registrations"][0];
    assert_eq!(registration["method"], CHANGED);
    assert_eq!(registration["registerOptions"], json!({"section": "sforg"}));
    answer(&mut server, json!({}));
}

#[test]
fn the_question_about_an_upgrade_waits_for_the_setting_and_obeys_it() {
    let workspace = Workspace::new();
    let uri = project(&workspace);
    let mut server = setup(&workspace).env("SFORG_UPGRADE_PROMPT", "now").start();
    server.allow(PUBLISH);
    server.open(&uri, 1, "{\"apiVersion\": \"66.0\"}");
    server.diagnostics(&uri, 1);
    // However long the client takes to answer.
    let asked = server.server_request(ASKED);
    let question = "window/showMessageRequest";
    assert!(!server.waiting_methods().iter().any(|method| method == question));
    server.reply(&asked, json!([{"upgradePrompt": false}]));
    server.notify(CHANGED, json!({"settings": null}));
    answer(&mut server, json!({"upgradePrompt": true}));
    // Only now, and with the next change of the project file.
    workspace.write("sforg-project.json", "{\"apiVersion\": \"66.0\" }");
    server.replace(&uri, 2, "{\"apiVersion\": \"66.0\" }");
    let question = server.server_request("window/showMessageRequest");
    server.reply(&question, Value::Null);
}

#[test]
fn no_setting_of_the_client_allows_a_login_host() {
    let workspace = Workspace::new();
    let text =
        oauth_org("Elsewhere", "http://127.0.0.1:9", "3MVG9EXAMPLE.NOTREAL", "not-a-real-secret");
    let uri = workspace.write("a.sforg.json", &text);
    let mut server = setup(&workspace).start();
    server.allow(PUBLISH);
    let hosts = json!(["http://127.0.0.1:9"]);
    answer(
        &mut server,
        json!({"allowedLoginHosts": hosts, "allowLoginHosts": hosts, "caFile": "other-certificates.pem", "proxy": "http://127.0.0.1:9"}),
    );
    server.open(&uri, 1, &text);
    let published = server.diagnostics(&uri, 1);
    assert!(
        published.codes().iter().any(|code| code.starts_with("instance-url-")),
        "{published:?}"
    );
    server.test_login(&uri);
    let (kind, _) = server.shown_message();
    assert_eq!(kind, 2);
}
