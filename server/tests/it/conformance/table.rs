//! Every request that the server may offer: where it is advertised, how it is asked, and what an
//! answer looks like.

use serde_json::{Value, json};

use super::scene::{Scene, with};

/// One request.
pub struct Row {
    /// The place in the server's capabilities that advertises it.
    pub capability: &'static str,
    /// The request.
    pub method: &'static str,
    /// Its params; they may come from an answer before.
    pub params: fn(&mut Scene) -> Value,
    /// Whether an answer is a sensible one.
    pub is_sensible: fn(&Value) -> bool,
}

const fn row(
    capability: &'static str,
    method: &'static str,
    params: fn(&mut Scene) -> Value,
    is_sensible: fn(&Value) -> bool,
) -> Row {
    Row { capability, method, params, is_sensible }
}

fn has_items(answer: &Value) -> bool {
    answer.as_array().is_some_and(|items| !items.is_empty())
}

fn formatting(params: Value) -> Value {
    with(params, json!({"options": {"tabSize": 2, "insertSpaces": true}}))
}

/// A new name for one file, as a client tells of it before or after.
fn renamed(scene: &mut Scene) -> Value {
    json!({"files": [{"oldUri": scene.uri, "newUri": scene.uri.replace("acme", "renamed")}]})
}

fn file(scene: &mut Scene) -> Value {
    json!({"files": [{"uri": scene.uri}]})
}

