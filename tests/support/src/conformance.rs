//! Holds every message of the server against LSP: its form against the meta model, and whether it
//! may come at all at this time and to this client.

mod features;
mod progress;
mod requests;
mod spelled;

use std::collections::HashMap;

use serde_json::Value;

use crate::meta_model::{MetaModel, Type, meta_model};
use progress::Progress;
use spelled::Spelled;

/// What is wrong with a message, in words.
type Checked = Result<(), String>;

/// Messages that may come before the answer to `initialize`.
const BEFORE_THE_BEGINNING: [&str; 4] =
    ["window/showMessage", "window/showMessageRequest", "window/logMessage", "telemetry/event"];

/// What one session knows of its messages.
pub(crate) struct Conformance {
    /// `None` for the tests of this module that are not about the form of messages.
    model: Option<&'static MetaModel>,
    /// Requests of the client without an answer, by id.
    sent: HashMap<String, Call>,
    /// Requests of the server by id: their methods.
    asked: HashMap<String, Call>,
    progress: Progress,
    /// How the client spells URIs.
    spelled: Spelled,
    /// What the client said about itself in the `initialize` that succeeded.
    client: Option<Value>,
}

/// A request.
struct Call {
    method: String,
    params: Value,
}

impl Conformance {
    /// A session that has not begun.
    pub fn new() -> Self {
        Self {
            model: Some(meta_model()),
            sent: HashMap::new(),
            asked: HashMap::new(),
            progress: Progress::default(),
            spelled: Spelled::default(),
            client: None,
        }
    }

    /// Takes note of a message of the client. Tests send wrong ones on purpose, so nothing is
    /// checked here.
    pub fn sent(&mut self, message: &Value) {
        self.spelled.sent(message);
        let id = message["id"].to_string();
        match (message["method"].as_str(), message.get("id")) {
            (Some(method), Some(_)) => {
                let params = message["params"].clone();
                self.progress.may_use(&params["workDoneToken"]);
                self.sent.insert(id, Call { method: method.to_owned(), params });
            }
            (None, Some(_)) => {
                let asked = self.asked.remove(&id);
                let is_refused = message.get("error").is_some();
                if let Some(asked) = asked.filter(|asked| asked.method == progress::CREATE) {
                    self.progress.created(&asked.params["token"], is_refused);
                }
            }
            _ => {}
        }
    }

    /// Checks a message of the server.
    pub fn received(&mut self, message: &Value) -> Checked {
        let message = &self.spelled.as_lsp_has_it(message);
        let checked = match (message["method"].as_str(), message.get("id")) {
            (Some(method), Some(id)) => self.request(method, id, message),
            (Some(method), None) => self.notification(method, message),
            (None, _) => self.response(message),
        };
        checked.map_err(|what| format!("LSP does not allow this: {what}\n{message}"))
    }

    fn response(&mut self, message: &Value) -> Checked {
        only(message, &["jsonrpc", "id", "result", "error"])?;
        let sent = self.sent.remove(&message["id"].to_string());
        if let Some(error) = message.get("error") {
            return is_error(error);
        }
        let Some(Call { method, params }) = sent else { return Ok(()) };
        let result = &message["result"];
        if method == "initialize" {
            self.client = Some(params["capabilities"].clone());
        }
        if let Some(model) = self.model {
            let known = model.request(&method).filter(|known| known.direction.is_from_client());
            match known.and_then(|known| known.result.as_ref()) {
                Some(kind) => check(model, kind, result, &format!("the result of {method}"))?,
                None if is_own(&method) => {}
                None => return Err(format!("LSP has no request {method} of a client")),
            }
        }
        match &self.client {
            Some(client) => features::result(client, &method, &params, result),
            None => Err(format!("{method} is answered before initialize")),
        }
    }

