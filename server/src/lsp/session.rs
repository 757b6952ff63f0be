//! The session: what was agreed in `initialize`, which stays as it is, and the settings that the client
//! tells while it goes on.

pub mod configuration;
pub mod folders;
mod own_features;

use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use lsp_types::{CompletionItemTag, MarkupKind, PositionEncodingKind};
use org_text::Encoding;
use serde_json::{Value, json};

use configuration::ClientSettings;
use folders::Folder;
pub use own_features::OwnFeatures;

/// What the client can do, as far as it changes what is sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct ClientFeatures {
    /// Completion items may have tab stops.
    pub snippets: bool,
    /// Completion items replace their whole range, also behind the cursor. LSP wants that of every
    /// client; those that say so do it, and many of the others do not.
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
    /// Edits may make files.
    pub creates_files: bool,
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
    /// Answers to a question may have more than a title.
    pub answer_properties: bool,
    /// What becomes of a question that nobody asked for.
    pub unasked_questions: UnaskedQuestions,
    /// The client does something with what a lens's command answers: shows the places, begins the import
    /// (`capabilities.experimental.followsUpCommands`). Others are told in a message.
    pub follows_up_commands: bool,
    /// What it takes besides LSP.
    pub own: OwnFeatures,
}

/// What becomes of a question (`window/showMessageRequest`) that does not follow from something that a
/// person has just done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnaskedQuestions {
    /// It is shown beside what the person does.
    #[default]
    Shown,
    /// The client says that there is one and keeps it until the person comes to it
    /// (`capabilities.experimental.keepsQuestions`).
    Kept,
    /// It would take the keys that the person types into a file, so a message takes its place.
    Told,
}

/// Editors by their `clientInfo.name` whose own handler of questions waits for a key: a numbered list,
/// a prompt in the last line, a menu over the text.
const QUESTIONS_TAKE_KEYS: [&str; 6] = ["neovim", "eglot", "emacs", "helix", "coc.nvim", "vim-lsp"];

impl UnaskedQuestions {
    fn of(client: Capabilities<'_>, name: &Value) -> Self {
        if client.can("/experimental/keepsQuestions") {
            return Self::Kept;
        }
        match name.as_str().map(str::to_ascii_lowercase) {
            Some(name) if QUESTIONS_TAKE_KEYS.contains(&name.as_str()) => Self::Told,
            _ => Self::Shown,
        }
    }
}

/// Clients whose own completion keeps what is behind the cursor.
const KEEP_BEHIND_CURSOR: [&str; 3] = ["Neovim", "kak-lsp", "kakoune-lsp"];

impl ClientFeatures {
    fn of(params: &Value) -> Self {
        let client = Capabilities(&params["capabilities"]);
        let says_nothing_of_actions =
            client.at("/textDocument/codeAction").is_none_or(Value::is_null);
        let replaces_behind_cursor =
            client.can("/textDocument/completion/completionItem/insertReplaceSupport");
        let name = params["clientInfo"]["name"].as_str().unwrap_or_default();
        Self {
            replaces_behind_cursor,
            // Plugins of Neovim say that they replace whole ranges.
            keeps_behind_cursor: KEEP_BEHIND_CURSOR.contains(&name) && !replaces_behind_cursor,
            insert_text_mode: client
                .has("/textDocument/completion/completionItem/insertTextModeSupport"),
            deprecated_items: client.lists(
                "/textDocument/completion/completionItem/tagSupport/valueSet",
                &json!(CompletionItemTag::DEPRECATED),
            ),
            snippets: client.can("/textDocument/completion/completionItem/snippetSupport"),
            markdown: client.lists("/textDocument/hover/contentFormat", &markdown()),
            markdown_documentation: client
                .lists("/textDocument/completion/completionItem/documentationFormat", &markdown()),
            resolves_documentation: client.lists(
                "/textDocument/completion/completionItem/resolveSupport/properties",
                &json!("documentation"),
            ),
            prepare_rename: client.can("/textDocument/rename/prepareSupport"),
            code_action_literals: says_nothing_of_actions
                || client.has("/textDocument/codeAction/codeActionLiteralSupport"),
            disabled_actions: client.can("/textDocument/codeAction/disabledSupport"),
            preferred_actions: says_nothing_of_actions
                || client.can("/textDocument/codeAction/isPreferredSupport"),
            document_changes: client.can("/workspace/workspaceEdit/documentChanges"),
            creates_files: client.can("/workspace/workspaceEdit/documentChanges")
                && client.lists("/workspace/workspaceEdit/resourceOperations", &json!("create")),
            change_annotations: client.has("/workspace/workspaceEdit/changeAnnotationSupport"),
            apply_edit: client.can("/workspace/applyEdit"),
            show_document: client.can("/window/showDocument/support"),
            progress: client.can("/window/workDoneProgress"),
            code_lens_refresh: client.can("/workspace/codeLens/refreshSupport"),
            inlay_hint_refresh: client.can("/workspace/inlayHint/refreshSupport"),
            watched_files: client.can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            configuration: client.can("/workspace/configuration"),
            registers_configuration: client
                .can("/workspace/didChangeConfiguration/dynamicRegistration"),
            file_operations: client.has("/workspace/fileOperations"),
            related_information: client.can("/textDocument/publishDiagnostics/relatedInformation"),
            nested_symbols: client
                .can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
            // LSP writes the one; clients that take after lsp-types write the other.
            pulls_diagnostics: client.has("/textDocument/diagnostic")
                && (client.can("/workspace/diagnostics/refreshSupport")
                    || client.can("/workspace/diagnostic/refreshSupport")),
            fold_limit: client
                .at("/textDocument/foldingRange/rangeLimit")
                .and_then(Value::as_u64)
                .map(|limit| u32::try_from(limit).unwrap_or(u32::MAX)),
            link_tooltips: client.can("/textDocument/documentLink/tooltipSupport"),
            answer_properties: client
                .can("/window/showMessage/messageActionItem/additionalPropertiesSupport"),
            unasked_questions: UnaskedQuestions::of(client, &params["clientInfo"]["name"]),
            follows_up_commands: client.can("/experimental/followsUpCommands"),
            own: OwnFeatures::of(client),
        }
    }
}

