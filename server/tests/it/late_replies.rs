//! Answers of the client that come late, out of order, as errors, as nonsense or twice.

use serde_json::{Value, json};
use test_support::{Client, Position, ServerRequest, Setup, basic_org, code, oauth_org};

/// Nobody listens at this port.
const HOST: &str = "http://127.0.0.1:9";

fn org(number: usize) -> String {
    let id = format!("3MVG9EXAMPLE.NOTREAL.{number:064}");
    oauth_org(&format!("Org {number}"), HOST, &id, "${env:S}")
}

fn uri(number: usize) -> String {
    format!("untitled:{number}")
}

fn session() -> Client {
    let mut server = Setup::new().capable().allow_login_host(HOST).env("S", "x").start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn check_alive(server: &mut Client) {
    let uri = "untitled:alive";
    server.open(uri, 1, &basic_org("Acme", &[]));
    assert!(server.diagnostics(uri, 1).has("basic-auth-retiring"));
    let (_, hover) = server.hover(uri, Position::new(1, 4)).expect("a hover");
    assert!(hover.contains("name"), "{hover}");
    server.close(uri);
}

/// Questions about so many files, none answered.
fn questions(server: &mut Client, count: usize) -> Vec<ServerRequest> {
    (0..count)
        .map(|number| {
            server.open(&uri(number), 1, &org(number));
            server.test_login(&uri(number));
            server.server_request("window/showMessageRequest")
        })
        .collect()
}

#[test]
fn answers_may_come_late_and_in_any_order() {
    let mut server = session();
    let mut questions = questions(&mut server, 9);
    check_alive(&mut server);
    questions.reverse();
    questions.rotate_left(4);
    for question in questions {
        server.reply(&question, json!({"title": "Cancel"}));
        let (_, message) = server.shown_message();
        assert!(message.contains("Nothing was sent"), "{message}");
        check_alive(&mut server);
    }
}

#[test]
fn a_question_that_stays_unanswered_is_told_in_a_message_too() {
    let mut server = Setup::new()
        .capable()
        .allow_login_host(HOST)
        .env("S", "x")
        .env("SFORG_QUESTION_REMINDER", "now")
        .start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri(1), 1, &org(1));
    server.test_login(&uri(1));
    let question = server.server_request("window/showMessageRequest");
    let (kind, message) = server.shown_message();
    let asked = question.params["message"].as_str().unwrap_or_default();
    assert_eq!(kind, 2, "{message}");
    assert!(message.starts_with(asked), "{message}");
    assert!(message.ends_with("use sforg in a terminal."), "{message}");
    // A late answer counts.
    server.reply(&question, json!({"title": "Don't send"}));
    let (_, message) = server.shown_message();
    assert!(message.contains("Nothing was sent"), "{message}");
}

#[test]
fn a_client_that_keeps_its_questions_is_not_told_twice() {
    let mut server = Setup::new()
        .capable()
        .capability("experimental/keepsQuestions", true)
        .allow_login_host(HOST)
        .env("S", "x")
        .env("SFORG_QUESTION_REMINDER", "now")
        .start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri(1), 1, &org(1));
    server.test_login(&uri(1));
    let question = server.server_request("window/showMessageRequest");
    server.reply(&question, json!({"title": "Don't send"}));
    let (_, message) = server.shown_message();
    assert!(message.contains("Nothing was sent"), "{message}");
}

#[test]
fn answers_may_be_errors_nothing_or_nonsense() {
    let mut server = session();
    let replies: [fn(&mut Client, &ServerRequest); 9] = [
        |server, request| server.reply_error(request, code::METHOD_NOT_FOUND, "unknown"),
        |server, request| server.reply_error(request, code::REQUEST_CANCELLED, ""),
        |server, request| server.reply(request, Value::Null),
        |server, request| server.reply(request, json!("Send")),
        |server, request| server.reply(request, json!([{"title": "Send"}])),
        |server, request| server.reply(request, json!({"title": ["Send"]})),
        |server, request| server.reply(request, json!({"new": 1})),
        // What JavaScript makes of an undefined result.
        |server, request| server.write(&[json!({"jsonrpc": "2.0", "id": request.id})]),
        |server, request| {
            server.write(&[json!({"jsonrpc": "2.0", "id": request.id, "error": "text"})]);
        },
    ];
    server.allow("workspace/codeLens/refresh");
    let questions = questions(&mut server, replies.len());
    for (question, reply) in questions.iter().zip(replies) {
        reply(&mut server, question);
        let (_, message) = server.shown_message();
        let is_unsent =
            ["Nothing was sent", "Not tested"].iter().any(|told| message.contains(told));
        assert!(is_unsent, "{message}");
    }
    check_alive(&mut server);
}

