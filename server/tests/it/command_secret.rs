//! `sforg secret` on a computer whose keyring cannot be reached.

use test_support::{CommandLine, Ran, Workspace};

/// The list, on a computer without a D-Bus session.
fn list(workspace: &Workspace) -> Ran {
    CommandLine::new(workspace, &["secret", "list"])
        .env("SFORG_STATE_DIR", &workspace.path("state").to_string_lossy())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .run()
}

#[test]
fn a_keyring_that_cannot_be_reached_is_named_with_what_to_do() {
    let workspace = Workspace::new();
    let ran = list(&workspace);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{ran:?}");
    assert!(ran.err.contains("no secret has been stored by sforg on this computer"), "{ran:?}");
    expect_steps(&ran);

    std::fs::create_dir_all(workspace.path("state")).expect("a folder");
    workspace.write("state/keyring-names.json", r#"["acme", "another"]"#);
    let ran = list(&workspace);
    assert_eq!((ran.code, ran.out.as_str()), (0, "acme\nanother\n"), "{ran:?}");
    expect_steps(&ran);
}

/// Once, whatever the number of names.
fn expect_steps(ran: &Ran) {
    assert_eq!(ran.err.matches("no keyring is available for").count(), 1, "{ran:?}");
    assert_eq!(
        ran.err.lines().filter(|line| line.starts_with("1. Write ${env:NAME}")).count(),
        1,
        "{ran:?}"
    );
    assert!(!ran.err.contains('\u{240a}'), "each step has its line: {ran:?}");
}
