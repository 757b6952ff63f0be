//! What a message may hold depends on what the client has said it can read.

mod edits;
mod language;

use serde_json::Value;

use super::Checked;
use super::requests::has;

/// Checks the params of a request or notification of the server.
pub(super) fn params(client: &Value, method: &str, params: &Value) -> Checked {
    match method {
        "workspace/applyEdit" => edits::edit(client, &params["edit"]),
        "textDocument/publishDiagnostics" => {
            let path = "/textDocument/publishDiagnostics";
            each(&params["diagnostics"], |diagnostic| diagnostics(client, path, diagnostic))
        }
        "window/showMessageRequest" => each(&params["actions"], |action| answer(client, action)),
        _ => Ok(()),
    }
}

/// An answer to a question may have more than a title where the client sends all of it back.
fn answer(client: &Value, action: &Value) -> Checked {
    let path = "/window/showMessage/messageActionItem/additionalPropertiesSupport";
    let more = action.as_object().into_iter().flatten().find(|(name, _)| *name != "title");
    more.map_or(Ok(()), |(name, _)| allowed(client, action, name, path))
}

/// Checks the result of a request of the client.
pub(super) fn result(client: &Value, method: &str, params: &Value, result: &Value) -> Checked {
    match method {
        "initialize" => capabilities(client, &result["capabilities"]),
        "textDocument/hover" => {
            language::markup(client, &result["contents"], "/textDocument/hover/contentFormat")
        }
        "textDocument/completion" => language::completion(client, result),
        "completionItem/resolve" => language::completion_item(client, result),
        "textDocument/documentSymbol" => language::symbols(client, result),
        "textDocument/foldingRange" => language::folds(client, result),
        "textDocument/documentLink" => each(result, |link| {
            allowed(client, link, "tooltip", "/textDocument/documentLink/tooltipSupport")
        }),
        "textDocument/definition"
        | "textDocument/declaration"
        | "textDocument/typeDefinition"
        | "textDocument/implementation" => each(result, |place| {
            allowed(client, place, "targetUri", &format!("/{method}/linkSupport"))
        }),
        "textDocument/codeAction" => {
            each(result, |action| edits::code_action(client, params, action))
        }
        "textDocument/rename" => edits::edit(client, result),
        "textDocument/prepareRename" if !has(client, "/textDocument/rename/prepareSupport") => {
            Err("the client prepares no rename".to_owned())
        }
        _ => Ok(()),
    }
}

/// What depends on the client in what the server offers.
fn capabilities(client: &Value, server: &Value) -> Checked {
    if let Some(encoding) = server["positionEncoding"].as_str() {
        let offered = client.pointer("/general/positionEncodings").and_then(Value::as_array);
        let is_offered = offered.is_some_and(|offered| offered.iter().any(|one| one == encoding));
        if encoding != "utf-16" && !is_offered {
            return Err(format!("the client does not know {encoding}"));
        }
    }
    for (options, path) in [
        ("renameProvider", "/textDocument/rename/prepareSupport"),
        ("diagnosticProvider", "/textDocument/diagnostic"),
    ] {
        if server[options].is_object() && !says(client, path) {
            return Err(format!("the client lacks {path} and gets {options} with options"));
        }
    }
    let literals = "/textDocument/codeAction/codeActionLiteralSupport";
    let kinds = &server["codeActionProvider"]["codeActionKinds"];
    let says_of_actions = says(client, "/textDocument/codeAction");
    if !kinds.is_null() && says_of_actions && !says(client, literals) {
        return Err("the client takes commands alone and gets kinds of code actions".to_owned());
    }
    Ok(())
}

/// Whether the client says anything about something; null is nothing.
fn says(client: &Value, path: &str) -> bool {
    client.pointer(path).is_some_and(|said| !said.is_null())
}

/// A diagnostic may have what the client says in `path`.
fn diagnostics(client: &Value, path: &str, diagnostic: &Value) -> Checked {
    let related = format!("{path}/relatedInformation");
    allowed(client, diagnostic, "relatedInformation", &related)
}

/// A member that only clients with a capability get.
fn allowed(client: &Value, value: &Value, member: &str, path: &str) -> Checked {
    if value.get(member).is_none() || has(client, path) {
        return Ok(());
    }
    Err(format!("the client lacks {path} and gets {member:?} in {value}"))
}

/// Whether a list of the client's has an item.
fn lists(client: &Value, path: &str, item: &Value) -> bool {
    let list = client.pointer(path).and_then(Value::as_array);
    list.is_some_and(|list| list.contains(item))
}

/// Checks each item of a list, or what is no list.
fn each(value: &Value, mut check: impl FnMut(&Value) -> Checked) -> Checked {
    match value {
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Null => Ok(()),
        other => check(other),
    }
}
