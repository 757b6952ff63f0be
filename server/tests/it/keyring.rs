//! `${keyring:…}` from end to end: a real Secret Service in a D-Bus session of its own
//! (`cargo xtask test keyring`).

mod moving;

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use sforg_simulator::{Handle, Options, PRODUCTION, Simulator, behaviour_client_id};
use test_support::{CommandLine, Workspace, in_keyring_session, oauth_org, wait_until};

/// Whether this is the run of a test inside a session; otherwise makes that run.
fn is_in_session(test: &str, environment: &[(&str, &str)]) -> bool {
    in_keyring_session(&format!("keyring::{test}"), environment).is_none()
}

/// The session's address, which the clean environment of a command does not have.
fn bus() -> String {
    std::env::var("DBUS_SESSION_BUS_ADDRESS").expect("a session")
}

fn sforg(workspace: &Workspace, arguments: &[&str]) -> CommandLine {
    let state = workspace.path("state");
    CommandLine::new(workspace, arguments)
        .env("DBUS_SESSION_BUS_ADDRESS", &bus())
        .env("SFORG_STATE_DIR", &state.to_string_lossy())
}

fn store(workspace: &Workspace, name: &str, value: &str) {
    workspace.write("value", format!("{value}\n"));
    let value = std::fs::File::open(workspace.path("value")).expect("the value");
    let ran = sforg(workspace, &["secret", "set", name]).reads(Stdio::from(value)).run();
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    workspace.remove("value");
}

fn lock() {
    let lock = [
        "--print-reply",
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login",
    ];
    let locked = Command::new("dbus-send").args(lock).output().expect("dbus-send runs");
    assert!(locked.status.success(), "{locked:?}");
}

fn login(workspace: &Workspace, simulator: &Handle) -> CommandLine {
    let arguments =
        ["login", "--format", "json", "--allow-login-host", &simulator.http_url, "acme.sforg.json"];
    sforg(workspace, &arguments).env("SFORG_LOG", "trace")
}

fn org(simulator: &Handle, secret: &str) -> String {
    oauth_org("Acme", &simulator.http_url, PRODUCTION.client_id, secret)
}

fn simulator() -> Handle {
    Simulator::start(Options::default()).expect("a simulator")
}

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_secret_is_set_listed_used_and_removed() {
    if !is_in_session("a_secret_is_set_listed_used_and_removed", &[]) {
        return;
    }
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("acme.sforg.json", org(&simulator, "${keyring:acme production}"));

    let ran = login(&workspace, &simulator).run();
    let row = &ran.json()[0];
    assert_eq!(
        (row["status"].as_str(), row["cause"].as_str()),
        (Some("skipped"), Some("secret-unavailable"))
    );
    assert!(row["summary"].to_string().contains("has no entry acme production"), "{row}");
    assert_eq!(simulator.stats().connections, 0);

    store(&workspace, "acme production", "not the secret");
    store(&workspace, "acme production", PRODUCTION.client_secret);
    store(&workspace, "another", "not-real");
    let ran = sforg(&workspace, &["secret", "list"]).run();
    assert_eq!((ran.code, ran.out.as_str()), (0, "acme production\nanother\n"));
    let ran = login(&workspace, &simulator).run();
    assert_eq!((ran.code, ran.json()[0]["status"].as_str()), (0, Some("ok")), "{ran:?}");
    assert!(ran.err.contains("TRACE"), "the finest log is looked at: {}", ran.err);
    assert!(!format!("{ran:?}").contains(&PRODUCTION.client_secret[..12]), "{ran:?}");

    let ran = sforg(&workspace, &["secret", "remove", "acme production"]).run();
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = sforg(&workspace, &["secret", "remove", "acme production"]).run();
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("has no entry acme production"), "{ran:?}");
    let ran = sforg(&workspace, &["secret", "list"]).run();
    assert_eq!(ran.out, "another\n");
    assert_eq!(login(&workspace, &simulator).run().json()[0]["cause"], "secret-unavailable");
    assert_eq!(simulator.stats().oauth_logins.attempts, 1);
}

