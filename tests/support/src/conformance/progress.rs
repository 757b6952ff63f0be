//! Progress of work: announced, begun, reported, ended, in this order.

use std::collections::HashMap;

use serde_json::Value;

use super::Checked;
use crate::meta_model::Type;

/// The request that announces one.
pub(super) const CREATE: &str = "window/workDoneProgress/create";

/// All of a session, by token.
#[derive(Default)]
pub(super) struct Progress {
    states: HashMap<String, State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// The client has not answered yet.
    Asked,
    Created,
    Begun,
    Ended,
}

impl Progress {
    /// The token came with a request of the client.
    pub fn may_use(&mut self, token: &Value) {
        if !token.is_null() {
            self.states.insert(token.to_string(), State::Created);
        }
    }

    /// The server asks for one.
    pub fn create(&mut self, token: &Value) -> Checked {
        match self.states.insert(token.to_string(), State::Asked) {
            Some(_) => Err(format!("the progress {token} was created before")),
            None => Ok(()),
        }
    }

    /// The client has answered.
    pub fn created(&mut self, token: &Value, is_refused: bool) {
        if is_refused {
            self.states.remove(&token.to_string());
        } else {
            self.states.insert(token.to_string(), State::Created);
        }
    }

    /// The server tells of one; the type that its value must have.
    pub fn reported(&mut self, token: &Value, value: &Value) -> Result<Type, String> {
        let kind = value["kind"].as_str().unwrap_or_default();
        let state = self.states.get_mut(&token.to_string());
        let Some(state) = state else {
            return Err(format!("nobody knows of the progress {token}"));
        };
        let (next, name) = match (kind, *state) {
            ("begin", State::Created) => (State::Begun, "WorkDoneProgressBegin"),
            ("report", State::Begun) => (State::Begun, "WorkDoneProgressReport"),
            ("end", State::Begun) => (State::Ended, "WorkDoneProgressEnd"),
            _ => return Err(format!("it is not the time for {kind:?} of the progress {token}")),
        };
        *state = next;
        Ok(Type::named(name))
    }
}
