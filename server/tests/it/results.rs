//! Results of logins as a model: what the lens, the list of orgs and the page show, also after a restart,
//! and what sforg's own clients are offered.

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, PRODUCTION, Simulator, behaviour_client_id};
use test_support::{Client, Setup, Workspace, oauth_org};

const WRONG: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// An editor that takes everything but what comes at its own time.
fn own_client(workspace: &Workspace, simulator: &Handle) -> Client {
    let takes = json!(["showStatus", "show", "chooseOrgs", "enterSecret", "messageButtons"]);
    let mut server = Setup::new()
        .capable()
        .folder(workspace)
        .allow_login_host(&simulator.http_url)
        .capability("window/showMessage/messageActionItem/additionalPropertiesSupport", true)
        .capability("experimental/sforg", takes)
        .env("SFORG_STATE_DIR", &workspace.path("state").to_string_lossy())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn open(server: &mut Client, workspace: &Workspace, name: &str) -> String {
    let uri = workspace.uri(name);
    server.open(&uri, 1, &workspace.read(name));
    server.diagnostics(&uri, 1);
    uri
}

/// Tests a login whose secret stands in the file and whose host was agreed to or is asked about now.
fn test(server: &mut Client, uri: &str, is_first: bool) {
    server.test_login(uri);
    if is_first {
        server.agree_to_host();
    }
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    server.serve("workspace/codeLens/refresh", Value::Null);
}

fn row(server: &mut Client, uri: &str) -> Value {
    let rows = server.ask("sforg/orgs", json!({ "uris": [uri] }));
    rows[0].clone()
}

fn titles(question: &Value) -> Vec<&str> {
    let actions = question["actions"].as_array().into_iter().flatten();
    actions.filter_map(|action| action["title"].as_str()).collect()
}

#[test]
fn a_result_is_there_again_after_a_restart() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    workspace.write(
        "acme.sforg.json",
        oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, WRONG),
    );
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    assert_eq!(row(&mut server, &uri)["state"], "untested");
    test(&mut server, &uri, true);
    let message = server.serve("window/showMessageRequest", Value::Null);
    assert_eq!(titles(&message), ["Enter Secret…", "Show Steps"], "{message}");
    assert_eq!(message["type"], 1);
    let says = message["message"].as_str().unwrap_or_default();
    assert!(says.starts_with("Acme: ") && says.chars().count() <= 80, "{says}");
    let kept = workspace.path("state/login-results.json");
    server.finish();
    let text = std::fs::read_to_string(&kept).expect("a file");
    assert!(!text.contains(WRONG) && !text.contains("invalid_client"), "{text}");

    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    let lenses = server.code_lens_titles(&uri);
    assert!(lenses[0].starts_with("✗ Wrong client secret · "), "{lenses:?}");
    assert_eq!(lenses[1], "Test Salesforce Login");
    let found = row(&mut server, &uri);
    assert_eq!(
        (&found["state"], &found["short"], &found["action"]),
        (&json!("failed"), &json!("wrong client secret"), &json!("enterSecret")),
        "{found}"
    );
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(
        (&page["title"], &page["outcome"]),
        (&json!("Acme: login failed"), &json!("failed"))
    );
    assert_eq!(page["member"]["name"], "clientSecret");
    // An edit of what was tested takes it away.
    let other = workspace.read("acme.sforg.json").replace(WRONG, PRODUCTION.client_secret);
    server.replace(&uri, 2, &other);
    server.diagnostics(&uri, 2);
    assert_eq!(server.code_lens_titles(&uri), ["Test Salesforce Login"]);
    assert_eq!(row(&mut server, &uri)["state"], "changed");
}

#[test]
fn good_news_needs_no_button_and_the_page_has_the_details() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("acme.sforg.json", oauth_org("Acme", &simulator.http_url, id, secret));
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    test(&mut server, &uri, true);
    assert_eq!(server.notification("sforg/showStatus")["text"], "Acme: logged in");
    server.execute("sforg.showLastResult", json!({ "uri": uri }));
    assert_eq!(server.notification("sforg/show"), json!({ "page": "result", "uri": uri }));
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(page["outcome"], "ok", "{page}");
    let facts = page["facts"].to_string();
    assert!(facts.contains(PRODUCTION.username) && !facts.contains(secret), "{facts}");
    assert_eq!(row(&mut server, &uri)["state"], "ok");
}

