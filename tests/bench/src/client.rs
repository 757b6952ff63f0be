//! An LSP client that knows whether what it is told is about the text that it has sent.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::connection::{Connection, Message, frame};
use crate::document::Document;
use crate::outcome::Outcome;
use crate::probe::Probe;
use crate::profile::{Profile, Programs};
use crate::resources::Resources;

/// Diagnostics of a document.
#[derive(Debug, Clone)]
pub struct Report {
    pub arrived: Instant,
    /// The version that the server says it is about.
    pub version: Option<i64>,
    pub diagnostics: Vec<Value>,
}

/// When the last report came, and the diagnostics of every document by its address.
pub type Published = (Instant, Vec<(String, Vec<Value>)>);

/// A client and its server.
pub struct Client<'a> {
    pub profile: &'a Profile,
    connection: Connection,
    uri: String,
    next_id: u64,
    capabilities: Value,
    registered: HashSet<String>,
    /// The last that was published, by document.
    published: HashMap<String, Report>,
    answers: HashMap<u64, Message>,
    /// What could not be written while another thread was writing.
    unsent: Vec<u8>,
}

impl<'a> Client<'a> {
    /// Starts the server and initializes it.
    pub fn start(profile: &'a Profile, programs: &Programs, workspace: &Path) -> Outcome<Self> {
        let mut command = profile.command(programs, workspace)?;
        let uri = format!("file://{}", workspace.display());
        let connection = Connection::start(&mut command, workspace)?;
        let mut client = Self {
            profile,
            connection,
            uri,
            next_id: 0,
            capabilities: Value::Null,
            registered: HashSet::new(),
            published: HashMap::new(),
            answers: HashMap::new(),
            unsent: Vec::new(),
        };
        client.initialize()?;
        Ok(client)
    }

    fn initialize(&mut self) -> Outcome<()> {
        let params = json!({
            "processId": std::process::id(),
            "clientInfo": {"name": "sforg benchmark"},
            "rootUri": self.uri,
            "workspaceFolders": [{"uri": self.uri, "name": "workspace"}],
            "capabilities": crate::capabilities::of_client(self.profile.pull),
            "initializationOptions": self.profile.placed(&self.profile.options, &self.uri),
        });
        let answer = self.request("initialize", params)?;
        self.capabilities = answer.body["result"]["capabilities"].clone();
        self.notify("initialized", json!({}))?;
        if !self.profile.settings.is_null() {
            let settings = self.profile.placed(&self.profile.settings, &self.uri);
            self.notify("workspace/didChangeConfiguration", json!({"settings": settings}))?;
        }
        for (method, params) in &self.profile.notifications {
            self.notify(method, self.profile.placed(params, &self.uri))?;
        }
        Ok(())
    }

    /// Before the process was started.
    pub fn spawned(&self) -> Instant {
        self.connection.spawned
    }

    /// The address of a document by its name without extension, such as `docs/small`.
    pub fn uri(&self, name: &str) -> String {
        format!("{}/{name}.{}", self.uri, self.profile.extension)
    }

    /// What the server uses.
    pub fn resources(&self) -> Resources {
        self.connection.resources()
    }

    /// Whether the server says that it answers a method, by its member of the capabilities.
    pub fn provides(&self, provider: &str, method: &str) -> bool {
        let provider = &self.capabilities[provider];
        !(provider.is_null() || provider == &Value::Bool(false)) || self.registered.contains(method)
    }

