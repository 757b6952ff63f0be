//! *Move secret to keyring* in an editor.

use serde_json::{Value, json};
use sforg_simulator::{Handle, PRODUCTION};
use test_support::{Range, Setup, Workspace};

use super::{bus, is_in_session, lock, org, simulator};

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn the_editor_moves_a_secret_to_the_keyring() {
    if !is_in_session("moving::the_editor_moves_a_secret_to_the_keyring", &[]) {
        return;
    }
    let simulator = simulator();
    let workspace = Workspace::new();
    let secret = PRODUCTION.client_secret;
    let text = org(&simulator, secret);
    let uri = workspace.write("acme.sforg.json", &text);
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .allow_login_host(&simulator.http_url)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus())
        .env("SFORG_LOG", "trace")
        .start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, &text);
    let place = Range::of_text(&text, secret, server.encoding());
    let action = server.code_action(&uri, place, "Move secret to keyring");
    server.execute("sforg.moveSecret", action["command"]["arguments"][0].clone());
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let edit = &params["edit"]["documentChanges"][0]["edits"][0];
    let reference = edit["newText"].as_str().expect("a reference").trim_matches('"').to_owned();
    assert!(reference.starts_with("${keyring:"), "{params}");
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    assert!(message.contains(&reference), "{message}");

    // What stands there now logs in.
    server.replace(&uri, 2, &text.replace(secret, &reference));
    // Whoever moved it is not asked where it may go.
    assert_eq!(server.log_in(&uri, false).0, 3);
    assert_eq!(simulator.stats().oauth_logins.sessions, 1);

    lock();
    server.test_login(&uri);
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 2, "{message}");
    assert!(message.contains("it is locked") && message.contains("1. "), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().oauth_logins.attempts, 1);

    for direction in [test_support::Direction::FromServer, test_support::Direction::StandardError] {
        for line in server.transcript(direction) {
            assert!(!line.contains(&secret[..12]), "{line}");
        }
    }
}

/// Two projects with an org of one name: the second secret does not take the first one's place, and
/// neither goes to the other's host.
#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_moved_secret_overwrites_no_other() {
    if !is_in_session("moving::a_moved_secret_overwrites_no_other", &[]) {
        return;
    }
    let (one, other) = (simulator(), simulator());
    let workspace = Workspace::new();
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .allow_login_host(&one.http_url)
        .allow_login_host(&other.http_url)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus())
        .start();
    server.allow("textDocument/publishDiagnostics");
    let mut moved = |folder: &str, simulator: &Handle, secret: &str| {
        let text = org(simulator, secret);
        let uri = workspace.write(&format!("{folder}/acme.sforg.json"), &text);
        server.open(&uri, 1, &text);
        let argument = json!({"uri": uri, "member": "clientSecret", "to": "keyring"});
        server.execute("sforg.moveSecret", argument);
        let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
        assert_eq!(server.shown_message().0, 3);
        let new = &params["edit"]["documentChanges"][0]["edits"][0]["newText"];
        let reference = new.as_str().expect("a reference").trim_matches('"').to_owned();
        server.replace(&uri, 2, &text.replace(secret, &reference));
        (uri, reference)
    };
    let wrong = "0".repeat(64);
    let (uri, first) = moved("a", &one, PRODUCTION.client_secret);
    let (_, second) = moved("b", &one, &wrong);
    let (_, third) = moved("c", &other, &wrong);
    let (_, again) = moved("d", &one, PRODUCTION.client_secret);
    let name =
        |host: String, behind: &str| format!("${{keyring:Acme/clientSecret@{host}{behind}}}");
    assert_eq!(first, name(one.http_address().to_string(), ""));
    assert_eq!(second, name(one.http_address().to_string(), "_2"));
    assert_eq!(third, name(other.http_address().to_string(), ""));
    assert_eq!(again, first, "the same secret is stored once");
    assert_eq!(server.log_in(&uri, false).0, 3);

    // The first project's reference, copied to an org at the other host, is asked about.
    let copy = workspace.write("e/copy.sforg.json", org(&other, &first));
    server.test_login(&copy);
    let question = server.serve("window/showMessageRequest", json!({"title": "Don't send"}));
    let text = question["message"].as_str().expect("a question");
    assert!(text.contains(&other.http_address().to_string()), "{text}");
    server.shown_message();
    assert_eq!(other.stats().connections, 0);
}
