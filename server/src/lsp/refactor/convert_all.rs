//! *Convert all…*: every basic org of a project, in one edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists;

use super::project::{find_project, place_of};
use crate::lsp::client::{Client, Message};
use crate::lsp::convert::to_proto::{Converter, annotated_edit};
use crate::lsp::state::State;

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
pub fn work_out(state: &State, id: &str) -> Option<ConvertAll> {
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
        let conversion = state.analyze(&file, snapshot.document(), |document, context| {
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
pub async fn run(client: &Client, state: &Arc<State>, uri: lsp::Url) {
    let id = place_of(&uri).await;
    let _known = find_project(state, &id).await;
    let Some(conversion) = work_out(state, &id) else {
        let message = "There is no org on basic authentication in this project.";
        client.show(lsp::MessageType::INFO, message).await;
        return;
    };
    let count = conversion.files.len();
    if client.apply(&state.session().client, conversion.edit).await {
        let uses = if count == 1 { "org uses" } else { "orgs use" };
        let message = format!("{count} {uses} OAuth 2.0 client credentials now. For each of them:");
        let steps = assists::steps(conversion.have_instance_url);
        let message = Message::from(message).steps(&steps);
        client.show(lsp::MessageType::INFO, message).await;
    }
}
