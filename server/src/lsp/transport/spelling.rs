//! URIs as the client spells them, through a library that spells them its own way.
//!
//! tower-lsp reads a URI into a [`Url`], and that decides about capitals, percent signs and slashes
//! anew. A client that compares texts would not know its own document again. So a URI that would not
//! come out as it came in carries the client's spelling in its fragment while it is in the server:
//! [`mark`] puts it there in every message that comes in, [`unmark`] takes it back in every message
//! that goes out, and whatever is in between hands the [`Url`] on as it is.

use lsp_types::Url;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

/// What the fragment begins with; the spelling follows, percent-encoded.
const MARK: &str = "sforg-spelled:";

/// The members that hold URIs, in whatever LSP defines.
const URI_MEMBERS: [&str; 8] =
    ["uri", "target", "targetUri", "rootUri", "oldUri", "newUri", "scopeUri", "baseUri"];

/// The member of a workspace edit whose own members are named by URIs.
const EDITS_BY_URI: &str = "changes";

/// Marks the URIs of a message that comes in.
pub fn mark(message: &mut Value) {
    respell(message, &|uri| of_client(uri).map(String::from));
}

/// A part of a message as it goes out, as JSON.
///
/// # Errors
/// It is no JSON.
pub fn written(message: &impl Serialize) -> serde_json::Result<String> {
    let written = serde_json::to_string(message)?;
    if !may_be_marked(&written) {
        return Ok(written);
    }
    let mut message = serde_json::from_str(&written)?;
    unmark(&mut message);
    serde_json::to_string(&message)
}

/// Whether a message that goes out may have a marked URI.
pub fn may_be_marked(message: &str) -> bool {
    message.contains(MARK)
}

/// Takes the marks off the URIs of a message that goes out.
pub fn unmark(message: &mut Value) {
    respell(message, &spelling_in);
}

fn respell(message: &mut Value, spelling: &impl Fn(&str) -> Option<String>) {
    match message {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(uri) if URI_MEMBERS.contains(&name.as_str()) => {
                        if let Some(spelled) = spelling(uri) {
                            *uri = spelled;
                        }
                    }
                    Value::Object(edits) if name == EDITS_BY_URI => {
                        *edits = std::mem::take(edits)
                            .into_iter()
                            .map(|(uri, edits)| (spelling(&uri).unwrap_or(uri), edits))
                            .collect();
                    }
                    value => respell(value, spelling),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| respell(item, spelling)),
        _ => {}
    }
}

/// A URI that keeps its spelling. `None` for what is no URI.
pub fn of_client(spelled: &str) -> Option<Url> {
    let mut url = Url::parse(spelled).ok()?;
    if url.as_str() != spelled || spelled.contains(MARK) {
        let spelled = utf8_percent_encode(spelled, NON_ALPHANUMERIC);
        url.set_fragment(Some(&format!("{MARK}{spelled}")));
    }
    Some(url)
}

/// The URI without the client's spelling, so that all spellings of it are equal.
pub fn plain(uri: &Url) -> Url {
    let mut plain = uri.clone();
    if uri.fragment().is_some_and(|fragment| fragment.starts_with(MARK)) {
        plain.set_fragment(None);
    }
    plain
}

/// The URI as the client spells it.
pub fn of_server(uri: &Url) -> String {
    spelling_in(uri.as_str()).unwrap_or_else(|| uri.as_str().to_owned())
}

/// The spelling that a marked URI carries. A mark counts only when it is another spelling of the same
/// URI: a file may say anything, and its links must not become others on their way.
fn spelling_in(uri: &str) -> Option<String> {
    let (address, fragment) = uri.split_once('#')?;
    let encoded = fragment.strip_prefix(MARK)?;
    let spelled = percent_decode_str(encoded).decode_utf8().ok()?.into_owned();
    let mut same = Url::parse(&spelled).ok()?;
    same.set_fragment(None);
    (same.as_str() == address).then_some(spelled)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SPELLINGS: [&str; 22] = [
        "file:///w/é.sforg.json",
        "file:///w/%C3%A9.sforg.json",
        "file:///w/%c3%a9.sforg.json",
        "file:///w/a b.sforg.json",
        "file:///w/a%20b+c.sforg.json",
        "file:/w/a.sforg.json",
        "file://localhost/w/a.sforg.json",
        "file://LOCALHOST/w/a.sforg.json",
        "FILE:///w/a.sforg.json",
        "file:///w/./b/../a.sforg.json",
        "file:///w\\a.sforg.json",
        "file:///c%3A/w/a.sforg.json",
        "file:///C:/w/a.sforg.json",
        "file://server/share/a[1]{2}.sforg.json",
        "file:////server/share/a.sforg.json",
        "file:///w/a%5B1%5D.sforg.json",
        "untitled:Untitled-1",
        "untitled:Ünt itled|1",
        "UNTITLED:x",
        "vscode-vfs://GitHub/Owner/ö.sforg.json",
        "file:///w/a.sforg.json#sforg-spelled:x",
        "file:///w/a.sforg.json#é",
    ];

    #[test]
    fn every_spelling_comes_back() {
        for spelled in SPELLINGS {
            let mut message = json!({"textDocument": {"uri": spelled}, "text": spelled});
            mark(&mut message);
            let read = Url::parse(message["textDocument"]["uri"].as_str().unwrap_or_default());
            let read = read.expect("a URI");
            assert_eq!(message["text"], spelled);
            let mut answer = json!([
                {"uri": read, "newText": read},
                {"changes": {read.as_str(): [{"newText": "x"}]}},
            ]);
            unmark(&mut answer);
            assert_eq!(answer[0]["uri"], spelled);
            assert_eq!(answer[0]["newText"], read.as_str());
            assert_eq!(answer[1]["changes"][spelled][0]["newText"], "x");
        }
    }

    #[test]
    fn spellings_of_one_uri_are_equal_without_them() {
        let plain = |spelled| super::plain(&of_client(spelled).expect("a URI"));
        assert_eq!(plain(SPELLINGS[0]), plain(SPELLINGS[1]));
        assert_eq!(plain(SPELLINGS[5]), plain(SPELLINGS[6]));
        assert_ne!(plain(SPELLINGS[0]), plain(SPELLINGS[3]));
    }

    #[test]
    fn a_mark_that_somebody_wrote_changes_no_address() {
        let forged = "https://example.com/#sforg-spelled:command%3Ado%2Esomething";
        let mut link = json!({"target": forged});
        unmark(&mut link);
        assert_eq!(link["target"], forged);
    }
}
