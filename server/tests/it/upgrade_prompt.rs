//! The one question that comes unasked: a project uses a previous API version.

use serde_json::{Value, json};
use test_support::{Client, Setup, Workspace, basic_org};

const PROJECT: &str = r#"{ "name": "Acme", "apiVersion": "61.0" }"#;
/// Nothing is wrong with it.
const OAUTH: &str = r#"{ "name": "New", "auth": { "type": "oauth2-client-credentials", "instanceUrl": "https://acme.my.salesforce.com", "clientId": "${env:ID}", "clientSecret": "${env:S}" } }"#;

/// A basic org that uses the project's version.
fn inheriting(name: &str) -> String {
    basic_org(name, &[]).replace("  \"apiVersion\": \"61.0\",\n", "")
}

fn workspace(orgs: &[(&str, &str)]) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", PROJECT);
    for (name, text) in orgs {
        workspace.write(name, text);
    }
    workspace
}

/// Starts a server that may ask; what it remembers is in the workspace's `state` folder.
fn start(workspace: &Workspace) -> Client {
    let state = workspace.path("state");
    let mut server = Setup::new()
        .capable()
        .folder(workspace)
        .env("SFORG_UPGRADE_PROMPT", "now")
        .env("SFORG_STATE_DIR", &state.to_string_lossy())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server
}

fn open(server: &mut Client, workspace: &Workspace, name: &str) {
    let text = workspace.read(name);
    server.open(&workspace.uri(name), 1, &text);
}

/// The question's text and its answers.
fn question(params: &Value) -> (String, Vec<String>) {
    let titles = params["actions"].as_array().into_iter().flatten();
    let titles = titles.filter_map(|action| Some(action["title"].as_str()?.to_owned()));
    (params["message"].as_str().unwrap_or_default().to_owned(), titles.collect())
}

fn answer(server: &mut Client, title: &str) -> (String, Vec<String>) {
    let params = server.serve("window/showMessageRequest", json!({ "title": title }));
    question(&params)
}

#[test]
fn accepting_upgrades_the_project() {
    let workspace = workspace(&[("new.sforg.json", OAUTH)]);
    let mut server = start(&workspace);
    open(&mut server, &workspace, "new.sforg.json");
    let (text, answers) = answer(&mut server, "Upgrade");
    assert_eq!(text, "\"Acme\" is on API 61.0; 68.0 (Winter '27) is available.");
    // An editor that nobody knows may take the first answer for a key too many.
    assert_eq!(answers, ["Not Now", "Details", "Upgrade"]);
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "\"68.0\"");
    let (_, message) = server.shown_message();
    assert!(message.starts_with("Upgraded \"Acme\" from API 61.0 to 68.0."), "{message}");
}

#[test]
fn with_a_basic_org_it_says_what_would_break_and_offers_what_does_not() {
    let orgs = [("new.sforg.json", OAUTH), ("old.sforg.json", &inheriting("Old"))];
    let workspace = workspace(&orgs);
    let mut server = start(&workspace);
    // The org that would break is never opened.
    open(&mut server, &workspace, "new.sforg.json");
    let (text, answers) = answer(&mut server, "Details");
    assert_eq!(
        text,
        "\"Acme\" is on API 61.0; 64.0 is safe. 68.0 would break Old (basic authentication)."
    );
    assert_eq!(answers, ["Not Now", "Details", "Upgrade to 64.0"]);
    let (text, answers) = answer(&mut server, "Upgrade to 64.0");
    let begin =
        "\"apiVersion\" in sforg-project.json: from 61.0 (Summer '24) to 64.0 (Summer '25).";
    let refused = " Changes for New, Old. API 68.0 (Winter '27) is not possible yet: \"Old\" uses";
    assert!(text.starts_with(begin) && text.contains(refused), "{text}");
    assert_eq!(answers, ["Not Now", "Don't Ask Again", "Upgrade to 64.0"]);
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "\"64.0\"");
    server.shown_message();
}

