//! `cargo xtask bless`: renews whatever is generated and checked in.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::command::{command, run};
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
    let mut failed = write(&["--lib", "--bins"], &BTreeSet::new()).err();
    for (test, modules) in tests_that_write()? {
        failed = write(&["--test", &test], &modules).err().or(failed);
    }
    run(&mut command("git", &["status", "--short"]))?;
    failed.map_or(Ok(()), Err)
}

fn write(targets: &[&str], modules: &BTreeSet<String>) -> Result<(), String> {
    let mut test = command("cargo", &["test", "--quiet", "--workspace", "--no-fail-fast"]);
    run(test.args(targets).arg("--").args(modules).envs(WRITING))
}

/// Integration tests by name, with the modules that write (none means all).
fn tests_that_write() -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut found = BTreeMap::<String, BTreeSet<String>>::new();
    for test in packages()?.into_iter().flat_map(|package| package.integration_tests) {
        let mut modules = BTreeSet::new();
        let folder = test.main.parent().unwrap_or(Path::new("")).to_owned();
        // A test that is one file of `tests` has no folder of its own.
        let sources = if test.main.ends_with("main.rs") { &folder } else { &test.main };
        writing_modules(sources, &mut modules)?;
        if !modules.is_empty() {
            found.entry(test.name).or_default().extend(modules);
        }
    }
    for modules in found.values_mut().filter(|modules| modules.contains("main")) {
        modules.clear();
    }
    Ok(found)
}

fn writing_modules(path: &Path, into: &mut BTreeSet<String>) -> Result<(), String> {
    let unreadable = |error: std::io::Error| format!("{}: {error}", path.display());
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(unreadable)? {
            writing_modules(&entry.map_err(unreadable)?.path(), into)?;
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        if MARKS.iter().any(|mark| text.contains(mark)) {
            into.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    Ok(())
}
