//! The client, as all of the server sees it: the only way to it, and the gate for every text that a
//! person reads there.
//!
//! What goes out here or in an answer passes [`outgoing`] as a whole, whatever it was put together from:
//! names, paths, settings and answers of servers may be anywhere in it, and editors run what looks like
//! a link to a command in a message.

mod apply_edit;
pub mod jobs;
mod message;
pub mod outgoing;
pub mod own;
pub mod progress;
pub mod running;
mod written;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use lsp_types as lsp;
use lsp_types::notification::{Notification, PublishDiagnostics};
use lsp_types::request::ShowMessageRequest;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tower_lsp::jsonrpc::{ErrorCode, Result};

pub use message::Message;
pub use written::WrittenDiagnostics;

use super::session::{Session, UnaskedQuestions};
use super::transport::spelling;
use running::Running;

/// The client at the other end.
#[derive(Clone, Debug)]
pub struct Client {
    side: tower_lsp::Client,
    /// Messages as the protocol has them.
    to_write: mpsc::Sender<Vec<u8>>,
    /// What it said that it can do.
    pub session: Session,
    /// Work whose progress a person sees and can cancel.
    pub running: Arc<Running>,
}

/// After that time a question is told in a message too; `SFORG_QUESTION_REMINDER=off` never does, `now` at once.
fn soon() -> Option<Duration> {
    match std::env::var("SFORG_QUESTION_REMINDER").as_deref() {
        Ok("off") => None,
        Ok("now") => Some(Duration::ZERO),
        _ => Some(Duration::from_secs(10)),
    }
}

/// After that time nobody will answer any more.
const AT_LAST: Duration = Duration::from_secs(600);
const UNANSWERED: &str =
    "sforg is waiting for your answer. If your editor shows no question, use sforg in a terminal.";

/// What a person answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// One of the answers that were offered.
    Chosen(&'a str),
    /// None of them: the question was closed.
    Dismissed,
    /// The client cannot ask.
    CannotAsk,
}

impl Client {
    /// Takes tower-lsp's side of the connection, and where messages go that are written already.
    pub fn new(side: tower_lsp::Client, session: Session, to_write: mpsc::Sender<Vec<u8>>) -> Self {
        Self { side, to_write, session, running: Arc::default() }
    }

    /// Shows a message (`window/showMessage`).
    pub async fn show(&self, kind: lsp::MessageType, message: impl Into<Message>) {
        self.side.show_message(kind, message.into()).await;
    }

