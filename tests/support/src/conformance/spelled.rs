//! URIs of the client that are none by the letter of RFC 3986 (`file:///é`). The server has to repeat
//! them as they came, so that is no fault of the server.

use std::collections::HashSet;

use serde_json::Value;

/// The URIs that the client sent.
#[derive(Debug, Default)]
pub struct Spelled(HashSet<String>);

impl Spelled {
    /// Takes note of what the client sent.
    pub fn sent(&mut self, message: &Value) {
        match message {
            Value::Object(members) => {
                for (name, value) in members {
                    match value {
                        Value::String(uri) if name == "uri" || name == "rootUri" => {
                            let is_plain = uri.bytes().all(|b| b.is_ascii_graphic());
                            if !is_plain || uri.contains(['[', ']', '%', '|', '\\']) {
                                self.0.insert(uri.clone());
                            }
                        }
                        value => self.sent(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.sent(item)),
            _ => {}
        }
    }

    /// A message of the server with the client's spellings replaced by a URI by the letter.
    pub fn as_lsp_has_it(&self, message: &Value) -> Value {
        let own = |text: &str| match self.0.iter().any(|uri| text.starts_with(uri.as_str())) {
            true => "file:///as-the-client-spells-it".to_owned(),
            false => text.to_owned(),
        };
        match message {
            Value::String(text) => Value::String(own(text)),
            Value::Array(items) => items.iter().map(|item| self.as_lsp_has_it(item)).collect(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| (own(name), self.as_lsp_has_it(value))).collect()
            }
            other => other.clone(),
        }
    }
}
