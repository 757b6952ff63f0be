//! `sforg upgrade`: another API version for a project, refused while it would break an org.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use org_ide::assists::{Upgrade, UpgradeRefused};
use org_ide::{Edit, Field, FileKind, assists};
use org_project::FileIdentity;
use org_schema::ApiVersion;
use org_schema::allowed_hosts::AllowedHosts;
use org_text::Foreign;

use super::inputs::{Input, Inputs, project_folder_above};
use super::output::{asks, more, note};
use super::rewrite::{Rewrite, carry_out};
use super::{CannotRun, Outcome, paths_shown};

/// Arguments of `sforg upgrade`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  sforg upgrade                     to the highest safe version; asks first
  sforg upgrade --to 66.0 --diff    look first
  sforg upgrade --yes               in a script")]
pub struct UpgradeArgs {
    /// The project's folder, its file, or something below it; the working directory when it is not
    /// given
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The API version to upgrade to, such as 66.0; without it, the highest that breaks no org
    #[arg(long, value_name = "NN.0")]
    to: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
}

/// Runs the command.
pub fn run(arguments: &UpgradeArgs) -> Result<Outcome, CannotRun> {
    let wanted = arguments.to.as_deref().map(version).transpose()?;
    let folder = project_folder(&arguments.folder)?;
    let inputs = read(&folder, arguments)?;
    let file = folder.join(FileKind::PROJECT_FILE_NAME);
    let id = FileIdentity::of(&file);
    let project = inputs
        .files
        .iter()
        .find(|input| input.kind() == FileKind::Project && FileIdentity::of(input.path()) == id);
    let Some(project) = project else {
        return Err(CannotRun(format!("{} cannot be read", file.display())));
    };
    let allowed = AllowedHosts::default();
    let to = match wanted {
        Some(to) => to,
        None => {
            let (newest, safe) = inputs.analyze(project, &allowed, assists::upgrade_targets);
            match (newest, safe) {
                (_, Some(safe)) => safe,
                // What is refused says why.
                (Some(newest), None) => newest,
                (None, None) => {
                    note(format_args!("{} is on the newest version it can use", project.label()));
                    return Ok(Outcome::Fine);
                }
            }
        }
    };
    let upgrade = inputs.analyze(project, &allowed, |document, context| {
        assists::upgrade_project(document, context, to)
    });
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(refused) => {
            tell_refusal(&refused, project, &folder);
            return Ok(Outcome::Findings);
        }
    };
    if wanted.is_none() && !arguments.diff && !agrees(&upgrade, project, arguments.yes)? {
        note("nothing is changed");
        return Ok(Outcome::Findings);
    }
    let after = Edit::apply_all(project.text(), std::slice::from_ref(&upgrade.edit));
    carry_out(&[Rewrite { input: project, after }], arguments.diff)?;
    let done = if arguments.diff { "would be upgraded" } else { "upgraded" };
    note(format_args!("{}: {done} from API {} to {to}", project.label(), upgrade.from));
    if let Some(beyond) = &upgrade.beyond_known {
        note(format_args!("check that the project can use API {to}: {beyond}"));
    }
    for org in &upgrade.overriding {
        note(format_args!("{} writes a version of its own and stays as it is", org.shown()));
    }
    Ok(Outcome::Fine)
}

fn version(written: &str) -> Result<ApiVersion, CannotRun> {
    ApiVersion::parse(written).ok_or_else(|| {
        CannotRun(format!("--to is \"{}\": write an API version such as 66.0", Foreign(written)))
    })
}

/// The whole project: an org that cannot be read could break.
fn read(folder: &Path, arguments: &UpgradeArgs) -> Result<Inputs, CannotRun> {
    let file = folder.join(FileKind::PROJECT_FILE_NAME);
    let mut named = vec![folder.to_owned()];
    if arguments.folder != folder && FileIdentity::of(&arguments.folder) == FileIdentity::of(&file)
    {
        // Whoever names the file itself may name a link.
        named.insert(0, arguments.folder.clone());
    }
    let inputs = Inputs::read(&named)?;
    inputs.tell_problems();
    if inputs.problems.is_empty() {
        return Ok(inputs);
    }
    Err(CannotRun(
        "some files or folders could not be read, and what is in them could break".to_owned(),
    ))
}

