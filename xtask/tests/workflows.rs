//! The workflows run what others wrote, with rights on this repository: rules that keep both small.

use std::fs;
use std::path::Path;

/// A workflow, line by line; comments that take a line of their own are left out.
struct Workflow {
    name: String,
    lines: Vec<String>,
}

fn workflows() -> Vec<Workflow> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.github/workflows");
    let files = fs::read_dir(folder).expect("the workflows").flatten();
    let workflows: Vec<_> = files
        .map(|file| Workflow {
            name: file.file_name().to_string_lossy().into_owned(),
            lines: lines(&fs::read_to_string(file.path()).expect("a workflow")),
        })
        .collect();
    assert!(workflows.len() >= 2, "there is a workflow for tests and one for releases");
    workflows
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).map(str::to_owned).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The value of a key of a step or a job, such as `uses` or `run`, on its line.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    let line = line.trim_start();
    line.strip_prefix("- ").unwrap_or(line).strip_prefix(key)?.strip_prefix(':').map(str::trim)
}

/// The block below the line at `start`: what is indented more.
fn block(lines: &[String], start: usize) -> &[String] {
    let outer = indent(&lines[start]);
    let inside = |line: &String| line.trim().is_empty() || indent(line) > outer;
    let length = lines[start + 1..].iter().take_while(|line| inside(line)).count();
    &lines[start + 1..start + 1 + length]
}

/// Each job: its name and its lines.
fn jobs(workflow: &Workflow) -> Vec<(&str, &[String])> {
    let start = workflow.lines.iter().position(|line| line == "jobs:").expect("jobs");
    let first = start + 1;
    block(&workflow.lines, start)
        .iter()
        .enumerate()
        .filter(|(_, line)| indent(line) == 2 && line.ends_with(':'))
        .map(|(index, line)| {
            (line.trim().trim_end_matches(':'), block(&workflow.lines, first + index))
        })
        .collect()
}

/// What is wrong with `uses: …`: a tag can be moved to other code, a commit cannot.
fn unpinned(uses: &str) -> bool {
    let Some((action, version)) = uses.split_once('@') else { return !uses.starts_with("./") };
    let Some((commit, tag)) = version.split_once(" # ") else { return true };
    action.is_empty()
        || commit.len() != 40
        || !commit.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        || !tag.starts_with('v')
}

/// The commands of all `run` keys, of several lines too.
fn commands(lines: &[String]) -> Vec<String> {
    let mut commands = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(command) = value(line, "run") else { continue };
        commands.push(command.to_owned());
        if command.starts_with(['|', '>']) {
            commands.push(block(lines, index).join("\n"));
        }
    }
    commands
}

#[test]
fn every_action_is_pinned_to_a_commit_and_says_which_version_that_is() {
    for workflow in workflows() {
        for line in &workflow.lines {
            if let Some(uses) = value(line, "uses") {
                assert!(!unpinned(uses), "{}: {uses}", workflow.name);
            }
        }
    }
    assert!(!unpinned("actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"));
    for wrong in [
        "actions/checkout@v7",
        "actions/checkout",
        "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1",
        "actions/checkout@3d3c42e # v7.0.1",
        "actions/checkout@3D3C42E5AAC5BA805825DA76410C181273BA90B1 # v7.0.1",
    ] {
        assert!(unpinned(wrong), "{wrong}");
    }
}

#[test]
fn a_job_has_the_rights_that_it_names_and_only_publishing_writes() {
    for workflow in workflows() {
        let name = &workflow.name;
        assert!(workflow.lines.iter().any(|line| line == "permissions: {}"), "{name}");
        let jobs = jobs(&workflow);
        assert!(!jobs.is_empty(), "{name}");
        for (job, lines) in jobs {
            let permissions = lines.iter().position(|line| line == "    permissions:");
            let permissions = permissions.map(|start| block(lines, start));
            let permissions =
                permissions.unwrap_or_else(|| panic!("{name}: {job} names no rights"));
            for line in permissions.iter().filter(|line| line.contains("write")) {
                let right = line.trim().split(" #").next().unwrap_or_default();
                let may = match (name.as_str(), job) {
                    ("release.yml", "publish" | "neovim") => right == "contents: write",
                    ("release.yml", "attest") => {
                        matches!(right, "id-token: write" | "attestations: write")
                    }
                    _ => false,
                };
                assert!(may, "{name}: {job} may not have {right}");
            }
        }
        for wrong in ["pull_request_target", "write-all", "workflow_run"] {
            assert!(!workflow.lines.iter().any(|line| line.contains(wrong)), "{name}: {wrong}");
        }
    }
}

