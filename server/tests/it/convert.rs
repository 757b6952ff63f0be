//! *Convert to OAuth 2.0 client credentials*, played to its end.

use serde_json::{Value, json};
use test_support::{
    Client, Encoding, Position, Range, Setup, Workspace, WorkspaceEdit, basic_org, oauth_org,
};

const URI: &str = "untitled:convert";
const TITLE: &str = "Convert to OAuth 2.0 client credentials";

fn start() -> Range {
    Range::empty(Position::new(0, 0))
}

fn session(text: &str) -> Client {
    let mut server = Setup::new().capable().start();
    server.open(URI, 1, text);
    server.diagnostics(URI, 1);
    server
}

/// The text after the code action's edit.
fn converted(text: &str, encoding: Encoding) -> String {
    let mut server = Setup::new().capable().encoding(encoding).start();
    server.open(URI, 1, text);
    server.diagnostics(URI, 1);
    let action = server.code_action(URI, start(), TITLE);
    WorkspaceEdit::of(&action["edit"], URI).apply(text, encoding)
}

/// An org with something around everything, in a style of its own.
const ODD: &str = "// kept\r\n{ \"name\" : \"Zürich 🏢\" , /* kept */\r\n\t\"serverHost\": \"test.salesforce.com\",\r\n\t\"x-kept\": [1,2 ], \"sandbox\":true,\r\n\t\"auth\": {\r\n\t\t\"type\": \"basic\",\r\n\t\t\"username\": \"u@acme.example.com\", \"password\": \"${env:P}\"\r\n\t},\r\n\t\"description\": \"kept\"}\r\n\r\n";

#[test]
fn everything_but_auth_and_server_host_stays_byte_for_byte() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let after = converted(ODD, encoding);
        let auth_begins = ODD.find("{\r\n\t\t\"type\"").expect("auth");
        let auth_ends = ODD.find("},\r\n\t\"description\"").expect("its end") + 1;
        let before_auth = &ODD[..auth_begins];
        let kept = before_auth.replace("\r\n\t\"serverHost\": \"test.salesforce.com\",", "");
        let behind = &ODD[auth_ends..];
        let auth = after.strip_prefix(kept.as_str()).and_then(|rest| rest.strip_suffix(behind));
        let auth = auth.unwrap_or_else(|| panic!("something else has changed: {after:?}"));
        assert_eq!(
            auth,
            "{\r\n\t\t\"type\": \"oauth2-client-credentials\",\r\n\t\t\"instanceUrl\": \"\",\r\n\t\t\"clientId\": \"\",\r\n\t\t\"clientSecret\": \"${env:Z_RICH_CLIENT_SECRET}\"\r\n\t}"
        );
    }
}

#[test]
fn a_known_my_domain_becomes_the_instance_url() {
    let host = "acme--uat.sandbox.my.salesforce.com";
    let text = basic_org("Acme UAT", &[("serverHost", &format!("\"{host}\""))]);
    let after: Value = serde_json::from_str(&converted(&text, Encoding::Utf16)).expect("JSON");
    assert_eq!(after["auth"]["instanceUrl"], format!("https://{host}"));
    assert_eq!(after["auth"]["clientId"], "");
    assert_eq!(after["auth"]["clientSecret"], "${env:ACME_UAT_CLIENT_SECRET}");
    assert_eq!(after.get("serverHost"), None);
}

#[test]
fn the_name_of_the_secret_is_not_one_that_another_org_uses() {
    let workspace = Workspace::new();
    workspace.write(
        "other.sforg.json",
        oauth_org("Other", "https://other.my.salesforce.com", "x", "${env:ACME_CLIENT_SECRET}"),
    );
    let text = basic_org("Acme", &[]);
    let uri = workspace.write("acme.sforg.json", &text);
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.published(&workspace.uri("other.sforg.json"));
    server.open(&uri, 1, &text);
    server.diagnostics(&uri, 1);
    let action = server.code_action(&uri, start(), TITLE);
    let after = WorkspaceEdit::of(&action["edit"], &uri).apply(&text, Encoding::Utf16);
    assert!(after.contains("${env:ACME_CLIENT_SECRET_2}"), "{after}");
}

/// Between the first empty quotes of the text.
fn first_empty_value(text: &str, encoding: Encoding) -> Range {
    let at = text.find(": \"\"").expect("an empty value") + 3;
    Range::empty(Position::at(text, at, encoding))
}

fn expect_steps(server: &mut Client, name: &str) {
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    let says = ": rewritten for OAuth 2.0. Next: create the app in Salesforce.\n";
    assert!(message.contains(says), "{message}");
    for part in [
        name,
        "1. ",
        "external client app",
        "(api)",
        "Enable Client Credentials Flow",
        "Allow OAuth Client Credentials Flows",
        "Policies",
        "Run As",
        "Consumer Key",
    ] {
        assert!(message.contains(part), "{part} is missing: {message}");
    }
}

