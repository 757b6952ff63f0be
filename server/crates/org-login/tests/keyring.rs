//! The credential store for real: a Secret Service in a D-Bus session of its own.
//!
//! It needs Linux with `dbus-run-session` and `gnome-keyring-daemon`. Where they are missing the
//! test says so and ends; with `SFORG_REQUIRE_KEYRING=1` it fails instead, so that a build that is
//! meant to have them cannot lose them unseen.
#![cfg(all(target_os = "linux", feature = "keyring"))]

use std::process::{Command, Output};

use org_login::{Environment, SecretError, SecretSource, keyring};
use secrecy::{ExposeSecret, SecretString};

const SECRET: &str = "fake <secret> ü & 42";

/// Runs `test` of this program in a process of its own, with `shell` around it.
fn child(test: &str, shell: &str, environment: &[(&str, &str)]) -> Output {
    let program = std::env::current_exe().expect("this program");
    let folder = tempfile::tempdir().expect("a temporary folder");
    Command::new("dbus-run-session")
        .args(["--", "sh", "-c", shell, "sh"])
        .arg(program)
        .args(["--exact", test, "--nocapture"])
        .env("SFORG_KEYRING_CHILD", "1")
        .env("HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_RUNTIME_DIR", folder.path())
        .envs(environment.iter().copied())
        .output()
        .expect("dbus-run-session runs")
}

fn tools_are_missing() -> bool {
    let exists = |tool: &str| Command::new(tool).arg("--version").output().is_ok();
    let missing = !exists("dbus-run-session") || !exists("gnome-keyring-daemon");
    let required = std::env::var_os("SFORG_REQUIRE_KEYRING").is_some();
    assert!(!missing || !required, "install dbus and gnome-keyring");
    if missing {
        eprintln!("not tested: dbus-run-session and gnome-keyring-daemon are needed");
    }
    missing
}

fn is_child() -> bool {
    std::env::var_os("SFORG_KEYRING_CHILD").is_some()
}

#[test]
fn a_secret_is_stored_read_and_removed() {
    if is_child() {
        let environment = Environment::new(None);
        assert!(matches!(environment.keyring("sforg test"), Ok(None)));
        keyring::set("sforg test", &SecretString::from(SECRET)).expect("stored");
        let read = environment.keyring("sforg test").expect("a readable store");
        assert_eq!(read.as_ref().map(ExposeSecret::expose_secret), Some(SECRET));
        assert_eq!(keyring::remove("sforg test"), Ok(true));
        assert_eq!(keyring::remove("sforg test"), Ok(false));
        println!("CHILD DONE");
        return;
    }
    if tools_are_missing() {
        return;
    }
    let unlocked = "printf fake | gnome-keyring-daemon --unlock --components=secrets >/dev/null; \
                    exec \"$@\"";
    let output = child("a_secret_is_stored_read_and_removed", unlocked, &[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("CHILD DONE"), "{output:?}");
    assert!(!format!("{output:?}").contains("fake <secret>"), "{output:?}");
}

#[test]
fn no_store_is_an_error_that_says_what_to_do() {
    if is_child() {
        let error = Environment::new(None).keyring("sforg test").expect_err("no store");
        assert!(matches!(error, SecretError::Keyring { .. }), "{error:?}");
        let text = error.to_string();
        assert!(text.contains("use ${env:NAME} instead"), "{text}");
        println!("CHILD DONE {text}");
        return;
    }
    if tools_are_missing() {
        return;
    }
    let no_bus = [("NO_BUS", "unix:path=/nonexistent/bus")];
    let shell = "DBUS_SESSION_BUS_ADDRESS=$NO_BUS exec \"$@\"";
    let output = child("no_store_is_an_error_that_says_what_to_do", shell, &no_bus);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("CHILD DONE"), "{output:?}");
}
