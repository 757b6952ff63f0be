//! *Convert all…*: the basic orgs of a project that a person ticks, or of a list of orgs, in one edit.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use lsp_types as lsp;
use org_ide::{Edit, assists};
use org_text::Foreign;

use super::convert::next_steps;
use super::project::{find_project, place_of};
use crate::lsp::client::Answer;
use crate::lsp::client::own::{OrgChoice, OrgItem, Page};
use crate::lsp::commands::ManyConversions;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;
use crate::lsp::logins::Logins;
use crate::lsp::logins::page;
use crate::lsp::session::ClientFeatures;

/// The conversion of one org of a project.
pub struct OrgConversion {
    /// Its file.
    pub uri: lsp::Url,
    /// Its name, else its file's.
    pub name: String,
    version: Option<i32>,
    /// One edit for the whole file, so that no half of it can be left out.
    edit: lsp::TextEdit,
    new_text: String,
    has_instance_url: bool,
}

/// The conversions of all basic orgs that belong to the project of `id`.
pub fn work_out(files: &Files, id: &str) -> Vec<OrgConversion> {
    let basic: Option<Vec<String>> = files.with_workspace(|workspace| {
        Some(workspace.project_of(id)?.basic_orgs().map(str::to_owned).collect())
    });
    work_out_orgs(files, &basic.unwrap_or_default())
}

/// The conversions of those of these orgs that are basic, whatever their projects are.
fn work_out_orgs(files: &Files, orgs: &[String]) -> Vec<OrgConversion> {
    let mut taken_in: HashMap<Option<String>, BTreeSet<String>> = HashMap::new();
    orgs.iter()
        .filter_map(|file| {
            let snapshot = files.snapshot(file)?;
            let document = snapshot.document();
            let taken = taken_in.entry(files.project_file_of(file)).or_default();
            let conversion = files.analyze(file, document, |document, context| {
                assists::convert_to_oauth_besides(document, context, taken)
            })?;
            taken.insert(conversion.secret_name);
            let converter = Converter { text: snapshot.text(), encoding: files.encoding() };
            let name = document.org().and_then(|org| org.display_name());
            let shown = crate::lsp::convert::uris::shown(file);
            Some(OrgConversion {
                uri: snapshot.uri().clone(),
                name: name.map_or(shown, |name| Foreign(name).to_string()),
                version: snapshot.version(),
                edit: converter.edit(&Edit::joined(document.text(), &conversion.edits)),
                new_text: Edit::apply_all(document.text(), &conversion.edits),
                has_instance_url: conversion.has_instance_url,
            })
        })
        .collect()
}

/// One edit, with a label for each org.
pub fn edit_of(files: &Files, orgs: &[OrgConversion]) -> lsp::WorkspaceEdit {
    let edits = orgs
        .iter()
        .map(|org| {
            let label = format!("{}: OAuth 2.0", org.name);
            (org.uri.clone(), org.version, org.edit.clone(), label)
        })
        .collect();
    annotated_edit(edits, &files.session.client)
}

/// The command *Convert all…*.
pub async fn run(logins: &Arc<Logins>, of: ManyConversions) {
    let (mut orgs, place) = match of.orgs {
        Some(chosen) => (of_orgs(logins, &chosen).await, "among these"),
        None => (of_project(logins, &of.uri).await, "in this project"),
    };
    let own = logins.client.session.client.own;
    if orgs.is_empty() {
        let text = format!("No org {place} uses basic authentication.");
        return logins.client.good_news(own, text).await;
    }
    let chosen = choose(logins, &orgs).await;
    orgs.retain(|org| chosen.contains(&org.uri));
    let Some(first) = orgs.first() else {
        return logins.client.good_news(own, "Nothing was converted.".to_owned()).await;
    };
    if logins.client.apply(edit_of(&logins.files, &orgs)).await {
        converted(logins, &orgs, &first.uri.clone()).await;
    }
}

async fn of_project(logins: &Arc<Logins>, uri: &lsp::Url) -> Vec<OrgConversion> {
    let id = place_of(uri).await;
    let _known = find_project(&logins.diagnostics, &id).await;
    work_out(&logins.files, &id)
}

