//! The one question that comes unasked: a project uses a previous API version.

use serde_json::{Value, json};
use test_support::{Client, Setup, Workspace, basic_org};

const PROJECT: &str = r#"{ "name": "Acme", "apiVersion": "61.0" }"#;
const OAUTH: &str = r#"{ "name": "New", "auth": { "type": "oauth2-client-credentials" } }"#;

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
        .env("SFORG_UPGRADE_PROMPT", "on")
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
    assert!(text.contains("\"Acme\"") && text.contains("68.0"), "{text}");
    assert_eq!(answers, ["Upgrade", "Show what changes", "Not now", "Never for this project"]);
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "\"68.0\"");
    let (_, message) = server.shown_message();
    assert!(message.contains("68.0"), "{message}");
}

#[test]
fn with_a_basic_org_it_says_what_would_break_and_offers_what_does_not() {
    let orgs = [("new.sforg.json", OAUTH), ("old.sforg.json", &inheriting("Old"))];
    let workspace = workspace(&orgs);
    let mut server = start(&workspace);
    // The org that would break is never opened.
    open(&mut server, &workspace, "new.sforg.json");
    let (text, answers) = answer(&mut server, "Show what changes");
    assert!(text.contains("\"Old\" uses basic authentication"), "{text}");
    let expected = [
        "Convert basic orgs…",
        "Upgrade to API 64.0",
        "Show what changes",
        "Not now",
        "Never for this project",
    ];
    assert_eq!(answers, expected);
    let (text, answers) = answer(&mut server, "Upgrade to API 64.0");
    assert!(text.contains("\"68.0\"") && text.contains("refused for now"), "{text}");
    assert!(!answers.iter().any(|title| title == "Show what changes"));
    let edit = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(edit["edit"]["documentChanges"][0]["edits"][0]["newText"], "\"64.0\"");
    server.shown_message();
}

#[test]
fn it_is_asked_once_and_remembered_outside_of_the_repository() {
    let workspace = workspace(&[("new.sforg.json", OAUTH), ("b.sforg.json", OAUTH)]);
    let mut server = start(&workspace);
    open(&mut server, &workspace, "new.sforg.json");
    answer(&mut server, "Not now");
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
        .env("SFORG_UPGRADE_PROMPT", "on")
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
    let (text, answers) = answer(&mut server, "Not now");
    assert!(text.contains("could break orgs") && text.contains("\"Odd\""), "{text}");
    let expected =
        ["Upgrade to API 64.0", "Show what changes", "Not now", "Never for this project"];
    assert_eq!(answers, expected);
}

/// A server for an editor of this name.
fn editor(workspace: &Workspace, name: &str) -> Setup {
    Setup::new()
        .param("clientInfo", json!({ "name": name }))
        .folder(workspace)
        .env("SFORG_UPGRADE_PROMPT", "on")
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
    let question = server.serve("window/showMessageRequest", json!({ "title": "Not now" }));
    let project = workspace.uri("sforg-project.json");
    for action in question["actions"].as_array().expect("answers") {
        assert_eq!(action["unasked"], true, "{question}");
        assert_eq!(action["project"], project.as_str(), "{question}");
    }
}
