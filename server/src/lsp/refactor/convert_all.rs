//! *Convert all…*: every basic org of a project, in one edit.

use std::collections::BTreeSet;
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::assists;

use super::project::{find_project, place_of};
use crate::lsp::client::{Client, Message};
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::files::Files;
use crate::lsp::session::ClientFeatures;

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
pub fn work_out(files: &Files, id: &str) -> Option<ConvertAll> {
    let basic: Vec<String> = files.with_workspace(|workspace| {
        Some(workspace.project_of(id)?.basic_orgs().map(str::to_owned).collect())
    })?;
    let mut taken = BTreeSet::new();
    let mut edits = Vec::new();
    let mut converted = Vec::new();
    let mut have_instance_url = true;
    for file in basic {
        let Some(snapshot) = files.snapshot(&file) else { continue };
        let conversion = files.analyze(&file, snapshot.document(), |document, context| {
            assists::convert_to_oauth_besides(document, context, &taken)
        });
        let Some(conversion) = conversion else { continue };
        taken.insert(conversion.secret_name);
        have_instance_url &= conversion.has_instance_url;
        let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
        let text_edits = converter.edits(&conversion.edits);
        edits.push((snapshot.uri().clone(), snapshot.version(), text_edits));
        converted.push(file);
    }
    if edits.is_empty() {
        return None;
    }
    let edit = annotated_edit(edits, assists::title::CONVERT_ALL, &files.session.client);
    Some(ConvertAll { edit, files: converted, have_instance_url })
}

/// The command *Convert all…*.
pub async fn run(client: &Client, diagnostics: &Arc<Diagnostics>, uri: lsp::Url) {
    let id = place_of(&uri).await;
    let _known = find_project(diagnostics, &id).await;
    let Some(conversion) = work_out(&diagnostics.files, &id) else {
        let message = "There is no org on basic authentication in this project.";
        client.show(lsp::MessageType::INFO, message).await;
        return;
    };
    let count = conversion.files.len();
    if client.apply(conversion.edit).await {
        let uses = if count == 1 { "org uses" } else { "orgs use" };
        let message = format!("{count} {uses} OAuth 2.0 client credentials now. For each of them:");
        let steps = assists::steps(conversion.have_instance_url);
        let message = Message::from(message).steps(&steps);
        client.show(lsp::MessageType::INFO, message).await;
    }
}

/// One edit of several documents, under a label that the editor asks a person to confirm.
fn annotated_edit(
    edits: Vec<(lsp::Url, Option<i32>, Vec<lsp::TextEdit>)>,
    label: &str,
    client: &ClientFeatures,
) -> lsp::WorkspaceEdit {
    if !client.document_changes {
        let changes = edits.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    }
    let annotation_id = "sforg".to_owned();
    let annotated = |text_edit: lsp::TextEdit| {
        if client.change_annotations {
            let annotation_id = annotation_id.clone();
            lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id })
        } else {
            lsp::OneOf::Left(text_edit)
        }
    };
    let changes = edits
        .into_iter()
        .map(|(uri, version, edits)| lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(annotated).collect(),
        })
        .collect();
    let annotation = lsp::ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: Some(true),
        description: None,
    };
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(changes)),
        change_annotations: client
            .change_annotations
            .then(|| std::iter::once((annotation_id, annotation)).collect()),
        changes: None,
    }
}
