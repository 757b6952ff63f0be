//! `cargo xtask try`: sforg in an editor, on a copy of the example project, with a simulator.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};

use serde_json::{Value, json};

use crate::command::{build, built, command, has, output, root, run, target};

/// Runs the command.
fn open(editor: Editor, headless: bool) -> Result<(), String> {
    eprintln!("building sforg and the simulator …");
    build()?;
    match (editor, headless) {
        (Editor::Code, true) => play_code(),
        (Editor::Nvim, true) => play_nvim(),
        (Editor::Code, false) => open_code(),
        (Editor::Nvim, false) => open_nvim(),
    }
}

/// Which editor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Editor {
    /// VS Code, in the browser when it is not installed.
    Code,
    /// Neovim.
    Nvim,
}

/// Reads the options and runs the command.
pub fn run_options(options: &[&str]) -> Result<(), String> {
    let mut editor = Editor::Code;
    let mut headless = false;
    let mut options = options.iter();
    while let Some(option) = options.next() {
        match (*option, options.clone().next()) {
            ("--headless", _) => headless = true,
            ("--editor", Some(&"code")) => drop(options.next()),
            ("--editor", Some(&"nvim")) => {
                editor = Editor::Nvim;
                options.next();
            }
            ("--editor", _) => return Err("--editor takes code or nvim".to_owned()),
            (unknown, _) => return Err(format!("try has no option {unknown:?}")),
        }
    }
    open(editor, headless)
}

/// Where the made-up project of Design Studio is that lies beside the example project.
const DESIGN_STUDIO: &str = "tests/fixtures/design-studio";
/// Its name.
const NAME: &str = "Initech payroll";

/// The simulator; it ends when this is dropped.
struct Simulator {
    process: Child,
    _input: ChildStdin,
    /// What it says about itself.
    about: Value,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Simulator {
    /// Starts it and lets it copy the example project.
    fn start(project: &Path) -> Result<Self, String> {
        let program = built("sforg-simulator");
        let mut process = command(&program.to_string_lossy(), &["--json", "--until-stdin-closes"])
            .arg("--copy-project")
            .arg(root().join("tests/example-project"))
            .arg("--into")
            .arg(project)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("the simulator cannot be started: {error}"))?;
        let (Some(input), Some(out)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("the simulator has no standard input and output".to_owned());
        };
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line).map_err(|error| error.to_string())?;
        let about = serde_json::from_str(&line)
            .map_err(|error| format!("the simulator did not say where it is: {error}"))?;
        copy_folder(&root().join(DESIGN_STUDIO).join(NAME), &project.join(NAME))?;
        Ok(Self { process, _input: input, about })
    }

    fn url(&self) -> &str {
        self.about["httpUrl"].as_str().unwrap_or_default()
    }

    /// What a person types to log in.
    fn tell(&self, project: &Path) {
        println!("The copy of the example project: {}", project.display());
        println!("A simulator plays Salesforce at {}. It accepts:\n", self.url());
        for account in self.about["accounts"].as_array().into_iter().flatten().take(3) {
            let text = |key: &str| account[key].as_str().unwrap_or_default().to_owned();
            println!("  {}", text("organizationName"));
            println!("    instanceUrl   {}", self.url());
            println!("    clientId      {}", text("clientId"));
            println!("    clientSecret  {}   (.env has it)", text("clientSecret"));
        }
        println!(
            "\nOpen orgs/acme-dev.sforg.json, convert it from the light bulb, enter these values and\nrun Test Salesforce Login.\n\nOr open an org that Design Studio keeps, in \"{NAME}/Data/SalesforceConnector\", see what breaks\nand what uses it, and choose Import into an org file.\n"
        );
    }
}

