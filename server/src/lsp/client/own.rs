//! What is said to sforg's own clients besides LSP. Every text passes the gate here too.

use std::collections::HashMap;

use lsp_types as lsp;
use lsp_types::notification::Notification;
use lsp_types::request::Request;
use org_ide::Markdown;
use org_schema::secret_ref::SecretStore;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use super::{Client, Message, outgoing};
use crate::lsp::session::OwnFeatures;

/// `sforg/showStatus`.
enum ShowStatus {}

impl Notification for ShowStatus {
    type Params = StatusParams;
    const METHOD: &'static str = "sforg/showStatus";
}

#[derive(Debug, Serialize, Deserialize)]
struct StatusParams {
    text: String,
}

/// A page that a client shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Page {
    /// The last result of one org, or its next steps (`sforg/result`).
    Result,
    /// All orgs, the failed ones first.
    Results,
    /// The setting of the login hosts that the user allows.
    AllowedHosts,
    /// Whether the workspace is trusted.
    Trust,
    /// The page of a rule.
    Rule,
    /// Who logs in with the same user as an org.
    LoginHistory,
    /// No page: what is open of a file is saved.
    Save,
}

/// `sforg/show`.
enum Show {}

impl Notification for Show {
    type Params = ShowParams;
    const METHOD: &'static str = "sforg/show";
}

#[derive(Debug, Serialize, Deserialize)]
struct ShowParams {
    page: Page,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<lsp::Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// `sforg/orgsChanged`.
enum OrgsChanged {}

impl Notification for OrgsChanged {
    type Params = OrgsChangedParams;
    const METHOD: &'static str = "sforg/orgsChanged";
}

#[derive(Debug, Serialize, Deserialize)]
struct OrgsChangedParams {
    /// How far *Test All Logins* is, while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    testing: Option<String>,
}

/// `sforg/chooseOrgs`.
enum ChooseOrgs {}

impl Request for ChooseOrgs {
    type Params = OrgChoice;
    type Result = Option<ChosenOrgs>;
    const METHOD: &'static str = "sforg/chooseOrgs";
}

/// Orgs to choose from, all ticked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrgChoice {
    /// What is done to them.
    pub title: String,
    /// The orgs.
    pub items: Vec<OrgItem>,
}

/// An org to choose.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrgItem {
    /// Its file.
    pub uri: lsp::Url,
    /// Its name.
    pub label: String,
    /// What is left to do for it.
    pub detail: String,
    /// The file's text afterwards, to be compared with what it is.
    pub new_text: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct ChosenOrgs {
    uris: Vec<lsp::Url>,
}

/// `sforg/enterSecret`.
enum EnterSecret {}

impl Request for EnterSecret {
    type Params = SecretPrompt;
    type Result = Option<EnteredSecret>;
    const METHOD: &'static str = "sforg/enterSecret";
}

/// What a person is asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SecretPrompt {
    /// "Acme UAT: client secret".
    pub title: String,
    /// Where it may be kept, the likeliest first. With several the person chooses.
    pub places: Vec<StoreChoice>,
}

/// A store to choose.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoreChoice {
    /// The store.
    #[serde(rename = "id")]
    pub store: SecretStore,
    /// Its name in a list.
    pub label: String,
    /// What that means.
    pub detail: String,
    /// What the box says when it is chosen.
    pub prompt: String,
}

/// What a person entered. Without `Debug`: it holds the secret.
#[derive(Serialize, Deserialize)]
pub struct EnteredSecret {
    place: SecretStore,
    value: String,
}

impl EnteredSecret {
    /// Where it is to be kept, and the secret.
    pub fn into_parts(self) -> (SecretStore, SecretString) {
        (self.place, SecretString::from(self.value))
    }
}

impl Client {
    /// Good news, for clients that show it where nobody has to close it.
    pub async fn status(&self, text: &str) {
        let params = StatusParams { text: outgoing::line(text) };
        self.side.send_notification::<ShowStatus>(params).await;
    }

    /// Good news: where nobody has to close it, else as a message.
    pub async fn good_news(&self, own: OwnFeatures, text: String) {
        if own.status {
            self.status(&text).await;
        } else {
            self.show(lsp::MessageType::INFO, text).await;
        }
    }

    /// Shows a page.
    pub async fn show_page(&self, page: Page, uri: Option<lsp::Url>) {
        self.side.send_notification::<Show>(ShowParams { page, uri, rule: None, text: None }).await;
    }

    /// Shows the page of a rule, in Markdown that is our own.
    pub async fn show_rule(&self, rule: &str, text: &str) {
        let (rule, text) = (Some(rule.to_owned()), Some(text.to_owned()));
        let params = ShowParams { page: Page::Rule, uri: None, rule, text };
        self.side.send_notification::<Show>(params).await;
    }

    /// Shows who logs in with the same user as the org in a file, in Markdown whose marks are our own.
    pub async fn show_login_history(&self, uri: &lsp::Url, text: &Markdown) {
        let (uri, text) = (Some(uri.clone()), Some(text.to_string()));
        let params = ShowParams { page: Page::LoginHistory, uri, rule: None, text };
        self.side.send_notification::<Show>(params).await;
    }

    /// The list of orgs says something else now; `testing` says how far *Test All Logins* is.
    pub async fn orgs_changed(&self, testing: Option<String>) {
        self.side.send_notification::<OrgsChanged>(OrgsChangedParams { testing }).await;
    }

    /// A message with buttons, for clients that show them beside the text; the button that was pressed.
    pub async fn offer<'a>(
        &self,
        kind: lsp::MessageType,
        message: impl Into<Message>,
        buttons: &[&'a str],
    ) -> Option<&'a str> {
        let unasked = lsp::MessageActionItemProperty::Boolean(true);
        let properties = HashMap::from([("unasked".to_owned(), unasked)]);
        let pressed = self.put(kind, message.into(), buttons, properties).await;
        buttons.get(pressed.ok()??).copied()
    }

    /// Lets a person choose among orgs; `None` when nothing is to be done.
    pub async fn choose_orgs(&self, mut choice: OrgChoice) -> Option<Vec<lsp::Url>> {
        choice.title = outgoing::line(&choice.title);
        for item in &mut choice.items {
            item.label = outgoing::line(&item.label);
            item.detail = outgoing::line(&item.detail);
        }
        let answer = self.side.send_request::<ChooseOrgs>(choice).await;
        match answer {
            Ok(chosen) => Some(chosen?.uris),
            Err(error) => {
                tracing::warn!("sforg/chooseOrgs: {error}");
                None
            }
        }
    }

    /// Asks a person for a secret: where to keep it, and its value.
    pub async fn enter_secret(
        &self,
        mut prompt: SecretPrompt,
    ) -> Option<(SecretStore, SecretString)> {
        prompt.title = outgoing::line(&prompt.title);
        for place in &mut prompt.places {
            for text in [&mut place.label, &mut place.detail, &mut place.prompt] {
                *text = outgoing::line(text);
            }
        }
        match self.side.send_request::<EnterSecret>(prompt).await {
            Ok(entered) => entered.map(EnteredSecret::into_parts),
            Err(_) => {
                // What the client says may repeat what was entered.
                tracing::warn!("sforg/enterSecret was answered with an error");
                None
            }
        }
    }
}
