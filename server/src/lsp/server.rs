//! The protocol's methods: each converts in, asks, converts out.

use std::sync::Arc;
use std::time::SystemTime;

use lsp_types as lsp;
use org_ide::completion::ItemKind;
use org_ide::lenses::LensAction;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::{Client, LanguageServer};

use super::capabilities::{self, COMPLETE_SERVER_HOST, CONVERT_TO_OAUTH, TEST_LOGIN};
use super::session::{Session, trusted_at_start};
use super::state::State;
use super::to_proto::Converter;
use super::uris::{id_of, kind_of, path_of};
use super::{code_actions, conversion, from_proto, jobs, login_test, publish};

/// The server that tower-lsp drives.
pub struct SforgServer {
    client: Client,
    state: Arc<State>,
}

/// `sforg/trustChanged`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrustChanged {
    workspace_trusted: bool,
}

/// The one argument of the commands about one file.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FileArgument {
    uri: lsp::Url,
    /// The client has applied the edit of a code action already.
    #[serde(default)]
    applied: bool,
    /// Where the cursor goes then.
    selection: Option<lsp::Range>,
    /// The variable that holds the client secret.
    secret_name: Option<String>,
}

impl SforgServer {
    /// A server for a client.
    pub fn new(client: Client, state: Arc<State>) -> Self {
        Self { client, state }
    }

    /// The user trusts the workspace now, or no longer.
    pub async fn trust_changed(&self, params: TrustChanged) {
        self.state.set_trusted(params.workspace_trusted);
    }

    /// The cancel button of a progress.
    pub async fn work_done_progress_cancel(&self, params: lsp::WorkDoneProgressCancelParams) {
        self.state.running.cancel(&params.token);
    }

    /// Tests that a panic does not end the server; not part of release builds.
    #[cfg(debug_assertions)]
    #[allow(clippy::panic, reason = "this is what it is for")]
    pub async fn panic(&self, _: Value) -> Result<()> {
        panic!("asked for by sforg/panic");
    }

    fn touched(&self, id: String) {
        self.state.dirty.mark(id, &self.state);
    }

