//! `sforg login` for many orgs, against a simulated Salesforce.

use serde_json::{Value, json};
use sforg_simulator::{DEV, Handle, Options, PRODUCTION, Simulator, UAT, behaviour_client_id};
use test_support::{CommandLine, Workspace, oauth_org, wait_until};

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

fn login(workspace: &Workspace, simulator: &Handle) -> CommandLine {
    CommandLine::new(workspace, &["login", "--allow-login-host", &simulator.http_url])
}

fn oauth(simulator: &Handle, name: &str, client_id: &str, secret: &str) -> String {
    oauth_org(name, &simulator.http_url, client_id, secret)
}

/// An org whose login behaves as `behaviour` says.
fn behaves(simulator: &Handle, name: &str, behaviour: &str) -> String {
    oauth(simulator, name, &behaviour_client_id(behaviour), &"0".repeat(64))
}

fn basic(simulator: &Handle, name: &str, version: &str, password: &str) -> String {
    let auth = json!({
        "type": "basic", "username": UAT.username, "password": password,
        "securityToken": UAT.security_token,
    });
    json!({
        "name": name, "sandbox": true, "serverHost": simulator.http_address().to_string(),
        "apiVersion": version, "auth": auth,
    })
    .to_string()
}

#[test]
fn a_project_may_say_that_it_is_the_password_after_all() {
    let simulator = simulator();
    for (rule, secret) in [("foreign-reference", "[a-password]"), ("placeholder-value", "****")] {
        let workspace = Workspace::new();
        workspace.write("sforg-project.json", json!({ "apiVersion": "61.0" }).to_string());
        workspace.write("a.sforg.json", oauth(&simulator, "A", PRODUCTION.client_id, secret));
        let ran = login(&workspace, &simulator).run();
        assert!(ran.out.starts_with("skip A "), "{ran:?}");
        let rules = json!({ "apiVersion": "61.0", "rules": { rule: "off" } });
        workspace.write("sforg-project.json", rules.to_string());
        let ran = login(&workspace, &simulator).run();
        assert!(ran.out.starts_with("FAIL A "), "{ran:?}");
    }
}

#[test]
fn results_come_in_the_order_of_the_files_with_one_summary() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    // The first is the last to end.
    workspace.write("a.sforg.json", behaves(&simulator, "Slow", "delay-700ms"));
    workspace.write("b.sforg.json", oauth(&simulator, "Works", id, secret));
    workspace.write("c.sforg.json", oauth(&simulator, "Same", id, secret));
    workspace.write("d.sforg.json", oauth(&simulator, "Wrong", DEV.client_id, &"0".repeat(64)));
    workspace.write("e.sforg.json", "{ \"name\": \"Broken\"");
    let ran = login(&workspace, &simulator).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    let heads: Vec<String> = ran
        .out
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(heads, ["ok Slow", "ok Works", "ok Same", "FAIL Wrong", "skip Broken"]);
    let sum = ran.out.lines().last().unwrap_or_default();
    assert!(sum.starts_with("3 logged in, 1 failed, 1 not tested."), "{ran:?}");
    assert_eq!(ran.err, "");
    assert_eq!(simulator.stats().oauth_logins.attempts, 3, "the same credentials go once");

    let ran = login(&workspace, &simulator).arg("--format").arg("json").run();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let rows = ran.json();
    let files: Vec<_> = rows.as_array().expect("a list").iter().map(|row| &row["file"]).collect();
    assert_eq!(
        files,
        ["a.sforg.json", "b.sforg.json", "c.sforg.json", "d.sforg.json", "e.sforg.json"]
    );
    assert_eq!(rows[2]["status"], "ok");
    assert_eq!(rows[2]["identity"], rows[1]["identity"]);

    let one = login(&workspace, &simulator).arg("b.sforg.json").run();
    assert_eq!((one.code, one.err.as_str()), (0, ""));
    let sum = one.out.lines().last().unwrap_or_default();
    assert!(sum.starts_with("Logged in."), "{one:?}");
}

