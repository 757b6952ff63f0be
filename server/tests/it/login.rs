//! *Test Salesforce Login* in an editor, against a simulated Salesforce.

use serde_json::{Value, json};
use sforg_simulator::{Account, DEV, Handle, Options, PRODUCTION, Simulator, UAT};
use test_support::{Client, Encoding, FileEvent, Range, Setup, Workspace, oauth_org};

const URI: &str = "untitled:login";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn setup(simulator: &Handle) -> Setup {
    Setup::new().capable().allow_login_host(&simulator.http_url)
}

fn oauth(simulator: &Handle, secret: &str) -> String {
    oauth_org("Acme production", &simulator.http_url, PRODUCTION.client_id, secret)
}

fn basic(simulator: &Handle, account: &Account) -> String {
    let host = simulator.http_address();
    format!(
        "{{\n  \"name\": \"Acme UAT\",\n  \"sandbox\": true,\n  \"serverHost\": \"{host}\",\n  \"apiVersion\": \"61.0\",\n  \"auth\": {{\n    \"type\": \"basic\",\n    \"username\": \"{}\",\n    \"password\": \"${{env:ACME_PASSWORD}}\",\n    \"securityToken\": \"${{env:ACME_TOKEN}}\"\n  }}\n}}\n",
        account.username
    )
}

fn open(server: &mut Client, text: &str) {
    server.open(URI, 1, text);
    assert!(!server.diagnostics(URI, 1).has("login-failed"));
}

#[test]
fn an_oauth_login_is_asked_for_made_and_shown() {
    let simulator = simulator();
    let mut server = setup(&simulator).env("ACME_SECRET", PRODUCTION.client_secret).start();
    open(&mut server, &oauth(&simulator, "${env:ACME_SECRET}"));
    server.test_login(URI);

    let question = server.server_request("window/showMessageRequest");
    let text = question.params["message"].as_str().expect("a question");
    let host = simulator.http_address().to_string();
    for part in [host.as_str(), "ACME_SECRET (environment)", PRODUCTION.client_id] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    let actions = question.params["actions"].as_array().expect("answers");
    let titles: Vec<_> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(titles, ["Don't send", "Send"]);
    assert_eq!(simulator.stats().connections, 0, "nothing is sent before the answer");
    server.reply(&question, json!({"title": "Send"}));

    let (token, title) = server.progress_begins();
    assert!(title.contains("Acme production"), "{title}");
    let end = server.progress_ends(&token);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    for part in ["Acme production", PRODUCTION.username, &end] {
        assert!(message.contains(part), "{part} is missing: {message}");
    }
    server.serve("workspace/codeLens/refresh", Value::Null);
    let stats = simulator.stats();
    assert_eq!((stats.oauth_logins.attempts, stats.oauth_logins.sessions), (1, 1));

    let lenses = server.code_lens_titles(URI);
    assert_eq!(lenses.len(), 2);
    assert!(
        lenses[0].starts_with("✓ Logged in as ")
            && lenses[0].contains(PRODUCTION.username)
            && lenses[0].contains("just now"),
        "{lenses:?}"
    );
    server.change_all(URI, 2, json!([]));
    let published = server.diagnostics(URI, 2);
    assert!(!published.has("login-failed"), "{published:#?}");
}

