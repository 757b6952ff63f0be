//! The lock-out guard: credentials that were refused twice are not sent a third time unasked.

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, Simulator, UAT};
use test_support::{Client, Setup};

const URI: &str = "untitled:locked";

fn org(simulator: &Handle, password: &str) -> String {
    let host = simulator.http_url.trim_start_matches("http://");
    format!(
        r#"{{
  "name": "Acme", "apiVersion": "61.0", "sandbox": true, "serverHost": "{host}",
  "auth": {{ "type": "basic", "username": "{}", "password": "{password}", "securityToken": "{}" }}
}}"#,
        UAT.username, UAT.security_token
    )
}

fn start(simulator: &Handle, state: &std::path::Path) -> Client {
    let mut server = Setup::new()
        .capable()
        .allow_login_host(&simulator.http_url)
        .env("SFORG_STATE_DIR", &state.to_string_lossy())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server
}

#[test]
fn the_third_time_a_person_is_asked_also_after_a_restart() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let state = tempfile::tempdir().expect("a folder");
    let mut server = start(&simulator, state.path());
    server.open(URI, 1, &org(&simulator, "not-the-password"));
    assert_eq!(server.log_in(URI, true).0, 1);
    assert_eq!(server.log_in(URI, false).0, 1);
    assert_eq!(simulator.stats().soap_logins.attempts, 2);
    server.finish();

    let mut server = start(&simulator, state.path());
    server.open(URI, 1, &org(&simulator, "not-the-password"));
    server.test_login(URI);
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    let question = server.serve("window/showMessageRequest", json!({ "title": "Cancel" }));
    let text = question["message"].as_str().expect("a question");
    assert!(text.contains("2 times") && !text.contains("not-the-password"), "{text}");
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().soap_logins.attempts, 2);

    // Other credentials begin anew, and the right ones get in.
    server.replace(URI, 2, &org(&simulator, UAT.password));
    assert_eq!(server.log_in(URI, false).0, 3);
    server.finish();

    let kept = std::fs::read_to_string(state.path().join("refused-logins.json")).expect("a file");
    for secret in ["not-the-password", UAT.username, UAT.password] {
        assert!(!kept.contains(secret), "{kept}");
    }
}
