//! Secrets stay where they are: in no message of the server and on no line of standard error, at
//! the highest log level.

use serde_json::{Value, json};
use sforg_simulator::{
    Handle, Options, PRODUCTION, Simulator, UAT, behaviour_client_id, behaviour_username,
};
use test_support::{
    Client, Direction, FileEvent, Position, Range, Setup, Workspace, basic_org, code,
    expect_silence, oauth_org,
};

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn setup(simulator: &Handle) -> Setup {
    Setup::new().capable().allow_login_host(&simulator.http_url).env("SFORG_LOG", "trace")
}

/// Ends the session and looks at everything, the last words included.
fn end(mut server: Client, secrets: &[&str]) {
    server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    server.expect_exit(0);
    assert!(!server.transcript(Direction::StandardError).is_empty(), "nothing was logged");
    expect_silence(&server, secrets);
}

/// Asks for everything that can be asked about a document.
fn ask_everything(server: &mut Client, uri: &str, text: &str) {
    for line in 0..text.lines().count() {
        for character in [0, 4, 8, 20, 24, 40] {
            let position = Position::new(line, character);
            server.hover(uri, position);
            server.code_actions(uri, Range::empty(position));
            server.ask("textDocument/completion", Client::at(uri, position));
        }
    }
    server.code_lens_titles(uri);
}

#[test]
fn a_secret_from_the_environment_shows_nowhere() {
    let simulator = simulator();
    let secret = PRODUCTION.client_secret;
    let mut server = setup(&simulator).env("S", secret).start();
    let uri = "untitled:ok";
    let text = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:S}");
    server.allow("textDocument/publishDiagnostics");
    server.open(uri, 1, &text);
    assert_eq!(server.log_in(uri, true).0, 3);
    ask_everything(&mut server, uri, &text);
    assert_eq!(simulator.stats().oauth_logins.sessions, 1);
    end(server, &[secret]);
}

#[test]
fn a_secret_from_the_env_file_shows_nowhere() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let secret = PRODUCTION.client_secret;
    let text = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:S}");
    let uri = workspace.write("acme.sforg.json", &text);
    let env = workspace.write(".env", format!("S='{secret}'\nOTHER={secret}\nbroken {secret}\n"));
    let mut server = setup(&simulator).folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, &text);
    assert_eq!(server.log_in(&uri, true).0, 3);
    server.file_event(&env, FileEvent::Changed);
    ask_everything(&mut server, &uri, &text);
    end(server, &[secret]);
}

#[test]
fn secrets_that_are_refused_show_nowhere() {
    let simulator = simulator();
    let (secret, password, token) =
        ("Marked&Secret<0123456789", "Marked&Password<9876", "MarkedToken0123456789abc");
    let mut server = setup(&simulator).env("S", secret).env("P", password).env("T", token).start();
    server.allow("textDocument/publishDiagnostics");
    let oauth = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:S}");
    server.open("untitled:oauth", 1, &oauth);
    assert_eq!(server.log_in("untitled:oauth", true).0, 1);
    server.open("untitled:basic", 1, &basic(&simulator, UAT.username, "${env:P}", "${env:T}"));
    assert_eq!(server.log_in("untitled:basic", true).0, 1);
    let stats = simulator.stats();
    assert_eq!((stats.oauth_logins.attempts, stats.soap_logins.attempts), (1, 1));
    end(server, &[secret, password, token]);
}

fn basic(simulator: &Handle, username: &str, password: &str, token: &str) -> String {
    let host = simulator.http_address();
    let auth = json!({
        "type": "basic", "username": username, "password": password, "securityToken": token,
    });
    json!({"name": "Acme UAT", "sandbox": true, "serverHost": host.to_string(), "apiVersion": "61.0", "auth": auth})
        .to_string()
}

#[test]
fn secrets_that_are_sent_back_show_nowhere() {
    let simulator = simulator();
    let (secret, password, token) =
        ("Marked&Secret<0123456789", "Marked&Password<9876", "MarkedToken0123456789abc");
    for behaviour in ["echo", "echo-html", "echo-redirect"] {
        simulator.reset_stats();
        let mut server =
            setup(&simulator).env("S", secret).env("P", password).env("T", token).start();
        server.allow("textDocument/publishDiagnostics");
        let client_id = behaviour_client_id(behaviour);
        let oauth = oauth_org("Acme", &simulator.http_url, &client_id, "${env:S}");
        server.open("untitled:oauth", 1, &oauth);
        assert_eq!(server.log_in("untitled:oauth", true).0, 1);
        let username = behaviour_username(behaviour);
        let basic = basic(&simulator, &username, "${env:P}", "${env:T}");
        server.open("untitled:basic", 1, &basic);
        assert_eq!(server.log_in("untitled:basic", true).0, 1);
        ask_everything(&mut server, "untitled:oauth", &oauth);
        ask_everything(&mut server, "untitled:basic", &basic);
        let stats = simulator.stats();
        assert_eq!((stats.oauth_logins.attempts, stats.soap_logins.attempts), (1, 1));
        end(server, &[secret, password, token]);
    }
}

