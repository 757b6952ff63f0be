//! Requests that are asked at each key, or whose answers are long: what they come to is written as it is.
//!
//! tower-lsp makes a tree of values of each answer, which the gate goes through, the client's spellings are put
//! in, and which is written then. For a list of symbols that takes three times as long as to find them.
//! An answer in which neither the gate nor a spelling would change anything needs no tree.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Id, Request};

use super::{completion, document_symbol, structure};
use crate::lsp::client::outgoing;
use crate::lsp::files::Files;
use crate::lsp::transport::{lenient, spelling};

/// The answer as the protocol has it. `None` for a request that has to go the long way.
pub fn answer(files: &Files, request: &Request) -> Option<Vec<u8>> {
    match request.method() {
        "textDocument/completion" => written(request, |params| completion::handle(files, params)),
        "textDocument/documentSymbol" => {
            written(request, |params| document_symbol::handle(files, params))
        }
        "textDocument/foldingRange" => written(request, |params| structure::folding(files, params)),
        _ => None,
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
) -> Option<Vec<u8>> {
    let id = request.id()?;
    let params = lenient::params(request.method(), request.params().cloned())?;
    let result = handle(serde_json::from_value(params).ok()?);
    let written = serde_json::to_string(&Answer { jsonrpc: "2.0", result, id }).ok()?;
    let is_as_it_goes_out = outgoing::passes(&written) && !spelling::may_be_marked(&written);
    is_as_it_goes_out.then(|| written.into_bytes())
}
