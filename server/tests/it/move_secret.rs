//! *Move secret to environment variable*: stored first, then replaced, and ignored by git.

use serde_json::json;
use test_support::{Client, Range, Setup, Workspace, basic_org};

const TITLE: &str = "Move secret to environment variable";
const SECRET: &str = "it's \"not\" real";

fn org() -> String {
    basic_org("Acme", &[]).replace("${env:ACME_PASSWORD}", &SECRET.replace('"', "\\\""))
}

fn start(workspace: &Workspace) -> Client {
    let mut server = Setup::new().capable().folder(workspace).start();
    server.allow("textDocument/publishDiagnostics");
    server
}

#[test]
fn the_secret_goes_to_env_and_git_ignores_it() {
    let workspace = Workspace::new();
    std::fs::create_dir(workspace.path(".git")).expect("a folder");
    workspace.write("sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    let text = org();
    assert!(text.contains("not"), "the secret is written out: {text}");
    let uri = workspace.write("acme.sforg.json", &text);
    let mut server = start(&workspace);
    server.open(&uri, 1, &text);
    let encoding = server.encoding();
    let place = Range::of_text(&text, &SECRET.replace('"', "\\\""), encoding);
    let action = server.code_action(&uri, place, TITLE);
    assert_eq!(action["kind"], "quickfix");
    assert_eq!(action["diagnostics"][0]["code"], "plaintext-secret");
    // On the name the same one, elsewhere all of them; the kind is the same everywhere.
    let on_name = server.code_action(&uri, Range::of_text(&text, "\"password\"", encoding), TITLE);
    assert_eq!(on_name["command"]["arguments"][0]["member"], "password");
    let on_type = server.code_action(&uri, Range::of_text(&text, "\"type\"", encoding), TITLE);
    assert_eq!(on_type["command"]["arguments"][0]["member"], json!(null));
    assert_eq!([&on_name["kind"], &on_type["kind"]], ["quickfix", "quickfix"]);
    server.execute("sforg.moveSecret", action["command"]["arguments"][0].clone());
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let edits = &params["edit"]["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], "\"${env:ACME_PASSWORD}\"");
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 3, "{message}");
    assert!(message.contains("ACME_PASSWORD") && !message.contains("not\" real"), "{message}");
    assert_eq!(workspace.read(".gitignore"), ".env\n");
    assert_eq!(workspace.read(".env"), "ACME_PASSWORD=\"it's \\\"not\\\" real\"\n");
}

#[test]
fn nothing_written_out_is_said_so() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", basic_org("Acme", &[]));
    let mut server = start(&workspace);
    server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1);
    assert!(message.contains("nothing was moved"), "{message}");
    let wrong =
        json!({ "command": "sforg.moveSecret", "arguments": [{ "uri": uri, "to": "moon" }] });
    let refused = server.request("workspace/executeCommand", wrong).expect_err("no such place");
    assert!(refused.message.contains("keyring"), "{}", refused.message);
}

/// Starts a server that has a file open, and moves all of its secrets to `.env`.
fn move_all(workspace: &Workspace, name: &str) -> (Client, String) {
    let uri = workspace.write(name, org());
    let mut server = start(workspace);
    server.open(&uri, 1, &org());
    server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
    (server, uri)
}

/// git, with nobody's configuration.
fn git(workspace: &Workspace, arguments: &[&str]) -> bool {
    let git = std::process::Command::new("git")
        .arg("-C")
        .arg(workspace.root())
        .args(arguments)
        .env("HOME", workspace.root())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output();
    git.expect("git is installed").status.success()
}

/// Nothing is written where git, or a link, would carry it elsewhere; and the file keeps its secret.
fn is_refused(workspace: &Workspace, words: &str) {
    let before = std::fs::read(workspace.path(".env")).ok();
    let (mut server, _) = move_all(workspace, "acme.sforg.json");
    let (kind, message) = server.shown_message();
    assert_eq!(kind, 1, "{message}");
    assert!(message.contains("Nothing was moved") && message.contains(words), "{message}");
    assert!(!message.contains("real"), "{message}");
    assert_eq!(std::fs::read(workspace.path(".env")).ok(), before);
    server.finish();
}

#[test]
fn a_tracked_env_file_is_refused() {
    let workspace = Workspace::new();
    workspace.write(".env", "A=1\n");
    // What the configuration names is not run.
    assert!(git(&workspace, &["init", "-q"]) && git(&workspace, &["add", "-f", ".env"]));
    let trap =
        "[core]\n\tfsmonitor = touch trapped\n\thooksPath = hooks\n\tpager = touch trapped\n";
    let config = workspace.read(".git/config");
    workspace.write(".git/config", format!("{config}{trap}"));
    workspace.write(".gitignore", ".env\n");
    is_refused(&workspace, "git tracks");
    assert!(!workspace.path("trapped").exists());
}

#[cfg(unix)]
#[test]
fn links_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("credentials"), "KEY=NOTREAL\n").expect("a file");
    let workspace = Workspace::new();
    symlink(outside.path().join("credentials"), workspace.path(".env")).expect("a link");
    is_refused(&workspace, "it is a link");
    let workspace = Workspace::new();
    std::fs::create_dir(workspace.path(".git")).expect("a folder");
    symlink(outside.path().join("credentials"), workspace.path(".gitignore")).expect("a link");
    is_refused(&workspace, ".gitignore cannot be changed: it is a link");
    let kept = std::fs::read_to_string(outside.path().join("credentials")).expect("a file");
    assert_eq!(kept, "KEY=NOTREAL\n");
}

