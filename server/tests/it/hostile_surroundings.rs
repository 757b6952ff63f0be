//! Homes, state folders and variables that cannot be used, or that a repository would like to choose.
#![cfg(unix)]

use std::fs;

use test_support::{CommandLine, Setup, Workspace, basic_org};

use super::hostile_files::{MARKED, outside_org};

/// No home, another's, a file in its place: the check goes on.
#[test]
fn a_check_needs_no_home() {
    let inside = Workspace::new();
    inside.write("a.sforg.json", basic_org("A", &[]).replacen('{', "{ // c", 1));
    inside.write("file", "");
    let file = inside.path("file").display().to_string();
    fs::create_dir(inside.path("locked")).expect("a folder");
    inside.write("folder/sforg/config.json/x", "");
    // A repository has no say in the user's settings.
    inside.write("relative/.config/sforg/config.json", "broken");
    inside.write(".config/sforg/config.json", "broken");
    let folder = inside.path("folder").display().to_string();
    let homes = ["/dev/null", "", "/nonexistent", file.as_str(), "relative", ".", folder.as_str()];
    for home in homes {
        for arguments in [&["check"][..], &["fix"], &["explain", "comment"], &["schema", "org"]] {
            let ran = CommandLine::new(&inside, arguments)
                .env("HOME", home)
                .env("XDG_CONFIG_HOME", home)
                .env("XDG_STATE_HOME", home)
                .env("XDG_DATA_HOME", home)
                .run();
            assert!(ran.code < 2, "{home} {arguments:?}: {ran:?}");
            let warns = ran.err.contains("cannot be read, so nothing in it counts");
            let is_looked_at = home == "/dev/null" || home == file || home == folder;
            assert_eq!(warns, is_looked_at && arguments == ["check"], "{home}: {ran:?}");
        }
        inside.write("a.sforg.json", basic_org("A", &[]).replacen('{', "{ // c", 1));
    }
    assert!(!inside.path("relative/.local").exists() && !inside.path("sforg").exists());
}

/// What is set to nothing is not set, and a relative state folder would lie in the repository.
#[test]
fn state_never_lies_in_the_working_folder() {
    for state in ["", ".", "state", "../state"] {
        let inside = Workspace::new();
        inside.write("a.sforg.json", outside_org());
        let run = |arguments: &[&str]| {
            CommandLine::new(&inside, arguments)
                .env("SFORG_STATE_DIR", state)
                .env("SFORG_CA_FILE", "")
                .env("SFORG_ALLOW_LOGIN_HOSTS", "")
                .env("SFORG_NEWEST_API_VERSION", "")
                .env("SFORG_LOG", "")
                .env("ACME_PASSWORD", "FAKEpassword")
                .run()
        };
        let check = run(&["check"]);
        let login = run(&["login"]);
        let fix = run(&["fix"]);
        if state.is_empty() {
            assert_eq!((check.code, login.code), (0, 1), "{check:?} {login:?}");
        } else {
            assert_eq!((check.code, login.code), (2, 2), "{check:?} {login:?}");
            assert!(check.err.contains("SFORG_STATE_DIR is a relative path"), "{check:?}");
        }
        assert_eq!(fix.code, 1, "{fix:?}");
        let names: Vec<_> = fs::read_dir(inside.root()).expect("readable").flatten().collect();
        assert_eq!(names.len(), 1, "{state:?}: {names:?}");
        let beside = inside.root().parent().expect("a folder").join("state");
        assert!(!beside.exists());
    }
}

#[test]
fn a_wrong_date_is_an_error_everywhere() {
    let inside = Workspace::new();
    inside.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    inside.write("a.sforg.json", basic_org("A", &[]));
    for arguments in
        [&["check"][..], &["fix"], &["login"], &["convert", "."], &["upgrade", "--to", "64.0"]]
    {
        let ran = CommandLine::new(&inside, arguments).env("SFORG_TODAY", MARKED).run();
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("SFORG_TODAY") && !ran.err.contains(MARKED), "{ran:?}");
    }
    let mut server = Setup::new().env("SFORG_TODAY", MARKED).start();
    let (_, message) = server.shown_message();
    assert!(message.contains("SFORG_TODAY") && !message.contains(MARKED), "{message}");
}
