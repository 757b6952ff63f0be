//! The client: what it has sent and received so far.

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::conformance::Conformance;
use crate::ending::Received;
use crate::frames::{frame, frame_text};
use crate::messages::ServerRequest;
use crate::positions::Encoding;
use crate::process::Process;
use crate::transcript::{Direction, Transcript};

/// A client with its server. It is used from one thread; messages are read and written on others.
///
/// Five minutes of waiting without any message, a second answer to a request and anything but framed
/// messages on standard output fail the test and print what was said, as does a message that LSP
/// does not allow. So does, when the client is
/// dropped, a message of the server that the test did not look at (see [`Client::allow`]), an exit
/// code other than 0 and a panic of the server. What the server still tells of work that `shutdown`
/// ends may be left.
pub struct Client {
    pub(crate) process: Process,
    pub(crate) transcript: Transcript,
    /// The server's home; removed in the end.
    _home: TempDir,
    initialize_params: Value,
    pub(crate) encoding: Encoding,
    /// Looks at every message of the server.
    pub(crate) conformance: Conformance,
    next_id: i64,
    /// Ids of requests without an answer.
    pub(crate) unanswered: HashSet<String>,
    /// Answers that nobody has looked at.
    pub(crate) answers: HashMap<String, VecDeque<Value>>,
    /// Requests and notifications of the server that nobody has looked at.
    pub(crate) inbox: VecDeque<Received>,
    /// How requests of the server are answered that the test does not look at.
    pub(crate) answering: HashMap<String, fn(&Value) -> Value>,
    /// Methods whose messages may be left.
    pub(crate) allowed: HashSet<String>,
    pub(crate) errors_about_nothing_allowed: bool,
    pub(crate) panics_allowed: bool,
    /// `shutdown` was sent.
    pub(crate) is_ending: bool,
    pub(crate) output_ended: bool,
    pub(crate) finished: bool,
}

impl Client {
    pub(crate) fn new(
        process: Process,
        transcript: Transcript,
        home: TempDir,
        initialize_params: Value,
        encoding: Encoding,
    ) -> Self {
        Self {
            process,
            transcript,
            _home: home,
            initialize_params,
            encoding,
            conformance: Conformance::new(),
            next_id: 1,
            unanswered: HashSet::new(),
            answers: HashMap::new(),
            inbox: VecDeque::new(),
            answering: HashMap::new(),
            allowed: HashSet::new(),
            errors_about_nothing_allowed: false,
            panics_allowed: false,
            is_ending: false,
            output_ended: false,
            finished: false,
        }
    }

    /// The params for `initialize` that the setup describes.
    pub fn initialize_params(&self) -> &Value {
        &self.initialize_params
    }

    /// The unit of positions that was agreed on.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Says `initialize` and `initialized`; the answer to the former.
    pub fn begin(&mut self) -> Value {
        let params = self.initialize_params.clone();
        let result = self.ask("initialize", params);
        self.notify("initialized", json!({}));
        result
    }

    /// Messages with this method may come without the test looking at them.
    pub fn allow(&mut self, method: &str) {
        self.allowed.insert(method.to_owned());
    }

    /// Requests of the server with this method are answered as they come, from their params; the
    /// test does not look at them.
    pub fn answer_always(&mut self, method: &str, result: fn(&Value) -> Value) {
        self.answering.insert(method.to_owned(), result);
    }

    /// Drops the messages with this method that have come and were not looked at. What is allowed
    /// piles up in a long session, and every wait looks through the pile.
    pub fn forget(&mut self, method: &str) {
        self.take_in_what_is_here();
        self.inbox.retain(|received| received.message["method"] != method);
    }

    /// Errors that answer no request may come without the test looking at them.
    pub fn allow_errors_about_nothing(&mut self) {
        self.errors_about_nothing_allowed = true;
    }

    /// The server may write about a panic to standard error.
    pub fn allow_panics(&mut self) {
        self.panics_allowed = true;
    }

    /// Sends a request; its id, for [`Client::answer`].
    pub fn send(&mut self, method: &str, params: Value) -> Value {
        let (id, message) = self.request_message(method, params);
        self.write(&[message]);
        id
    }

    /// A request that is not sent yet: its id and message, for [`Client::write`].
    pub fn request_message(&mut self, method: &str, params: Value) -> (Value, Value) {
        let id = json!(self.next_id);
        self.next_id += 1;
        self.unanswered.insert(id.to_string());
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        (id, message)
    }

    /// Announces a request with an id of the test's own, for [`Client::answer`].
    pub fn expect_answer_to(&mut self, id: Value) -> Value {
        self.unanswered.insert(id.to_string());
        id
    }

    /// Sends a notification.
    pub fn notify(&mut self, method: &str, params: Value) {
        self.write(&[notification(method, params)]);
    }

    /// Answers a request of the server.
    pub fn reply(&mut self, request: &ServerRequest, result: Value) {
        self.write(&[json!({"jsonrpc": "2.0", "id": request.id, "result": result})]);
    }

    /// Answers a request of the server with an error.
    pub fn reply_error(&mut self, request: &ServerRequest, code: i64, message: &str) {
        let error = json!({"code": code, "message": message});
        self.write(&[json!({"jsonrpc": "2.0", "id": request.id, "error": error})]);
    }

    /// Writes messages at once.
    pub fn write(&mut self, messages: &[Value]) {
        let mut bytes = Vec::new();
        for message in messages {
            if message["method"] == "shutdown" {
                self.take_in_what_is_here();
                self.is_ending = true;
            }
            self.conformance.sent(message);
            self.transcript.add(Direction::ToServer, message.to_string());
            bytes.extend(frame(message));
        }
        self.process.write(bytes);
    }

    /// Writes a frame around any text.
    pub fn write_body(&mut self, body: &str) {
        self.write_bytes(frame_text(body));
    }

    /// Writes bytes as they are.
    pub fn write_bytes(&mut self, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        self.transcript.add(Direction::ToServer, shown);
        self.process.write(bytes);
    }

    /// Everything that went one way so far, each message or line as its text.
    pub fn transcript(&self, direction: Direction) -> Vec<String> {
        self.transcript.texts(direction)
    }

    /// Fails the test with everything that was said.
    pub fn fail(&self, why: &str) -> ! {
        panic!("{why}\n{}", self.transcript.shown());
    }
}

/// A notification's message, for [`Client::write`].
pub fn notification(method: &str, params: Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}
