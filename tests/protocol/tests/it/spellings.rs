//! URIs as clients on other systems and with other habits spell them: everything that the server
//! says about a document is said with the client's own spelling.

use protocol_tests::{Client, Direction, Position, Range, Setup, Workspace, basic_org};
use serde_json::{Value, json};

const SPELLINGS: [&str; 5] = [
    "file:///c%3A/Users/x/a.sforg.json",
    "file:///C:/Users/x/a.sforg.json",
    "file:///c:/Users/x/a.sforg.json",
    "untitled:Untitled-1",
    "file:///home/x/a%20%28b%29.sforg.json",
];

/// The URIs of all diagnostics so far.
fn published_uris(texts: &[String]) -> Vec<String> {
    let messages = texts.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok());
    let published = messages.filter(|m| m["method"] == "textDocument/publishDiagnostics");
    published.map(|m| m["params"]["uri"].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn diagnostics_come_and_go_under_the_spelling_of_the_client() {
    for uri in SPELLINGS {
        let mut server = Setup::new().start();
        server.open(uri, 1, "{\"x-1\": 1}");
        server.expect_text(uri, 1, "{\"x-1\": 1}");
        server.replace(uri, 2, "{\"x-2\": 1}");
        server.expect_text(uri, 2, "{\"x-2\": 1}");
        server.save(uri);
        server.close(uri);
        let gone = server.published_when(uri, |published| published.version.is_none());
        assert_eq!(gone.diagnostics, [], "{uri}");
        let all = published_uris(&server.transcript(Direction::FromServer));
        assert!(all.iter().all(|published| published == uri), "{uri}: {all:?}");
    }
}

#[test]
fn edits_and_commands_are_about_the_spelling_of_the_client() {
    let text = basic_org("Acme", &[]);
    for uri in SPELLINGS {
        let mut server = Setup::new().capable().start();
        server.open(uri, 1, &text);
        server.diagnostics(uri, 1);
        let place = Range::of_text(&text, "\"Acme\"", server.encoding()).start_inside();
        let mut params = Client::at(uri, place);
        params["newName"] = json!("Renamed");
        let edit = server.ask("textDocument/rename", params);
        assert_eq!(edit["documentChanges"][0]["textDocument"]["uri"], uri);
        let lenses = server.ask("textDocument/codeLens", json!({"textDocument": {"uri": uri}}));
        assert_eq!(lenses[0]["command"]["arguments"][0]["uri"], uri);
        let range = Range::empty(Position::new(3, 12));
        for action in server.code_actions(uri, range) {
            let edited = &action["edit"]["documentChanges"][0]["textDocument"]["uri"];
            assert!(edited.is_null() || edited == uri, "{action}");
        }
    }
}

#[test]
fn a_file_of_the_workspace_is_not_marked_under_two_spellings() {
    let workspace = Workspace::new();
    let spelled = workspace.write("a (b).sforg.json", "{\"x-disk\": 1}");
    // The server's own spelling, until the client has one.
    let plain = spelled.replace("%28", "(").replace("%29", ")");
    let mut server = Setup::new().folder(&workspace).start();
    server.published_when(&plain, |published| published.has("unknown-member"));
    server.open(&spelled, 1, "{\"x-open\": 1}");
    server.published_when(&plain, |published| published.diagnostics.is_empty());
    server.expect_text(&spelled, 1, "{\"x-open\": 1}");
    server.close(&spelled);
    server.published_when(&spelled, |published| published.diagnostics.is_empty());
    server.published_when(&plain, |published| published.has("unknown-member"));
}
