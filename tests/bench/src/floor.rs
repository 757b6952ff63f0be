//! The floor: a server on the same protocol library that knows nothing and answers at once, and
//! (`--read FOLDER`) one thread that reads every JSON file below a folder and parses it with serde_json.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    CodeActionParams, CodeActionProviderCapability, CodeActionResponse, CompletionOptions,
    CompletionParams, CompletionResponse, DiagnosticOptions, DiagnosticServerCapabilities,
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReport, DocumentDiagnosticReportResult, DocumentFormattingParams,
    DocumentSymbolParams, DocumentSymbolResponse, FoldingRange, FoldingRangeParams,
    FoldingRangeProviderCapability, Hover, HoverParams, HoverProviderCapability, InitializeParams,
    InitializeResult, OneOf, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextEdit,
};
use tower_lsp::{Client, LanguageServer, LspService, Server};

struct Floor {
    client: Client,
    is_asked: AtomicBool,
}

#[tower_lsp::async_trait]
impl LanguageServer for Floor {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let document = params.capabilities.text_document;
        let is_asked = document.is_some_and(|document| document.diagnostic.is_some());
        self.is_asked.store(is_asked, Ordering::Relaxed);
        let pull = DiagnosticServerCapabilities::Options(DiagnosticOptions::default());
        let capabilities = ServerCapabilities {
            text_document_sync: Some(TextDocumentSyncCapability::Kind(
                TextDocumentSyncKind::INCREMENTAL,
            )),
            completion_provider: Some(CompletionOptions::default()),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            code_action_provider: Some(CodeActionProviderCapability::Simple(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            document_formatting_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            diagnostic_provider: is_asked.then_some(pull),
            ..Default::default()
        };
        Ok(InitializeResult { capabilities, server_info: None })
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        if !self.is_asked.load(Ordering::Relaxed) {
            let document = params.text_document;
            let version = Some(document.version);
            self.client.publish_diagnostics(document.uri, Vec::new(), version).await;
        }
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        if !self.is_asked.load(Ordering::Relaxed) {
            let document = params.text_document;
            let version = Some(document.version);
            self.client.publish_diagnostics(document.uri, Vec::new(), version).await;
        }
    }

    async fn completion(&self, _: CompletionParams) -> Result<Option<CompletionResponse>> {
        Ok(Some(CompletionResponse::Array(Vec::new())))
    }

    async fn hover(&self, _: HoverParams) -> Result<Option<Hover>> {
        Ok(None)
    }

    async fn code_action(&self, _: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        Ok(Some(Vec::new()))
    }

    async fn document_symbol(
        &self,
        _: DocumentSymbolParams,
    ) -> Result<Option<DocumentSymbolResponse>> {
        Ok(Some(DocumentSymbolResponse::Nested(Vec::new())))
    }

    async fn folding_range(&self, _: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        Ok(Some(Vec::new()))
    }

    async fn formatting(&self, _: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        Ok(Some(Vec::new()))
    }

    async fn diagnostic(
        &self,
        _: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let nothing = DocumentDiagnosticReport::Full(Default::default());
        Ok(DocumentDiagnosticReportResult::Report(nothing))
    }
}

/// Reads and parses every JSON file below the folder; gives how many there are.
fn read_all(folder: &Path) -> std::io::Result<usize> {
    let mut count = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += read_all(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            let text = std::fs::read(&path)?;
            // Whether it can be parsed does not matter: it has been tried.
            std::hint::black_box(serde_json::from_slice::<serde_json::Value>(&text).is_ok());
            count += 1;
        }
    }
    Ok(count)
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [option, folder] = arguments.as_slice()
        && option == "--read"
    {
        std::hint::black_box(read_all(Path::new(folder))?);
        return Ok(());
    }
    let (service, socket) =
        LspService::new(|client| Floor { client, is_asked: AtomicBool::new(false) });
    Server::new(tokio::io::stdin(), tokio::io::stdout(), socket).serve(service).await;
    Ok(())
}
