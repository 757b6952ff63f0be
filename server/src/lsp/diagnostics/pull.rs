//! Diagnostics that the client asks for: what it asks, and what it is told.
//!
//! The thread of [`super::worker`] answers, so that an answer is never older than the changes that
//! came before the question.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use lsp_types as lsp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::Request;

use crate::lsp::client::WrittenDiagnostics;
use crate::lsp::convert::uris::id_of;
use crate::lsp::transport::later::Reply;
use crate::lsp::transport::{lenient, spelling};

/// A question of the client, and who is answered. Of one that is cancelled nobody waits for the answer.
#[derive(Debug)]
pub struct Pull {
    /// What is asked.
    pub question: Question,
    /// Takes the report.
    pub reply: Reply,
}

/// What the client asks.
#[derive(Debug)]
pub enum Question {
    /// `textDocument/diagnostic`.
    Document {
        /// The file.
        id: String,
        /// The result that the client has.
        previous: Option<String>,
    },
    /// `workspace/diagnostic`.
    Workspace {
        /// The results that the client has, by file, with the URI as the client spells it.
        previous: HashMap<String, (lsp::Url, String)>,
    },
}

impl Question {
    /// What a request asks; `None` where that cannot be read, and for another request.
    pub fn of(request: &Request) -> Option<Self> {
        match request.method() {
            "textDocument/diagnostic" => params(request).map(Self::document),
            "workspace/diagnostic" => params(request).map(Self::workspace),
            _ => None,
        }
    }

    fn document(params: lsp::DocumentDiagnosticParams) -> Self {
        let id = id_of(&params.text_document.uri);
        Self::Document { id, previous: params.previous_result_id }
    }

    fn workspace(params: lsp::WorkspaceDiagnosticParams) -> Self {
        let previous = params.previous_result_ids.into_iter();
        let previous = previous.map(|known| (id_of(&known.uri), (known.uri, known.value)));
        Self::Workspace { previous: previous.collect() }
    }
}

fn params<P: DeserializeOwned>(request: &Request) -> Option<P> {
    let params = lenient::params(request.method(), request.params().cloned())?;
    serde_json::from_value(params).ok()
}

/// Gives results their names. They say what the diagnostics are and nothing about the file's
/// version: whoever has the same diagnostics need not be told them again. Names mean nothing to
/// another process.
#[derive(Debug, Default)]
pub struct ResultIds(RandomState);

impl ResultIds {
    /// The name of these diagnostics.
    pub fn of(&self, diagnostics: &WrittenDiagnostics) -> u64 {
        self.0.hash_one(diagnostics)
    }
}

/// As the protocol has it.
fn written(result: u64) -> String {
    format!("{result:016x}")
}

/// The answer about one document.
pub fn document_report(
    result: u64,
    previous: Option<&str>,
    diagnostics: &WrittenDiagnostics,
) -> String {
    format!("{{{}}}", report(result, previous, diagnostics))
}

/// Whether the client's name of a result is that of this one.
pub fn is_named(known: &str, result: u64) -> bool {
    known == written(result)
}

/// One file's part of the answer about the workspace. `diagnostics` need not be there where the client
/// has them.
pub fn workspace_item(
    uri: &lsp::Url,
    version: Option<i32>,
    result: u64,
    previous: Option<&str>,
    diagnostics: &WrittenDiagnostics,
) -> String {
    let report = report(result, previous, diagnostics);
    let uri = Value::String(spelling::of_server(uri));
    let version = version.map_or("null".to_owned(), |version| version.to_string());
    format!(r#"{{"uri":{uri},"version":{version},{report}}}"#)
}

/// The members of a report.
fn report(result: u64, previous: Option<&str>, diagnostics: &WrittenDiagnostics) -> String {
    let id = written(result);
    if previous == Some(&id) {
        return format!(r#""kind":"unchanged","resultId":"{id}""#);
    }
    format!(r#""kind":"full","resultId":"{id}","items":{}"#, diagnostics.as_json())
}