#[test]
fn no_checkout_leaves_a_token_behind() {
    for workflow in workflows() {
        for (index, line) in workflow.lines.iter().enumerate() {
            if value(line, "uses").is_some_and(|uses| uses.starts_with("actions/checkout@")) {
                let step = block(&workflow.lines, index);
                let drops = step.iter().any(|line| line.trim() == "persist-credentials: false");
                assert!(drops, "{}: line {line:?}", workflow.name);
            }
        }
    }
}

#[test]
fn no_command_has_words_pasted_into_it() {
    for workflow in workflows() {
        let commands = commands(&workflow.lines);
        assert!(!commands.is_empty(), "{}", workflow.name);
        for command in commands {
            assert!(!command.contains("${{"), "{}: {command}: use env", workflow.name);
        }
    }
    let pasted = lines("steps:\n  - run: |\n      echo ${{ github.head_ref }}\n  - run: true\n");
    assert!(commands(&pasted).iter().any(|command| command.contains("${{")));
}

#[test]
fn what_is_published_is_attested_and_brings_its_notices() {
    let release = workflows().into_iter().find(|workflow| workflow.name == "release.yml");
    let release = release.expect("release.yml");
    let text = release.lines.join("\n");
    assert!(text.contains("actions/attest-build-provenance@"), "{text}");
    let jobs = jobs(&release);
    let publish = jobs.iter().find(|(job, _)| *job == "publish").expect("publish").1;
    assert!(publish.iter().any(|line| line.trim() == "needs: attest"), "{publish:?}");
    let pack = release.lines.iter().position(|line| line.contains("cargo xtask dist --target"));
    let env = block(&release.lines, pack.expect("a job that packs"));
    assert!(env.iter().any(|line| line.trim().starts_with("NOTICES: ")), "{env:?}");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    assert!(root.join("about.toml").exists() && root.join("about.hbs").exists());
}

#[test]
fn the_oldest_rust_that_is_promised_is_tried() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let manifest = fs::read_to_string(manifest).expect("Cargo.toml");
    let promised = manifest.lines().find_map(|line| line.strip_prefix("rust-version = "));
    let promised = promised.expect("rust-version").trim_matches('"');
    let test = workflows().into_iter().find(|workflow| workflow.name == "test.yml");
    let tried = commands(&test.expect("test.yml").lines).into_iter();
    let wanted = format!("rustup toolchain install {promised} ");
    assert!(
        tried.filter(|run| run.starts_with(&wanted)).count() == 1,
        "no job has Rust {promised}"
    );
}

/// The one version, which `Cargo.toml` says.
fn version(manifest: &str) -> &str {
    let version = manifest.lines().find_map(|line| line.strip_prefix("version = "));
    version.expect("a version").trim_matches('"')
}

#[test]
fn program_and_extension_have_one_version() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |name: &str| fs::read_to_string(root.join(name)).expect("a file of the repository");
    let manifest = read("Cargo.toml");
    let line = format!("\n  \"version\": \"{}\",\n", version(&manifest));
    for name in ["editors/vscode/package.json", "editors/vscode/package-lock.json"] {
        assert!(read(name).contains(&line), "{name} is not {}", version(&manifest));
    }
}

#[cfg(unix)]
#[test]
fn a_tag_of_another_version_releases_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("Cargo.toml");
    let release = workflows().into_iter().find(|workflow| workflow.name == "release.yml");
    let release = release.expect("release.yml");
    let (first, lines) = jobs(&release)[0];
    assert_eq!((first, lines.iter().any(|line| line.contains("needs:"))), ("notices", false));
    let looks = commands(lines).into_iter().find(|run| run.contains("GITHUB_REF_NAME"));
    let looks = looks.expect("a look at the tag");
    let passes = |tag: &str| {
        let mut shell = std::process::Command::new("bash");
        shell.args(["-e", "-c", &looks]).env("GITHUB_REF_NAME", tag).current_dir(&root);
        shell.status().expect("bash runs").success()
    };
    let version = version(&manifest);
    assert!(passes(&format!("v{version}")));
    for other in
        ["v".to_owned(), format!("v{version}0"), format!("v1{version}"), "v9.9.9".to_owned()]
    {
        assert!(!passes(&other), "{other}");
    }
}