/// A secret that stands in the file is in the client's messages, but the server repeats it nowhere:
/// not in the log of what it receives either.
#[test]
fn a_secret_that_is_written_in_the_file_is_not_repeated() {
    let simulator = simulator();
    let (secret, password, token) =
        ("MarkedSecret0123456789abcdef", "MarkedPassword9876", "MarkedToken0123456789abc");
    let workspace = Workspace::new();
    let oauth = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, secret);
    let closed = workspace.write("closed.sforg.json", oauth.replace("Acme", "Closed"));
    let mut server = setup(&simulator).folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.published_when(&closed, |published| published.has("plaintext-secret"));
    server.open("untitled:oauth", 1, &oauth);
    let basic = basic(&simulator, UAT.username, password, token);
    server.open("untitled:basic", 1, &basic);
    assert_eq!(server.log_in("untitled:oauth", true).0, 1);
    assert_eq!(server.log_in("untitled:basic", true).0, 1);
    assert_eq!(server.log_in(&closed, true).0, 1);
    ask_everything(&mut server, "untitled:oauth", &oauth);
    ask_everything(&mut server, "untitled:basic", &basic);
    // Half-typed, and broken in every way.
    for (version, at) in (2..).zip((1..oauth.len()).step_by(7)) {
        server.replace("untitled:oauth", version, &oauth[..at]);
        let end = Position::new(oauth[..at].matches('\n').count(), 200);
        server.hover("untitled:oauth", end);
        server.ask("textDocument/completion", Client::at("untitled:oauth", end));
    }
    // Messages that cannot be read are not repeated either.
    server.write_body(&format!("{{\"secret\": \"{secret}\""));
    server.write_body(&format!("[\"{secret}\"]"));
    server.write_bytes(format!("X-Secret: {secret}\r\n\r\n"));
    for _ in 0..3 {
        server.answer(&Value::Null).expect_err("no message");
    }
    server.notify("textDocument/didChange", json!({"textDocument": secret}));
    server.request("unknown/method", json!({"secret": secret})).expect_err("unknown");
    server.request("sforg/panic", json!({"secret": secret})).expect_err("a panic");
    server.allow_panics();
    end(server, &[secret, password, token]);
}

/// What stands in the wrong place may be a secret: neither an error nor the log repeats it.
#[test]
fn params_that_cannot_be_read_are_not_repeated() {
    const MARKED: &str = "hunter2 in the wrong place.";
    let uri = "untitled:params";
    let mut server = Setup::new()
        .capability("textDocument/diagnostic/dynamicRegistration", true)
        .capability("workspace/diagnostics/refreshSupport", true)
        .start();
    server.open(uri, 1, &basic_org("Acme", &[]));
    let position = json!({"line": 0, "character": 0});
    let range = Range::empty(Position::new(0, 0)).json();
    let document = json!({"uri": uri});
    let mut keyed = json!({"textDocument": document});
    keyed[MARKED] = json!(1);
    let bodies = [
        json!(MARKED),
        json!([MARKED]),
        json!({"textDocument": MARKED, "position": position}),
        json!({"textDocument": {"uri": MARKED}, "position": position}),
        json!({"textDocument": {"uri": [MARKED]}, "position": position}),
        json!({"textDocument": document, "position": MARKED}),
        json!({"textDocument": document, "position": {"line": MARKED, "character": 0}}),
        json!({"textDocument": document, "range": range, "context": {"diagnostics": MARKED}}),
        json!({"textDocument": document, "range": range, "context": {"diagnostics": [{"range": MARKED}]}}),
        json!({"textDocument": document, "range": {"start": MARKED}, "context": {"diagnostics": []}}),
        json!({"textDocument": document, "options": MARKED}),
        json!({"command": [MARKED]}),
        json!({"command": "sforg.testLogin", "arguments": MARKED}),
        json!({"command": "sforg.testLogin", "arguments": [MARKED]}),
        json!({"command": "sforg.testLogin", "arguments": [{"uri": MARKED}]}),
        json!({"query": [MARKED]}),
        json!({"previousResultIds": [MARKED]}),
        json!({"previousResultIds": MARKED}),
        keyed,
    ];
    let methods = [
        "textDocument/hover",
        "textDocument/completion",
        "textDocument/codeAction",
        "textDocument/codeLens",
        "textDocument/documentSymbol",
        "textDocument/formatting",
        "textDocument/rename",
        "textDocument/prepareRename",
        "textDocument/diagnostic",
        "workspace/diagnostic",
        "workspace/symbol",
        "workspace/executeCommand",
    ];
    let mut refused = 0;
    for method in methods {
        for body in &bodies {
            if let Err(error) = server.request(method, body.clone()) {
                refused += usize::from(error.code == code::INVALID_PARAMS);
                assert!(error.message.ends_with('.'), "{method} {body}: {error}");
            }
        }
    }
    assert!(refused > methods.len() * bodies.len() / 2, "{refused} were refused");
    for method in
        ["textDocument/didOpen", "textDocument/didChange", "workspace/didChangeWatchedFiles"]
    {
        bodies.iter().for_each(|body| server.notify(method, body.clone()));
    }
    // The server lives, and has read all of it.
    server.ask("textDocument/hover", Client::at(uri, Position::new(0, 0)));
    for direction in [Direction::FromServer, Direction::StandardError] {
        let all = server.transcript(direction);
        let repeats = all.iter().find(|text| text.contains("hunter2"));
        assert_eq!(repeats, None, "{direction:?}");
    }
}
