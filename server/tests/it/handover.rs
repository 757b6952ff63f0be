//! `sforg exec` and `sforg token`: a session for other programs, against a simulated Salesforce.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use sforg_simulator::{DEV, Handle, Options, PRODUCTION, Simulator, UAT, behaviour_client_id};
use test_support::{CommandLine, RunningCommand, Terminal, Workspace, leak, oauth_org, wait_until};

const REVOKED: &str = "POST /services/oauth2/revoke";

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

/// A project with an org of each kind, and one that does not get in.
fn project(simulator: &Handle) -> Workspace {
    let workspace = Workspace::new();
    workspace.write("sforg-project.json", json!({ "apiVersion": "61.0" }).to_string());
    let oauth =
        |name: &str, id: &str, secret: &str| oauth_org(name, &simulator.http_url, id, secret);
    let works = oauth("Works", PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("orgs/works.sforg.json", works);
    workspace.write("orgs/wrong.sforg.json", oauth("Wrong", DEV.client_id, &"0".repeat(64)));
    let reference = oauth("Reference", PRODUCTION.client_id, "${env:ACME_SECRET}");
    workspace.write("orgs/reference.sforg.json", reference);
    let slow = oauth("Slow", &behaviour_client_id("delay-60s"), &"0".repeat(64));
    workspace.write("orgs/slow.sforg.json", slow);
    let auth = json!({
        "type": "basic", "username": UAT.username, "password": UAT.password,
        "securityToken": UAT.security_token,
    });
    let basic = json!({
        "name": "Basic", "sandbox": true, "serverHost": simulator.http_address().to_string(),
        "auth": auth,
    });
    workspace.write("orgs/basic.sforg.json", basic.to_string());
    workspace
}

fn sforg(workspace: &Workspace, simulator: &Handle, command: &str, org: &str) -> CommandLine {
    CommandLine::new(workspace, &[command, "--allow-login-host", &simulator.http_url, "--org", org])
}

/// `sforg exec` with a script for the shell.
fn exec(workspace: &Workspace, simulator: &Handle, org: &str, script: &str) -> CommandLine {
    exec_with(workspace, simulator, org, &[], script)
}

fn exec_with(
    workspace: &Workspace,
    simulator: &Handle,
    org: &str,
    options: &[&str],
    script: &str,
) -> CommandLine {
    let command = sforg(workspace, simulator, "exec", org).args(options);
    command.args(&["--", "sh", "-c", script])
}

fn revoked(simulator: &Handle) -> u64 {
    simulator.stats().paths.get(REVOKED).copied().unwrap_or(0)
}

/// The status with which a call with this session is answered.
fn status_of_a_call(simulator: &Handle, token: &str) -> u16 {
    let mut stream = TcpStream::connect(simulator.http_address()).expect("a connection");
    let head = format!(
        "GET /services/data/v61.0/limits HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}

#[test]
fn a_command_gets_the_session_which_ends_with_it() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let script = "printf %s \"$SF_ACCESS_TOKEN\" > token; \
                  printf %s \"$SF_INSTANCE_URL $SF_ORG_INSTANCE_URL $SF_ORG_API_VERSION\" > rest; \
                  test \"$SF_TARGET_ORG\" = \"$SF_ACCESS_TOKEN\" && echo one";
    let ran = exec(&workspace, &simulator, "Works", script).env("SF_TARGET_ORG", "another").run();
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "one\n", ""));
    let token = workspace.read("token");
    assert!(token.starts_with("00DNR0000000001!"), "{token}");
    assert_eq!(workspace.read("rest"), format!("{0} {0} 61.0", simulator.http_url));
    assert_eq!((revoked(&simulator), status_of_a_call(&simulator, &token)), (1, 401));

    let org = "orgs/works.sforg.json";
    let kept = exec_with(&workspace, &simulator, org, &["--keep-session"], script);
    assert_eq!((kept.run().code, revoked(&simulator)), (0, 1));
    assert_eq!(status_of_a_call(&simulator, &workspace.read("token")), 200);
}

#[test]
fn a_session_of_soap_login_is_left_to_those_who_share_it() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let script = "printf %s \"$SF_ACCESS_TOKEN\" > token";
    let ran = exec(&workspace, &simulator, "Basic", script).run();
    assert_eq!((ran.code, revoked(&simulator)), (0, 0), "{ran:?}");
    assert_eq!(status_of_a_call(&simulator, &workspace.read("token")), 200);
}

