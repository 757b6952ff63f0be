//! Whatever the text is that others wrote, and wherever it stands: what a person reads holds no
//! character that does something, no link to a command, and no more of it than anybody reads.

use serde_json::{Value, json};
use sforg_simulator::{
    HOSTILE, Handle, Options, PRODUCTION, Simulator, behaviour_client_id, behaviour_username,
};
use test_support::{
    Client, CommandLine, Direction, Position, Range, Setup, Workspace, basic_org, oauth_org,
};

/// Longer than any message; what is foreign in one has at most 200 characters.
const LONGEST: usize = 4_500;
/// A whole name; so long that it must be cut.
fn long() -> String {
    format!("{HOSTILE}{}", "x".repeat(5_000))
}

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

/// A name of a file with all of it that a file system takes.
fn file_name() -> String {
    let name: String = HOSTILE.chars().filter(|c| !matches!(c, '/' | '\0')).take(60).collect();
    format!("{name}\u{1b}]0;t\u{7}](command:x).sforg.json")
}

/// What is wrong with a text that a person reads.
fn fault(text: &str) -> Option<String> {
    let acts = |c: char| {
        let is_bidi = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let is_zero_width = matches!(
            c,
            '\u{200b}'..='\u{200d}' | '\u{2028}' | '\u{2029}' | '\u{2060}' | '\u{feff}'
        );
        (c.is_control() && c != '\n') || is_bidi || is_zero_width
    };
    if let Some(c) = text.chars().find(|c| acts(*c)) {
        return Some(format!("{c:?} in {text:?}"));
    }
    if text.lines().any(|line| line.trim_start().starts_with("::add-mask")) {
        return Some(format!("a command in {text:?}"));
    }
    None
}

/// The texts for people in a message of the server.
fn shown(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| shown(item, texts)),
        Value::Object(members) => {
            for (name, member) in members {
                let is_text = matches!(
                    name.as_str(),
                    "message"
                        | "title"
                        | "label"
                        | "detail"
                        | "reason"
                        | "tooltip"
                        | "name"
                        | "containerName"
                        | "value"
                        | "documentation"
                );
                match member {
                    Value::String(text) if is_text => texts.push(text.clone()),
                    _ if matches!(name.as_str(), "data" | "arguments" | "capabilities") => {}
                    member => shown(member, texts),
                }
            }
        }
        _ => {}
    }
}

/// Looks at every message of the server so far; how many texts there were.
fn look(server: &Client) -> usize {
    let mut texts = Vec::new();
    for message in server.transcript(Direction::FromServer) {
        let message: Value = serde_json::from_str(&message).expect("JSON");
        shown(&message, &mut texts);
    }
    let is_wrong = |text: &String| text.contains("](") || text.chars().count() > LONGEST;
    let other = |text: &String| is_wrong(text).then(|| format!("a link, or too long: {text:?}"));
    let faults = texts.iter().filter_map(|text| fault(text).or_else(|| other(text)));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{faults:#?}");
    texts.len()
}

fn ask_everything(server: &mut Client, uri: &str, text: &str) {
    for line in 0..text.lines().count() {
        for character in [2, 6, 30] {
            let at = Position::new(line, character);
            server.hover(uri, at);
            server.code_actions(uri, Range::empty(at));
            server.ask("textDocument/completion", Client::at(uri, at));
            server.ask("textDocument/definition", Client::at(uri, at));
        }
    }
    let document = json!({"textDocument": {"uri": uri}});
    server.code_lens_titles(uri);
    server.ask("textDocument/documentSymbol", document.clone());
    server.ask("textDocument/documentLink", document);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}});
    server.ask("textDocument/inlayHint", json!({"textDocument": {"uri": uri}, "range": range}));
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn org(name: &str, auth: &Value) -> String {
    format!(
        "{{\n  \"name\": {},\n  \"description\": {},\n  \"apiVersion\": \"61.0\",\n  \"auth\": {auth}\n}}\n",
        quoted(name),
        quoted(&long())
    )
}

