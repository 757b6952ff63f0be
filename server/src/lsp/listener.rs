//! The diagnostics thread speaks to the client.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types as lsp;
use tokio::runtime::Handle;

use super::client::{Client, WrittenDiagnostics};
use super::diagnostics::listener::Listener;
use super::diagnostics::{Diagnostics, walk};
use super::logins::Logins;
use super::refactor::upgrade_prompt::UpgradePrompt;

/// The client at the other end.
pub struct ClientListener {
    client: Client,
    diagnostics: Arc<Diagnostics>,
    prompt: Arc<UpgradePrompt>,
    runtime: Handle,
}

impl ClientListener {
    /// Must be called on the runtime.
    pub fn new(logins: &Arc<Logins>) -> Self {
        let prompt = UpgradePrompt::new(Arc::clone(logins));
        let (client, diagnostics) = (logins.client.clone(), Arc::clone(&logins.diagnostics));
        Self { client, diagnostics, prompt: Arc::new(prompt), runtime: Handle::current() }
    }
}

impl Listener for ClientListener {
    fn publish(&mut self, uri: &lsp::Url, found: &WrittenDiagnostics, version: Option<i32>) {
        self.client.publish_diagnostics(uri, found, version);
    }

    fn refresh(&mut self, diagnostics: bool, hints: bool) {
        let client = self.client.clone();
        self.runtime.spawn(async move {
            if diagnostics {
                client.refresh_diagnostics().await;
            }
            if hints {
                client.refresh_inlay_hints().await;
            }
        });
    }

    /// Its project may use a previous version.
    fn looked_at_open(&mut self, id: &str) {
        if std::env::var("SFORG_UPGRADE_PROMPT").as_deref() == Ok("off") {
            return;
        }
        if self.prompt.is_due(id) {
            let (prompt, id) = (Arc::clone(&self.prompt), id.to_owned());
            self.runtime.spawn(async move { prompt.ask(&id).await });
        }
    }

    fn walk(&mut self, folder: PathBuf) {
        walk::start(&self.diagnostics, vec![folder]);
    }
}
