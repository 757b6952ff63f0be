//! What is done to a whole project: convert all its basic orgs, upgrade its API version.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::FileKind;
use org_ide::assists::{self, UpgradeRefused};
use org_schema::ApiVersion;

use super::client::{Client, Message};
use super::files::known::{Known, know, know_all_orgs};
use super::files::uris::{id_of, path_of_id, shown};
use super::state::State;
use super::to_proto::{Converter, annotated_edit};

/// The edit that converts every basic org of a project, and how many those are.
pub struct ConvertAll {
    /// One reviewable edit.
    pub edit: lsp::WorkspaceEdit,
    /// Files of the orgs.
    pub files: Vec<String>,
    /// `instanceUrl` is filled in for all of them.
    pub have_instance_url: bool,
}

/// Works the conversion of all basic orgs out that belong to the project of `id`; `None` when there
/// is none.
pub fn convert_all(state: &State, id: &str) -> Option<ConvertAll> {
    let basic: Vec<String> = state.with_workspace(|workspace| {
        let project = workspace.project_of(id)?;
        let is_basic = |facts: &org_ide::OrgFacts| {
            matches!(facts.auth_type, Some((org_schema::members::AuthType::Basic, _)))
        };
        Some(project.orgs().filter(|(_, o)| is_basic(o)).map(|(f, _)| f.to_owned()).collect())
    })?;
    let mut taken = BTreeSet::new();
    let mut edits = Vec::new();
    let mut files = Vec::new();
    let mut have_instance_url = true;
    for file in basic {
        let Some(snapshot) = state.snapshot(&file) else { continue };
        let conversion = state.ask(&file, snapshot.document(), |document, context| {
            assists::convert_to_oauth_besides(document, context, &taken)
        });
        let Some(conversion) = conversion else { continue };
        taken.insert(conversion.secret_name);
        have_instance_url &= conversion.has_instance_url;
        let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
        let text_edits = converter.edits(&conversion.edits);
        edits.push((snapshot.uri().clone(), snapshot.version(), text_edits));
        files.push(file);
    }
    if edits.is_empty() {
        return None;
    }
    let edit = annotated_edit(edits, assists::CONVERT_ALL_TITLE, &state.session().client);
    Some(ConvertAll { edit, files, have_instance_url })
}

/// The command *Convert all…*.
pub async fn run_convert_all(client: &Client, state: &Arc<State>, uri: lsp::Url) {
    let id = place_of(&uri).await;
    let _known = find_project(state, &id).await;
    let Some(conversion) = convert_all(state, &id) else {
        let message = "There is no org on basic authentication in this project.";
        client.show(lsp::MessageType::INFO, message).await;
        return;
    };
    let count = conversion.files.len();
    if apply(client, state, conversion.edit).await {
        let uses = if count == 1 { "org uses" } else { "orgs use" };
        let message = format!("{count} {uses} OAuth 2.0 client credentials now. For each of them:");
        let steps = assists::steps(conversion.have_instance_url);
        let message = Message::from(message).steps(&steps);
        client.show(lsp::MessageType::INFO, message).await;
    }
}

/// The identifier of a file, or of the project file that a folder has or would have: a folder's URI
/// need not end in a slash.
async fn place_of(uri: &lsp::Url) -> String {
    let id = id_of(uri);
    let folder = path_of_id(&id);
    let is_folder =
        tokio::task::spawn_blocking(move || folder.is_some_and(|path| org_files::is_folder(&path)));
    if is_folder.await.unwrap_or(false) {
        return format!("{}/{}", id.trim_end_matches('/'), FileKind::PROJECT_FILE_NAME);
    }
    id
}

/// The project file that governs a file (or is it).
pub fn project_file_of(state: &State, id: &str) -> Option<String> {
    state.with_workspace(|workspace| workspace.project_of(id)?.file.clone())
}

