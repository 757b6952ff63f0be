//! What a person at a terminal sees: whole reports at 80 columns.

use std::net::TcpListener;

use serde_json::json;
use sforg_simulator::{
    DEV, Handle, Options, PRODUCTION, Simulator, behaviour_client_id, case_client_id,
};
use test_support::{CommandLine, Ran, Workspace, basic_org, oauth_org};

const BROKEN: &str = r#"{
  "name": "Acme training"
  "sandbox": "yes",
  // still to be filled in
  "auth": {
    "type": "oauth2-client-credentials",
    "instanceUrl": "https://acme--training.sandbox.lightning.force.com/lightning",
    "cliendId": "<consumer key>",
    "clientSecret": "${env:ACME TRAINING}",
  }
"#;

/// Two orgs that stop working, one that goes on, one that is broken.
fn project() -> Workspace {
    let workspace = Workspace::new();
    let basic = |name: &str| basic_org(name, &[("sandbox", "true")]);
    workspace.write("sforg-project.json", "{\n  \"apiVersion\": \"64.0\"\n}\n");
    workspace.write("orgs/acme-dev.sforg.json", basic("Acme Dev"));
    workspace.write("orgs/acme-uat.sforg.json", basic("Acme UAT"));
    let (id, url) = (PRODUCTION.client_id, "https://acme.my.salesforce.com");
    workspace.write("orgs/acme.sforg.json", oauth_org("Acme", url, id, "${env:ACME_SECRET}"));
    workspace.write("orgs/broken.sforg.json", BROKEN);
    workspace
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Ran {
    CommandLine::new(workspace, arguments).env("SFORG_TODAY", "2026-11-24").run()
}

/// No line is wider than the screen. All that is shown here takes one column a character.
fn expect_to_fit(text: &str, columns: usize) {
    let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > columns).collect();
    assert!(wide.is_empty(), "{wide:#?}\n{text}");
}