/// The same user name and password with several API versions: each is a login of its own, but when
/// Salesforce refuses one, the others are not sent after it.
#[test]
fn refused_credentials_are_not_sent_again_with_another_version() {
    let simulator = simulator();
    let workspace = Workspace::new();
    for (number, version) in ["61.0", "62.0", "63.0", "61.0"].iter().enumerate() {
        let org = basic(&simulator, &format!("Org {number}"), version, "not-the-password");
        workspace.write(&format!("{number}.sforg.json"), org);
    }
    // Without the guard, which would stop the third.
    let command = || login(&workspace, &simulator).arg("--force").arg("--format").arg("json");
    let rows = command().run().json();
    for row in rows.as_array().expect("a list") {
        assert_eq!(row["cause"], "wrong-credentials");
        assert_eq!(row["member"], "/auth/password");
    }
    assert_eq!(rows.as_array().map(Vec::len), Some(4));
    assert_eq!(simulator.stats().soap_logins.attempts, 1);

    simulator.reset_stats();
    for (number, version) in ["61.0", "62.0", "63.0", "61.0"].iter().enumerate() {
        let org = basic(&simulator, &format!("Org {number}"), version, UAT.password);
        workspace.write(&format!("{number}.sforg.json"), org);
    }
    let ran = command().run();
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(simulator.stats().soap_logins.attempts, 3, "one for each version");
}

/// Other words for the same password: the guard must have seen a refusal before the next attempt.
#[test]
fn a_user_is_never_tried_at_the_same_time_twice() {
    let simulator = simulator();
    let workspace = Workspace::new();
    for number in 0..6 {
        let org = basic(&simulator, "Org", "61.0", &format!("${{env:P{number}}}"));
        workspace.write(&format!("{number}.sforg.json"), org);
    }
    let mut command = login(&workspace, &simulator).arg("--format").arg("json");
    for number in 0..6 {
        command = command.env(&format!("P{number}"), "not-the-password");
    }
    let rows = command.run().json();
    let causes: Vec<_> = (0..6).map(|number| &rows[number]["cause"]).collect();
    let (wrong, guarded) = ("wrong-credentials", "lockout-guard");
    assert_eq!(causes, [wrong, wrong, guarded, guarded, guarded, guarded]);
    assert_eq!(simulator.stats().soap_logins.attempts, 2);
}

/// Only the person who starts the program allows a host or sets a proxy: no file that comes with a
/// repository does, wherever in it the program is started.
#[test]
fn a_workspace_allows_no_host() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    workspace.write("a.sforg.json", oauth(&simulator, "Acme", id, secret));
    let url = &simulator.http_url;
    let project = json!({ "apiVersion": "61.0", "allowedLoginHosts": [url] });
    workspace.write("sforg-project.json", project.to_string());
    let names = ["SFORG_ALLOW_LOGIN_HOSTS", "HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];
    let env: String = names.iter().map(|name| format!("{name}={url}\n")).collect();
    workspace.write(".env", &env);
    let config = json!({ "allowedLoginHosts": [url] }).to_string();
    for path in ["config.json", "sforg.json", "sforg/config.json", ".config/sforg/config.json"] {
        workspace.write(path, &config);
    }
    let row = &CommandLine::new(&workspace, &["login", "--format", "json"]).run().json()[0];
    assert_eq!(row["status"], "skipped", "{row}");
    assert_eq!(simulator.stats().connections, 0);
}

#[test]
fn the_third_run_is_stopped_and_force_goes_on() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let state = workspace.path("state");
    workspace.write("a.sforg.json", basic(&simulator, "Org", "61.0", "not-the-password"));
    let command = || {
        let command = login(&workspace, &simulator).arg("--format").arg("json");
        command.env("SFORG_STATE_DIR", &state.to_string_lossy())
    };
    let cause = |command: CommandLine| command.run().json()[0]["cause"].clone();
    assert_eq!(cause(command()), "wrong-credentials");
    assert_eq!(cause(command()), "wrong-credentials");
    assert_eq!(cause(command()), "lockout-guard");
    assert_eq!(simulator.stats().soap_logins.attempts, 2);
    assert_eq!(cause(command().arg("--force")), "wrong-credentials");
    assert_eq!(simulator.stats().soap_logins.attempts, 3);
    // Other credentials of the same user begin anew, and the right ones are no refusal.
    workspace.write("a.sforg.json", basic(&simulator, "Org", "61.0", UAT.password));
    assert_eq!(command().run().code, 0);
}

