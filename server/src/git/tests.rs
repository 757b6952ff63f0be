//! Compared with git itself, which has to be installed.

use std::fs;
use std::process::Command;

use super::*;

/// Runs git in a folder: whether it says yes, and what it prints.
fn git(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.com", "-C"])
        .arg(folder)
        .args(arguments)
        .output()
        .expect("git is installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), text)
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

fn kept_out(file: &Path) -> Result<Ignored, GitProblem> {
    keep_out(file, &Writer::default())
}

#[test]
fn a_line_is_added_once_and_only_where_it_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let sub = root.join("sub");
    fs::create_dir_all(&sub).expect("a folder");
    let env = sub.join(".env");
    fs::create_dir(root.join(".git")).expect("a folder");
    assert_eq!(kept_out(&env).expect("fine"), Ignored::Now(sub.join(".gitignore")));
    assert_eq!(fs::read_to_string(sub.join(".gitignore")).expect("rules"), ".env\n");
    assert_eq!(kept_out(&env).expect("fine"), Ignored::Already);
    write(&root.join(".gitignore"), "target\n.env*");
    fs::remove_file(sub.join(".gitignore")).expect("the rules");
    assert_eq!(kept_out(&env).expect("fine"), Ignored::Already);
    write(&root.join(".gitignore"), "target");
    kept_out(&root.join(".env")).expect("fine");
    assert_eq!(fs::read_to_string(root.join(".gitignore")).expect("rules"), "target\n.env\n");
}

/// Whoever begins with git afterwards was told that it ignores the file.
#[test]
fn a_repository_that_is_made_later_ignores_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, env) = (folder.path(), folder.path().join("orgs/.env"));
    write(&env, "A=b\n");
    for _ in 0..2 {
        assert_eq!(kept_out(&env).expect("fine"), Ignored::NoRepository);
        assert_eq!(fs::read_to_string(root.join("orgs/.gitignore")).expect("rules"), ".env\n");
    }
    assert!(git(root, &["init", "-q"]).0 && git(root, &["add", "."]).0);
    assert_eq!(git(root, &["ls-files"]).1, "orgs/.gitignore\n");
    // What cannot be changed stops nobody where there is no git.
    let other = tempfile::tempdir().expect("a folder");
    fs::create_dir(other.path().join(".gitignore")).expect("a folder");
    assert_eq!(kept_out(&other.path().join(".env")).expect("fine"), Ignored::NoRepository);
}

/// Rules in files, by path, and whether git then ignores `a/b/.env`.
#[test]
fn rules_count_as_they_do_for_git() {
    let cases: &[(&[(&str, &str)], bool)] = &[
        (&[(".gitignore", ".env\n")], true),
        (&[(".gitignore", ".env\n"), ("a/b/.gitignore", "!.env\n")], false),
        (&[(".gitignore", "!.env\n"), ("a/.gitignore", ".env\n")], true),
        (&[("a/b/.gitignore", ".env\n!.env\n")], false),
        (&[("a/b/.gitignore", "!.env\n.env\n")], true),
        // In a folder that is ignored nothing is taken out again.
        (&[(".gitignore", "a/\n"), ("a/b/.gitignore", "!.env\n")], true),
        (&[(".gitignore", "/b\n")], false),
        (&[("a/.gitignore", "/b\n!b/.env\n")], true),
        (&[(".gitignore", "/.env\n")], false),
        (&[(".gitignore", "a/*/.env\n")], true),
        (&[(".gitignore", "a/**\n!a/b/\n!.env\n")], false),
        (&[(".gitignore", ".env/\n")], false),
        (&[(".gitignore", "\u{feff}.env\r\n")], true),
        (&[(".gitignore", "# .env\n\\#\n")], false),
        // `exclude` is weaker than any `.gitignore`.
        (&[(".git/info/exclude", ".env\n")], true),
        (&[(".git/info/exclude", ".env\n"), (".gitignore", "!.env\n")], false),
        (&[(".git/info/exclude", "!.env\n"), (".gitignore", ".env\n")], true),
        (&[(".git/info/exclude", "a\n"), ("a/b/.gitignore", "!.env\n")], true),
    ];
    for (files, expected) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().canonicalize().expect("a path");
        let file = root.join("a/b/.env");
        write(&file, "A=1\n");
        assert!(git(&root, &["init", "-q"]).0);
        fs::create_dir_all(root.join(".git")).expect("a folder");
        for (name, text) in *files {
            write(&root.join(name), text);
        }
        let repositories = Repository::all_above(&file);
        let ours = ignore_rules::is_ignored(&repositories[0], &file);
        assert_eq!(ours, *expected, "{files:?}");
        let (theirs, _) = git(&root, &["check-ignore", "-q", "a/b/.env"]);
        assert_eq!(theirs, *expected, "git and {files:?}");
        kept_out(&file).expect("it can be kept out");
        assert!(ignore_rules::is_ignored(&repositories[0], &file), "{files:?}");
        let (_, status) = git(&root, &["status", "--porcelain", "-uall"]);
        assert!(!status.contains(".env"), "{files:?}: {status}");
    }
}

