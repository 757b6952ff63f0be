//! Requests about a document that does not change.

use std::time::Instant;

use serde_json::{Value, json};

use crate::client::Client;
use crate::corpus::{DOCUMENTS, PROBE};
use crate::document::Document;
use crate::figures::{Figures, median};
use crate::outcome::Outcome;
use crate::probe::milliseconds;
use crate::scenarios::{PATIENCE, Setting};

/// A request: its name in the table, its method, the capability, and its params beside the document.
type Request = (&'static str, &'static str, &'static str, Value);

/// Asks each as often as keys are typed.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    for name in DOCUMENTS {
        let workspace = setting.workspace()?;
        let mut client = setting.start(workspace.path())?;
        let document = setting.document(&client, name)?;
        client.open(&document)?;
        let diagnostics = client.settled(&document)?;
        for request in requests(&document, &diagnostics)? {
            ask(setting, &mut client, &document, request, name, figures)?;
        }
        client.stop()?;
    }
    Ok(())
}

fn requests(document: &Document, diagnostics: &[Value]) -> Outcome<[Request; 7]> {
    let value = document.find(PROBE).ok_or("the document has no probe")?;
    let end = document.position((value.0, value.1 + PROBE.len()));
    let member = document.find("\"apiVersion\"").ok_or("the document has no version")?;
    let name = document.position((member.0, member.1 + 2));
    let here = diagnostics.iter().filter(|one| one["range"]["start"]["line"] == end["line"]);
    let context = json!({"diagnostics": here.collect::<Vec<_>>(), "triggerKind": 1});
    let format = json!({"options": {"tabSize": 2, "insertSpaces": true}});
    let (completion, hover) = ("textDocument/completion", "textDocument/hover");
    Ok([
        ("completion value", completion, "completionProvider", json!({"position": end})),
        ("completion key", completion, "completionProvider", json!({"position": name})),
        ("hover", hover, "hoverProvider", json!({"position": name})),
        (
            "code action",
            "textDocument/codeAction",
            "codeActionProvider",
            json!({"range": {"start": end, "end": end}, "context": context}),
        ),
        ("symbols", "textDocument/documentSymbol", "documentSymbolProvider", json!({})),
        ("folding", "textDocument/foldingRange", "foldingRangeProvider", json!({})),
        ("formatting", "textDocument/formatting", "documentFormattingProvider", format),
    ])
}

fn ask(
    setting: &Setting,
    client: &mut Client,
    document: &Document,
    (what, method, provider, mut params): Request,
    name: &str,
    figures: &mut Figures,
) -> Outcome<()> {
    if !client.provides(provider, method) {
        return Ok(());
    }
    params["textDocument"] = json!({"uri": document.uri});
    let mut times = Vec::new();
    let began = Instant::now();
    while times.len() < setting.amount.keys_in(name).min(100) && began.elapsed() < PATIENCE {
        let (id, bytes) = client.prepare(method, params.clone());
        let since = client.send(&bytes)?;
        let answer = client.answer(id)?;
        times.push(milliseconds(since, answer.arrived));
    }
    if let Some(median) = median(&times) {
        figures.add(&setting.profile.name, &format!("{what} ms {name}"), median);
    }
    Ok(())
}
