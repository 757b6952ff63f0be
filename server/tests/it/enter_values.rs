//! `sforg/enterValues`: the boxes on the page of an org after its conversion.

use serde_json::{Value, json};
use sforg_simulator::{Options, PRODUCTION, Simulator};
use test_support::{Client, Setup, Workspace};

const SECRET_NAME: &str = "ACME_IS_CONVERTED_CLIENT_SECRET";

/// An org as a conversion leaves it.
fn converted(instance_url: &str) -> String {
    format!(
        "{{\n  \"name\": \"Acme\",\n  \"auth\": {{\n    \"type\": \"oauth2-client-credentials\",\n    \
         \"instanceUrl\": \"{instance_url}\",\n    \"clientId\": \"\",\n    \
         \"clientSecret\": \"${{env:{SECRET_NAME}}}\"\n  }}\n}}\n"
    )
}

fn client(workspace: &Workspace, host: &str, takes: Value) -> Client {
    let mut server = Setup::new()
        .capable()
        .folder(workspace)
        .allow_login_host(host)
        .capability("experimental/sforg", takes)
        .env("SFORG_STATE_DIR", &workspace.path("state").to_string_lossy())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn page_client(workspace: &Workspace, host: &str) -> Client {
    client(workspace, host, json!(["showStatus", "show", "enterSecret", "messageButtons"]))
}

fn open(server: &mut Client, workspace: &Workspace, text: &str) -> String {
    workspace.write("acme.sforg.json", text);
    let uri = workspace.uri("acme.sforg.json");
    server.open(&uri, 1, text);
    server.diagnostics(&uri, 1);
    uri
}

fn members(inputs: &Value) -> Vec<&str> {
    inputs.as_array().into_iter().flatten().filter_map(|input| input["member"].as_str()).collect()
}

fn words(page: &Value) -> Vec<&str> {
    let paths = page["setupPaths"].as_array();
    paths.into_iter().flatten().filter_map(|path| path["words"].as_str()).collect()
}

#[test]
fn what_is_entered_on_the_page_goes_where_it_belongs() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let host = &simulator.http_url;
    let mut server = page_client(&workspace, host);
    let uri = open(&mut server, &workspace, &converted(""));
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(page["title"], "Acme: steps in Salesforce");
    assert_eq!(members(&page["inputs"]), ["instanceUrl", "clientId", "clientSecret"]);
    assert_eq!(page["inputs"][2]["places"][0]["id"], "env", "{page}");
    let actions = page["actions"].as_array().expect("actions");
    assert_eq!(actions.len(), 1, "the secret has its box: {page}");
    assert_eq!(actions[0]["command"], "sforg.testLogin");

    let secret = PRODUCTION.client_secret;
    let id = server.send(
        "sforg/enterValues",
        json!({
            "uri": uri,
            "instanceUrl": format!(" {host}/lightning/setup "),
            "clientId": PRODUCTION.client_id,
            "clientSecret": { "place": "env", "value": format!(" {secret}\n") },
        }),
    );
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let text = converted(host)
        .replace("\"clientId\": \"\"", &format!("\"clientId\": \"{}\"", PRODUCTION.client_id));
    let edits = edit["edit"]["documentChanges"][0]["edits"].as_array().expect("edits");
    assert_eq!(edits.len(), 2, "one edit to undo: {edit}");
    assert!(!edit.to_string().contains(secret), "{edit}");
    let answer = server.answer(&id).expect("an answer");
    assert_eq!(answer, json!({ "problems": [] }));
    assert_eq!(server.notification("sforg/showStatus")["text"], "Acme: secret stored in .env.");
    assert_eq!(workspace.read(".env"), format!("{SECRET_NAME}={secret}\n"));

    server.replace(&uri, 2, &text);
    server.diagnostics(&uri, 2);
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(page["inputs"], Value::Null, "{page}");
    assert_eq!(page["headline"], "Not tested yet.");
}

