//! Completion between the two quotes that an editor writes for one.

use serde_json::{Value, json};
use test_support::{Client, Position, Setup};

const URI: &str = "untitled:completion";
const TEXT: &str = "{\"name\": \"Acme\", \"\"}";

/// The items with the cursor between the last two quotes, for a client of that name.
fn items(setup: Setup, client: &str) -> Vec<Value> {
    let mut server = setup.param("clientInfo", json!({ "name": client })).start();
    server.open(URI, 1, TEXT);
    server.diagnostics(URI, 1);
    let cursor = TEXT.rfind("\"}").expect("quotes");
    let at = Client::at(URI, Position::new(0, cursor));
    let answer = server.ask("textDocument/completion", at);
    answer.as_array().cloned().unwrap_or_default()
}

/// The text after accepting the item with that label, as the client does it.
fn accepted(items: &[Value], label: &str) -> String {
    let item = items.iter().find(|item| item["label"] == label);
    let edit = &item.unwrap_or_else(|| panic!("no {label} in {items:#?}"))["textEdit"];
    let column = |end: &str| {
        let column = edit["range"][end]["character"].as_u64().expect("a column");
        usize::try_from(column).expect("a column")
    };
    let new = edit["newText"].as_str().expect("a text");
    format!("{}{new}{}", &TEXT[..column("start")], &TEXT[column("end")..])
}

#[test]
fn every_client_replaces_both_quotes_and_gets_whole_members() {
    for setup in [Setup::new(), Setup::new().capable()] {
        let items = items(setup, "Some editor");
        let labels: Vec<_> = items.iter().filter_map(|item| item["label"].as_str()).collect();
        assert_eq!(labels[..2], ["auth: oauth2-client-credentials", "auth: basic"]);
    }
    let items = items(Setup::new(), "Some editor");
    for label in ["auth: basic", "sandbox"] {
        let after: Value = serde_json::from_str(&accepted(&items, label)).expect(label);
        assert_eq!(after.as_object().map(serde_json::Map::len), Some(2));
    }
}

/// Its own completion replaces nothing behind the cursor.
#[test]
fn neovim_gets_names_that_leave_the_second_quote() {
    let items = items(Setup::new(), "Neovim");
    let labels: Vec<_> = items.iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels[..2], ["auth", "$schema"]);
    assert_eq!(accepted(&items, "auth"), "{\"name\": \"Acme\", \"auth\"}");
}