/// All of them.
pub const ROWS: [Row; 31] = [
    row(
        "hoverProvider",
        "textDocument/hover",
        |scene| scene.place("\"Acme\""),
        |hover| hover["contents"]["value"].as_str().is_some_and(|text| text.contains("name")),
    ),
    row(
        "completionProvider",
        "textDocument/completion",
        |scene| scene.place("\"basic\""),
        |list| {
            let items = list.get("items").unwrap_or(list);
            let labels = items.as_array().into_iter().flatten().filter_map(|i| i["label"].as_str());
            labels.into_iter().any(|label| label == "basic")
        },
    ),
    row(
        "completionProvider/resolveProvider",
        "completionItem/resolve",
        |scene| {
            let place = scene.place("\"basic\"");
            let list = scene.server.ask("textDocument/completion", place);
            list.get("items").unwrap_or(&list)[0].clone()
        },
        |item| item["documentation"].is_object() || item["documentation"].is_string(),
    ),
    row(
        "definitionProvider",
        "textDocument/definition",
        |scene| scene.place("\"Acme\""),
        |place| place["uri"].as_str().is_some_and(|uri| uri.ends_with("/sforg-project.json")),
    ),
    row(
        "referencesProvider",
        "textDocument/references",
        |scene| with(scene.place("\"Acme\""), json!({"context": {"includeDeclaration": true}})),
        has_items,
    ),
    row(
        "documentHighlightProvider",
        "textDocument/documentHighlight",
        |scene| scene.place("\"Acme\""),
        has_items,
    ),
    row(
        "documentSymbolProvider",
        "textDocument/documentSymbol",
        |scene| scene.document(),
        |symbols| symbols.to_string().contains("\"Acme\"") || symbols.to_string().contains("auth"),
    ),
    row(
        "workspaceSymbolProvider",
        "workspace/symbol",
        |_| json!({"query": "Beta"}),
        |symbols| symbols[0]["name"] == "Beta",
    ),
    row(
        "codeActionProvider",
        "textDocument/codeAction",
        |scene| with(scene.whole(), json!({"context": {"diagnostics": []}})),
        has_items,
    ),
    row(
        "codeLensProvider",
        "textDocument/codeLens",
        |scene| scene.document(),
        |lenses| lenses[0]["command"]["title"].is_string(),
    ),
    row(
        "documentLinkProvider",
        "textDocument/documentLink",
        |scene| scene.document(),
        |links| links[0]["target"] == "https://example.com/org.schema.json",
    ),
    row(
        "documentFormattingProvider",
        "textDocument/formatting",
        |scene| formatting(scene.document()),
        has_items,
    ),
    row(
        "documentRangeFormattingProvider",
        "textDocument/rangeFormatting",
        |scene| formatting(scene.whole()),
        has_items,
    ),
    row(
        "documentOnTypeFormattingProvider",
        "textDocument/onTypeFormatting",
        |scene| with(formatting(scene.place("\"sandbox\"")), json!({"ch": "\n"})),
        Value::is_array,
    ),
    row(
        "renameProvider",
        "textDocument/rename",
        |scene| with(scene.place("\"Acme\""), json!({"newName": "Renamed"})),
        |edit| edit.to_string().contains("Renamed"),
    ),
    row(
        "renameProvider/prepareProvider",
        "textDocument/prepareRename",
        |scene| scene.place("\"Acme\""),
        |range| range["placeholder"] == "Acme",
    ),
    row("foldingRangeProvider", "textDocument/foldingRange", |scene| scene.document(), has_items),
    row(
        "selectionRangeProvider",
        "textDocument/selectionRange",
        |scene| with(scene.document(), json!({"positions": [scene.at("\"Acme\"").json()]})),
        |chains| chains.as_array().is_some_and(|chains| chains.len() == 1),
    ),
    row(
        "semanticTokensProvider/full",
        "textDocument/semanticTokens/full",
        |scene| scene.document(),
        |tokens| has_items(&tokens["data"]),
    ),
    row(
        "semanticTokensProvider/range",
        "textDocument/semanticTokens/range",
        |scene| scene.whole(),
        |tokens| has_items(&tokens["data"]),
    ),
    row("inlayHintProvider", "textDocument/inlayHint", |scene| scene.whole(), has_items),
    row(
        "executeCommandProvider",
        "workspace/executeCommand",
        |scene| {
            let argument = json!({"uri": scene.uri});
            json!({"command": "sforg.completeServerHost", "arguments": [argument]})
        },
        Value::is_null,
    ),
    row(
        "diagnosticProvider",
        "textDocument/diagnostic",
        |scene| scene.document(),
        |report| report["kind"] == "full" && has_items(&report["items"]),
    ),
    row(
        "diagnosticProvider/workspaceDiagnostics",
        "workspace/diagnostic",
        |_| json!({"previousResultIds": []}),
        |report| has_items(&report["items"]),
    ),
    row("codeActionProvider/resolveProvider", "codeAction/resolve", action, Value::is_object),
    row("codeLensProvider/resolveProvider", "codeLens/resolve", lens, |lens| {
        lens["command"].is_object()
    }),
    row("workspace/fileOperations/willCreate", "workspace/willCreateFiles", file, is_edit),
    row("workspace/fileOperations/willRename", "workspace/willRenameFiles", renamed, is_edit),
    row("workspace/fileOperations/willDelete", "workspace/willDeleteFiles", file, is_edit),
    row(
        "textDocumentSync/willSaveWaitUntil",
        "textDocument/willSaveWaitUntil",
        |scene| with(scene.document(), json!({"reason": 1})),
        |edits| edits.is_array() || edits.is_null(),
    ),
    row(
        "inlayHintProvider/resolveProvider",
        "inlayHint/resolve",
        |scene| {
            let whole = scene.whole();
            scene.server.ask("textDocument/inlayHint", whole)[0].clone()
        },
        Value::is_object,
    ),
];

fn action(scene: &mut Scene) -> Value {
    let params = with(scene.whole(), json!({"context": {"diagnostics": []}}));
    scene.server.ask("textDocument/codeAction", params)[0].clone()
}

fn lens(scene: &mut Scene) -> Value {
    let document = scene.document();
    scene.server.ask("textDocument/codeLens", document)[0].clone()
}

fn is_edit(answer: &Value) -> bool {
    answer.is_object() || answer.is_null()
}