/// What comes by a pipe is stored as it is, or not at all.
#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn what_is_piped_is_stored_whole_or_refused() {
    if !is_in_session("what_is_piped_is_stored_whole_or_refused", &[]) {
        return;
    }
    let workspace = Workspace::new();
    let set = |value: &[u8]| {
        workspace.write("value", value);
        let value = std::fs::File::open(workspace.path("value")).expect("the value");
        sforg(&workspace, &["secret", "set", "piped"]).reads(Stdio::from(value)).run()
    };
    let simulator = simulator();
    workspace.write("acme.sforg.json", org(&simulator, "${keyring:piped}"));
    for end in ["", "\n", "\r\n"] {
        let ran = set(format!("{}{end}", PRODUCTION.client_secret).as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
        assert_eq!(login(&workspace, &simulator).run().json()[0]["status"], "ok", "{end:?}");
    }
    for (refused, words) in [
        (&b"\n"[..], "empty"),
        (b"\xff\xfeF\0A\0K\0E\0", "UTF-16"),
        (b"FAKE\xe9", "not UTF-8"),
        (b"\xef\xbb\xbfFAKE", "byte order mark"),
        (b"FAKE\0FAKE", "NUL"),
    ] {
        let ran = set(refused);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{ran:?}");
        assert!(ran.err.contains("nothing was stored") && ran.err.contains(words), "{ran:?}");
        // What was there is there.
        assert_eq!(login(&workspace, &simulator).run().json()[0]["status"], "ok", "{words}");
    }
    let ran = set(b"line one\nline two\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("2 lines") && !ran.err.contains("line one"), "{ran:?}");
}

/// An entry says itself where it may go, also where the state folder does not know it.
#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn an_entry_goes_where_it_was_stored_for() {
    if !is_in_session("an_entry_goes_where_it_was_stored_for", &[]) {
        return;
    }
    let (one, other) = (simulator(), simulator());
    let workspace = Workspace::new();
    let set = |arguments: &[&str]| {
        workspace.write("value", PRODUCTION.client_secret);
        let value = std::fs::File::open(workspace.path("value")).expect("the value");
        let arguments = [&["secret", "set", "acme"], arguments].concat();
        sforg(&workspace, &arguments).reads(Stdio::from(value)).run()
    };
    let result = |simulator: &Handle, client_id: &str| {
        let text = oauth_org("Acme", &simulator.http_url, client_id, "${keyring:acme}");
        workspace.write("acme.sforg.json", text);
        let elsewhere = workspace.path("another-state");
        let command = login(&workspace, simulator).env("SFORG_ALLOW_SECRETS", "");
        let command = command.env("SFORG_STATE_DIR", &elsewhere.to_string_lossy());
        command.run().json()[0]["cause"].clone()
    };
    let (host, id) = (one.http_address().to_string(), PRODUCTION.client_id);
    assert_eq!(set(&[]).code, 0);
    assert_eq!(result(&one, id), "secret-not-confirmed");
    let ran = set(&["--for", &format!("http://{host}"), "--user", id]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(result(&one, id), Value::Null);
    assert_eq!(result(&one, &behaviour_client_id("ok")), "secret-not-confirmed");
    assert_eq!(result(&other, id), "secret-not-confirmed");
    // A new value keeps the places of the old one.
    assert_eq!(set(&[]).code, 0);
    assert_eq!(result(&one, id), Value::Null);
    assert_eq!(set(&["--for", &format!("http://{host}")]).code, 0);
    assert_eq!(result(&one, &behaviour_client_id("ok")), Value::Null);
    let listed = format!("acme\n  may go to {host} as {id}\n  may go to {host}\n");
    assert_eq!(sforg(&workspace, &["secret", "list"]).run().out, listed);
    assert_eq!(other.stats().connections, 0);

    for (arguments, words) in [
        (&["--for", "login.salesforce.com"][..], "--user"),
        (&["--for", "https://bob:FAKEpw@evil.example"], "user name or password"),
        (&["--user", "a@b.example"], "--for"),
    ] {
        let ran = set(arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.err.contains(words) && !ran.err.contains("FAKEpw"), "{ran:?}");
    }
}

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_locked_keyring_is_told_and_nothing_is_sent() {
    if !is_in_session("a_locked_keyring_is_told_and_nothing_is_sent", &[]) {
        return;
    }
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("acme.sforg.json", org(&simulator, "${keyring:acme}"));
    store(&workspace, "acme", PRODUCTION.client_secret);
    lock();
    let ran = login(&workspace, &simulator).run();
    assert_eq!(ran.code, 1, "{ran:?}");
    let row = &ran.json()[0];
    assert_eq!(row["status"], "skipped");
    assert_eq!(row["cause"], "secret-unavailable");
    assert_eq!(row["member"], "/auth/clientSecret");
    assert!(row["summary"].to_string().contains("it is locked"), "{row}");
    assert_eq!(simulator.stats().connections, 0);
    let ran = sforg(&workspace, &["secret", "remove", "acme"]).run();
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("it is locked") && ran.err.contains("1. Unlock it"), "{ran:?}");
    let ran = sforg(&workspace, &["secret", "list"]).run();
    assert_eq!(ran.out, "acme\n", "it was not removed");
}

