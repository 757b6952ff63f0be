//! The gate: what of a message or an answer a person reads is made harmless as a whole.
//!
//! Three things are taken from a text: characters that do something ([`org_text::neutral`]); links, which
//! VS Code's messages run when they lead to a command (`[label](command:…)`); and what is longer than
//! anybody reads. Texts that programs read (edits, values to be renamed, addresses, data) stay as they
//! are.

use lsp_types as lsp;
use org_text::{Foreign, does_something, neutral, neutral_lines};
use serde_json::Value;
use tower_lsp::jsonrpc::Response;

/// Characters of a text that are shown at most. Foreign parts are far shorter each.
const MAX_CHARS: usize = 4_000;

/// A text of one line as a person may see it.
pub fn line(text: &str) -> String {
    bounded(&without_links(&neutral(text)))
}

/// As [`line`], for a text that may have several.
fn lines(text: &str) -> String {
    bounded(&without_links(&neutral_lines(text)))
}

/// Breaks `[label](target)`, however its parts came together.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

fn bounded(text: &str) -> String {
    match text.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A diagnostic, with what it is related to.
pub fn diagnostic(diagnostic: &mut lsp::Diagnostic) {
    diagnostic.message = lines(&diagnostic.message);
    for related in diagnostic.related_information.iter_mut().flatten() {
        related.message = line(&related.message);
    }
}

/// An answer to the client. Members are known by their names, which LSP uses alike everywhere.
fn answer(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(answer),
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("message", Value::String(text)) => *text = lines(text),
                    ("title" | "reason" | "tooltip" | "label" | "detail", Value::String(text)) => {
                        *text = line(text);
                    }
                    ("name" | "containerName", Value::String(text)) => {
                        *text = without_links(&Foreign(text).to_string());
                    }
                    // Hover and documentation: their links are our own (`org_ide::Markdown`).
                    ("value", Value::String(text)) => *text = neutral_lines(text).into_owned(),
                    ("data" | "arguments", _) => {}
                    (_, member) => answer(member),
                }
            }
        }
        _ => {}
    }
}

/// Whether an answer, written as JSON, is one that the gate leaves as it is. Where that cannot be told at once
/// it is not.
pub fn passes(written: &str) -> bool {
    let (mut is_escape, mut is_label, mut length) = (false, false, 0);
    for byte in written.bytes() {
        length += 1;
        match byte {
            // An escaped control character is for the gate.
            _ if is_escape && !matches!(byte, b'"' | b'\\') => return false,
            b'"' if !is_escape => length = 0,
            b'(' if is_label => return false,
            // The one control character that JSON does not escape.
            0x7f => return false,
            // Between two quotes.
            _ if length > Foreign::MAX_CHARS => return false,
            _ => {}
        }
        is_label = byte == b']';
        is_escape = byte == b'\\' && !is_escape;
    }
    written.is_ascii() || !written.contains(does_something)
}

/// An answer that has passed the gate.
pub fn gated(response: Response) -> Response {
    let (id, result) = response.into_parts();
    let result = match result {
        Ok(mut value) => {
            answer(&mut value);
            Ok(value)
        }
        Err(mut error) => {
            error.message = line(&error.message).into();
            Err(error)
        }
    };
    Response::from_parts(id, result)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp::jsonrpc::{Error, Id};

    use super::*;

    #[test]
    fn links_are_broken_and_characters_shown() {
        assert_eq!(line("[a](command:x)\u{1b}\n"), "[a] (command:x)␛␊");
        assert_eq!(lines("a\nb\u{202e}"), "a\nb\\u{202e}");
        // What stands between is shown, so the parts do not come together.
        assert_eq!(line("[a]\u{200b}(command:x)"), "[a]\\u{200b}(command:x)");
        assert_eq!(line(&"x".repeat(MAX_CHARS + 1)).chars().count(), MAX_CHARS + 1);
    }

    #[test]
    fn what_a_person_reads_is_gated_and_what_a_program_reads_is_not() {
        let raw = "[a](command:x)\u{7}";
        let mut value = json!([{
            "title": raw, "label": raw, "disabled": { "reason": raw },
            "diagnostics": [{ "message": raw, "relatedInformation": [{ "message": raw }] }],
            "edit": { "changes": { "file:///a": [{ "newText": raw }] } },
            "command": { "title": raw, "command": "x", "arguments": [{ "title": raw }] },
            "placeholder": raw, "filterText": raw, "data": { "label": raw },
        }]);
        answer(&mut value);
        let action = &value[0];
        let safe = "[a] (command:x)␇";
        for pointer in [
            "/title",
            "/label",
            "/disabled/reason",
            "/diagnostics/0/message",
            "/diagnostics/0/relatedInformation/0/message",
            "/command/title",
        ] {
            assert_eq!(action.pointer(pointer), Some(&json!(safe)), "{pointer}");
        }
        for pointer in [
            "/edit/changes/file:~1~1~1a/0/newText",
            "/command/arguments/0/title",
            "/placeholder",
            "/filterText",
            "/data/label",
        ] {
            assert_eq!(action.pointer(pointer), Some(&json!(raw)), "{pointer}");
        }
    }

    #[test]
    fn an_answer_that_passes_is_as_the_gate_makes_it() {
        let is_as_gated = |text: &str| {
            let members = ["label", "detail", "name", "value", "newText"];
            let mut passed = 0;
            for member in members {
                let value = json!([{ member: text, "range": [1, 2] }]);
                let mut gated = value.clone();
                answer(&mut gated);
                if passes(&value.to_string()) {
                    passed += 1;
                    assert_eq!(gated, value, "{member}");
                }
            }
            passed == members.len()
        };
        for plain in ["", "Acme", "\"64.0\"", "a\\b", "Zürich 東京 🏢", "[a] (b)"] {
            assert!(is_as_gated(plain), "{plain:?}");
        }
        let long = "x".repeat(Foreign::MAX_CHARS + 1);
        for odd in ["a\n", "\u{1b}", "\u{202e}", "[a](b)", "\u{7f}", "\\\u{1}", &long] {
            assert!(!is_as_gated(odd), "{odd:?}");
        }
    }

    #[test]
    fn an_error_is_gated_too() {
        let error = Error::invalid_params("[a](command:x)\n");
        let (_, result) = gated(Response::from_error(Id::Number(1), error)).into_parts();
        assert_eq!(
            result.map_err(|error| error.message.into_owned()),
            Err("[a] (command:x)␊".to_owned())
        );
    }
}