/// Twelve processes that begin at the same time send the same wrong password twice together; the
/// right one they all send, some after the others.
#[test]
fn processes_at_the_same_time_count_together() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let state = workspace.path("state");
    let causes = |password: &str| {
        workspace.write("a.sforg.json", basic(&simulator, "Org", "61.0", password));
        let start = |_| {
            let command = login(&workspace, &simulator).arg("--format").arg("json");
            command.env("SFORG_STATE_DIR", &state.to_string_lossy()).start()
        };
        let running: Vec<_> = (0..12).map(start).collect();
        let causes = running.into_iter().map(|running| running.finish().json()[0]["cause"].clone());
        causes.collect::<Vec<Value>>()
    };
    let wrong = causes("not-the-password");
    assert_eq!(simulator.stats().soap_logins.attempts, 2, "{wrong:?}");
    let count = |cause: &str| wrong.iter().filter(|given| *given == cause).count();
    assert_eq!((count("wrong-credentials"), count("lockout-guard")), (2, 10), "{wrong:?}");
    let right = causes(UAT.password);
    assert!(right.iter().all(Value::is_null), "{right:?}");
    assert_eq!(simulator.stats().soap_logins.attempts, 14);
}

/// The attempts of processes that were killed hold up nobody for the rest of their time.
#[test]
#[cfg(unix)]
fn a_killed_process_gives_its_attempts_back() {
    let simulator = simulator();
    let workspace = Workspace::new();
    let state = workspace.path("state");
    workspace.write("a.sforg.json", behaves(&simulator, "Org", "hang"));
    let command = || {
        let command = login(&workspace, &simulator).arg("--format").arg("json");
        command.env("SFORG_STATE_DIR", &state.to_string_lossy())
    };
    let signal = |id: u32, signal| {
        let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(id.expect("a process"), signal).expect("a signal");
    };
    let sent = || simulator.stats().oauth_logins.attempts;
    let hanging = [command().start(), command().start()];
    wait_until("both are sent", || sent() == 2);
    let third = command().start();
    let waits = || {
        let kept = std::fs::read_to_string(state.join("login-attempts.json")).unwrap_or_default();
        kept.matches("\"process\"").count() == 2
    };
    assert!(waits(), "two are under way");
    for running in hanging {
        signal(running.id(), rustix::process::Signal::KILL);
        running.finish();
    }
    wait_until("the third is sent", || sent() == 3);
    signal(third.id(), rustix::process::Signal::INT);
    assert_eq!(third.finish().json()[0]["cause"], "cancelled");
    // One that is told to end gives its attempt back itself.
    assert!(
        !std::fs::read_to_string(state.join("login-attempts.json"))
            .is_ok_and(|kept| { kept.contains("\"process\"") })
    );
}

/// A state folder that cannot be written keeps no counts for the next run; in this one they hold.
#[test]
fn without_a_state_folder_the_process_guards_itself() {
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("state", "a file where the folder should be");
    for number in 0..6 {
        // Each in another way to write the same credentials.
        let user =
            if number % 2 == 0 { UAT.username.to_owned() } else { UAT.username.to_uppercase() };
        let org =
            basic(&simulator, &format!("Org {number}"), &format!("{}.0", 60 + number), "not-it")
                .replace(UAT.username, &user);
        workspace.write(&format!("{number}.sforg.json"), org);
    }
    let command = login(&workspace, &simulator).arg("--format").arg("json");
    let ran = command.env("SFORG_STATE_DIR", &workspace.path("state").to_string_lossy()).run();
    let attempts = simulator.stats().soap_logins.attempts;
    assert!(attempts <= 2, "{attempts}: {ran:?}");
}

