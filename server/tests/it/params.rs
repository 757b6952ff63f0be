//! Params that are null, missing, unknown or of the wrong type.

use serde_json::{Value, json};
use test_support::{Client, Position, Range, Setup, Workspace, basic_org, code, notification};

const URI: &str = "untitled:params";

/// A session with an open document.
fn session() -> Client {
    let mut server = Setup::new().start();
    server.open(URI, 1, &basic_org("Acme", &[]));
    server.diagnostics(URI, 1);
    server
}

/// The server lives, and its next answer is right.
fn check_alive(server: &mut Client) {
    let text = basic_org("Acme", &[]);
    let version = Range::of_text(&text, "\"61.0\"", server.encoding());
    let hover = server.hover(URI, version.start);
    let (range, hover) = hover.expect("a hover");
    assert_eq!(range, version);
    assert!(hover.contains("61.0"), "{hover}");
}

/// A message without `params`.
fn bare(server: &mut Client, method: &str) -> Value {
    let (id, mut message) = server.request_message(method, Value::Null);
    if let Some(message) = message.as_object_mut() {
        message.remove("params");
    }
    server.write(&[message]);
    id
}

#[test]
fn initialized_comes_with_any_params() {
    let bodies = [
        json!({"jsonrpc": "2.0", "method": "initialized"}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": null}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {}}),
        json!({"jsonrpc": "2.0", "method": "initialized", "params": {"new": [1]}}),
    ];
    for body in bodies {
        let workspace = Workspace::new();
        let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
        let mut server = Setup::new().folder(&workspace).spawn();
        let params = server.initialize_params().clone();
        server.ask("initialize", params);
        server.write(&[body]);
        // The workspace is looked at because of `initialized`.
        assert!(server.published(&uri).has("basic-auth-retiring"));
    }
}

#[test]
fn shutdown_and_exit_come_with_any_params() {
    for params in [json!(null), json!({}), json!({"new": [1]}), json!([])] {
        let mut server = session();
        let result = server.request("shutdown", params.clone());
        assert_eq!(result, Ok(Value::Null), "{params}");
        server.notify("exit", params);
        server.expect_exit(0);
    }
    let mut server = session();
    let id = bare(&mut server, "shutdown");
    assert_eq!(server.answer(&id), Ok(Value::Null));
    server.write(&[json!({"jsonrpc": "2.0", "method": "exit"})]);
    server.expect_exit(0);
}

#[test]
fn what_is_optional_in_initialize_may_be_null() {
    let mut server = Setup::new()
        .param("initializationOptions", Value::Null)
        .param("clientInfo", Value::Null)
        .param("locale", Value::Null)
        .param("rootPath", Value::Null)
        .param("trace", Value::Null)
        .param(
            "capabilities",
            json!({
                "workspace": null,
                "textDocument": {"codeAction": null, "publishDiagnostics": {"relatedInformation": null}},
                "window": {"showDocument": null, "workDoneProgress": null},
                "general": {"positionEncodings": null},
                "experimental": null,
            }),
        )
        .start();
    server.open(URI, 1, &basic_org("Acme", &[]));
    server.diagnostics(URI, 1);
    check_alive(&mut server);
}

#[test]
fn what_is_optional_in_requests_may_be_null() {
    let mut server = session();
    let text = basic_org("Acme", &[]);
    let document = json!({"uri": URI});
    let range = Range::empty(Position::new(0, 0)).json();
    let requests = [
        (
            "textDocument/codeAction",
            json!({"textDocument": document, "range": range, "context": {"diagnostics": [], "only": null, "triggerKind": null}, "workDoneToken": null, "partialResultToken": null}),
        ),
        (
            "textDocument/codeLens",
            json!({"textDocument": document, "workDoneToken": null, "partialResultToken": null}),
        ),
        (
            "textDocument/hover",
            json!({"textDocument": document, "position": {"line": 0, "character": 0}, "workDoneToken": null}),
        ),
        (
            "textDocument/completion",
            json!({"textDocument": document, "position": {"line": 0, "character": 0}, "context": null}),
        ),
    ];
    for (method, params) in requests {
        server.ask(method, params);
    }
    let change = json!({"range": null, "rangeLength": null, "text": text});
    server.change_all(URI, 2, json!([change]));
    server.diagnostics(URI, 2);
    server.notify("textDocument/didSave", json!({"textDocument": document, "text": null}));
    check_alive(&mut server);
}

#[test]
fn fields_that_nobody_knows_are_left_alone() {
    let mut server = Setup::new()
        .param("new", json!({"deep": [1]}))
        .capability("textDocument/new", json!({"deep": true}))
        .start();
    let document = json!({
        "uri": URI, "languageId": "salesforce-org", "version": 1,
        "text": basic_org("Acme", &[]), "new": 1,
    });
    server.notify("textDocument/didOpen", json!({"textDocument": document, "new": null}));
    server.diagnostics(URI, 1);
    let hover = json!({
        "textDocument": {"uri": URI, "new": 1},
        "position": {"line": 1, "character": 4, "new": {}},
        "new": "x",
    });
    assert!(server.ask("textDocument/hover", hover).is_object());
    let mut message = notification("$/setTrace", json!({"value": "verbose"}));
    message["new"] = json!(1);
    server.write(&[message]);
    check_alive(&mut server);
}

#[test]
fn unknown_requests_are_answered_with_an_error() {
    let mut server = session();
    for method in ["textDocument/future", "sforg/future", "", "$/future"] {
        for params in [json!(null), json!({}), json!([1])] {
            let error = server.request(method, params).expect_err(method);
            assert_eq!(error.code, code::METHOD_NOT_FOUND, "{method:?}");
        }
    }
    let id = bare(&mut server, "textDocument/future");
    let error = server.answer(&id).expect_err("unknown");
    assert_eq!(error.code, code::METHOD_NOT_FOUND);
    check_alive(&mut server);
}

#[test]
fn unknown_notifications_are_dropped() {
    let mut server = session();
    for method in [
        "$/future",
        "$/setTrace",
        "$/logTrace",
        "$/progress",
        "textDocument/future",
        "workspace/didRenameFiles",
        "notebookDocument/didOpen",
        "",
    ] {
        for params in [json!(null), json!({}), json!([1])] {
            server.notify(method, params);
        }
    }
    check_alive(&mut server);
}

#[test]
fn cancelling_what_is_unknown_or_done_does_nothing() {
    let mut server = session();
    let done = server.send("textDocument/hover", Client::at(URI, Position::new(0, 0)));
    server.answer(&done).expect("an answer");
    for id in [done, json!(99_999), json!("no such request"), json!(null)] {
        server.notify("$/cancelRequest", json!({"id": id}));
    }
    for params in [json!({}), json!(null), json!({"id": {}})] {
        server.notify("$/cancelRequest", params);
    }
    for token in [json!("no such progress"), json!(7)] {
        server.notify("window/workDoneProgress/cancel", json!({"token": token}));
    }
    check_alive(&mut server);
}

#[test]
fn params_of_the_wrong_type_are_refused() {
    let mut server = session();
    let place = |line: Value| json!({"textDocument": {"uri": URI}, "position": {"line": line, "character": 0}});
    let requests = [
        ("textDocument/hover", json!(null)),
        ("textDocument/hover", json!({})),
        ("textDocument/hover", json!("x")),
        ("textDocument/hover", place(json!("0"))),
        ("textDocument/hover", place(json!(-1))),
        ("textDocument/hover", place(json!(0.5))),
        ("textDocument/hover", place(json!(null))),
        ("textDocument/hover", place(json!(4_294_967_296_u64))),
        (
            "textDocument/hover",
            json!({"textDocument": {"uri": "no uri"}, "position": {"line": 0, "character": 0}}),
        ),
        (
            "textDocument/hover",
            json!({"textDocument": URI, "position": {"line": 0, "character": 0}}),
        ),
        (
            "textDocument/codeAction",
            json!({"textDocument": {"uri": URI}, "range": null, "context": {"diagnostics": []}}),
        ),
        ("textDocument/codeLens", json!([])),
        ("textDocument/completion", json!({"textDocument": null})),
        ("workspace/executeCommand", json!({})),
        ("workspace/executeCommand", json!({"command": 7})),
    ];
    for (method, params) in requests {
        let error = server.request(method, params.clone()).expect_err(method);
        assert_eq!(error.code, code::INVALID_PARAMS, "{method} {params}");
        assert!(!error.message.is_empty());
    }
    let id = bare(&mut server, "textDocument/hover");
    let error = server.answer(&id).expect_err("no params");
    assert_eq!(error.code, code::INVALID_PARAMS);
    check_alive(&mut server);
}

#[test]
fn notifications_of_the_wrong_type_are_dropped() {
    let mut server = session();
    for method in [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "workspace/didChangeWatchedFiles",
        "workspace/didChangeWorkspaceFolders",
        "workspace/didChangeConfiguration",
        "window/workDoneProgress/cancel",
        "sforg/trustChanged",
    ] {
        for params in [
            json!(null),
            json!({}),
            json!([]),
            json!({"textDocument": {"uri": 7}, "changes": 1, "event": [], "token": {}, "workspaceTrusted": 1}),
        ] {
            server.notify(method, params);
        }
    }
    // A part of a change is wrong: none of it counts.
    let good = json!({"text": "{}"});
    let bad = json!({"range": {"start": 1, "end": 2}, "text": 7});
    server.change_all(URI, 2, json!([good, bad]));
    check_alive(&mut server);
}

#[test]
fn commands_say_what_they_take() {
    let mut server = session();
    let calls = [
        json!({"command": "sforg.testLogin"}),
        json!({"command": "sforg.testLogin", "arguments": []}),
        json!({"command": "sforg.convertToOAuth", "arguments": [null]}),
        json!({"command": "sforg.convertToOAuth", "arguments": [{}]}),
        json!({"command": "sforg.convertToOAuth", "arguments": ["untitled:x"]}),
        json!({"command": "sforg.completeServerHost", "arguments": [{"uri": 7}]}),
        json!({"command": "sforg.completeServerHost", "arguments": [{"uri": "no uri"}]}),
    ];
    for params in calls {
        let name = params["command"].as_str().unwrap_or_default().to_owned();
        let error = server
            .request("workspace/executeCommand", params.clone())
            .expect_err("the argument is missing");
        assert_eq!(error.code, code::INVALID_PARAMS, "{params}");
        assert!(
            error.message.contains(&name) && error.message.contains("\"uri\""),
            "{params}: {error}"
        );
    }
    for argument in [json!({"uri": URI}), json!(null)] {
        let params = json!({"command": "sforg.future", "arguments": [argument]});
        let error =
            server.request("workspace/executeCommand", params).expect_err("an unknown command");
        assert_eq!(error.code, code::INVALID_PARAMS);
        assert!(error.message.contains("sforg.future"), "{error}");
    }
    check_alive(&mut server);
}

#[test]
fn a_notification_with_an_id_and_a_request_without_one_do_no_harm() {
    let mut server = session();
    let (id, message) = server.request_message(
        "textDocument/didChange",
        json!({"textDocument": {"uri": URI, "version": 9}, "contentChanges": [{"text": ""}]}),
    );
    server.write(&[message]);
    let error = server.answer(&id).expect_err("didChange is no request");
    assert_eq!(error.code, code::INVALID_REQUEST);
    server.notify("textDocument/hover", Client::at(URI, Position::new(0, 0)));
    check_alive(&mut server);
}

#[test]
fn ids_may_be_text() {
    let mut server = session();
    let message = |id: &str| {
        json!({
            "jsonrpc": "2.0", "id": id, "method": "textDocument/hover",
            "params": Client::at(URI, Position::new(1, 4)),
        })
    };
    for id in ["a", "1", "🏢", ""] {
        let id = server.expect_answer_to(json!(id));
        server.write(&[message(id.as_str().unwrap_or_default())]);
        assert!(server.answer(&id).expect("an answer").is_object());
    }
}
