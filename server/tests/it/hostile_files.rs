//! What a repository may hold to have other files read, rewritten or run into: links, pipes, devices,
//! folders in place of files. Each test is an attack, or an accident that looks like one.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;

use rustix::fs::{CWD, FileType, mknodat};
use test_support::{CommandLine, Ran, Workspace, basic_org};

/// Stands in every file outside, and shows nowhere.
pub const MARKED: &str = "MarkedSecret0123456789abcdef";

/// An org file with a comment, which `fix` removes, and a password, which `convert` does.
pub fn outside_org() -> String {
    with_a_comma_too_many(&basic_org("Outside", &[]).replacen('{', &format!("{{ // {MARKED}"), 1))
}

/// Something that `sforg fix` mends.
fn with_a_comma_too_many(org: &str) -> String {
    org.replacen(COMMA_FREE, COMMA_TOO_MANY, 1)
}

const COMMA_FREE: &str = "\n  }\n";
const COMMA_TOO_MANY: &str = "\n  },\n";

fn run(workspace: &Workspace, arguments: &[&str]) -> Ran {
    CommandLine::new(workspace, arguments).env("ACME_PASSWORD", MARKED).run()
}

pub fn pipe(workspace: &Workspace, name: &str) {
    mknodat(CWD, workspace.path(name), FileType::Fifo, 0o600.into(), 0).expect("a pipe");
}

pub fn link(workspace: &Workspace, target: &str, name: &str) {
    let path = workspace.path(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    symlink(target, path).expect("a link");
}

/// A repository with links out of it, and what they lead to.
pub fn attack() -> (Workspace, Workspace) {
    let (inside, outside) = (Workspace::new(), Workspace::new());
    outside.write("org.sforg.json", outside_org());
    outside.write("credentials", format!("aws_secret_access_key = {MARKED}\n"));
    inside.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    inside.write("ours.sforg.json", basic_org("Ours", &[]));
    let outside_root = outside.root().display().to_string();
    let name = outside.root().file_name().expect("a name").to_string_lossy().into_owned();
    for (target, name) in [
        (format!("{outside_root}/credentials"), "aws.sforg.json"),
        ("/proc/self/environ".to_owned(), "environ.sforg.json"),
        ("/proc/self/root/proc/self/environ".to_owned(), "root.sforg.json"),
        ("/dev/zero".to_owned(), "zero.sforg.json"),
        ("/dev/tty".to_owned(), "terminal.sforg.json"),
        (format!("../{name}/org.sforg.json"), "relative.sforg.json"),
        ("relative.sforg.json".to_owned(), "chain.sforg.json"),
        (format!("{outside_root}/org.sforg.json"), "deep/sforg-project.json"),
        (outside_root.clone(), "folder"),
        ("..".to_owned(), "up"),
        ("/".to_owned(), "all"),
    ] {
        link(&inside, &target, name);
    }
    (inside, outside)
}

#[test]
fn links_out_of_the_folder_are_left_out_with_one_note() {
    let (inside, outside) = attack();
    let before = outside.read("org.sforg.json");
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["check", "--format", "github"],
        &["check", "deep", "."],
        &["fix", "--diff", "."],
        &["fix"],
        &["login", "--format", "json"],
        &["convert", "--diff", "."],
        &["convert", "."],
        &["upgrade", "--to", "64.0"],
    ] {
        let ran = run(&inside, arguments);
        let all = format!("{}{}", ran.out, ran.err);
        assert!(!all.contains(MARKED) && !all.contains("Outside"), "{arguments:?}: {all}");
        assert_ne!(ran.code, 2, "{arguments:?}: {all}");
        let notes: Vec<&str> = ran.err.lines().filter(|line| line.contains("left out")).collect();
        assert_eq!(notes.len(), 1, "{arguments:?}: {all}");
        for name in ["aws.sforg.json", "chain.sforg.json", "folder", "up"] {
            assert!(notes[0].contains(name), "{name}: {notes:?}");
        }
    }
    assert_eq!(outside.read("org.sforg.json"), before);
    assert!(inside.path("chain.sforg.json").is_symlink());
}

