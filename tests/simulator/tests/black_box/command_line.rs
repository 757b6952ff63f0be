//! The program itself.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use sforg_simulator::{BEHAVIOURS, PRODUCTION, UAT, cases};

use crate::client::*;

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sforg-simulator"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    command(arguments).output().expect("it runs")
}

/// A started program, killed when a test fails before it has ended.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already where all went well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Self(command.spawn().expect("it runs"))
    }

    fn line(&mut self) -> String {
        let stdout = self.0.stdout.as_mut().expect("piped");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        line
    }
}

#[tokio::test]
async fn json_tells_a_program_everything() {
    let mut running = Running::start(&["--json", "--until-stdin-closes", "--proxy-port", "0"]);
    let told: Value = serde_json::from_str(&running.line()).expect("one line of JSON");
    let url = told["httpUrl"].as_str().expect("an address");
    assert_eq!(told["allowLoginHosts"][0], url);
    assert_eq!(told["instanceUrl"], url);
    assert_eq!(told["serverHost"], url.trim_start_matches("http://"));
    assert!(told["proxyUrl"].is_string());
    assert_eq!(told["accounts"][0]["clientId"], PRODUCTION.client_id);
    assert_eq!(told["accounts"][1]["securityToken"], UAT.security_token);
    assert_eq!(told["cases"].as_array().map(Vec::len), Some(cases().len()));
    assert_eq!(told["behaviours"].as_array().map(Vec::len), Some(BEHAVIOURS.len()));
    assert_eq!(told["pid"], running.0.id());
    let ca = std::fs::read_to_string(told["caFile"].as_str().expect("a path")).expect("a file");
    assert!(ca.starts_with("-----BEGIN CERTIFICATE-----"));

    let form = credentials(UAT.client_id, UAT.client_secret);
    let answer = send(client().post(format!("{url}/services/oauth2/token")).form(&form)).await;
    assert_eq!(answer.status, 200);
    let stats = get(told["statsUrl"].as_str().expect("an address")).await.json();
    assert_eq!(stats["oauthLogins"]["sessions"], 1);

    drop(running.0.stdin.take());
    assert!(running.0.wait().expect("ended").success());
    let mut rest = String::new();
    let stderr = running.0.stderr.as_mut().expect("piped");
    stderr.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "", "no log beside JSON");
}

#[cfg(unix)]
#[test]
fn signals_end_it_cleanly() {
    for signal in ["-TERM", "-INT"] {
        let mut running = Running::start(&["--json"]);
        let told: Value = serde_json::from_str(&running.line()).expect("one line of JSON");
        let id = running.0.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().expect("sent");
        assert!(sent.success());
        assert!(running.0.wait().expect("ended").success(), "{signal}");
        let ca = told["caFile"].as_str().expect("a path");
        assert!(!std::path::Path::new(ca).exists(), "the temporary folder is removed");
    }
}

#[tokio::test]
async fn the_page_is_for_people_and_the_log_holds_no_secret() {
    let mut running = Running::start(&["--until-stdin-closes"]);
    let stdout = running.0.stdout.take().expect("piped");
    let mut page = String::new();
    let mut lines = BufReader::new(stdout);
    while !page.contains("Stop with") {
        assert!(lines.read_line(&mut page).expect("a line") > 0, "{page}");
    }
    for expected in [
        PRODUCTION.client_id,
        PRODUCTION.client_secret,
        UAT.username,
        UAT.password,
        UAT.security_token,
        "instanceUrl",
        "serverHost",
        "--allow-login-host http://127.0.0.1:",
        "--list-cases",
        "CA certificate",
        "Stop with Ctrl-C.",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains('\u{1b}'), "no styling where there is no terminal");
    assert!(page.lines().all(|line| line.chars().count() <= 110), "fits a terminal");

    let url = page.split_whitespace().find(|word| word.starts_with("http://")).expect("one");
    let form = credentials(UAT.client_id, UAT.client_secret);
    send(client().post(format!("{url}/services/oauth2/token")).form(&form)).await;
    let soap = format!("{url}/services/Soap/u/62.0?x=NotReal-Query");
    send(soap_request(&soap, envelope(UAT.username, UAT.password))).await;
    drop(running.0.stdin.take());
    running.0.wait().expect("ended");
    let mut log = String::new();
    running.0.stderr.take().expect("piped").read_to_string(&mut log).expect("text");
    let expected = "200 POST /services/oauth2/token  Acme UAT is in\n\
                    500 POST /services/Soap/u/62.0  LOGIN_MUST_USE_SECURITY_TOKEN\n";
    assert_eq!(log, expected);
}

#[test]
fn lists() {
    let listed = output(&["--list-cases"]);
    assert!(listed.status.success());
    let text = String::from_utf8(listed.stdout).expect("UTF-8");
    for case in cases() {
        assert!(text.contains(&format!("\n{}   ", case.id)), "{}", case.id);
    }
    let listed = output(&["--list-behaviours"]);
    let text = String::from_utf8(listed.stdout).expect("UTF-8");
    for behaviour in BEHAVIOURS {
        assert!(text.contains(&format!("  {} ", behaviour.name)), "{}", behaviour.name);
        assert!(text.contains(behaviour.meaning));
    }
}

#[test]
fn mistakes_are_told_with_exit_code_2() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let busy = output(&["--http-port", &port]);
    assert_eq!(busy.status.code(), Some(2));
    let text = String::from_utf8(busy.stderr).expect("UTF-8");
    let start = format!("sforg-simulator: cannot listen on 127.0.0.1:{port} (--http-port): ");
    assert!(text.starts_with(&start), "{text}");
    for arguments in [
        ["--proxy-user", "a:b"].as_slice(),
        &["--proxy-port", "0", "--proxy-user", "nocolon"],
        &["--proxy-port", "0", "--proxy-refuse", "200"],
        &["--wrong-certificate", "blue"],
        &["--newest-api", "new"],
        &["--https-name", "a/b"],
        &["--unknown"],
    ] {
        let refused = output(arguments);
        assert_eq!(refused.status.code(), Some(2), "{arguments:?}");
        assert!(!refused.stderr.is_empty(), "{arguments:?}");
    }
}