/// The project file that governs a file, also before the index has come to it; all its orgs are
/// known while the other part is held.
async fn find_project(state: &Arc<State>, id: &str) -> Option<(String, Option<Known>)> {
    let (path, folders) = (path_of_id(id), state.folders());
    let on_disk =
        tokio::task::spawn_blocking(move || org_project::project_file_above(&path?, &folders));
    let project_file = match on_disk.await {
        Ok(Some(file)) => org_project::id_of_path(&file),
        _ => project_file_of(state, id)?,
    };
    let known = know_all_orgs(state, &project_file).await;
    // An edit may not have reached the index yet.
    drop(know(state, Vec::new()).await);
    Some((project_file, known))
}

/// Works an upgrade of a project file out.
///
/// # Errors
/// The upgrade is refused.
pub fn upgrade(
    state: &State,
    project_file: &str,
    to: ApiVersion,
) -> Result<(lsp::WorkspaceEdit, assists::Upgrade), UpgradeRefused> {
    let snapshot = state.snapshot(project_file).ok_or(UpgradeRefused::NoVersion)?;
    let upgrade = state.ask(project_file, snapshot.document(), |document, context| {
        assists::upgrade_project(document, context, to)
    })?;
    let converter = Converter { text: snapshot.text(), encoding: state.encoding() };
    let edit = super::to_proto::workspace_edit(
        snapshot.uri().clone(),
        snapshot.version(),
        vec![converter.edit(&upgrade.edit)],
        state.session().client.document_changes,
    );
    Ok((edit, upgrade))
}

/// The command *Upgrade project…*. Without a version it goes to the highest one that breaks nothing.
pub async fn run_upgrade(client: &Client, state: &Arc<State>, uri: lsp::Url, to: Option<String>) {
    let id = place_of(&uri).await;
    let refuse = |reason: String| async move {
        let message = format!("The project is not upgraded: {reason}.");
        client.show(lsp::MessageType::ERROR, message).await;
    };
    let Some((project_file, _known)) = find_project(state, &id).await else {
        let name = FileKind::PROJECT_FILE_NAME;
        return refuse(format!("no {name} governs {}", shown(&id))).await;
    };
    let to = match to {
        Some(text) => match ApiVersion::parse(&text) {
            Some(version) => version,
            None => return refuse("\"to\" is no API version like \"68.0\"".to_owned()).await,
        },
        None => {
            let targets = state.snapshot(&project_file).map(|snapshot| {
                state.ask(&project_file, snapshot.document(), assists::upgrade_targets)
            });
            match targets {
                Some((_, Some(safe))) => safe,
                Some((Some(newest), None)) => newest,
                _ => return refuse("there is no newer version that it can use".to_owned()).await,
            }
        }
    };
    match upgrade(state, &project_file, to) {
        Ok((edit, upgrade)) => {
            if apply(client, state, edit).await {
                let message = upgraded_message(&upgrade);
                client.show(lsp::MessageType::INFO, message).await;
            }
        }
        Err(refused) => refuse(refused.to_string()).await,
    }
}

fn upgraded_message(upgrade: &assists::Upgrade) -> String {
    let mut message =
        format!("The project uses API {} now (before: {}).", upgrade.to, upgrade.from);
    if let Some(beyond) = &upgrade.beyond_known {
        message.push_str(&format!(" Check that it can use it: {beyond}."));
    }
    if !upgrade.overriding.is_empty() {
        let names: Vec<String> = upgrade.overriding.iter().map(assists::OrgLabel::shown).collect();
        message.push_str(&format!(
            " {} {} a version of their own and stay as they are.",
            names.join(", "),
            if names.len() == 1 { "writes" } else { "write" }
        ));
    }
    message
}

/// Applies an edit and says so when the editor did not. Returns whether it did.
pub async fn apply(client: &Client, state: &State, edit: lsp::WorkspaceEdit) -> bool {
    client.apply(&state.session().client, edit).await
}
