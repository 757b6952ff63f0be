//! The client's settings (`workspace/configuration`, section `sforg`).
//!
//! They may come from the workspace, so nothing is read from them that says where credentials go:
//! no login hosts, no proxy, no certificates.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, RwLock};

use org_schema::ApiVersion;
use serde_json::Value;
use tokio::sync::watch;

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

/// What the client says while the session goes on.
#[derive(Debug, Default)]
pub struct ClientSettings {
    configuration: RwLock<Configuration>,
    told_problems: Mutex<Vec<String>>,
    is_known: watch::Sender<bool>,
    trusted: AtomicBool,
    /// The client is asked for its settings once at a time.
    pub asking: tokio::sync::Mutex<()>,
}

impl ClientSettings {
    /// Whether the user trusts the workspace: else nothing is sent and no secret is resolved.
    pub fn is_trusted(&self) -> bool {
        self.trusted.load(Ordering::Acquire)
    }

    /// Takes the user's word about the workspace.
    pub fn set_trusted(&self, trusted: bool) {
        self.trusted.store(trusted, Ordering::Release);
    }

    /// What the client's settings say.
    pub fn configuration(&self) -> Configuration {
        self.configuration.read().map(|own| own.clone()).unwrap_or_default()
    }

    /// Takes the client's settings; whether findings may be others now.
    #[must_use = "all files have to be looked at again"]
    pub fn set_configuration(&self, configuration: Configuration) -> bool {
        let Ok(mut own) = self.configuration.write() else { return false };
        let newest = configuration.newest_api_version;
        std::mem::replace(&mut *own, configuration).newest_api_version != newest
    }

    /// The problems of the client's settings that a person has not been told since they are there:
    /// clients tell settings again and again.
    pub fn new_problems(&self, problems: Vec<String>) -> Vec<String> {
        let Ok(mut told) = self.told_problems.lock() else { return problems };
        let new = problems.iter().filter(|problem| !told.contains(problem)).cloned().collect();
        *told = problems;
        new
    }

    /// The client has answered, or need not be asked.
    pub fn are_known(&self) {
        self.is_known.send_replace(true);
    }

    /// The client's settings, once they are known.
    pub async fn known_configuration(&self) -> Configuration {
        let mut known = self.is_known.subscribe();
        // The sender lives as long as this.
        let _ = known.wait_for(|known| *known).await;
        self.configuration()
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