#[test]
fn a_check_is_errors_first_the_same_together_and_the_sum_last() {
    let workspace = project();
    let ran = run(&workspace, &["check"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    expect_to_fit(&ran.out, 80);
    insta::assert_snapshot!("check", ran.out);
    let all = run(&workspace, &["check", "--all"]);
    assert!(all.out.contains("[secret-not-found]") && !all.out.contains("(--all"), "{all:?}");
    for columns in [60, 100] {
        let command = CommandLine::new(&workspace, &["check", "--all", "orgs"]);
        let ran = command.env("COLUMNS", &columns.to_string()).run();
        // What is longer than a line and has no blank is a path or an address.
        let fits = |line: &&str| line.split_whitespace().all(|word| word.chars().count() < 30);
        expect_to_fit(&ran.out.lines().filter(fits).collect::<Vec<_>>().join("\n"), columns);
    }
}

#[test]
fn with_many_findings_only_errors_have_their_source() {
    let workspace = Workspace::new();
    for number in 0..60 {
        let org = basic_org(&format!("Org {number}"), &[]);
        workspace.write(&format!("{number:02}.sforg.json"), org);
    }
    workspace.write("zz.sforg.json", "{\n  \"name\": \"Z\"\n  \"sandbox\": true\n}\n");
    let ran = run(&workspace, &["check"]);
    expect_to_fit(&ran.out, 80);
    assert!(ran.out.starts_with("error: "), "{}", ran.out);
    assert!(ran.out.contains("  ... 57 more (--all)"), "{}", ran.out);
    assert!(
        ran.out.contains("3 |   \"sandbox\"") || ran.out.contains("2 |   \"name\""),
        "{}",
        ran.out
    );
    assert!(ran.out.lines().count() < 60, "{}", ran.out);
    // For programs nothing is left out.
    let rows = run(&workspace, &["check", "--format", "json"]).json();
    let retiring = |row: &&serde_json::Value| row["code"] == "basic-auth-retiring";
    assert_eq!(rows.as_array().map(|rows| rows.iter().filter(retiring).count()), Some(60));
}

#[test]
fn the_board_says_what_breaks_when() {
    let workspace = project();
    workspace.write("old/sforg-project.json", "{ \"apiVersion\": \"28.0\" }");
    let auth = json!({ "type": "oauth2-client-credentials" });
    workspace.write("old/old.sforg.json", json!({ "name": "Old", "auth": auth }).to_string());
    workspace.write("old/ends.sforg.json", basic_org("Ends", &[]).replace("61.0", "38.0"));
    let ran = run(&workspace, &["check", "--when"]);
    // Something does not work today.
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    expect_to_fit(&ran.out, 80);
    insta::assert_snapshot!("board", ran.out);
    let narrow = CommandLine::new(&workspace, &["check", "--when"]).env("COLUMNS", "40");
    let narrow = narrow.env("SFORG_TODAY", "2026-11-24").run().out;
    expect_to_fit(&narrow, 40);
    assert!(narrow.contains("\n    basic authentication ends with\n    Summer '27"), "{narrow}");
    insta::assert_snapshot!(
        "board_as_markdown",
        run(&workspace, &["check", "--when", "--format", "markdown"]).out
    );
    let board = run(&workspace, &["check", "--when", "--format", "json", "orgs"]).json();
    assert_eq!(board["withinAYear"], 2);
    assert_eq!(board["deadlines"][0]["date"], "2027-06-01");
    assert_eq!(board["deadlines"][0]["orgs"][0]["file"], "orgs/acme-dev.sforg.json");
}

#[test]
fn another_day_is_judged_as_that_day() {
    let workspace = project();
    let code = |day: &str, more: &[&str]| {
        let mut arguments = vec!["check", "--as-of", day, "orgs/acme-dev.sforg.json"];
        arguments.extend(more);
        run(&workspace, &arguments).code
    };
    assert_eq!(code("2027-05-31", &[]), 0);
    assert_eq!(code("2027-06-01", &[]), 1);
    assert_eq!(code("2027-05-31", &["--when"]), 0);
    assert_eq!(code("2027-05-31", &["--when", "--deny", "warning"]), 1);
    assert_eq!(code("2027-06-01", &["--when"]), 1);
    for wrong in ["2027-02-29", "June", ""] {
        let ran = run(&workspace, &["check", "--as-of", wrong]);
        assert!(ran.code == 2 && ran.err.contains("YYYY-MM-DD"), "{ran:?}");
    }
    for format in ["sarif", "github"] {
        assert_eq!(run(&workspace, &["check", "--when", "--format", format]).code, 2);
    }
    assert_eq!(run(&workspace, &["check", "--format", "markdown"]).code, 2);
}

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn login(workspace: &Workspace, allowed: &str) -> CommandLine {
    let command = CommandLine::new(workspace, &["login", "--allow-login-host", allowed]);
    command.env("SFORG_TODAY", "2026-11-24").env("NO_PROXY", "*")
}

/// Without the times at the ends of lines, and the address of the simulator.
fn timeless(text: &str, simulator: &Handle) -> String {
    let lines = text.lines().map(|line| {
        let Some(line) = line.strip_suffix(" s") else { return line.to_owned() };
        let line = line.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
        line.trim_end().to_owned()
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    text.replace(&simulator.http_address().to_string(), "SIMULATOR")
}

/// As it is read in the log of a build: no colours, no signs beyond ASCII, in the order of the files.
#[test]
fn a_few_logins_are_a_line_each_and_what_to_do_by_cause() {
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", "{ \"apiVersion\": \"61.0\" }");
    let org = |name: &str, id: &str, secret: &str| oauth_org(name, &simulator.http_url, id, secret);
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("a.sforg.json", org("Works", id, secret));
    let sandbox = org("Sandbox?", id, secret).replacen('{', "{\"sandbox\": true,", 1);
    workspace.write("b.sforg.json", sandbox);
    workspace.write("c.sforg.json", org("Wrong", DEV.client_id, &"0".repeat(64)));
    workspace.write("d.sforg.json", org("No secret", id, "${env:NOT_SET}"));
    workspace.write("e.sforg.json", "{ \"name\": \"Broken\"");
    let ran = login(&workspace, &simulator.http_url).run();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    expect_to_fit(&ran.out, 80);
    assert!(ran.out.is_ascii(), "{}", ran.out);
    insta::assert_snapshot!("login", timeless(&ran.out, &simulator));
}

#[test]
#[cfg(target_os = "linux")]
fn two_hundred_logins_with_thirteen_failures_fit_on_two_screens() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let cases = [
        ("oauth-invalid-client", 4),
        ("oauth-no-run-as-user", 3),
        ("oauth-invalid-client-id", 2),
        ("oauth-app-not-approved", 1),
        ("oauth-flow-disabled", 1),
    ];
    let mut failing = cases.iter().flat_map(|(case, count)| vec![*case; *count]);
    for number in 0..200 {
        let case = if number % 17 == 3 { failing.next() } else { None };
        let id = match case {
            Some(case) => case_client_id(&format!("{case}-{number}")),
            None => behaviour_client_id(&format!("ok-{number}")),
        };
        let secret = if number % 99 == 98 { "${env:NOT_SET}" } else { &"0".repeat(64) };
        let name = format!("Customer {number} production");
        let org = oauth_org(&name, &simulator.http_url, &id, secret);
        workspace.write(&format!("customer-{number}/org.sforg.json"), org);
    }
    assert_eq!(failing.next(), None);
    let terminal = test_support::Terminal::open();
    let command = login(&workspace, &simulator.http_url).env("TERM", "xterm");
    let command = command.env("COLUMNS", "80").env("LANG", "C.UTF-8").env("NO_COLOR", "1");
    let ran = command.writes_to(terminal.stream(), std::process::Stdio::piped()).run();
    let seen = terminal.screen().replace('\r', "");
    assert_eq!(ran.code, 1, "{seen}");
    assert!(!seen.contains('\u{1b}'), "{seen}");
    expect_to_fit(&seen, 80);
    assert!(seen.lines().count() <= 60, "{seen}");
    assert_eq!(seen.lines().filter(|line| line.starts_with('✗')).count(), 11, "{seen}");
    for part in [
        "13 of 200 logins do not work",
        "\nWrong client secret · 4",
        "\nNot tested · 2",
        "\n187 logged in, 11 failed, 2 not tested.",
        "  1. Copy the Consumer Secret",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
}

#[test]
fn a_step_that_is_not_for_all_says_for_whom() {
    let workspace = Workspace::new();
    let org = |name: &str, secret: &str| {
        let org = oauth_org(name, "https://acme.my.salesforce.com", PRODUCTION.client_id, secret);
        workspace.write(&format!("{name}.sforg.json"), org);
    };
    org("A", "${env:FIRST}");
    org("B", "${env:SECOND}");
    let ran = run(&workspace, &["login"]);
    for step in [
        "\n  1. A: Set the environment variable FIRST,",
        "\n  2. B: Set the environment variable SECOND,",
        "\n  3. A program",
    ] {
        assert!(ran.out.contains(step), "{step}: {}", ran.out);
    }
    assert!(!ran.out.contains("All steps for one org"), "{}", ran.out);
    // Of more, the first; all are told to who asks.
    org("C", "${env:THIRD}");
    let ran = run(&workspace, &["login"]);
    assert!(ran.out.contains("  1. A: ") && !ran.out.contains("  2. B: "), "{}", ran.out);
    assert!(ran.out.contains("All steps for one org: sforg login FILE"), "{}", ran.out);
    let ran = run(&workspace, &["login", "--all"]);
    assert!(ran.out.contains("  3. C: Set the environment variable THIRD,"), "{}", ran.out);
    expect_to_fit(&ran.out, 80);
}

#[test]
fn where_no_login_gets_through_it_is_said_once() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("its number"));
    drop(listener);
    let workspace = Workspace::new();
    for number in 0..40 {
        let id = behaviour_client_id(&format!("ok-{number}"));
        let org = oauth_org(&format!("Org {number}"), &address, &id, &"0".repeat(64));
        workspace.write(&format!("{number:02}.sforg.json"), org);
    }
    let ran = login(&workspace, &address).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.starts_with("sforg: no Salesforce host can be reached ("), "{ran:?}");
    assert!(ran.err.contains("--keep-going") && ran.err.contains("HTTPS_PROXY"), "{ran:?}");
    assert!(ran.out.lines().count() <= 12, "{ran:?}");
    let ran = login(&workspace, &address).arg("--keep-going").run();
    assert!(ran.out.lines().last().is_some_and(|sum| sum.starts_with("40 failed.")), "{ran:?}");
    // Programs are told about each.
    let rows = login(&workspace, &address).arg("--format").arg("json").run().json();
    let rows = rows.as_array().expect("a list");
    let of = |cause: &str| rows.iter().filter(|row| row["cause"] == json!(cause)).count();
    assert_eq!((rows.len(), of("network") + of("cancelled")), (40, 40));
    assert!(of("network") >= 5 && of("cancelled") >= 1, "{rows:?}");
}
