//! `sforg scan`: every login of a mixed repository, nothing in a clean one, and no secret in any report.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use test_support::{CommandLine, Ran, Setup, Workspace};

/// Every report.
const FORMATS: [&str; 6] = ["text", "json", "sarif", "github", "markdown", "csv"];
/// What each made-up secret begins with.
const SECRET: &str = "NOTREAL";

fn corpus(half: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scan-corpus").join(half)
}

fn scan(folder: &Path, arguments: &[&str]) -> Ran {
    let arguments: Vec<&str> = ["scan"].into_iter().chain(arguments.iter().copied()).collect();
    let command = CommandLine::new(&Workspace::new(), &arguments);
    command.env("SFORG_TODAY", "2026-11-24").in_folder(folder).run()
}

fn rows(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let arguments: Vec<&str> =
        ["--format", "json"].into_iter().chain(arguments.iter().copied()).collect();
    let ran = scan(folder, &arguments);
    ran.json().as_array().expect("a list").clone()
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or("-")
}

/// The text at a row's range, which is 0-based and counts UTF-16.
fn written_at(folder: &Path, row: &Value) -> String {
    let bytes = fs::read(folder.join(text(row, "file"))).expect("a file");
    let content = String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect());
    let at = |end: &str, what: &str| row["range"][end][what].as_u64().expect("a number") as usize;
    assert_eq!(at("start", "line"), at("end", "line"), "{row}");
    let line = content.trim_start_matches('\u{feff}').split('\n').nth(at("start", "line"));
    let units: Vec<u16> = line.expect("a line").encode_utf16().collect();
    let written = &units[at("start", "character")..at("end", "character")];
    String::from_utf16(written).expect("whole characters")
}

/// A row in one line: place, what is written there, and everything that is said.
fn shown(folder: &Path, row: &Value) -> String {
    let start = |what: &str| row["range"]["start"][what].as_u64().expect("a number") + 1;
    let breaks = row["breaks"].as_array().expect("a list").iter();
    let breaks: Vec<&str> = breaks.map(|it| it["date"].as_str().unwrap_or("now")).collect();
    format!(
        "{}:{}:{} [{}] {} | {} | {} | sandbox {} | {} | API {} | {} | {} {}{} | {}",
        text(row, "file"),
        start("line"),
        start("character"),
        written_at(folder, row),
        text(row, "tool"),
        text(row, "name"),
        text(row, "host"),
        row["sandbox"],
        text(row, "auth"),
        text(row, "apiVersion"),
        text(row, "username"),
        text(row, "secret"),
        text(row, "confidence"),
        row["mark"].as_str().map(|mark| format!(" in {mark}")).unwrap_or_default(),
        breaks.join(" "),
    )
}

#[test]
fn every_login_of_a_mixed_repository_is_found_to_the_last_column() {
    let folder = corpus("mixed");
    let all: Vec<String> = rows(&folder, &[]).iter().map(|row| shown(&folder, row)).collect();
    insta::assert_snapshot!("mixed", all.join("\n"));
    let board = scan(&folder, &["--all"]);
    assert_eq!((board.code, board.err.as_str()), (1, ""));
    insta::assert_snapshot!("mixed_board", board.out);
}

#[test]
fn other_spellings_of_every_format_are_found() {
    let folder = corpus("spellings");
    let all: Vec<String> = rows(&folder, &[]).iter().map(|row| shown(&folder, row)).collect();
    insta::assert_snapshot!("spellings", all.join("\n"));
}