#[test]
fn what_the_command_prints_has_no_secret_in_it() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let script = r#"
        t=$SF_ACCESS_TOKEN
        printf %s "$t" > token
        echo "plain $t"; echo "error $t" >&2
        printf 'split '; half=${t%????????????????????????????????????????}
        printf %s "$half"; sleep 0.2; printf '%s\n' "${t#"$half"}"
        echo "json $(printf %s "$t" | sed 's/!/\\u0021/')" "percent $(printf %s "$t" | sed 's/!/%21/')"
        for before in '' a ab; do printf '%s%s' "$before" "$t" | base64; done
        printf %s "$t" | od -An -tx1 -v
        echo "secret $ACME_SECRET"
        echo "cut $(printf %s "$t" | cut -c1-60)"
        printf 'end %s' "$t""#;
    let secret = PRODUCTION.client_secret;
    let ran = exec(&workspace, &simulator, "Reference", script).env("ACME_SECRET", secret).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    let token = workspace.read("token");
    let (_, key) = token.split_once('!').expect("a session");
    let printed = format!("{}{}", ran.out, ran.err);
    assert_eq!(leak(&printed, &[key, secret]), None, "{printed}");
    let hex: String = key.bytes().take(8).map(|byte| format!("{byte:02x} ")).collect();
    assert!(!printed.contains(hex.trim()), "{printed}");
    assert_eq!(ran.err, "error [hidden]\n");
    // Before a pause the id of the org may have been shown, which is no secret.
    assert!(ran.out.contains("\nsplit ") && ran.out.contains("[hidden]\njson"), "{printed}");
    for line in ["plain [hidden]\n", "json [hidden] percent [hidden]\n"] {
        assert!(ran.out.contains(line), "{line}: {printed}");
    }
    assert!(ran.out.contains("secret [hidden]\ncut [hidden]\nend [hidden]"), "{printed}");

    let script = "echo $SF_ACCESS_TOKEN";
    let ran = exec_with(&workspace, &simulator, "Works", &["--no-masking"], script);
    assert!(ran.run().out.starts_with("00DNR0000000001!"));
}

#[test]
fn lines_of_one_stream_keep_their_order() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let script = "i=0; while [ $i -lt 200 ]; do echo out $i; echo error $i >&2; i=$((i+1)); done";
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let command = exec(&workspace, &simulator, "Works", script)
        .writes_to(writer.try_clone().expect("a copy").into(), writer.into())
        .start();
    let mut printed = String::new();
    reader.read_to_string(&mut printed).expect("what is printed");
    assert_eq!(command.finish().code, 0);
    let expected: String = (0..200).map(|i| format!("out {i}\nerror {i}\n")).collect();
    assert_eq!(printed, expected);
}

#[test]
fn the_exit_code_is_the_commands() {
    let simulator = simulator();
    let workspace = project(&simulator);
    workspace.write("no-program", "no program");
    for (command, code, said) in [
        (&["sh", "-c", "exit 7"][..], 7, ""),
        (&["sh", "-c", "kill -TERM $$"], 143, ""),
        (&["sforg-no-such-command"], 127, "sforg: sforg-no-such-command: command not found\n"),
        (&["./no-program"], 126, "sforg: ./no-program: it cannot be started: "),
    ] {
        let ran = sforg(&workspace, &simulator, "exec", "Works").arg("--").args(command).run();
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{ran:?}");
        assert!(ran.err.starts_with(said) && ran.err.is_empty() == said.is_empty(), "{ran:?}");
    }
    assert_eq!(revoked(&simulator), 4, "the session ends also when nothing was started");
}

#[test]
fn without_a_session_the_command_never_runs() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let never = "echo it ran > ran";
    let wrong = exec(&workspace, &simulator, "Wrong", never).run();
    assert_eq!((wrong.code, wrong.out.as_str()), (125, ""), "{wrong:?}");
    assert!(wrong.err.starts_with("sforg: Wrong: "), "{wrong:?}");
    assert!(wrong.err.ends_with("\nThe command was not run.\n"), "{wrong:?}");
    assert!(wrong.err.contains("\n1. "), "what to do: {wrong:?}");

    // As where a person must agree first, and nobody is there.
    let unconfirmed = exec(&workspace, &simulator, "Reference", never)
        .env("SFORG_ALLOW_SECRETS", "")
        .env("ACME_SECRET", PRODUCTION.client_secret)
        .run();
    assert_eq!(unconfirmed.code, 125, "{unconfirmed:?}");
    assert!(unconfirmed.err.contains("ACME_SECRET"), "{unconfirmed:?}");
    let stranger =
        CommandLine::new(&workspace, &["exec", "--org", "Works", "--", "sh", "-c", never]);
    assert_eq!(stranger.run().code, 125, "the host was not allowed");
    let usage =
        CommandLine::new(&workspace, &["exec", "--org", "Works", "--nonsense", "--", "true"]);
    assert_eq!(usage.run().code, 125);
    assert!(!workspace.path("ran").exists());
    assert_eq!(simulator.stats().oauth_logins.attempts, 1, "of the wrong one");
    assert_eq!(revoked(&simulator), 0);
}

#[test]
fn the_org_is_found_by_its_name_in_the_project_around() {
    let simulator = simulator();
    let workspace = project(&simulator);
    workspace.write("below/deep/file.txt", "");
    let below =
        exec(&workspace, &simulator, "Works", "echo in").in_folder(&workspace.path("below/deep"));
    let ran = below.run();
    assert_eq!((ran.code, ran.out.as_str()), (0, "in\n"), "{ran:?}");
    for (org, said) in [
        ("Work", "sforg: no org is called \"Work\" here: did you mean \"Works\"?"),
        ("Elsewhere at all", "here: there are Basic, Reference, Slow, Works, Wrong"),
        ("orgs", "orgs has more than one org: name its file (orgs/basic.sforg.json, "),
        ("none.sforg.json", "no such file or folder: none.sforg.json"),
    ] {
        let ran = exec(&workspace, &simulator, org, "true").run();
        assert!(ran.code == 125 && ran.err.contains(said), "{ran:?}");
    }
}

