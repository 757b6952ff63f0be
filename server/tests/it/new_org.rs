//! `sforg/newOrg`: from questions to a tested login and its files, and nothing before that.

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, PRODUCTION, Simulator, UAT, behaviour_client_id};
use test_support::{Client, Setup, Workspace};

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn server(workspace: &Workspace, simulator: &Handle) -> Client {
    let mut server = Setup::new().folder(workspace).allow_login_host(&simulator.http_url).start();
    server.allow("textDocument/publishDiagnostics");
    server
}

/// All that a person answers for a sandbox on OAuth 2.0 whose secret goes to `.env`.
fn answers(simulator: &Handle) -> Value {
    json!({
        "name": "Acme UAT",
        "kind": "sandbox",
        "apiVersion": "66.0",
        "auth": "oauth2-client-credentials",
        "instanceUrl": simulator.http_url,
        "clientId": UAT.client_id,
        "where": "env",
        "secret": "entered",
    })
}

fn with(mut answers: Value, step: &str, value: &str) -> Value {
    answers[step] = json!(value);
    answers
}

fn finish(server: &mut Client, answers: &Value, more: Value) -> Value {
    let mut params = json!({ "answers": answers, "secret": { "secret": UAT.client_secret } });
    if let (Some(params), Value::Object(more)) = (params.as_object_mut(), more) {
        params.extend(more);
    }
    server.ask("sforg/newOrg/finish", params)
}

fn ids(items: &Value) -> Vec<&str> {
    let items = items.as_array().expect("items").iter();
    items.filter_map(|item| item["id"].as_str()).collect()
}

/// No file of the wizard's is there.
fn expect_nothing(workspace: &Workspace) {
    for name in ["orgs", "sforg-project.json", ".env", ".gitignore"] {
        assert!(!workspace.path(name).exists(), "{name} is there");
    }
}

#[test]
fn clients_that_know_commands_alone_make_one_by_a_command() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let mut server = server(&workspace, &simulator);
    let execute = |argument: Value| json!({ "command": "sforg.newOrg", "arguments": [argument] });
    let wrong = execute(json!({ "answers": UAT.client_secret }));
    let refused = server.request("workspace/executeCommand", wrong).expect_err("no answers");
    assert!(!refused.message.contains(UAT.client_secret), "{refused}");
    assert!(refused.message.contains("sforg/newOrg/finish"), "{refused}");
    expect_nothing(&workspace);
    let secret = json!({ "secret": UAT.client_secret });
    let right = json!({ "answers": answers(&simulator), "secret": secret, "test": true });
    let saved = server.ask("workspace/executeCommand", execute(right));
    assert_eq!(saved["outcome"], "saved", "{saved}");
    assert!(workspace.path("orgs/acme-uat.sforg.json").exists());
}

#[test]
fn steps_lead_to_the_end() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let mut server = server(&workspace, &simulator);
    let first = server.ask("sforg/newOrg", json!({}));
    assert_eq!(
        (&first["id"], &first["number"], &first["total"]),
        (&json!("name"), &json!(1), &json!(9))
    );
    assert_eq!((&first["title"], &first["back"]), (&json!("New Salesforce Org"), &json!(null)));
    let all = answers(&simulator);
    let mut given = json!({});
    let mut asked = Vec::new();
    loop {
        let question = server.ask("sforg/newOrg", json!({ "answers": given }));
        let id = question["id"].as_str().expect("a step").to_owned();
        asked.push(id.clone());
        if id == "finish" {
            assert_eq!(ids(&question["items"]), ["test", "save", "folder"]);
            assert_eq!(question["busy"]["title"], "Testing Acme UAT…");
            break;
        }
        given[&id] = all[&id].clone();
    }
    assert_eq!(
        asked,
        [
            "name",
            "kind",
            "apiVersion",
            "auth",
            "instanceUrl",
            "clientId",
            "where",
            "secret",
            "finish"
        ]
    );
    // Back keeps what was entered; forward is the next one, whatever has an answer.
    let back = server.ask("sforg/newOrg", json!({ "answers": given, "step": "clientId" }));
    assert_eq!(back["value"], UAT.client_id);
    let next = server.ask("sforg/newOrg", json!({ "answers": given, "after": "clientId" }));
    assert_eq!((&next["id"], &next["value"]), (&json!("where"), &json!("env")));
    // There is no keyring here.
    assert_eq!(ids(&next["items"]), ["env", "variable", "file", "keyring"]);
    let check = json!({ "answers": given, "id": "where", "value": "keyring" });
    let found = server.ask("sforg/newOrg/check", check);
    assert_eq!((&found["accepts"], &found["severity"]), (&json!(false), &json!("error")));
    let check = json!({ "answers": given, "id": "secret", "value": UAT.client_id });
    let found = server.ask("sforg/newOrg/check", check);
    assert_eq!(found["message"], "This is the client ID. Paste the Consumer Secret.");
    expect_nothing(&workspace);
}