#[test]
fn a_clean_repository_yields_nothing() {
    let folder = corpus("clean");
    let found = rows(&folder, &[]);
    assert!(found.is_empty(), "{found:#?}");
    let ran = scan(&folder, &["--deny", "information"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.starts_with("No Salesforce login found in "), "{ran:?}");
}

#[test]
fn no_secret_is_in_any_report() {
    for (half, format) in
        ["mixed", "spellings"].into_iter().flat_map(|half| FORMATS.map(|format| (half, format)))
    {
        let ran = scan(&corpus(half), &["--format", format, "--all"]);
        assert!(ran.out.len() > 500, "{ran:?}");
        assert!(
            !ran.out.contains(SECRET) && !ran.err.contains(SECRET),
            "{half}, {format}: {ran:?}"
        );
    }
}

#[test]
fn reports_for_programs_are_whole() {
    let folder = corpus("mixed");
    let sarif = scan(&folder, &["--format", "sarif"]).json();
    let run = &sarif["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(results.len() > 20, "{results:#?}");
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let login = &result["properties"]["login"];
        let is_marked = login["mark"].is_string();
        assert!(!is_marked || result["level"] == "note", "{result}");
        let is_possible = login["confidence"] == "possible";
        assert!(!is_possible || result["level"] != "error", "{result}");
    }
    let github = scan(&folder, &["--format", "github"]).out;
    let kinds = ["::error ", "::warning ", "::notice "];
    assert!(github.lines().all(|line| kinds.iter().any(|kind| line.starts_with(kind))), "{github}");
    let csv = scan(&folder, &["--format", "csv"]).out;
    assert_eq!(csv.lines().count(), rows(&folder, &[]).len() + 1);
    assert!(csv.starts_with("file,line,column,"), "{csv}");
}

#[test]
fn what_is_denied_decides_the_exit_code() {
    let workspace = Workspace::new();
    let login = "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=${P}\n";
    workspace.write("acme.env", login);
    let code = |arguments: &[&str]| scan(workspace.root(), arguments).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--deny", "warning"]), 1);
    assert_eq!(code(&["--deny", "2027-05-31"]), 0);
    assert_eq!(code(&["--deny", "2027-06-01"]), 1);
    assert_eq!(code(&["--as-of", "2027-06-01"]), 1);
    assert_eq!(code(&["--deny", "soon"]), 2);
    assert_eq!(code(&["nowhere"]), 2);
    // Where it is a test's, it is information and no more.
    fs::remove_file(workspace.path("acme.env")).expect("removed");
    workspace.write("tests/acme.env", login);
    assert_eq!(code(&["--as-of", "2028-01-01", "--deny", "warning"]), 0);
    assert_eq!(code(&["--deny", "information"]), 1);
}

#[test]
fn what_is_passed_over_is_counted() {
    let workspace = Workspace::new();
    let login = "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\n";
    workspace.write(".gitignore", "ignored/\n*.local.env\n");
    workspace.write("ignored/a.env", login);
    workspace.write("a.local.env", login);
    workspace.write("binary.json", b"\0{\"salesforce\"");
    workspace.write("large.json", vec![b' '; (5 << 20) + 1]);
    workspace.write("b/.env", login);
    let ran = scan(workspace.root(), &[]);
    let passed = "Skipped: 1 binary file, 1 file larger than 5 MiB, 2 entries that \
                  .gitignore\nnames (--no-ignore).";
    assert!(ran.out.contains(passed), "{}", ran.out);
    let files = |arguments: &[&str]| -> Vec<String> {
        let rows = rows(workspace.root(), arguments);
        rows.iter().map(|row| text(row, "file").to_owned()).collect()
    };
    assert_eq!(files(&[]), ["b/.env"]);
    assert_eq!(files(&["--no-ignore"]), ["a.local.env", "b/.env", "ignored/a.env"]);
    // A file that is named is meant.
    assert_eq!(files(&["a.local.env"]), ["a.local.env"]);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let (workspace, outside) = (Workspace::new(), Workspace::new());
    outside.write("a.env", "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\n");
    std::os::unix::fs::symlink(outside.root(), workspace.path("folder")).expect("a link");
    std::os::unix::fs::symlink(outside.path("a.env"), workspace.path("b.env")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", workspace.path("zero.json")).expect("a link");
    std::os::unix::fs::symlink(".", workspace.path("loop")).expect("a link");
    assert!(rows(workspace.root(), &[]).is_empty());
    assert!(scan(workspace.root(), &[]).out.contains("Skipped: 4 links."));
}

#[test]
fn broken_files_yield_what_can_be_read_and_no_secret() {
    let mut files = vec![corpus("mixed"), corpus("spellings")];
    let workspace = Workspace::new();
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(fs::read_dir(&path).expect("a folder").flatten().map(|it| it.path()));
            continue;
        }
        let bytes = fs::read(&path).expect("a file");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        for part in 1..8 {
            let cut = bytes.len() * part / 8;
            workspace.write(&format!("{part}/{name}"), &bytes[..cut]);
            let odd = [&bytes[..cut], b"\xff\xfe\"'<{", &bytes[cut..]].concat();
            workspace.write(&format!("odd-{part}/{name}"), odd);
        }
    }
    for format in FORMATS {
        let ran = scan(workspace.root(), &["--format", format, "--all"]);
        assert!(ran.code != 101 && !ran.err.contains("panic"), "{ran:?}");
        assert!(!ran.out.contains(SECRET) && !ran.err.contains(SECRET), "{format}");
    }
}

#[test]
fn an_editor_gets_what_breaks_when_and_the_findings() {
    let workspace = Workspace::new();
    let env = workspace.write(
        "web/production.env",
        "\u{feff}SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD=NOTREAL\n",
    );
    let org = workspace.write(
        "acme.sforg.json",
        r#"{ "name": "Acme", "apiVersion": "28.0", "auth": { "type": "basic" } }"#,
    );
    let mut server = Setup::new().folder(&workspace).env("SFORG_TODAY", "2026-11-24").start();
    server.allow("textDocument/publishDiagnostics");
    let scan = server.request("sforg/scan", json!({})).expect("an answer");
    assert_eq!(scan["message"], "2 of 2 Salesforce logins stop working within a year.", "{scan}");
    let groups = scan["groups"].as_array().expect("groups");
    let told: Vec<_> =
        groups.iter().map(|group| (group["label"].clone(), &group["logins"][0])).collect();
    let (now, summer) = (&told[0], &told[1]);
    assert_eq!((now.0.as_str(), &now.1["uri"]), (Some("Now"), &json!(org)), "{scan}");
    assert_eq!((summer.0.as_str(), &summer.1["uri"]), (Some("1 Jun 2027"), &json!(env)), "{scan}");
    let range =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 1, "character": 19 } });
    assert_eq!(summer.1["range"], range);
    let tooltip = groups[1]["tooltip"].as_str().expect("a tooltip");
    let begin = "Basic authentication ends with Summer '27, in 189 days. Convert to";
    assert!(tooltip.starts_with(begin), "{tooltip}");
    // What is no org file of ours is not converted, and a conversion does not help an old version.
    assert!(groups.iter().all(|group| group["convertible"] == json!([])), "{scan}");
    // Ours have their findings as diagnostics already.
    let findings = scan["findings"].as_array().expect("findings");
    assert_eq!((findings.len(), &findings[0]["uri"]), (1, &json!(env)), "{scan}");
    assert!(!scan.to_string().contains(SECRET), "{scan}");
}