    /// Asks a person (`window/showMessageRequest`), who chooses one of `answers`.
    pub async fn ask<'a>(
        &self,
        kind: lsp::MessageType,
        question: impl Into<Message>,
        answers: &[&'a str],
    ) -> Answer<'a> {
        match self.put(kind, question.into(), answers, HashMap::new()).await {
            Ok(chosen) => chosen.map_or(Answer::Dismissed, |index| Answer::Chosen(answers[index])),
            Err(error) if error.code == ErrorCode::MethodNotFound => Answer::CannotAsk,
            Err(error) => {
                tracing::warn!("window/showMessageRequest: {error}");
                Answer::Dismissed
            }
        }
    }

    /// Puts a question that nobody asked for, about a project. Its answers say so to a client
    /// that keeps it until the person comes to it.
    pub async fn ask_unasked(
        &self,
        project: &lsp::Url,
        question: impl Into<Message>,
        answers: &[String],
    ) -> Option<String> {
        let features = &self.session.client;
        let mut properties = HashMap::new();
        if features.answer_properties && features.unasked_questions == UnaskedQuestions::Kept {
            use lsp::MessageActionItemProperty::{Boolean, String};
            properties.insert("unasked".to_owned(), Boolean(true));
            properties.insert("project".to_owned(), String(project.to_string()));
        }
        let texts: Vec<&str> = answers.iter().map(String::as_str).collect();
        let put = self.put(lsp::MessageType::INFO, question.into(), &texts, properties).await;
        answers.get(put.ok()??).cloned()
    }

    async fn put(
        &self,
        kind: lsp::MessageType,
        question: Message,
        answers: &[&str],
        properties: HashMap<String, lsp::MessageActionItemProperty>,
    ) -> Result<Option<usize>> {
        let shown: Vec<String> = answers.iter().map(|answer| outgoing::line(answer)).collect();
        let actions = shown.iter().map(|title| lsp::MessageActionItem {
            title: title.clone(),
            properties: properties.clone(),
        });
        let params = lsp::ShowMessageRequestParams {
            typ: kind,
            message: question.to_string(),
            actions: Some(actions.collect()),
        };
        let answer = self.answer_to(params).await?;
        Ok(answer.and_then(|item| shown.iter().position(|title| *title == item.title)))
    }

    /// What a client answers to a question. Some show none and never answer, some keep it where nobody looks: a
    /// question that stays unanswered becomes a warning too. A late answer counts all the same.
    async fn answer_to(
        &self,
        params: lsp::ShowMessageRequestParams,
    ) -> Result<Option<lsp::MessageActionItem>> {
        let features = &self.session.client;
        let is_seen = features.own.buttons || features.unasked_questions == UnaskedQuestions::Kept;
        let reminder = format!("{}\n{UNANSWERED}", params.message);
        let answer = self.side.send_request::<ShowMessageRequest>(params);
        let Some(soon) = soon().filter(|_| !is_seen) else { return answer.await };
        tokio::pin!(answer);
        if let Ok(answer) = timeout(soon, &mut answer).await {
            return answer;
        }
        self.side.show_message(lsp::MessageType::WARNING, reminder).await;
        timeout(AT_LAST, answer).await.unwrap_or(Ok(None))
    }

    /// Tells the diagnostics of a file, as soon as the client reads; not from a thread of the runtime. They come
    /// at each key, so tower-lsp does not make a tree of values of them first.
    pub fn publish_diagnostics(
        &self,
        uri: &lsp::Url,
        diagnostics: &WrittenDiagnostics,
        version: Option<i32>,
    ) {
        let method = PublishDiagnostics::METHOD;
        let uri = Value::String(spelling::of_server(uri));
        let diagnostics = diagnostics.as_json();
        let version = version.map(|version| format!(r#","version":{version}"#)).unwrap_or_default();
        let written = format!(
            r#"{{"jsonrpc":"2.0","method":"{method}","params":{{"uri":{uri},"diagnostics":{diagnostics}{version}}}}}"#
        );
        // When nobody writes any more, nobody reads either.
        let _ = self.to_write.blocking_send(written.into_bytes());
    }

    /// Opens a document in the editor. A client that does not is no fault: it is logged.
    pub async fn show_document(&self, params: lsp::ShowDocumentParams) {
        log_refusal("window/showDocument", self.side.show_document(params).await);
    }

    /// Asks for settings.
    ///
    /// # Errors
    /// What the client answered.
    pub async fn configuration(&self, items: Vec<lsp::ConfigurationItem>) -> Result<Vec<Value>> {
        self.side.configuration(items).await
    }

    /// Registers capabilities.
    pub async fn register(&self, registrations: Vec<lsp::Registration>) {
        log_refusal(
            "client/registerCapability",
            self.side.register_capability(registrations).await,
        );
    }

    /// Asks to ask for code lenses again, where the client can.
    pub async fn refresh_code_lenses(&self) {
        if self.session.client.code_lens_refresh {
            log_refusal("workspace/codeLens/refresh", self.side.code_lens_refresh().await);
        }
    }

    /// Asks to ask for inlay hints again.
    pub async fn refresh_inlay_hints(&self) {
        log_refusal("workspace/inlayHint/refresh", self.side.inlay_hint_refresh().await);
    }

    /// Asks to ask for diagnostics again.
    pub async fn refresh_diagnostics(&self) {
        log_refusal("workspace/diagnostic/refresh", self.side.workspace_diagnostic_refresh().await);
    }
}

fn log_refusal<T>(method: &str, answer: Result<T>) {
    if let Err(error) = answer {
        tracing::warn!("{method}: {error}");
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    /// Rust files below a folder, but for those of this module.
    fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path != Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lsp/client") {
                    sources(&path, found);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn nothing_else_speaks_to_the_client() {
        let mut files = Vec::new();
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        sources(&src, &mut files);
        assert!(files.len() > 50, "{files:?}");
        let own = src.join("lsp/client.rs");
        for file in files.iter().filter(|file| **file != own) {
            let text = fs::read_to_string(file).expect("a source file");
            // It carries what comes from here.
            let text = text.replace("tower_lsp::ClientSocket", "");
            for raw in [
                "tower_lsp::Client",
                "send_request",
                "send_notification",
                "show_message(",
                "log_message(",
                "ShowMessage",
                "LogMessage",
            ] {
                assert!(!text.contains(raw), "{}: {raw} is for lsp/client", file.display());
            }
            let imports = text.split("use tower_lsp::").skip(1);
            for import in imports.map(|rest| rest.split(';').next().unwrap_or("")) {
                let names = import.split(|c: char| !c.is_alphanumeric());
                let is_client = names.into_iter().any(|name| name == "Client");
                assert!(!is_client, "{}: use tower_lsp::{import}", file.display());
            }
        }
    }
}
