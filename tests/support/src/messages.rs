//! What comes from the server, typed as far as tests look at it.

use std::fmt;

use serde_json::Value;

use crate::positions::Range;

/// Error codes of JSON-RPC and LSP.
pub mod code {
    /// The body is no JSON.
    pub const PARSE_ERROR: i64 = -32700;
    /// The JSON is no request, or the request does not fit the state.
    pub const INVALID_REQUEST: i64 = -32600;
    /// No such method.
    pub const METHOD_NOT_FOUND: i64 = -32601;
    /// The params do not fit.
    pub const INVALID_PARAMS: i64 = -32602;
    /// The server failed.
    pub const INTERNAL_ERROR: i64 = -32603;
    /// A request before `initialize`.
    pub const SERVER_NOT_INITIALIZED: i64 = -32002;
    /// The client cancelled the request.
    pub const REQUEST_CANCELLED: i64 = -32800;
}

/// An answer that is an error.
#[derive(Clone, Debug, PartialEq)]
pub struct RpcError {
    /// One of [`code`].
    pub code: i64,
    /// For people.
    pub message: String,
}

impl RpcError {
    pub(crate) fn of(value: &Value) -> Self {
        let code = value["code"].as_i64();
        let message = value["message"].as_str();
        match (code, message) {
            (Some(code), Some(message)) => Self { code, message: message.to_owned() },
            _ => panic!("{value} is not an error of JSON-RPC"),
        }
    }
}

impl fmt::Display for RpcError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code)
    }
}

/// A request of the server that waits for the test's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerRequest {
    /// To answer it.
    pub id: Value,
    /// Its params; null when there are none.
    pub params: Value,
}

/// One diagnostic.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule.
    pub code: String,
    /// 1 error, 2 warning, 3 information, 4 hint.
    pub severity: i64,
    /// Where.
    pub range: Range,
    /// What, in words.
    pub message: String,
    /// All of it.
    pub json: Value,
}

impl Diagnostic {
    /// Reads one.
    ///
    /// # Panics
    /// It is none of ours.
    pub fn of(value: &Value) -> Self {
        let text = |name: &str| {
            let text = value[name].as_str();
            text.unwrap_or_else(|| panic!("{value} has no {name}")).to_owned()
        };
        assert_eq!(value["source"], "sforg", "{value}");
        Self {
            code: text("code"),
            severity: value["severity"].as_i64().unwrap_or(0),
            range: Range::of(&value["range"]),
            message: text("message"),
            json: value.clone(),
        }
    }
}

/// A `textDocument/publishDiagnostics`.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The document.
    pub uri: String,
    /// The version that the diagnostics were computed from; `None` for what is on the disk.
    pub version: Option<i64>,
    /// All of the document's.
    pub diagnostics: Vec<Diagnostic>,
}

impl Published {
    /// Reads the params of one.
    ///
    /// # Panics
    /// They are none.
    pub fn of(params: &Value) -> Self {
        let uri = params["uri"].as_str();
        let list = params["diagnostics"].as_array();
        let (Some(uri), Some(list)) = (uri, list) else {
            panic!("{params} are no published diagnostics");
        };
        Self {
            uri: uri.to_owned(),
            version: params["version"].as_i64(),
            diagnostics: list.iter().map(Diagnostic::of).collect(),
        }
    }

    /// Whether a rule has a finding.
    pub fn has(&self, code: &str) -> bool {
        self.diagnostics.iter().any(|found| found.code == code)
    }

    /// The only finding of a rule.
    pub fn only(&self, code: &str) -> &Diagnostic {
        let found: Vec<_> = self.all(code).collect();
        match found[..] {
            [diagnostic] => diagnostic,
            _ => panic!("{} findings of {code} in {:#?}", found.len(), self.diagnostics),
        }
    }

    /// The findings of a rule.
    pub fn all<'a>(&'a self, code: &str) -> impl Iterator<Item = &'a Diagnostic> {
        let code = code.to_owned();
        self.diagnostics.iter().filter(move |found| found.code == code)
    }

    /// The rules that have findings, sorted, each as often as it has some.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<_> = self.diagnostics.iter().map(|d| d.code.as_str()).collect();
        codes.sort_unstable();
        codes
    }
}
