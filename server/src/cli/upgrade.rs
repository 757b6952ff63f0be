//! `sforg upgrade`: another API version for a project, refused while it would break an org.

use std::path::PathBuf;

use clap::Args;
use org_ide::{Edit, FileKind, assists};
use org_schema::ApiVersion;
use org_schema::allowed_hosts::AllowedHosts;

use super::inputs::Inputs;
use super::rewrite::{Rewrite, carry_out};
use super::{CannotRun, Outcome};

/// Arguments of `sforg upgrade`.
#[derive(Debug, Args)]
pub struct UpgradeArgs {
    /// The project's folder; the working directory when it is not given
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// The API version to upgrade to, such as 66.0
    #[arg(long, value_name = "NN.0")]
    to: String,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
}

/// Runs the command.
pub fn run(arguments: &UpgradeArgs) -> Result<Outcome, CannotRun> {
    let to = ApiVersion::parse(&arguments.to).ok_or_else(|| {
        CannotRun(format!("--to is {:?}: write an API version such as 66.0", arguments.to))
    })?;
    let name = FileKind::PROJECT_FILE_NAME;
    let file = arguments.folder.join(name);
    if !file.is_file() {
        let folder = arguments.folder.display();
        return Err(CannotRun(format!(
            "there is no {name} in {folder}: name the project's folder"
        )));
    }
    let inputs = Inputs::read(std::slice::from_ref(&arguments.folder))?;
    inputs.tell_problems();
    if !inputs.problems.is_empty() {
        return Err(CannotRun(
            "some files or folders could not be read, and what is in them could break".to_owned(),
        ));
    }
    let absolute = std::path::absolute(&file).and_then(|file| file.canonicalize());
    let project = inputs.files.iter().find(|input| {
        input.document.kind() == FileKind::Project
            && input.path().canonicalize().ok() == absolute.as_ref().ok().cloned()
    });
    let Some(project) = project else {
        return Err(CannotRun(format!("{} cannot be read", file.display())));
    };
    let upgrade = inputs.ask(project, &AllowedHosts::default(), |document, context| {
        assists::upgrade_project(document, context, to)
    });
    let upgrade = match upgrade {
        Ok(upgrade) => upgrade,
        Err(refused) => {
            anstream::eprintln!("sforg: {} is not upgraded: {refused}", project.shown);
            return Ok(Outcome::Findings);
        }
    };
    let before = project.document.text().to_owned();
    let after = Edit::apply_all(&before, std::slice::from_ref(&upgrade.edit));
    let (path, shown) = (project.path().to_owned(), project.shown.clone());
    carry_out(&[Rewrite { path, shown, before, after }], arguments.diff)?;
    let verb = if arguments.diff { "would use" } else { "uses" };
    anstream::eprintln!("sforg: {} {verb} API {} (before: {})", project.shown, to, upgrade.from);
    if let Some(beyond) = &upgrade.beyond_known {
        anstream::eprintln!("sforg: check that the project can use API {to}: {beyond}");
    }
    for org in &upgrade.overriding {
        anstream::eprintln!(
            "sforg: {} writes a version of its own and stays as it is",
            org.shown()
        );
    }
    Ok(Outcome::Fine)
}
