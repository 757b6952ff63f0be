//! *Who Else Uses This Login?* in the editor: one question, one login, one page.

use serde_json::{Value, json};
use sforg_simulator::{Account, DEV, Handle, ODD_SIGNS, Options, PRODUCTION, Simulator, UAT};
use test_support::{Client, Setup, Workspace, oauth_org};

const QUERY: &str = "GET /services/data/v61.0/query";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

/// An editor that shows pages, or one with nothing but LSP.
fn editor(workspace: &Workspace, simulator: &Handle, has_pages: bool) -> Client {
    let mut setup = Setup::new().capable().folder(workspace).allow_login_host(&simulator.http_url);
    if has_pages {
        setup = setup.capability("experimental/sforg", json!(["showStatus", "show"]));
    }
    let mut server = setup.start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn open(server: &mut Client, workspace: &Workspace, org: &str) -> String {
    workspace.write("acme.sforg.json", org);
    let uri = workspace.uri("acme.sforg.json");
    server.open(&uri, 1, org);
    server.diagnostics(&uri, 1);
    uri
}

fn org(simulator: &Handle, account: &Account) -> String {
    oauth_org("Acme [x](y)", &simulator.http_url, account.client_id, account.client_secret)
}

/// Asks, agrees to both questions, and waits for the end of the login.
fn audit(server: &mut Client, uri: &str) {
    server.execute("sforg.auditLogin", json!({ "uri": uri }));
    let question = server.serve("window/showMessageRequest", json!({ "title": "Ask Salesforce" }));
    let text = question["message"].as_str().unwrap_or_default();
    assert!(text.contains("ask Salesforce who else uses this login?"), "{question}");
    assert_eq!(
        question["actions"],
        json!([{ "title": "Don't Ask" }, { "title": "Ask Salesforce" }])
    );
    server.agree_to_host();
    let (token, title) = server.progress_begins();
    assert!(title.starts_with("Asking who else uses Acme"), "{title}");
    server.progress_ends(&token);
    server.serve("workspace/codeLens/refresh", Value::Null);
}

fn page_of(account: &Account) -> (String, Handle) {
    let (simulator, workspace) = (simulator(), Workspace::new());
    let mut server = editor(&workspace, &simulator, true);
    let uri = open(&mut server, &workspace, &org(&simulator, account));
    audit(&mut server, &uri);
    let shown = server.notification("sforg/show");
    assert_eq!((&shown["page"], &shown["uri"]), (&json!("loginHistory"), &json!(uri)));
    let text = shown["text"].as_str().expect("a text").to_owned();
    assert!(!text.contains("]("), "{text}");
    assert!(server.code_lens_titles(&uri)[0].contains("Logged in"), "it is a test, too");
    server.finish();
    (text, simulator)
}

#[test]
fn a_page_tells_who_logs_in_and_what_was_refused() {
    let (page, simulator) = page_of(&PRODUCTION);
    for said in [
        "Salesforce's login history of its user: 51 logins, 1 Oct 2026 to 28 Oct 2026.",
        "| 40 | Jitterbit Design Studio \u{b7} SOAP Partner \u{b7} 61.0 \u{b7} 203.0.113.7 | 28 Oct 2026 |",
        "## Refused",
        "| 3 | Data Loader Bulk: Failed: API security token required (token needed) |",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let stats = simulator.stats();
    assert_eq!(stats.oauth_logins.attempts, 1);
    assert_eq!(stats.paths.get("POST /services/oauth2/revoke"), Some(&1), "the session ends");
}

#[test]
fn odd_names_and_an_empty_history_are_pages_too() {
    let (page, _) = page_of(&ODD_SIGNS);
    assert!(page.contains("the last 1000 logins"), "{page}");
    for acts in ["\u{1b}", "\u{7}", "\u{202e}", "<img", "!["] {
        assert!(!page.contains(acts), "{acts:?}: {page}");
    }
    let (page, _) = page_of(&UAT);
    assert!(page.contains("Salesforce has no record of a login with this user"), "{page}");
}

#[test]
fn an_editor_without_pages_gets_lines() {
    let (simulator, workspace) = (simulator(), Workspace::new());
    let mut server = editor(&workspace, &simulator, false);
    let uri = open(&mut server, &workspace, &org(&simulator, &PRODUCTION));
    audit(&mut server, &uri);
    let (kind, text) = server.shown_message();
    assert_eq!(kind, 3, "{text}");
    assert!(
        text.contains("\n40 × Jitterbit Design Studio \u{b7} SOAP Partner \u{b7} 61.0"),
        "{text}"
    );
    assert!(text.contains("\n3 × refused: Data Loader Bulk: Failed"), "{text}");
    assert!(!text.contains("]("), "{text}");
    server.finish();
}

#[test]
fn what_salesforce_does_not_tell_is_said() {
    let (simulator, workspace) = (simulator(), Workspace::new());
    let mut server = editor(&workspace, &simulator, true);
    let uri = open(&mut server, &workspace, &org(&simulator, &DEV));
    audit(&mut server, &uri);
    let (kind, text) = server.shown_message();
    assert_eq!(kind, 2, "{text}");
    assert!(text.contains("sforg could not find out who else uses this login: "), "{text}");
    server.finish();
}

#[test]
fn without_a_yes_nothing_is_sent() {
    let (simulator, workspace) = (simulator(), Workspace::new());
    let mut server = editor(&workspace, &simulator, true);
    let uri = open(&mut server, &workspace, &org(&simulator, &PRODUCTION));
    for answer in [Value::Null, json!({ "title": "Don't Ask" })] {
        server.execute("sforg.auditLogin", json!({ "uri": uri }));
        server.serve("window/showMessageRequest", answer);
    }
    // Nobody is there who could be asked.
    server.execute("sforg.auditLogin", json!({ "uri": uri }));
    let request = server.server_request("window/showMessageRequest");
    server.reply_error(&request, -32601, "no questions");
    let (kind, text) = server.shown_message();
    assert!(kind == 2 && text.contains("sforg login --audit"), "{text}");
    server.finish();
    assert_eq!(simulator.stats().oauth_logins.attempts, 0);
}

#[test]
fn a_login_that_cannot_be_is_told_and_nothing_is_asked() {
    let (simulator, workspace) = (simulator(), Workspace::new());
    let mut server = editor(&workspace, &simulator, false);
    let wrong = org(&simulator, &PRODUCTION).replace(&simulator.http_url, "not a host");
    let uri = open(&mut server, &workspace, &wrong);
    server.execute("sforg.auditLogin", json!({ "uri": uri }));
    server.serve("workspace/codeLens/refresh", Value::Null);
    let (kind, text) = server.shown_message();
    assert!(kind < 3 && text.starts_with("Acme"), "{kind} {text}");
    server.finish();
    assert_eq!(simulator.stats().paths.get(QUERY), None);
}
