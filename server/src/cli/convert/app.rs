//! `sforg convert --app`: the external client apps that orgs on basic authentication need, as metadata that
//! the Salesforce CLI deploys.

use std::collections::BTreeSet;
use std::path::Path;

use org_files::Created;
use org_ide::assists::{ExternalClientApp, FOLDER_WITH_SECRETS, external_client_app};
use org_ide::{FileKind, names_listed};
use org_schema::value_shapes::username_cannot_be_right;
use org_text::Foreign;

use super::super::inputs::{Input, Inputs};
use super::super::output::{more, note, text};
use super::super::tally::counted;
use super::super::{CannotRun, Outcome, paths_shown};
use super::{NAMED, is_broken};
use crate::memory;

/// Every org serves it, and it knows all that is in the files.
const SOURCE_API_VERSION: &str = "64.0";

/// An app, and the org that it is for.
struct Planned<'a> {
    org: &'a Input,
    app: ExternalClientApp,
}

/// An e-mail address has the form of a user name.
///
/// # Errors
/// This is none.
pub fn contact(written: &str) -> Result<String, &'static str> {
    match username_cannot_be_right(written) {
        true => Err("this is not an email address"),
        false => Ok(written.to_owned()),
    }
}

/// Writes the apps, or shows them.
///
/// # Errors
/// Something of that name is there, or cannot be written; then nothing is there that was not before.
pub fn run(
    inputs: &Inputs,
    folder: &Path,
    contact: &str,
    diff: bool,
) -> Result<Outcome, CannotRun> {
    let mut taken = BTreeSet::new();
    let (mut planned, mut already, mut refused) = (Vec::new(), Vec::new(), 0);
    for org in inputs.files.iter().filter(|input| input.kind() == FileKind::Org) {
        let broken = inputs.analyze(org, &Default::default(), is_broken);
        match external_client_app(org.document(), contact, &taken) {
            Some(app) if !broken => {
                taken.insert(app.name.clone());
                planned.push(Planned { org, app });
            }
            None if !broken => already.push(org.org_shown()),
            _ => {
                refused += 1;
                note(format_args!("{} gets no app: first fix what sforg check finds", org.label()));
            }
        }
    }
    if !already.is_empty() {
        let names = names_listed(already.into_iter(), NAMED);
        note(format_args!("no app for orgs without basic authentication: {names}"));
    }
    if planned.is_empty() {
        return Err(CannotRun("no org here uses basic authentication".to_owned()));
    }
    let files = files(&planned);
    if diff {
        files.iter().for_each(|file| show(folder, file));
    } else {
        write(folder, &files)?;
    }
    tell(&planned, folder, diff);
    inputs.all_were_read()?;
    Ok(if refused == 0 { Outcome::Fine } else { Outcome::Findings })
}

/// A file by its folder below the target.
struct File {
    folder: String,
    name: String,
    text: String,
}

fn files(planned: &[Planned<'_>]) -> Vec<File> {
    let own =
        |name: &str, text: String| File { folder: String::new(), name: name.to_owned(), text };
    let packages = planned.iter().enumerate().map(|(index, one)| {
        let default = if index == 0 { ", \"default\": true" } else { "" };
        format!("    {{ \"path\": \"{}\"{default} }}", one.app.name)
    });
    let packages = packages.collect::<Vec<_>>().join(",\n");
    let project = format!(
        "{{\n  \"packageDirectories\": [\n{packages}\n  ],\n  \"sourceApiVersion\": \"{SOURCE_API_VERSION}\"\n}}\n"
    );
    let mut files = vec![
        own("README.md", readme(planned)),
        own("sfdx-project.json", project),
        own(
            ".gitignore",
            format!(
                "# Retrieved, these hold the consumer key and secret.\n{FOLDER_WITH_SECRETS}/\n.sf/\n.sfdx/\n"
            ),
        ),
    ];
    for one in planned {
        files.extend(one.app.files.iter().map(|file| File {
            folder: format!("{}/{}", one.app.name, file.folder),
            name: file.name.clone(),
            text: file.text.clone(),
        }));
    }
    files
}

fn show(folder: &Path, file: &File) {
    let path = folder.join(&file.folder).join(&file.name).display().to_string();
    let lines: String = file.text.lines().map(|line| format!("+{line}\n")).collect();
    text(&format!("--- /dev/null\n+++ {}\n{lines}", Foreign(&path)));
}

/// All of the files, or none.
fn write(folder: &Path, files: &[File]) -> Result<(), CannotRun> {
    let mut made: Vec<Created> = Vec::new();
    let folders: BTreeSet<&str> = files.iter().map(|file| file.folder.as_str()).collect();
    for below in folders {
        let here = files.iter().filter(|file| file.folder == below);
        let here: Vec<(String, String)> =
            here.map(|file| (file.name.clone(), file.text.clone())).collect();
        match memory::writer().create_together(&folder.join(below), &here) {
            Ok(created) => made.push(created),
            Err(error) => {
                for created in made.into_iter().rev() {
                    created.undo();
                }
                return Err(CannotRun(format!("no app is written: {error}")));
            }
        }
    }
    Ok(())
}

fn tell(planned: &[Planned<'_>], folder: &Path, diff: bool) {
    let done = if diff { "would be written" } else { "written" };
    let shown = paths_shown(&[folder.to_owned()]);
    note(format_args!(
        "{} {done} to {shown}; no org file is changed",
        counted(planned.len(), "app")
    ));
    if diff {
        return;
    }
    more("Next, for each of them (README.md there says more):");
    for (number, step) in next(&shown).iter().enumerate() {
        more(format_args!("  {}. {step}", number + 1));
    }
    for one in planned.iter().filter(|one| one.app.run_as.is_none()) {
        more(format_args!(
            "{}: its user name is not written in the file, so set Run As in the app's Policies.",
            one.org.org_shown()
        ));
    }
}

fn next(folder: &str) -> [String; 4] {
    [
        format!("cd {folder}, and sf project deploy start --source-dir APP --target-org ADMIN"),
        "Copy Consumer Key and Consumer Secret from Setup > External Client App Manager > the app > \
         Settings > OAuth Settings."
            .to_owned(),
        "sforg convert FILE, and enter the key as \"clientId\", the secret in the variable that \
         \"clientSecret\" names."
            .to_owned(),
        "sforg login FILE".to_owned(),
    ]
}

fn readme(planned: &[Planned<'_>]) -> String {
    let rows: String = planned
        .iter()
        .map(|one| {
            let cell = |text: &str| Foreign(text).to_string().replace('|', "\\|");
            let user =
                one.app.run_as.as_deref().map_or("set it in the app's Policies".to_owned(), cell);
            format!("| {} | `{}` | {user} |\n", cell(&one.org.org_shown()), one.app.name)
        })
        .collect();
    let first = planned.first().map_or("APP", |one| one.app.name.as_str());
    include_str!("app/README.md")
        .replace("ROWS\n", &rows)
        .replace("APP_NAME", first)
        .replace("FOLDER_WITH_SECRETS", FOLDER_WITH_SECRETS)
}
