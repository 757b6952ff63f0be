//! `cargo xtask dist`: what is released for one platform.

use std::path::{Path, PathBuf};

use crate::command::{build, built, command, output, root, run, target};

/// Each target that is released, as VS Code names its platform.
const PLATFORMS: [(&str, &str); 8] = [
    ("x86_64-unknown-linux-gnu", "linux-x64"),
    ("aarch64-unknown-linux-gnu", "linux-arm64"),
    ("x86_64-unknown-linux-musl", "alpine-x64"),
    ("aarch64-unknown-linux-musl", "alpine-arm64"),
    ("aarch64-apple-darwin", "darwin-arm64"),
    ("x86_64-apple-darwin", "darwin-x64"),
    ("x86_64-pc-windows-msvc", "win32-x64"),
    ("aarch64-pc-windows-msvc", "win32-arm64"),
];

/// Reads the options and runs the command.
pub fn run_options(options: &[&str]) -> Result<(), String> {
    match options {
        [] => try_in_vscode(&pack(&this_computer()?, &target().join("release"), &[])?),
        ["--target", triple] => {
            let folder = target().join(triple).join("release");
            pack(triple, &folder, &["--target", triple]).map(drop)
        }
        _ => Err("dist takes nothing or --target TRIPLE".to_owned()),
    }
}

/// Builds for release and makes both packages in `target/dist`; gives the extension, which alone brings the
/// simulator. `NOTICES` names the file with the notices for what is built in.
fn pack(triple: &str, folder: &Path, options: &[&str]) -> Result<PathBuf, String> {
    let platform = platform(triple)?;
    let mut cargo = command("cargo", &["build", "--locked", "--release", "-p", "sforg"]);
    // A static program runs where there is no keyring to link to: containers.
    let features: &[&str] =
        if triple.ends_with("-musl") { &["--no-default-features"] } else { &[] };
    run(cargo.args(options).args(features))?;
    // On its own: together with it the server would get the features that it alone needs.
    let mut cargo = command("cargo", &["build", "--locked", "--release", "-p", "sforg-simulator"]);
    run(cargo.args(options))?;
    let suffix = if triple.contains("windows") { ".exe" } else { "" };
    let program = folder.join(format!("sforg{suffix}"));
    let simulator = folder.join(format!("sforg-simulator{suffix}"));
    let dist = target().join("dist");
    std::fs::create_dir_all(&dist).map_err(|error| format!("{}: {error}", dist.display()))?;
    archive(&program, &dist.join(format!("sforg-{triple}.tar.gz")))?;
    let vsix = dist.join(format!("sforg-{platform}.vsix"));
    run(command("bash", &["tests/editors/vscode/package.sh"])
        .arg(&program)
        .arg(&vsix)
        .arg(platform)
        .env("SIMULATOR", simulator))?;
    println!("{}", dist.display());
    Ok(vsix)
}

fn archive(program: &Path, archive: &Path) -> Result<(), String> {
    let mut tar = command("tar", &["-czf"]);
    tar.arg(archive);
    add(&mut tar, program);
    for name in ["README.md", "LICENSE", "LICENSE-MIT", "LICENSE-APACHE"] {
        add(&mut tar, &root().join(name));
    }
    if let Some(notices) = std::env::var_os("NOTICES") {
        add(&mut tar, &root().join(notices));
    }
    run(&mut tar)
}

/// By its name alone, wherever it lies.
fn add(tar: &mut std::process::Command, file: &Path) {
    let folder = file.parent().unwrap_or(Path::new("."));
    tar.arg("-C").arg(folder).args(file.file_name());
}

fn platform(triple: &str) -> Result<&'static str, String> {
    let found = PLATFORMS.iter().find(|(known, _)| *known == triple);
    let known = || PLATFORMS.map(|(known, _)| known).join(", ");
    found
        .map(|(_, platform)| *platform)
        .ok_or_else(|| format!("there is no package for {triple:?}, but for {}", known()))
}

/// What rustc builds for, unless it is told.
fn this_computer() -> Result<String, String> {
    let about = output(&mut command("rustc", &["-vV"]))?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc does not say what it builds for".to_owned())
}

/// Installs the extension into a clean VS Code and plays the story with the program in it.
fn try_in_vscode(vsix: &Path) -> Result<(), String> {
    build()?;
    run(&mut command("bash", &["tests/editors/vscode/setup.sh"]))?;
    run(command("node", &["tests/editors/vscode/story.test.mjs"])
        .arg(vsix)
        .arg(built("sforg-simulator")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_release_packs_for_each_platform_once() {
        let release = std::fs::read_to_string(root().join(".github/workflows/release.yml"));
        let release = release.expect("the workflow");
        for (triple, _) in PLATFORMS {
            assert_eq!(release.matches(&format!("target: {triple} ")).count(), 1, "{triple}");
        }
        assert_eq!(release.matches(", target: ").count(), PLATFORMS.len());
        assert!(
            platform("x86_64-unknown-linux-gnu") == Ok("linux-x64") && platform("vax").is_err()
        );
    }
}
