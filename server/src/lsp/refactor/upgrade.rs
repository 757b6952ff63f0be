//! *Upgrade project…*: another API version for a whole project.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::FileKind;
use org_ide::assists::{self, UpgradeRefused};
use org_schema::ApiVersion;

use super::project::{find_project, place_of};
use crate::lsp::client::Client;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::convert::uris::shown;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::files::Files;

/// Works an upgrade of a project file out.
///
/// # Errors
/// The upgrade is refused.
pub fn work_out(
    files: &Files,
    project_file: &str,
    to: ApiVersion,
) -> Result<(lsp::WorkspaceEdit, assists::Upgrade), UpgradeRefused> {
    let snapshot = files.snapshot(project_file).ok_or(UpgradeRefused::NoVersion)?;
    let upgrade = files.analyze(project_file, snapshot.document(), |document, context| {
        assists::upgrade_project(document, context, to)
    })?;
    let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
    let edit = workspace_edit(
        snapshot.uri().clone(),
        snapshot.version(),
        vec![converter.edit(&upgrade.edit)],
        files.session.client.document_changes,
    );
    Ok((edit, upgrade))
}

/// The command *Upgrade project…*. Without a version it goes to the highest one that breaks nothing.
pub async fn run(
    client: &Client,
    diagnostics: &Arc<Diagnostics>,
    uri: lsp::Url,
    to: Option<String>,
) {
    let files = &diagnostics.files;
    let id = place_of(&uri).await;
    let refuse = |reason: String| async move {
        let message = format!("The project is not upgraded: {reason}.");
        client.show(lsp::MessageType::ERROR, message).await;
    };
    let Some((project_file, _known)) = find_project(diagnostics, &id).await else {
        let name = FileKind::PROJECT_FILE_NAME;
        return refuse(format!("no {name} governs {}", shown(&id))).await;
    };
    let to = match to {
        Some(text) => match ApiVersion::parse(&text) {
            Some(version) => version,
            None => return refuse("\"to\" is no API version like \"68.0\"".to_owned()).await,
        },
        None => {
            let targets = files.snapshot(&project_file).map(|snapshot| {
                files.analyze(&project_file, snapshot.document(), assists::upgrade_targets)
            });
            match targets {
                Some((_, Some(safe))) => safe,
                Some((Some(newest), None)) => newest,
                _ => return refuse("there is no newer version that it can use".to_owned()).await,
            }
        }
    };
    match work_out(files, &project_file, to) {
        Ok((edit, upgrade)) => {
            if client.apply(edit).await {
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
