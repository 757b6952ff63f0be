//! What the server says it can do; everything here works.

use lsp_types as lsp;

use super::{completion, formatting, semantic_tokens};
use crate::lsp::commands::Command;
use crate::lsp::convert::to_proto::SOURCE;
use crate::lsp::session::Agreed;
use crate::lsp::session::configuration::SECTION;

/// Kind of the action that applies all safe fixes.
pub fn fix_all_kind() -> lsp::CodeActionKind {
    lsp::CodeActionKind::new("source.fixAll.sforg")
}

/// The answer to `initialize`.
pub fn initialize_result(session: &Agreed) -> lsp::InitializeResult {
    lsp::InitializeResult {
        capabilities: server_capabilities(session),
        server_info: Some(lsp::ServerInfo {
            name: "sforg".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

fn server_capabilities(session: &Agreed) -> lsp::ServerCapabilities {
    let no_progress = lsp::WorkDoneProgressOptions::default;
    lsp::ServerCapabilities {
        position_encoding: Some(session.encoding_kind()),
        text_document_sync: Some(lsp::TextDocumentSyncCapability::Options(
            lsp::TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(lsp::TextDocumentSyncKind::INCREMENTAL),
                save: Some(lsp::TextDocumentSyncSaveOptions::Supported(true)),
                ..lsp::TextDocumentSyncOptions::default()
            },
        )),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
            resolve_provider: session.client.resolves_documentation.then_some(true),
            ..lsp::CompletionOptions::default()
        }),
        hover_provider: Some(lsp::HoverProviderCapability::Simple(true)),
        code_action_provider: Some(code_actions(session)),
        definition_provider: Some(lsp::OneOf::Left(true)),
        references_provider: Some(lsp::OneOf::Left(true)),
        rename_provider: Some(if session.client.prepare_rename {
            lsp::OneOf::Right(lsp::RenameOptions {
                prepare_provider: Some(true),
                work_done_progress_options: no_progress(),
            })
        } else {
            lsp::OneOf::Left(true)
        }),
        inlay_hint_provider: Some(lsp::OneOf::Left(true)),
        document_symbol_provider: Some(lsp::OneOf::Left(true)),
        workspace_symbol_provider: Some(lsp::OneOf::Left(true)),
        document_highlight_provider: Some(lsp::OneOf::Left(true)),
        document_link_provider: Some(lsp::DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: no_progress(),
        }),
        folding_range_provider: Some(lsp::FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(lsp::SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(semantic_tokens::options()),
        document_formatting_provider: Some(lsp::OneOf::Left(true)),
        document_range_formatting_provider: Some(lsp::OneOf::Left(true)),
        document_on_type_formatting_provider: Some(formatting::on_type_options()),
        diagnostic_provider: session.client.pulls_diagnostics.then(|| {
            lsp::DiagnosticServerCapabilities::Options(lsp::DiagnosticOptions {
                identifier: Some(SOURCE.to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                work_done_progress_options: no_progress(),
            })
        }),
        code_lens_provider: Some(lsp::CodeLensOptions { resolve_provider: Some(false) }),
        execute_command_provider: Some(lsp::ExecuteCommandOptions {
            commands: Command::ids(),
            work_done_progress_options: no_progress(),
        }),
        workspace: Some(lsp::WorkspaceServerCapabilities {
            workspace_folders: Some(lsp::WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(lsp::OneOf::Left(true)),
            }),
            file_operations: Some(file_operations()).filter(|_| session.client.file_operations),
        }),
        ..lsp::ServerCapabilities::default()
    }
}

/// The client tells what a person does to files in it. It tells what others do as well, but then
/// a whole folder may be one event that its patterns leave out (see [`watchers`]).
fn file_operations() -> lsp::WorkspaceFileOperationsServerCapabilities {
    let filter = |glob: &str, matches| lsp::FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: lsp::FileOperationPattern {
            glob: glob.to_owned(),
            matches: Some(matches),
            options: None,
        },
    };
    let files = OUR_FILES.iter().map(|glob| filter(glob, lsp::FileOperationPatternKind::File));
    let folders = filter("**", lsp::FileOperationPatternKind::Folder);
    let ours =
        Some(lsp::FileOperationRegistrationOptions { filters: files.chain([folders]).collect() });
    lsp::WorkspaceFileOperationsServerCapabilities {
        did_create: ours.clone(),
        did_rename: ours.clone(),
        did_delete: ours,
        ..lsp::WorkspaceFileOperationsServerCapabilities::default()
    }
}

/// Kinds are only for clients that take more than commands.
fn code_actions(session: &Agreed) -> lsp::CodeActionProviderCapability {
    if !session.client.code_action_literals {
        return lsp::CodeActionProviderCapability::Simple(true);
    }
    lsp::CodeActionProviderCapability::Options(lsp::CodeActionOptions {
        code_action_kinds: Some(vec![
            lsp::CodeActionKind::QUICKFIX,
            lsp::CodeActionKind::REFACTOR_REWRITE,
            fix_all_kind(),
        ]),
        ..lsp::CodeActionOptions::default()
    })
}

/// Patterns of the files that matter, the few of a Design Studio project among them.
const OUR_FILES: [&str; 9] = [
    "**/*.sforg.json",
    "**/sforg-project.json",
    "**/.env",
    "**/project.xml",
    "**/environment.properties",
    "**/jitterpak.properties",
    "**/Data/Salesforce*/*.xml",
    "**/Data/Operation/*.xml",
    "**/*.jpk",
];

/// What is registered after `initialized`, as far as the client takes it.
pub fn registrations(session: &Agreed) -> Vec<lsp::Registration> {
    let mut registrations = Vec::new();
    if session.client.watched_files {
        registrations.push(lsp::Registration {
            id: "sforg-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(watchers()).ok(),
        });
    }
    if session.client.registers_configuration {
        registrations.push(lsp::Registration {
            id: "sforg-configuration".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(serde_json::json!({ "section": SECTION })),
        });
    }
    registrations
}

/// The files that the client watches for the server.
fn watchers() -> lsp::DidChangeWatchedFilesRegistrationOptions {
    let watcher = |glob: &str, kind| lsp::FileSystemWatcher {
        glob_pattern: lsp::GlobPattern::String(glob.to_owned()),
        kind,
    };
    let files = OUR_FILES.iter().map(|glob| watcher(glob, None));
    // A folder that comes or goes as a whole is one event in VS Code, which no pattern for files
    // matches.
    let folders = watcher("**", Some(lsp::WatchKind::Create | lsp::WatchKind::Delete));
    lsp::DidChangeWatchedFilesRegistrationOptions { watchers: files.chain([folders]).collect() }
}