async fn of_orgs(logins: &Arc<Logins>, orgs: &[lsp::Url]) -> Vec<OrgConversion> {
    let ids: Vec<String> = orgs.iter().map(id_of).collect();
    let (mut seen, mut known) = (BTreeSet::new(), Vec::new());
    for id in &ids {
        if seen.insert(logins.files.project_file_of(id)) {
            known.push(find_project(&logins.diagnostics, id).await);
        }
    }
    work_out_orgs(&logins.files, &ids)
}

/// Says what comes next.
async fn converted(logins: &Arc<Logins>, orgs: &[OrgConversion], first: &lsp::Url) {
    const SHOW_STEPS: &str = "Show Steps";
    const SAVE_ALL: &str = "Save All";
    let text = match orgs {
        [one] => {
            format!("{}: rewritten for OAuth 2.0. Next: create the app in Salesforce.", one.name)
        }
        _ => format!("{} orgs rewritten for OAuth 2.0.", orgs.len()),
    };
    let own = logins.client.session.client.own;
    if !(own.buttons && own.pages) {
        let have_instance_url = orgs.iter().all(|org| org.has_instance_url);
        return next_steps(logins, first, text, have_instance_url).await;
    }
    let pressed = logins.client.offer(lsp::MessageType::INFO, text, &[SHOW_STEPS, SAVE_ALL]).await;
    match pressed {
        Some(SHOW_STEPS) => page::show(logins, first).await,
        Some(SAVE_ALL) => {
            for org in orgs {
                logins.client.show_page(Page::Save, Some(org.uri.clone())).await;
            }
        }
        _ => {}
    }
}

/// The orgs that a person wants converted; none when the question is closed. A client that cannot ask
/// has been told to convert all.
async fn choose(logins: &Arc<Logins>, orgs: &[OrgConversion]) -> Vec<lsp::Url> {
    let count = orgs.len();
    let what = if count == 1 { "1 org".to_owned() } else { format!("{count} orgs") };
    let title = format!("Convert to OAuth 2.0: {what}");
    let all = || orgs.iter().map(|org| org.uri.clone()).collect();
    if logins.client.session.client.own.choose_orgs {
        let items = orgs.iter().map(|org| OrgItem {
            uri: org.uri.clone(),
            label: org.name.clone(),
            detail: match org.has_instance_url {
                true => "Still to enter: client ID, client secret".to_owned(),
                false => "Still to enter: My Domain URL, client ID, client secret".to_owned(),
            },
            new_text: org.new_text.clone(),
        });
        let choice = OrgChoice { title, items: items.collect() };
        return logins.client.choose_orgs(choice).await.unwrap_or_default();
    }
    const CANCEL: &str = "Cancel";
    const CONVERT: &str = "Convert";
    let names = org_ide::names_listed(orgs.iter().map(|org| org.name.clone()), 10);
    let question = format!("Convert {what} to OAuth 2.0: {names}?");
    match logins.client.ask(lsp::MessageType::WARNING, question, &[CANCEL, CONVERT]).await {
        Answer::Chosen(CONVERT) | Answer::CannotAsk => all(),
        Answer::Chosen(_) | Answer::Dismissed => Vec::new(),
    }
}

/// One edit of several documents, each with a label that an editor may show. None of them waits for a
/// confirmation: editors leave out what does.
fn annotated_edit(
    edits: Vec<(lsp::Url, Option<i32>, lsp::TextEdit, String)>,
    client: &ClientFeatures,
) -> lsp::WorkspaceEdit {
    if !client.document_changes {
        let changes = edits.into_iter().map(|(uri, _, edit, _)| (uri, vec![edit])).collect();
        return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    }
    let mut annotations = std::collections::HashMap::new();
    let mut changes = Vec::new();
    for (index, (uri, version, text_edit, label)) in edits.into_iter().enumerate() {
        let annotation_id = format!("sforg-{index}");
        let edit = if client.change_annotations {
            let annotation =
                lsp::ChangeAnnotation { label, needs_confirmation: Some(false), description: None };
            annotations.insert(annotation_id.clone(), annotation);
            lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id })
        } else {
            lsp::OneOf::Left(text_edit)
        };
        let text_document = lsp::OptionalVersionedTextDocumentIdentifier { uri, version };
        changes.push(lsp::TextDocumentEdit { text_document, edits: vec![edit] });
    }
    lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(changes)),
        change_annotations: client.change_annotations.then_some(annotations),
        changes: None,
    }
}