    /// The bytes of a notification.
    pub fn notification(method: &str, params: Value) -> Vec<u8> {
        frame(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    fn notify(&mut self, method: &str, params: Value) -> Outcome<()> {
        self.connection.send(&Self::notification(method, params))
    }

    /// The bytes of a request, and its id.
    pub fn prepare(&mut self, method: &str, params: Value) -> (u64, Vec<u8>) {
        self.next_id += 1;
        let id = self.next_id;
        let mut request = json!({"jsonrpc": "2.0", "id": id, "method": method});
        // Some servers refuse params where there should be none.
        if !params.is_null() {
            request["params"] = params;
        }
        (id, frame(&request))
    }

    /// Writes what is ready; gives the time before that.
    pub fn send(&mut self, bytes: &[u8]) -> Outcome<Instant> {
        let before = Instant::now();
        self.connection.send(bytes)?;
        Ok(before)
    }

    /// Writes much while what comes is read, until `is_enough`. Gives the time before.
    pub fn send_much(
        &mut self,
        bytes: &[u8],
        mut is_enough: impl FnMut(&mut HashMap<u64, Message>, &HashMap<String, Report>) -> bool,
    ) -> Outcome<Instant> {
        let before = Instant::now();
        let Self { connection, answers, published, registered, unsent, uri, profile, .. } = self;
        connection.send_while_reading(bytes, |message| {
            let mut inbox = Inbox { answers, published, registered, unsent, uri, profile };
            inbox.take(message);
            Ok(is_enough(inbox.answers, inbox.published))
        })?;
        let unsent = std::mem::take(&mut self.unsent);
        self.connection.send(&unsent)?;
        Ok(before)
    }

    /// Sends a request and waits for the answer.
    pub fn request(&mut self, method: &str, params: Value) -> Outcome<Message> {
        let (id, bytes) = self.prepare(method, params);
        self.send(&bytes)?;
        self.answer(id)
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: u64) -> Outcome<Message> {
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return match answer.body.get("error") {
                    Some(error) => Err(format!("{}: {error}", self.profile.name).into()),
                    None => Ok(answer),
                };
            }
            self.read()?;
        }
    }

    /// Reads one message.
    fn read(&mut self) -> Outcome<()> {
        let message = self.connection.receive()?;
        let Self { answers, published, registered, unsent, uri, profile, .. } = self;
        Inbox { answers, published, registered, unsent, uri, profile }.take(message);
        if !self.unsent.is_empty() {
            let unsent = std::mem::take(&mut self.unsent);
            self.connection.send(&unsent)?;
        }
        Ok(())
    }

    /// The bytes that open a document.
    pub fn opening(&self, document: &Document) -> Vec<u8> {
        let item = json!({
            "uri": document.uri,
            "languageId": self.profile.language,
            "version": document.version,
            "text": document.text(),
        });
        Self::notification("textDocument/didOpen", json!({"textDocument": item}))
    }

    /// The bytes that tell a change, after it was made.
    pub fn changing(&self, document: &Document, change: Value) -> Vec<u8> {
        let whole = || json!({"text": document.text()});
        let change = if self.takes_changes() { change } else { whole() };
        let params = json!({
            "textDocument": {"uri": document.uri, "version": document.version},
            "contentChanges": [change],
        });
        Self::notification("textDocument/didChange", params)
    }

    fn takes_changes(&self) -> bool {
        let sync = &self.capabilities["textDocumentSync"];
        sync.as_u64().or_else(|| sync["change"].as_u64()) == Some(2)
    }

    /// Closes a document.
    pub fn close(&mut self, document: &Document) -> Outcome<()> {
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": document.uri}}))
    }

    /// The bytes that ask for a document's diagnostics.
    pub fn asking(&mut self, uri: &str) -> (u64, Vec<u8>) {
        self.prepare("textDocument/diagnostic", json!({"textDocument": {"uri": uri}}))
    }

    /// Waits for the diagnostics of the document as it is now: `asked` is the request for them, which a
    /// client that is told has none of. Without a version what is published is taken when it agrees with
    /// the probe, or when there is none.
    pub fn diagnostics(
        &mut self,
        document: &Document,
        asked: Option<u64>,
        since: Instant,
        expected: Option<&[(u64, u64)]>,
        line: usize,
    ) -> Outcome<Report> {
        if let Some(id) = asked {
            let answer = self.answer(id)?;
            let items = answer.body["result"]["items"].as_array().cloned().unwrap_or_default();
            return Ok(Report { arrived: answer.arrived, version: None, diagnostics: items });
        }
        loop {
            if let Some(report) = self.published.get(&document.uri) {
                let is_new = report.arrived >= since;
                let is_this = match (report.version, expected) {
                    (Some(version), _) => version >= i64::from(document.version),
                    (None, Some(expected)) => Probe::marks(&report.diagnostics, line) == expected,
                    (None, None) => true,
                };
                if is_new && is_this {
                    return Ok(report.clone());
                }
            }
            self.read()?;
        }
    }

