//! What a step asks: the words that every front end shows, and the values to choose from.

mod help;
mod items;
#[cfg(test)]
mod tests;

use org_schema::members::AuthType;
use org_schema::secret_ref::SecretStore;
use org_text::Foreign;
use serde::Serialize;

use crate::answers::{Answers, ENTERED, LATER, Place};
use crate::check::{check, cleaned_name, host_of_org, is_sandbox, login_host};
use crate::result::variable_name;
use crate::scene::Scene;
use crate::steps::{Step, steps};
pub use items::Item;

/// What the whole is called.
pub const TITLE: &str = "New Salesforce Org";
/// The value that shows how to set the app up in Salesforce.
pub const HELP: &str = "help";
/// The value of [`Step::ServerHost`] for the org's own host.
pub const OTHER_HOST: &str = "myDomain";
/// The values of [`Step::Finish`].
pub mod finish {
    /// Log in, then write the files.
    pub const TEST: &str = "test";
    /// Write the files.
    pub const SAVE: &str = "save";
    /// Choose another folder first.
    pub const FOLDER: &str = "folder";
}
/// Why the keyring cannot be chosen.
pub(crate) const NO_KEYRING: &str = "Not available here (no keyring service)";

/// How a step is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A line of text.
    Text,
    /// One of the items.
    Choice,
    /// A line that nobody sees.
    Secret,
    /// One of the items, and it is done.
    Confirm,
}

/// A step in words. All texts are harmless to show, but for [`Question::value`].
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The step.
    pub id: Step,
    /// How it is answered.
    pub kind: Kind,
    /// Its place among the steps, from 1.
    pub number: usize,
    /// How many steps there are, as far as can be told now.
    pub total: usize,
    /// The step before; `None` for the first.
    pub back: Option<Step>,
    /// What the whole is called.
    pub title: &'static str,
    /// The question in a few words, for a terminal.
    pub label: &'static str,
    /// The question.
    pub prompt: String,
    /// An example of what is entered.
    pub placeholder: &'static str,
    /// What was entered before, else what most people would choose; empty for a secret.
    pub value: String,
    /// What can be chosen.
    pub items: Vec<Item>,
    /// What is said to whoever asks: a few lines.
    pub help: Vec<String>,
}

/// The question of a step.
pub fn question(step: Step, answers: &Answers, scene: &Scene) -> Question {
    let all = steps(answers, scene);
    let place = all.iter().position(|other| *other == step).unwrap_or(0);
    let items = items::items(step, answers, scene);
    let kind = match step {
        Step::Finish => Kind::Confirm,
        _ if step.is_secret() => Kind::Secret,
        _ if items.is_empty() => Kind::Text,
        _ => Kind::Choice,
    };
    let entered = answers.get(step).filter(|_| !step.is_secret());
    // What cannot be chosen any more is not chosen.
    let entered = entered.filter(|value| {
        kind == Kind::Text || items.iter().any(|item| item.id == **value && !item.is_separator)
    });
    let default = || items.iter().find(|item| item.is_default).map(|item| item.id.clone());
    Question {
        id: step,
        kind,
        number: place + 1,
        total: all.len(),
        back: place.checked_sub(1).and_then(|before| all.get(before)).copied(),
        title: TITLE,
        label: label(step, answers),
        prompt: prompt(step, answers, scene),
        placeholder: placeholder(step),
        value: entered.map(str::to_owned).or_else(default).unwrap_or_default(),
        help: help::help(step),
        items,
    }
}

fn label(step: Step, answers: &Answers) -> &'static str {
    match step {
        Step::Name => "Name of the org",
        Step::Kind => "Kind",
        Step::ApiVersion => "API version",
        Step::Auth => "Log in with",
        Step::InstanceUrl | Step::MyDomain => "My Domain URL",
        Step::ClientId => "Client ID (Consumer Key)",
        Step::Username => "User name",
        Step::ServerHost => "Log in at",
        Step::Where if answers.auth() == AuthType::Basic => "Keep both secrets in",
        Step::Where => "Keep the secret in",
        Step::Secret => "Client secret",
        Step::Password => "Password",
        Step::SecurityToken => "Security token",
        Step::Finish => "Test the login?",
    }
}

