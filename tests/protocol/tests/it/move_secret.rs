//! *Move secret to environment variable*: stored first, then replaced, and ignored by git.

use protocol_tests::{Client, Range, Setup, Workspace, basic_org};
use serde_json::json;

const TITLE: &str = "Move secret to environment variable";
const SECRET: &str = "it's \"not\" real";

fn org() -> String {
    basic_org("Acme", &[]).replace("${env:ACME_PASSWORD}", &SECRET.replace('"', "\\\""))
}

fn start(workspace: &Workspace) -> Client {
    let mut server = Setup::new().capable().folder(workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server
}

#[test]
fn the_secret_goes_to_env_and_git_ignores_it() {
    let workspace = Workspace::new();
    std::fs::create_dir(workspace.path(".git")).expect("a folder");
    workspace.write("sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    let text = org();
    assert!(text.contains("not"), "the secret is written out: {text}");
    let uri = workspace.write("acme.sforg.json", &text);
    let mut server = start(&workspace);
    server.open(&uri, 1, &text);
    let encoding = server.encoding();
    let place = Range::of_text(&text, &SECRET.replace('"', "\\\""), encoding);
    let action = server.code_action(&uri, place, TITLE);
    assert_eq!(action["kind"], "quickfix");
    assert_eq!(action["diagnostics"][0]["code"], "plaintext-secret");
    // On the name the same one, elsewhere all of them; the kind is the same everywhere.
    let on_name = server.code_action(&uri, Range::of_text(&text, "\"password\"", encoding), TITLE);
    assert_eq!(on_name["command"]["arguments"][0]["member"], "password");
    let on_type = server.code_action(&uri, Range::of_text(&text, "\"type\"", encoding), TITLE);
    assert_eq!(on_type["command"]["arguments"][0]["member"], json!(null));
    assert_eq!([&on_name["kind"], &on_type["kind"]], ["quickfix", "quickfix"]);
    server.execute("sforg.moveSecret", action["command"]["arguments"][0].clone());
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let edits = &params["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], "\"${env:ACME_PASSWORD}\"");
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    assert!(message.contains("ACME_PASSWORD") && !message.contains("not\" real"), "{message}");
    assert_eq!(workspace.read(".gitignore"), ".env\n");
    assert_eq!(workspace.read(".env"), "ACME_PASSWORD=\"it's \\\"not\\\" real\"\n");
}

#[test]
fn nothing_written_out_is_said_so() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = start(&workspace);
    server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.contains("nothing is moved"), "{message}");
    let wrong =
        json!({ "command": "sforg.moveSecret", "arguments": [{ "uri": uri, "to": "moon" }] });
    let refused = server.request("workspace/executeCommand", wrong).expect_err("no such place");
    assert!(refused.message.contains("keyring"), "{}", refused.message);
}
