//! URIs as clients on other systems and with other habits spell them: everything that the server
//! says about a document is said with the client's own spelling.

use serde_json::{Value, json};
use test_support::{Client, Direction, Position, Range, Setup, Workspace, basic_org};

const SPELLINGS: [&str; 17] = [
    "file:///c%3A/Users/x/a.sforg.json",
    "file:///C:/Users/x/a.sforg.json",
    "file:///c:/Users/x/a.sforg.json",
    "untitled:Untitled-1",
    "file:///home/x/a%20%28b%29.sforg.json",
    "file:///home/x/é.sforg.json",
    "file:///home/x/%C3%A9.sforg.json",
    "file:///home/x/%c3%a9.sforg.json",
    "file:///home/x/a b.sforg.json",
    "file:/home/x/a.sforg.json",
    "file://localhost/home/x/a.sforg.json",
    "FILE:///home/x/a.sforg.json",
    "file:///home/x/../y/a+[1].sforg.json",
    "file://Server/share/a.sforg.json",
    "vscode-vfs://GitHub/Owner/ö.sforg.json",
    "untitled:Ünt itled",
    "file:///home/x/100%.sforg.json",
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

/// Every URI in the messages of the server, at any depth.
fn uris_in(message: &Value, found: &mut Vec<String>) {
    match message {
        Value::String(text) if text.starts_with("file:") => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| uris_in(item, found)),
        Value::Object(members) => {
            found.extend(members.keys().filter(|name| name.starts_with("file:")).cloned());
            members.values().for_each(|value| uris_in(value, found));
        }
        _ => {}
    }
}

#[test]
fn what_is_below_a_folder_is_spelled_as_the_folder() {
    for changes in [[("+", "%2B"), ("%C3%A9", "é")], [("%C3%A9", "%c3%a9"), ("x", "%78")]] {
        let workspace = Workspace::new();
        let text = |name: &str| basic_org(name, &[]).replace("\"apiVersion\": \"61.0\",\n", "");
        workspace.write("w+é x/a.sforg.json", text("Acme"));
        workspace.write("w+é x/b.sforg.json", text("Acme"));
        let project = "{\"$schema\": \"./b.sforg.json\", \"apiVersion\": \"61.0\"}";
        workspace.write("w+é x/sforg-project.json", project);
        let plain = workspace.uri("w+é x");
        let (base, name) = plain.rsplit_once('/').expect("a folder");
        let name = changes.iter().fold(name.to_owned(), |name, (from, to)| name.replace(from, to));
        let folder = format!("{base}/{name}");
        let mut server = Setup::new().capable().folder_uri(&folder).start();
        server.allow("textDocument/publishDiagnostics");
        let [a, b, project_file] = ["a.sforg.json", "b.sforg.json", "sforg-project.json"]
            .map(|file| format!("{folder}/{file}"));
        server.published_when(&b, |published| published.has("duplicate-org-name"));
        server.published_when(&project_file, |published| !published.diagnostics.is_empty());
        server.open(&a, 1, &text("Acme"));
        server.open(&project_file, 1, project);
        let document = |uri: &str| json!({"textDocument": {"uri": uri}});
        server.ask("workspace/symbol", json!({"query": "Acme"}));
        server.ask("textDocument/codeLens", document(&a));
        let links = server.ask("textDocument/documentLink", document(&project_file));
        assert!(links.as_array().is_some_and(|links| links.iter().any(|l| l["target"] == b)));
        let mut params = Client::at(&a, Position::new(1, 12));
        params["context"] = json!({"includeDeclaration": true});
        let references = server.ask("textDocument/references", params);
        assert!(references.as_array().is_some_and(|all| !all.is_empty()), "{references}");
        for uri in [&a, &project_file] {
            for line in 0..5 {
                server.code_actions(uri, Range::empty(Position::new(line, 3)));
            }
        }
        server.execute("sforg.convertAll", json!({"uri": project_file}));
        server.serve("window/showMessageRequest", json!({"title": "Convert"}));
        server.serve("workspace/applyEdit", json!({"applied": true}));
        server.shown_message();
        let mut uris = Vec::new();
        for text in server.transcript(Direction::FromServer) {
            uris_in(&serde_json::from_str(&text).expect("JSON"), &mut uris);
        }
        assert!(uris.len() > 20, "{uris:?}");
        let other: Vec<_> = uris.iter().filter(|uri| !uri.starts_with(&folder)).collect();
        assert!(other.is_empty(), "{folder}: {other:?}");
    }
}
