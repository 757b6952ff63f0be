//! `cargo xtask test quick`: the tests of what has changed.

use std::collections::BTreeSet;

use crate::command::{command, output, run};
use crate::metadata::{Package, packages};

/// What a change outside of the packages is tested by: the beginning of the path, the package.
const READERS: [(&str, &str); 7] = [
    (".github/", "xtask"),
    ("SECURITY.md", "xtask"),
    ("docs/", "xtask"),
    ("editors/", "sforg"),
    ("server/docs/", "org-ide"),
    ("tests/example-project/", "org-ide"),
    ("tests/fixtures/", "org-ide"),
];

/// What all packages are built with.
const EVERYWHERE: [&str; 4] = ["Cargo.toml", "Cargo.lock", "clippy.toml", ".cargo/config.toml"];

/// What a change concerns.
#[derive(Debug, PartialEq, Eq)]
enum Scope {
    Everything,
    /// Packages that have changed, whose tests all run, and their direct users, of which the units
    /// do.
    Some {
        changed: BTreeSet<String>,
        users: BTreeSet<String>,
    },
}

/// Tests what differs from what others have (the upstream branch, else `main`), committed or not.
///
/// # Errors
/// A test fails.
pub fn test() -> Result<(), String> {
    match scope(&changed_files()?, &packages()?) {
        Scope::Everything => {
            eprintln!("what all packages are built with has changed: all tests without an editor");
            run(&mut command("cargo", &["test", "--quiet", "--workspace", "--no-fail-fast"]))
        }
        Scope::Some { changed, users } if changed.is_empty() && users.is_empty() => {
            eprintln!("no package has changed");
            Ok(())
        }
        Scope::Some { changed, users } => test_packages(&changed, &users),
    }
}

fn test_packages(changed: &BTreeSet<String>, users: &BTreeSet<String>) -> Result<(), String> {
    let list = |names: &BTreeSet<String>| names.iter().cloned().collect::<Vec<_>>().join(", ");
    eprintln!("changed: {}; units of their users: {}", list(changed), list(users));
    // One selection of packages for both runs: with another, cargo would build with other features.
    let cargo = || {
        let mut cargo = command("cargo", &["test", "--quiet", "--no-fail-fast"]);
        for name in changed.union(users) {
            cargo.args(["--package", name]);
        }
        cargo
    };
    let units = run(cargo().args(["--lib", "--bins"]));
    let all = packages()?;
    let tests: BTreeSet<_> = all
        .iter()
        .filter(|package| changed.contains(&package.name))
        .flat_map(|package| package.integration_tests.iter().map(|test| test.name.clone()))
        .collect();
    if tests.is_empty() {
        return units;
    }
    let mut integration = cargo();
    for test in &tests {
        integration.args(["--test", test]);
    }
    units.and(run(&mut integration))
}

fn scope(files: &[String], packages: &[Package]) -> Scope {
    let mut changed = BTreeSet::new();
    let mut users = BTreeSet::new();
    for file in files {
        if EVERYWHERE.contains(&file.as_str()) {
            return Scope::Everything;
        }
        if let Some((_, reader)) = READERS.iter().find(|(start, _)| file.starts_with(start)) {
            users.insert((*reader).to_owned());
        } else if let Some(owner) = owner(file, packages) {
            changed.insert(owner.name.clone());
        }
    }
    for package in packages {
        let mut used = package.uses.iter().chain(&package.tests_use);
        if used.any(|name| changed.contains(name)) {
            users.insert(package.name.clone());
        }
    }
    Scope::Some { users: users.difference(&changed).cloned().collect(), changed }
}

/// The package that a file belongs to. Pages belong to none.
fn owner<'a>(file: &str, packages: &'a [Package]) -> Option<&'a Package> {
    let is_in = |package: &&Package| {
        let rest = file.strip_prefix(&package.folder);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let owners = packages.iter().filter(is_in).filter(|_| !file.ends_with(".md"));
    owners.max_by_key(|package| package.folder.len())
}

fn changed_files() -> Result<Vec<String>, String> {
    let git = |arguments: &[&str]| output(&mut command("git", arguments));
    let known = |name: &&&str| {
        let mut verify = command("git", &["rev-parse", "--quiet", "--verify", name]);
        verify.output().is_ok_and(|output| output.status.success())
    };
    let others = ["@{upstream}", "origin/main", "main"];
    let base = match others.iter().find(known) {
        Some(others) => git(&["merge-base", "HEAD", others])?,
        None => "HEAD".to_owned(),
    };
    let changed = git(&["diff", "--name-only", &base])?;
    let new = git(&["ls-files", "--others", "--exclude-standard"])?;
    Ok(changed.lines().chain(new.lines()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope_of(files: &[&str]) -> Scope {
        let package = |name: &str, folder: &str, uses: &[&str]| Package {
            name: name.to_owned(),
            description: String::new(),
            folder: folder.to_owned(),
            uses: uses.iter().map(ToString::to_string).collect(),
            tests_use: Vec::new(),
            integration_tests: Vec::new(),
        };
        let packages = [
            package("org-text", "server/crates/org-text", &[]),
            package("org-ide", "server/crates/org-ide", &["org-text"]),
            package("sforg", "server", &["org-ide"]),
            package("xtask", "xtask", &[]),
        ];
        let files: Vec<_> = files.iter().map(ToString::to_string).collect();
        scope(&files, &packages)
    }

    fn some(changed: &[&str], users: &[&str]) -> Scope {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Scope::Some { changed: set(changed), users: set(users) }
    }

    #[test]
    fn a_package_is_tested_with_its_direct_users() {
        let text = "server/crates/org-text/src/lib.rs";
        assert_eq!(scope_of(&[text]), some(&["org-text"], &["org-ide"]));
        assert_eq!(
            scope_of(&[text, "server/src/main.rs"]),
            some(&["org-text", "sforg"], &["org-ide"])
        );
        assert_eq!(scope_of(&["server-notes/x.rs"]), some(&[], &[]));
    }

    #[test]
    fn what_stands_outside_is_tested_by_who_reads_it() {
        assert_eq!(scope_of(&[".github/workflows/test.yml", "README.md"]), some(&[], &["xtask"]));
        assert_eq!(scope_of(&["server/README.md"]), some(&[], &[]));
        assert_eq!(scope_of(&["xtask/src/main.rs", "Cargo.lock"]), Scope::Everything);
    }
}