fn prompt(step: Step, answers: &Answers, scene: &Scene) -> String {
    match step {
        Step::Name => "Name of the org, as your operations call it".to_owned(),
        Step::Kind => "What kind of org is it?".to_owned(),
        Step::ApiVersion => "Which API version do the operations use?".to_owned(),
        Step::Auth => "How does it log in?".to_owned(),
        Step::InstanceUrl | Step::MyDomain => {
            "The org's My Domain URL: Salesforce Setup > My Domain".to_owned()
        }
        Step::ClientId => "Client ID (Consumer Key) of the app".to_owned(),
        Step::Username => "User name of the integration user in Salesforce".to_owned(),
        Step::ServerHost => "Where does it log in?".to_owned(),
        Step::Where if answers.auth() == AuthType::Basic => {
            "Where do you keep password and token?".to_owned()
        }
        Step::Where => "Where do you keep the client secret?".to_owned(),
        Step::Secret => {
            let kept = kept(Step::Secret, answers, scene);
            let empty = match answers.get(step) {
                Some(ENTERED) => "Leave empty to keep the one that you entered.",
                _ => "Leave empty to enter it later.",
            };
            format!("Client secret (Consumer Secret). {kept} {empty}")
        }
        Step::Password => {
            format!("Password, without the security token. {}", kept(step, answers, scene))
        }
        Step::SecurityToken => {
            "Security token from Salesforce's email. Leave empty if the agent's address is trusted."
                .to_owned()
        }
        Step::Finish => summary(answers, scene),
    }
}

/// Where the secret of a step goes.
fn kept(step: Step, answers: &Answers, scene: &Scene) -> String {
    match answers.place() {
        Some(Place::Store(SecretStore::EnvFile)) => match step.member() {
            Some(member) => format!("Stored in .env as {}.", variable_name(member, answers, scene)),
            None => "Stored in .env.".to_owned(),
        },
        Some(Place::File) => "Written into the org file.".to_owned(),
        Some(Place::Store(SecretStore::Keyring) | Place::Variable) | None => {
            "Stored in the keyring.".to_owned()
        }
    }
}

fn placeholder(step: Step) -> &'static str {
    match step {
        Step::Name => "Acme UAT",
        Step::InstanceUrl | Step::MyDomain => "https://acme--uat.sandbox.my.salesforce.com",
        Step::ClientId => "3MVG9…",
        Step::Username => "integration@acme.com.uat",
        _ => "",
    }
}

/// The whole in one line.
fn summary(answers: &Answers, scene: &Scene) -> String {
    let name = cleaned_name(answers.get(Step::Name).unwrap_or_default());
    let kind = if is_sandbox(answers, scene) { "sandbox" } else { "production" };
    format!("{} · {kind} · {}", Foreign(&name), Foreign(&login_at(answers, scene)))
}

/// The host that the login goes to.
pub fn login_at(answers: &Answers, scene: &Scene) -> String {
    let own = host_of_org(answers, scene).map(|host| host.authority);
    own.unwrap_or_else(|| login_host(is_sandbox(answers, scene)).to_owned())
}

/// Whether every secret that is needed was entered, or is somewhere else.
pub(crate) fn can_test(answers: &Answers) -> bool {
    let needed = match answers.auth() {
        AuthType::Basic => Step::Password,
        AuthType::OAuth2ClientCredentials => Step::Secret,
    };
    answers.place() == Some(Place::Variable) || answers.get(needed) != Some(LATER)
}

/// The answer as it will be kept, for a terminal that shows what became of it.
pub fn becomes(step: Step, value: &str, answers: &Answers, scene: &Scene) -> Option<String> {
    check(step, value, answers, scene).becomes.filter(|becomes| becomes != value)
}
