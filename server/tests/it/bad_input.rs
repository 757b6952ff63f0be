//! What cannot be right sends nothing: secrets that cannot be had, files with an error. The terminal
//! and the editor are given the same files, and say the same.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, PRODUCTION, Simulator};
use test_support::{CommandLine, Setup, Workspace, expect_silence, leak, oauth_org};

/// Stands in every `.env` file and shows nowhere.
const MARKED: &str = "MarkedSecret0123456789abcdef";

/// An org that cannot be logged in to.
struct Bad {
    /// Its folder, a project of its own.
    name: &'static str,
    /// What its file holds.
    org: String,
    /// Makes the `.env` file beside it.
    env: fn(&Path),
    cause: &'static str,
    /// JSON pointer to the member that is told.
    member: Option<&'static str>,
    /// Part of the sentence that is told.
    words: &'static str,
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    fs::write(path, content).expect("a file");
}

/// A folder's name, what makes its `.env` file, and part of the sentence that is told.
type BadEnv = (&'static str, fn(&Path), &'static str);

/// What `.env` can be that is no readable text file.
fn unreadable_env_files() -> Vec<BadEnv> {
    let mut all: Vec<BadEnv> = vec![
        (
            "folder",
            |path| fs::create_dir(path).expect("a folder"),
            "it is a folder, and not a file",
        ),
        (
            "invalid-utf8",
            |path| write(path, [b"BEFORE=", MARKED.as_bytes(), b"\nS=caf\xe9\n"].concat()),
            "UTF-8",
        ),
        (
            "two-mebibytes",
            |path| write(path, format!("S={MARKED}\n").repeat((2 << 20) / 30)),
            "larger than 1 MiB",
        ),
        (
            "broken-lines",
            |path| write(path, format!("{MARKED}\nS {MARKED}\nS='{MARKED}\n")),
            "line 3 of ",
        ),
        ("lines-of-nothing", |path| write(path, format!("{MARKED}\nS {MARKED}\n")), "line 1, 2"),
        ("other-names", |path| write(path, format!("OTHER={MARKED}\n")), "S is not set"),
        ("no-file", |_| (), "S is not set"),
        ("empty-value", |path| write(path, "# no\nS=\n"), "line 2 of "),
        (
            "backtick",
            |path| write(path, format!("S=`{MARKED}\n")),
            "quotation mark that is not closed",
        ),
        ("colon", |path| write(path, format!("S: {MARKED}\n")), "has a colon"),
        ("powershell", |path| write(path, format!("$env:S = \"{MARKED}\"\n")), "PowerShell"),
        ("typographic", |path| write(path, format!("S=\u{201c}{MARKED}\u{201d}\n")), "typographic"),
        ("later-line", |path| write(path, format!("S={MARKED}\nS='{MARKED}\n")), "line 2 of "),
        (
            "utf-16",
            |path| {
                let wide = format!("\u{feff}S={MARKED}\r\n");
                write(path, wide.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
            },
            "Save it as UTF-8",
        ),
    ];
    #[cfg(unix)]
    {
        let link_to_itself: fn(&Path) =
            |path| std::os::unix::fs::symlink(".env", path).expect("a link");
        all.push(("link-to-itself", link_to_itself, "cannot be read"));
        let link_out: fn(&Path) = |path| {
            let outside = path.with_file_name("../outside.env");
            write(&outside, format!("S={MARKED}\n"));
            std::os::unix::fs::symlink(outside, path).expect("a link");
        };
        all.push(("link-out", link_out, "a link that leads out of"));
        let pipe: fn(&Path) = |path| {
            let made = std::process::Command::new("mkfifo").arg(path).status();
            assert!(made.expect("mkfifo runs").success());
        };
        all.push(("pipe", pipe, "it is a named pipe"));
        if rustix::process::geteuid().is_root() {
            eprintln!(
                "NOT TESTED: a .env file without permission, since root reads it all the same"
            );
        } else {
            let forbidden: fn(&Path) = |path| {
                use std::os::unix::fs::PermissionsExt;
                write(path, format!("S={MARKED}\n"));
                fs::set_permissions(path, fs::Permissions::from_mode(0o0)).expect("permissions");
            };
            all.push(("forbidden", forbidden, "no permission"));
        }
    }
    all
}

/// Said of another program's reference, which a finding in the file tells too.
const FOREIGN: &str = "another program's reference";

impl Bad {
    fn with(self, from: &str, to: &str) -> Self {
        assert!(self.org.contains(from), "{from} in {}", self.org);
        Self { org: self.org.replacen(from, to, 1), ..self }
    }
}

fn all(simulator: &Handle) -> Vec<Bad> {
    let good = oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, "${env:S}");
    let readable: fn(&Path) = |path| write(path, format!("S={MARKED}\n"));
    let mut all: Vec<Bad> = unreadable_env_files()
        .into_iter()
        .map(|(name, env, words)| Bad {
            name,
            org: good.clone(),
            env,
            cause: "secret-unavailable",
            member: Some("/auth/clientSecret"),
            words,
        })
        .collect();
    let secret = |name, reference: &str, words| Bad {
        name,
        org: good.replace("${env:S}", reference),
        env: readable,
        cause: "secret-unavailable",
        member: Some("/auth/clientSecret"),
        words,
    };
    all.push(secret("no-such-scheme", "${vault:S}", "neither ${env:NAME} nor ${keyring:NAME}"));
    all.push(secret("no-name", "${env:}", "the name is missing in ${env:…}"));
    all.push(secret("space", "${env:MY SECRET}", "the name in ${env:…} has a space"));
    all.push(secret("template", "{{SF_SECRET}}", FOREIGN));
    all.push(secret("windows", "%SF_SECRET%", FOREIGN));
    all.push(secret("jitterbit", "[SF_Secret]", FOREIGN));
    all.push(secret("vault", "vault:secret/sf#secret", FOREIGN));
    all.push(secret("blanks-around-it", " ${env:S} ", FOREIGN));
    all.push(secret("invisible-around-it", "${env:S}\\u200b", FOREIGN));
    all.push(Bad {
        member: Some("/auth/clientId"),
        ..secret("client-id-of-a-template", "${env:S}", FOREIGN)
            .with(PRODUCTION.client_id, "{{client_id}}")
    });
    let mut broken = |name, org: String, member, words| {
        let cause = "invalid-definition";
        all.push(Bad { name, org, env: readable, cause, member, words });
    };
    let without = |from: &str, to: &str| {
        assert!(good.contains(from), "{from} in {good}");
        good.replacen(from, to, 1)
    };
    let shown = "shows this in place of the secret";
    let secret = Some("/auth/clientSecret");
    broken("stars", without("${env:S}", "********"), secret, shown);
    broken("redacted", without("${env:S}", "[REDACTED] Use 'sf' to view"), secret, shown);
    broken("none", without("${env:S}", "null"), secret, shown);
    broken("placeholder", without("${env:S}", "changeme"), secret, "placeholder");
    broken(
        "invisible-character",
        without(PRODUCTION.client_id, &format!("{}\u{200b}", PRODUCTION.client_id)),
        Some("/auth/clientId"),
        "zero width space",
    );
    broken("cut-off", good[..good.len() / 2].to_owned(), None, "");
    broken("comma", without("\"apiVersion\": \"61.0\",", "\"apiVersion\": \"61.0\""), None, "");
    broken("comment", without("{\n", "{ /* never closed\n"), None, "");
    broken("empty", String::new(), None, "");
    broken("no-object", "[1]".to_owned(), None, "");
    broken("name-is-a-number", without("\"Acme\"", "7"), Some("/name"), "");
    broken(
        "auth-is-a-list",
        without("\"auth\": {", "\"auth\": [{").replace("  }\n}", "  }]\n}"),
        Some("/auth"),
        "",
    );
    broken("no-client-id", without("\"clientId\"", "\"clientID\""), None, "misspelled");
    broken("empty-client-id", without(PRODUCTION.client_id, ""), Some("/auth/clientId"), "");
    broken("twice", without("\"name\"", "\"name\": \"Other\",\n  \"name\""), None, "");
    broken("ftp", without("http://", "ftp://"), Some("/auth/instanceUrl"), "");
    broken(
        "path",
        without(&simulator.http_url, "https://acme.my.salesforce.com/x"),
        Some("/auth/instanceUrl"),
        "",
    );
    broken(
        "lightning",
        without(&simulator.http_url, "https://acme.lightning.force.com"),
        Some("/auth/instanceUrl"),
        "",
    );
    broken(
        "login-host",
        without(&simulator.http_url, "https://login.salesforce.com"),
        Some("/auth/instanceUrl"),
        "",
    );
    broken(
        "elsewhere",
        without(&simulator.http_url, "https://salesforce.example.com"),
        Some("/auth/instanceUrl"),
        "",
    );
    broken(
        "number",
        without(&simulator.http_url, "https://127.0.0.1:1"),
        Some("/auth/instanceUrl"),
        "",
    );
    all
}

