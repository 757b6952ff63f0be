//! `sforg/import`: org files from what a person names, in two steps. The first shows what would be made and
//! changes nothing; the second makes the files that were chosen, if the source and the folder still give
//! the same plan. All of it is the server's, so a client has only to show and to ask.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use lsp_types::Url;
use org_ide::{FileKind, Markdown};
use org_import::{Plan, PlannedOrg, PlannedProject, Source, Standing};
use org_sources::design_studio::same_guid;
use org_text::Foreign;
use serde::{Deserialize, Serialize};

use crate::import::{
    DEFAULT_FOLDER, SecretsTo, Target, carry_out, left_to_do, plan_for, read_path,
};

/// What a client asks for.
#[derive(Debug, Deserialize)]
pub struct ImportParams {
    /// The file or folder to import.
    source: Url,
    /// The folder that the org files go to; `orgs` in the first workspace folder without it.
    into: Option<Url>,
    /// The GUID of the one org of a Design Studio project that is meant; all without it.
    org: Option<String>,
    /// The second step.
    write: Option<Write>,
}

/// What a person has chosen.
#[derive(Debug, Deserialize)]
struct Write {
    /// What the first step answered as `plan`.
    plan: String,
    /// The names of the files to be made, the project file aside.
    files: BTreeSet<String>,
    /// Where the secrets go.
    secrets: SecretsTo,
}

/// The answer.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Import {
    /// Of the first step.
    Preview(Preview),
    /// Of the second step.
    Written(Written),
}

/// What would be made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// Stands for exactly this plan.
    plan: String,
    /// What it would come to.
    message: String,
    /// The orgs that would get a file.
    orgs: Vec<Row>,
    /// So many secrets are written out in the source, for the files of all these orgs.
    secrets: usize,
    /// Where they would go as environment variables.
    env_file: String,
}

/// An org that would get a file.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The name of the file, which stands for the org.
    file: String,
    /// The org's name.
    label: String,
    /// Where the file would be, and what is special about the org.
    detail: String,
}

/// What was made.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Written {
    /// What it came to.
    message: String,
    /// The files, the project file first.
    files: Vec<Url>,
    /// What is left to do, in Markdown; null when nothing is.
    left_to_do: Option<String>,
    /// The same without marks.
    left_to_do_text: Option<String>,
}

impl Written {
    /// The files, the project file first.
    pub fn files(&self) -> &[Url] {
        &self.files
    }
}

/// Reads the source, and writes what was chosen. Waits for the disk and the keyring. An error says
/// what to do.
pub fn handle(params: &ImportParams, folders: &[PathBuf]) -> Result<Import, String> {
    let path = path_of(&params.source)?;
    let label = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let into = match &params.into {
        Some(into) => path_of(into)?,
        None => folders
            .first()
            .map(|folder| folder.join(DEFAULT_FOLDER))
            .ok_or("Open a folder first: the org files go there.")?,
    };
    let shown = folders.iter().find_map(|folder| into.strip_prefix(folder).ok());
    let shown = shown.filter(|shown| !shown.as_os_str().is_empty()).unwrap_or(&into);
    let target = Target::look_at(&into, shown.display().to_string(), folders)
        .map_err(|error| format!("{error}."))?;
    let source = read_path(&path, &label, &target)
        .map_err(|error| format!("{} cannot be imported: {error}.", Foreign(&label)))?;
    let sources = [source];
    let plan = plan_for(&sources, &target);
    match &params.write {
        None => {
            let (whole, mut plan) = (stamp(&plan, &target), plan);
            let meant = params.org.as_deref();
            if let Some(guid) = meant.filter(|guid| plan.orgs.iter().any(|org| is_of(org, guid))) {
                plan.orgs.retain(|org| is_of(org, guid));
            }
            Ok(Import::Preview(Preview { plan: whole, ..preview(&plan, &sources, &target) }))
        }
        Some(choice) => write(plan, choice, &target).map(Import::Written),
    }
}

/// Whether an org that would get a file is the one of this GUID.
fn is_of(org: &PlannedOrg, guid: &str) -> bool {
    let own = org.definition().and_then(|definition| definition.design_studio_org.as_deref());
    own.is_some_and(|own| same_guid(own, guid))
}

fn path_of(uri: &Url) -> Result<PathBuf, String> {
    crate::lsp::convert::uris::path_of(uri)
        .ok_or_else(|| "Choose a file or folder on this computer.".to_owned())
}

/// Equal for two plans that make the same files in the same folder.
fn stamp(plan: &Plan, target: &Target) -> String {
    let mut hasher = DefaultHasher::new();
    target.folder.hash(&mut hasher);
    for file in plan.files() {
        (file.name, file.text).hash(&mut hasher);
    }
    format!("{:016x}", hasher.finish())
}

