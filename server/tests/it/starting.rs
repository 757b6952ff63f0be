//! Whatever a client says about itself in `initialize`, the server starts and works: values that this
//! build does not know, members in another form, of another type, or left out.

use serde_json::{Value, json};
use test_support::{Client, Position, Setup, basic_org};

const CLIENTS: [(&str, &str); 4] = [
    ("VS Code", include_str!("../../../tests/fixtures/initialize/vscode.json")),
    ("Neovim", include_str!("../../../tests/fixtures/initialize/neovim.json")),
    ("Eglot", include_str!("../../../tests/fixtures/initialize/eglot.json")),
    ("Helix", include_str!("../../../tests/fixtures/initialize/helix.json")),
];

fn params_of(client: &str) -> Value {
    serde_json::from_str(client).expect("JSON")
}

/// Starts a server with these params; it answers a question about a document.
fn check_start(what: &str, params: Value) {
    let mut server = Setup::new().spawn();
    for method in [
        "textDocument/publishDiagnostics",
        "window/showMessage",
        "workspace/diagnostic/refresh",
        "workspace/inlayHint/refresh",
    ] {
        server.allow(method);
    }
    server.answer_always("workspace/configuration", |_| json!([null]));
    server.answer_always("client/registerCapability", |_| Value::Null);
    server.answer_always("workspace/diagnostic/refresh", |_| Value::Null);
    server.answer_always("workspace/inlayHint/refresh", |_| Value::Null);
    if let Err(error) = server.request("initialize", params.clone()) {
        panic!("{what}: {error:?}\n{params:#}");
    }
    server.notify("initialized", json!({}));
    server.open("untitled:x", 1, &basic_org("Acme", &[]));
    let hover = server.ask("textDocument/hover", Client::at("untitled:x", Position::new(1, 4)));
    assert!(hover.is_object(), "{what}: {hover}");
}

#[test]
fn real_clients_start() {
    for (name, client) in CLIENTS {
        check_start(name, params_of(client));
    }
}

/// Values of every JSON type, and some that no set of values holds.
fn other_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(false),
        json!(-1),
        json!(1.5),
        json!("compact"),
        json!([]),
        json!(["unknown", 7, null, {}]),
        json!({}),
        json!({"unknown": [1]}),
    ]
}

/// Replaces all members at a depth, or takes them out.
fn replace_at(value: &mut Value, depth: usize, other: Option<&Value>) {
    let Value::Object(members) = value else { return };
    if depth > 0 {
        members.values_mut().for_each(|member| replace_at(member, depth - 1, other));
        return;
    }
    match other {
        Some(other) => members.values_mut().for_each(|member| *member = other.clone()),
        None => members.clear(),
    }
}

/// All members of a depth at once; each for itself is looked at beside the code.
#[test]
fn members_of_any_type_do_not_stop_the_start() {
    for (name, client) in CLIENTS {
        for depth in 0..5 {
            for other in other_values().iter().map(Some).chain([None]) {
                let mut params = params_of(client);
                replace_at(&mut params, depth, other);
                check_start(&format!("{name}, depth {depth}, {other:?}"), params);
            }
        }
    }
}