/// Writes all of them.
fn write_all(bad: &[Bad]) -> Workspace {
    let workspace = Workspace::new();
    for Bad { name, org, env, .. } in bad {
        workspace.write(&format!("{name}/sforg-project.json"), r#"{ "apiVersion": "61.0" }"#);
        workspace.write(&format!("{name}/org.sforg.json"), org);
        env(&workspace.path(&format!("{name}/.env")));
    }
    workspace
}

#[test]
fn the_terminal_sends_nothing_and_says_why() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let bad = all(&simulator);
    let workspace = write_all(&bad);
    let allow = ["login", "--allow-login-host", &simulator.http_url];
    let ran = CommandLine::new(&workspace, &allow).arg("--format").arg("json").run();
    assert_eq!(ran.code, 1, "{ran:?}");
    let rows = ran.json();
    let rows = rows.as_array().expect("a list");
    assert_eq!(rows.len(), bad.len());
    for Bad { name, cause, member, words, .. } in &bad {
        let file = json!(format!("{name}/org.sforg.json"));
        let row = rows.iter().find(|row| row["file"] == file).expect("a row for each file");
        assert_eq!((&row["status"], &row["cause"]), (&json!("skipped"), &json!(cause)), "{row}");
        assert!(row["summary"].to_string().contains(words), "{words}: {row}");
        assert!(row["instructions"].as_array().is_some_and(|steps| !steps.is_empty()), "{row}");
        if member.is_some() {
            assert_eq!(row["member"], json!(member), "{row}");
        }
    }
    let text = CommandLine::new(&workspace, &allow).env("SFORG_LOG", "trace").run();
    assert_eq!(text.code, 1);
    for line in ran.out.lines().chain(text.out.lines()).chain(text.err.lines()) {
        assert_eq!(leak(line, &[MARKED]), None, "{line}");
    }
    let stats = simulator.stats();
    assert_eq!((stats.connections, stats.requests), (0, 0));
}

