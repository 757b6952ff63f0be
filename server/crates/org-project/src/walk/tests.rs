use std::fs;
use std::io;

use super::*;
use crate::id_of_path;

fn said(found: &Found) -> Vec<String> {
    let mut said: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    said.sort();
    said
}

#[test]
fn finds_hidden_and_ignored_files_but_no_dependencies() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    for file in [
        "a.sforg.json",
        ".hidden/b.sforg.json",
        "ignored/c.sforg.json",
        "d.json",
        "node_modules/e.sforg.json",
        ".git/f.sforg.json",
        "x/sforg-project.json",
        ".sforg.json",
    ] {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, "{}")?;
    }
    fs::write(root.join(".gitignore"), "ignored\n")?;
    let found = walk(root);
    let names: Vec<String> = found
        .files
        .iter()
        .map(|file| id_of_path(file.strip_prefix(root).unwrap_or(file)))
        .collect();
    let expected =
        [".hidden/b.sforg.json", "a.sforg.json", "ignored/c.sforg.json", "x/sforg-project.json"];
    assert_eq!(names, expected);
    Ok(())
}

/// A root with files and links of every kind, beside a folder outside.
#[cfg(unix)]
fn with_links(folder: &Path) -> PathBuf {
    use std::os::unix::fs::symlink;
    let (root, outside) = (folder.join("root"), folder.join("outside"));
    for file in [
        root.join("a/x.sforg.json"),
        root.join("a/data.json"),
        root.join("node_modules/z.sforg.json"),
        outside.join("y.sforg.json"),
        outside.join("notes"),
    ] {
        fs::create_dir_all(file.parent().unwrap_or(&file)).expect("a folder");
        fs::write(file, "{}").expect("a file");
    }
    fs::create_dir(root.join("b")).expect("a folder");
    let link = |target: &str, name: &str| symlink(target, root.join(name)).expect("a link");
    // Walked anyway.
    link("../a", "b/to a folder beside");
    link("../b", "a/and back");
    link("x.sforg.json", "a/same.sforg.json");
    symlink(root.join("a"), root.join("b/absolute")).expect("a link");
    // Not walked under another name.
    link("data.json", "a/data.sforg.json");
    link("../node_modules/z.sforg.json", "a/z.sforg.json");
    // Nothing of ours.
    link("itself", "itself");
    link("nowhere", "nowhere");
    link("someone@host.1234", ".#x.sforg.json");
    link("../outside/notes", "notes");
    // Out.
    link("..", "up");
    link("../..", "a/further up");
    link("../../outside", "a/out");
    link("../outside/y.sforg.json", "y.sforg.json");
    link("/proc/self/environ", "environ.sforg.json");
    link("/dev/zero", "zero.sforg.json");
    root
}

#[cfg(unix)]
#[test]
fn links_are_followed_to_files_of_the_root_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = with_links(folder.path());
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("root", &link).expect("a link");
    for root in [root, link] {
        let found = walk(&root);
        let of = |names: &[&str]| names.iter().map(|name| root.join(name)).collect::<Vec<_>>();
        assert_eq!(found.files, of(&["a/data.sforg.json", "a/x.sforg.json", "a/z.sforg.json"]));
        let out = [
            "a/further up",
            "a/out",
            "environ.sforg.json",
            "up",
            "y.sforg.json",
            "zero.sforg.json",
        ];
        assert_eq!(found.left_out, of(&out));
        assert_eq!(said(&found), [""; 0]);
    }
}

/// Folders that are linked to each other were walked along every way through them.
#[cfg(unix)]
#[test]
fn linked_folders_cost_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, outside) = (folder.path().join("root"), folder.path().join("outside"));
    for number in 0..30 {
        for parent in [&root, &outside] {
            let (this, next) = (parent.join(number.to_string()), (number + 1).to_string());
            fs::create_dir_all(&this).expect("a folder");
            fs::write(this.join("a.sforg.json"), "{}").expect("a file");
            for name in ["left", "right"] {
                std::os::unix::fs::symlink(Path::new("..").join(&next), this.join(name))
                    .expect("a link");
            }
        }
    }
    std::os::unix::fs::symlink("../outside/0", root.join("out")).expect("a link");
    let found = walk(&root);
    assert_eq!((found.files.len(), found.left_out), (30, vec![root.join("out")]));
}