/// The client's capabilities as it wrote them. What is unknown, of another type or left out is as
/// good as not there: nothing that a client says here may stop the start.
#[derive(Clone, Copy)]
struct Capabilities<'a>(&'a Value);

impl<'a> Capabilities<'a> {
    fn at(self, pointer: &str) -> Option<&'a Value> {
        self.0.pointer(pointer)
    }

    /// Whether a switch is on.
    fn can(self, pointer: &str) -> bool {
        self.at(pointer) == Some(&Value::Bool(true))
    }

    /// Whether there is a description of how it is supported.
    fn has(self, pointer: &str) -> bool {
        self.at(pointer).is_some_and(|value| value.is_object() || value == &Value::Bool(true))
    }

    fn lists(self, pointer: &str, item: &Value) -> bool {
        self.at(pointer).and_then(Value::as_array).is_some_and(|items| items.contains(item))
    }
}

fn markdown() -> Value {
    json!(MarkupKind::Markdown)
}

/// The session, from before `initialize` on. All clones are the same one.
#[derive(Clone, Debug, Default)]
pub struct Session {
    agreed: Arc<OnceLock<Agreed>>,
    /// What the client says while the session goes on.
    pub settings: Arc<ClientSettings>,
}

impl Session {
    /// Keeps what `initialize` agreed on.
    pub fn begin(&self, agreed: Agreed) {
        if self.agreed.set(agreed).is_err() {
            tracing::warn!("initialize came twice");
        }
    }
}

impl Deref for Session {
    type Target = Agreed;

    /// What was agreed on; defaults before `initialize`.
    fn deref(&self) -> &Agreed {
        static BEFORE: OnceLock<Agreed> = OnceLock::new();
        self.agreed.get().unwrap_or_else(|| BEFORE.get_or_init(Agreed::default))
    }
}

/// What was agreed in `initialize`.
#[derive(Clone, Debug, Default)]
pub struct Agreed {
    /// What the client can do.
    pub client: ClientFeatures,
    /// Unit of `Position.character`.
    pub encoding: Encoding,
    /// Folders of the workspace.
    pub folders: Vec<Folder>,
    /// The process that started the server; the server ends when it does.
    pub parent: Option<u32>,
}

impl Agreed {
    /// Reads the client's `initialize` as it came.
    pub fn of(params: &Value) -> Self {
        let client = Capabilities(&params["capabilities"]);
        let offered = client.at("/general/positionEncodings").and_then(Value::as_array);
        Self {
            client: ClientFeatures::of(params),
            encoding: negotiate(offered.map(Vec::as_slice).unwrap_or_default()),
            folders: folders_of(params),
            parent: params["processId"].as_u64().and_then(|process| u32::try_from(process).ok()),
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
fn negotiate(offered: &[Value]) -> Encoding {
    offered
        .iter()
        .find_map(|kind| match kind.as_str()? {
            "utf-8" => Some(Encoding::Utf8),
            "utf-16" => Some(Encoding::Utf16),
            "utf-32" => Some(Encoding::Utf32),
            _ => None,
        })
        .unwrap_or_default()
}

/// `workspaceFolders`, else the older `rootUri`, else `rootPath`, which is older still. A client
/// that says that there are no folders has none.
fn folders_of(params: &Value) -> Vec<Folder> {
    if let Some(folders) = params["workspaceFolders"].as_array() {
        let read: Vec<Folder> =
            folders.iter().filter_map(|folder| Folder::of(folder["uri"].as_str()?)).collect();
        if folders.is_empty() || !read.is_empty() {
            return read;
        }
    }
    let root_uri = params["rootUri"].as_str().and_then(Folder::of);
    let root_path = || {
        let path = Path::new(params["rootPath"].as_str()?);
        path.is_absolute().then(|| Folder::at(path.to_owned()))
    };
    root_uri.or_else(root_path).into_iter().collect()
}

/// `initializationOptions.workspaceTrusted`: absent means trusted. Anything but a truth value is a
/// mistake, and then the workspace is not trusted.
pub fn trusted_at_start(params: &Value) -> Result<bool, &'static str> {
    let options = params.get("initializationOptions");
    match options.and_then(|options| options.get("workspaceTrusted")) {
        None => Ok(true),
        Some(Value::Bool(trusted)) => Ok(*trusted),
        Some(_) => Err(
            "The value of initializationOptions.workspaceTrusted is not used: set it to true or false. Until then the workspace is not trusted, and no login is tested.",
        ),
    }
}
