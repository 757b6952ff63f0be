//! Files are opened, looked at and written in `org-files` alone: elsewhere a link, a pipe or a half
//! written file would be forgotten sooner or later.

use std::fs;
use std::path::{Path, PathBuf};

/// What the standard library and the crates at hand open and look at files with.
const OPENERS: [&str; 22] = [
    "fs::",
    "File::",
    "OpenOptions",
    "DirBuilder",
    "read_to_string(",
    "read_dir(",
    "read_link(",
    ".metadata()",
    "symlink_metadata(",
    "canonicalize(",
    ".exists()",
    "try_exists(",
    ".is_file()",
    ".is_dir()",
    ".is_symlink()",
    "tempfile",
    "memmap",
    "GitignoreBuilder",
    "Gitignore::",
    "WalkBuilder",
    "pem_file_iter",
    "from_pem_file",
];

/// Where one of them is right, with the reason.
const ALLOWED: [(&str, &[&str], &str); 10] = [
    ("org-project/src/walk.rs", &["WalkBuilder", ".is_file()"], "it lists, and follows no link"),
    ("src/scan/walk.rs", &["WalkBuilder", ".is_file()", ".is_dir()"], "as the other walk"),
    ("org-sources/src/jitterpak.rs", &[".is_symlink()"], "of a member of an archive"),
    ("lsp/diagnostics/worker/paths.rs", &["canonicalize("], "where a link leads; it opens nothing"),
    ("src/git/ignore_rules.rs", &["GitignoreBuilder", "Gitignore::"], "of lines that were read"),
    ("src/cli/output.rs", &["fs::"], "the standard output, which is open"),
    ("lsp/transport/stdio.rs", &["fs::"], "standard input and output, which are open"),
    ("src/cli/exec/streams.rs", &["fs::"], "whether two streams that are open are one"),
    ("org-login/src/keyring/absence.rs", &[".exists()"], "whether the system has a bus"),
    (
        "lockout/presence.rs",
        &["fs::", "File::", "OpenOptions", "DirBuilder", ".metadata()", "read_dir("],
        "locks that are held for as long as the process runs, in the user's own state folder",
    ),
];

#[test]
fn nothing_else_opens_files() {
    let server = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = Vec::new();
    rust_files(&server.join("src"), &mut sources);
    for entry in fs::read_dir(server.join("crates")).expect("crates").flatten() {
        if entry.file_name() != "org-files" {
            rust_files(&entry.path().join("src"), &mut sources);
        }
    }
    assert!(sources.len() > 100, "{} sources are all", sources.len());
    let mut found = Vec::new();
    for path in &sources {
        let name = path.to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(path).expect("a source file");
        // Tests make the files that they need.
        let code = text.split("\nmod tests {").next().unwrap_or(&text);
        for (number, line) in code.lines().enumerate() {
            let is_code = !line.trim_start().starts_with("//");
            let opener = OPENERS.iter().find(|opener| is_code && uses(line, opener));
            let Some(opener) = opener else { continue };
            let is_allowed =
                ALLOWED.iter().any(|(file, of, _)| name.ends_with(file) && of.contains(opener));
            if !is_allowed {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "use org-files:\n{}", found.join("\n"));
}

/// Whether the word stands there by itself: `org_files::` is no `files::`.
fn uses(line: &str, opener: &str) -> bool {
    line.match_indices(opener).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        opener.starts_with('.') || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn rust_files(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_tests = path.file_name().is_some_and(|name| name == "tests" || name == "tests.rs");
        if path.is_dir() && !is_tests {
            rust_files(&path, all);
        } else if path.extension().is_some_and(|end| end == "rs") && !is_tests {
            all.push(path);
        }
    }
}
