//! `workspace/configuration`, asked and answered, and `workspace/didChangeConfiguration`

use lsp_types as lsp;
use serde_json::Value;

use crate::lsp::client::Client;
use crate::lsp::diagnostics::Diagnostics;
use crate::lsp::session::configuration::{Configuration, SECTION};

/// Asks the client for its settings and takes them.
pub async fn ask(client: &Client, diagnostics: &Diagnostics) {
    let settings = &client.session.settings;
    let _in_order = settings.asking.lock().await;
    let item = lsp::ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    match client.configuration(vec![item]).await {
        Ok(answers) => take(client, diagnostics, answers.first().unwrap_or(&Value::Null)).await,
        Err(error) => tracing::warn!("workspace/configuration: {error}"),
    }
    settings.are_known();
}

/// Takes the section as the client sent it.
pub async fn take(client: &Client, diagnostics: &Diagnostics, section: &Value) {
    let (configuration, problems) = Configuration::of(section);
    let settings = &client.session.settings;
    if settings.set_configuration(configuration) {
        diagnostics.queue_all();
    }
    for problem in settings.new_problems(problems) {
        client.show(lsp::MessageType::WARNING, problem).await;
    }
}
