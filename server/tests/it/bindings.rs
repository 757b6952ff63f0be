//! A secret that a reference names goes only where a person said so.

use serde_json::{Value, json};
use sforg_simulator::{DEV, Handle, Options, PRODUCTION, Simulator, UAT, behaviour_client_id};
use test_support::{Client, CommandLine, Ran, Setup, Workspace, oauth_org};

const URI: &str = "untitled:acme";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn basic(host: &str, username: &str) -> String {
    let auth = json!({
        "type": "basic", "username": username, "password": "${env:ACME_UAT_PASSWORD}",
        "securityToken": "${env:ACME_UAT_TOKEN}",
    });
    let mut org = json!({"name": "Acme UAT", "apiVersion": "61.0", "sandbox": true, "auth": auth});
    if !host.is_empty() {
        org["serverHost"] = json!(host);
    }
    org.to_string()
}

fn question(server: &mut Client, answer: &str) -> String {
    let params = server.serve("window/showMessageRequest", json!({ "title": answer }));
    params["message"].as_str().expect("a question").to_owned()
}

#[test]
fn the_question_has_all_facts_and_a_no_sends_nothing() {
    let mut server = Setup::new().capable().env("ACME_UAT_PASSWORD", "FAKE").start();
    server.allow("textDocument/publishDiagnostics");
    let org = basic("", "Integration@Acme.example")
        .replace(",\"securityToken\":\"${env:ACME_UAT_TOKEN}\"", "");
    server.open(URI, 1, &org);
    server.test_login(URI);
    assert_eq!(
        question(&mut server, "Don't send"),
        "Send ACME_UAT_PASSWORD (environment) to test.salesforce.com as Integration@Acme.example?"
    );
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    assert_eq!(
        message,
        "Acme UAT: Nothing was sent, since you did not agree to send ACME_UAT_PASSWORD (environment) to \
         test.salesforce.com as Integration@Acme.example."
    );
}

#[test]
fn one_yes_holds_across_restarts_until_something_changes() {
    let (simulator, other) = (simulator(), simulator());
    let state = tempfile::tempdir().expect("a folder");
    let start = || {
        let mut server = Setup::new()
            .capable()
            .allow_login_host(&simulator.http_url)
            .allow_login_host(&other.http_url)
            .env("SFORG_STATE_DIR", &state.path().to_string_lossy())
            .env("ACME_UAT_PASSWORD", UAT.password)
            .env("ACME_UAT_TOKEN", UAT.security_token)
            .start();
        server.allow("textDocument/publishDiagnostics");
        server
    };
    let host = simulator.http_address().to_string();
    let mut server = start();
    server.open(URI, 1, &basic(&host, UAT.username));
    let (kind, message) = server.log_in(URI, true);
    assert_eq!(kind, 3, "{message}");
    let names = "ACME_UAT_PASSWORD and ACME_UAT_TOKEN (environment)";
    let told = format!("\nSent {names} to {host} as {}.", UAT.username);
    assert!(message.contains(&told), "{message}");
    assert_eq!(server.log_in(URI, false).0, 3);
    server.finish();

    let mut server = start();
    server.open(URI, 1, &basic(&host, &UAT.username.to_uppercase()));
    assert_eq!(server.log_in(URI, false).0, 3, "the same user to Salesforce");
    assert_eq!(simulator.stats().soap_logins.attempts, 3);
    let others = [
        basic(&host, "mallory@acme.example"),
        basic(&other.http_address().to_string(), UAT.username),
        oauth_org("Acme", &simulator.http_url, UAT.username, "${env:ACME_UAT_PASSWORD}"),
        oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:ACME_UAT_TOKEN}"),
    ];
    for (version, text) in (2..).zip(others) {
        server.replace(URI, version, &text);
        server.test_login(URI);
        question(&mut server, "Don't send");
        server.shown_message();
    }
    assert_eq!(simulator.stats().soap_logins.attempts, 3);
    assert_eq!(other.stats().connections, 0);
}

