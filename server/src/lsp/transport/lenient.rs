//! Params as clients send them, made into those that tower-lsp takes.
//!
//! tower-lsp refuses a whole message for one member that it cannot read: an unknown value of a set
//! that has grown, one form of a union, `null`, a part that was left out. What the server does not
//! need is left out here, and what it can do without gets its default.

use serde_json::{Map, Value, json};

use super::spelling;

/// The version of a change whose client tells none.
pub const NO_VERSION: i32 = i32::MIN;

/// The params of a message as its method defines them, as far as they can be told.
pub fn params(method: &str, params: Option<Value>) -> Option<Value> {
    match method {
        "shutdown" | "exit" => return None,
        "initialized" => return Some(json!({})),
        "workspace/didChangeConfiguration" => {
            let settings = params.as_ref().and_then(|params| params.get("settings"));
            return Some(json!({ "settings": settings }));
        }
        _ => {}
    }
    let mut params = params?;
    if method == "initialize" {
        return Some(of_initialize(params));
    }
    spelling::mark(&mut params);
    if let Value::Object(members) = &mut params {
        // Nobody reads them.
        members.remove("workDoneToken");
        members.remove("partialResultToken");
        tidy(method, members);
    }
    Some(params)
}

/// `initialize` holds more than any other message of what a build may not know. The server reads the
/// client's words itself (see [`crate::lsp::session`]), so tower-lsp gets nothing to stumble over.
fn of_initialize(params: Value) -> Value {
    if params.is_object() {
        json!({ "capabilities": {}, "initializationOptions": params })
    } else {
        params
    }
}

fn tidy(method: &str, params: &mut Map<String, Value>) {
    match method {
        "textDocument/didOpen" => {
            if let Some(document) = object(params, "textDocument") {
                text_or(document, "languageId", "");
                default_unless(document, "version", is_version, json!(0));
            }
        }
        "textDocument/didChange" => {
            if let Some(document) = object(params, "textDocument") {
                default_unless(document, "version", is_version, json!(NO_VERSION));
            }
        }
        "textDocument/didSave" => drop(params.remove("text")),
        "textDocument/codeAction" => {
            let only = params.get("context").and_then(|context| context.get("only"));
            let context = json!({ "diagnostics": [], "only": only.and_then(kinds) });
            params.insert("context".to_owned(), context);
        }
        "textDocument/completion" => {
            let context = params.remove("context");
            let trigger = context.as_ref().and_then(|context| context["triggerCharacter"].as_str());
            if let Some(trigger) = trigger {
                let context = json!({ "triggerKind": 2, "triggerCharacter": trigger });
                params.insert("context".to_owned(), context);
            }
        }
        "textDocument/references" => {
            let with = params.get("context").and_then(|c| c["includeDeclaration"].as_bool());
            let context = json!({ "includeDeclaration": with.unwrap_or(true) });
            params.insert("context".to_owned(), context);
        }
        "textDocument/formatting"
        | "textDocument/rangeFormatting"
        | "textDocument/onTypeFormatting" => {
            let options = formatting_options(params.get("options"));
            params.insert("options".to_owned(), options);
        }
        "textDocument/diagnostic" => {
            params.remove("identifier");
            if !params.get("previousResultId").is_some_and(Value::is_string) {
                params.remove("previousResultId");
            }
        }
        "workspace/diagnostic" => {
            params.remove("identifier");
            keep_only(params, "previousResultIds", |known| {
                is_uri(known, "uri") && known["value"].is_string()
            });
        }
        "workspace/symbol" => text_or(params, "query", ""),
        "workspace/executeCommand" => match params.remove("arguments") {
            None | Some(Value::Null) => {}
            Some(Value::Array(arguments)) => {
                params.insert("arguments".to_owned(), Value::Array(arguments));
            }
            Some(argument) => {
                params.insert("arguments".to_owned(), json!([argument]));
            }
        },
        "workspace/didChangeWatchedFiles" => {
            keep_only(params, "changes", |change| is_uri(change, "uri"));
            for change in objects(params, "changes") {
                default_unless(change, "type", is_version, json!(CHANGED));
            }
        }
        "workspace/didCreateFiles" | "workspace/didDeleteFiles" => {
            keep_only(params, "files", |file| is_uri(file, "uri"));
        }
        "workspace/didRenameFiles" => {
            keep_only(params, "files", |file| is_uri(file, "oldUri") && is_uri(file, "newUri"));
        }
        "workspace/didChangeWorkspaceFolders" => {
            if let Some(event) = object(params, "event") {
                for list in ["added", "removed"] {
                    keep_only(event, list, |folder| is_uri(folder, "uri"));
                    for folder in objects(event, list) {
                        text_or(folder, "name", "");
                    }
                }
            }
        }
        _ => {}
    }
}