#[cfg(unix)]
#[test]
fn what_is_named_like_ours_and_is_no_file_is_named() {
    use rustix::fs::{CWD, FileType, mknodat};
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    fs::create_dir(root.join("a.sforg.json")).expect("a folder");
    fs::write(root.join("a.sforg.json/b.sforg.json"), "{}").expect("a file");
    mknodat(CWD, root.join("c.sforg.json"), FileType::Fifo, 0o600.into(), 0).expect("a pipe");
    mknodat(CWD, root.join("pipe"), FileType::Fifo, 0o600.into(), 0).expect("a pipe");
    let _socket = std::os::unix::net::UnixListener::bind(root.join("d.sforg.json"));
    for (target, name) in [
        ("nowhere", "e.sforg.json"),
        ("f.sforg.json", "f.sforg.json"),
        ("c.sforg.json", "g.sforg.json"),
        ("a.sforg.json", "h.sforg.json"),
        ("/nowhere/at/all", "x/sforg-project.json"),
    ] {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap_or(root)).expect("a folder");
        std::os::unix::fs::symlink(target, path).expect("a link");
    }
    let found = walk(root);
    assert_eq!(found.files, [root.join("a.sforg.json/b.sforg.json")]);
    let expected = [
        ("a.sforg.json", "it is a folder, and not a file"),
        ("c.sforg.json", "it is a named pipe, and not a file"),
        ("d.sforg.json", "it is a socket, and not a file"),
        ("e.sforg.json", "it is a link to something that does not exist"),
        ("f.sforg.json", "it is a link that leads in a circle"),
        ("g.sforg.json", "it is a named pipe, and not a file"),
        ("h.sforg.json", "it is a folder, and not a file"),
        ("x/sforg-project.json", "it is a link to something that does not exist"),
    ];
    let expected = expected
        .map(|(name, words)| format!("{} cannot be read: {words}", root.join(name).display()));
    assert_eq!(said(&found), expected);
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_problem() -> io::Result<()> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir()?;
    for name in [&b"Z\xfcrich.sforg.json"[..], b"a.sforg.json", b"Z\xfcrich.txt"] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), "{}")?;
    }
    let found = walk(folder.path());
    assert_eq!(found.files, [folder.path().join("a.sforg.json")]);
    let problems: Vec<String> = found.problems.iter().map(ToString::to_string).collect();
    let expected = "rich.sforg.json: its path is not UTF-8; rename it, then it is looked at";
    assert_eq!(problems.len(), 1);
    assert!(problems[0].ends_with(expected), "{problems:?}");
    Ok(())
}

#[test]
fn what_is_walked_can_be_told_by_the_path() {
    let is_walked = |root, path| super::is_walked(Path::new(root), Path::new(path));
    assert!(is_walked("/w", "/w/a.sforg.json"));
    assert!(is_walked("/w", "/w/.hidden/b/a.sforg.json"));
    assert!(!is_walked("/w", "/w/b/node_modules/c/a.sforg.json"));
    assert!(!is_walked("/w", "/w/.git/a.sforg.json"));
    assert!(!is_walked("/w", "/v/a.sforg.json"));
    // A folder that somebody asked for by its name.
    assert!(is_walked("/w/node_modules", "/w/node_modules/a.sforg.json"));
}

#[test]
fn a_missing_folder_is_a_problem() {
    let found = walk(Path::new("no/such/folder"));
    assert_eq!((found.files.len(), found.problems.len()), (0, 1));
}

#[test]
fn files_are_in_the_order_of_paths() {
    let names =
        ["a/b", "a", "a-b", "a.b/c", "a!", "ab", "a/b-c/d", "a/b/d", "a/b.c", "\u{e4}/b", "B"];
    let mut files = names.map(PathBuf::from);
    files.sort_by(|a, b| part_by_part(a).cmp(part_by_part(b)));
    let mut paths = names.map(PathBuf::from);
    paths.sort();
    assert_eq!(files, paths);
}

#[test]
fn a_problem_is_shown_by_the_path_that_a_finding_has() {
    let shown = |path: &str| WalkProblem::NotUtf8(path.into()).to_string();
    assert!(shown("./a/b").starts_with("a/b: "), "{}", shown("./a/b"));
    assert!(shown("a/b").starts_with("a/b: ") && shown("../a").starts_with("../a: "));
    assert!(shown(".").starts_with(".: "), "{}", shown("."));
}