#[test]
fn the_code_action_goes_on_with_the_cursor_and_the_steps() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for text in [
            basic_org("Acme 🏢", &[]),
            ODD.to_owned(),
            basic_org("Acme 🏢", &[]).replace('\n', " "),
        ] {
            let mut server = Setup::new().capable().encoding(encoding).start();
            server.open(URI, 1, &text);
            server.diagnostics(URI, 1);
            let action = server.code_action(URI, start(), TITLE);
            let edit = WorkspaceEdit::of(&action["edit"], URI);
            assert_eq!(edit.version, Some(1));
            let after = edit.apply(&text, encoding);
            // The editor applies the edit, then runs the command.
            server.replace(URI, 2, &after);
            let command = &action["command"];
            assert_eq!(command["command"], "sforg.convertToOAuth");
            server.execute("sforg.convertToOAuth", command["arguments"][0].clone());
            let shown = server.serve("window/showDocument", json!({"success": true}));
            assert_eq!(shown["uri"], URI);
            assert_eq!(shown["external"], false);
            assert_eq!(shown["takeFocus"], true);
            assert_eq!(Range::of(&shown["selection"]), first_empty_value(&after, encoding));
            expect_steps(&mut server, "");
            let published = server.diagnostics(URI, 2);
            assert!(!published.has("basic-auth-retiring"));
            assert_eq!(published.all("empty-value").count(), 2, "{published:#?}");
        }
    }
}

#[test]
fn the_command_alone_applies_the_edit_itself() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    let action = server.code_action(URI, start(), TITLE);
    server.execute("sforg.convertToOAuth", json!({"uri": URI}));
    let request = server.server_request("workspace/applyEdit");
    assert_eq!(request.params["edit"], action["edit"]);
    let after = WorkspaceEdit::of(&request.params["edit"], URI).apply(&text, Encoding::Utf16);
    server.replace(URI, 2, &after);
    server.diagnostics(URI, 2);
    server.reply(&request, json!({"applied": true}));
    let shown = server.serve("window/showDocument", json!({"success": true}));
    assert_eq!(Range::of(&shown["selection"]), first_empty_value(&after, Encoding::Utf16));
    expect_steps(&mut server, "Acme: ");
}

#[test]
fn a_file_that_is_not_open_can_be_converted() {
    let workspace = Workspace::new();
    let text = basic_org("Acme", &[]);
    let uri = workspace.write("acme.sforg.json", &text);
    let mut server = Setup::new().capable().folder(&workspace).start();
    server.published(&uri);
    server.execute("sforg.convertToOAuth", json!({"uri": uri}));
    let request = server.serve("workspace/applyEdit", json!({"applied": true}));
    let edit = WorkspaceEdit::of(&request["edit"], &uri);
    assert_eq!(edit.version, None);
    let after = edit.apply(&text, Encoding::Utf16);
    server.serve("window/showDocument", json!({"success": true}));
    expect_steps(&mut server, "Acme: ");
    assert_eq!(workspace.read("acme.sforg.json"), text, "the editor writes, not the server");
    assert!(after.contains("oauth2-client-credentials"));
}

#[test]
fn an_edit_that_the_editor_refuses_is_reported() {
    type Reply = fn(&mut Client, &test_support::ServerRequest);
    let refusals: [(Reply, &str); 4] = [
        (
            |server, request| {
                let reason = "the document has changed";
                server.reply(request, json!({"applied": false, "failureReason": reason}));
            },
            "the document has changed",
        ),
        (|server, request| server.reply(request, json!({"applied": false})), "no reason"),
        (|server, request| server.reply_error(request, -32803, "no way"), "error"),
        (|server, request| server.reply(request, Value::Null), "error"),
    ];
    for (refuse, said) in refusals {
        let mut server = session(&basic_org("Acme", &[]));
        server.execute("sforg.convertToOAuth", json!({"uri": URI}));
        let request = server.server_request("workspace/applyEdit");
        refuse(&mut server, &request);
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 1, "{message}");
        assert!(message.contains(said) && message.contains("Nothing has changed"), "{message}");
    }
}

#[test]
fn an_editor_that_takes_no_edits_is_told_of_the_code_action() {
    let mut server = Setup::new().start();
    server.open(URI, 1, &basic_org("Acme", &[]));
    server.diagnostics(URI, 1);
    server.execute("sforg.convertToOAuth", json!({"uri": URI}));
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.contains("code action"), "{message}");
}

#[test]
fn an_editor_that_takes_no_edits_gets_the_edit_of_the_action_alone() {
    let mut server = Setup::new().start();
    server.open(URI, 1, &basic_org("Acme", &[]));
    server.diagnostics(URI, 1);
    let action = server.code_action(URI, start(), TITLE);
    assert!(action["edit"].is_object() && action.get("command").is_none(), "{action}");
}