#[test]
fn where_no_version_is_safe_the_conversion_is_offered() {
    for (orgs, button, breaks) in
        [(vec!["Old"], "Convert Org…", "Old"), (vec!["Old", "Older"], "Convert 2 Orgs…", "2 orgs")]
    {
        let workspace = Workspace::new();
        workspace.write("sforg-project.json", r#"{ "name": "Acme", "apiVersion": "64.0" }"#);
        workspace.write("new.sforg.json", OAUTH);
        for name in &orgs {
            workspace.write(&format!("{name}.sforg.json"), inheriting(name));
        }
        let mut server = start(&workspace);
        open(&mut server, &workspace, "new.sforg.json");
        let (text, answers) = answer(&mut server, "Not Now");
        let says = format!(
            "\"Acme\" is on API 64.0; 68.0 is available. Upgrading would break {breaks}: basic authentication stops at 64.0."
        );
        assert_eq!(text, says);
        assert_eq!(answers, ["Not Now", "Details", button]);
    }
}

/// Whoever is in the middle of something is left alone, and asked another time.
#[test]
fn nothing_is_asked_while_a_file_is_unsaved_or_broken() {
    let workspace = workspace(&[("new.sforg.json", OAUTH)]);
    let mut server = start(&workspace);
    let uri = workspace.uri("new.sforg.json");
    server.open(&uri, 1, &OAUTH.replace("New", "Newer"));
    server.diagnostics(&uri, 1);
    // The request is answered after a question would have come.
    server.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
    server.replace(&uri, 2, OAUTH);
    let (text, _) = answer(&mut server, "Not Now");
    assert!(text.contains("68.0"), "{text}");
}

#[test]
fn a_question_that_is_closed_comes_again_another_day() {
    let workspace = workspace(&[("new.sforg.json", OAUTH)]);
    for _ in 0..2 {
        let mut server = start(&workspace);
        open(&mut server, &workspace, "new.sforg.json");
        server.serve("window/showMessageRequest", Value::Null);
        server.finish();
    }
}

#[test]
fn it_is_asked_once_and_remembered_outside_of_the_repository() {
    let workspace =
        workspace(&[("new.sforg.json", OAUTH), ("b.sforg.json", &OAUTH.replace("New", "B"))]);
    let mut server = start(&workspace);
    open(&mut server, &workspace, "new.sforg.json");
    answer(&mut server, "Not Now");
    let state = workspace.path("state/upgrade-answers.json");
    // The file is there before it is written.
    let is_kept = || std::fs::read_to_string(&state).is_ok_and(|text| text.contains("askedFor"));
    server.wait_until("the answer is kept", is_kept);
    open(&mut server, &workspace, "b.sforg.json");
    server.finish();

    let mut server = start(&workspace);
    open(&mut server, &workspace, "new.sforg.json");
    let uri = workspace.uri("new.sforg.json");
    server.diagnostics(&uri, 1);
    // Time enough for a question: the request is answered after it would have come.
    server.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri } }));
    server.finish();
}

#[test]
fn nothing_is_asked_in_a_workspace_that_is_not_trusted() {
    let workspace = workspace(&[("new.sforg.json", OAUTH)]);
    let state = workspace.path("state");
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .env("SFORG_UPGRADE_PROMPT", "now")
        .env("SFORG_STATE_DIR", &state.to_string_lossy())
        .param("initializationOptions", json!({ "workspaceTrusted": false }))
        .start();
    server.allow("textDocument/publishDiagnostics");
    open(&mut server, &workspace, "new.sforg.json");
    server.diagnostics(&workspace.uri("new.sforg.json"), 1);
    server.finish();
}

#[test]
fn an_org_that_cannot_be_told_could_break_and_cannot_be_converted() {
    let odd = inheriting("Odd").replace("\"type\"", "\"Type\"");
    let workspace = workspace(&[("new.sforg.json", OAUTH), ("odd.sforg.json", &odd)]);
    let mut server = start(&workspace);
    open(&mut server, &workspace, "new.sforg.json");
    let (text, answers) = answer(&mut server, "Not Now");
    // What is broken has a problem of its own.
    assert_eq!(text, "\"Acme\" is on API 61.0; 64.0 is available.");
    assert_eq!(answers, ["Not Now", "Details", "Upgrade to 64.0"]);
}

/// A server for an editor of this name.
fn editor(workspace: &Workspace, name: &str) -> Setup {
    Setup::new()
        .param("clientInfo", json!({ "name": name }))
        .folder(workspace)
        .env("SFORG_UPGRADE_PROMPT", "now")
        .env("SFORG_STATE_DIR", &workspace.path("state").to_string_lossy())
}

#[test]
fn where_a_question_would_take_the_keys_that_a_person_types_a_message_says_it() {
    for name in ["Neovim", "Eglot", "emacs", "helix", "coc.nvim", "vim-lsp"] {
        let orgs = [("new.sforg.json", OAUTH), ("old.sforg.json", &inheriting("Old"))];
        let workspace = workspace(&orgs);
        let mut server = editor(&workspace, name).start();
        server.allow("textDocument/publishDiagnostics");
        open(&mut server, &workspace, "new.sforg.json");
        let (kind, message) = server.shown_message();
        assert_eq!(kind, 3, "{name}: {message}");
        assert!(message.contains("\"Acme\"") && !message.contains('\n'), "{name}: {message}");
        let how = "choose the code action \"Convert all basic orgs to OAuth 2.0 client credentials\" or \"Upgrade project to API 64.0\".";
        assert!(message.ends_with(how), "{name}: {message}");
    }
}

#[test]
fn an_editor_that_keeps_questions_can_tell_which_one_nobody_asked_for() {
    let workspace = workspace(&[("new.sforg.json", OAUTH)]);
    let mut server = editor(&workspace, "Neovim")
        .capability("window/showMessage/messageActionItem/additionalPropertiesSupport", true)
        .capability("experimental/keepsQuestions", true)
        .start();
    server.allow("textDocument/publishDiagnostics");
    open(&mut server, &workspace, "new.sforg.json");
    let question = server.serve("window/showMessageRequest", json!({ "title": "Not Now" }));
    let project = workspace.uri("sforg-project.json");
    for action in question["actions"].as_array().expect("answers") {
        assert_eq!(action["unasked"], true, "{question}");
        assert_eq!(action["project"], project.as_str(), "{question}");
    }
}
