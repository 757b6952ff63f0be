//! *Convert to OAuth 2.0 client credentials*: the edit, the cursor, and the steps in Salesforce.

use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{Document, Edit, FileKind, assists};
use org_schema::members::AuthType;
use org_text::Foreign;

use super::project::find_project;
use crate::lsp::client::Message;
use crate::lsp::commands::Conversion;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::{id_of, shown};
use crate::lsp::files::Files;
use crate::lsp::files::snapshot::Snapshot;
use crate::lsp::logins::Logins;
use crate::lsp::logins::page;

/// A conversion that is worked out.
pub struct Converted {
    /// The edit.
    pub edit: lsp::WorkspaceEdit,
    /// The document after it.
    after: Document,
}

/// A conversion of a file, in LSP's terms.
pub fn to_lsp(files: &Files, snapshot: &Snapshot, conversion: &assists::Conversion) -> Converted {
    let edit = files.workspace_edit(snapshot, &conversion.edits);
    let after = Edit::apply_all(snapshot.document().text(), &conversion.edits);
    Converted { edit, after: Document::new(FileKind::Org, after.as_str()) }
}

/// The command. A client that has applied the edit of the code action of the same name runs it too, and
/// then only the rest is left to do.
pub async fn run(logins: &Arc<Logins>, Conversion { uri, version }: Conversion) {
    let id = id_of(&uri);
    let snapshot = logins.files.snapshot(&id);
    if let Some(document) = snapshot.as_ref().map(Snapshot::document).filter(|d| uses_oauth(d)) {
        return finish(logins, uri, document).await;
    }
    let is_another = |snapshot: &Snapshot| version.is_some() && snapshot.version() != version;
    if snapshot.as_ref().is_some_and(is_another) {
        return; // The edit was made, and taken back before this command came.
    }
    // Which names other orgs use must be known.
    let _known = find_project(&logins.diagnostics, &id).await;
    let converted = logins.files.snapshot(&id).and_then(|snapshot| {
        let files = &logins.files;
        let conversion = files.analyze(&id, snapshot.document(), assists::convert_to_oauth)?;
        Some(to_lsp(files, &snapshot, &conversion))
    });
    let Some(Converted { edit, after }) = converted else {
        let message = format!("{}: no basic authentication to convert.", shown(&id));
        return logins.client.show(lsp::MessageType::WARNING, message).await;
    };
    if logins.client.apply(edit).await {
        finish(logins, uri, &after).await;
    }
}

fn uses_oauth(document: &Document) -> bool {
    document.org().and_then(|org| org.auth_type()) == Some(AuthType::OAuth2ClientCredentials)
}

/// Puts the cursor on the first value to enter and says what comes next. Nothing is said of a document
/// that uses OAuth 2.0 already and has all its values.
async fn finish(logins: &Arc<Logins>, uri: lsp::Url, document: &Document) {
    let id = id_of(&uri);
    let name = document.org().and_then(|org| org.display_name());
    let name = name.map_or_else(|| shown(&id), |name| Foreign(name).to_string());
    let empty = assists::first_empty_value(document);
    let Some(cursor) = empty else {
        let text = format!("{name} already uses OAuth 2.0.");
        return logins.client.good_news(logins.client.session.client.own, text).await;
    };
    if logins.client.session.client.show_document {
        let converter =
            Converter { text: document.indexed_text(), encoding: logins.files.encoding() };
        let params = lsp::ShowDocumentParams {
            uri: uri.clone(),
            external: Some(false),
            take_focus: Some(true),
            selection: Some(converter.range(cursor)),
        };
        logins.client.show_document(params).await;
    }
    let text = format!("{name}: rewritten for OAuth 2.0. Next: create the app in Salesforce.");
    next_steps(logins, &uri, text, assists::has_instance_url(document)).await;
}

/// Says what comes next, with the steps behind a button or below.
pub async fn next_steps(
    logins: &Arc<Logins>,
    uri: &lsp::Url,
    text: String,
    has_instance_url: bool,
) {
    const SHOW_STEPS: &str = "Show Steps";
    let own = logins.client.session.client.own;
    if own.buttons && own.pages {
        let pressed = logins.client.offer(lsp::MessageType::INFO, text, &[SHOW_STEPS]).await;
        if pressed == Some(SHOW_STEPS) {
            page::show(logins, uri).await;
        }
        return;
    }
    let message = Message::from(text).steps(&assists::steps(has_instance_url));
    logins.client.show(lsp::MessageType::INFO, message).await;
}

/// *Complete server host* as a command.
pub async fn complete_server_host(logins: &Arc<Logins>, uri: lsp::Url) {
    let id = id_of(&uri);
    let edit = logins.files.snapshot(&id).and_then(|snapshot| {
        let edits = assists::complete_server_host(snapshot.document())?;
        Some(logins.files.workspace_edit(&snapshot, &edits))
    });
    let Some(edit) = edit else {
        let message = format!("There is no server host to complete in {}.", shown(&id));
        logins.client.show(lsp::MessageType::INFO, message).await;
        return;
    };
    logins.client.apply(edit).await;
}