/// Some editors run the command of an action and leave out its edit.
#[test]
fn an_edit_that_the_editor_left_out_is_made_by_the_command() {
    let mut server = session(&basic_org("Acme", &[]));
    let action = server.code_action(URI, start(), TITLE);
    server.execute("sforg.convertToOAuth", action["command"]["arguments"][0].clone());
    let request = server.serve("workspace/applyEdit", json!({"applied": true}));
    assert_eq!(request["edit"], action["edit"]);
    server.serve("window/showDocument", json!({"success": true}));
    expect_steps(&mut server, "Acme: ");
}

/// Undo can be quicker than the command that follows from the action.
#[test]
fn an_edit_that_was_taken_back_is_not_made_again() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    server.allow("textDocument/publishDiagnostics");
    let action = server.code_action(URI, start(), TITLE);
    let after = WorkspaceEdit::of(&action["edit"], URI).apply(&text, Encoding::Utf16);
    server.replace(URI, 2, &after);
    server.replace(URI, 3, &text);
    server.execute("sforg.convertToOAuth", action["command"]["arguments"][0].clone());
    server.execute("sforg.convertToOAuth", json!({"uri": "untitled:unknown"}));
    let (_, message) = server.shown_message();
    assert!(message.contains("no basic authentication to convert"), "{message}");
    // Asked for itself it is made.
    server.execute("sforg.convertToOAuth", json!({"uri": URI}));
    let request = server.serve("workspace/applyEdit", json!({"applied": false}));
    assert_eq!(WorkspaceEdit::of(&request["edit"], URI).version, Some(3));
    let (_, message) = server.shown_message();
    assert!(message.contains("did not apply"), "{message}");
}

#[test]
fn a_document_that_cannot_be_shown_does_not_cost_the_steps() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    let action = server.code_action(URI, start(), TITLE);
    let after = WorkspaceEdit::of(&action["edit"], URI).apply(&text, Encoding::Utf16);
    server.replace(URI, 2, &after);
    server.diagnostics(URI, 2);
    let argument = &action["command"]["arguments"][0];
    server.execute("sforg.convertToOAuth", argument.clone());
    let request = server.server_request("window/showDocument");
    server.reply_error(&request, -32803, "not now");
    expect_steps(&mut server, "Acme: ");
    server.execute("sforg.convertToOAuth", argument.clone());
    server.serve("window/showDocument", json!({"success": false}));
    expect_steps(&mut server, "Acme: ");
}

#[test]
fn what_is_not_basic_cannot_be_converted() {
    let oauth = oauth_org("Acme", "https://acme.my.salesforce.com", "x", "${env:X}");
    let mut server = session(&oauth);
    let actions = server.code_actions(URI, start());
    assert!(actions.iter().all(|action| action["title"] != TITLE));
    for (uri, kind, says) in [
        (URI, 3, "Acme already uses OAuth 2.0."),
        ("untitled:unknown", 2, "no basic authentication to convert"),
        ("file:///nowhere/acme.sforg.json", 2, "no basic authentication to convert"),
    ] {
        server.execute("sforg.convertToOAuth", json!({"uri": uri}));
        let (shown, message) = server.shown_message();
        assert_eq!(shown, kind, "{message}");
        assert!(message.contains(says), "{message}");
    }
}

#[test]
fn a_broken_org_can_be_converted_where_auth_can_be_told() {
    let text = "{\n  \"name\": \"Acme\"\n  \"auth\": {\n    \"type\": \"basic\",\n    \"username\": \"u\"\n  },\n";
    let after = converted(text, Encoding::Utf16);
    assert!(after.starts_with("{\n  \"name\": \"Acme\"\n  \"auth\": {\n"), "{after}");
    assert!(after.contains("oauth2-client-credentials") && after.ends_with("},\n"), "{after}");
}

/// Only what is left to do is a step.
#[test]
fn a_known_instance_url_is_not_asked_for() {
    for (host, asks) in [("test.salesforce.com", true), ("acme.my.salesforce.com", false)] {
        let text = basic_org("Acme", &[("serverHost", &format!("\"{host}\""))]);
        let mut server = session(&text);
        let action = server.code_action(URI, start(), TITLE);
        let after = WorkspaceEdit::of(&action["edit"], URI).apply(&text, Encoding::Utf16);
        server.replace(URI, 2, &after);
        server.diagnostics(URI, 2);
        server.execute("sforg.convertToOAuth", action["command"]["arguments"][0].clone());
        server.serve("window/showDocument", json!({ "success": true }));
        let (_, message) = server.shown_message();
        assert_eq!(message.contains("Set \"instanceUrl\""), asks, "{message}");
    }
}