    /// The index of the workspace's files, in the background.
    fn index(&self) {
        let state = Arc::clone(&self.state);
        let walk = std::thread::Builder::new()
            .name("index".to_owned())
            .spawn(move || {
                for folder in state.folders() {
                    let found = org_project::walk(&folder);
                    for problem in &found.problems {
                        tracing::warn!("{problem}");
                    }
                    let ids = found.files.iter().map(|file| org_project::id_of_path(file));
                    state.dirty.mark_all(ids, &state);
                }
            });
        if let Err(error) = walk {
            tracing::error!("the workspace cannot be indexed: {error}");
        }
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for SforgServer {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let session = Session::of(&params);
        let result = capabilities::initialize_result(&session);
        let trusted = trusted_at_start(&params).unwrap_or_else(|problem| {
            let client = self.client.clone();
            jobs::start("a message", async move {
                client
                    .show_message(lsp::MessageType::WARNING, problem)
                    .await;
            });
            false
        });
        self.state.begin(session, trusted);
        publish::start(self.client.clone(), Arc::clone(&self.state));
        Ok(result)
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.index();
        let (client, state) = (self.client.clone(), Arc::clone(&self.state));
        jobs::start("registration", async move {
            for error in &state.setting_errors {
                client
                    .show_message(lsp::MessageType::WARNING, error.to_string())
                    .await;
            }
            if state.session().client.watched_files
                && let Err(error) = client.register_capability(capabilities::watchers()).await
            {
                tracing::warn!("client/registerCapability: {error}");
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        self.state.running.cancel_all();
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let document = params.text_document;
        let Some(kind) = kind_of(&document.uri, &document.language_id) else {
            return;
        };
        let id = id_of(&document.uri);
        self.state.dirty.forget_folders();
        self.state.documents.open(
            id.clone(),
            document.uri,
            document.version,
            kind,
            &document.text,
        );
        self.touched(id);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let id = id_of(&params.text_document.uri);
        let version = params.text_document.version;
        let encoding = self.state.encoding();
        match self
            .state
            .documents
            .change(&id, version, params.content_changes, encoding)
        {
            Ok(()) => self.touched(id),
            Err(error) => tracing::warn!(
                "a change of {} is left out: {error}",
                params.text_document.uri
            ),
        }
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.state.dirty.forget_folders();
        self.touched(id_of(&params.text_document.uri));
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        let id = id_of(&params.text_document.uri);
        if self.state.documents.close(&id).is_some() {
            self.touched(id);
        }
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        self.state.dirty.forget_folders();
        let is_env = |uri: &lsp::Url| uri.path().ends_with("/.env");
        let ids: Vec<String> = params
            .changes
            .iter()
            .filter(|change| kind_of(&change.uri, "").is_some())
            .map(|change| id_of(&change.uri))
            .collect();
        self.state.dirty.mark_all(ids, &self.state);
        if params.changes.iter().any(|change| is_env(&change.uri)) {
            let orgs = self.state.with_workspace(|workspace| {
                workspace.org_files().map(str::to_owned).collect::<Vec<_>>()
            });
            self.state.dirty.mark_all(orgs, &self.state);
        }
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        let removed: Vec<_> = params
            .event
            .removed
            .iter()
            .filter_map(|f| path_of(&f.uri))
            .collect();
        let mut folders = self.state.folders();
        folders.retain(|folder| !removed.contains(folder));
        folders.extend(
            params
                .event
                .added
                .iter()
                .filter_map(|folder| path_of(&folder.uri)),
        );
        self.state.set_folders(folders);
        let known = self.state.with_workspace(|workspace| {
            let orgs = workspace.org_files().map(str::to_owned);
            orgs.chain(workspace.project_files()).collect::<Vec<_>>()
        });
        self.state.dirty.mark_all(known, &self.state);
        self.index();
    }

    async fn did_change_configuration(&self, _: lsp::DidChangeConfigurationParams) {}

    async fn completion(
        &self,
        params: lsp::CompletionParams,
    ) -> Result<Option<lsp::CompletionResponse>> {
        let at = params.text_document_position;
        let id = id_of(&at.text_document.uri);
        let Some(open) = self.state.documents.get(&id) else {
            return Ok(None);
        };
        let encoding = self.state.encoding();
        let offset = from_proto::offset(&open.text, at.position, encoding);
        let items = self.state.ask(&id, open.document(), |document, context| {
            org_ide::completion::complete(document, context, offset)
        });
        let converter = Converter {
            text: &open.text,
            encoding,
        };
        let client = self.state.session().client;
        let items: Vec<_> = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| {
                let item = if client.replaces_behind_cursor {
                    item
                } else {
                    org_ide::completion::ending_at_cursor(item, open.document().text(), offset)
                };
                let snippet = item.snippet.filter(|_| client.snippets);
                let (text, format) = match snippet {
                    Some(snippet) => (snippet, lsp::InsertTextFormat::SNIPPET),
                    None => (item.text, lsp::InsertTextFormat::PLAIN_TEXT),
                };
                let edit = lsp::TextEdit {
                    range: converter.range(item.replace),
                    new_text: text,
                };
                let additional = converter.edits(&item.additional);
                lsp::CompletionItem {
                    label: item.label,
                    kind: Some(completion_kind(item.kind)),
                    detail: (!item.detail.is_empty()).then_some(item.detail),
                    documentation: (!item.documentation.is_empty()).then(|| {
                        lsp::Documentation::MarkupContent(markup(
                            item.documentation,
                            client.markdown,
                        ))
                    }),
                    sort_text: Some(format!("{index:04}")),
                    filter_text: Some(item.filter),
                    insert_text_format: Some(format),
                    text_edit: Some(lsp::CompletionTextEdit::Edit(edit)),
                    additional_text_edits: (!additional.is_empty()).then_some(additional),
                    tags: item
                        .deprecated
                        .then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
                    command: item.retrigger.then(retrigger),
                    ..lsp::CompletionItem::default()
                }
            })
            .collect();
        Ok(Some(lsp::CompletionResponse::Array(items)))
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let at = params.text_document_position_params;
        let id = id_of(&at.text_document.uri);
        let Some(open) = self.state.documents.get(&id) else {
            return Ok(None);
        };
        let encoding = self.state.encoding();
        let offset = from_proto::offset(&open.text, at.position, encoding);
        let hover = self.state.ask(&id, open.document(), |document, context| {
            org_ide::hover::hover(document, context, offset)
        });
        let converter = Converter {
            text: &open.text,
            encoding,
        };
        let markdown = self.state.session().client.markdown;
        Ok(hover.map(|hover| lsp::Hover {
            range: Some(converter.range(hover.span)),
            contents: lsp::HoverContents::Markup(markup(hover.markdown, markdown)),
        }))
    }

    async fn code_action(
        &self,
        params: lsp::CodeActionParams,
    ) -> Result<Option<lsp::CodeActionResponse>> {
        let id = id_of(&params.text_document.uri);
        let Some(open) = self.state.documents.get(&id) else {
            return Ok(None);
        };
        let snapshot = super::state::Snapshot::Open(open);
        let only = params.context.only.as_deref();
        let actions = code_actions::code_actions(&self.state, &id, &snapshot, params.range, only);
        Ok(Some(
            actions
                .into_iter()
                .map(lsp::CodeActionOrCommand::CodeAction)
                .collect(),
        ))
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        let id = id_of(&params.text_document.uri);
        let Some(open) = self.state.documents.get(&id) else {
            return Ok(None);
        };
        let lenses = self
            .state
            .ask(&id, open.document(), org_ide::lenses::lenses);
        let tested_at = self.state.logins.get(&id).map(|record| record.at);
        let converter = Converter {
            text: &open.text,
            encoding: self.state.encoding(),
        };
        let lenses = lenses
            .into_iter()
            .map(|lens| {
                let (title, command) = match lens.action {
                    LensAction::TestLogin => (lens.title, TEST_LOGIN),
                    LensAction::ConvertToOAuth => (lens.title, CONVERT_TO_OAUTH),
                    LensAction::LastResult => (format!("{} ({})", lens.title, age(tested_at)), ""),
                };
                let arguments = (!command.is_empty()).then(|| vec![json!({ "uri": open.uri })]);
                lsp::CodeLens {
                    range: converter.range(lens.span),
                    command: Some(lsp::Command {
                        title,
                        command: command.to_owned(),
                        arguments,
                    }),
                    data: None,
                }
            })
            .collect();
        Ok(Some(lenses))
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        let argument = params.arguments.into_iter().next().unwrap_or(Value::Null);
        let argument: FileArgument = serde_json::from_value(argument).map_err(|error| {
            Error::invalid_params(format!(
                "{} takes one object with \"uri\", the address of an org file: {error}",
                params.command
            ))
        })?;
        let (client, state) = (self.client.clone(), Arc::clone(&self.state));
        match params.command.as_str() {
            TEST_LOGIN => jobs::start("the login test", async move {
                login_test::run(&client, &state, argument.uri).await;
            }),
            CONVERT_TO_OAUTH => jobs::start("the conversion", async move {
                match (argument.applied, argument.selection, argument.secret_name) {
                    (true, Some(selection), Some(secret)) => {
                        conversion::finish(&client, &state, argument.uri, selection, &secret).await;
                    }
                    _ => conversion::convert(&client, &state, argument.uri).await,
                }
            }),
            COMPLETE_SERVER_HOST => jobs::start("completing the server host", async move {
                conversion::complete_server_host(&client, &state, argument.uri).await;
            }),
            unknown => {
                return Err(Error::invalid_params(format!(
                    "sforg has no command {unknown:?}"
                )));
            }
        }
        Ok(None)
    }
}

fn markup(value: String, markdown: bool) -> lsp::MarkupContent {
    let kind = if markdown {
        lsp::MarkupKind::Markdown
    } else {
        lsp::MarkupKind::PlainText
    };
    lsp::MarkupContent { kind, value }
}

fn completion_kind(kind: ItemKind) -> lsp::CompletionItemKind {
    match kind {
        ItemKind::Member => lsp::CompletionItemKind::PROPERTY,
        ItemKind::Value => lsp::CompletionItemKind::VALUE,
        ItemKind::Reference => lsp::CompletionItemKind::REFERENCE,
        ItemKind::Block => lsp::CompletionItemKind::SNIPPET,
    }
}

/// VS Code's own command that opens the list at the tab stop; other editors leave it out.
fn retrigger() -> lsp::Command {
    lsp::Command {
        title: "Suggest".to_owned(),
        command: "editor.action.triggerSuggest".to_owned(),
        arguments: None,
    }
}

/// "just now", "5 min ago", "3 h ago", "2 days ago".
fn age(at: Option<SystemTime>) -> String {
    let minutes = at
        .and_then(|at| at.elapsed().ok())
        .map_or(0, |elapsed| elapsed.as_secs() / 60);
    match minutes {
        0 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1440 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}
