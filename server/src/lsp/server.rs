//! The protocol's methods: each converts in, asks, converts out.

mod own_methods;

use std::sync::Arc;

use lsp_types as lsp;
use serde_json::Value;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};

use super::client::{Client, jobs};
use super::commands::Command;
use super::diagnostics::events::FileEvents;
use super::diagnostics::{Diagnostics, walk};
use super::files::Files;
use super::handlers::new_org::NewOrgs;
use super::handlers::{
    capabilities, code_action, code_lens, completion, configuration, document_link,
    document_symbol, execute_command, formatting, hover, inlay_hint, names, semantic_tokens,
    structure, text_sync, workspace_symbol,
};
use super::logins::Logins;
use super::logins::changes;
use super::session::configuration::SECTION;
use super::session::{Agreed, Session, trusted_at_start};
use super::transport::spelling;
use crate::lsp::convert::uris::{id_of, path_of};
use crate::lsp::session::folders::Folder;
use crate::settings::SettingError;

/// The server that tower-lsp drives.
pub struct SforgServer {
    client: Client,
    session: Session,
    files: Arc<Files>,
    diagnostics: Arc<Diagnostics>,
    logins: Arc<Logins>,
    /// What wizards keep between their steps.
    new_orgs: Arc<NewOrgs>,
    /// What the user set and cannot be used.
    setting_errors: Arc<[SettingError]>,
}

impl SforgServer {
    /// A server for a client.
    pub fn new(logins: Arc<Logins>, setting_errors: Vec<SettingError>) -> Self {
        Self {
            session: logins.client.session.clone(),
            files: Arc::clone(&logins.files),
            client: logins.client.clone(),
            diagnostics: Arc::clone(&logins.diagnostics),
            logins,
            new_orgs: Arc::default(),
            setting_errors: setting_errors.into(),
        }
    }

    fn ask_for_configuration(&self) {
        if !self.session.client.configuration {
            self.session.settings.are_known();
            return;
        }
        let (client, diagnostics) = (self.client.clone(), Arc::clone(&self.diagnostics));
        let ask = async move { configuration::ask(&client, &diagnostics).await };
        jobs::start("configuration", ask);
    }

    /// The index of the workspace's files, in the background.
    fn index(&self) {
        walk::start(&self.diagnostics, self.files.folders());
    }
}