#[test]
fn no_message_of_the_server_does_anything() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let hostile = long();
    let project = format!(
        "{{\n  \"name\": {0},\n  \"apiVersion\": \"58.0\",\n  \"agentVersion\": {0},\n  \"rules\": {{ {0}: {0} }}\n}}\n",
        quoted(&hostile)
    );
    let project_uri = workspace.write("sforg-project.json", &project);
    let every_place = format!(
        "{{\n  \"name\": {0},\n  \"serverHost\": {0},\n  \"apiVersion\": {0},\n  {0}: {0},\n  {0}: 1,\n  \"auth\": {{\n    \"type\": {0},\n    \"username\": {0},\n    \"instanceUrl\": {0},\n    \"clientId\": {0},\n    \"password\": \"${{keyring:{1}}}\"\n  }}\n}}\n",
        quoted(&hostile),
        "[a](command:b)`\u{202e}\u{200b}"
    );
    let every = workspace.write(&file_name(), &every_place);
    workspace.write(&format!("two-{}", file_name()), &every_place);
    let basic = workspace.write("basic.sforg.json", basic_org(HOSTILE, &[]));
    // Names with "/" and ":" are refused before a login.
    let name: String = HOSTILE.chars().filter(|c| !matches!(c, '/' | ':')).collect();
    let url = &simulator.http_url;
    let oauth = |behaviour: &str| {
        json!({
            "type": "oauth2-client-credentials", "instanceUrl": url,
            "clientId": behaviour_client_id(behaviour), "clientSecret": "${env:S}",
        })
    };
    let refused_text = org(&name, &oauth("hostile"));
    let refused = workspace.write("refused.sforg.json", &refused_text);
    let accepted_text = org(&name, &oauth("later-hostile"));
    let accepted = workspace.write("accepted.sforg.json", &accepted_text);

    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .allow_login_host(url)
        .capability("workspace/configuration", true)
        .param("initializationOptions", json!({ "workspaceTrusted": true }))
        .env("S", PRODUCTION.client_secret)
        .env("SFORG_UPGRADE_PROMPT", "now")
        .spawn();
    for method in [
        "textDocument/publishDiagnostics",
        "window/showMessage",
        "$/progress",
        "workspace/diagnostic/refresh",
        "workspace/inlayHint/refresh",
    ] {
        server.allow(method);
    }
    server.answer_always(
        "workspace/configuration",
        |_| json!([{ "upgradePrompt": HOSTILE, "newestApiVersion": HOSTILE }]),
    );
    server.answer_always("window/showMessageRequest", |params| {
        let actions = params["actions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let send = actions.iter().find(|action| action["title"] == "Send");
        send.or(actions.first()).cloned().unwrap_or_default()
    });
    server.answer_always(
        "workspace/applyEdit",
        |_| json!({ "applied": false, "failureReason": HOSTILE }),
    );
    for method in [
        "window/workDoneProgress/create",
        "workspace/codeLens/refresh",
        "workspace/diagnostic/refresh",
        "workspace/inlayHint/refresh",
        "client/registerCapability",
    ] {
        server.answer_always(method, |_| Value::Null);
    }
    server.answer_always("window/showDocument", |_| json!({ "success": true }));
    server.begin();
    for (uri, text) in [
        (&project_uri, project.as_str()),
        (&every, &every_place),
        (&basic, &basic_org(HOSTILE, &[])),
        (&refused, &refused_text),
        (&accepted, &accepted_text),
    ] {
        server.open(uri, 1, text);
        ask_everything(&mut server, uri, text);
    }
    for query in ["", "HOSTILE"] {
        server.ask("workspace/symbol", json!({ "query": query }));
    }
    let at = Position::new(1, 14);
    let rename =
        json!({"textDocument": {"uri": refused}, "position": at.json(), "newName": hostile});
    let _ = server.request("textDocument/rename", rename);
    let unknown = json!({ "command": HOSTILE, "arguments": [{ "uri": refused }] });
    let _ = server.request("workspace/executeCommand", unknown);
    for (command, argument) in [
        ("sforg.testLogin", json!({ "uri": refused })),
        ("sforg.testLogin", json!({ "uri": accepted })),
        ("sforg.testLogin", json!({ "uri": every })),
        ("sforg.convertToOAuth", json!({ "uri": basic })),
        ("sforg.convertToOAuth", json!({ "uri": every })),
        ("sforg.completeServerHost", json!({ "uri": every })),
        ("sforg.convertAll", json!({ "uri": project_uri })),
        ("sforg.upgradeProject", json!({ "uri": project_uri, "to": hostile })),
        ("sforg.upgradeProject", json!({ "uri": project_uri })),
        ("sforg.moveSecret", json!({ "uri": every, "to": "env" })),
        ("sforg.testAllLogins", json!({})),
    ] {
        server.execute(command, argument);
    }
    // Asking goes on answering what the server asks.
    while simulator.stats().oauth_logins.attempts < 2 {
        server.ask("workspace/symbol", json!({ "query": "HOSTILE" }));
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    for (uri, text) in [(&refused, &refused_text), (&accepted, &accepted_text)] {
        server.published_when(uri, |_| true);
        ask_everything(&mut server, uri, text);
    }
    server.ask("shutdown", Value::Null);
    server.notify("exit", Value::Null);
    server.expect_exit(0);
    assert!(look(&server) > 300);
}

#[test]
fn no_text_of_a_command_does_anything() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let name: String = HOSTILE.chars().filter(|c| !matches!(c, '/' | ':')).collect();
    let hostile = quoted(&long());
    workspace
        .write("sforg-project.json", format!("{{\"name\": {hostile}, \"apiVersion\": \"58.0\"}}"));
    for (file, behaviour) in [("b", "hostile"), ("c", "later-hostile")] {
        let id = behaviour_client_id(behaviour);
        let text = oauth_org("NAME", &simulator.http_url, &id, &"0".repeat(64));
        let text = text.replace("\"NAME\"", &quoted(&name));
        workspace.write(&format!("{file}-{}", file_name()), text);
    }
    let basic = json!({
        "name": name, "serverHost": simulator.http_address().to_string(), "apiVersion": "61.0",
        "auth": {"type": "basic", "username": behaviour_username("hostile"), "password": "x"},
    });
    workspace.write(&file_name(), basic.to_string());
    workspace.write(
        "broken.sforg.json",
        format!("{{{hostile}: {hostile}, // {HOSTILE}\n\"x\"}} {HOSTILE}"),
    );
    for arguments in [
        &["check", "."][..],
        &["fix", "--diff", "."],
        &["convert", "--diff", "."],
        &["upgrade", "--diff", "--to", "60.0", "."],
        &["upgrade", "--diff", "--to", HOSTILE, "."],
        &["login", "--allow-login-host", &simulator.http_url, "."],
        &["check", HOSTILE],
        &["login", "--allow-login-host", HOSTILE],
        &["explain", HOSTILE],
        &[HOSTILE],
    ] {
        let ran = CommandLine::new(&workspace, arguments).run();
        for text in [&ran.out, &ran.err] {
            let faults: Vec<_> = text.lines().filter_map(fault).collect();
            assert!(faults.is_empty(), "{arguments:?}: {faults:#?}");
        }
        assert!(!format!("{}{}", ran.out, ran.err).is_empty(), "{arguments:?}");
    }
    assert!(simulator.stats().oauth_logins.attempts > 0);
}

#[test]
fn programs_get_the_text_unchanged_but_for_what_acts_on_a_terminal() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let name: String = HOSTILE.chars().filter(|c| !matches!(c, '/' | ':')).collect();
    let id = behaviour_client_id("later-hostile");
    let text = oauth_org("NAME", &simulator.http_url, &id, &"0".repeat(64));
    workspace.write(&file_name(), text.replace("\"NAME\"", &quoted(&name)));
    let login = ["login", "--allow-login-host", &simulator.http_url, "--format", "json"];
    for arguments in [&login[..], &["check", "--format", "json"], &["check", "--format", "sarif"]] {
        let ran = CommandLine::new(&workspace, arguments).run();
        let faults: Vec<_> = ran
            .out
            .lines()
            .filter_map(|line| {
                line.chars().find(|c| c.is_control() || matches!(c, '\u{202e}' | '\u{200b}'))
            })
            .collect();
        assert!(faults.is_empty(), "{arguments:?}: {faults:?}");
        let json = ran.json();
        if arguments[2] != "sarif" {
            assert_eq!(json[0]["file"], file_name(), "{arguments:?}");
        }
    }
}