/// `FileChangeType.Changed`: whatever it was, the file is looked at again.
const CHANGED: i32 = 2;

/// The kinds of code actions that are asked for, known or not.
fn kinds(only: &Value) -> Option<Value> {
    match only {
        Value::String(kind) => Some(json!([kind])),
        Value::Array(kinds) => {
            let read: Vec<&Value> = kinds.iter().filter(|kind| kind.is_string()).collect();
            (!read.is_empty() || kinds.is_empty()).then(|| json!(read))
        }
        _ => None,
    }
}

/// Clients add options of their own to these, of any type.
fn formatting_options(given: Option<&Value>) -> Value {
    let given = |name: &str| given.and_then(|options| options.get(name));
    let tab_size =
        given("tabSize").and_then(Value::as_u64).and_then(|size| u32::try_from(size).ok());
    let mut options = json!({
        "tabSize": tab_size.unwrap_or(2),
        "insertSpaces": given("insertSpaces").and_then(Value::as_bool).unwrap_or(true),
    });
    for name in ["trimTrailingWhitespace", "insertFinalNewline", "trimFinalNewlines"] {
        if let Some(wanted) = given(name).and_then(Value::as_bool) {
            options[name] = json!(wanted);
        }
    }
    options
}

fn object<'a>(
    params: &'a mut Map<String, Value>,
    name: &str,
) -> Option<&'a mut Map<String, Value>> {
    params.get_mut(name)?.as_object_mut()
}

fn objects<'a>(
    params: &'a mut Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a mut Map<String, Value>> {
    let items = params.get_mut(name).and_then(Value::as_array_mut);
    items.into_iter().flatten().filter_map(Value::as_object_mut)
}

/// A list without what cannot be read; empty instead of nothing.
fn keep_only(params: &mut Map<String, Value>, name: &str, can_be_read: impl Fn(&Value) -> bool) {
    match params.get_mut(name) {
        Some(Value::Array(items)) => items.retain(|item| item.is_object() && can_be_read(item)),
        None | Some(Value::Null) => drop(params.insert(name.to_owned(), json!([]))),
        Some(_) => {}
    }
}

fn default_unless(
    params: &mut Map<String, Value>,
    name: &str,
    is_right: impl Fn(&Value) -> bool,
    default: Value,
) {
    if !params.get(name).is_some_and(is_right) {
        params.insert(name.to_owned(), default);
    }
}

fn text_or(params: &mut Map<String, Value>, name: &str, default: &str) {
    default_unless(params, name, Value::is_string, json!(default));
}

/// Whether it is a number that LSP calls an integer.
fn is_version(value: &Value) -> bool {
    value.as_i64().is_some_and(|version| i32::try_from(version).is_ok())
}

