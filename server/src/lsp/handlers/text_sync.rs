//! Texts of open documents, as the client tells them.
//!
//! Changes come at each key, and editors open many documents at once. As clients write them, they are read from the
//! bytes of the message, without a tree of its values. All others take the long way through tower-lsp: those with
//! params that have to be put right, and those that cannot be read.

use std::borrow::Cow;

use lsp_types as lsp;
use serde::Deserialize;

use crate::lsp::convert::uris::{id_of, kind_of, shown};
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::transport::{lenient, spelling};

/// A document was opened.
pub fn opened(
    diagnostics: &Diagnostics,
    uri: lsp::Url,
    language_id: &str,
    version: i32,
    text: &str,
) {
    let Some(kind) = kind_of(&uri, language_id) else { return };
    let id = id_of(&uri);
    diagnostics.queue.forget_folders();
    diagnostics.files.documents.open(id.clone(), uri, version, kind, text);
    diagnostics.opened_design_studio(&id);
    diagnostics.queue_file(id);
}

/// A document was changed.
pub fn changed(
    diagnostics: &Diagnostics,
    uri: &lsp::Url,
    version: i32,
    changes: Vec<lsp::TextDocumentContentChangeEvent>,
) {
    let id = id_of(uri);
    let version = (version != lenient::NO_VERSION).then_some(version);
    let files = &diagnostics.files;
    match files.documents.change(&id, version, changes, files.encoding()) {
        Ok(()) => diagnostics.queue_file(id),
        Err(error) => tracing::warn!("a change of {} is left out: {error}", shown(&id)),
    }
}

/// A notification; a message with any other member is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notification<'a, P> {
    jsonrpc: &'a str,
    method: &'a str,
    params: P,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Opened<'a> {
    #[serde(borrow)]
    text_document: OpenedDocument<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OpenedDocument<'a> {
    #[serde(borrow)]
    uri: Cow<'a, str>,
    #[serde(borrow)]
    language_id: Cow<'a, str>,
    version: i32,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Changed<'a> {
    #[serde(borrow)]
    text_document: ChangedDocument<'a>,
    content_changes: Vec<lsp::TextDocumentContentChangeEvent>,
}

#[derive(Deserialize)]
struct ChangedDocument<'a> {
    #[serde(borrow)]
    uri: Cow<'a, str>,
    version: i32,
}

const OPENED: &str = "textDocument/didOpen";
const CHANGED: &str = "textDocument/didChange";

/// Takes a message that opens or changes a document. `None` when it has to go the long way.
pub fn take(diagnostics: &Diagnostics, message: &[u8]) -> Option<()> {
    if names(message, OPENED) {
        let document = params::<Opened>(message, OPENED)?.text_document;
        let uri = spelling::of_client(&document.uri)?;
        opened(diagnostics, uri, &document.language_id, document.version, &document.text);
        Some(())
    } else if names(message, CHANGED) {
        let Changed { text_document, content_changes } = params(message, CHANGED)?;
        let uri = spelling::of_client(&text_document.uri)?;
        changed(diagnostics, &uri, text_document.version, content_changes);
        Some(())
    } else {
        None
    }
}

fn params<'a, P: Deserialize<'a>>(message: &'a [u8], method: &str) -> Option<P> {
    let notification: Notification<'a, P> = serde_json::from_slice(message).ok()?;
    (notification.jsonrpc == "2.0" && notification.method == method).then_some(notification.params)
}

/// Bytes from either end in which the method's name is looked for: clients write it before the params or behind them.
const AROUND: usize = 96;

/// Whether a message seems to be of a method, before all of it is read.
fn names(message: &[u8], method: &str) -> bool {
    let some = message.len().min(AROUND);
    let is_in = |part: &[u8]| part.windows(method.len()).any(|name| name == method.as_bytes());
    is_in(&message[..some]) || is_in(&message[message.len() - some..])
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::lsp::files::Files;
    use crate::lsp::session::{Agreed, Session};

    const ID: &str = "/w/a b.sforg.json";

    fn diagnostics() -> Diagnostics {
        let session = Session::default();
        session.begin(Agreed::of(&json!({ "capabilities": {} })));
        Diagnostics::new(Arc::new(Files::new(session, Arc::default()).0))
    }

    fn opening(text: &str) -> serde_json::Value {
        json!({"jsonrpc": "2.0", "method": OPENED, "params": {"textDocument": {
            "uri": "file:///w/a b.sforg.json", "languageId": "json", "version": 1, "text": text, "odd": [],
        }}})
    }

    fn text_of(diagnostics: &Diagnostics) -> Option<(String, String)> {
        let open = diagnostics.files.documents.get(ID)?;
        Some((open.text().to_string(), spelling::of_server(&open.uri)))
    }

    #[test]
    fn what_clients_write_is_read_from_its_bytes() {
        let diagnostics = diagnostics();
        let text = "{ \"name\": \"é🏢\" }\n";
        let message = opening(text).to_string();
        assert_eq!(take(&diagnostics, message.as_bytes()), Some(()));
        let spelled = "file:///w/a b.sforg.json".to_owned();
        assert_eq!(text_of(&diagnostics), Some((text.to_owned(), spelled.clone())));
        // Some clients write the params first.
        let place = |character| json!({"line": 0, "character": character});
        let change = json!({"range": {"start": place(11), "end": place(14)}, "rangeLength": 3, "text": "\n\\"});
        let params = json!({
            "textDocument": {"uri": spelled, "version": 2},
            "contentChanges": [change, {"text": format!("{}x", "y".repeat(2 * AROUND))}, change],
        });
        let message = format!(r#"{{"params":{params},"method":"{CHANGED}","jsonrpc":"2.0"}}"#);
        assert_eq!(take(&diagnostics, message.as_bytes()), Some(()));
        let rest = 2 * AROUND + 1 - 14 - 1;
        let changed = format!("{}\n\\{}x", "y".repeat(11), "y".repeat(rest));
        assert_eq!(text_of(&diagnostics), Some((changed, spelled)));
    }

    #[test]
    fn what_is_out_of_the_ordinary_goes_the_long_way() {
        let diagnostics = diagnostics();
        let with = |pointer: &str, value: serde_json::Value| {
            let mut message = opening("{}");
            let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
            message.pointer_mut(parent).expect("an object")[name] = value;
            message.to_string()
        };
        for message in [
            with("/id", json!(1)),
            with("/jsonrpc", json!("1.0")),
            with("/method", json!(format!("{OPENED}ed"))),
            with("/method", json!("textDocument/didSave")),
            with("/params", json!([])),
            with("/params/textDocument/version", json!(null)),
            with("/params/textDocument/version", json!(1.5)),
            with("/params/textDocument/languageId", json!(null)),
            with("/params/textDocument/uri", json!("no URI")),
            opening("{}").to_string().replace("\"{}\"", r#""\ud800""#),
            opening("{}").to_string().replace("\"{}\"", "\"{}"),
            String::new(),
        ] {
            assert_eq!(take(&diagnostics, message.as_bytes()), None, "{message}");
            assert_eq!(text_of(&diagnostics), None, "{message}");
        }
    }
}
