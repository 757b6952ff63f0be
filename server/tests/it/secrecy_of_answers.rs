//! Whatever Salesforce answers, no secret shows: every recorded answer and every behaviour of the
//! simulator, in the terminal and in the editor, with all logs at their finest.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sforg_simulator::{
    BEHAVIOURS, Handle, Options, Simulator, behaviour_client_id, behaviour_username,
    case_client_id, case_username, cases,
};
use test_support::{
    CommandLine, Direction, Ran, Setup, Workspace, expect_silence, leak, oauth_org,
};

const SECRET: &str = "Marked&Secret<0123456789";
const PASSWORD: &str = "Marked&Password<9876";
const TOKEN: &str = "MarkedToken0123456789abc";

/// The secrets that are sent.
const SECRETS: [&str; 3] = [SECRET, PASSWORD, TOKEN];

/// What stands in the sessions that the simulator and the recorded answers hand out.
const SESSIONS: [&str; 5] = [
    "AQ.NOTREAL.",
    "!AQEAQNOTAREALTOKEN",
    "!NOTREAL",
    "REDACTED_SESSION_ID",
    "eyJ0bmsiOiJub3QtYS1yZWFsLXRva2VuIn0",
];

/// All that a program reads from its environment here.
const ENVIRONMENT: [(&str, &str); 6] = [
    ("S", SECRET),
    ("P", PASSWORD),
    ("T", TOKEN),
    ("SFORG_LOG", "trace"),
    ("RUST_LOG", "trace"),
    ("RUST_BACKTRACE", "full"),
];

/// One org for each way to log in as `name` says.
fn write_both(workspace: &Workspace, simulator: &Handle, name: &str, username: &str, id: &str) {
    let oauth = oauth_org(&format!("{name} o"), &simulator.http_url, id, "${env:S}");
    workspace.write(&format!("{name}-oauth.sforg.json"), oauth);
    let auth = json!({
        "type": "basic", "username": username, "password": "${env:P}", "securityToken": "${env:T}",
    });
    let host = simulator.http_address().to_string();
    let basic = json!({
        "name": format!("{name} b"), "serverHost": host, "apiVersion": "61.0", "auth": auth,
    });
    workspace.write(&format!("{name}-basic.sforg.json"), basic.to_string());
}

fn log_in(workspace: &Workspace, simulator: &Handle, format: &str) -> Ran {
    let arguments =
        ["login", "--force", "--format", format, "--allow-login-host", &simulator.http_url];
    let command = CommandLine::new(workspace, &arguments);
    ENVIRONMENT.iter().fold(command, |command, (name, value)| command.env(name, value)).run()
}

fn expect_no_session(line: &str) {
    let session = SESSIONS.iter().find(|session| line.contains(**session));
    assert_eq!(session, None, "{line}");
}

fn expect_nothing_hidden(ran: &Ran) {
    for line in ran.out.lines().chain(ran.err.lines()) {
        assert_eq!(leak(line, &SECRETS), None, "{line}");
        expect_no_session(line);
    }
    assert!(ran.err.contains("TRACE") && ran.err.contains("hyper"), "the finest logs were on");
}

/// *Test All Logins* in an editor, and nothing shows.
fn expect_nothing_hidden_in_editor(workspace: &Workspace, simulator: &Handle) {
    let setup = Setup::new().capable().folder(workspace).allow_login_host(&simulator.http_url);
    let setup = ENVIRONMENT.iter().fold(setup, |setup, (name, value)| setup.env(name, value));
    let mut server = setup.start();
    server.allow("textDocument/publishDiagnostics");
    server.allow("$/progress");
    server.published_when(&workspace.uri("z-last.sforg.json"), |_| true);
    server.execute("sforg.testAllLogins", json!({ "uri": workspace.root_uri() }));
    server.agree_to_host();
    server.serve("window/workDoneProgress/create", Value::Null);
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    // The findings of all files are told, with the words of Salesforce in them.
    let failed = |published: &test_support::Published| published.has("login-failed");
    server.published_when(&workspace.uri("z-last.sforg.json"), failed);
    expect_silence(&server, &SECRETS);
    for direction in [Direction::FromServer, Direction::StandardError] {
        server.transcript(direction).iter().for_each(|line| expect_no_session(line));
    }
}

#[test]
fn recorded_answers() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    let mut sent = 0;
    for case in cases().iter().filter(|case| case.flow != "versions") {
        let (username, id) = (case_username(&case.id), case_client_id(&case.id));
        write_both(&workspace, &simulator, &case.id, &username, &id);
        sent += 2;
    }
    assert!(sent >= 120, "{sent} logins");
    let last =
        oauth_org("Last", &simulator.http_url, &case_client_id("oauth-invalid-client"), "${env:S}");
    workspace.write("z-last.sforg.json", last);
    let ran = log_in(&workspace, &simulator, "text");
    expect_nothing_hidden(&ran);
    let stats = simulator.stats();
    assert!(stats.oauth_logins.attempts > 40 && stats.soap_logins.attempts > 20, "{stats:?}");
    let ran = log_in(&workspace, &simulator, "json");
    expect_nothing_hidden(&ran);
    assert_eq!(ran.json().as_array().map(Vec::len), Some(sent + 1));
    let mut causes: BTreeMap<String, usize> = BTreeMap::new();
    for row in ran.json().as_array().into_iter().flatten() {
        *causes.entry(row["cause"].to_string()).or_default() += 1;
    }
    assert!(causes.len() > 15, "many causes were met: {causes:?}");
    expect_nothing_hidden_in_editor(&workspace, &simulator);
}

#[test]
fn recorded_answers_about_versions() {
    for case in cases().iter().filter(|case| case.flow == "versions") {
        let versions_case = Some(case.id.clone());
        let options = Options { versions_case, ..Options::default() };
        let simulator = Simulator::start(options).expect("a simulator");
        let workspace = Workspace::new();
        let (username, id) = (behaviour_username("ok"), behaviour_client_id("ok"));
        write_both(&workspace, &simulator, "ok", &username, &id);
        let ran = log_in(&workspace, &simulator, "text");
        assert_eq!(ran.code, 0, "{ran:?}");
        expect_nothing_hidden(&ran);
    }
}

#[test]
fn behaviours() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let workspace = Workspace::new();
    for behaviour in BEHAVIOURS {
        let name = match behaviour.name {
            // They end by their deadline alone, a minute later.
            "hang" | "stall" => continue,
            "later-hang" => "later-cut",
            "delay-5s" => "delay-5ms",
            "drip" => "drip-1ms",
            name => name,
        };
        let (username, id) = (behaviour_username(name), behaviour_client_id(name));
        write_both(&workspace, &simulator, name, &username, &id);
    }
    for name in ["later-echo", "later-echo-html", "later-echo-redirect", "later-garbage-body"] {
        let (username, id) = (behaviour_username(name), behaviour_client_id(name));
        write_both(&workspace, &simulator, name, &username, &id);
    }
    let last = oauth_org("Last", &simulator.http_url, &behaviour_client_id("echo"), "${env:S}");
    workspace.write("z-last.sforg.json", last);
    for format in ["text", "json"] {
        expect_nothing_hidden(&log_in(&workspace, &simulator, format));
    }
    expect_nothing_hidden_in_editor(&workspace, &simulator);
}