#[test]
fn test_all_asks_once_and_names_everything() {
    let simulator = simulator();
    let workspace = Workspace::new();
    for (name, client_id) in [("a", PRODUCTION.client_id), ("b", DEV.client_id)] {
        let reference = format!("${{env:SECRET_{}}}", name.to_uppercase());
        let org = oauth_org(name, &simulator.http_url, client_id, &reference);
        workspace.write(&format!("{name}.sforg.json"), org);
    }
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .allow_login_host(&simulator.http_url)
        .env("SECRET_A", PRODUCTION.client_secret)
        .env("SECRET_B", DEV.client_secret)
        .start();
    server.allow("textDocument/publishDiagnostics");
    for (answer, sessions) in [("Don't send", 0), ("Send", 2)] {
        server.execute("sforg.testAllLogins", json!({}));
        let text = question(&mut server, answer);
        assert!(text.starts_with("Send 2 secrets to 1 host?"), "{text}");
        for part in
            ["SECRET_A", "SECRET_B", PRODUCTION.client_id, DEV.client_id, "not a Salesforce"]
        {
            assert!(text.contains(part), "{part} is missing: {text}");
        }
        server.allow("$/progress");
        server.serve("window/workDoneProgress/create", Value::Null);
        let (_, message) = server.shown_message();
        assert_eq!(message == "All 2 logins work.", sessions == 2, "{message}");
        server.serve("workspace/codeLens/refresh", Value::Null);
        assert_eq!(simulator.stats().oauth_logins.sessions, sessions);
    }
    server.execute("sforg.testAllLogins", json!({}));
    server.serve("window/workDoneProgress/create", Value::Null);
    assert_eq!(server.shown_message().1, "All 2 logins work.");
    server.serve("workspace/codeLens/refresh", Value::Null);
}

#[test]
fn many_have_a_list_to_show() {
    let simulator = simulator();
    let workspace = Workspace::new();
    for number in 0..25 {
        let client_id = behaviour_client_id(&format!("ok-{number}"));
        let org = oauth_org(&format!("Org {number}"), &simulator.http_url, &client_id, "${env:S}");
        workspace.write(&format!("{number}.sforg.json"), org);
    }
    let setup = Setup::new().capable().folder(&workspace).allow_login_host(&simulator.http_url);
    let mut server = setup.env("S", &"0".repeat(64)).start();
    server.allow("textDocument/publishDiagnostics");
    server.execute("sforg.testAllLogins", json!({}));
    let short = question(&mut server, "Show List");
    assert!(short.starts_with("Send 25 secrets") && short.contains("and 15 more"), "{short}");
    let long = question(&mut server, "Don't send");
    assert!((0..25).all(|n| long.contains(&behaviour_client_id(&format!("ok-{n}")))), "{long}");
    server.allow("$/progress");
    server.serve("window/workDoneProgress/create", Value::Null);
    server.shown_message();
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(simulator.stats().connections, 0);
}

/// A workspace with an org whose secret the machine has, and nobody who was asked about it.
struct Ci {
    simulator: Handle,
    workspace: Workspace,
}

impl Ci {
    fn new() -> Self {
        let (simulator, workspace) = (simulator(), Workspace::new());
        let id = PRODUCTION.client_id;
        let org = oauth_org("Acme", &simulator.http_url, id, "${env:AWS_SECRET_ACCESS_KEY}");
        workspace.write("acme.sforg.json", org);
        Self { simulator, workspace }
    }

    fn login(&self, arguments: &[&str]) -> CommandLine {
        let own = ["login", "--format", "json", "--allow-login-host", &self.simulator.http_url];
        CommandLine::new(&self.workspace, &[&own, arguments].concat())
            .env("SFORG_ALLOW_SECRETS", "")
            .env("AWS_SECRET_ACCESS_KEY", PRODUCTION.client_secret)
    }

