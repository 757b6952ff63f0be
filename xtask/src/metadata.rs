//! The packages of the workspace, as cargo knows them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{command, output, root};

/// A package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    pub name: String,
    pub description: String,
    /// Its folder, below the workspace's, with `/`.
    pub folder: String,
    /// The packages of the workspace that it is made of.
    pub uses: Vec<String>,
    /// Those that only its tests use.
    pub tests_use: Vec<String>,
    pub integration_tests: Vec<Test>,
}

/// An integration test, which is a program of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Test {
    pub name: String,
    /// Its main file.
    pub main: PathBuf,
}

/// All packages, by name.
///
/// # Errors
/// Cargo cannot be run, or says something else.
pub fn packages() -> Result<Vec<Package>, String> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let text = output(&mut command("cargo", &arguments))?;
    let metadata: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let listed = metadata["packages"].as_array().ok_or("cargo metadata lists no packages")?;
    let mut packages: Vec<_> = listed.iter().map(package).collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(packages)
}

fn package(json: &Value) -> Package {
    let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
    let manifest = text("manifest_path");
    let folder = Path::new(&manifest).parent().and_then(|path| path.strip_prefix(root()).ok());
    let folder = folder.map(|path| path.to_string_lossy().replace('\\', "/")).unwrap_or_default();
    let dependencies = |of_tests: bool| {
        let all = json["dependencies"].as_array().into_iter().flatten();
        let ours = all.filter(|one| one["path"].is_string());
        let names = ours.filter(|one| (one["kind"] == "dev") == of_tests);
        let mut names: Vec<_> = names.filter_map(|one| one["name"].as_str()).collect();
        names.sort_unstable();
        names.into_iter().map(str::to_owned).collect()
    };
    let targets = json["targets"].as_array().into_iter().flatten();
    let tests = targets.filter(|target| target["kind"][0] == "test");
    let member = |target: &Value, name: &str| target[name].as_str().unwrap_or_default().to_owned();
    let integration_tests = tests
        .map(|test| Test { name: member(test, "name"), main: member(test, "src_path").into() })
        .collect();
    Package {
        name: text("name"),
        description: text("description"),
        folder,
        uses: dependencies(false),
        tests_use: dependencies(true),
        integration_tests,
    }
}
