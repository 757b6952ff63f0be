//! What the client said about itself at the beginning.

use std::path::PathBuf;

use lsp_types::{CompletionItemTag, InitializeParams, MarkupKind, PositionEncodingKind};
use org_text::Encoding;

/// What the client can do, as far as it changes what is sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientFeatures {
    /// Completion items may have tab stops.
    pub snippets: bool,
    /// Completion items replace their whole range, also behind the cursor. LSP wants that of every
    /// client; those that say so do it.
    pub replaces_behind_cursor: bool,
    /// Completion items replace what is before the cursor alone, against LSP.
    pub keeps_behind_cursor: bool,
    /// Completion items may say how their lines are indented.
    pub insert_text_mode: bool,
    /// Completion items may be marked as deprecated.
    pub deprecated_items: bool,
    /// Hovers may be Markdown.
    pub markdown: bool,
    /// The documentation of completion items may be Markdown.
    pub markdown_documentation: bool,
    /// Documentation of completion items may come later (`completionItem/resolve`).
    pub resolves_documentation: bool,
    /// Renames may be prepared.
    pub prepare_rename: bool,
    /// Code actions may be more than commands; a client that says nothing of code actions gets them
    /// whole.
    pub code_action_literals: bool,
    /// Code actions may say why they are disabled.
    pub disabled_actions: bool,
    /// Code actions may say that they are the one to take; as with literals, a client that says
    /// nothing of code actions gets them whole.
    pub preferred_actions: bool,
    /// Edits may name the document's version.
    pub document_changes: bool,
    /// Edits may be labelled, so that the editor shows them for review first.
    pub change_annotations: bool,
    /// `workspace/applyEdit` works.
    pub apply_edit: bool,
    /// `window/showDocument` works.
    pub show_document: bool,
    /// `window/workDoneProgress/create` works.
    pub progress: bool,
    /// `workspace/codeLens/refresh` works.
    pub code_lens_refresh: bool,
    /// `workspace/inlayHint/refresh` works.
    pub inlay_hint_refresh: bool,
    /// File watchers can be registered.
    pub watched_files: bool,
    /// `workspace/configuration` works.
    pub configuration: bool,
    /// Changes of settings are told where it is registered for.
    pub registers_configuration: bool,
    /// What a person does to files is told.
    pub file_operations: bool,
    /// Diagnostics may point at other files.
    pub related_information: bool,
    /// Document symbols may be nested.
    pub nested_symbols: bool,
    /// The client asks for diagnostics itself (`textDocument/diagnostic`), and can be told to ask
    /// again (`workspace/diagnostic/refresh`). One that cannot, such as Neovim 0.11, would keep old
    /// findings when another file or a login changes them, and so is told unasked.
    pub pulls_diagnostics: bool,
    /// How many folds the client wants at most.
    pub fold_limit: Option<u32>,
    /// Document links may have a tooltip.
    pub link_tooltips: bool,
}

