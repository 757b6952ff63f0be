//! The command as a person calls it. What it measures is the stage `bench`'s.

use std::process::Command;

#[test]
fn the_help_names_what_it_does() {
    let help = Command::new(env!("CARGO_BIN_EXE_sforg-bench")).arg("--help").output();
    let help = help.expect("the command");
    assert!(help.status.success(), "{help:?}");
    let text = String::from_utf8_lossy(&help.stdout);
    for command in ["run", "proof"] {
        assert!(text.lines().any(|line| line.trim_start().starts_with(command)), "{text}");
    }
}