#[test]
fn a_basic_login_is_made_and_what_it_learned_is_used() {
    let simulator = simulator();
    let mut server = setup(&simulator)
        .env("ACME_PASSWORD", UAT.password)
        .env("ACME_TOKEN", UAT.security_token)
        .start();
    let text = basic(&simulator, &UAT);
    open(&mut server, &text);
    server.test_login(URI);
    let question = server.agree_to_host();
    assert!(question.contains("Send ACME_PASSWORD and ACME_TOKEN (environment) to "), "{question}");
    assert!(question.contains(&format!(" as {}?", UAT.username)), "{question}");
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    assert!(message.contains(UAT.username), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().soap_logins.sessions, 1);
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn a_question_is_asked_once_for_each_host() {
    let (first, second) = (simulator(), simulator());
    let mut server =
        setup(&first).allow_login_host(&second.http_url).env("S", PRODUCTION.client_secret).start();
    open(&mut server, &oauth(&first, "${env:S}"));
    server.allow("textDocument/publishDiagnostics");
    assert_eq!(server.log_in(URI, true).0, 3);
    assert_eq!(server.log_in(URI, false).0, 3);
    server.replace(URI, 2, &oauth(&second, "${env:S}"));
    assert_eq!(server.log_in(URI, true).0, 3);
    server.replace(URI, 3, &oauth(&first, "${env:S}"));
    assert_eq!(server.log_in(URI, false).0, 3);
    assert_eq!(first.stats().oauth_logins.sessions, 3);
    assert_eq!(second.stats().oauth_logins.sessions, 1);
}

#[test]
fn whoever_does_not_agree_sends_nothing() {
    let simulator = simulator();
    let mut server = setup(&simulator).env("S", PRODUCTION.client_secret).start();
    open(&mut server, &oauth(&simulator, "${env:S}"));
    let answers = [json!({"title": "Cancel"}), Value::Null, json!({"title": "log in"}), json!(7)];
    for answer in answers {
        server.test_login(URI);
        server.serve("window/showMessageRequest", answer);
        let (_, message) = server.shown_message();
        assert!(message.contains("Nothing was sent"), "{message}");
    }
    server.test_login(URI);
    let question = server.server_request("window/showMessageRequest");
    server.reply_error(&question, -32601, "unknown method");
    let (_, message) = server.shown_message();
    assert!(message.contains("nobody has confirmed that S (environment) may be sent"), "{message}");
    assert!(message.contains("SFORG_ALLOW_SECRETS=S"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    let stats = simulator.stats();
    assert_eq!((stats.connections, stats.requests), (0, 0));
    assert_eq!(server.code_lens_titles(URI), ["Test Salesforce Login"]);
}

#[test]
fn a_wrong_secret_is_shown_where_it_stands_until_it_is_edited() {
    let simulator = simulator();
    let mut server = setup(&simulator).env("S", "0badc0de".repeat(8).as_str()).start();
    let text = oauth(&simulator, "${env:S}");
    open(&mut server, &text);
    let (kind, message) = server.log_in(URI, true);
    assert_eq!(kind, 1, "{message}");
    assert!(message.contains("\n1. ") && message.contains("ecret"), "{message}");

    let published = server.published_when(URI, |published| published.has("login-failed"));
    let failed = published.only("login-failed");
    let value = Range::of_text(&text, "\"${env:S}\"", Encoding::Utf16);
    assert_eq!(failed.range, value);
    assert_eq!(failed.severity, 1);
    assert!(failed.message.contains("1. "), "has the steps: {}", failed.message);
    let lenses = server.code_lens_titles(URI);
    assert!(lenses[0].starts_with("✗ Wrong client secret"), "{lenses:?}");

    // An edit elsewhere keeps it in its place.
    let longer = text.replacen("\"name\"", "\"description\": \"🏢\",\n  \"name\"", 1);
    server.replace(URI, 2, &longer);
    let published = server.diagnostics(URI, 2);
    let value = Range::of_text(&longer, "\"${env:S}\"", Encoding::Utf16);
    assert_eq!(published.only("login-failed").range, value);

    // An edit of the value takes it away, its lens too.
    server.change(URI, 3, Range::empty(value.start_inside()), "x");
    assert!(!server.diagnostics(URI, 3).has("login-failed"));
    assert_eq!(server.code_lens_titles(URI), ["Test Salesforce Login"]);
}

#[test]
fn a_login_that_works_takes_the_finding_away() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let text = oauth(&simulator, "${env:ACME_FROM_FILE}");
    let uri = workspace.write("orgs/acme.sforg.json", &text);
    workspace.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    workspace.write(".env", "ACME_FROM_FILE=wrong\n");
    let mut server = setup(&simulator).folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    // The file is not even open.
    assert_eq!(server.log_in(&uri, true).0, 1);
    server.published_when(&uri, |published| published.has("login-failed"));
    workspace.write(".env", format!("ACME_FROM_FILE={}\n", PRODUCTION.client_secret));
    assert_eq!(server.log_in(&uri, false).0, 3);
    server.published_when(&uri, |published| !published.has("login-failed"));
}

#[test]
fn the_finding_of_a_closed_file_goes_with_the_file() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", oauth(&simulator, "${env:S}"));
    let mut server = setup(&simulator).folder(&workspace).env("S", "wrong").start();
    server.allow("textDocument/publishDiagnostics");
    server.log_in(&uri, true);
    server.published_when(&uri, |published| published.has("login-failed"));
    workspace.remove("acme.sforg.json");
    server.file_event(&uri, FileEvent::Deleted);
    server.published_when(&uri, |published| published.diagnostics.is_empty());
    server.test_login(&uri);
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.contains("acme.sforg.json cannot be read"), "{message}");
}