#[test]
fn what_git_tracks_is_refused_in_every_format_of_the_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let setups: &[(&str, &[&[&str]])] = &[
        ("2", &[&["init", "-q"], &["add", "."], &["update-index", "--index-version", "2"]]),
        ("3", &[&["init", "-q"], &["add", "."], &["update-index", "--skip-worktree", "sub/.env"]]),
        ("4", &[&["init", "-q"], &["add", "."], &["update-index", "--index-version", "4"]]),
        ("intent", &[&["init", "-q"], &["add", "-N", "."]]),
        ("sha256", &[&["init", "-q", "--object-format=sha256"], &["add", "."]]),
        ("split", &[&["init", "-q"], &["add", "."], &["update-index", "--split-index"]]),
        ("no-checksum", &[&["init", "-q"], &["-c", "index.skipHash=true", "add", "."]]),
    ];
    for (name, commands) in setups {
        let root = folder.path().join(name);
        for file in ["sub/.env", "sub/.envrc", "a", "sub.env", "zz/deep/er/file"] {
            write(&root.join(file), "A=1\n");
        }
        for command in *commands {
            let (is_done, text) = git(&root, command);
            assert!(is_done, "{name} {command:?}: {text}");
        }
        let tracked = |file: &str| kept_out(&root.join(file));
        let refused = tracked("sub/.env");
        assert!(matches!(refused, Err(GitProblem::Tracked(_))), "{name}: {refused:?}");
        assert!(!root.join("sub/.gitignore").exists(), "nothing is written");
        assert!(matches!(tracked("sub/.ENV"), Err(GitProblem::Tracked(_))), "{name}");
        assert!(matches!(tracked("zz/.env"), Ok(Ignored::Now(_))), "{name}");
        // Once it is taken out, it can be ignored.
        if *name != "3" {
            git(&root, &["rm", "-q", "--cached", "-f", "sub/.env"]);
            let after = tracked("sub/.env");
            let is_fine = matches!(after, Ok(Ignored::Now(_)));
            // The shared index still has it.
            assert!(is_fine || *name == "split", "{name}: {after:?}");
        }
    }
}

#[test]
fn work_trees_and_submodules_have_an_index_of_their_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("main");
    write(&root.join("a"), "1");
    let steps: &[&[&str]] = &[
        &["init", "-q"],
        &["add", "."],
        &["commit", "-qm", "x"],
        &["worktree", "add", "-q", "../tree"],
    ];
    for step in steps {
        let (is_done, text) = git(&root, step);
        assert!(is_done, "{step:?}: {text}");
    }
    let tree = folder.path().join("tree");
    assert!(tree.join(".git").is_file());
    write(&tree.join(".env"), "A=1\n");
    write(&root.join(".git/info/exclude"), ".env\n");
    assert_eq!(kept_out(&tree.join(".env")).expect("fine"), Ignored::Already);
    git(&tree, &["add", "-f", ".env"]);
    assert!(matches!(kept_out(&tree.join(".env")), Err(GitProblem::Tracked(_))));
    assert_eq!(kept_out(&root.join(".env")).expect("fine"), Ignored::Already);
}

#[test]
fn an_index_that_is_not_understood_refuses() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for index in ["", "DIRC", "DIRC\0\0\0\x09\0\0\0\0", "nonsense that is long enough for a header"]
    {
        write(&root.join(".git/index"), index);
        let refused = kept_out(&root.join(".env"));
        assert!(matches!(refused, Err(GitProblem::UnknownIndex { .. })), "{index:?}: {refused:?}");
        assert!(!root.join(".gitignore").exists());
    }
}

/// No damage makes it run for ever or panic, and what it lets through it has read to the end.
#[test]
fn a_damaged_index_does_no_harm() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for number in 0..30 {
        write(&root.join(format!("f{number}")), "1");
    }
    assert!(git(root, &["init", "-q"]).0 && git(root, &["add", "."]).0);
    let good = fs::read(root.join(".git/index")).expect("an index");
    assert!(index::look_up(&good, b"f7").is_some_and(|found| found.is_tracked));
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x5a;
        index::look_up(&bad, b"f7");
        index::look_up(&good[..at], b"f7");
    }
}

#[cfg(unix)]
#[test]
fn a_linked_gitignore_is_neither_read_nor_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("root");
    fs::create_dir_all(root.join(".git")).expect("folders");
    let outside = folder.path().join("outside");
    write(&outside, ".env\n");
    std::os::unix::fs::symlink(&outside, root.join(".gitignore")).expect("a link");
    let refused = kept_out(&root.join(".env"));
    let Err(error @ GitProblem::Rules { .. }) = refused else { panic!("{refused:?}") };
    assert!(error.to_string().contains("it is a link"), "{error}");
    assert_eq!(fs::read_to_string(&outside).expect("the file"), ".env\n");
}