#[test]
fn the_editor_sends_nothing_and_says_why() {
    let simulator = Simulator::start(Options::default()).expect("a simulator");
    let bad = all(&simulator);
    let workspace = write_all(&bad);
    let mut server = Setup::new()
        .capable()
        .folder(&workspace)
        .allow_login_host(&simulator.http_url)
        .env("SFORG_LOG", "trace")
        .start();
    server.allow("textDocument/publishDiagnostics");
    for Bad { name, cause, words, .. } in &bad {
        let uri = workspace.uri(&format!("{name}/org.sforg.json"));
        let is_found_at_login = *cause == "secret-unavailable" && *words != FOREIGN;
        let (kind, message) = if is_found_at_login {
            server.log_in(&uri, false)
        } else {
            // Nobody is asked about a login that cannot be made.
            server.test_login(&uri);
            let message = server.shown_message();
            server.serve("workspace/codeLens/refresh", Value::Null);
            message
        };
        assert_eq!(kind, 2, "{name}: {message}");
        assert!(message.contains(words) && message.contains("1. "), "{name}: {message}");
        // A finding in the file speaks for itself, and so does a name that is not set.
        if is_found_at_login {
            server.published_when(&uri, |published| {
                published.has("login-failed") || published.has("secret-not-found")
            });
        }
    }
    let stats = simulator.stats();
    assert_eq!((stats.connections, stats.requests), (0, 0));
    expect_silence(&server, &[MARKED]);
}

/// Where the file is what must be mended, nobody is sent to add to it what is there.
#[test]
fn check_says_what_is_wrong_with_the_env_file() {
    let workspace = Workspace::new();
    let mut bad = unreadable_env_files();
    bad.retain(|(name, ..)| !["no-file", "other-names", "empty-value"].contains(name));
    for (name, env, _) in &bad {
        let org =
            oauth_org("Acme", "https://acme.my.salesforce.com", PRODUCTION.client_id, "${env:S}");
        workspace.write(&format!("{name}/sforg-project.json"), r#"{ "apiVersion": "61.0" }"#);
        workspace.write(&format!("{name}/org.sforg.json"), org);
        env(&workspace.path(&format!("{name}/.env")));
    }
    let ran = CommandLine::new(&workspace, &["check", "--format", "json"]).run();
    let rows = ran.json();
    let rows = rows.as_array().expect("a list");
    for (name, _, words) in &bad {
        let file = json!(format!("{name}/org.sforg.json"));
        let row = rows
            .iter()
            .find(|row| row["file"] == file && row["code"] == "secret-not-found")
            .unwrap_or_else(|| panic!("{name}: {ran:?}"));
        let message = row["message"].as_str().expect("a message");
        assert!(message.starts_with("S is not set, and ") && message.contains(".env"), "{message}");
        // The terminal's login lists the lines in the same words, but for their number.
        assert!(
            message.contains(words) || words.starts_with("line ") && message.contains("1, 2"),
            "{name}: {words}: {message}"
        );
    }
    let text = CommandLine::new(&workspace, &["check", "--all"]).run();
    for line in ran.out.lines().chain(text.out.lines()).chain(text.err.lines()) {
        assert!(leak(line, &[MARKED]).is_none(), "{line}");
    }
}

/// A line that is not understood takes nobody's eyes off a slip of the finger.
#[test]
fn a_name_of_one_other_letter_is_told_beside_a_line_that_is_not_understood() {
    let workspace = Workspace::new();
    let org =
        oauth_org("Acme", "https://acme.my.salesforce.com", PRODUCTION.client_id, "${env:SECRET}");
    workspace.write("org.sforg.json", org);
    workspace.write(".env", format!("SECRETS={MARKED}\nnot an assignment\n"));
    let ran = CommandLine::new(&workspace, &["check", "--format", "json"]).run();
    let rows = ran.json();
    let rows = rows.as_array().expect("a list");
    let row = rows.iter().find(|row| row["code"] == "secret-not-found").expect("a finding");
    let message = row["message"].as_str().expect("a message");
    assert!(message.starts_with("SECRET is not set, and line 2"), "{message}");
}
