//! How completion is told to clients that can more or less. (What is offered is tested beside the
//! code.)

use serde_json::{Value, json};
use test_support::{Client, Position, Setup};

const URI: &str = "untitled:Untitled-1";
const TEXT: &str = "{\n  \"name\": \"Acme\",\n  \n}\n";

/// The offers behind the comma of the second line.
fn offers(server: &mut Client) -> Vec<Value> {
    server.open(URI, 1, TEXT);
    server.diagnostics(URI, 1);
    let answer = server.ask("textDocument/completion", Client::at(URI, Position::new(2, 2)));
    answer.as_array().cloned().unwrap_or_else(|| panic!("{answer} is no list"))
}

fn offer<'a>(offers: &'a [Value], label: &str) -> &'a Value {
    let found = offers.iter().find(|offer| offer["label"] == label);
    found.unwrap_or_else(|| panic!("no {label} in {offers:#?}"))
}

#[test]
fn documentation_comes_when_it_is_asked_for() {
    let mut server = Setup::new()
        .capability(
            "textDocument/completion/completionItem/documentationFormat",
            json!(["markdown"]),
        )
        .capability(
            "textDocument/completion/completionItem/resolveSupport/properties",
            json!(["documentation", "detail"]),
        )
        .spawn();
    let result = server.begin();
    assert_eq!(result["capabilities"]["completionProvider"]["resolveProvider"], true);
    let offers = offers(&mut server);
    assert!(offers.iter().all(|offer| offer.get("documentation").is_none()), "{offers:#?}");
    let sandbox = offer(&offers, "sandbox");
    let resolved = server.ask("completionItem/resolve", sandbox.clone());
    assert_eq!(resolved["documentation"]["kind"], "markdown");
    let text = resolved["documentation"]["value"].as_str().unwrap_or_default();
    assert!(text.contains("test.salesforce.com"), "{text}");
    // Nothing else of the item changes.
    let mut without = resolved.clone();
    without.as_object_mut().expect("an item").remove("documentation");
    assert_eq!(&without, sandbox);
    // The text may have changed meanwhile.
    server.replace(URI, 2, "{}");
    assert_eq!(server.ask("completionItem/resolve", sandbox.clone()), resolved);
    // What is not the server's comes back as it is.
    let foreign = json!({"label": "x", "data": {"of": "somebody else"}});
    assert_eq!(server.ask("completionItem/resolve", foreign.clone()), foreign);
    server.diagnostics(URI, 2);
}

#[test]
fn a_client_that_cannot_ask_has_it_at_once_and_plainly() {
    let mut server = Setup::new().spawn();
    let result = server.begin();
    assert_eq!(result["capabilities"]["completionProvider"]["resolveProvider"], Value::Null);
    let offers = offers(&mut server);
    let sandbox = offer(&offers, "sandbox");
    let text = sandbox["documentation"].as_str().unwrap_or_default();
    assert!(text.contains("test.salesforce.com") && !text.contains("**"), "{sandbox}");
    assert_eq!(sandbox.get("data"), None);
    for offer in &offers {
        assert_eq!(offer["insertTextFormat"], 1, "{offer}");
        assert_eq!(offer.get("tags"), None, "{offer}");
    }
}

#[test]
fn a_client_that_can_more_gets_more() {
    let item = "textDocument/completion/completionItem";
    let mut server = Setup::new()
        .capability(&format!("{item}/snippetSupport"), true)
        .capability(&format!("{item}/tagSupport/valueSet"), json!([1]))
        .start();
    let offers = offers(&mut server);
    let basic = offer(&offers, "auth: basic");
    assert_eq!((&basic["insertTextFormat"], &basic["tags"]), (&json!(2), &json!([1])));
    let oauth = offer(&offers, "auth: oauth2-client-credentials");
    assert_eq!((&oauth["insertTextFormat"], oauth.get("tags")), (&json!(2), None));
    // Required members come first.
    let mut sorted: Vec<_> = offers.iter().map(|offer| offer["sortText"].as_str()).collect();
    assert!(sorted.is_sorted());
    sorted.dedup();
    assert_eq!(sorted.len(), offers.len());
    let labels: Vec<_> = offers.iter().filter_map(|offer| offer["label"].as_str()).collect();
    assert!(labels[0].starts_with("auth: ") && labels[1].starts_with("auth: "), "{labels:?}");
}

#[test]
fn a_line_end_opens_the_list_in_an_empty_object_alone() {
    let mut server = Setup::new().spawn();
    let result = server.begin();
    let provider = &result["capabilities"]["completionProvider"]["triggerCharacters"];
    assert!(provider.as_array().is_some_and(|all| all.contains(&json!("\n"))), "{provider}");
    let mut labels = |version, text: &str| {
        match version {
            1 => server.open(URI, version, text),
            _ => server.replace(URI, version, text),
        }
        server.diagnostics(URI, version);
        let mut at = Client::at(URI, Position::new(1, 2));
        at["context"] = json!({"triggerKind": 2, "triggerCharacter": "\n"});
        let answer = server.ask("textDocument/completion", at);
        answer.as_array().map_or(0, Vec::len)
    };
    assert!(labels(1, "{\n  \n}\n") > 3);
    assert!(labels(2, "{\n  ") > 3);
    assert_eq!(labels(3, "{\n  \n  \"name\": \"Acme\"\n}\n"), 0);
    assert_eq!(labels(4, "\n  \n"), 0);
}

#[test]
fn choices_are_for_clients_that_say_that_they_have_them() {
    let snippets = "textDocument/completion/completionItem/snippetSupport";
    let whole_file = |setup: Setup| {
        let mut server = setup.capability(snippets, true).start();
        server.open(URI, 1, "");
        server.diagnostics(URI, 1);
        let at = Client::at(URI, Position::new(0, 0));
        let answer = server.ask("textDocument/completion", at);
        let text = answer[0]["textEdit"]["newText"].as_str().unwrap_or_default().to_owned();
        assert!(text.contains("MY-DOMAIN"), "{answer}");
        text
    };
    let own = Setup::new().capability("experimental/sforg", json!(["choiceSnippets"]));
    assert!(whole_file(own).contains("\"sandbox\": ${2|false,true|},"));
    assert!(whole_file(Setup::new()).contains("\"sandbox\": ${2:false},"));
}
