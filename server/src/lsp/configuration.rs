//! The client's settings (`workspace/configuration`, section `sforg`).
//!
//! They may come from the workspace, so nothing is read from them that says where credentials go:
//! no login hosts, no proxy, no certificates.

use std::sync::Arc;

use lsp_types as lsp;
use org_schema::ApiVersion;
use serde_json::Value;

use super::client::Client;
use super::state::State;

/// The section of the client's settings.
pub const SECTION: &str = "sforg";

/// What the client's settings say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Configuration {
    /// `upgradePrompt`: whether the server asks about an upgrade when a project is opened.
    pub upgrade_prompt: bool,
    /// `newestApiVersion`: the newest API version that can be used, for people who know better than
    /// the tables.
    pub newest_api_version: Option<ApiVersion>,
}

impl Default for Configuration {
    fn default() -> Self {
        Self { upgrade_prompt: true, newest_api_version: None }
    }
}

impl Configuration {
    /// Reads the section. What can be used counts; the rest is a problem, in words that say what to
    /// do and do not repeat the value: a workspace may have chosen it. Settings of the client itself stand in the same section, so unknown ones are not.
    pub fn of(section: &Value) -> (Self, Vec<String>) {
        let mut configuration = Self::default();
        let mut problems = Vec::new();
        match &section["upgradePrompt"] {
            Value::Null => {}
            Value::Bool(prompt) => configuration.upgrade_prompt = *prompt,
            _ => problems.push(
                "The value of sforg.upgradePrompt is not used: set it to true or false.".to_owned(),
            ),
        }
        match &section["newestApiVersion"] {
            Value::Null => {}
            Value::String(text) if text.is_empty() => {}
            value => match value.as_str().and_then(ApiVersion::parse) {
                Some(version) => configuration.newest_api_version = Some(version),
                None => problems.push(
                    "The value of sforg.newestApiVersion is not used: write an API version like \"68.0\", or leave it empty."
                        .to_owned(),
                ),
            },
        }
        (configuration, problems)
    }
}

/// Asks the client for its settings and takes them.
pub async fn ask(client: &Client, state: &Arc<State>) {
    let _in_order = state.asking_configuration.lock().await;
    let item = lsp::ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
    match client.configuration(vec![item]).await {
        Ok(answers) => take(client, state, answers.first().unwrap_or(&Value::Null)).await,
        Err(error) => tracing::warn!("workspace/configuration: {error}"),
    }
    state.configuration_is_known();
}

/// Takes the section as the client sent it.
pub async fn take(client: &Client, state: &State, section: &Value) {
    let (configuration, problems) = Configuration::of(section);
    state.set_configuration(configuration);
    for problem in state.new_setting_problems(problems) {
        client.show(lsp::MessageType::WARNING, problem).await;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_set_is_as_ever() {
        for section in [Value::Null, json!({}), json!([]), json!({"newestApiVersion": ""})] {
            assert_eq!(Configuration::of(&section), (Configuration::default(), Vec::new()));
        }
    }

    #[test]
    fn what_can_be_used_counts_and_the_rest_is_told() {
        let section = json!({"upgradePrompt": "no", "newestApiVersion": "67.0", "server": {}});
        let (configuration, problems) = Configuration::of(&section);
        assert!(configuration.upgrade_prompt);
        assert_eq!(configuration.newest_api_version, ApiVersion::parse("67.0"));
        assert_eq!(
            problems,
            ["The value of sforg.upgradePrompt is not used: set it to true or false."]
        );
        let (_, problems) = Configuration::of(&json!({"newestApiVersion": 67}));
        assert!(problems[0].starts_with("The value of sforg.newestApiVersion is not used: write"));
        let hostile = "[Open](command:x)";
        let section = json!({"upgradePrompt": hostile, "newestApiVersion": {"a": hostile}});
        let (_, problems) = Configuration::of(&section);
        assert!(problems.len() == 2 && !problems.concat().contains("command"), "{problems:?}");
    }
}