    fn request(&mut self, method: &str, id: &Value, message: &Value) -> Checked {
        only(message, &["jsonrpc", "id", "method", "params"])?;
        if !(id.is_i64() || id.is_string()) {
            return Err(format!("{id} is no id"));
        }
        let params = message["params"].clone();
        if let Some(model) = self.model {
            let known = model.request(method);
            known_params(model, known.filter(|known| known.direction.is_from_server()), message)?;
        }
        self.is_time_for(method)?;
        if let Some(client) = &self.client {
            requests::may_ask(client, self.model, method, &params)?;
            features::params(client, method, &params)?;
        }
        if method == progress::CREATE {
            self.progress.create(&params["token"])?;
        }
        let asked = Call { method: method.to_owned(), params };
        match self.asked.insert(id.to_string(), asked) {
            Some(other) => Err(format!("{} with the id {id} waits for its answer", other.method)),
            None => Ok(()),
        }
    }

    fn notification(&mut self, method: &str, message: &Value) -> Checked {
        only(message, &["jsonrpc", "method", "params"])?;
        let params = &message["params"];
        if let Some(model) = self.model {
            let known = model.notification(method);
            known_params(model, known.filter(|known| known.direction.is_from_server()), message)?;
        }
        self.is_time_for(method)?;
        if method == "$/progress" {
            return self.reported(params);
        }
        match &self.client {
            Some(client) => features::params(client, method, params),
            None => Ok(()),
        }
    }

    /// A progress is about work that the client was told of, or it is a part of a result.
    fn reported(&mut self, params: &Value) -> Checked {
        let (token, value) = (&params["token"], &params["value"]);
        let partial = self
            .sent
            .values()
            .find(|sent| !token.is_null() && sent.params["partialResultToken"] == *token);
        let Some(Call { method, .. }) = partial else {
            let kind = self.progress.reported(token, value)?;
            return match self.model {
                Some(model) => check(model, &kind, value, "params.value"),
                None => Ok(()),
            };
        };
        let Some(model) = self.model else { return Ok(()) };
        match model.request(method).and_then(|known| known.partial_result.as_ref()) {
            Some(kind) => check(model, kind, value, &format!("the partial result of {method}")),
            None => Err(format!("{method} has no partial results")),
        }
    }

    fn is_time_for(&self, method: &str) -> Checked {
        if self.client.is_some() || BEFORE_THE_BEGINNING.contains(&method) {
            return Ok(());
        }
        Err(format!("{method} comes before the answer to initialize"))
    }
}

/// Extensions of our own, and what the base protocol leaves open.
fn is_own(method: &str) -> bool {
    method.starts_with("sforg/") || method.starts_with("$/")
}

fn check(model: &MetaModel, kind: &Type, value: &Value, path: &str) -> Checked {
    model.check(kind, value, path).map_err(|problem| problem.to_string())
}

fn known_params(
    model: &MetaModel,
    known: Option<&crate::meta_model::Message>,
    message: &Value,
) -> Checked {
    let method = message["method"].as_str().unwrap_or_default();
    match known.map(|known| &known.params) {
        Some(Some(kind)) => check(model, kind, &message["params"], "params"),
        Some(None) if message["params"].is_null() => Ok(()),
        Some(None) => Err(format!("{method} has no params")),
        None if is_own(method) => Ok(()),
        None => Err(format!("LSP has no message {method} from a server")),
    }
}

fn is_error(error: &Value) -> Checked {
    only(error, &["code", "message", "data"])?;
    let in_range = error["code"].as_i64().is_some_and(|code| i32::try_from(code).is_ok());
    if in_range && error["message"].is_string() {
        return Ok(());
    }
    Err(format!("{error} is no error"))
}

fn only(value: &Value, names: &[&str]) -> Checked {
    let other = value
        .as_object()
        .and_then(|object| object.keys().find(|name| !names.contains(&name.as_str())));
    match other {
        Some(name) => Err(format!("the message has a member {name:?}")),
        None if value.is_object() => Ok(()),
        None => Err(format!("{value} is no object")),
    }
}

#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod tests;
