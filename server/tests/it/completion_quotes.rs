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

/// Where the quotes are, and the cursor between them.
fn within(item: &Value) -> (u64, u64) {
    let column =
        |end: &str| item["textEdit"]["range"][end]["character"].as_u64().expect("a column");
    let cursor = TEXT.rfind("\"}").expect("quotes") as u64;
    (column("start") - cursor, column("end") - cursor)
}

#[test]
fn a_client_that_replaces_behind_the_cursor_gets_whole_members() {
    let insert_replace = "textDocument/completion/completionItem/insertReplaceSupport";
    let items = items(Setup::new().capability(insert_replace, true), "Some editor");
    let labels: Vec<_> = items.iter().filter_map(|item| item["label"].as_str()).collect();
    assert_eq!(labels[..2], ["auth: oauth2-client-credentials", "auth: basic"]);
    for label in ["auth: basic", "sandbox", "description"] {
        let after: Value = serde_json::from_str(&accepted(&items, label)).expect(label);
        assert_eq!(after.as_object().map(serde_json::Map::len), Some(2));
    }
    for item in &items {
        assert_eq!(within(item), (0, 1), "{item}");
    }
}

/// What ALE, kakoune-lsp and Neovim's own completion replace.
#[test]
fn every_other_client_edits_inside_the_quotes_that_are_there() {
    for client in ["Neovim", "Some editor"] {
        let items = items(Setup::new(), client);
        let labels: Vec<_> = items.iter().filter_map(|item| item["label"].as_str()).collect();
        assert_eq!(labels[..2], ["auth", "$schema"]);
        assert_eq!(accepted(&items, "auth"), "{\"name\": \"Acme\", \"auth\"}");
        let whole = "{\"name\": \"Acme\", \"description\": \"\"}";
        assert_eq!(accepted(&items, "description"), whole);
        for item in &items {
            assert_eq!(within(item), (0, 0), "{item}");
            assert!(item["filterText"] == item["label"], "{item}");
        }
    }
}

/// A value with a part of it behind the cursor: LSP lets an item replace all of it.
#[test]
fn values_are_offered_in_the_middle_of_another_unless_the_client_would_leave_a_tail() {
    let text = "{\"apiVersion\": \"64.0\"}";
    let at = text.find("4.0").expect("a version");
    for (client, is_offered) in [("Some editor", true), ("Neovim", false)] {
        let mut server = Setup::new().param("clientInfo", json!({ "name": client })).start();
        server.open(URI, 1, text);
        server.diagnostics(URI, 1);
        let answer = server.ask("textDocument/completion", Client::at(URI, Position::new(0, at)));
        let items = answer.as_array().cloned().unwrap_or_default();
        let other = items.iter().find(|item| item["label"] == "66.0");
        assert_eq!(other.is_some(), is_offered, "{client}: {items:#?}");
        if let Some(edit) = other.map(|item| &item["textEdit"]) {
            let column = |end: &str| edit["range"][end]["character"].as_u64();
            let quotes = (text.find("64"), text.find("\"}"));
            assert_eq!(
                (column("start"), column("end")),
                (quotes.0.map(|at| at as u64), quotes.1.map(|at| at as u64))
            );
            assert_eq!(edit["newText"], "66.0");
        }
    }
}