    fn is_skipped(&self, ran: &Ran) {
        let row = &ran.json()[0];
        assert_eq!(ran.code, 1, "{ran:?}");
        assert_eq!(
            (&row["status"], &row["cause"]),
            (&json!("skipped"), &json!("secret-not-confirmed"))
        );
        assert_eq!(row["member"], "/auth/clientSecret");
        assert!(
            row["summary"].to_string().contains("AWS_SECRET_ACCESS_KEY (environment)"),
            "{row}"
        );
        let steps = row["instructions"].to_string();
        assert!(steps.contains("SFORG_ALLOW_SECRETS=AWS_SECRET_ACCESS_KEY"), "{steps}");
        assert_eq!(self.simulator.stats().connections, 0);
    }
}

#[test]
fn where_nobody_can_answer_nothing_is_sent_unless_the_name_is_allowed() {
    let ci = Ci::new();
    ci.is_skipped(&ci.login(&[]).run());
    for other in ["ACME_*", "AWS", "*_KEYS", "aws_secret_access_key", " , "] {
        ci.is_skipped(&ci.login(&["--allow-secret", other]).run());
        ci.is_skipped(&ci.login(&[]).env("SFORG_ALLOW_SECRETS", other).run());
    }
    let allowed = [
        ci.login(&["--allow-secret", "X", "--allow-secret", "AWS_*"]),
        ci.login(&["--allow-secret", "AWS_SECRET_ACCESS_KEY"]),
        ci.login(&[]).env("SFORG_ALLOW_SECRETS", "X, AWS_*_KEY"),
    ];
    for command in allowed {
        let ran = command.run();
        assert_eq!((ran.code, &ran.json()[0]["status"]), (0, &json!("ok")), "{ran:?}");
    }
    // Allowing a name confirms nothing for later.
    ci.simulator.reset_stats();
    ci.is_skipped(&ci.login(&[]).run());
}

