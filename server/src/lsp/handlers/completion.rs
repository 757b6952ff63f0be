//! `textDocument/completion`

use lsp_types as lsp;
use org_ide::completion::{ItemKind, Topic};
use serde_json::Value;

use super::markup;
use crate::lsp::convert::from_proto;
use crate::lsp::convert::to_proto::Converter;
use crate::lsp::convert::uris::id_of;
use crate::lsp::files::Files;

const LINE_END: &str = "\n";

/// What opens the list by itself.
pub const TRIGGERS: [&str; 3] = ["\"", ":", LINE_END];

/// Answers the request.
pub fn handle(files: &Files, params: lsp::CompletionParams) -> Option<lsp::CompletionResponse> {
    let at = params.text_document_position;
    let id = id_of(&at.text_document.uri);
    let open = files.open(&id)?;
    let encoding = files.encoding();
    let offset = from_proto::offset(open.text(), at.position, encoding);
    if follows_line_end(params.context.as_ref())
        && !org_ide::completion::is_in_empty_object(open.document(), offset)
    {
        return None;
    }
    let items = files.analyze(&id, open.document(), |document, context| {
        org_ide::completion::complete(document, context, offset)
    });
    let converter = Converter { text: open.text(), encoding };
    let client = files.session.client;
    let mut items: Vec<org_ide::completion::Item> = items
        .into_iter()
        .filter_map(|item| {
            if client.replaces_behind_cursor {
                return Some(item);
            }
            let text = open.document().text();
            let item = org_ide::completion::ending_at_cursor(item, text, offset);
            // What still reaches behind the cursor would leave a doubled tail there.
            (item.replace.end <= offset || !client.keeps_behind_cursor).then_some(item)
        })
        .collect();
    // Two blocks of which the name alone is left.
    items.dedup_by(|one, other| one.label == other.label && one.text == other.text);
    let items: Vec<_> = items
        .into_iter()
        .enumerate()
        .map(|(index, item)| {
            let snippet = item.snippet.filter(|_| client.snippets);
            let snippet = snippet.map(|snippet| match client.own.choices {
                true => snippet,
                false => org_ide::completion::without_choices(&snippet),
            });
            let (text, format, mode) = match snippet {
                Some(snippet) => (
                    snippet,
                    lsp::InsertTextFormat::SNIPPET,
                    lsp::InsertTextMode::ADJUST_INDENTATION,
                ),
                None => (item.text, lsp::InsertTextFormat::PLAIN_TEXT, lsp::InsertTextMode::AS_IS),
            };
            let edit = lsp::TextEdit { range: converter.range(item.replace), new_text: text };
            let additional = converter.edits(&item.additional);
            lsp::CompletionItem {
                label: item.label,
                kind: Some(completion_kind(item.kind)),
                detail: (!item.detail.is_empty()).then_some(item.detail),
                documentation: item
                    .topic
                    .filter(|_| !client.resolves_documentation)
                    .map(|topic| documentation(topic, client.markdown_documentation)),
                data: item
                    .topic
                    .filter(|_| client.resolves_documentation)
                    .map(|topic| Value::String(topic.key())),
                sort_text: Some(format!("{index:04}")),
                filter_text: Some(item.filter),
                insert_text_format: Some(format),
                insert_text_mode: client.insert_text_mode.then_some(mode),
                text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
                additional_text_edits: (!additional.is_empty()).then_some(additional),
                tags: (item.deprecated && client.deprecated_items)
                    .then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
                command: (item.retrigger && client.replaces_behind_cursor).then(retrigger),
                ..lsp::CompletionItem::default()
            }
        })
        .collect();
    Some(lsp::CompletionResponse::Array(items))
}

/// Whether the list is asked for because a line was ended, which is of use in an object that is empty yet.
fn follows_line_end(context: Option<&lsp::CompletionContext>) -> bool {
    let trigger = context.and_then(|context| context.trigger_character.as_deref());
    trigger == Some(LINE_END)
}

/// Answers `completionItem/resolve`: adds the documentation. An item whose data are not the
/// server's comes back as it is.
pub fn resolve(files: &Files, mut item: lsp::CompletionItem) -> lsp::CompletionItem {
    let topic = item.data.as_ref().and_then(Value::as_str).and_then(Topic::of_key);
    if let Some(topic) = topic {
        let markdown = files.session.client.markdown_documentation;
        item.documentation = Some(documentation(topic, markdown));
    }
    item
}

/// A client that names no format takes a plain string.
fn documentation(topic: Topic, markdown: bool) -> lsp::Documentation {
    let text = topic.documentation();
    if markdown {
        lsp::Documentation::MarkupContent(markup(&text, true))
    } else {
        lsp::Documentation::String(text.plain())
    }
}

fn completion_kind(kind: ItemKind) -> lsp::CompletionItemKind {
    match kind {
        ItemKind::Member => lsp::CompletionItemKind::PROPERTY,
        ItemKind::Value => lsp::CompletionItemKind::VALUE,
        ItemKind::Reference => lsp::CompletionItemKind::REFERENCE,
        ItemKind::Block => lsp::CompletionItemKind::SNIPPET,
    }
}

/// VS Code's own command that opens the list at the tab stop. Others complain that they do not know
/// it, so it is sent to clients of VS Code's kind alone.
fn retrigger() -> lsp::Command {
    lsp::Command {
        title: "Suggest".to_owned(),
        command: "editor.action.triggerSuggest".to_owned(),
        arguments: None,
    }
}