#[test]
fn a_file_with_an_error_sends_nothing_and_asks_nothing() {
    let simulator = simulator();
    let mut server = setup(&simulator).env("S", PRODUCTION.client_secret).start();
    let good = oauth(&simulator, "${env:S}");
    let broken = [
        good.replacen("\"name\"", "name", 1),
        good.replacen("\"apiVersion\": \"61.0\",", "\"apiVersion\": \"61.0\"", 1),
        good.replacen("\"clientId\"", "\"clientID\"", 1),
        good.replacen("http://", "ftp://", 1),
        good.replacen("\"Acme production\"", "7", 1),
    ];
    server.open(URI, 0, "{}");
    for (version, text) in broken.iter().enumerate() {
        server.replace(URI, version as i64 + 1, text);
        server.test_login(URI);
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 2, "{message}");
        assert!(message.contains("Not tested") && message.contains("1. "), "{message}");
        server.serve("workspace/codeLens/refresh", Value::Null);
        let lenses = server.code_lens_titles(URI);
        assert!(lenses.iter().any(|lens| lens.contains("file has errors")), "{lenses:?}");
    }
    assert_eq!(simulator.stats().connections, 0);
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn a_host_that_is_not_allowed_gets_nothing() {
    let simulator = simulator();
    let other = simulator.http_url.replace("127.0.0.1", "localhost");
    let mut server = setup(&simulator).env("S", PRODUCTION.client_secret).start();
    for (version, url) in [other.as_str(), "https://salesforce.example.com"].iter().enumerate() {
        let version = version as i64 + 1;
        let text = oauth_org("Acme", url, PRODUCTION.client_id, "${env:S}");
        server.open(URI, version, &text);
        server.test_login(URI);
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 2, "{message}");
        assert!(message.contains("1. "), "{message}");
        server.serve("workspace/codeLens/refresh", Value::Null);
        server.close(URI);
    }
    assert_eq!(simulator.stats().connections, 0);
    server.allow("textDocument/publishDiagnostics");
}

/// Only the person who starts the server allows a host.
#[test]
fn a_workspace_cannot_allow_a_host() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", oauth(&simulator, "${env:S}"));
    workspace.write(
        ".env",
        format!("S=x\nSFORG_ALLOW_LOGIN_HOSTS={0}\nHTTP_PROXY={0}\n", simulator.http_url),
    );
    let allow = json!({"allowedLoginHosts": [simulator.http_url], "sforg": {"allowedLoginHosts": [simulator.http_url]}});
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .param("initializationOptions", allow.clone())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server.notify("workspace/didChangeConfiguration", json!({"settings": allow}));
    server.test_login(&uri);
    let (kind, _) = server.shown_message();
    assert_eq!(kind, 2);
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn hosts_are_allowed_by_the_environment_and_the_users_configuration_too() {
    let simulator = simulator();
    let text = oauth(&simulator, "${env:S}");
    let list = format!("example.test, {}", simulator.http_url);
    let by_environment = Setup::new().capable().env("SFORG_ALLOW_LOGIN_HOSTS", &list);
    let file = json!({"allowedLoginHosts": [simulator.http_url]}).to_string();
    let by_file = Setup::new().capable().user_configuration(&file);
    for setup in [by_environment, by_file] {
        let mut server = setup.env("S", PRODUCTION.client_secret).start();
        open(&mut server, &text);
        assert_eq!(server.log_in(URI, true).0, 3);
        server.allow("textDocument/publishDiagnostics");
    }
}

