//! Applies a `WorkspaceEdit` as an editor does.

use serde_json::Value;

use crate::positions::{Encoding, Range};

/// The edits of one document out of a workspace edit.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkspaceEdit {
    /// The document version that the edit was made for; `None` where it names none.
    pub version: Option<i64>,
    /// Range and new text, in the order in which they came.
    pub edits: Vec<(Range, String)>,
}

impl WorkspaceEdit {
    /// Reads LSP's form, of either kind. It must be about `uri` alone.
    pub fn of(edit: &Value, uri: &str) -> Self {
        if let Some(changes) = edit["documentChanges"].as_array() {
            let [change] = &changes[..] else {
                panic!("{edit} changes {} documents, not one", changes.len());
            };
            assert_eq!(change["textDocument"]["uri"], uri, "{edit}");
            return Self {
                version: change["textDocument"]["version"].as_i64(),
                edits: text_edits(&change["edits"]),
            };
        }
        let Some(changes) = edit["changes"].as_object() else {
            panic!("{edit} is not a workspace edit");
        };
        assert_eq!(changes.keys().collect::<Vec<_>>(), [uri]);
        Self { version: None, edits: text_edits(&changes[uri]) }
    }

    /// The text after the edit.
    ///
    /// # Panics
    /// A range lies outside of the text, or two of them overlap.
    pub fn apply(&self, text: &str, encoding: Encoding) -> String {
        let mut edits: Vec<_> = self
            .edits
            .iter()
            .map(|(range, new)| {
                let start = range.start.offset(text, encoding);
                (start, range.end.offset(text, encoding), new)
            })
            .collect();
        // Insertions at one place keep their order.
        edits.sort_by_key(|(start, end, _)| (*start, *end));
        let mut result = String::new();
        let mut done = 0;
        for (start, end, new) in edits {
            assert!(done <= start && start <= end, "{self:?} overlaps itself");
            result.push_str(&text[done..start]);
            result.push_str(new);
            done = end;
        }
        result.push_str(&text[done..]);
        result
    }
}

fn text_edits(edits: &Value) -> Vec<(Range, String)> {
    let Some(list) = edits.as_array() else {
        panic!("{edits} is not a list of edits");
    };
    list.iter()
        .map(|edit| {
            let new = edit["newText"].as_str();
            let new = new.unwrap_or_else(|| panic!("{edit} has no newText"));
            (Range::of(&edit["range"]), new.to_owned())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn edit(edits: &[(&str, &str)], text: &str) -> WorkspaceEdit {
        let edits: Vec<Value> = edits
            .iter()
            .map(|(old, new)| {
                let range = Range::of_text(text, old, Encoding::Utf16).json();
                json!({"range": range, "newText": new})
            })
            .collect();
        WorkspaceEdit::of(&json!({"changes": {"u:x": edits}}), "u:x")
    }

    #[test]
    fn edits_are_applied_to_the_text_before() {
        let text = "one 🏢 two three";
        let edit = edit(&[("three", "3"), ("one", "1111"), (" two", "")], text);
        assert_eq!(edit.apply(text, Encoding::Utf16), "1111 🏢 3");
    }

    #[test]
    #[should_panic(expected = "overlaps itself")]
    fn overlaps_are_noticed() {
        let text = "one two";
        edit(&[("one t", ""), ("two", "")], text).apply(text, Encoding::Utf16);
    }

    #[test]
    fn the_version_is_read() {
        let edit = json!({"documentChanges": [{"textDocument": {"uri": "u:x", "version": 3}, "edits": []}]});
        assert_eq!(WorkspaceEdit::of(&edit, "u:x").version, Some(3));
    }
}