/// Why not, and the command that comes first.
fn tell_refusal(refused: &UpgradeRefused, project: &Input, folder: &Path) {
    note(format_args!("warning: {} is not upgraded: {refused}", project.label()));
    if matches!(refused, UpgradeRefused::WouldBreak { orgs, .. } if !orgs.is_empty()) {
        more(format_args!("Next: sforg convert {} --diff", paths_shown(&[folder.to_owned()])));
    }
}

/// Asks the person about a version that nobody named.
fn agrees(upgrade: &Upgrade, project: &Input, is_agreed: bool) -> Result<bool, CannotRun> {
    if is_agreed {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        return Err(CannotRun(format!(
            "no terminal to ask on: add --yes for API {}, or name a version with --to",
            upgrade.to
        )));
    }
    let name = project.document().project().and_then(|it| it.name.as_ref()).and_then(Field::str);
    let name = name.map_or_else(|| project.label().to_string(), |name| Foreign(name).to_string());
    Ok(asks(&format!("Upgrade {name} {} -> {}?", upgrade.from, upgrade.to)))
}

/// The folder of the project that a path is in, as far as possible in the words of the path.
fn project_folder(path: &Path) -> Result<PathBuf, CannotRun> {
    let name = FileKind::PROJECT_FILE_NAME;
    if org_files::is_there(&path.join(name)) {
        return Ok(path.to_owned());
    }
    let is_project_file = path.file_name().is_some_and(|file| file == name);
    if is_project_file && !org_files::is_folder(path) && org_files::is_there(path) {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        return Ok(parent.unwrap_or(Path::new(".")).to_owned());
    }
    if !org_files::is_there(path) {
        let shown = path.display().to_string();
        return Err(CannotRun(format!("no such file or folder: {}", Foreign(&shown))));
    }
    project_folder_above(path).ok_or_else(|| {
        CannotRun(format!(
            "no {name} in {} or any folder above it: name the project's folder",
            path.display()
        ))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn upgrade(path: PathBuf, to: &str) -> Result<Outcome, CannotRun> {
        run(&UpgradeArgs { folder: path, to: Some(to.to_owned()), yes: false, diff: false })
    }

    #[test]
    fn the_project_is_found_from_wherever_it_is_named() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let project = folder.path().join("sforg-project.json");
        let below = folder.path().join("s");
        fs::create_dir(&below)?;
        for path in [folder.path(), &project, &below] {
            fs::write(&project, r#"{"apiVersion": "60.0"}"#)?;
            assert_eq!(upgrade(path.to_owned(), "64.0").ok(), Some(Outcome::Fine), "{path:?}");
            assert_eq!(fs::read_to_string(&project)?, r#"{"apiVersion": "64.0"}"#);
        }
        fs::remove_file(&project)?;
        assert!(upgrade(below, "64.0").is_err());
        Ok(())
    }

    /// Whatever hides that an org is on basic authentication.
    #[test]
    fn an_org_that_cannot_be_told_refuses_it() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (project, org) =
            (folder.path().join("sforg-project.json"), folder.path().join("a.sforg.json"));
        for hidden in [
            &b"{\"name\": \"A\", \"auth\": {\"Type\": \"basic\"}}"[..],
            b"{\"name\": \"Z\xfcrich\", \"auth\": {\"type\": \"basic\"}}",
            b"{\"name\": \"A\", \"apiVersion\": \"\", \"auth\": {\"type\": \"basic\"}}",
        ] {
            fs::write(&project, r#"{"apiVersion": "60.0"}"#)?;
            fs::write(&org, hidden)?;
            let folder = folder.path().to_owned();
            assert_eq!(upgrade(folder.clone(), "68.0").ok(), Some(Outcome::Findings));
            assert_eq!(fs::read_to_string(&project)?, r#"{"apiVersion": "60.0"}"#);
            assert_eq!(upgrade(folder, "64.0").ok(), Some(Outcome::Fine));
        }
        Ok(())
    }
}
