//! *Upgrade project…*: another API version for a whole project.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::{self, UpgradeRefused};
use org_ide::{Edit, FileKind};
use org_schema::ApiVersion;

use super::project::{find_project, place_of};
use super::{convert, convert_all};
use crate::lsp::client::own::Page;
use crate::lsp::commands::{Conversion, ManyConversions};
use crate::lsp::convert::uris::shown;
use crate::lsp::logins::Logins;
use crate::lsp::logins::many;
use crate::lsp::upgrade_offer::{DETAILS, Offer, Step, project_shown, work_out};

/// The command *Upgrade project…*. Without a version it goes to the highest one that breaks nothing.
pub async fn run(logins: &Arc<Logins>, uri: lsp::Url, to: Option<String>) {
    let id = place_of(&uri).await;
    let refuse = |reason: String| async move {
        let message = format!("Not upgraded: {reason}.");
        logins.client.show(lsp::MessageType::WARNING, message).await;
    };
    let Some((project_file, _known)) = find_project(&logins.diagnostics, &id).await else {
        let name = FileKind::PROJECT_FILE_NAME;
        return refuse(format!("no {name} governs {}", shown(&id))).await;
    };
    let to = match to {
        Some(text) => match ApiVersion::parse(&text) {
            Some(version) => version,
            None => return refuse("\"to\" is no API version like \"68.0\"".to_owned()).await,
        },
        None => {
            let targets = logins.files.snapshot(&project_file).map(|snapshot| {
                logins.files.analyze(&project_file, snapshot.document(), assists::upgrade_targets)
            });
            match targets {
                Some((_, Some(safe))) => safe,
                Some((Some(newest), None)) => newest,
                _ => return refuse("there is no newer version that it can use".to_owned()).await,
            }
        }
    };
    match work_out(&logins.files, &project_file, to) {
        Ok((edit, upgrade)) => {
            if logins.client.apply(edit).await {
                save(logins, &project_file).await;
                upgraded(logins, &project_file, &upgrade).await;
            }
        }
        Err(UpgradeRefused::WouldBreak { .. }) if logins.client.session.client.own.buttons => {
            would_break(logins, &project_file).await;
        }
        Err(refused) => refuse(refused.to_string()).await,
    }
}

/// The same words and the same ways out as in the question that comes by itself.
async fn would_break(logins: &Arc<Logins>, project_file: &str) {
    let (Some(offer), Some(uri)) =
        (Offer::of(&logins.files, project_file), logins.files.uri_of(project_file))
    else {
        return;
    };
    let buttons = offer.buttons(DETAILS, "");
    let offered: Vec<_> =
        buttons.iter().filter(|(title, step)| !title.is_empty() && *step != Step::NotNow).collect();
    let titles: Vec<&str> = offered.iter().map(|(title, _)| title.as_str()).collect();
    let pressed = logins.client.offer(lsp::MessageType::WARNING, offer.headline(), &titles).await;
    match pressed.and_then(|title| offered.iter().find(|(own, _)| own == title)) {
        Some((_, Step::Upgrade(to))) => {
            let to = Some(to.to_string());
            Box::pin(run(logins, uri, to)).await;
        }
        Some((_, Step::ConvertOne(org))) => convert::run(logins, Conversion::of(org.clone())).await,
        Some((_, Step::ConvertAll)) => {
            convert_all::run(logins, ManyConversions::of_project(uri)).await;
        }
        Some((_, Step::Details)) => logins.client.show_page(Page::Result, Some(uri)).await,
        _ => {}
    }
}

/// Other clients leave what an edit has changed to be saved by the person.
async fn save(logins: &Arc<Logins>, project_file: &str) {
    if logins.client.session.client.own.pages {
        logins.client.show_page(Page::Save, logins.files.uri_of(project_file)).await;
    }
}

/// Says so; the next thing is to test the logins, or to think better of it.
async fn upgraded(logins: &Arc<Logins>, project_file: &str, upgrade: &assists::Upgrade) {
    const TEST_ALL: &str = "Test All Logins";
    const UNDO: &str = "Undo";
    let project = project_shown(&logins.files, project_file);
    let message = upgraded_message(project.as_deref().unwrap_or("this project"), upgrade);
    let own = logins.client.session.client.own;
    if !(own.buttons && own.pages) {
        return logins.client.show(lsp::MessageType::INFO, message).await;
    }
    match logins.client.offer(lsp::MessageType::INFO, message, &[TEST_ALL, UNDO]).await {
        Some(TEST_ALL) => many::run(logins, logins.files.uri_of(project_file)).await,
        Some(UNDO) => undo(logins, project_file, upgrade).await,
        _ => {}
    }
}

/// Writes the version before, unless the project has yet another one meanwhile.
async fn undo(logins: &Arc<Logins>, project_file: &str, upgrade: &assists::Upgrade) {
    let edit = logins.files.snapshot(project_file).and_then(|snapshot| {
        let version = snapshot.document().project()?.api_version.as_ref()?.string()?;
        (ApiVersion::parse(&version.value) == Some(upgrade.to)).then_some(())?;
        let edit = Edit::replace(version.span, format!("\"{}\"", upgrade.from));
        Some(logins.files.workspace_edit(&snapshot, &[edit]))
    });
    let Some(edit) = edit else {
        let message = format!("Not undone: the project is not on API {} any more.", upgrade.to);
        return logins.client.show(lsp::MessageType::WARNING, message).await;
    };
    if logins.client.apply(edit).await {
        save(logins, project_file).await;
    }
}

fn upgraded_message(project: &str, upgrade: &assists::Upgrade) -> String {
    let mut message = format!("Upgraded {project} from API {} to {}.", upgrade.from, upgrade.to);
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
