//! Tests that need a keyring: a Secret Service in a D-Bus session of its own.

use std::path::Path;
use std::process::Command;

/// What `session.sh` ends with where something that it needs is not installed.
const NOT_INSTALLED: i32 = 77;

/// Runs a test of this program, by its full name, once more inside such a session
/// (`tests/keyring/session.sh`), and gives what that run wrote; `None` in that run. The test is one
/// of those that are `#[ignore]`d, as not every machine can run it.
///
/// # Panics
/// What a session needs is not installed, or the test fails in it.
pub fn in_keyring_session(test: &str, environment: &[(&str, &str)]) -> Option<String> {
    if std::env::var_os("SFORG_KEYRING_SESSION").is_some() {
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../keyring/session.sh");
    let output = Command::new("bash")
        .arg(script)
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", test, "--ignored", "--nocapture"])
        .envs(environment.iter().copied())
        .output()
        .expect("bash runs");
    assert_ne!(
        output.status.code(),
        Some(NOT_INSTALLED),
        "gnome-keyring or D-Bus is missing: run tests/keyring/setup.sh"
    );
    let written = [output.stdout, output.stderr].concat();
    let written = String::from_utf8_lossy(&written).into_owned();
    assert!(output.status.success() && written.contains("1 passed"), "{written}");
    Some(written)
}