#[test]
fn nothing_is_written_while_a_value_cannot_be_right() {
    let workspace = Workspace::new();
    let mut server = page_client(&workspace, "http://127.0.0.1:9");
    let uri = open(&mut server, &workspace, &converted(""));
    let secret = "a\u{7}not-a-real-secret";
    for (entered, member, message) in [
        (
            json!({ "instanceUrl": "https://login.salesforce.com" }),
            "instanceUrl",
            "login.salesforce.com does not accept client credentials. Enter the My Domain URL.",
        ),
        (
            json!({ "instanceUrl": "https://evil.example" }),
            "instanceUrl",
            "evil.example is not a Salesforce host.",
        ),
        (
            json!({ "clientId": "<consumer key>" }),
            "clientId",
            "This is a placeholder. Paste the Consumer Key itself.",
        ),
        (
            json!({ "clientId": "3MVG9short", "clientSecret": { "place": "env", "value": "3MVG9fake-key" } }),
            "clientSecret",
            "This is the client ID. Paste the Consumer Secret.",
        ),
        (
            json!({ "clientId": "3MVG9short", "clientSecret": { "place": "env", "value": secret } }),
            "clientSecret",
            "A secret has no line breaks or other control characters.",
        ),
    ] {
        let mut params = entered.clone();
        params["uri"] = json!(uri);
        let answer = server.ask("sforg/enterValues", params);
        assert_eq!(
            answer,
            json!({ "problems": [{ "member": member, "message": message }] }),
            "{entered}"
        );
    }
    assert!(!workspace.path(".env").exists());
}

#[test]
fn a_place_that_is_not_offered_takes_no_secret() {
    let workspace = Workspace::new();
    let mut server = page_client(&workspace, "http://127.0.0.1:9");
    let text = converted("https://acme.my.salesforce.com")
        .replace(&format!("${{env:{SECRET_NAME}}}"), "${keyring:acme-is-converted}");
    let uri = open(&mut server, &workspace, &text);
    let params =
        json!({ "uri": uri, "clientSecret": { "place": "env", "value": "not-a-real-secret" } });
    let answer = server.ask("sforg/enterValues", params);
    assert_eq!(answer["problems"][0]["member"], "clientSecret", "{answer}");
    assert!(!workspace.path(".env").exists());
}

#[test]
fn steps_lead_to_pages_of_setup_where_the_my_domain_is_known() {
    let workspace = Workspace::new();
    let mut server = page_client(&workspace, "http://127.0.0.1:9");
    let uri =
        open(&mut server, &workspace, &converted("https://acme--uat.sandbox.my.salesforce.com"));
    let page = server.ask("sforg/result", json!({ "uri": uri }));
    assert_eq!(members(&page["inputs"]), ["clientId", "clientSecret"]);
    assert_eq!(
        words(&page),
        ["Setup > External Client App Manager", "Setup > OAuth and OpenID Connect Settings"]
    );
    assert_eq!(
        page["setupPaths"][0]["url"],
        "https://acme--uat.sandbox.my.salesforce-setup.com/lightning/setup/ManageExternalClientApplication/home"
    );
    for (version, host) in [(2, "https://evil.example"), (3, "https://login.salesforce.com")] {
        server.replace(&uri, version, &converted(host));
        server.diagnostics(&uri, version);
        let page = server.ask("sforg/result", json!({ "uri": uri }));
        assert_eq!(
            (&page["setupPaths"], &page["setupUrl"]),
            (&Value::Null, &Value::Null),
            "{page}"
        );
    }
}

/// What cannot be entered below is told as before.
#[test]
fn a_client_without_pages_is_told_where_the_values_go() {
    let workspace = Workspace::new();
    let takes = json!(["showStatus", "enterSecret"]);
    let mut server = client(&workspace, "http://127.0.0.1:9", takes);
    let uri = open(&mut server, &workspace, &converted(""));
    server.execute("sforg.showLastResult", json!({ "uri": uri }));
    let (_, message) = server.shown_message();
    assert!(message.contains("the key is \"clientId\"") && !message.contains("below"), "{message}");
}