/// Somebody may think that this is the sandbox.
#[test]
fn a_login_that_contradicts_the_file_is_no_success() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    let text = oauth_org("Acme", &simulator.http_url, id, secret);
    let text = text.replacen("\"name\"", "\"sandbox\": true,\n  \"name\"", 1);
    workspace.write("acme.sforg.json", &text);
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    test(&mut server, &uri, true);
    let message = server.serve("window/showMessageRequest", json!({ "title": "Correct File" }));
    assert_eq!(
        message["message"],
        "Acme: logged in, but this is a production org and the file says sandbox."
    );
    assert_eq!(titles(&message), ["Correct File", "Show Details"]);
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "false", "{edit}");
    let published = server.published_when(&uri, |found| found.has("sandbox-mismatch"));
    let finding = published.only("sandbox-mismatch").message.clone();
    assert!(finding.contains("Salesforce says this is a production org"), "{finding}");
    let lenses = server.code_lens_titles(&uri);
    assert!(lenses[0].starts_with("! Logged in, but this is a production org"), "{lenses:?}");
    assert_eq!(row(&mut server, &uri)["short"], "is production!");
}

#[test]
fn a_secret_that_is_entered_goes_to_env_and_never_into_the_file() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let id = PRODUCTION.client_id;
    let missing = "${env:ACME_IS_ENTERED}";
    workspace.write("acme.sforg.json", oauth_org("Acme", &simulator.http_url, id, missing));
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    assert_eq!(row(&mut server, &uri)["state"], "noSecret");
    test(&mut server, &uri, false);
    let message = server.serve("window/showMessageRequest", json!({ "title": "Enter Secret…" }));
    assert_eq!(message["message"], "Acme: not tested. ACME_IS_ENTERED is not set.");
    let entered = json!({ "place": "env", "value": format!(" {}\n", PRODUCTION.client_secret) });
    let prompt = server.serve("sforg/enterSecret", entered);
    assert_eq!(prompt["title"], "Acme: client secret");
    assert_eq!(
        (&prompt["places"][0]["id"], &prompt["places"][1]["id"]),
        (&json!("env"), &json!("keyring"))
    );
    // After a test that did not work the next thing is to test again; where the secret goes was said.
    let stored = server.serve("window/showMessageRequest", json!({ "title": "Test Login" }));
    assert_eq!(stored["message"], "Acme: secret stored in .env.");
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(server.notification("sforg/showStatus")["text"], "Acme: logged in");
    let env = workspace.read(".env");
    assert_eq!(env, format!("ACME_IS_ENTERED={}\n", PRODUCTION.client_secret));
    assert!(!workspace.read("acme.sforg.json").contains(PRODUCTION.client_secret));
}

#[test]
fn a_second_test_shows_the_one_that_runs_and_how_to_end_it() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let hanging = oauth_org("Acme", &simulator.http_url, &behaviour_client_id("hang"), WRONG);
    workspace.write("acme.sforg.json", hanging);
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    server.test_login(&uri);
    server.agree_to_host();
    let (token, _) = server.progress_begins();
    server.test_login(&uri);
    assert_eq!(server.notification("sforg/show"), json!({ "page": "result", "uri": uri }));
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(page["title"], "Acme: testing", "{page}");
    assert!(page["testing"].is_number(), "{page}");
    assert_eq!(page["actions"][0]["command"], "sforg.cancelLogin", "{page}");
    server.execute("sforg.cancelLogin", page["actions"][0]["arguments"][0].clone());
    server.progress_ends(&token);
    server.serve("window/showMessageRequest", Value::Null);
    server.allow("workspace/codeLens/refresh");
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(page["actions"][1]["title"], "Test Login", "{page}");
}

#[test]
fn an_upgrade_is_saved_and_can_be_undone() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let project =
        |version: &str| format!("{{ \"name\": \"Acme\", \"apiVersion\": \"{version}\" }}");
    workspace.write("sforg-project.json", project("61.0"));
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "sforg-project.json");
    let saved = json!({ "page": "save", "uri": uri });
    server.execute("sforg.upgradeProject", json!({ "uri": uri, "to": "66.0" }));
    let done = json!({ "applied": true });
    let edit = server.serve("workspace/applyEdit", done.clone());
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "\"66.0\"");
    server.replace(&uri, 2, &project("66.0"));
    assert_eq!(server.notification("sforg/show"), saved);
    let message = server.serve("window/showMessageRequest", json!({ "title": "Undo" }));
    assert_eq!(message["message"], "Upgraded \"Acme\" from API 61.0 to 66.0.");
    assert_eq!(titles(&message), ["Test All Logins", "Undo"]);
    let edit = server.serve("workspace/applyEdit", done);
    let back = &edit["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(back["newText"], "\"61.0\"");
    assert_eq!(back["range"]["end"]["character"], 38, "{back}");
    assert_eq!(server.notification("sforg/show"), saved);
}

