//! Waits for what the server says. Every wait ends when the server has been silent for so long that
//! it hangs: a slow machine takes long for many messages, but not for the next one.

use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::Client;
use crate::ending::Received;
use crate::messages::{Published, RpcError, ServerRequest};
use crate::process::Event;

/// How long nothing may come: a guard against hanging, no limit that a slow machine could reach.
/// `SFORG_TEST_DEADLINE` makes it shorter, in seconds, while one works on a test that fails.
pub(crate) fn deadline() -> Duration {
    let seconds = std::env::var("SFORG_TEST_DEADLINE").ok();
    let seconds = seconds.and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(seconds.unwrap_or(300))
}

impl Client {
    /// Sends a request and waits for its answer.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, RpcError> {
        let id = self.send(method, params);
        self.answer(&id)
    }

    /// The same for a request that must succeed.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        match self.request(method, params) {
            Ok(result) => result,
            Err(error) => self.fail(&format!("{method} was answered with an error: {error}")),
        }
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: &Value) -> Result<Value, RpcError> {
        let key = id.to_string();
        let response = self.wait_for(&format!("the answer to request {id}"), |client| {
            let answers = client.answers.get_mut(&key)?;
            let answer = answers.pop_front();
            if answers.is_empty() {
                client.answers.remove(&key);
            }
            answer
        });
        match response.get("error") {
            Some(error) => Err(RpcError::of(error)),
            None => Ok(response["result"].clone()),
        }
    }

    /// Waits for the answer to a request whose body the server may not be able to read: then the
    /// error has no id.
    pub fn answer_or_error_about_nothing(&mut self, id: &Value) -> Result<Value, RpcError> {
        let nothing = Value::Null;
        let answered = self.wait_for("an answer", |client| {
            [id, &nothing].into_iter().find(|id| client.answers.contains_key(&id.to_string()))
        });
        self.answer(answered)
    }

    /// Whether the answer to a request is here already.
    pub fn is_answered(&mut self, id: &Value) -> bool {
        self.take_in_what_is_here();
        self.answers.contains_key(&id.to_string())
    }

    /// Waits for a notification of the server; its params.
    pub fn notification(&mut self, method: &str) -> Value {
        let message = self.message(method, |message| message.get("id").is_none());
        message["params"].clone()
    }

    /// Waits for a request of the server.
    pub fn server_request(&mut self, method: &str) -> ServerRequest {
        let message = self.message(method, |message| message.get("id").is_some());
        ServerRequest { id: message["id"].clone(), params: message["params"].clone() }
    }

    /// Waits for a request of the server and answers it; its params.
    pub fn serve(&mut self, method: &str, result: Value) -> Value {
        let request = self.server_request(method);
        self.reply(&request, result);
        request.params
    }

    /// Waits for `window/showMessage`; its type (1 error, 2 warning, 3 information) and text.
    pub fn shown_message(&mut self) -> (i64, String) {
        let params = self.notification("window/showMessage");
        match (params["type"].as_i64(), params["message"].as_str()) {
            (Some(kind), Some(message)) => (kind, message.to_owned()),
            _ => self.fail(&format!("{params} is no message")),
        }
    }

    /// Waits for the next diagnostics of a document.
    pub fn published(&mut self, uri: &str) -> Published {
        self.published_when(uri, |_| true)
    }

    /// Waits for diagnostics of a document's version. Those of older versions and of the disk are
    /// left out; a version that is newer fails the test.
    pub fn diagnostics(&mut self, uri: &str, version: i64) -> Published {
        let published = self.published_when(uri, |published| {
            published.version.is_some_and(|found| found >= version)
        });
        if published.version != Some(version) {
            self.fail(&format!("{uri} should have version {version}: {published:#?}"));
        }
        published
    }

    /// Waits for diagnostics of a document that are what is wanted; others are left out.
    pub fn published_when(
        &mut self,
        uri: &str,
        mut wanted: impl FnMut(&Published) -> bool,
    ) -> Published {
        loop {
            let message = self.message("textDocument/publishDiagnostics", |message| {
                message["params"]["uri"] == uri
            });
            let published = Published::of(&message["params"]);
            if wanted(&published) {
                return published;
            }
        }
    }

    /// The documents whose diagnostics have come and were not looked at, in order.
    pub fn waiting_diagnostics(&mut self) -> Vec<Published> {
        self.take_in_what_is_here();
        self.inbox
            .iter()
            .map(|received| &received.message)
            .filter(|message| message["method"] == "textDocument/publishDiagnostics")
            .map(|message| Published::of(&message["params"]))
            .collect()
    }

    /// Takes the notifications with this method that have come and were not looked at; their params.
    pub fn take_notifications(&mut self, method: &str) -> Vec<Value> {
        self.take_in_what_is_here();
        let mut taken = Vec::new();
        self.inbox.retain_mut(|Received { message, .. }| {
            let is_wanted = message["method"] == method && message.get("id").is_none();
            if is_wanted {
                taken.push(message["params"].take());
            }
            !is_wanted
        });
        taken
    }

    /// The methods of messages that have come and were not looked at, in order.
    pub fn waiting_methods(&mut self) -> Vec<String> {
        self.take_in_what_is_here();
        let methods = self.inbox.iter().filter_map(|received| received.message["method"].as_str());
        methods.map(str::to_owned).collect()
    }

    fn message(&mut self, method: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        self.wait_for(method, |client| {
            let place = client.inbox.iter().position(|Received { message, .. }| {
                message["method"] == method && wanted(message)
            })?;
            client.inbox.remove(place).map(|received| received.message)
        })
    }

    pub(crate) fn wait_for<T>(
        &mut self,
        what: &str,
        mut look: impl FnMut(&mut Self) -> Option<T>,
    ) -> T {
        loop {
            if let Some(found) = look(self) {
                return found;
            }
            if self.output_ended {
                let code = self.process.exit_code();
                self.fail(&format!(
                    "the server ended (exit code {code:?}) while the test waited for {what}"
                ));
            }
            match self.process.events.recv_timeout(deadline()) {
                Ok(event) => self.take_in(event),
                Err(RecvTimeoutError::Disconnected) => self.output_ended = true,
                Err(RecvTimeoutError::Timeout) => self
                    .fail(&format!("{what} did not come, nor anything else for {:?}", deadline())),
            }
        }
    }

    /// Waits until something that no message announces is true.
    pub fn wait_until(&mut self, what: &str, mut is_so: impl FnMut() -> bool) {
        let until = Instant::now() + deadline();
        while !is_so() {
            if Instant::now() > until {
                self.fail(&format!("{what}: not within {:?}", deadline()));
            }
            std::thread::sleep(crate::process::POLL);
        }
    }

    pub(crate) fn take_in_what_is_here(&mut self) {
        while let Ok(event) = self.process.events.try_recv() {
            self.take_in(event);
        }
    }

    pub(crate) fn take_in(&mut self, event: Event) {
        let message = match event {
            Event::Message(message) => message,
            Event::Garbage(text) => {
                self.output_ended = true;
                self.fail(&format!("not a framed message on standard output: {text}"))
            }
            Event::End => {
                self.output_ended = true;
                return;
            }
        };
        if message["jsonrpc"] != "2.0" {
            self.fail(&format!("not a message of JSON-RPC 2.0: {message}"));
        }
        if let Err(problem) = self.conformance.received(&message) {
            self.fail(&problem);
        }
        let method = message["method"].as_str().unwrap_or_default();
        if let (Some(id), Some(answer)) = (message.get("id"), self.answering.get(method)) {
            let result = answer(&message["params"]);
            self.write(&[json!({"jsonrpc": "2.0", "id": id, "result": result})]);
            return;
        }
        if message.get("method").is_some() {
            self.inbox.push_back(Received { message, is_ending: self.is_ending });
            return;
        }
        let id = message["id"].to_string();
        // An error about something that has no id is an answer to null.
        if !self.unanswered.remove(&id) && id != "null" {
            self.fail(&format!("an answer that nobody asked for: {message}"));
        }
        if message.get("result").is_some() == message.get("error").is_some() {
            self.fail(&format!("neither result nor error, or both: {message}"));
        }
        self.answers.entry(id).or_default().push_back(message);
    }
}