/// The folder and all that is in it.
fn copy_folder(from: &Path, to: &Path) -> Result<(), String> {
    let told = |error: std::io::Error| format!("{}: {error}", from.display());
    fs::create_dir_all(to).map_err(told)?;
    for entry in fs::read_dir(from).map_err(told)? {
        let entry = entry.map_err(told)?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy)?;
        } else {
            fs::copy(&path, &copy).map_err(told)?;
        }
    }
    Ok(())
}

fn fresh_project() -> Result<PathBuf, String> {
    let folder = target().join("try");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(folder.join("example-project"))
}

fn bash(script: &str) -> Result<(), String> {
    run(&mut command("bash", &[script]))
}

/// Installs the rig and packages the extension.
fn vsix() -> Result<PathBuf, String> {
    let vsix = target().join("rig/sforg.vsix");
    eprintln!("packaging the VS Code extension …");
    run(command("bash", &["tests/editors/vscode/package.sh"])
        .arg(built("sforg"))
        .arg(&vsix)
        .env("SIMULATOR", built("sforg-simulator")))?;
    Ok(vsix)
}

fn play_code() -> Result<(), String> {
    bash("tests/editors/vscode/setup.sh")?;
    let vsix = vsix()?;
    for story in [&["try.mjs", "--headless"][..], &["design-studio.test.mjs"]] {
        let mut node = command("node", &[]);
        node.arg(format!("tests/editors/vscode/{}", story[0])).args(&story[1..]);
        run(node.arg(&vsix).arg(built("sforg-simulator")))?;
    }
    Ok(())
}

fn play_nvim() -> Result<(), String> {
    run(command("bash", &["tests/editors/nvim/run.sh", "story", "design_studio"])
        .env("SERVER", built("sforg"))
        .env("SIMULATOR", built("sforg-simulator")))
}

fn open_code() -> Result<(), String> {
    let project = fresh_project()?;
    if has("code") {
        let vsix = vsix()?;
        let simulator = Simulator::start(&project)?;
        simulator.tell(&project);
        return open_installed_code(&vsix, &project, &simulator);
    }
    eprintln!("VS Code is not installed; it will run in the browser");
    bash("tests/editors/vscode/setup.sh")?;
    let vsix = vsix()?;
    let simulator = Simulator::start(&project)?;
    simulator.tell(&project);
    run(command("node", &["tests/editors/vscode/try.mjs"])
        .arg(vsix)
        .arg(&project)
        .arg("--allow-login-host")
        .arg(simulator.url()))
}

/// In a profile of its own, so that nothing of the user's VS Code changes.
fn open_installed_code(vsix: &Path, project: &Path, simulator: &Simulator) -> Result<(), String> {
    let profile = target().join("try/code");
    let settings = profile.join("user/User/settings.json");
    let written = json!({
        "sforg.allowedLoginHosts": [simulator.url()],
        "workbench.startupEditor": "none",
        "security.workspace.trust.enabled": false,
    });
    settings
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&settings, written.to_string()))
        .map_err(|error| format!("{}: {error}", settings.display()))?;
    let code = || {
        let mut code = command("code", &["--user-data-dir"]);
        code.arg(profile.join("user")).arg("--extensions-dir").arg(profile.join("extensions"));
        code
    };
    run(code().arg("--install-extension").arg(vsix))?;
    println!("Close the window to end.");
    run(code().arg("--new-window").arg("--wait").arg(project))
}

fn open_nvim() -> Result<(), String> {
    let nvim = output(&mut command("bash", &["tests/editors/nvim/setup.sh"]))?;
    let project = fresh_project()?;
    let simulator = Simulator::start(&project)?;
    simulator.tell(&project);
    println!(
        ":SforgLogin and :SforgConvert are the commands, gra the code actions. Enter starts Neovim."
    );
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| error.to_string())?;
    run(command(&nvim, &["-u", "tests/editors/nvim/try.lua"])
        .arg(project.join("orgs/acme-dev.sforg.json"))
        .env("SFORG_TRY_SERVER", built("sforg"))
        .env("SFORG_TRY_HOST", simulator.url()))
}