#[test]
fn a_login_that_works_is_saved_and_known() {
    let (workspace, state, simulator) = (Workspace::new(), Workspace::new(), simulator());
    std::fs::create_dir(workspace.path(".git")).expect("a folder");
    let setup = Setup::new().folder(&workspace).allow_login_host(&simulator.http_url);
    let mut server = setup.env("SFORG_STATE_DIR", &state.path("").to_string_lossy()).start();
    server.allow("textDocument/publishDiagnostics");
    let saved = finish(&mut server, &answers(&simulator), json!({ "test": true }));
    assert_eq!(saved["outcome"], "saved", "{saved}");
    assert_eq!(saved["message"], "Acme UAT saved and logged in");
    let uri = workspace.uri("orgs/acme-uat.sforg.json");
    assert_eq!(saved["uri"], uri);
    assert_eq!(saved["files"], json!([workspace.uri("sforg-project.json"), uri]));
    assert_eq!(workspace.read("sforg-project.json"), "{\n  \"apiVersion\": \"66.0\"\n}\n");
    assert_eq!(workspace.read(".env"), format!("ACME_UAT_CLIENT_SECRET={}\n", UAT.client_secret));
    assert_eq!(workspace.read(".gitignore"), ".env\n");
    let text = workspace.read("orgs/acme-uat.sforg.json");
    assert!(text.contains("\"clientSecret\": \"${env:ACME_UAT_CLIENT_SECRET}\""), "{text}");
    assert_eq!(text.lines().nth(1), Some("  \"name\": \"Acme UAT\","), "where the cursor is put");
    // Whoever has just chosen the API version is not asked to upgrade it.
    let asked = state.read("upgrade-answers.json");
    assert!(asked.contains("sforg-project.json"), "{asked}");
    assert_eq!(simulator.stats().oauth_logins.sessions, 1);
    // The next org goes into the project that is there now.
    let second = server.ask("sforg/newOrg", json!({ "answers": { "name": "Acme QA" } }));
    assert_eq!(second["total"], 8, "{second}");
    // The file knows its result, and nobody is asked where its secret may go.
    server.open(&uri, 1, &text);
    let lenses = server.code_lens_titles(&uri);
    assert!(lenses.iter().any(|title| title.contains("Logged in as")), "{lenses:?}");
    server.test_login(&uri);
    let (_, said) = server.shown_message();
    assert!(said.contains("Logged in as"), "{said}");
    test_support::expect_silence(&server, &[UAT.client_secret]);
}

#[test]
fn salesforce_and_the_person_may_disagree() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let mut server = server(&workspace, &simulator);
    let wrong = with(answers(&simulator), "kind", "production");
    let asked = finish(&mut server, &wrong, json!({ "test": true }));
    assert_eq!(asked["title"], "Logged in, but this is a sandbox", "{asked}");
    assert_eq!(ids(&asked["items"]), ["sandbox", "production", "back"]);
    expect_nothing(&workspace);
    let saved = finish(&mut server, &wrong, json!({ "test": false, "sandbox": true }));
    assert_eq!(saved["message"], "Acme UAT saved and logged in", "{saved}");
    assert!(workspace.read("orgs/acme-uat.sforg.json").contains("\"sandbox\": true"));
    assert_eq!(simulator.stats().oauth_logins.sessions, 1, "nothing is sent twice");
}

#[test]
fn a_wrong_secret_is_entered_again_and_nothing_is_there_before() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let mut server = server(&workspace, &simulator);
    let wrong = json!({ "test": true, "secret": { "secret": PRODUCTION.client_secret } });
    let asked = finish(&mut server, &answers(&simulator), wrong.clone());
    assert_eq!(
        (&asked["outcome"], &asked["step"]),
        (&json!("question"), &json!("secret")),
        "{asked}"
    );
    assert_eq!(asked["title"], "Login failed: wrong client secret");
    assert_eq!(ids(&asked["items"]), ["again", "steps", "test", "save", "back"]);
    assert!(asked["steps"].as_array().is_some_and(|steps| !steps.is_empty()), "{asked}");
    expect_nothing(&workspace);
    // The result of one secret is not that of another.
    let other = with(answers(&simulator), "name", "Acme other");
    finish(&mut server, &other, wrong.clone());
    let saved = finish(&mut server, &other, json!({ "test": false }));
    assert_eq!(saved["message"], "Acme other saved");
    finish(&mut server, &answers(&simulator), wrong.clone());
    // Whoever saves it all the same has the failure in the file's lens.
    let mut anyway = wrong;
    anyway["test"] = json!(false);
    let saved = finish(&mut server, &answers(&simulator), anyway);
    assert_eq!(saved["message"], "Acme UAT saved, although its login failed");
    let uri = workspace.uri("orgs/acme-uat.sforg.json");
    server.open(&uri, 1, &workspace.read("orgs/acme-uat.sforg.json"));
    let lenses = server.code_lens_titles(&uri);
    assert!(lenses.iter().any(|title| title.contains("Wrong client secret")), "{lenses:?}");
    test_support::expect_silence(&server, &[UAT.client_secret, PRODUCTION.client_secret]);
}