impl ClientFeatures {
    fn of(params: &InitializeParams) -> Self {
        let client = &params.capabilities;
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let window = client.window.as_ref();
        let completion =
            document.and_then(|document| document.completion.as_ref()?.completion_item.as_ref());
        let markdown = document
            .and_then(|document| document.hover.as_ref()?.content_format.as_ref())
            .is_some_and(|formats| formats.contains(&MarkupKind::Markdown));
        let replaces_behind_cursor =
            completion.and_then(|item| item.insert_replace_support).unwrap_or(false);
        let is_neovim = params.client_info.as_ref().is_some_and(|client| client.name == "Neovim");
        Self {
            replaces_behind_cursor,
            // Neovim's own completion does; its plugins say that they replace whole ranges.
            keeps_behind_cursor: is_neovim && !replaces_behind_cursor,
            insert_text_mode: completion
                .is_some_and(|item| item.insert_text_mode_support.is_some()),
            deprecated_items: completion
                .and_then(|item| item.tag_support.as_ref())
                .is_some_and(|tags| tags.value_set.contains(&CompletionItemTag::DEPRECATED)),
            snippets: completion.and_then(|item| item.snippet_support).unwrap_or(false),
            markdown,
            markdown_documentation: completion
                .and_then(|item| item.documentation_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            resolves_documentation: completion
                .and_then(|item| item.resolve_support.as_ref())
                .is_some_and(|resolve| resolve.properties.iter().any(|p| p == "documentation")),
            prepare_rename: document
                .and_then(|document| document.rename.as_ref()?.prepare_support)
                .unwrap_or(false),
            code_action_literals: document
                .and_then(|document| document.code_action.as_ref())
                .is_none_or(|actions| actions.code_action_literal_support.is_some()),
            disabled_actions: document
                .and_then(|document| document.code_action.as_ref()?.disabled_support)
                .unwrap_or(false),
            preferred_actions: document
                .and_then(|document| document.code_action.as_ref())
                .is_none_or(|actions| actions.is_preferred_support.unwrap_or(false)),
            document_changes: workspace
                .and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)
                .unwrap_or(false),
            change_annotations: workspace
                .and_then(|w| w.workspace_edit.as_ref()?.change_annotation_support.as_ref())
                .is_some(),
            apply_edit: workspace.and_then(|workspace| workspace.apply_edit).unwrap_or(false),
            show_document: window
                .and_then(|window| Some(window.show_document.as_ref()?.support))
                .unwrap_or(false),
            progress: window.and_then(|window| window.work_done_progress).unwrap_or(false),
            code_lens_refresh: workspace
                .and_then(|workspace| workspace.code_lens.as_ref()?.refresh_support)
                .unwrap_or(false),
            inlay_hint_refresh: workspace
                .and_then(|workspace| workspace.inlay_hint.as_ref()?.refresh_support)
                .unwrap_or(false),
            watched_files: workspace
                .and_then(|w| w.did_change_watched_files.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            registers_configuration: workspace
                .and_then(|w| w.did_change_configuration.as_ref()?.dynamic_registration)
                .unwrap_or(false),
            file_operations: workspace.is_some_and(|w| w.file_operations.is_some()),
            related_information: document
                .and_then(|d| d.publish_diagnostics.as_ref()?.related_information)
                .unwrap_or(false),
            nested_symbols: document
                .and_then(|d| d.document_symbol.as_ref()?.hierarchical_document_symbol_support)
                .unwrap_or(false),
            pulls_diagnostics: document.is_some_and(|document| document.diagnostic.is_some())
                && workspace
                    .and_then(|workspace| workspace.diagnostic.as_ref()?.refresh_support)
                    .unwrap_or(false),
            fold_limit: document.and_then(|d| d.folding_range.as_ref()?.range_limit),
            link_tooltips: document
                .and_then(|d| d.document_link.as_ref()?.tooltip_support)
                .unwrap_or(false),
        }
    }
}

/// The session, as agreed in `initialize`.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// What the client can do.
    pub client: ClientFeatures,
    /// Unit of `Position.character`.
    pub encoding: Encoding,
    /// Folders of the workspace.
    pub folders: Vec<PathBuf>,
    /// The process that started the server; the server ends when it does.
    pub parent: Option<u32>,
}

impl Session {
    /// Reads the client's parameters.
    pub fn of(params: &InitializeParams) -> Self {
        let offered = params
            .capabilities
            .general
            .as_ref()
            .and_then(|general| general.position_encodings.as_deref())
            .unwrap_or_default();
        Self {
            client: ClientFeatures::of(params),
            encoding: negotiate(offered),
            folders: folders_of(params),
            parent: params.process_id,
        }
    }

    /// The encoding by its LSP name.
    pub fn encoding_kind(&self) -> PositionEncodingKind {
        match self.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The first of the client's encodings that the server has, which is all of them; UTF-16 when the
/// client says nothing.
fn negotiate(offered: &[PositionEncodingKind]) -> Encoding {
    offered
        .iter()
        .find_map(|kind| match kind.as_str() {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        })
        .unwrap_or_default()
}

/// `workspaceFolders`, else the older `rootUri`.
fn folders_of(params: &InitializeParams) -> Vec<PathBuf> {
    match &params.workspace_folders {
        Some(folders) => {
            folders.iter().filter_map(|folder| super::files::uris::path_of(&folder.uri)).collect()
        }
        None => root_uri(params).into_iter().collect(),
    }
}

#[allow(deprecated, reason = "older clients send nothing else")]
fn root_uri(params: &InitializeParams) -> Option<PathBuf> {
    super::files::uris::path_of(params.root_uri.as_ref()?)
}

/// `initializationOptions.workspaceTrusted`: absent means trusted. Anything but a truth value is a
/// mistake, and then the workspace is not trusted.
pub fn trusted_at_start(params: &InitializeParams) -> Result<bool, String> {
    let options = params.initialization_options.as_ref();
    match options.and_then(|options| options.get("workspaceTrusted")) {
        None => Ok(true),
        Some(serde_json::Value::Bool(trusted)) => Ok(*trusted),
        Some(other) => Err(format!(
            "initializationOptions.workspaceTrusted is {other}: set it to true or false. Until then the workspace is not trusted, and no login is tested."
        )),
    }
}