#[test]
fn a_report_of_links_alone_does_not_say_that_there_is_nothing() {
    let (inside, outside) = (Workspace::new(), Workspace::new());
    outside.write("org.sforg.json", outside_org());
    let target = outside.path("org.sforg.json");
    link(&inside, &target.display().to_string(), "a.sforg.json");
    let ran = run(&inside, &["check"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("a.sforg.json is a link out of the folder"), "{ran:?}");
    assert!(!ran.err.contains("nothing to check"), "{ran:?}");
}

/// Whoever names a link means what it leads to.
#[test]
fn a_link_that_is_named_is_followed() {
    let (inside, outside) = (Workspace::new(), Workspace::new());
    outside.write("org.sforg.json", outside_org());
    link(&inside, &outside.path("org.sforg.json").display().to_string(), "a.sforg.json");
    link(&inside, &outside.root().display().to_string(), "folder");
    for name in ["a.sforg.json", "folder", "folder/org.sforg.json"] {
        let ran = run(&inside, &["check", "--format", "json", name]);
        assert!(ran.out.contains("\"comment\""), "{name}: {ran:?}");
        assert!(!ran.err.contains("left out"), "{name}: {ran:?}");
    }
    // Also beside the folder that it is in, which leaves it out.
    let ran = run(&inside, &["check", "--format", "json", ".", "a.sforg.json"]);
    assert!(ran.out.contains("a.sforg.json") && !ran.err.contains("a.sforg.json is"), "{ran:?}");
    let ran = run(&inside, &["fix", "a.sforg.json"]);
    assert!(ran.err.contains("1 file fixed"), "{ran:?}");
    assert!(inside.path("a.sforg.json").is_symlink());
    assert!(!outside.read("org.sforg.json").contains(COMMA_TOO_MANY));
}

/// Links within a repository are no attack, and no second file.
#[test]
fn links_within_the_folder_are_silent() {
    let inside = Workspace::new();
    inside.write("sforg-project.json", "{\"apiVersion\": \"61.0\"}");
    inside.write("orgs/a.sforg.json", basic_org("A", &[]));
    inside.write("data/b.json", with_a_comma_too_many(&basic_org("B", &[])));
    link(&inside, "orgs", "link");
    link(&inside, "../orgs/a.sforg.json", "more/a.sforg.json");
    link(&inside, "../data/b.json", "more/b.sforg.json");
    let ran = run(&inside, &["check", "--format", "json"]);
    assert!(!ran.err.contains("link"), "{ran:?}");
    let rows = ran.json();
    let files: std::collections::BTreeSet<&str> =
        rows.as_array().expect("rows").iter().filter_map(|row| row["file"].as_str()).collect();
    let expected = ["more/b.sforg.json", "orgs/a.sforg.json", "sforg-project.json"];
    assert_eq!(files.into_iter().collect::<Vec<_>>(), expected);
    assert!(!ran.out.contains("duplicate-org-name"), "{ran:?}");
    // It is written where it is.
    run(&inside, &["fix"]);
    assert!(inside.path("more/b.sforg.json").is_symlink());
    assert!(!inside.read("data/b.json").contains(COMMA_TOO_MANY));
}

#[test]
fn a_file_that_is_named_twice_is_one() {
    let inside = Workspace::new();
    inside.write("s/a.sforg.json", basic_org("A", &[]));
    link(&inside, "s", "link");
    link(&inside, "s/a.sforg.json", "b.sforg.json");
    fs::hard_link(inside.path("s/a.sforg.json"), inside.path("c.sforg.json")).expect("a link");
    let whole = inside.path("s/a.sforg.json").display().to_string();
    for names in [
        &["s/a.sforg.json", "s/a.sforg.json"][..],
        &["s/a.sforg.json", "./s/../s/a.sforg.json"],
        &["s/a.sforg.json", "link/a.sforg.json"],
        &["s/a.sforg.json", "b.sforg.json", "c.sforg.json"],
        &["s", "link", "link/../s", "."],
        &[whole.as_str(), "s/a.sforg.json"],
    ] {
        let ran = run(&inside, &[&["check", "--deny", "information"], names].concat());
        assert!(ran.out.contains("\n1 file: "), "{names:?}: {ran:?}");
        assert!(!ran.out.contains("duplicate"), "{names:?}: {ran:?}");
    }
}

/// What is named like an org file and cannot be read leaves no gate open.
#[test]
fn what_is_no_file_ends_with_exit_code_2() {
    type Make = fn(&Workspace, &str);
    let kinds: [(Make, &str); 8] = [
        (|w, name| link(w, "/nonexistent/prod.sforg.json", name), "something that does not exist"),
        (|w, name| link(w, "nowhere", name), "something that does not exist"),
        (|w, name| link(w, name, name), "leads in a circle"),
        (|w, name| pipe(w, name), "a named pipe"),
        (
            |w, name| {
                pipe(w, "pipe");
                link(w, "pipe", name);
            },
            "a named pipe",
        ),
        (|w, name| fs::create_dir(w.path(name)).expect("a folder"), "a folder"),
        (|w, name| drop(UnixListener::bind(w.path(name))), "a socket"),
        (
            |w, name| {
                fs::create_dir(w.path("orgs")).expect("a folder");
                link(w, "orgs", name);
            },
            "a folder",
        ),
    ];
    for (number, (make, words)) in kinds.into_iter().enumerate() {
        for name in ["prod.sforg.json", "sforg-project.json"] {
            let inside = Workspace::new();
            inside.write("sub/good.sforg.json", basic_org("Good", &[]));
            make(&inside, name);
            for arguments in [
                &["check"][..],
                &["check", "."],
                &["check", "--format", "json"],
                &["check", name],
                &["check", "sub/good.sforg.json", name],
                &["fix"],
                &["login"],
                &["convert", "."],
            ] {
                let ran = run(&inside, arguments);
                let what = format!("{number} {name} {arguments:?}: {ran:?}");
                assert!(ran.err.contains(name) && ran.err.contains(words), "{what}");
                assert_eq!(ran.code, 2, "{what}");
            }
        }
    }
}

/// Emacs locks a file with such a link.
#[test]
fn locks_of_emacs_are_silent() {
    let inside = Workspace::new();
    inside.write("a.sforg.json", basic_org("A", &[]));
    link(&inside, "someone@host.1234:5678", ".#a.sforg.json");
    link(&inside, "nowhere", "notes");
    pipe(&inside, "pipe");
    let ran = run(&inside, &["check"]);
    assert!(ran.code == 0 && !ran.err.contains("link"), "{ran:?}");
}

/// Folders that are linked to each other were walked along every way through them.
#[test]
fn linked_folders_are_walked_once() {
    let (inside, outside) = (Workspace::new(), Workspace::new());
    for workspace in [&inside, &outside] {
        for number in 0..30 {
            workspace.write(&format!("{number}/a.sforg.json"), basic_org(&number.to_string(), &[]));
            for name in ["left", "right"] {
                link(workspace, &format!("../{}", number + 1), &format!("{number}/{name}"));
            }
        }
    }
    link(&inside, &outside.path("0").display().to_string(), "out");
    let ran = run(&inside, &["check"]);
    assert!(ran.out.contains("\n30 files: "), "{ran:?}");
}

/// Only root can make files that belong to others.
#[test]
fn a_strangers_project_above_switches_no_rule_off() {
    let above = Workspace::new();
    let all_off = "{\"apiVersion\": \"61.0\", \"rules\": {\"basic-auth-retiring\": \"off\"}}";
    above.write("sforg-project.json", all_off);
    above.write("repository/orgs/a.sforg.json", basic_org("A", &[]));
    let is_off = |what: &str| {
        let offs: Vec<bool> = [&["check"][..], &["check", "orgs"], &["check", "orgs/a.sforg.json"]]
            .into_iter()
            .map(|arguments| {
                let repository = above.path("repository");
                let ran = CommandLine::new(&above, arguments).in_folder(&repository).run();
                !ran.out.contains("basic-auth-retiring") && !ran.out.contains("api-version-missing")
            })
            .collect();
        assert!(offs.iter().all(|off| *off == offs[0]), "{what}: {offs:?}");
        offs[0]
    };
    assert!(is_off("one's own project above"));
    let own = |name: &str, user: u32| {
        std::os::unix::fs::chown(above.path(name), Some(user), None).is_ok()
    };
    if own("sforg-project.json", 12345) {
        assert!(!is_off("a stranger's file"));
        own("", 12345);
        assert!(!is_off("a stranger's folder"));
        // A container: all of the checkout belongs to somebody else than the process.
        for name in ["repository", "repository/orgs", "repository/orgs/a.sforg.json"] {
            own(name, 12345);
        }
        assert!(is_off("a checkout of another user"));
        own("", 0);
        own("sforg-project.json", 12345);
        assert!(!is_off("another user's checkout in a folder of root's"));
    }
    above.write("repository/.git/HEAD", "ref: refs/heads/main\n");
    above.remove("sforg-project.json");
    above.write("sforg-project.json", all_off);
    assert!(!is_off("above the repository"));
}

#[test]
fn a_fix_keeps_owner_and_mode_and_removes_what_a_crash_left() {
    let inside = Workspace::new();
    inside.write("a.sforg.json", outside_org());
    let path = inside.path("a.sforg.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("a mode");
    let is_given = std::os::unix::fs::chown(&path, Some(12345), Some(23456)).is_ok();
    inside.write("a.sforg.json.sforg-0123456789abcdef.tmp", MARKED);
    let ran = run(&inside, &["fix"]);
    assert!(ran.err.contains("1 file fixed"), "{ran:?}");
    let metadata = path.metadata().expect("a file");
    assert_eq!(metadata.permissions().mode() & 0o777, 0o640);
    if is_given {
        assert_eq!((metadata.uid(), metadata.gid()), (12345, 23456));
    }
    let names: Vec<_> = fs::read_dir(inside.root()).expect("readable").flatten().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

/// Many at the same time: each file is one of its versions, whole, and nothing is left behind.
#[test]
fn processes_that_write_at_the_same_time_take_turns() {
    let inside = Workspace::new();
    let names: Vec<String> = (0..20).map(|number| format!("{number}.sforg.json")).collect();
    for name in &names {
        inside.write(name, outside_org());
    }
    let state = Workspace::new();
    let state_folder = state.root().display().to_string();
    let fix = || CommandLine::new(&inside, &["fix"]).env("SFORG_STATE_DIR", &state_folder).start();
    let running: Vec<_> = (0..4).map(|_| fix()).collect();
    for running in running {
        let ran = running.finish();
        // Who comes second finds the file as it is to be, or changed since it was read.
        assert!(ran.code == 1 || ran.err.contains("another program has changed it"), "{ran:?}");
    }
    for name in &names {
        let text = inside.read(name);
        assert!(!text.contains(COMMA_TOO_MANY) && text.contains(COMMA_FREE), "{text}");
    }
    let left = fs::read_dir(inside.root()).expect("readable").count();
    assert_eq!(left, names.len());
    let locks = fs::read_dir(state.path("locks")).map_or(0, Iterator::count);
    assert_eq!(locks, 0, "no lock file is left");
}

/// A pipe that nobody writes to, at every place where a file is read.
#[test]
fn nothing_waits_for_a_pipe() {
    let inside = Workspace::new();
    inside.write("a.sforg.json", basic_org("A", &[]));
    let home = Workspace::new();
    fs::create_dir(home.path("sforg")).expect("a folder");
    for name in ["sforg/config.json", "ca.pem", "refused-logins.json", "keyring-names.json"] {
        pipe(&home, name);
    }
    pipe(&inside, ".env");
    let folder = home.root().display().to_string();
    let ca = home.path("ca.pem").display().to_string();
    for arguments in [&["check"][..], &["login"], &["secret", "list"]] {
        // `run` panics when it hangs.
        let ran = CommandLine::new(&inside, arguments)
            .env("XDG_CONFIG_HOME", &folder)
            .env("SFORG_STATE_DIR", &folder)
            .env("SFORG_CA_FILE", &ca)
            .run();
        assert!(ran.code >= 0, "{arguments:?}: {ran:?}");
    }
}
