//! The keyring for real: a Secret Service in a D-Bus session of its own
//! (`cargo xtask test keyring`). The command line and the server with the same store are tested in
//! `server/tests/it/keyring.rs`.

use std::process::Command;

use org_login::{KeyringProblem, NoStore, ProcessSecrets, SecretError, SecretSource, keyring};
use secrecy::{ExposeSecret, SecretString};
use test_support::in_keyring_session;

const SECRET: &str = "fake <secret> ü & 42";

/// Whether this is the run of a test inside a session; otherwise makes that run, which tells nobody
/// the secret.
fn is_in_session(test: &str) -> bool {
    let Some(written) = in_keyring_session(&format!("keyring::{test}"), &[]) else {
        return true;
    };
    assert!(!written.contains("fake <secret>"), "{written}");
    false
}

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_secret_is_stored_read_and_removed() {
    if !is_in_session("a_secret_is_stored_read_and_removed") {
        return;
    }
    let environment = ProcessSecrets::new(None);
    assert!(matches!(environment.keyring("sforg test"), Ok(None)));
    keyring::set("sforg test", &SecretString::from(SECRET).into()).expect("stored");
    let read = environment.keyring("sforg test").expect("a readable store");
    assert_eq!(read.as_ref().map(|entry| entry.secret.expose_secret()), Some(SECRET));
    assert_eq!(keyring::remove("sforg test"), Ok(true));
    assert_eq!(keyring::remove("sforg test"), Ok(false));
}

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn a_locked_store_is_an_error_that_says_what_to_do() {
    if !is_in_session("a_locked_store_is_an_error_that_says_what_to_do") {
        return;
    }
    keyring::set("sforg test", &SecretString::from(SECRET).into()).expect("stored");
    let lock = [
        "--print-reply",
        "--dest=org.freedesktop.secrets",
        "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/collection/login",
    ];
    let locked = Command::new("dbus-send").args(lock).output().expect("dbus-send runs");
    assert!(locked.status.success(), "{locked:?}");
    let errors = [
        ProcessSecrets::new(None).keyring("sforg test").err(),
        keyring::set("sforg test", &SecretString::from(SECRET).into()).err(),
        keyring::remove("sforg test").err(),
    ];
    for (number, error) in errors.into_iter().enumerate() {
        let error = error.expect("it is locked");
        assert!(matches!(error, SecretError::Keyring { .. }), "{error:?}");
        let text = format!("{error} {}", error.steps().join(" "));
        assert!(text.contains("${env:NAME}"), "{text}");
        // gnome-keyring 42 now and then crashes when whoever it asked for has gone.
        let is_told = text.contains("it is locked") && text.contains("Unlock it");
        assert!(number > 0 || is_told, "{text}");
    }
}

#[test]
#[ignore = "needs a Secret Service: cargo xtask test keyring"]
fn no_store_is_an_error_that_says_what_to_do() {
    if !is_in_session("no_store_is_an_error_that_says_what_to_do") {
        return;
    }
    if std::env::var_os("SFORG_KEYRING_GONE").is_none() {
        // Once more, where no bus listens: the environment belongs to a process.
        let status = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "keyring::no_store_is_an_error_that_says_what_to_do", "--ignored"])
            .env("SFORG_KEYRING_GONE", "1")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .status();
        assert!(status.expect("this program runs").success());
        return;
    }
    let error = ProcessSecrets::new(None).keyring("sforg test").expect_err("no store");
    let SecretError::Keyring { account, problem } = &error else { panic!("{error:?}") };
    assert_eq!(account, "sforg test");
    assert!(matches!(problem, KeyringProblem::NoStore(NoStore::NoSession(_))), "{problem:?}");
    let text = format!("{error} {}", error.steps().join(" "));
    assert!(text.contains("`${env:NAME}` instead") && !text.contains("X11"), "{text}");
}