fn is_uri(item: &Value, member: &str) -> bool {
    item[member].as_str().is_some_and(|uri| lsp_types::Url::parse(uri).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lsp::session::{Agreed, trusted_at_start};

    const CLIENTS: [&str; 4] = [
        include_str!("../../../../tests/fixtures/initialize/vscode.json"),
        include_str!("../../../../tests/fixtures/initialize/neovim.json"),
        include_str!("../../../../tests/fixtures/initialize/eglot.json"),
        include_str!("../../../../tests/fixtures/initialize/helix.json"),
    ];

    /// Calls `check` with every value that differs from `value` in one place.
    fn vary(value: &Value, check: &mut dyn FnMut(Value)) {
        for other in [
            json!(null),
            json!(true),
            json!(-1),
            json!(1e300),
            json!("unknown"),
            json!(["unknown", 7]),
            json!({}),
        ] {
            check(other);
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    let mut without = members.clone();
                    without.remove(name);
                    check(Value::Object(without));
                    vary(member, &mut |other| {
                        let mut with = members.clone();
                        with.insert(name.clone(), other);
                        check(Value::Object(with));
                    });
                }
            }
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    vary(item, &mut |other| {
                        let mut with = items.clone();
                        with[at] = other;
                        check(Value::Array(with));
                    });
                }
            }
            _ => {}
        }
    }

    #[test]
    fn any_member_of_initialize_may_be_anything() {
        let mut count = 0;
        for client in CLIENTS {
            let client: Value = serde_json::from_str(client).expect("JSON");
            vary(&client, &mut |varied| {
                if !varied.is_object() {
                    return;
                }
                count += 1;
                let taken = params("initialize", Some(varied.clone())).unwrap_or_default();
                let read: Result<lsp_types::InitializeParams, _> = serde_json::from_value(taken);
                let read = read.map(|read| read.initialization_options.unwrap_or_default());
                assert_eq!(read.ok().as_ref(), Some(&varied));
                Agreed::of(&varied);
                let _ = trusted_at_start(&varied);
            });
        }
        assert!(count > 5_000, "{count}");
    }

    fn taken<T: serde::de::DeserializeOwned>(method: &str, given: Value) -> T {
        let taken = params(method, Some(given.clone())).unwrap_or_default();
        serde_json::from_value(taken).unwrap_or_else(|error| panic!("{method} {given}: {error}"))
    }

    #[test]
    fn what_is_not_needed_is_left_out() {
        let (uri, at) = ("untitled:x", json!({"line": 0, "character": 0}));
        let range = json!({"start": at, "end": at});
        for context in [
            json!(null),
            json!({}),
            json!({"diagnostics": [{"severity": "fatal", "code": {}}], "triggerKind": "hover"}),
            json!({"diagnostics": null, "only": [7, "quickfix", "notebook.x"]}),
        ] {
            let given = json!({"textDocument": {"uri": uri}, "range": range, "context": context, "workDoneToken": {}});
            let read: lsp_types::CodeActionParams = taken("textDocument/codeAction", given);
            let kinds = context["only"].is_array().then_some(2);
            assert_eq!(read.context.only.map(|only| only.len()), kinds);
        }
        for context in [json!("x"), json!({"triggerKind": "typing"}), json!(7)] {
            let given = json!({"textDocument": {"uri": uri}, "position": at, "context": context});
            taken::<lsp_types::CompletionParams>("textDocument/completion", given.clone());
            taken::<lsp_types::ReferenceParams>("textDocument/references", given);
        }
        for options in [json!(null), json!({"tabSize": "4"}), json!({"tabSize": 4, "own": [{}]})] {
            let given = json!({"textDocument": {"uri": uri}, "options": options});
            taken::<lsp_types::DocumentFormattingParams>("textDocument/formatting", given);
        }
        for previous in [json!(null), json!(7), json!("x")] {
            let given = json!({"textDocument": {"uri": uri}, "previousResultId": previous, "identifier": 1});
            taken::<lsp_types::DocumentDiagnosticParams>("textDocument/diagnostic", given);
        }
        taken::<lsp_types::WorkspaceDiagnosticParams>("workspace/diagnostic", json!({}));
        taken::<lsp_types::WorkspaceSymbolParams>("workspace/symbol", json!({"query": null}));
        let command = json!({"command": "x", "arguments": null});
        taken::<lsp_types::ExecuteCommandParams>("workspace/executeCommand", command);
        for given in [json!(null), json!({}), json!({"settings": null}), json!([])] {
            let method = "workspace/didChangeConfiguration";
            taken::<lsp_types::DidChangeConfigurationParams>(method, given);
        }
    }

    #[test]
    fn one_part_that_cannot_be_read_does_not_cost_the_others() {
        let given = json!({"changes": [
            {"uri": "no uri", "type": 1}, 7, {"uri": "file:///a", "type": "gone"},
            {"uri": "file:///b", "type": 3},
        ]});
        let read: lsp_types::DidChangeWatchedFilesParams =
            taken("workspace/didChangeWatchedFiles", given);
        let read: Vec<_> = read.changes.iter().map(|change| change.typ).collect();
        assert_eq!(read, [lsp_types::FileChangeType::CHANGED, lsp_types::FileChangeType::DELETED]);
        let given = json!({"event": {"added": [{"uri": "file:///a"}, {"name": "b"}]}});
        let read: lsp_types::DidChangeWorkspaceFoldersParams =
            taken("workspace/didChangeWorkspaceFolders", given);
        assert_eq!((read.event.added.len(), read.event.removed.len()), (1, 0));
        let document = json!({"uri": "untitled:x", "text": "", "version": null});
        let read: lsp_types::DidOpenTextDocumentParams =
            taken("textDocument/didOpen", json!({"textDocument": document}));
        assert_eq!((read.text_document.version, read.text_document.text.as_str()), (0, ""));
        let document = json!({"uri": "untitled:x", "version": null});
        let given = json!({"textDocument": document, "contentChanges": []});
        let read: lsp_types::DidChangeTextDocumentParams = taken("textDocument/didChange", given);
        assert_eq!(read.text_document.version, NO_VERSION);
    }
}
