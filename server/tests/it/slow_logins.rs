//! Logins that hang: they can be cancelled, and hold up nothing.

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, Simulator, behaviour_client_id};
use test_support::{Client, Position, Setup, oauth_org};

const URI: &str = "untitled:slow";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn text(simulator: &Handle, behaviour: &str) -> String {
    oauth_org("Acme", &simulator.http_url, &behaviour_client_id(behaviour), "${env:S}")
}

/// A session in which a login hangs; the token of its progress.
fn hanging(simulator: &Handle, behaviour: &str) -> (Client, Value) {
    let mut server = Setup::new()
        .capable()
        .allow_login_host(&simulator.http_url)
        .env("S", "not-a-real-secret-but-a-long-one")
        .start();
    server.open(URI, 1, &text(simulator, behaviour));
    server.diagnostics(URI, 1);
    server.allow("textDocument/publishDiagnostics");
    server.test_login(URI);
    server.agree_to_host();
    let (token, _) = server.progress_begins();
    server.wait_until("the login is sent", || simulator.stats().oauth_logins.attempts > 0);
    (server, token)
}

fn cancel(server: &mut Client, token: &Value) {
    server.notify("window/workDoneProgress/cancel", json!({"token": token}));
}

#[test]
fn a_login_that_hangs_can_be_cancelled() {
    let simulator = simulator();
    for behaviour in ["hang", "stall", "drip-900ms"] {
        simulator.reset_stats();
        let (mut server, token) = hanging(&simulator, behaviour);
        cancel(&mut server, &token);
        let end = server.progress_ends(&token);
        let (kind, message) = server.shown_message();
        assert!(kind <= 3 && message.contains("cancelled"), "{behaviour}: {message}");
        assert!(message.contains(&end), "{behaviour}: {message}");
        server.allow("workspace/codeLens/refresh");
        // Nothing is kept of it: no finding, no lens.
        server.change_all(URI, 2, json!([]));
        assert!(!server.diagnostics(URI, 2).has("login-failed"), "{behaviour}");
        assert_eq!(server.code_lens_titles(URI), ["Test Salesforce Login"], "{behaviour}");
        // And the next test runs.
        server.replace(URI, 3, &text(&simulator, "ok"));
        server.test_login(URI);
        server.agree_to_host();
        let (token, _) = server.progress_begins();
        server.progress_ends(&token);
        assert_eq!(server.shown_message().0, 3, "{behaviour}");
    }
}

#[test]
fn follow_ups_that_hang_can_be_cancelled() {
    let simulator = simulator();
    let (mut server, token) = hanging(&simulator, "later-hang");
    server.wait_until("a follow-up is sent", || simulator.stats().requests > 1);
    cancel(&mut server, &token);
    server.progress_ends(&token);
    server.shown_message();
    server.allow("workspace/codeLens/refresh");
}

#[test]
fn cancelling_something_else_cancels_nothing() {
    let simulator = simulator();
    let (mut server, token) = hanging(&simulator, "delay-1s");
    for other in [json!("sforg/999"), json!(0), json!("")] {
        cancel(&mut server, &other);
    }
    server.progress_ends(&token);
    assert_eq!(server.shown_message().0, 3);
    server.serve("workspace/codeLens/refresh", Value::Null);
    // Once more, when it is over.
    cancel(&mut server, &token);
}

#[test]
fn everything_else_is_answered_meanwhile() {
    let simulator = simulator();
    let (mut server, token) = hanging(&simulator, "hang");
    let other = "untitled:other";
    server.open(other, 1, "{\"name\": \"Acme\", \"x-1\": 1}");
    server.expect_text(other, 1, "{\"name\": \"Acme\", \"x-1\": 1}");
    for version in 2..=50 {
        let text = format!("{{\"name\": \"Acme\", \"x-{version}\": 1}}");
        server.replace(other, version, &text);
        assert!(server.hover(other, Position::new(0, 2)).is_some());
        server.ask("textDocument/completion", Client::at(other, Position::new(0, 1)));
        server.code_lens_titles(other);
    }
    server.diagnostics(other, 50);
    // The file of the login as well.
    let changed = text(&simulator, "ok");
    server.replace(URI, 2, &changed);
    server.diagnostics(URI, 2);
    assert!(server.hover(URI, Position::new(1, 4)).is_some());

    // A second test of the same file waits for no one.
    server.test_login(URI);
    let (_, message) = server.shown_message();
    assert!(message.contains("already being tested"), "{message}");

    cancel(&mut server, &token);
    server.progress_ends(&token);
    server.shown_message();
    server.allow("workspace/codeLens/refresh");
}

#[test]
fn a_result_that_comes_after_an_edit_is_not_shown_in_the_file() {
    let simulator = simulator();
    let (mut server, token) = hanging(&simulator, "delay-1s");
    server.replace(URI, 2, &text(&simulator, "ok-2"));
    server.diagnostics(URI, 2);
    server.progress_ends(&token);
    assert_eq!(server.shown_message().0, 3, "the message tells what was tested");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(server.code_lens_titles(URI), ["Test Salesforce Login"]);
}

#[test]
fn the_session_ends_although_a_login_hangs() {
    let simulator = simulator();
    let (mut server, _token) = hanging(&simulator, "hang");
    server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    server.expect_exit(0);

    let (mut server, _token) = hanging(&simulator, "hang");
    server.close_input();
    server.expect_exit(1);
}

#[test]
fn many_logins_run_side_by_side() {
    const LOGINS: usize = 20;
    let simulator = simulator();
    let mut server = Setup::new()
        .allow_login_host(&simulator.http_url)
        .env("S", "not-a-real-secret-but-a-long-one")
        .start();
    server.allow("textDocument/publishDiagnostics");
    for number in 0..LOGINS {
        let client_id = behaviour_client_id(&format!("ok-{number}"));
        let name = format!("Org {number}");
        let uri = format!("untitled:{number}");
        server.open(&uri, 1, &oauth_org(&name, &simulator.http_url, &client_id, "${env:S}"));
        server.test_login(&uri);
        if number == 0 {
            server.agree_to_host();
        }
    }
    let mut questions = 0;
    let mut messages = std::collections::BTreeSet::new();
    while messages.len() < LOGINS {
        // Those that began before the first answer ask too.
        if server.waiting_methods().iter().any(|m| m == "window/showMessageRequest") {
            server.agree_to_host();
            questions += 1;
            continue;
        }
        if server.waiting_methods().iter().any(|m| m == "window/showMessage") {
            let (kind, message) = server.shown_message();
            assert_eq!(kind, 3, "{message}");
            messages.insert(message);
        }
        server.hover("untitled:0", Position::new(1, 4));
    }
    assert!(questions < LOGINS);
    assert_eq!(simulator.stats().oauth_logins.sessions, LOGINS as u64);
}