/// A person is asked for the keyring's password and does not answer: the other logins go on, and
/// Ctrl-C ends the program although the store still waits.
#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_keyring_that_waits_for_a_person_does_not_keep_the_program() {
    let environment = [("ASKING", "1")];
    if !is_in_session("a_keyring_that_waits_for_a_person_does_not_keep_the_program", &environment) {
        return;
    }
    let simulator = simulator();
    let workspace = Workspace::new();
    workspace.write("acme.sforg.json", org(&simulator, "${keyring:acme}"));
    let (ok, hang) = (behaviour_client_id("ok"), behaviour_client_id("hang"));
    for (name, client_id) in [("quick", ok), ("slow", hang)] {
        let text = oauth_org(name, &simulator.http_url, &client_id, &"0".repeat(64));
        workspace.write(&format!("{name}.sforg.json"), text);
    }
    store(&workspace, "acme", PRODUCTION.client_secret);
    lock();
    let running = login(&workspace, &simulator).arg("quick.sforg.json").arg("slow.sforg.json");
    let running = running.start();
    wait_until("the others are sent", || simulator.stats().oauth_logins.attempts == 2);
    let asked = Path::new(&std::env::var_os("HOME").expect("the session's folder")).join("asked");
    let asking = || std::fs::read_to_string(&asked).unwrap_or_default().trim().to_owned();
    wait_until("somebody is asked", || !asking().is_empty());
    let id = i32::try_from(running.id()).ok().and_then(rustix::process::Pid::from_raw);
    rustix::process::kill_process(id.expect("a process"), rustix::process::Signal::INT)
        .expect("a signal");
    let ran = running.finish();
    // The bus gives up after a while and ends the one who asks; nobody waited for that.
    let still_asks = Path::new("/proc").join(asking()).exists();
    assert!(still_asks, "the program waited for the keyring");
    assert_eq!(ran.code, 1, "{ran:?}");
    let rows = ran.json();
    assert_eq!((&rows[0]["status"], &rows[0]["cause"]), (&json!("skipped"), &json!("cancelled")));
    assert_eq!(rows[2]["cause"], "cancelled");
    assert_eq!(simulator.stats().oauth_logins.attempts, 2);
}

/// The secrets of what is imported: each has an entry of its own, for its host, and the files refer to those.
#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn an_import_stores_its_secrets() {
    if !is_in_session("an_import_stores_its_secrets", &[]) {
        return;
    }
    let workspace = Workspace::new();
    let source = "SALESFORCE_USERNAME=u@acme.example\nSALESFORCE_PASSWORD='FAKE pass'\n\
                  SALESFORCE_HOST=test.salesforce.com\nSF_CLIENT_ID=3MVG9FAKE\n\
                  SF_CLIENT_SECRET=FAKESECRET\nSF_HOST=acme.my.salesforce.com\n";
    workspace.write("legacy.env", source);
    let import = |into: &str| {
        sforg(&workspace, &["import", "legacy.env", "--into", into, "--secrets", "keyring"]).run()
    };
    let first = import("orgs");
    assert_eq!(first.code, 0, "{first:?}");
    assert!(first.out.contains("Stored 2 secrets in the keyring"), "{first:?}");
    let entries = sforg(&workspace, &["secret", "list"]).run().out;
    let entries: Vec<&str> = entries.lines().collect();
    assert_eq!(entries.len(), 2, "{entries:?}");
    let written =
        ["acme", "salesforce"].map(|org| workspace.read(&format!("orgs/{org}.sforg.json")));
    for entry in &entries {
        let reference = format!("\"${{keyring:{entry}}}\"");
        let users = written.iter().filter(|text| text.contains(&reference)).count();
        assert_eq!(users, 1, "{entry}: {written:?}");
    }
    assert!(entries.iter().any(|entry| entry.ends_with("@acme.my.salesforce.com")), "{entries:?}");
    assert!(entries.iter().any(|entry| entry.ends_with("@test.salesforce.com")), "{entries:?}");
    // The same secrets need no other entries; other ones overwrite none.
    let second = import("again");
    assert_eq!(second.code, 0, "{second:?}");
    workspace.write("legacy.env", source.replace("FAKESECRET", "FAKEOTHER"));
    let third = import("other");
    assert_eq!(third.code, 0, "{third:?}");
    let entries = sforg(&workspace, &["secret", "list"]).run().out;
    assert_eq!(entries.lines().count(), 3, "{entries}");
    // A keyring that nobody unlocks: no file is made.
    lock();
    let refused = import("locked");
    assert_eq!(refused.code, 2, "{refused:?}");
    assert!(refused.err.contains("it is locked"), "{refused:?}");
    assert!(!workspace.path("locked/acme.sforg.json").exists());
    for ran in [first, second, third, refused] {
        assert!(!format!("{}{}", ran.out, ran.err).contains("FAKE"), "{ran:?}");
    }
    assert!(!written.concat().contains("FAKE pass"));
}