#[test]
fn no_file_of_the_workspace_confirms_anything() {
    let ci = Ci::new();
    let value = "SFORG_ALLOW_SECRETS=*\nSFORG_STATE_DIR=state\n";
    ci.workspace.write(".env", value);
    ci.workspace.write("sforg/config.json", r#"{"allowSecrets": ["*"], "allowedSecrets": ["*"]}"#);
    ci.workspace.write("sforg-project.json", r#"{"apiVersion": "61.0", "allowSecrets": ["*"]}"#);
    ci.workspace.write(".vscode/settings.json", r#"{"sforg.allowSecrets": ["*"]}"#);
    ci.is_skipped(&ci.login(&[]).run());
}

#[test]
fn an_editor_that_cannot_ask_sends_what_whoever_starts_it_allows() {
    let ci = Ci::new();
    let text = std::fs::read_to_string(ci.workspace.path("acme.sforg.json")).expect("the file");
    let setup = |names: &[&str]| {
        let setup = Setup::new()
            .capable()
            .allow_login_host(&ci.simulator.http_url)
            .env("AWS_SECRET_ACCESS_KEY", PRODUCTION.client_secret);
        let setup =
            names.iter().fold(setup, |setup, name| setup.argument("--allow-secret").argument(name));
        let mut server = setup.start();
        server.allow("textDocument/publishDiagnostics");
        server.open(URI, 1, &text);
        server.test_login(URI);
        let asked = server.server_request("window/showMessageRequest");
        server.reply_error(&asked, -32601, "unknown method");
        server
    };
    let mut server = setup(&["ACME_*"]);
    let (_, message) = server.shown_message();
    assert!(message.contains("nobody has confirmed"), "{message}");
    server.serve("workspace/codeLens/refresh", Value::Null);
    assert_eq!(ci.simulator.stats().connections, 0);
    let mut server = setup(&["AWS_*"]);
    let (token, _) = server.progress_begins();
    server.progress_ends(&token);
    assert_eq!(server.shown_message().0, 3);
    server.serve("workspace/codeLens/refresh", Value::Null);
}

#[test]
#[cfg(target_os = "linux")]
fn the_terminal_asks_likewise() {
    let ci = Ci::new();
    let state = ci.workspace.path("state");
    let login = || {
        let mut terminal = test_support::Terminal::open();
        let command = CommandLine::new(
            &ci.workspace,
            &["login", "--allow-login-host", &ci.simulator.http_url],
        );
        let command = command
            .env("SFORG_ALLOW_SECRETS", "")
            .env("SFORG_STATE_DIR", &state.to_string_lossy())
            .env("AWS_SECRET_ACCESS_KEY", PRODUCTION.client_secret)
            .env("TERM", "xterm");
        let running = command
            .reads(terminal.stream())
            .writes_to(terminal.stream(), terminal.stream())
            .start();
        move |keys: Option<&str>| {
            if let Some(keys) = keys {
                terminal.answer("[y/N]", keys);
            }
            let ran = running.finish();
            (ran.code, terminal.screen())
        }
    };
    for no in ["\n", "n\n", "maybe\n", "\u{4}"] {
        let (code, screen) = login()(Some(no));
        assert_eq!(code, 1, "{screen}");
        assert!(
            screen.contains("Nothing was sent") && !screen.contains("--allow-secret"),
            "{screen}"
        );
        assert!(screen.contains("Send AWS_SECRET_ACCESS_KEY (environment) to "), "{screen}");
        assert!(screen.contains(&format!("as client ID {}", PRODUCTION.client_id)), "{screen}");
        assert_eq!(ci.simulator.stats().connections, 0);
    }
    let (code, screen) = login()(Some("y\n"));
    assert_eq!(code, 0, "{screen}");
    let (code, screen) = login()(None);
    assert_eq!(code, 0, "{screen}");
    assert!(!screen.contains("[y/N]"), "{screen}");
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_typed_before_the_question_is_no_answer() {
    let ci = Ci::new();
    let mut terminal = test_support::Terminal::open();
    terminal.types("y\n");
    let arguments = ["login", "--allow-login-host", &ci.simulator.http_url];
    let running = CommandLine::new(&ci.workspace, &arguments)
        .env("SFORG_ALLOW_SECRETS", "")
        .env("AWS_SECRET_ACCESS_KEY", PRODUCTION.client_secret)
        .env("TERM", "xterm")
        .reads(terminal.stream())
        .writes_to(terminal.stream(), terminal.stream())
        .start();
    terminal.answer("[y/N]", "\n");
    let ran = running.finish();
    let screen = terminal.screen();
    assert_eq!((ran.code, ci.simulator.stats().connections), (1, 0), "{screen}");
}

#[test]
fn moving_a_secret_to_the_environment_confirms_it() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let text =
        oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, PRODUCTION.client_secret);
    let uri = workspace.write("acme.sforg.json", &text);
    let setup = Setup::new().capable().folder(&workspace).allow_login_host(&simulator.http_url);
    let mut server = setup.start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, &text);
    let argument = json!({"uri": uri, "member": "clientSecret", "to": "env"});
    server.execute("sforg.moveSecret", argument);
    server.serve("workspace/applyEdit", json!({ "applied": true }));
    server.shown_message();
    let moved = text.replace(PRODUCTION.client_secret, "${env:ACME_CLIENT_SECRET}");
    server.replace(&uri, 2, &moved);
    assert_eq!(server.log_in(&uri, false).0, 3);
    // Only as it was moved.
    let id = behaviour_client_id("ok");
    server.replace(&uri, 3, &moved.replace(PRODUCTION.client_id, &id));
    server.test_login(&uri);
    question(&mut server, "Don't send");
    server.shown_message();
    assert_eq!(simulator.stats().oauth_logins.attempts, 1);
}