#[test]
fn of_two_wizards_with_one_name_the_second_chooses_another() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let (mut one, mut two) = (server(&workspace, &simulator), server(&workspace, &simulator));
    for server in [&mut one, &mut two] {
        let check = json!({ "id": "name", "value": "Acme UAT" });
        let found = server.ask("sforg/newOrg/check", check);
        assert_eq!(found["message"], "Will be saved as orgs/acme-uat.sforg.json");
    }
    let given = answers(&simulator);
    assert_eq!(finish(&mut one, &given, json!({ "test": false }))["outcome"], "saved");
    let text = workspace.read("orgs/acme-uat.sforg.json");
    let refused = finish(&mut two, &given, json!({ "test": true }));
    assert_eq!(
        (&refused["outcome"], &refused["step"]),
        (&json!("refused"), &json!("name")),
        "{refused}"
    );
    assert_eq!(refused["message"], "\"Acme UAT\" is taken by orgs/acme-uat.sforg.json.");
    assert_eq!(workspace.read("orgs/acme-uat.sforg.json"), text);
    assert_eq!(simulator.stats().connections, 0, "nothing is sent for what cannot be saved");
    let other = with(given, "name", "Acme uat 2");
    let saved = finish(&mut two, &other, json!({ "test": false }));
    assert_eq!(saved["uri"], workspace.uri("orgs/acme-uat-2.sforg.json"));
    // The first one's secret is not touched.
    assert!(
        workspace.read("orgs/acme-uat-2.sforg.json").contains("${env:ACME_UAT_2_CLIENT_SECRET}")
    );
}

#[test]
fn what_cannot_be_written_leaves_nothing() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    std::fs::create_dir(workspace.path(".env")).expect("a folder in the place of the file");
    let mut server = server(&workspace, &simulator);
    let params = json!({ "answers": answers(&simulator), "secret": { "secret": UAT.client_secret }, "test": true });
    let refused = server.request("sforg/newOrg/finish", params).expect_err("refused");
    assert!(refused.message.starts_with("Nothing was saved: "), "{}", refused.message);
    assert!(!workspace.path("orgs").exists() && !workspace.path("sforg-project.json").exists());
    // A file where the folder should be is told at the first step.
    let workspace = Workspace::new();
    workspace.write("orgs", "no folder");
    let mut server = self::server(&workspace, &simulator);
    let refused = server.request("sforg/newOrg", json!({})).expect_err("refused");
    assert!(refused.message.contains("orgs is a file"), "{}", refused.message);
}

#[test]
fn a_project_that_is_broken_stays_as_it_is() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let broken = "{ \"apiVersion\": ";
    workspace.write("sforg-project.json", broken);
    workspace.write("orgs/broken.sforg.json", b"\xff\xfe".as_slice());
    let mut server = server(&workspace, &simulator);
    let given = with(answers(&simulator), "where", "variable");
    let saved = finish(&mut server, &given, json!({ "test": false }));
    assert_eq!(saved["files"], json!([workspace.uri("orgs/acme-uat.sforg.json")]), "{saved}");
    assert_eq!(workspace.read("sforg-project.json"), broken);
}

#[test]
fn whoever_closes_the_list_ends_the_login() {
    let (workspace, simulator) = (Workspace::new(), simulator());
    let mut server = server(&workspace, &simulator);
    let slow = with(answers(&simulator), "clientId", &behaviour_client_id("hang"));
    let params =
        json!({ "answers": slow, "secret": { "secret": UAT.client_secret }, "test": true });
    let id = server.send("sforg/newOrg/finish", params);
    server.wait_until("the login is under way", || simulator.stats().connections > 0);
    server.notify("$/cancelRequest", json!({ "id": id }));
    let answer = server.answer(&id).expect_err("cancelled");
    assert_eq!(answer.code, -32800, "{answer:?}");
    expect_nothing(&workspace);
    // The server goes on.
    let first = server.ask("sforg/newOrg", json!({}));
    assert_eq!(first["id"], "name");
}

