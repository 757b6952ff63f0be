//! `cargo xtask bless`: renews whatever is generated and checked in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::command::{command, root, run};
use crate::metadata::packages;

/// What the tests do that write instead of comparing.
const WRITING: [(&str, &str); 4] = [
    ("INSTA_UPDATE", "always"),
    ("UPDATE_DOCS", "1"),
    ("UPDATE_FINDINGS", "1"),
    ("UPDATE_COMPLETION", "1"),
];
/// How their sources tell that they can.
const MARKS: [&str; 3] = ["insta::", "assert_snapshot!", "UPDATE_"];

/// Renews LSP's meta model, the snapshots, the pages and the picture of the crates.
///
/// # Errors
/// Something cannot be made, or a test fails for another reason.
pub fn bless() -> Result<(), String> {
    run(&mut command("bash", &["tests/support/meta-model/generate.sh"]))?;
    crate::architecture::write()?;
    let packages = packages()?;
    let mut units = BTreeSet::new();
    for package in &packages {
        units.extend(writing_modules(&root().join(&package.folder).join("src"))?);
    }
    let mut failed = write(&["--lib", "--bins"], &units).err();
    let mut tests = BTreeMap::<&str, BTreeSet<String>>::new();
    for test in packages.iter().flat_map(|package| &package.integration_tests) {
        // A test that is one file of `tests` has no folder of its own.
        let is_folder = test.main.ends_with("main.rs");
        let sources = test.main.parent().filter(|_| is_folder).unwrap_or(&test.main);
        tests.entry(&test.name).or_default().extend(writing_modules(sources)?);
    }
    for (test, modules) in tests.into_iter().filter(|(_, modules)| !modules.is_empty()) {
        failed = write(&["--test", test], &modules).err().or(failed);
    }
    run(&mut command("git", &["status", "--short"]))?;
    failed.map_or(Ok(()), Err)
}

/// Runs the tests of these modules; all tests, where one of them is the outermost.
fn write(targets: &[&str], modules: &BTreeSet<String>) -> Result<(), String> {
    let mut test = command("cargo", &["test", "--quiet", "--workspace", "--no-fail-fast"]);
    let filters = modules.iter().filter(|_| !modules.contains(OUTERMOST));
    run(test.args(targets).arg("--").args(filters).envs(WRITING))
}

/// The module of `lib.rs` and `main.rs`.
const OUTERMOST: &str = "";

/// The modules in a folder of sources (or the one of a file) whose tests write.
fn writing_modules(sources: &Path) -> Result<BTreeSet<String>, String> {
    let mut modules = BTreeSet::new();
    let mut left = vec![sources.to_owned()];
    while let Some(path) = left.pop() {
        let unreadable = |error: std::io::Error| format!("{}: {error}", path.display());
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).map_err(unreadable)? {
                left.push(entry.map_err(unreadable)?.path());
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).map_err(unreadable)?;
            if MARKS.iter().any(|mark| text.contains(mark)) {
                modules.insert(module(path.strip_prefix(sources).unwrap_or(&path)));
            }
        }
    }
    Ok(modules)
}

/// `rules::tests` of `rules/tests.rs`.
fn module(file: &Path) -> String {
    let names = file.with_extension("");
    let names: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
    match names.as_slice() {
        [] => OUTERMOST.to_owned(),
        [only] if matches!(only.as_ref(), "lib" | "main") => OUTERMOST.to_owned(),
        names => names.join("::"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_called_as_tests_are() {
        for (file, expected) in [
            ("rules/tests.rs", "rules::tests"),
            ("actions.rs", "actions"),
            ("main.rs", ""),
            ("", ""),
        ] {
            assert_eq!(module(Path::new(file)), expected);
        }
    }
}
