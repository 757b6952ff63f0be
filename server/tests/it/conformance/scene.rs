//! A workspace where every request has something to find.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use test_support::{Client, Direction, Position, Range, Setup, Workspace, basic_org};

/// An org that inherits its version, says where its schema is, and is not indented well.
const TEXT: &str = r#"{
  "$schema": "https://example.com/org.schema.json",
  "name": "Acme",
      "sandbox": false,
  "auth": {
    "type": "basic",
    "username": "integration@acme.example.com",
    "password": "${env:ACME_PASSWORD}"
  }
}
"#;

/// A session with one open document.
pub struct Scene {
    /// The client.
    pub server: Client,
    /// What the answer to `initialize` offers.
    pub capabilities: Value,
    /// The open document.
    pub uri: String,
    _workspace: Workspace,
}

impl Scene {
    /// Begins a session of a client with these capabilities.
    pub fn new(capabilities: &Value) -> Self {
        let workspace = Workspace::new();
        let uri = workspace.write("orgs/acme.sforg.json", TEXT);
        workspace.write("orgs/beta.sforg.json", basic_org("Beta", &[]));
        workspace.write("sforg-project.json", "{\n  \"apiVersion\": \"61.0\"\n}\n");
        workspace.write(".env", "ACME_PASSWORD=not-a-real-password\n");
        let setup = Setup::new().folder(&workspace).param("capabilities", capabilities.clone());
        let mut server = setup.spawn();
        for method in ["textDocument/publishDiagnostics", "window/showMessage", "window/logMessage"]
        {
            server.allow(method);
        }
        server.answer_always("client/registerCapability", |_| Value::Null);
        server.answer_always("client/unregisterCapability", |_| Value::Null);
        server.answer_always("workspace/applyEdit", |_| json!({"applied": true}));
        server.answer_always("workspace/configuration", |params| {
            params["items"].as_array().into_iter().flatten().map(|_| Value::Null).collect()
        });
        for name in ["diagnostic", "codeLens", "inlayHint", "semanticTokens"] {
            server.answer_always(&format!("workspace/{name}/refresh"), |_| Value::Null);
        }
        let capabilities = server.begin()["capabilities"].clone();
        server.open(&uri, 1, TEXT);
        wait_for_orgs(&mut server, 2);
        Self { server, capabilities, uri, _workspace: workspace }
    }

    /// The position of a text's second character.
    pub fn at(&self, text: &str) -> Position {
        Range::of_text(TEXT, text, self.server.encoding()).start_inside()
    }

    /// Params about the document.
    pub fn document(&self) -> Value {
        json!({"textDocument": {"uri": self.uri}})
    }

    /// Params about a text in it.
    pub fn place(&self, text: &str) -> Value {
        Client::at(&self.uri, self.at(text))
    }

    /// Params about a range: all of it.
    pub fn whole(&self) -> Value {
        let range = Range::new(Position::new(0, 0), Position::new(10, 0));
        json!({"textDocument": {"uri": self.uri}, "range": range.json()})
    }

    /// The methods that the server has registered so far.
    pub fn registered(&self) -> HashSet<String> {
        let messages = self.server.transcript(Direction::FromServer);
        let messages = messages.iter().filter_map(|text| serde_json::from_str::<Value>(text).ok());
        let lists = messages.filter_map(|message| {
            message.pointer("/params/registrations").and_then(Value::as_array).cloned()
        });
        let methods = lists.flatten().filter_map(|one| Some(one["method"].as_str()?.to_owned()));
        methods.collect()
    }
}

/// Waits until the server has found so many orgs; by then it knows their project too.
fn wait_for_orgs(server: &mut Client, count: usize) {
    let until = Instant::now() + Duration::from_secs(600);
    loop {
        let found = server.ask("workspace/symbol", json!({"query": ""}));
        if found.as_array().is_some_and(|found| found.len() == count) {
            return;
        }
        assert!(Instant::now() < until, "{found}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Members of one value and another's.
pub fn with(mut value: Value, more: Value) -> Value {
    if let (Some(value), Some(more)) = (value.as_object_mut(), more.as_object()) {
        value.extend(more.clone());
    }
    value
}