fn signal(command: &RunningCommand, signal: Signal) {
    let id = i32::try_from(command.id()).ok().and_then(Pid::from_raw).expect("a process");
    kill_process(id, signal).expect("a signal");
}

#[test]
fn signals_reach_the_command_and_the_session_ends_nevertheless() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let kinds = [
        ("HUP", Signal::HUP),
        ("INT", Signal::INT),
        ("TERM", Signal::TERM),
        ("USR1", Signal::USR1),
    ];
    for (count, (name, number)) in (1..).zip(kinds) {
        let script =
            format!("trap 'exit 9' {name}; echo yes > ready-{name}; while :; do sleep 0.02; done");
        let running = exec(&workspace, &simulator, "Works", &script).start();
        let ready = workspace.path(&format!("ready-{name}"));
        wait_until("the command runs", || {
            std::fs::read_to_string(&ready).is_ok_and(|text| text == "yes\n")
        });
        signal(&running, number);
        let ran = running.finish();
        assert_eq!((ran.code, revoked(&simulator)), (9, count), "{name}: {ran:?}");
    }
}

#[test]
fn a_signal_during_the_login_stops_it_and_nothing_runs() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let running = exec(&workspace, &simulator, "Slow", "echo it ran > ran").start();
    wait_until("the login is under way", || simulator.stats().oauth_logins.attempts == 1);
    signal(&running, Signal::TERM);
    let ran = running.finish();
    assert_eq!(ran.code, 125, "{ran:?}");
    assert!(!workspace.path("ran").exists());
}

#[test]
fn a_question_of_the_command_shows_and_is_answered_at_the_terminal() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let mut terminal = Terminal::open();
    let script =
        "printf 'Which of 00'; read answer; echo \"It was $answer\"; echo $SF_ACCESS_TOKEN";
    let running = exec(&workspace, &simulator, "Works", script)
        .reads(terminal.stream())
        .writes_to(terminal.stream(), terminal.stream())
        .start();
    terminal.answer("Which of 00", "seven\n");
    assert_eq!(running.finish().code, 0);
    let screen = terminal.screen();
    assert!(screen.contains("It was seven\r\n[hidden]\r\n"), "{screen}");
}

#[test]
fn a_reader_that_goes_away_ends_the_command_as_it_would_without_sforg() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let (mut reader, writer) = std::io::pipe().expect("a pipe");
    let running = exec(&workspace, &simulator, "Works", "while :; do echo line; done")
        .writes_to(writer.into(), Stdio::null())
        .start();
    reader.read_exact(&mut [0; 5]).expect("a line");
    drop(reader);
    let ran = running.finish();
    // SIGPIPE, or what the shell makes of an error.
    assert_ne!(ran.code, 0, "{ran:?}");
    assert_eq!(revoked(&simulator), 1);
}

#[test]
fn a_token_goes_into_a_pipe_and_onto_a_screen_only_when_asked_for() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let ran = sforg(&workspace, &simulator, "token", "Works").run();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let token = ran.json();
    let names: Vec<_> = token.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["accessToken", "instanceUrl", "apiVersion"]);
    assert_eq!(token["instanceUrl"], simulator.http_url);
    assert_eq!(token["apiVersion"], "61.0");
    let session = token["accessToken"].as_str().expect("a token");
    assert_eq!((status_of_a_call(&simulator, session), revoked(&simulator)), (200, 0));

    let attempts = || simulator.stats().oauth_logins.attempts;
    for (option, code, added) in [("--force", 2, 0), ("--show", 0, 1)] {
        let before = attempts();
        let terminal = Terminal::open();
        let ran = sforg(&workspace, &simulator, "token", "Works")
            .arg(option)
            .writes_to(terminal.stream(), Stdio::piped())
            .run();
        let screen = terminal.screen();
        assert_eq!((ran.code, attempts() - before), (code, added), "{ran:?} {screen}");
        assert_eq!(screen.contains("accessToken"), code == 0, "{screen}");
    }
    let wrong = sforg(&workspace, &simulator, "token", "Wrong").run();
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:?}");
}

#[test]
fn nothing_of_a_session_is_stored() {
    let simulator = simulator();
    let workspace = project(&simulator);
    let state = tempfile::tempdir().expect("a folder");
    let folder = state.path().to_string_lossy().into_owned();
    let ran = sforg(&workspace, &simulator, "token", "Works").env("SFORG_STATE_DIR", &folder).run();
    let token = ran.json();
    let (_, key) = token["accessToken"].as_str().expect("a token").split_once('!').expect("a key");
    for entry in std::fs::read_dir(state.path()).expect("the state").flatten() {
        let text = std::fs::read(entry.path()).unwrap_or_default();
        assert_eq!(leak(&String::from_utf8_lossy(&text), &[key]), None, "{entry:?}");
    }
}