#[test]
fn the_orgs_of_a_date_are_converted_whatever_their_projects_are() {
    let workspace = Workspace::new();
    let basic = |name: &str| {
        let auth = r#"{ "type": "basic", "username": "u@acme.example", "password": "${env:P}" }"#;
        format!(r#"{{ "name": "{name}", "apiVersion": "58.0", "auth": {auth} }}"#)
    };
    for folder in ["a", "b"] {
        let project = format!("{folder}/sforg-project.json");
        workspace.write(&project, r#"{ "apiVersion": "58.0" }"#);
    }
    let acme = workspace.write("a/acme.sforg.json", basic("Acme"));
    let other = workspace.write("b/acme.sforg.json", basic("Acme"));
    workspace.write("b/left.sforg.json", basic("Left"));
    workspace.write("load.py", "from simple_salesforce import Salesforce\nSalesforce(username=u, password=p, security_token=t)\n");
    let mut server =
        Setup::new().capable().folder(&workspace).env("SFORG_TODAY", "2026-11-24").start();
    server.allow("textDocument/publishDiagnostics");
    let scan = server.request("sforg/scan", json!({})).expect("an answer");
    let convertible = scan["groups"][0]["convertible"].as_array().expect("addresses");
    assert_eq!(convertible.len(), 3, "{scan}");
    assert!(convertible.contains(&json!(acme)) && convertible.contains(&json!(other)), "{scan}");
    let orgs = json!([other, acme]);
    server.execute("sforg.convertAll", json!({ "uri": other, "orgs": orgs }));
    let asked = server.serve("window/showMessageRequest", json!({ "title": "Convert" }));
    assert_eq!(asked["message"], "Convert 2 orgs to OAuth 2.0: Acme, Acme?");
    let params = server.serve("workspace/applyEdit", json!({ "applied": true }));
    let edits = params["edit"].to_string();
    assert!(edits.contains(&acme.to_string()) && edits.contains(&other.to_string()), "{edits}");
    // Each project has its own names.
    assert_eq!(edits.matches("${env:ACME_CLIENT_SECRET}").count(), 2, "{edits}");
    let (_, message) = server.shown_message();
    assert!(message.starts_with("2 orgs rewritten for OAuth 2.0."), "{message}");
}
