//! The beginning of a session.

use serde_json::{Value, json};
use test_support::{
    Client, Encoding, FileEvent, Position, Range, Setup, Workspace, basic_org, code, notification,
};

#[test]
fn the_answer_says_what_the_server_can_do() {
    for (client, setup) in [("plain", Setup::new()), ("capable", Setup::new().capable())] {
        let mut result = setup.spawn().begin();
        assert_eq!(result["serverInfo"]["name"], "sforg");
        assert_eq!(result["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
        result["serverInfo"]["version"] = json!("…");
        let shown = serde_json::to_string_pretty(&result).expect("JSON");
        insta::assert_snapshot!(client, shown);
    }
}

/// Combining marks, characters of one to four bytes, and a family of seven.
const MANY_UNITS: &str = "{\"name\": \"e\u{301}ö€🏢👨‍👩‍👧‍👦\", \"x-é🏢\": 1, \"apiVersion\": \"61.0\"}";

fn session_with(encodings: Option<Value>) -> (Client, Value) {
    let setup = match encodings {
        Some(encodings) => Setup::new().capability("general/positionEncodings", encodings),
        None => Setup::new(),
    };
    let mut server = setup.spawn();
    let result = server.begin();
    (server, result)
}

#[test]
fn positions_count_in_the_encoding_that_was_agreed_on() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let (mut server, result) = session_with(Some(json!([encoding.name()])));
        assert_eq!(result["capabilities"]["positionEncoding"], encoding.name());
        check_positions(&mut server, encoding);
    }
}

#[test]
fn positions_count_in_utf_16_when_the_client_says_nothing_that_is_known() {
    let offers = [None, Some(json!([])), Some(json!(["utf-7", "ebcdic"]))];
    for offer in offers {
        let (mut server, result) = session_with(offer);
        assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
        check_positions(&mut server, Encoding::Utf16);
    }
}

#[test]
fn the_first_encoding_that_the_server_knows_wins() {
    for (offer, agreed) in [
        (json!(["utf-7", "utf-32", "utf-16"]), Encoding::Utf32),
        (json!(["utf-8", "utf-16"]), Encoding::Utf8),
        (json!(["utf-16", "utf-8"]), Encoding::Utf16),
    ] {
        let (mut server, result) = session_with(Some(offer));
        assert_eq!(result["capabilities"]["positionEncoding"], agreed.name());
        check_positions(&mut server, agreed);
    }
}

/// Positions that come from the server, go to it, and go to it as a change.
fn check_positions(server: &mut Client, encoding: Encoding) {
    let uri = "untitled:many-units";
    server.open(uri, 1, MANY_UNITS);
    let range_of = |part: &str| Range::of_text(MANY_UNITS, part, encoding);
    let published = server.diagnostics(uri, 1);
    assert_eq!(published.only("unknown-member").range, range_of("\"x-é🏢\""), "{encoding:?}");
    let version = range_of("\"61.0\"");
    let (range, _) = server.hover(uri, version.start).expect("a hover");
    assert_eq!(range, version, "{encoding:?}");

    server.change(uri, 2, range_of("\"x-é🏢\": 1, "), "");
    let text = MANY_UNITS.replace("\"x-é🏢\": 1, ", "");
    let published = server.diagnostics(uri, 2);
    assert!(!published.has("unknown-member"), "{published:#?}");
    let version = Range::of_text(&text, "\"61.0\"", encoding);
    let (range, _) = server.hover(uri, version.end).expect("a hover");
    assert_eq!(range, version, "{encoding:?}");
}

#[test]
fn messages_right_behind_initialize_wait_for_it() {
    let workspace = Workspace::new();
    let uri = workspace.uri("acme.sforg.json");
    let text = basic_org("Acme", &[]);
    let mut server = Setup::new().folder(&workspace).spawn();
    let params = server.initialize_params().clone();
    let (initialize, first) = server.request_message("initialize", params);
    let document = json!({"uri": uri, "languageId": "salesforce-org", "version": 1, "text": text});
    let mut messages = vec![
        first,
        notification("initialized", json!({})),
        notification("textDocument/didOpen", json!({"textDocument": document})),
    ];
    let at = Range::of_text(&text, "\"61.0\"", Encoding::Utf16);
    let mut hovers = Vec::new();
    for _ in 0..50 {
        let (id, message) =
            server.request_message("textDocument/hover", Client::at(&uri, at.start));
        hovers.push(id);
        messages.push(message);
    }
    server.write(&messages);
    for id in hovers {
        let hover = server.answer(&id).expect("an answer");
        assert_eq!(Range::of(&hover["range"]), at);
    }
    assert!(server.diagnostics(&uri, 1).has("basic-auth-retiring"));
    let result = server.answer(&initialize).expect("an answer");
    assert_eq!(result["serverInfo"]["name"], "sforg");
}

#[test]
fn requests_before_initialize_are_refused() {
    let mut server = Setup::new().spawn();
    let uri = "untitled:early";
    for (method, params) in [
        ("textDocument/hover", Client::at(uri, Position::new(0, 0))),
        ("workspace/executeCommand", json!({"command": "sforg.testLogin"})),
        ("shutdown", Value::Null),
    ] {
        let refused = server.request(method, params).expect_err(method);
        assert_eq!(refused.code, code::SERVER_NOT_INITIALIZED, "{method}");
    }
    // Notifications are dropped, as LSP says.
    server.open(uri, 1, "{}");
    server.file_event("file:///early.sforg.json", FileEvent::Changed);

    server.begin();
    assert_eq!(server.hover(uri, Position::new(0, 0)), None);
    server.open(uri, 2, "{}");
    assert!(server.diagnostics(uri, 2).has("missing-member"));
}

#[test]
fn a_second_initialize_is_refused_and_changes_nothing() {
    let mut server = Setup::new().encoding(Encoding::Utf8).start();
    let mut params = server.initialize_params().clone();
    params["capabilities"]["general"]["positionEncodings"] = json!(["utf-32"]);
    let refused = server.request("initialize", params).expect_err("it has come before");
    assert_eq!(refused.code, code::INVALID_REQUEST);
    check_positions(&mut server, Encoding::Utf8);
}

#[test]
fn an_initialize_that_cannot_be_read_can_be_repeated() {
    let mut server = Setup::new().spawn();
    for params in [json!(7), json!([]), Value::Null] {
        let refused = server.request("initialize", params).expect_err("refused");
        assert_eq!(refused.code, code::INVALID_PARAMS);
    }
    server.begin();
    check_positions(&mut server, Encoding::Utf16);
}

#[test]
fn root_uri_counts_where_workspace_folders_are_unknown() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = Setup::new().param("rootUri", workspace.root_uri()).start();
    let published = server.published(&uri);
    assert_eq!(published.version, None);
    assert!(published.has("basic-auth-retiring"));
}
