//! Code actions are found by range, whatever diagnostics the client sends.

use serde_json::{Value, json};
use test_support::{
    Client, Encoding, Position, Range, Setup, Workspace, WorkspaceEdit, basic_org, oauth_org,
};

const URI: &str = "untitled:actions";
const TEST: &str = "Test Salesforce Login";
const CONVERT: &str = "Convert to OAuth 2.0 client credentials";
const COMPLETE: &str = "Complete server host";

/// Two mistakes with a safe fix each, and one without.
const BROKEN: &str = "{\n  \"name\": \"🏢\", // who\n  \"Description\": \"x\",\n  \"auth\": {\n    \"type\": \"basic\",\n    \"username\": \"u@acme.example.com\",\n    \"password\": \"${env:ACME_PASSWORD}\",\n  }\n}\n";

fn session(text: &str) -> Client {
    let mut server = Setup::new().capable().start();
    server.open(URI, 3, text);
    server.diagnostics(URI, 3);
    server
}

fn titles(actions: &[Value]) -> Vec<&str> {
    actions.iter().filter_map(|action| action["title"].as_str()).collect()
}

fn whole() -> Range {
    Range::new(Position::new(0, 0), Position::new(2_147_483_647, 0))
}

#[test]
fn the_main_actions_are_there_wherever_the_cursor_stands() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    for line in 0..text.lines().count() + 2 {
        let actions = server.code_actions(URI, Range::empty(Position::new(line, 0)));
        for title in [TEST, CONVERT] {
            assert!(titles(&actions).contains(&title), "{title} on line {line}");
        }
    }
    let actions = server.code_actions(URI, Range::new(Position::new(9, 9), Position::new(0, 0)));
    assert!(titles(&actions).contains(&TEST), "an inverted range");
}

#[test]
fn fixes_are_found_by_range_and_not_by_the_diagnostics_of_the_client() {
    let mut server = session(BROKEN);
    let at = |part| Range::of_text(BROKEN, part, Encoding::Utf16);
    for (place, expected) in [("// who", "comment"), ("\"Description\"", "unknown-member")] {
        let bare = server.code_actions(URI, at(place));
        // What other servers, other versions and confused clients send makes no difference.
        let other = json!({"diagnostics": [
            {"range": at("\"auth\"").json(), "message": "another server's", "code": 7},
            {"range": whole().json(), "message": "stale", "source": "sforg", "code": "no-such-rule", "data": {"x": []}},
        ]});
        assert_eq!(server.code_actions_in(URI, at(place), other), bare);
        let fix = bare.iter().find(|action| action["kind"] == "quickfix").expect("a fix");
        assert_eq!(fix["diagnostics"][0]["code"], expected);
        assert_eq!(fix["diagnostics"][0]["range"], at(place).json());
    }
    let elsewhere = server.code_actions(URI, at("\"auth\""));
    assert!(elsewhere.iter().all(|action| action["kind"] != "quickfix"), "{elsewhere:#?}");
}

#[test]
fn a_fix_can_be_applied() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        let mut server = Setup::new().encoding(encoding).start();
        server.open(URI, 3, BROKEN);
        server.diagnostics(URI, 3);
        let place = Range::of_text(BROKEN, "// who", encoding);
        let fix = server
            .code_actions(URI, place)
            .into_iter()
            .find(|action| action["kind"] == "quickfix")
            .expect("a fix");
        let text = WorkspaceEdit::of(&fix["edit"], URI).apply(BROKEN, encoding);
        server.replace(URI, 4, &text);
        let published = server.diagnostics(URI, 4);
        assert!(!published.has("comment"), "{text}");
        assert!(published.has("unknown-member") && published.has("trailing-comma"));
    }
}