/// Nobody writes into a pipe; the server answers all the same.
#[cfg(unix)]
#[test]
fn a_pipe_holds_up_nothing() {
    let workspace = Workspace::new();
    let made = std::process::Command::new("mkfifo").arg(workspace.path(".env")).status();
    assert!(made.expect("mkfifo runs").success());
    let (mut server, uri) = move_all(&workspace, "acme.sforg.json");
    let (kind, message) = server.shown_message();
    assert!(kind == 1 && message.contains("it is a named pipe"), "{message}");
    let symbols = json!({ "textDocument": { "uri": uri } });
    assert!(server.request("textDocument/documentSymbol", symbols).is_ok());
}

/// An ignore rule that git would not heed does not count as one.
#[test]
fn git_ignores_it_is_said_only_where_git_would() {
    let workspace = Workspace::new();
    assert!(git(&workspace, &["init", "-q"]));
    workspace.write(".gitignore", "!.env\n");
    workspace.write(".git/info/exclude", ".env\n");
    let (mut server, _) = move_all(&workspace, "acme.sforg.json");
    server.serve("workspace/applyEdit", json!({ "applied": true }));
    let (kind, message) = server.shown_message();
    assert!(kind == 3 && message.contains("git ignores it now"), "{message}");
    assert_eq!(workspace.read(".gitignore"), "!.env\n.env\n");
    assert!(git(&workspace, &["check-ignore", "-q", ".env"]));
}

/// The user's own rules count, as they do for git; the repository's files are left alone then.
#[test]
fn the_users_own_ignore_file_counts() {
    let workspace = Workspace::new();
    assert!(git(&workspace, &["init", "-q"]));
    let user = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(user.path().join("git")).expect("a folder");
    std::fs::write(user.path().join("git/ignore"), ".env\n").expect("a file");
    let uri = workspace.write("acme.sforg.json", org());
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .env("XDG_CONFIG_HOME", &user.path().to_string_lossy())
        .start();
    server.allow("textDocument/publishDiagnostics");
    server.open(&uri, 1, &org());
    let mut move_it = |words: &str| {
        server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
        server.serve("workspace/applyEdit", json!({ "applied": true }));
        let (kind, message) = server.shown_message();
        assert!(kind == 3 && message.contains(words), "{message}");
    };
    move_it(" git ignores it.");
    assert!(!workspace.path(".gitignore").exists());
    // Another file that the repository names takes its place.
    let config = workspace.read(".git/config");
    workspace.write(".git/config", format!("{config}\texcludesFile = nowhere\n"));
    move_it("git ignores it now");
    assert_eq!(workspace.read(".gitignore"), ".env\n");
}

/// The secret is in `.env` by the time the reference is written, also when all move at once.
#[test]
fn many_at_once_lose_nothing() {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", r#"{ "apiVersion": "64.0" }"#);
    let secret = |number: usize| format!("it's \"not\" real {number}");
    let text = |number: usize| {
        let org = basic_org(&format!("Org {number}"), &[]);
        org.replace("${env:ACME_PASSWORD}", &secret(number).replace('"', "\\\""))
    };
    let uris: Vec<String> = (0..40)
        .map(|number| workspace.write(&format!("{number}.sforg.json"), text(number)))
        .collect();
    let state = tempfile::tempdir().expect("a folder");
    let start = |_| {
        let server = Setup::new().capable().folder(&workspace);
        let mut server = server.env("SFORG_STATE_DIR", &state.path().to_string_lossy()).start();
        server.allow("textDocument/publishDiagnostics");
        server.allow("window/showMessage");
        server
    };
    let mut servers: Vec<Client> = (0..2).map(start).collect();
    for (number, uri) in uris.iter().enumerate() {
        let server = &mut servers[number % 2];
        server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
    }
    for number in 0..uris.len() {
        let params = servers[number % 2].serve("workspace/applyEdit", json!({ "applied": true }));
        let change = &params["edit"]["documentChanges"][0];
        let new = change["edits"][0]["newText"].as_str().expect("a reference");
        let name = new.trim_start_matches("\"${env:").trim_end_matches("}\"");
        let uri = change["textDocument"]["uri"].as_str().expect("a file");
        let file = uri.rsplit('/').next().and_then(|file| file.split('.').next());
        let moved: usize = file.and_then(|number| number.parse().ok()).expect("a number");
        let line = format!("{name}=\"{}\"", secret(moved).replace('"', "\\\""));
        let env = workspace.read(".env");
        assert!(env.lines().any(|there| there == line), "{line} is not in {env}");
    }
    let lines = workspace.read(".env").lines().count();
    assert_eq!(lines, uris.len());
}

/// What a person typed while the secret was stored is not overwritten.
#[test]
fn a_file_that_is_edited_meanwhile_gets_the_reference_in_the_right_place() {
    let workspace = Workspace::new();
    let uri = workspace.write("acme.sforg.json", org());
    let mut server = start(&workspace);
    server.open(&uri, 1, &org());
    server.execute("sforg.moveSecret", json!({ "uri": uri, "to": "env" }));
    let longer = org().replacen('{', "{\n  \"description\": \"typed meanwhile\",", 1);
    server.replace(&uri, 2, &longer);
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    assert_eq!(server.shown_message().0, 3);
    let change = &params["edit"]["documentChanges"][0];
    let text = match change["textDocument"]["version"].as_i64() {
        // The editor refuses an edit of a version that it has no more.
        Some(1) => return,
        version => {
            assert_eq!(version, Some(2));
            longer
        }
    };
    let range = &change["edits"][0]["range"];
    let line = text.lines().nth(range["start"]["line"].as_u64().expect("a line") as usize);
    assert!(line.is_some_and(|line| line.contains("\"password\"")), "{line:?} {change}");
}
