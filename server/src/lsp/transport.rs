//! Between standard input and output and the server: frames, and what tower-lsp does not do.

pub mod guard;
pub mod input;
pub mod lenient;
pub mod parent;
pub mod socket;
pub mod spelling;

use serde_json::Value;
use tower_lsp::jsonrpc::Request;

/// The message with other params.
fn with_params(
    request: Request,
    change: impl FnOnce(&str, Option<Value>) -> Option<Value>,
) -> Request {
    let (method, id, params) = request.into_parts();
    let params = change(&method, params);
    let mut builder = Request::build(method);
    if let Some(params) = params {
        builder = builder.params(params);
    }
    match id {
        Some(id) => builder.id(id).finish(),
        None => builder.finish(),
    }
}