#[test]
fn a_second_answer_is_dropped() {
    let mut server = session();
    let questions = questions(&mut server, 2);
    server.reply(&questions[0], json!({"title": "Cancel"}));
    server.reply(&questions[0], json!({"title": "Send"}));
    server.reply_error(&questions[0], code::INTERNAL_ERROR, "once more");
    server.shown_message();
    check_alive(&mut server);
    server.reply(&questions[1], Value::Null);
    server.reply(&questions[1], Value::Null);
    server.shown_message();
    check_alive(&mut server);
}

#[test]
fn answers_to_questions_that_were_never_asked_are_dropped() {
    let mut server = session();
    for id in [json!(0), json!(999), json!("x"), json!(-1), json!(null)] {
        server.write(&[
            json!({"jsonrpc": "2.0", "id": id, "result": {"title": "Send"}}),
            json!({"jsonrpc": "2.0", "id": id, "error": {"code": 1, "message": "no"}}),
        ]);
    }
    check_alive(&mut server);
    let question = questions(&mut server, 1).remove(0);
    server.reply(&question, Value::Null);
    server.shown_message();
}

#[test]
fn a_file_may_be_closed_before_the_answer() {
    let mut server = session();
    let questions = questions(&mut server, 1);
    server.close(&uri(0));
    server.reply(&questions[0], json!({"title": "Cancel"}));
    server.shown_message();
    check_alive(&mut server);
}

#[test]
fn registrations_may_be_answered_late_with_errors_or_not_at_all() {
    for answer in ["late", "error", "nonsense", "twice", "never"] {
        let mut server = Setup::new()
            .capability("workspace/didChangeWatchedFiles/dynamicRegistration", true)
            .start();
        let request = server.server_request("client/registerCapability");
        check_alive(&mut server);
        match answer {
            "late" => server.reply(&request, Value::Null),
            "error" => server.reply_error(&request, code::INTERNAL_ERROR, "no"),
            "nonsense" => server.reply(&request, json!([1])),
            "twice" => {
                server.reply(&request, Value::Null);
                server.reply_error(&request, code::INTERNAL_ERROR, "no");
            }
            _ => {}
        }
        server.allow("textDocument/publishDiagnostics");
        check_alive(&mut server);
    }
}

#[test]
fn edits_may_be_answered_late_and_in_another_order() {
    let mut server = session();
    let requests: Vec<_> = (0..4)
        .map(|number| {
            let uri = uri(number);
            server.open(&uri, 1, &basic_org(&format!("Org {number}"), &[]));
            server.execute("sforg.convertToOAuth", json!({"uri": uri}));
            (uri, server.server_request("workspace/applyEdit"))
        })
        .collect();
    check_alive(&mut server);
    for (uri, request) in requests.iter().rev() {
        server.reply(request, json!({"applied": true}));
        let shown = server.server_request("window/showDocument");
        assert_eq!(shown.params["uri"], **uri);
        // The cursor is moved while the next edits are still open.
        server.reply(&shown, json!({"success": true}));
        server.shown_message();
    }
    check_alive(&mut server);
}

#[test]
fn a_session_ends_although_questions_are_open() {
    let mut server = session();
    questions(&mut server, 3);
    server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    server.expect_exit(0);
}

#[test]
fn answers_after_shutdown_do_no_harm() {
    let mut server = session();
    let questions = questions(&mut server, 2);
    server.ask("shutdown", Value::Null);
    server.reply(&questions[0], json!({"title": "Cancel"}));
    server.reply(&questions[0], json!({"title": "Cancel"}));
    let refused = server
        .request("textDocument/hover", Client::at("untitled:0", Position::new(0, 0)))
        .expect_err("it was shut down");
    assert_eq!(refused.code, code::INVALID_REQUEST);
    server.allow("window/showMessage");
    server.notify("exit", Value::Null);
    server.expect_exit(0);
}

#[test]
fn a_login_waits_for_a_progress_that_is_created_late_or_not() {
    let mut server = session();
    let questions = questions(&mut server, 2);
    for (question, works) in questions.iter().zip([true, false]) {
        server.reply(question, json!({"title": "Send"}));
        let create = server.server_request("window/workDoneProgress/create");
        check_alive(&mut server);
        if works {
            server.reply(&create, Value::Null);
            let token = create.params["token"].clone();
            assert_eq!(server.notification("$/progress")["value"]["kind"], "begin");
            server.progress_ends(&token);
        } else {
            // Then there is no progress to show.
            server.reply_error(&create, code::INTERNAL_ERROR, "no");
        }
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 1, "nobody listens there: {message}");
        server.serve("workspace/codeLens/refresh", Value::Null);
    }
}
