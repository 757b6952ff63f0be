//! Requests that are asked at each key, or whose answers are long: what they come to is written as it is.
//!
//! tower-lsp makes a tree of values of each answer, which the gate goes through, the client's spellings are put
//! in, and which is written then. For a list of symbols that takes three times as long as to find them.
//! An answer in which neither the gate nor a spelling would change anything needs no tree. Diagnostics that are asked
//! for are written by the thread that finds them.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Id, Request};

use super::{completion, document_symbol, structure, text_sync};
use crate::lsp::client::outgoing;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::diagnostics::pull::{Pull, Question};
use crate::lsp::transport::later::Later;
use crate::lsp::transport::{AtOnce, Shortcuts, lenient, spelling};

/// The shortcuts of a session.
pub struct AtOnceHandlers(pub Arc<Diagnostics>);

impl Shortcuts for AtOnceHandlers {
    fn notified(&self, message: &[u8]) -> bool {
        text_sync::take(&self.0, message).is_some()
    }

    fn asked(&self, request: &Request, later: &Later) -> Option<AtOnce> {
        let files = &*self.0.files;
        match request.method() {
            "textDocument/completion" => {
                written(request, |params| completion::handle(files, params))
            }
            "textDocument/documentSymbol" => {
                written(request, |params| document_symbol::handle(files, params))
            }
            "textDocument/foldingRange" => {
                written(request, |params| structure::folding(files, params))
            }
            "textDocument/diagnostic" | "workspace/diagnostic" => {
                // To others it was not advertised.
                let pulls = files.session.client.pulls_diagnostics;
                let question = Question::of(request).filter(|_| pulls)?;
                self.0.queue.pull(Pull { question, reply: later.promise(request.id()?)? });
                Some(AtOnce::Promised)
            }
            _ => None,
        }
    }
}

#[derive(Serialize)]
struct Answer<'a, R> {
    jsonrpc: &'a str,
    result: R,
    id: &'a Id,
}

/// Params that cannot be read are told on the long way, too.
fn written<P: DeserializeOwned, R: Serialize>(
    request: &Request,
    handle: impl FnOnce(P) -> R,
) -> Option<AtOnce> {
    let id = request.id()?;
    let params = lenient::params(request.method(), request.params().cloned())?;
    let result = handle(serde_json::from_value(params).ok()?);
    let written = serde_json::to_string(&Answer { jsonrpc: "2.0", result, id }).ok()?;
    let is_as_it_goes_out = outgoing::passes(&written) && !spelling::may_be_marked(&written);
    is_as_it_goes_out.then(|| AtOnce::Answered(written.into_bytes()))
}
