//! What a server may ask of a client depends on what the client has said it can do.

use serde_json::Value;

use super::{Checked, check};
use crate::meta_model::MetaModel;

/// Requests of a server, each with the client's capability that allows it.
const CAPABILITIES: [(&str, &str); 11] = [
    ("workspace/applyEdit", "/workspace/applyEdit"),
    ("workspace/configuration", "/workspace/configuration"),
    ("workspace/workspaceFolders", "/workspace/workspaceFolders"),
    ("workspace/codeLens/refresh", "/workspace/codeLens/refreshSupport"),
    ("workspace/semanticTokens/refresh", "/workspace/semanticTokens/refreshSupport"),
    ("workspace/inlayHint/refresh", "/workspace/inlayHint/refreshSupport"),
    ("workspace/inlineValue/refresh", "/workspace/inlineValue/refreshSupport"),
    ("workspace/foldingRange/refresh", "/workspace/foldingRange/refreshSupport"),
    ("workspace/diagnostic/refresh", "/workspace/diagnostics/refreshSupport"),
    ("window/showDocument", "/window/showDocument/support"),
    ("window/workDoneProgress/create", "/window/workDoneProgress"),
];

/// Methods that can be registered, each with the client's capability that has
/// `dynamicRegistration`; for those whose name does not say it.
const REGISTRATIONS: [(&str, &str); 19] = [
    ("textDocument/didOpen", "/textDocument/synchronization"),
    ("textDocument/didChange", "/textDocument/synchronization"),
    ("textDocument/willSave", "/textDocument/synchronization"),
    ("textDocument/willSaveWaitUntil", "/textDocument/synchronization"),
    ("textDocument/didSave", "/textDocument/synchronization"),
    ("textDocument/didClose", "/textDocument/synchronization"),
    ("textDocument/documentColor", "/textDocument/colorProvider"),
    ("textDocument/prepareCallHierarchy", "/textDocument/callHierarchy"),
    ("textDocument/prepareTypeHierarchy", "/textDocument/typeHierarchy"),
    ("workspace/didCreateFiles", "/workspace/fileOperations"),
    ("workspace/willCreateFiles", "/workspace/fileOperations"),
    ("workspace/didRenameFiles", "/workspace/fileOperations"),
    ("workspace/willRenameFiles", "/workspace/fileOperations"),
    ("workspace/didDeleteFiles", "/workspace/fileOperations"),
    ("workspace/willDeleteFiles", "/workspace/fileOperations"),
    ("workspace/didChangeWorkspaceFolders", "/workspace/workspaceFolders"),
    ("textDocument/signatureHelp", "/textDocument/signatureHelp"),
    ("textDocument/semanticTokens", "/textDocument/semanticTokens"),
    ("notebookDocument/sync", "/notebookDocument/synchronization"),
];

/// Whether the client has a capability.
pub(super) fn has(client: &Value, path: &str) -> bool {
    client.pointer(path).and_then(Value::as_bool).unwrap_or(false)
}

/// Whether the client has said that it takes the request.
pub(super) fn may_ask(
    client: &Value,
    model: Option<&MetaModel>,
    method: &str,
    params: &Value,
) -> Checked {
    if method == "client/registerCapability" {
        let registrations = params["registrations"].as_array().into_iter().flatten();
        return registrations.into_iter().try_for_each(|one| may_register(client, model, one));
    }
    match CAPABILITIES.iter().find(|(known, _)| *known == method) {
        Some((_, path)) if !has(client, path) => Err(format!("the client lacks {path}")),
        _ => Ok(()),
    }
}

fn may_register(client: &Value, model: Option<&MetaModel>, registration: &Value) -> Checked {
    let method = registration["method"].as_str().unwrap_or_default();
    let known = REGISTRATIONS.iter().find(|(known, _)| *known == method);
    let path = known.map_or_else(|| format!("/{method}"), |(_, path)| (*path).to_owned());
    // Folders have no registration of their own: to know of them is enough.
    let allowed = has(client, &format!("{path}/dynamicRegistration"))
        || (method == "workspace/didChangeWorkspaceFolders" && has(client, &path));
    if !allowed {
        return Err(format!("the client lacks {path}/dynamicRegistration"));
    }
    let options = model.and_then(|model| {
        let message = model.request(method).or_else(|| model.notification(method))?;
        Some((model, message.registration.as_ref()?))
    });
    match (options, registration.get("registerOptions")) {
        (Some((model, kind)), Some(options)) => {
            check(model, kind, options, &format!("the options for {method}"))
        }
        _ => Ok(()),
    }
}
