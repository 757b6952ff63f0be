//! An answer and the way it is delivered.

use std::time::Duration;

use crate::raw::Step;

/// One HTTP answer, whole in memory.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// A word or two for the request log. Never holds a credential.
    pub note: String,
}

/// Content type of JSON answers, as Salesforce writes it.
pub(crate) const JSON: &str = "application/json;charset=UTF-8";
/// Content type of SOAP answers.
pub(crate) const SOAP: &str = "text/xml; charset=UTF-8";
/// Content type of REST answers in XML.
pub(crate) const XML: &str = "application/xml;charset=UTF-8";
/// Content type of pages.
pub(crate) const HTML: &str = "text/html;charset=UTF-8";

impl Answer {
    /// An answer; an empty content type means that the header is left out.
    pub fn new(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut headers = Vec::new();
        if !content_type.is_empty() {
            headers.push(("Content-Type".to_owned(), content_type.to_owned()));
        }
        Self { status, headers, body: body.into(), note: String::new() }
    }

    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, JSON, value.to_string())
    }

    pub fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::new(status, "text/plain; charset=utf-8", body)
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    /// The head as HTTP/1.1 bytes, without any `Content-Length`.
    pub fn head(&self, extra: &str) -> Vec<u8> {
        let reason = hyper::StatusCode::from_u16(self.status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Unknown");
        let mut head = format!("HTTP/1.1 {} {reason}\r\n", self.status);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(extra);
        head.push_str("Connection: close\r\n\r\n");
        head.into_bytes()
    }

    /// The head with a `Content-Length` that is true.
    pub fn head_with_length(&self) -> Vec<u8> {
        self.head(&format!("Content-Length: {}\r\n", self.body.len()))
    }
}

/// An answer with its delivery.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub answer: Answer,
    pub delivery: Delivery,
}

/// How an answer reaches the client.
#[derive(Debug, Clone)]
pub(crate) enum Delivery {
    /// As any server sends it.
    Normal,
    /// As any server sends it, after a pause.
    After(Duration),
    /// Not by the HTTP library: these steps are played on the connection itself.
    Raw(Vec<Step>),
}

impl Reply {
    /// A reply that is played on the connection; `note` is for the request log.
    pub fn raw(note: impl Into<String>, steps: Vec<Step>) -> Self {
        Self { answer: Answer::new(0, "", "").note(note), delivery: Delivery::Raw(steps) }
    }
}

impl From<Answer> for Reply {
    /// A status that HTTP does not have stands for a connection that fails.
    fn from(answer: Answer) -> Self {
        let delivery = match answer.status {
            200..=999 => Delivery::Normal,
            _ => Delivery::Raw(vec![Step::Reset]),
        };
        Self { answer, delivery }
    }
}