#[test]
fn only_the_kinds_that_are_asked_for() {
    let mut server = session(BROKEN);
    let mut kinds_for = |only: Value| -> Vec<String> {
        let context = json!({"diagnostics": [], "only": only});
        let actions = server.code_actions_in(URI, whole(), context);
        let mut kinds: Vec<_> = actions
            .iter()
            .map(|action| action["kind"].as_str().unwrap_or("none").to_owned())
            .collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds_for(json!(["quickfix"])), ["quickfix"]);
    // The empty kind stands for all; the login test has that one.
    let all = ["", "quickfix", "refactor.rewrite", "source.fixAll.sforg"];
    assert_eq!(kinds_for(json!([""])), all);
    assert_eq!(kinds_for(json!(["refactor"])), ["refactor.rewrite"]);
    assert_eq!(kinds_for(json!(["refactor.rewrite"])), ["refactor.rewrite"]);
    assert_eq!(kinds_for(json!(["refactor.re"])), [] as [&str; 0]);
    assert_eq!(kinds_for(json!(["refactor.extract"])), [] as [&str; 0]);
    assert_eq!(kinds_for(json!(["source"])), ["source.fixAll.sforg"]);
    assert_eq!(kinds_for(json!(["source.fixAll"])), ["source.fixAll.sforg"]);
    assert_eq!(kinds_for(json!(["source.fixAll.sforg"])), ["source.fixAll.sforg"]);
    assert_eq!(kinds_for(json!(["source.fixAll.eslint"])), [] as [&str; 0]);
    assert_eq!(kinds_for(json!(["source.organizeImports"])), [] as [&str; 0]);
    assert_eq!(
        kinds_for(json!(["quickfix", "source.fixAll"])),
        ["quickfix", "source.fixAll.sforg"]
    );
    assert_eq!(kinds_for(json!([])), [] as [&str; 0]);
}

#[test]
fn fix_all_applies_every_safe_fix_at_once() {
    let mut server = session(BROKEN);
    let context = json!({"diagnostics": [], "only": ["source.fixAll"]});
    let actions = server.code_actions_in(URI, Range::empty(Position::new(0, 0)), context.clone());
    let [action] = &actions[..] else { panic!("{actions:#?}") };
    let edit = WorkspaceEdit::of(&action["edit"], URI);
    assert_eq!(edit.version, Some(3));
    let fixed = edit.apply(BROKEN, Encoding::Utf16);
    // A comment is a person's, so it stays.
    let expected =
        BROKEN.replace("Description", "description").replace("_PASSWORD}\",", "_PASSWORD}\"");
    assert_eq!(fixed, expected);
    server.replace(URI, 4, &fixed);
    server.diagnostics(URI, 4);
    let again = server.code_actions_in(URI, Range::empty(Position::new(0, 0)), context);
    assert_eq!(again, [] as [Value; 0]);
}

#[test]
fn conversion_is_preferred_on_the_finding_that_it_mends() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    let place = Range::of_text(&text, "\"basic\"", Encoding::Utf16);
    let on_finding = server.code_action(URI, place, CONVERT);
    assert_eq!(on_finding["kind"], "refactor.rewrite");
    assert_eq!(on_finding["isPreferred"], true);
    assert_eq!(on_finding["diagnostics"][0]["code"], "basic-auth-retiring");
    let elsewhere = server.code_action(URI, Range::empty(Position::new(0, 0)), CONVERT);
    assert_eq!(elsewhere.get("isPreferred"), None);
}

#[test]
fn the_server_host_is_completed() {
    let text = basic_org("Acme", &[("sandbox", "true")]);
    let mut server = session(&text);
    let elsewhere = server.code_actions(URI, Range::empty(Position::new(0, 0)));
    assert!(!titles(&elsewhere).contains(&COMPLETE), "it is about the host");
    let sandbox = Range::of_text(&text, "\"sandbox\"", Encoding::Utf16);
    let action = server.code_action(URI, sandbox, COMPLETE);
    assert_eq!(action["kind"], "quickfix");
    let only = |kind: &str| json!({"diagnostics": [], "only": [kind]});
    for place in [sandbox, Range::empty(Position::new(0, 0))] {
        let refactorings = server.code_actions_in(URI, place, only("refactor"));
        assert!(titles(&refactorings).contains(&COMPLETE), "{refactorings:#?}");
    }
    let fixes = server.code_actions_in(URI, Range::empty(Position::new(0, 0)), only("quickfix"));
    assert!(!titles(&fixes).contains(&COMPLETE), "{fixes:#?}");
    let edit = WorkspaceEdit::of(&action["edit"], URI);
    let completed = edit.apply(&text, Encoding::Utf16);
    assert!(completed.contains("\"serverHost\": \"test.salesforce.com\""), "{completed}");
    let value: Value = serde_json::from_str(&completed).expect("JSON");
    assert_eq!(value["name"], "Acme");

    // As a command.
    server.execute("sforg.completeServerHost", json!({"uri": URI}));
    let request = server.serve("workspace/applyEdit", json!({"applied": true}));
    assert_eq!(WorkspaceEdit::of(&request["edit"], URI), edit);
    server.replace(URI, 4, &completed);
    server.diagnostics(URI, 4);
    server.execute("sforg.completeServerHost", json!({"uri": URI}));
    let (_, message) = server.shown_message();
    assert!(message.contains("no server host to complete"), "{message}");
}

