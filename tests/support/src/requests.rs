//! The messages that tests send most.

use serde_json::{Value, json};

use crate::client::{Client, notification};
use crate::positions::{Position, Range};

impl Client {
    /// `textDocument/didOpen` with the language `salesforce-org`.
    pub fn open(&mut self, uri: &str, version: i64, text: &str) {
        self.open_as(uri, "salesforce-org", version, text);
    }

    /// The same with another language.
    pub fn open_as(&mut self, uri: &str, language: &str, version: i64, text: &str) {
        let document =
            json!({"uri": uri, "languageId": language, "version": version, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// `textDocument/didChange` with one change.
    pub fn change(&mut self, uri: &str, version: i64, range: Range, text: &str) {
        let change = json!({"range": range.json(), "text": text});
        self.change_all(uri, version, json!([change]));
    }

    /// `textDocument/didChange` with the whole text.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change_all(uri, version, json!([{"text": text}]));
    }

    /// `textDocument/didChange` with any changes.
    pub fn change_all(&mut self, uri: &str, version: i64, changes: Value) {
        self.write(&[Self::change_message(uri, version, changes)]);
    }

    /// Its message, for [`Client::write`].
    pub fn change_message(uri: &str, version: i64, changes: Value) -> Value {
        let params = json!({
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": changes,
        });
        notification("textDocument/didChange", params)
    }

    /// `textDocument/didClose`.
    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// `textDocument/didSave`.
    pub fn save(&mut self, uri: &str) {
        self.notify("textDocument/didSave", json!({"textDocument": {"uri": uri}}));
    }

    /// `workspace/didChangeWatchedFiles` about one file.
    pub fn file_event(&mut self, uri: &str, kind: FileEvent) {
        let change = json!({"uri": uri, "type": kind as i64});
        self.notify("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
    }

    /// Params about a place in a document.
    pub fn at(uri: &str, position: Position) -> Value {
        json!({"textDocument": {"uri": uri}, "position": position.json()})
    }

    /// `textDocument/hover`: range and text, or nothing.
    pub fn hover(&mut self, uri: &str, position: Position) -> Option<(Range, String)> {
        let hover = self.ask("textDocument/hover", Self::at(uri, position));
        if hover.is_null() {
            return None;
        }
        let text = hover["contents"]["value"].as_str();
        let Some(text) = text else {
            self.fail(&format!("{hover} has no text"));
        };
        Some((Range::of(&hover["range"]), text.to_owned()))
    }

    /// `textDocument/codeAction` with empty `context.diagnostics`.
    pub fn code_actions(&mut self, uri: &str, range: Range) -> Vec<Value> {
        self.code_actions_in(uri, range, json!({"diagnostics": []}))
    }

    /// The same with any context.
    pub fn code_actions_in(&mut self, uri: &str, range: Range, context: Value) -> Vec<Value> {
        let params = json!({
            "textDocument": {"uri": uri},
            "range": range.json(),
            "context": context,
        });
        let actions = self.ask("textDocument/codeAction", params);
        match actions {
            Value::Array(actions) => actions,
            Value::Null => Vec::new(),
            other => self.fail(&format!("{other} is no list of code actions")),
        }
    }

    /// The only code action with a title.
    pub fn code_action(&mut self, uri: &str, range: Range, title: &str) -> Value {
        let mut actions = self.code_actions(uri, range);
        actions.retain(|action| action["title"] == title);
        match &actions[..] {
            [action] => action.clone(),
            _ => self.fail(&format!("{} code actions {title:?}", actions.len())),
        }
    }

    /// The titles of `textDocument/codeLens`, in order.
    pub fn code_lens_titles(&mut self, uri: &str) -> Vec<String> {
        let params = json!({"textDocument": {"uri": uri}});
        let lenses = self.ask("textDocument/codeLens", params);
        let lenses = lenses.as_array().into_iter().flatten();
        let titles = lenses.filter_map(|lens| lens["command"]["title"].as_str());
        titles.map(str::to_owned).collect()
    }

    /// `workspace/executeCommand` with one argument; it must succeed, and answers at once.
    pub fn execute(&mut self, command: &str, argument: Value) {
        let params = json!({"command": command, "arguments": [argument]});
        let result = self.ask("workspace/executeCommand", params);
        if !result.is_null() {
            self.fail(&format!("{command} answered {result}"));
        }
    }
}

/// What happened to a watched file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileEvent {
    /// It is new.
    Created = 1,
    /// Its content changed.
    Changed = 2,
    /// It is gone.
    Deleted = 3,
}
