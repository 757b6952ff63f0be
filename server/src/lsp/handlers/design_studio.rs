//! What an editor can do with the orgs that Design Studio keeps: lenses over them, the ways between them and
//! our org files, and the commands of the lenses. Nothing here writes to Design Studio's files.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists::title;
use org_ide::design_studio::{self, Uses};
use org_ide::lenses::LensAction;
use org_ide::{Related, names_listed};
use org_sources::design_studio::Entity;
use org_text::Foreign;
use serde_json::{Value, json};

use crate::lsp::client::{Client, Message};
use crate::lsp::commands::{Command, OneFile};
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::{id_of, kind_of, shown};
use crate::lsp::files::Files;
use crate::lsp::files::documents::OpenDocument;
use crate::lsp::files::snapshot::Snapshot;

/// So many operations are named in a message.
const OPERATIONS_NAMED: usize = 10;

/// The lenses that have to do with Design Studio.
pub fn lenses(files: &Files, id: &str, open: &OpenDocument) -> Vec<lsp::CodeLens> {
    let linked = linked_files(files, id);
    let lenses = files.analyze(id, open.document(), |document, context| {
        design_studio::lenses(document, context, !linked.is_empty())
    });
    let converter = Converter { text: open.text(), encoding: files.encoding() };
    let own = || OneFile { uri: open.uri.clone() };
    let lenses = lenses.into_iter().filter_map(|lens| {
        let command = match lens.action {
            LensAction::TestLogin => Command::TestLogin(OneFile { uri: linked.first()?.clone() }),
            LensAction::Import => Command::ImportOrg(own()),
            LensAction::ShowOperations => Command::ShowOperations(own()),
            LensAction::ShowOAuthSteps => Command::ShowOAuthSteps(own()),
            LensAction::ConvertToOAuth | LensAction::LastResult => return None,
        };
        let range = converter.range(lens.span);
        Some(lsp::CodeLens { range, command: Some(command.to_lsp(&lens.title)), data: None })
    });
    lenses.collect()
}

/// Our org files that are linked to an org of Design Studio.
fn linked_files(files: &Files, id: &str) -> Vec<lsp::Url> {
    let linked = files.with_workspace(|workspace| workspace.linked_to(id));
    linked.into_iter().filter_map(|place| files.uri_of(&place.file)).collect()
}

/// The places of our org files that are linked to the org of Design Studio whose name or GUID is at an
/// offset.
pub fn linked_places(files: &Files, id: &str, open: &OpenDocument, offset: u32) -> Vec<Related> {
    if !design_studio::is_on_name(open.document(), offset) {
        return Vec::new();
    }
    files.with_workspace(|workspace| workspace.linked_to(id))
}

/// The command as it can be done: nothing of ours changes a file of Design Studio, and its login is tested by the
/// org file that is linked to it.
///
/// # Errors
/// There is nothing that could be done, in words for the person.
pub fn instead(files: &Files, command: Command) -> Result<Command, String> {
    let is_design_studio =
        |uri: &lsp::Url| kind_of(uri, "").is_some_and(|kind| kind.is_design_studio());
    let Some(uri) = command.file().filter(|uri| is_design_studio(uri)) else { return Ok(command) };
    let id = id_of(uri);
    match &command {
        Command::ImportOrg(_) | Command::ShowOperations(_) | Command::ShowOAuthSteps(_) => {
            Ok(command)
        }
        Command::TestLogin(_) => match linked_files(files, &id).into_iter().next() {
            Some(uri) => Ok(Command::TestLogin(OneFile { uri })),
            None => Err(format!(
                "Not tested: Design Studio keeps the password of {} encrypted. Choose {} first.",
                shown(&id),
                title::IMPORT
            )),
        },
        _ => Err(format!(
            "{} is Design Studio's: sforg only reads it. Change it there, or choose {}.",
            shown(&id),
            title::IMPORT
        )),
    }
}

/// What the client needs to begin an import: the folder of the project, and the org's GUID. A client that does not
/// know what to do with it is told how the terminal does it.
pub async fn import(client: &Client, files: &Files, uri: &lsp::Url) -> Option<Value> {
    let id = id_of(uri);
    let root = files.with_workspace(|it| it.design_studio_root_of(&id).map(str::to_owned));
    let (snapshot, root) = files.snapshot(&id).zip(root)?;
    if client.session.client.follows_up_commands {
        let source = files.uri_of(&root)?;
        let org = snapshot.document().entity().and_then(Entity::guid).map(str::to_owned);
        return Some(json!({ "source": source, "org": org }));
    }
    let folder = root.rsplit('/').next().unwrap_or_default();
    let message = format!(
        "{}: run \"sforg import\" with the folder \"{}\" in a terminal.",
        name(&snapshot, &id),
        Foreign(folder)
    );
    client.show(lsp::MessageType::INFO, message).await;
    None
}

/// Where the operations are that use the org in a file. Their names are told where there is no place to show: to a
/// client that cannot, and for those in a Jitterpak.
pub async fn operations(client: &Client, files: &Arc<Files>, uri: lsp::Url) -> Option<Value> {
    let id = id_of(&uri);
    let snapshot = files.snapshot(&id)?;
    let document = Arc::clone(snapshot.document());
    let (places, described) = files.analyze(&id, &document, |document, context| {
        let uses = Uses::of(document, context)?;
        Some((uses.places(), uses.described().collect::<Vec<_>>()))
    })?;
    let locations = match client.session.client.follows_up_commands {
        true => locations(files, places).await,
        false => Vec::new(),
    };
    if locations.is_empty() {
        let named = names_listed(described.into_iter(), OPERATIONS_NAMED);
        let message = format!("{}: used by {}.", name(&snapshot, &id), Foreign(&named));
        client.show(lsp::MessageType::INFO, message).await;
        return None;
    }
    let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
    let org = document.org().and_then(|org| org.name.as_ref());
    let position = converter.position(org.map_or(0, |name| name.span().start));
    Some(json!({ "uri": uri, "position": position, "locations": locations }))
}

/// Places as the client knows them. Files that are not open are read, so not on the caller's thread.
pub async fn locations(files: &Arc<Files>, places: Vec<Related>) -> Vec<lsp::Location> {
    let files = Arc::clone(files);
    let read = tokio::task::spawn_blocking(move || {
        places.iter().filter_map(|place| files.location(place)).collect()
    });
    read.await.unwrap_or_else(|error| {
        tracing::error!("places in other files: {error}");
        Vec::new()
    })
}

/// Shows what to do in Salesforce and in Design Studio.
pub async fn oauth_steps(client: &Client, files: &Files, uri: &lsp::Url) {
    let id = id_of(uri);
    let Some(snapshot) = files.snapshot(&id) else { return };
    let document = Arc::clone(snapshot.document());
    let Some(steps) = files.analyze(&id, &document, design_studio::oauth_steps) else {
        let message = format!("{}: it is not on basic authentication.", name(&snapshot, &id));
        return client.show(lsp::MessageType::INFO, message).await;
    };
    let headline = format!("{}: {}.", name(&snapshot, &id), title::OAUTH_STEPS);
    client.show(lsp::MessageType::INFO, Message::from(headline).steps(&steps)).await;
}

/// What people call the org.
fn name(snapshot: &Snapshot, id: &str) -> String {
    let name = snapshot.document().org().and_then(|org| org.display_name());
    name.map_or_else(|| shown(id), |name| Foreign(name).to_string())
}