#[test]
fn a_secret_that_is_entered_never_overwrites_another_unasked() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let taken = "${env:ACME_IS_TAKEN}";
    workspace.write("acme.sforg.json", oauth_org("Acme", &simulator.http_url, "x", taken));
    workspace.write(".env", "# kept\nACME_IS_TAKEN=old # kept\nOTHER=1\n");
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    for (answer, line) in [
        (Value::Null, "ACME_IS_TAKEN=old # kept"),
        (json!({ "title": "Keep Old Value" }), "ACME_IS_TAKEN=old # kept"),
        (json!({ "title": "Replace" }), "ACME_IS_TAKEN=not-a-real-secret"),
    ] {
        let is_stored = answer["title"] == "Replace";
        server.execute("sforg.enterSecret", json!({ "uri": uri, "member": null }));
        server.serve("sforg/enterSecret", json!({ "place": "env", "value": "not-a-real-secret" }));
        let question = server.serve("window/showMessageRequest", answer);
        assert_eq!(titles(&question), ["Keep Old Value", "Replace"], "what does no harm is first");
        if is_stored {
            assert_eq!(
                server.notification("sforg/showStatus")["text"],
                "Acme: secret stored in .env."
            );
        } else {
            // Nothing follows; the next command is answered after whatever would have.
            server.execute("sforg.showLastResult", json!({ "uri": uri }));
            server.notification("sforg/show");
        }
        assert_eq!(workspace.read(".env"), format!("# kept\n{line}\nOTHER=1\n"));
    }
}

#[test]
fn what_is_no_secret_is_not_stored() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let missing = "${env:ACME_IS_ODD}";
    workspace.write("acme.sforg.json", oauth_org("Acme", &simulator.http_url, "x", missing));
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    for value in ["3MVG9fake-consumer-key", "a\u{7}b"] {
        server.execute("sforg.enterSecret", json!({ "uri": uri }));
        server.serve("sforg/enterSecret", json!({ "place": "env", "value": value }));
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 2);
        assert!(!message.contains(value), "{message}");
    }
    assert!(!workspace.path(".env").exists());
}

#[test]
fn convert_all_converts_what_is_ticked_and_asks_for_no_confirmation() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", r#"{ "name": "Acme", "apiVersion": "61.0" }"#);
    for name in ["One", "Two"] {
        workspace.write(&format!("{name}.sforg.json"), test_support::basic_org(name, &[]));
    }
    let mut server = own_client(&workspace, &simulator);
    let project = workspace.uri("sforg-project.json");
    let two = workspace.uri("Two.sforg.json");
    server.execute("sforg.convertAll", json!({ "uri": project }));
    let choice = server.serve("sforg/chooseOrgs", Value::Null);
    assert_eq!(choice["title"], "Convert to OAuth 2.0: 2 orgs");
    let items = choice["items"].as_array().expect("items");
    assert!(items.iter().all(|item| item["newText"].as_str().unwrap_or("").contains("oauth2-")));
    assert_eq!(server.notification("sforg/showStatus")["text"], "Nothing was converted.");

    server.execute("sforg.convertAll", json!({ "uri": project }));
    server.serve("sforg/chooseOrgs", json!({ "uris": [two] }));
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let changes = edit["edit"]["documentChanges"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{edit}");
    assert_eq!(changes[0]["textDocument"]["uri"], two);
    assert_eq!(changes[0]["edits"].as_array().map(Vec::len), Some(1), "one edit a file");
    let message = server.serve("window/showMessageRequest", json!({ "title": "Show Steps" }));
    assert_eq!(
        message["message"],
        "Two: rewritten for OAuth 2.0. Next: create the app in Salesforce."
    );
    assert_eq!(server.notification("sforg/show")["uri"], two);
}

/// Some clients never say that they have created a progress.
#[test]
fn a_login_does_not_wait_for_its_progress() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("acme.sforg.json", oauth_org("Acme", &simulator.http_url, id, secret));
    let mut server = own_client(&workspace, &simulator);
    let uri = open(&mut server, &workspace, "acme.sforg.json");
    server.test_login(&uri);
    server.agree_to_host();
    let created = server.server_request("window/workDoneProgress/create");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(server.notification("sforg/showStatus")["text"], "Acme: logged in");
    // An answer that comes late does no harm.
    server.allow("$/progress");
    server.reply(&created, Value::Null);
    assert_eq!(row(&mut server, &uri)["state"], "ok");
}