fn preview(plan: &Plan, sources: &[Source], target: &Target) -> Preview {
    let mut orgs = Vec::new();
    let mut secrets = 0;
    for org in &plan.orgs {
        let Standing::New { file_name, definition } = &org.standing else { continue };
        secrets += definition.secrets.len();
        let kind = if definition.sandbox { "sandbox" } else { "production" };
        orgs.push(Row {
            file: file_name.clone(),
            label: Foreign(&definition.name).to_string(),
            detail: format!("{} ({kind})", Foreign(&target.shown_file(file_name))),
        });
    }
    Preview {
        plan: stamp(plan, target),
        message: came_to(plan, sources, orgs.len()),
        orgs,
        secrets,
        env_file: target.shown_path(&target.env_file),
    }
}

/// One or a few sentences about the whole.
fn came_to(plan: &Plan, sources: &[Source], new: usize) -> String {
    let there = plan.orgs.iter().filter(|org| matches!(org.standing, Standing::There { .. }));
    let mut message = match (new, there.count()) {
        (0, 0) if plan.left_out.is_empty() => "There is no Salesforce org in it.".to_owned(),
        (0, 0) => "No Salesforce org in it can be imported.".to_owned(),
        (0, 1) => "Its one org already has a file.".to_owned(),
        (0, there) => format!("Its {there} orgs already have files."),
        (1, 0) => "1 org is new.".to_owned(),
        (new, 0) => format!("{new} orgs are new."),
        (new, there) => format!("{new} new, {there} already in files."),
    };
    let differing = plan.orgs.iter().flat_map(|org| match &org.standing {
        Standing::There { file, differences } => differences.iter().map(|it| (file, it)).collect(),
        Standing::New { .. } | Standing::Twice { .. } => Vec::new(),
    });
    let differing = differing.map(|(file, it)| {
        let (ours, theirs) = (Foreign(&it.ours), Foreign(&it.theirs));
        format!("{}: {} is {ours}, in the source {theirs}.", Foreign(file), it.member)
    });
    let left_out = plan.left_out.iter().map(|it| format!("Left out: {}.", Foreign(&it.what)));
    for sentence in first_of(differing).chain(first_of(left_out)) {
        message.push(' ');
        message.push_str(&sentence);
    }
    let unlinked = sources.iter().filter_map(|source| source.design_studio.as_ref());
    if unlinked.into_iter().any(|project| project.link.is_none()) {
        message.push_str(" It is outside the workspace, so it is not linked.");
    }
    message
}

/// So many differences, and so much of what is left out, is told in a message.
const NAMED: usize = 3;

/// The first sentences, and how many more there are.
fn first_of(sentences: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut sentences = sentences.fuse();
    let first: Vec<String> = sentences.by_ref().take(NAMED).collect();
    let more = sentences.count();
    first.into_iter().chain((more > 0).then(|| format!("And {more} more.")))
}

fn write(mut plan: Plan, choice: &Write, target: &Target) -> Result<Written, String> {
    if stamp(&plan, target) != choice.plan {
        return Err(
            "The source or the folder has changed in the meantime. Import again.".to_owned()
        );
    }
    plan.orgs.retain(|org| match &org.standing {
        Standing::New { file_name, .. } => choice.files.contains(file_name),
        Standing::There { .. } | Standing::Twice { .. } => false,
    });
    if plan.orgs.is_empty() {
        plan.project = PlannedProject::None;
    }
    let imported = carry_out(&mut plan, target, choice.secrets.store())
        .map_err(|error| format!("Nothing was imported: {error}."))?;
    let files: Vec<Url> = plan
        .files()
        .iter()
        .filter_map(|file| Url::from_file_path(target.folder.join(&file.name)).ok())
        .collect();
    let orgs = plan.orgs.len();
    let mut message = match orgs {
        0 => "Nothing was imported.".to_owned(),
        1 => "1 org was imported.".to_owned(),
        orgs => format!("{orgs} orgs were imported."),
    };
    if plan.files().iter().any(|file| file.kind == FileKind::Project) {
        message.push_str(" Their project has a sforg-project.json now.");
    }
    if !imported.secrets.is_empty() {
        message.push_str(&format!(" Stored {}.", imported.secrets));
    }
    let left = left_as_markdown(&plan, target);
    let left_to_do = left.as_ref().map(ToString::to_string);
    let left_to_do_text = left.as_ref().map(Markdown::plain);
    Ok(Written { message, files, left_to_do, left_to_do_text })
}

fn left_as_markdown(plan: &Plan, target: &Target) -> Option<Markdown> {
    let groups = left_to_do(plan, target);
    if groups.is_empty() {
        return None;
    }
    let mut page = Markdown::default().own("# What is left to do");
    for group in &groups {
        page = page.paragraph(Markdown::default().own("## ").text(&group.title));
        let mut list = Markdown::default();
        for row in &group.rows {
            list = list.own("\n- ");
            if !row.under.is_empty() {
                list = list.text(&row.under).own(": ");
            }
            list = list.code(&row.first).own(" (").text(&row.detail).own(")");
        }
        page = page.paragraph(list);
        if !group.steps.is_empty() {
            page = page.paragraph(Markdown::default().steps(&group.steps));
        }
    }
    Some(page)
}
