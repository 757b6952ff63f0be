//! The proof that the server has the text that its client has: a fresh document with the expected text must
//! look the same to it as the one that was edited.

use serde_json::{Value, json};

use crate::client::Client;
use crate::document::Document;
use crate::figures::Figures;
use crate::outcome::Outcome;

/// Opens the expected text as a document of its own, compares what the server says of both, and closes it.
pub fn compare_with_fresh(
    client: &mut Client,
    document: &Document,
    name: &str,
    figures: &mut Figures,
) -> Outcome<()> {
    let fresh = Document::new(client.uri(&format!("docs/fresh-{name}")), &document.text());
    client.open(&fresh)?;
    let said_of_fresh = what_counts(client.settled(&fresh)?);
    let said = what_counts(client.settled(document)?);
    let server = client.profile.name.clone();
    if said != said_of_fresh {
        let differ = || said.iter().zip(&said_of_fresh).find(|(a, b)| a != b);
        figures
            .fault(&server, format!("other diagnostics of the same text ({name}): {:?}", differ()));
    }
    let format = json!({"options": {"tabSize": 4, "insertSpaces": true}});
    for (method, provider, params) in [
        ("textDocument/documentSymbol", "documentSymbolProvider", json!({})),
        ("textDocument/foldingRange", "foldingRangeProvider", json!({})),
        ("textDocument/formatting", "documentFormattingProvider", format),
    ] {
        if !client.provides(provider, method) {
            continue;
        }
        let mut ask = |document: &Document| {
            let mut params = params.clone();
            params["textDocument"] = json!({"uri": document.uri});
            client.request(method, params).map(|answer| answer.body["result"].clone())
        };
        let (of_this, of_fresh) = (ask(document)?, ask(&fresh)?);
        if of_this != of_fresh {
            figures.fault(&server, format!("{method} differs for the same text ({name})"));
        }
        if method == "textDocument/formatting" && !same_value(document, &of_this) {
            figures.fault(&server, format!("what is formatted is another text ({name})"));
        }
    }
    client.close(&fresh)?;
    figures.proofs += 1;
    Ok(())
}

/// Diagnostics as far as both documents have to have the same. The second has the first one's name, so that
/// each is told of the other.
fn what_counts(diagnostics: Vec<Value>) -> Vec<String> {
    let mut counting: Vec<_> = diagnostics
        .iter()
        .filter(|one| !one["code"].as_str().unwrap_or_default().starts_with("duplicate-"))
        .map(|one| json!([one["range"], one["message"], one["severity"], one["code"]]).to_string())
        .collect();
    counting.sort_unstable();
    counting
}

/// Whether the formatted text holds the same JSON value; a text that is no JSON shows nothing.
fn same_value(document: &Document, edits: &Value) -> bool {
    let Ok(expected) = serde_json::from_str::<Value>(&document.text()) else { return true };
    let none = Vec::new();
    let edits = edits.as_array().unwrap_or(&none);
    let formatted = document.with_edits(edits);
    formatted.and_then(|text| serde_json::from_str(&text).ok()) == Some(expected)
}
