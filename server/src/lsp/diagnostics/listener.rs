//! Who is told of diagnostics.

use std::path::PathBuf;
use std::sync::Arc;

use lsp_types as lsp;
use tokio::runtime::Handle;

use crate::lsp::client::Client;
use crate::lsp::files::walk;
use crate::lsp::refactor::project::project_file_of;
use crate::lsp::refactor::upgrade_prompt;
use crate::lsp::state::State;

/// What the worker says, and to whom.
pub trait Listener: Send {
    /// These are the diagnostics of a file; a version belongs to an open document.
    fn publish(&mut self, uri: lsp::Url, diagnostics: Vec<lsp::Diagnostic>, version: Option<i32>);
    /// A client that asks should ask again: for diagnostics, for inlay hints.
    fn refresh(&mut self, diagnostics: bool, hints: bool);
    /// The findings of an open document are told.
    fn looked_at_open(&mut self, id: &str);
    /// The files below a folder outside of the workspace count now.
    fn walk(&mut self, folder: PathBuf);
}

/// The client at the other end.
pub struct ClientListener {
    client: Client,
    state: Arc<State>,
    runtime: Handle,
}

impl ClientListener {
    /// Must be called on the runtime.
    pub fn new(client: Client, state: Arc<State>) -> Self {
        Self { client, state, runtime: Handle::current() }
    }
}

impl Listener for ClientListener {
    fn publish(&mut self, uri: lsp::Url, diagnostics: Vec<lsp::Diagnostic>, version: Option<i32>) {
        self.runtime.block_on(self.client.publish_diagnostics(uri, diagnostics, version));
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
        let is_new = project_file_of(&self.state, id)
            .is_some_and(|project| !self.state.asked_projects.contains(&project));
        if is_new {
            let (client, state) = (self.client.clone(), Arc::clone(&self.state));
            let id = id.to_owned();
            self.runtime.spawn(async move { upgrade_prompt::ask(&client, &state, &id).await });
        }
    }

    fn walk(&mut self, folder: PathBuf) {
        walk::start(&self.state, vec![folder]);
    }
}
