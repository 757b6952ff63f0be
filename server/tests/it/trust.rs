//! A workspace that is not trusted: nothing is sent, no secret is resolved.

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, PRODUCTION, Simulator};
use test_support::{Client, Position, Range, Setup, notification, oauth_org};

const URI: &str = "untitled:trust";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn setup(simulator: &Handle) -> Setup {
    Setup::new().capable().allow_login_host(&simulator.http_url).env("S", PRODUCTION.client_secret)
}

fn untrusted(setup: Setup) -> Setup {
    setup.param("initializationOptions", json!({"workspaceTrusted": false}))
}

fn open(server: &mut Client, simulator: &Handle) {
    let text = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:S}");
    server.open(URI, 1, &text);
    server.diagnostics(URI, 1);
    server.allow("textDocument/publishDiagnostics");
}

fn test_action(server: &mut Client) -> Value {
    server.code_action(URI, Range::empty(Position::new(0, 0)), "Test Salesforce Login")
}

fn expect_refusal(server: &mut Client) {
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 2, "{message}");
    assert!(message.contains("not trusted") && message.contains("1. "), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
}

fn trust(server: &mut Client, trusted: Value) {
    let is_understood = trusted.is_boolean();
    server.notify("sforg/trustChanged", json!({"workspaceTrusted": trusted}));
    if is_understood {
        // The lens says whether a test is possible.
        server.serve("workspace/codeLens/refresh", Value::Null);
    }
}

#[test]
fn the_action_is_disabled_and_says_why() {
    let simulator = simulator();
    let mut server = untrusted(setup(&simulator)).start();
    open(&mut server, &simulator);
    let action = test_action(&mut server);
    let reason = action["disabled"]["reason"].as_str().expect("a reason");
    assert!(reason.contains("Trust this workspace"), "{reason}");
    assert_eq!(action.get("command"), None);

    trust(&mut server, json!(true));
    let action = test_action(&mut server);
    assert_eq!(action.get("disabled"), None);
    assert_eq!(action["command"]["command"], "sforg.testLogin");
    assert_eq!(server.log_in(URI, true).0, 3);

    trust(&mut server, json!(false));
    assert!(test_action(&mut server)["disabled"].is_object());
    server.test_login(URI);
    expect_refusal(&mut server);
    assert_eq!(simulator.stats().oauth_logins.attempts, 1);
}

#[test]
fn the_command_is_refused_and_nothing_is_sent_or_asked() {
    let simulator = simulator();
    let mut server = untrusted(setup(&simulator)).start();
    open(&mut server, &simulator);
    server.test_login(URI);
    expect_refusal(&mut server);
    let stats = simulator.stats();
    assert_eq!((stats.connections, stats.requests), (0, 0));
}

#[test]
fn a_client_without_disabled_actions_is_told_when_it_tries() {
    let simulator = simulator();
    let setup = setup(&simulator).capability("textDocument/codeAction/disabledSupport", false);
    let mut server = untrusted(setup).start();
    open(&mut server, &simulator);
    let action = test_action(&mut server);
    assert_eq!(action.get("disabled"), None);
    server.execute("sforg.testLogin", action["command"]["arguments"][0].clone());
    expect_refusal(&mut server);
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn without_a_word_the_workspace_is_trusted() {
    let simulator = simulator();
    for options in [Value::Null, json!({}), json!({"other": 1}), json!(7)] {
        let mut server = setup(&simulator).param("initializationOptions", options).start();
        open(&mut server, &simulator);
        assert_eq!(test_action(&mut server).get("disabled"), None);
        assert_eq!(server.log_in(URI, true).0, 3);
    }
}

#[test]
fn a_word_of_the_wrong_type_is_told_and_does_not_trust() {
    let simulator = simulator();
    for wrong in [json!("true"), json!(1), json!(null), json!({}), json!([true])] {
        let options = json!({"workspaceTrusted": wrong});
        let mut server = setup(&simulator).param("initializationOptions", options).start();
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 2, "{message}");
        assert!(
            message.contains("initializationOptions.workspaceTrusted")
                && message.contains("true or false"),
            "{message}"
        );
        open(&mut server, &simulator);
        server.test_login(URI);
        expect_refusal(&mut server);
    }
    assert_eq!(simulator.stats().connections, 0);
}

/// Whatever cannot be understood must not open a door.
#[test]
fn a_change_of_the_wrong_type_does_not_trust() {
    let simulator = simulator();
    let mut server = untrusted(setup(&simulator)).start();
    open(&mut server, &simulator);
    for wrong in [json!("true"), json!(1), json!(null), json!([true])] {
        trust(&mut server, wrong);
    }
    server.notify("sforg/trustChanged", json!(true));
    server.notify("sforg/trustChanged", Value::Null);
    server.test_login(URI);
    expect_refusal(&mut server);
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn trust_that_is_taken_back_during_the_question_counts() {
    let simulator = simulator();
    // The answer is right behind the notification, so that it could overtake it.
    for _ in 0..20 {
        let mut server = setup(&simulator).start();
        open(&mut server, &simulator);
        server.test_login(URI);
        let question = server.server_request("window/showMessageRequest");
        let agrees = json!({"title": "Send"});
        server.write(&[
            notification("sforg/trustChanged", json!({"workspaceTrusted": false})),
            json!({"jsonrpc": "2.0", "id": question.id, "result": agrees}),
        ]);
        server.serve("workspace/codeLens/refresh", Value::Null);
        expect_refusal(&mut server);
    }
    let stats = simulator.stats();
    assert_eq!((stats.connections, stats.requests), (0, 0));
}