    /// Opens the document and waits for its first diagnostics.
    pub fn open(&mut self, document: &Document) -> Outcome<Report> {
        let mut bytes = self.opening(document);
        let asked = self.profile.pull.then(|| {
            let (id, asking) = self.asking(&document.uri);
            bytes.extend(asking);
            id
        });
        let since = self.send(&bytes)?;
        self.diagnostics(document, asked, since, None, 0)
    }

    /// The document's diagnostics when the server has come to rest.
    pub fn settled(&mut self, document: &Document) -> Outcome<Vec<Value>> {
        if self.profile.pull {
            let (id, bytes) = self.asking(&document.uri);
            let since = self.send(&bytes)?;
            return Ok(self.diagnostics(document, Some(id), since, None, 0)?.diagnostics);
        }
        // What the server said before is there when it answers; what it says of itself takes a moment.
        let rest = Duration::from_millis(self.profile.rest_ms);
        std::thread::sleep(rest);
        self.catch_up(document)?;
        let report = self.published.get(&document.uri);
        Ok(report.map(|report| report.diagnostics.clone()).unwrap_or_default())
    }

    /// Reads all that the server has said up to an answer that is asked for now.
    pub fn catch_up(&mut self, document: &Document) -> Outcome<()> {
        let params =
            json!({"textDocument": {"uri": document.uri}, "position": {"line": 0, "character": 0}});
        // A refusal is an answer, too.
        let (id, bytes) = self.prepare("textDocument/hover", params);
        self.send(&bytes)?;
        while self.answers.remove(&id).is_none() {
            self.read()?;
        }
        Ok(())
    }

    /// Reads until something with a finding was published of each: when the last one came, and all reports.
    pub fn until_published(&mut self, uris: &[String]) -> Outcome<Published> {
        let mut last = self.spawned();
        for uri in uris {
            while self.published.get(uri).is_none_or(|report| report.diagnostics.is_empty()) {
                self.read()?;
            }
            last = self.published.get(uri).map_or(last, |report| last.max(report.arrived));
        }
        let reports = self.published.iter();
        Ok((last, reports.map(|(uri, said)| (uri.clone(), said.diagnostics.clone())).collect()))
    }

    /// Ends the server in order.
    pub fn stop(mut self) -> Outcome<()> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", Value::Null)?;
        self.connection.wait();
        self.connection.end();
        Ok(())
    }
}

/// Where what comes is put.
struct Inbox<'a> {
    answers: &'a mut HashMap<u64, Message>,
    published: &'a mut HashMap<String, Report>,
    registered: &'a mut HashSet<String>,
    unsent: &'a mut Vec<u8>,
    uri: &'a str,
    profile: &'a Profile,
}

impl Inbox<'_> {
    fn take(&mut self, message: Message) {
        let body = &message.body;
        match (body["method"].as_str(), body.get("id")) {
            (Some(method), Some(id)) => {
                let result = self.answer_to(method, &body["params"]);
                let answer = json!({"jsonrpc": "2.0", "id": id, "result": result});
                self.unsent.extend(frame(&answer));
            }
            (Some("textDocument/publishDiagnostics"), None) => {
                let params = &body["params"];
                let uri = params["uri"].as_str().unwrap_or_default().to_owned();
                let diagnostics = params["diagnostics"].as_array().cloned().unwrap_or_default();
                let version = params["version"].as_i64();
                let report = Report { arrived: message.arrived, version, diagnostics };
                self.published.insert(uri, report);
            }
            (None, Some(id)) => {
                if let Some(id) = id.as_u64() {
                    self.answers.insert(id, message);
                }
            }
            _ => {}
        }
    }

    fn answer_to(&mut self, method: &str, params: &Value) -> Value {
        match method {
            "workspace/configuration" => {
                let settings = self.profile.placed(&self.profile.settings, self.uri);
                let items = params["items"].as_array().into_iter().flatten();
                let setting = |item: &Value| {
                    let section = item["section"].as_str().unwrap_or_default();
                    section
                        .split('.')
                        .filter(|name| !name.is_empty())
                        .fold(&settings, |settings, name| &settings[name])
                        .clone()
                };
                items.map(setting).collect()
            }
            "client/registerCapability" => {
                let all = params["registrations"].as_array().into_iter().flatten();
                let methods = all.filter_map(|one| one["method"].as_str());
                self.registered.extend(methods.map(str::to_owned));
                Value::Null
            }
            "workspace/applyEdit" => json!({"applied": false}),
            _ => Value::Null,
        }
    }
}
