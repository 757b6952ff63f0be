//! Hovers, completion items, symbols and folds.

use serde_json::{Value, json};

use super::super::Checked;
use super::{allowed, each, has, lists, says};

const ITEM: &str = "/textDocument/completion/completionItem";
const FOLDS: &str = "/textDocument/foldingRange";

/// Checks text that may be Markdown where the client says so.
pub(super) fn markup(client: &Value, text: &Value, formats: &str) -> Checked {
    if text["kind"] == "markdown" && !lists(client, formats, &text["kind"]) {
        return Err(format!("the client reads no Markdown in {formats}: {text}"));
    }
    Ok(())
}

/// Checks the answer to `textDocument/completion`.
pub(super) fn completion(client: &Value, result: &Value) -> Checked {
    let Some(items) = result.get("items") else {
        return each(result, |item| completion_item(client, item));
    };
    let defaults = "/textDocument/completion/completionList/itemDefaults";
    for name in result["itemDefaults"].as_object().into_iter().flatten().map(|(name, _)| name) {
        if !lists(client, defaults, &json!(name)) {
            return Err(format!("the client takes no default for {name:?}"));
        }
    }
    each(items, |item| completion_item(client, item))
}

/// Checks one item.
pub(super) fn completion_item(client: &Value, item: &Value) -> Checked {
    if item["insertTextFormat"] == 2 && !has(client, &format!("{ITEM}/snippetSupport")) {
        return Err(format!("the client takes no snippets: {item}"));
    }
    if item["textEdit"].get("insert").is_some()
        && !has(client, &format!("{ITEM}/insertReplaceSupport"))
    {
        return Err(format!("the client takes no two ranges: {item}"));
    }
    if item.get("insertTextMode").is_some()
        && !says(client, &format!("{ITEM}/insertTextModeSupport"))
    {
        return Err(format!("the client takes no insertTextMode: {item}"));
    }
    allowed(client, item, "labelDetails", &format!("{ITEM}/labelDetailsSupport"))?;
    allowed(client, item, "commitCharacters", &format!("{ITEM}/commitCharactersSupport"))?;
    allowed(client, item, "preselect", &format!("{ITEM}/preselectSupport"))?;
    allowed(client, item, "deprecated", &format!("{ITEM}/deprecatedSupport"))?;
    each(&item["tags"], |tag| {
        let is_known = lists(client, &format!("{ITEM}/tagSupport/valueSet"), tag);
        if is_known { Ok(()) } else { Err(format!("the client does not know tag {tag}: {item}")) }
    })?;
    markup(client, &item["documentation"], &format!("{ITEM}/documentationFormat"))
}

/// Checks the answer to `textDocument/documentSymbol`.
pub(super) fn symbols(client: &Value, result: &Value) -> Checked {
    let nested = "/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport";
    each(result, |symbol| allowed(client, symbol, "selectionRange", nested))
}

/// Checks the answer to `textDocument/foldingRange`.
pub(super) fn folds(client: &Value, result: &Value) -> Checked {
    let count = result.as_array().map_or(0, Vec::len) as u64;
    let limit = client.pointer(&format!("{FOLDS}/rangeLimit")).and_then(Value::as_u64);
    if limit.is_some_and(|limit| limit < count) {
        return Err(format!("{count} folds are more than the client wants"));
    }
    each(result, |fold| {
        allowed(client, fold, "collapsedText", &format!("{FOLDS}/foldingRange/collapsedText"))
    })
}
