//! *Convert to OAuth 2.0 client credentials*: the edit, the cursor, and the steps in Salesforce.

use lsp_types as lsp;
use org_ide::{Edit, assists};
use org_text::{Foreign, Text};

use crate::lsp::client::{Client, Message};
use crate::lsp::commands::Conversion;
use crate::lsp::convert::to_proto::{Converter, workspace_edit};
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;

/// A conversion in LSP's terms.
pub struct Converted {
    /// The edit.
    pub edit: lsp::WorkspaceEdit,
    /// The first value to enter, in the text after the edit.
    pub selection: lsp::Range,
    /// The environment variable that holds the client secret.
    pub secret_name: String,
    /// `instanceUrl` is filled in.
    pub has_instance_url: bool,
}

/// A conversion of a file, in LSP's terms.
pub fn to_lsp(files: &Files, snapshot: &Snapshot, conversion: assists::Conversion) -> Converted {
    let encoding = files.encoding();
    let after = Text::new(&Edit::apply_all(snapshot.document().text(), &conversion.edits));
    let before = Converter { text: snapshot.text(), encoding };
    let edit = workspace_edit(
        snapshot.uri().clone(),
        snapshot.version(),
        before.edits(&conversion.edits),
        files.session.client.document_changes,
    );
    let selection = Converter { text: &after, encoding }.range(conversion.cursor);
    Converted {
        edit,
        selection,
        secret_name: conversion.secret_name,
        has_instance_url: conversion.has_instance_url,
    }
}

/// The command. Without an edit that the client has applied, it applies one; then it goes on as
/// [`finish`].
pub async fn run(client: &Client, files: &Files, conversion: Conversion) {
    let Conversion { uri, applied, selection, secret_name, has_instance_url } = conversion;
    match (applied, selection, secret_name) {
        (true, Some(selection), Some(secret)) => {
            let has_url = has_instance_url.unwrap_or_default();
            finish(client, files, uri, selection, &secret, has_url).await;
        }
        _ => convert(client, files, uri).await,
    }
}

async fn convert(client: &Client, files: &Files, uri: lsp::Url) {
    let id = id_of(&uri);
    let converted = files.snapshot(&id).and_then(|snapshot| {
        let conversion = files.analyze(&id, snapshot.document(), assists::convert_to_oauth)?;
        Some(to_lsp(files, &snapshot, conversion))
    });
    let Some(converted) = converted else {
        let message = format!(
            "{} is not an org on basic authentication, or writes its \"auth\" twice: there is nothing to convert.",
            shown(&id)
        );
        client.show(lsp::MessageType::WARNING, message).await;
        return;
    };
    if client.apply(converted.edit).await {
        let Converted { selection, secret_name, has_instance_url, .. } = converted;
        finish(client, files, uri, selection, &secret_name, has_instance_url).await;
    }
}

/// After the edit: puts the cursor on the first value to enter and shows what to do in Salesforce.
async fn finish(
    client: &Client,
    files: &Files,
    uri: lsp::Url,
    selection: lsp::Range,
    secret_name: &str,
    has_instance_url: bool,
) {
    let name = shown(&id_of(&uri));
    if files.session.client.show_document {
        let params = lsp::ShowDocumentParams {
            uri,
            external: Some(false),
            take_focus: Some(true),
            selection: Some(selection),
        };
        client.show_document(params).await;
    }
    let secret_name = Foreign(secret_name);
    let message = format!(
        "{name} now uses OAuth 2.0 client credentials; its secret is read from {secret_name}. These steps are left to take in Salesforce."
    );
    let message = Message::from(message).steps(&assists::steps(has_instance_url));
    client.show(lsp::MessageType::INFO, message).await;
}

/// *Complete server host* as a command.
pub async fn complete_server_host(client: &Client, files: &Files, uri: lsp::Url) {
    let id = id_of(&uri);
    let edit = files.snapshot(&id).and_then(|snapshot| {
        let edits = assists::complete_server_host(snapshot.document())?;
        let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
        let edits = converter.edits(&edits);
        let document_changes = files.session.client.document_changes;
        Some(workspace_edit(snapshot.uri().clone(), snapshot.version(), edits, document_changes))
    });
    let Some(edit) = edit else {
        let message = format!("There is no server host to complete in {}.", shown(&id));
        client.show(lsp::MessageType::INFO, message).await;
        return;
    };
    client.apply(edit).await;
}