#[test]
fn the_same_reference_in_two_projects_is_not_the_same_secret() {
    let simulator = simulator();
    let workspace = Workspace::new();
    for (folder, secret) in [("a", PRODUCTION.client_secret), ("b", "0".repeat(64).as_str())] {
        workspace.write(&format!("{folder}/sforg-project.json"), r#"{ "apiVersion": "61.0" }"#);
        workspace.write(&format!("{folder}/.env"), format!("SECRET={secret}\n"));
        let org = oauth(&simulator, folder, PRODUCTION.client_id, "${env:SECRET}");
        workspace.write(&format!("{folder}/org.sforg.json"), org);
    }
    let rows = login(&workspace, &simulator).arg("--format").arg("json").run().json();
    assert_eq!(rows[0]["status"], "ok");
    assert_eq!(rows[1]["cause"], "wrong-client-secret");
    // The first of the guard's two refusals at most: client secrets lock nobody out.
    assert_eq!(simulator.stats().oauth_logins.attempts, 2);
}

/// Sixteen logins that hang at one host; all at another host still end.
#[test]
#[cfg(unix)]
fn a_host_that_hangs_holds_up_no_other_host() {
    let (slow, quick) = (simulator(), simulator());
    let workspace = Workspace::new();
    for number in 0..16 {
        let org = behaves(&slow, "Hangs", &format!("hang-{number}"));
        workspace.write(&format!("a{number:02}.sforg.json"), org);
        let org = behaves(&quick, "Quick", &format!("ok-{number}"));
        workspace.write(&format!("b{number:02}.sforg.json"), org);
    }
    let command = login(&workspace, &slow).arg("--allow-login-host").arg(&quick.http_url).start();
    wait_until("the quick ones are in", || quick.stats().oauth_logins.sessions == 16);
    wait_until("the others hang", || slow.stats().oauth_logins.attempts == 4);
    interrupt(command.id());
    let ran = command.finish();
    assert_eq!(ran.code, 1, "{ran:?}");
    assert_eq!(slow.stats().oauth_logins.attempts, 4, "fewer for one host than in all");
}

#[cfg(unix)]
fn interrupt(id: u32) {
    let id = i32::try_from(id).ok().and_then(rustix::process::Pid::from_raw).expect("a process");
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("a signal");
}

#[test]
#[cfg(unix)]
fn ctrl_c_keeps_the_results_so_far() {
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("a.sforg.json", behaves(&simulator, "Quick", "ok"));
    for number in 0..12 {
        let org = behaves(&simulator, "Hangs", &format!("hang-{number}"));
        workspace.write(&format!("b{number:02}.sforg.json"), org);
    }
    let command = login(&workspace, &simulator).arg("--format").arg("json").start();
    wait_until("four hang", || simulator.stats().oauth_logins.attempts == 5);
    // The quick one has its result when another has taken its place.
    interrupt(command.id());
    let ran = command.finish();
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{ran:?}");
    let rows = ran.json();
    let rows = rows.as_array().expect("a list");
    let count = |status: &str, cause: Option<&str>| {
        rows.iter().filter(|row| row["status"] == status && row["cause"] == json!(cause)).count()
    };
    assert_eq!(rows.len(), 13);
    assert_eq!(count("ok", None), 1);
    assert_eq!(count("failed", Some("cancelled")), 4, "under way");
    assert_eq!(count("skipped", Some("cancelled")), 8, "never begun");
    assert_eq!(simulator.stats().oauth_logins.attempts, 5);
    wait_until("the connections end", || simulator.stats().open_connections == 0);
}

/// On a terminal a result appears when it is known, with a progress below.
#[test]
#[cfg(target_os = "linux")]
fn on_a_terminal_results_appear_as_they_come() {
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("a.sforg.json", behaves(&simulator, "Slow", "delay-700ms"));
    workspace.write("b.sforg.json", behaves(&simulator, "Quick", "ok"));

    let terminal = test_support::Terminal::open();
    let command = login(&workspace, &simulator).env("TERM", "xterm");
    let ran = command.writes_to(terminal.stream(), terminal.stream()).run();
    let seen = terminal.screen();
    assert_eq!(ran.code, 0, "{seen}");
    let place = |text: &str| seen.find(text).unwrap_or_else(|| panic!("{text:?} in {seen}"));
    let (quick, slow) = (place("Quick"), place("Slow"));
    assert!(quick < slow, "{seen}");
    assert!(place("1 of 2  1 in") < slow, "{seen}");
    assert!(slow < place("All 2 logins work."), "{seen}");
}

#[test]
fn a_host_of_ones_own_is_refused_with_the_way_to_allow_it() {
    let workspace = Workspace::new();
    let org = oauth_org("Own", "http://127.0.0.1:8080", "3MVG9", "${env:S}");
    workspace.write("own.sforg.json", org);
    let way = "sforg login --allow-login-host http://127.0.0.1:8080";
    for command in ["check", "login"] {
        let ran = CommandLine::new(&workspace, &[command, "own.sforg.json"]).run();
        let words: Vec<&str> = ran.out.split_whitespace().collect();
        assert!(words.join(" ").contains(way), "{}", ran.out);
        assert!(ran.out.lines().all(|line| line == line.trim_end()), "{:?}", ran.out);
    }
}