#[test]
fn what_is_no_org_has_no_org_actions() {
    let mut server = Setup::new().start();
    for (uri, text) in [
        ("untitled:empty", ""),
        ("untitled:list", "[]"),
        ("untitled:open", "{"),
        ("file:///w/sforg-project.json", "{\"apiVersion\": \"64.0\"}"),
    ] {
        server.open(uri, 1, text);
        server.diagnostics(uri, 1);
        let actions = server.code_actions(uri, whole());
        for title in [TEST, CONVERT] {
            assert!(!titles(&actions).contains(&title), "{title} on {text:?}");
        }
    }
    assert_eq!(server.code_actions("untitled:never-opened", whole()), [] as [Value; 0]);
    server.allow("textDocument/publishDiagnostics");
}

#[test]
fn without_document_changes_an_edit_names_no_version() {
    let mut server = Setup::new().start();
    server.open(URI, 3, BROKEN);
    server.diagnostics(URI, 3);
    let action = server.code_action(URI, whole(), CONVERT);
    assert!(action["edit"]["changes"].is_object());
    assert_eq!(action["edit"].get("documentChanges"), None);
}

#[test]
fn lenses_stand_over_auth() {
    let text = basic_org("Acme", &[]);
    let mut server = session(&text);
    assert_eq!(server.code_lens_titles(URI), [TEST, "Convert to OAuth"]);
    let lenses = server.ask("textDocument/codeLens", json!({"textDocument": {"uri": URI}}));
    let auth = Range::of_text(&text, "\"auth\"", Encoding::Utf16);
    for lens in lenses.as_array().expect("lenses") {
        assert_eq!(Range::of(&lens["range"]), auth);
        assert_eq!(lens["command"]["arguments"], json!([{"uri": URI}]));
    }
}

#[test]
fn a_project_file_is_offered_first_where_there_is_none() {
    let workspace = Workspace::new();
    let id = format!("3MVG9EXAMPLE.NOTREAL.{:064}", 1);
    let text = oauth_org("Acme", "https://acme.my.salesforce.com", &id, "${env:S}");
    let text = text.replace("  \"apiVersion\": \"61.0\",\n", "");
    workspace.write("orgs/acme.sforg.json", &text);
    let uri = workspace.uri("orgs/acme.sforg.json");
    let offered = |setup: Setup| {
        let mut server = setup.folder(&workspace).start();
        server.allow("textDocument/publishDiagnostics");
        server.open(&uri, 1, &text);
        let name = Range::of_text(&text, "\"Acme\"", Encoding::Utf16);
        let context = json!({"diagnostics": [], "only": ["quickfix"]});
        server.code_actions_in(&uri, name, context)
    };
    let operations = "workspace/workspaceEdit/resourceOperations";
    let actions = offered(Setup::new().capable().capability(operations, json!(["create"])));
    let expected = ["Create sforg-project.json with API 66.0", "Add \"apiVersion\": \"66.0\""];
    assert_eq!(titles(&actions), expected);
    assert_eq!((&actions[0]["isPreferred"], actions[1].get("isPreferred")), (&json!(true), None));
    let project = workspace.uri("sforg-project.json");
    let changes = &actions[0]["edit"]["documentChanges"];
    assert_eq!(changes[0], json!({"kind": "create", "uri": project}));
    assert_eq!(changes[1]["textDocument"]["uri"], project.as_str());
    assert_eq!(changes[1]["edits"][0]["newText"], "{\n  \"apiVersion\": \"66.0\"\n}\n");
    // A client whose edits make no files.
    assert_eq!(titles(&offered(Setup::new()))[..1], expected[1..]);
}

#[test]
fn a_host_of_ones_own_leads_to_the_setting() {
    let mut server =
        Setup::new().capable().capability("experimental/sforg", json!(["show"])).start();
    server.allow("textDocument/publishDiagnostics");
    let text = oauth_org("Acme", "http://127.0.0.1:8080", "3MVG9", "${env:S}");
    server.open(URI, 1, &text);
    let url = Range::of_text(&text, "\"http://127.0.0.1:8080\"", Encoding::Utf16);
    let action = server.code_action(URI, url, "Allow Logins at 127.0.0.1:8080…");
    assert_eq!(action["kind"], "quickfix");
    let arguments = action["command"]["arguments"][0].clone();
    server.execute("sforg.showAllowedHosts", arguments);
    let shown = server.notification("sforg/show");
    assert_eq!(shown["page"], "allowedHosts");
}