#[tower_lsp::async_trait]
impl LanguageServer for SforgServer {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        // The client's words as they came (see [`super::transport::lenient`]).
        let params = params.initialization_options.unwrap_or_default();
        let agreed = Agreed::of(&params);
        let result = capabilities::initialize_result(&agreed);
        let trusted = trusted_at_start(&params).unwrap_or_else(|problem| {
            let client = self.client.clone();
            jobs::start("a message", async move {
                client.show(lsp::MessageType::WARNING, problem).await;
            });
            false
        });
        self.session.settings.set_trusted(trusted);
        self.diagnostics.set_folders(agreed.folders.clone());
        self.session.begin(agreed);
        Ok(result)
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.diagnostics.queue.expect_open();
        self.index();
        self.ask_for_configuration();
        changes::start_telling(&self.logins);
        let (client, errors) = (self.client.clone(), Arc::clone(&self.setting_errors));
        jobs::start("registration", async move {
            for error in errors.iter() {
                client.show(lsp::MessageType::WARNING, format!("{error}.")).await;
            }
            let registrations = capabilities::registrations(&client.session);
            if !registrations.is_empty() {
                client.register(registrations).await;
            }
        });
    }

    async fn shutdown(&self) -> Result<()> {
        self.client.running.cancel_all();
        let files = Arc::clone(&self.files);
        let write = tokio::task::spawn_blocking(move || files.last_logins.write());
        if let Err(error) = write.await {
            tracing::error!("the last results were not kept: {error}");
        }
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, language_id, version, text } = params.text_document;
        text_sync::opened(&self.diagnostics, uri, &language_id, version, &text);
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        let document = params.text_document;
        let changes = params.content_changes;
        text_sync::changed(&self.diagnostics, &document.uri, document.version, changes);
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.diagnostics.queue.disk_changed();
        self.diagnostics.queue_file(id_of(&params.text_document.uri));
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        let id = id_of(&params.text_document.uri);
        if self.files.documents.close(&id).is_some() {
            if path_of(&params.text_document.uri).is_none() {
                // It is nowhere but in the editor, and does not come back.
                self.files.last_logins.forget(&id);
            }
            self.diagnostics.queue_file(id);
        }
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        let mut events = FileEvents::default();
        for change in &params.changes {
            match change.typ {
                lsp::FileChangeType::DELETED => events.gone(&change.uri),
                _ => events.created(&change.uri),
            }
        }
        events.tell(&self.diagnostics);
    }

    async fn did_create_files(&self, params: lsp::CreateFilesParams) {
        let mut events = FileEvents::default();
        params.files.iter().for_each(|file| events.created_text(&file.uri));
        events.tell(&self.diagnostics);
    }

    async fn did_rename_files(&self, params: lsp::RenameFilesParams) {
        let mut events = FileEvents::default();
        for file in &params.files {
            events.renamed(&file.old_uri, &file.new_uri, &self.files);
        }
        events.tell(&self.diagnostics);
    }

    async fn did_delete_files(&self, params: lsp::DeleteFilesParams) {
        let mut events = FileEvents::default();
        params.files.iter().for_each(|file| events.gone_text(&file.uri));
        events.tell(&self.diagnostics);
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        let read = |folders: &[lsp::WorkspaceFolder]| -> Vec<Folder> {
            folders.iter().filter_map(|f| Folder::of(&spelling::of_server(&f.uri))).collect()
        };
        let removed = read(&params.event.removed);
        let mut folders = self.files.workspace_folders();
        folders.retain(|folder| !removed.iter().any(|gone| gone.path == folder.path));
        folders.extend(read(&params.event.added));
        self.diagnostics.set_folders(folders);
        self.index();
    }

    /// Clients that can be asked send nothing, or what is not meant for this server.
    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        if self.session.client.configuration {
            self.ask_for_configuration();
        } else if !params.settings.is_null() {
            let (client, diagnostics) = (self.client.clone(), Arc::clone(&self.diagnostics));
            jobs::start("configuration", async move {
                let section = &params.settings[SECTION];
                configuration::take(&client, &diagnostics, section).await;
            });
        }
    }

    async fn completion(
        &self,
        params: lsp::CompletionParams,
    ) -> Result<Option<lsp::CompletionResponse>> {
        Ok(completion::handle(&self.files, params))
    }

    async fn completion_resolve(&self, item: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        if !self.session.client.resolves_documentation {
            return Err(Error::method_not_found()); // it was not advertised
        }
        Ok(completion::resolve(&self.files, item))
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        Ok(hover::handle(&self.files, params))
    }

    async fn goto_definition(
        &self,
        params: lsp::GotoDefinitionParams,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        Ok(names::definition(&self.files, params).await)
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        Ok(names::references(&self.files, params).await)
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        if !self.session.client.prepare_rename {
            return Err(Error::method_not_found()); // it was not advertised
        }
        Ok(names::prepare_rename(&self.files, params))
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        names::rename(&self.files, params)
    }

    async fn inlay_hint(
        &self,
        params: lsp::InlayHintParams,
    ) -> Result<Option<Vec<lsp::InlayHint>>> {
        Ok(inlay_hint::handle(&self.files, params))
    }

    async fn document_symbol(
        &self,
        params: lsp::DocumentSymbolParams,
    ) -> Result<Option<lsp::DocumentSymbolResponse>> {
        Ok(document_symbol::handle(&self.files, params))
    }

    async fn symbol(
        &self,
        params: lsp::WorkspaceSymbolParams,
    ) -> Result<Option<Vec<lsp::SymbolInformation>>> {
        Ok(workspace_symbol::handle(&self.files, params).await)
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        Ok(structure::highlight(&self.files, params))
    }

    async fn document_link(
        &self,
        params: lsp::DocumentLinkParams,
    ) -> Result<Option<Vec<lsp::DocumentLink>>> {
        Ok(document_link::handle(&self.files, params))
    }

    async fn folding_range(
        &self,
        params: lsp::FoldingRangeParams,
    ) -> Result<Option<Vec<lsp::FoldingRange>>> {
        Ok(structure::folding(&self.files, params))
    }

    async fn selection_range(
        &self,
        params: lsp::SelectionRangeParams,
    ) -> Result<Option<Vec<lsp::SelectionRange>>> {
        Ok(structure::selection(&self.files, params))
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        Ok(semantic_tokens::handle(&self.files, params))
    }

    async fn formatting(
        &self,
        params: lsp::DocumentFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        Ok(formatting::document(&self.files, params))
    }

    async fn range_formatting(
        &self,
        params: lsp::DocumentRangeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        Ok(formatting::range(&self.files, params))
    }

    async fn on_type_formatting(
        &self,
        params: lsp::DocumentOnTypeFormattingParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        Ok(formatting::on_type(&self.files, params))
    }

    async fn code_action(
        &self,
        params: lsp::CodeActionParams,
    ) -> Result<Option<lsp::CodeActionResponse>> {
        Ok(code_action::handle(&self.diagnostics, params).await)
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        Ok(code_lens::handle(&self.logins, params))
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        let command = Command::read(&params.command, params.arguments);
        match command.map_err(Error::invalid_params)? {
            Command::NewOrg(new) => self.make_new_org(new).await.map(Some),
            command => execute_command::carry_out(&self.logins, command).await,
        }
    }
}