#[test]
fn an_untrusted_workspace_gets_no_org() {
    let workspace = Workspace::new();
    let mut server = Setup::new()
        .folder(&workspace)
        .param("initializationOptions", json!({ "workspaceTrusted": false }))
        .start();
    for (method, params) in [
        ("sforg/newOrg", json!({})),
        ("sforg/newOrg/check", json!({ "id": "name", "value": "A" })),
        ("sforg/newOrg/finish", json!({ "answers": {}, "test": true })),
    ] {
        let refused = server.request(method, params).expect_err("refused");
        assert!(refused.message.starts_with("Trust this workspace first"), "{}", refused.message);
    }
}

#[test]
fn without_a_folder_it_says_what_to_do() {
    let mut server = Setup::new().start();
    let refused = server.request("sforg/newOrg", json!({})).expect_err("refused");
    assert_eq!(refused.message, "Open a folder first: the org files go there.");
}

#[cfg(unix)]
mod in_the_terminal {
    use test_support::{CommandLine, Terminal};

    use super::*;

    fn sforg(workspace: &Workspace, simulator: &Handle) -> CommandLine {
        CommandLine::new(workspace, &["new", "--allow-login-host", &simulator.http_url])
            .env("LANG", "C.UTF-8")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env("TERM", "xterm")
    }

    #[test]
    fn questions_lead_to_a_tested_login() {
        let (workspace, simulator) = (Workspace::new(), simulator());
        let mut terminal = Terminal::open();
        let command = sforg(&workspace, &simulator).reads(terminal.stream());
        let running = command.writes_to(terminal.stream(), terminal.stream()).start();
        terminal.answer("Name of the org          ›", "a/b\n");
        // What is typed before the question is there is no answer to it.
        terminal.answer("or :.\r\n  Name of the org          ›", "Acme UAT\n");
        terminal.answer("[Sandbox], Production", "\n");
        terminal.answer("[66.0] or another", "64\n");
        terminal.answer("[OAuth 2.0], user name and password", "?\n");
        terminal.answer("Secret.\r\n  Log in with              ›", "\n");
        terminal.answer("My Domain URL            ›", &format!("{}/x\n", simulator.http_url));
        terminal.answer("Client ID (Consumer Key) ›", &format!("{}\n", UAT.client_id));
        terminal.answer("[.env], environment, file, keyring", ".env\n");
        terminal.answer("Client secret            ›", &format!("{}\n", PRODUCTION.client_secret));
        terminal.answer("Test the login?          › [Y/n]", "\n");
        terminal.answer("What now?", "1\n");
        let again = "1\r\n  Client secret            ›";
        terminal.answer(again, &format!("{}\n", UAT.client_secret));
        let ran = running.finish();
        let seen = terminal.screen();
        assert_eq!(ran.code, 0, "{seen}");
        for part in [
            "Login failed: wrong client secret",
            "✓ Logged in as",
            "✓ orgs/acme-uat.sforg.json",
            "✓ sforg-project.json",
        ] {
            assert!(seen.contains(part), "{part}: {seen}");
        }
        assert!(!seen.contains(UAT.client_secret) && !seen.contains(PRODUCTION.client_secret));
        for line in seen.lines() {
            // What a person enters is as long as it is.
            let is_entered = line.contains("3MVG9") || line.contains('•');
            assert!(is_entered || line.trim_end().chars().count() <= 80, "{line:?}");
        }
        assert!(workspace.read("sforg-project.json").contains("64.0"));
        assert!(workspace.read(".env").contains(UAT.client_secret));
    }

    #[test]
    fn whoever_leaves_finds_nothing_written() {
        let (workspace, simulator) = (Workspace::new(), simulator());
        let mut terminal = Terminal::open();
        let command = sforg(&workspace, &simulator).reads(terminal.stream());
        let running = command.writes_to(terminal.stream(), terminal.stream()).start();
        terminal.answer("Name of the org", "Acme\n");
        // The end of the input.
        terminal.answer("[Production], Sandbox", "\u{4}");
        let ran = running.finish();
        let seen = terminal.screen();
        assert_eq!(ran.code, 2, "{seen}");
        assert!(seen.contains("nothing was written"), "{seen}");
        expect_nothing(&workspace);
    }

    #[test]
    fn without_a_terminal_it_says_what_to_do() {
        let workspace = Workspace::new();
        let ran = CommandLine::new(&workspace, &["new"]).run();
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains("needs a terminal"), "{ran:?}");
        expect_nothing(&workspace);
    }
}