#[test]
fn settings_that_cannot_be_used_are_told_and_the_rest_counts() {
    let simulator = simulator();
    let mut server = setup(&simulator)
        .allow_login_host("http://example.com")
        .env("S", PRODUCTION.client_secret)
        .user_configuration("{\"allowedLoginHosts\": \"everywhere\"}")
        .start();
    let messages = [server.shown_message(), server.shown_message()];
    assert!(messages.iter().all(|(kind, _)| *kind == 2), "{messages:?}");
    let all = messages.map(|(_, text)| text).concat();
    for part in ["--allow-login-host, entry 2", "config.json, line 1", "allowedLoginHosts"] {
        assert!(all.contains(part), "{part} is missing: {all}");
    }
    // A password may have been pasted there.
    assert!(!all.contains("example.com") && !all.contains("everywhere"), "{all}");
    open(&mut server, &oauth(&simulator, "${env:S}"));
    assert_eq!(server.log_in(URI, true).0, 3);
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn a_client_that_can_do_nothing_gets_messages_alone() {
    let simulator = simulator();
    let mut server = Setup::new()
        .allow_login_host(&simulator.http_url)
        .env("ACME_PASSWORD", DEV.password)
        .start();
    let text =
        basic(&simulator, &DEV).replace(",\n    \"securityToken\": \"${env:ACME_TOKEN}\"", "");
    open(&mut server, &text);
    server.test_login(URI);
    server.agree_to_host();
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn a_secret_that_is_not_there_is_told_before_anything_is_sent() {
    let simulator = simulator();
    let mut server = setup(&simulator).start();
    open(&mut server, &oauth(&simulator, "${env:NOWHERE_TO_BE_FOUND}"));
    // Nobody is asked about a secret that is not there.
    let (kind, message) = server.log_in(URI, false);
    assert_eq!(kind, 2);
    assert!(message.contains("Not tested: NOWHERE_TO_BE_FOUND is not set"), "{message}");
    // What is wrong has a finding of its own.
    let lenses = server.code_lens_titles(URI);
    assert!(lenses[0].starts_with("– Not tested: no secret"), "{lenses:?}");
    server.allow("textDocument/publishDiagnostics");
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn a_result_goes_along_when_the_file_is_renamed() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let text = oauth(&simulator, "not-a-real-secret");
    let old = workspace.write("old/a.sforg.json", &text);
    let mut server = setup(&simulator).folder(&workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&old, 1, &text);
    server.diagnostics(&old, 1);
    let (kind, _) = server.log_in(&old, true);
    assert_eq!(kind, 1);
    server.published_when(&old, |published| published.has("login-failed"));
    server.close(&old);

    std::fs::rename(workspace.path("old"), workspace.path("new")).expect("the folder is there");
    let renamed = json!({"oldUri": workspace.uri("old"), "newUri": workspace.uri("new")});
    server.notify("workspace/didRenameFiles", json!({"files": [renamed]}));
    let new = workspace.uri("new/a.sforg.json");
    server.published_when(&new, |published| published.has("login-failed"));
    server.published_when(&old, |published| published.diagnostics.is_empty());
}

#[test]
fn a_document_without_a_file_takes_its_result_along() {
    let simulator = simulator();
    let mut server = setup(&simulator).start();
    server.allow("textDocument/publishDiagnostics");
    let text = oauth(&simulator, "not-a-real-secret");
    open(&mut server, &text);
    let (kind, _) = server.log_in(URI, true);
    assert_eq!(kind, 1);
    server.published_when(URI, |published| published.has("login-failed"));
    server.close(URI);
    server.published_when(URI, |published| published.diagnostics.is_empty());
    server.open(URI, 2, &text);
    assert!(!server.diagnostics(URI, 2).has("login-failed"));
}
