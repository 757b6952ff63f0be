//! What is wrong with a value, or what becomes of it. Cheap: it is asked with every key.

mod name;
mod secret;
#[cfg(test)]
mod tests;

use org_schema::allowed_hosts::AllowedHosts;
use org_schema::members::AuthType;
use org_schema::secret_ref::{self, SecretStore, SecretValue};
use org_schema::value_shapes::{
    CLIENT_ID_PREFIX, SHORTEST_CLIENT_ID, client_id_cannot_be_right, client_secret_cannot_be_right,
    is_masked, is_placeholder, username_cannot_be_right,
};
use org_schema::{ApiVersion, hosts as salesforce, invisible, versions};
use serde::Serialize;

use crate::answers::{Answers, PRODUCTION, Place, SANDBOX, version_of};
use crate::hosts::{self, Host, Pasted};
use crate::question::{HELP, NO_KEYRING, OTHER_HOST};
use crate::scene::Scene;
use crate::steps::Step;
pub(crate) use name::{cleaned_name, file_of};

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The value cannot be accepted.
    Error,
    /// It is odd, and Enter accepts it.
    Warning,
    /// What becomes of it.
    Information,
}

/// What there is to say about a value. The message is harmless to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// How the message is meant; `None` when there is nothing to say.
    pub grade: Option<Grade>,
    /// One sentence.
    pub message: String,
    /// The value as it will be kept; `None` for a secret, and for what is not accepted.
    pub becomes: Option<String>,
    /// Nothing is entered, and something has to be.
    pub is_empty: bool,
}

impl Check {
    /// Whether Enter accepts the value.
    pub fn accepts(&self) -> bool {
        self.grade != Some(Grade::Error) && !self.is_empty
    }

    fn new(grade: Option<Grade>, message: impl Into<String>) -> Self {
        Self { grade, message: message.into(), becomes: None, is_empty: false }
    }

    pub(crate) fn error(message: impl Into<String>) -> Self {
        Self::new(Some(Grade::Error), message)
    }

    fn warning(message: impl Into<String>, becomes: impl Into<String>) -> Self {
        Self { becomes: Some(becomes.into()), ..Self::new(Some(Grade::Warning), message) }
    }

    fn information(message: impl Into<String>, becomes: impl Into<String>) -> Self {
        Self { becomes: Some(becomes.into()), ..Self::new(Some(Grade::Information), message) }
    }

    fn fine(becomes: impl Into<String>) -> Self {
        Self { becomes: Some(becomes.into()), ..Self::new(None, "") }
    }

    fn empty() -> Self {
        Self { is_empty: true, ..Self::new(None, "") }
    }
}

/// Looks at the value of a step.
pub fn check(step: Step, value: &str, answers: &Answers, scene: &Scene) -> Check {
    match step {
        Step::Name => name::check(value, scene),
        Step::Kind => one_of(value, &[SANDBOX, PRODUCTION]),
        Step::ApiVersion => api_version(value),
        Step::Auth => auth(value, answers, scene),
        Step::InstanceUrl => instance_url(value, answers, &scene.allowed),
        Step::ClientId => client_id(value),
        Step::Username => username(value, answers, scene),
        Step::ServerHost => {
            let login = login_host(is_sandbox(answers, scene));
            one_of(value, &[login, OTHER_HOST])
        }
        Step::MyDomain => my_domain(value, answers, scene),
        Step::Where => place(value, scene),
        Step::Secret | Step::Password | Step::SecurityToken => secret::check(step, value, answers),
        Step::Finish => Check::fine(value),
    }
}

/// Looks at what a person enters for an org that is there already; `client_id` is what its secret must not be.
pub fn check_client_credentials(
    step: Step,
    value: &str,
    client_id: &str,
    allowed: &AllowedHosts,
) -> Check {
    let mut answers = Answers::default();
    answers.set(Step::ClientId, client_id);
    match step {
        Step::InstanceUrl => instance_url(value, &answers, allowed),
        Step::ClientId => self::client_id(value),
        _ => secret::check(step, value, &answers),
    }
}

/// Whether the org is a sandbox: what its own host says counts before what was chosen.
pub fn is_sandbox(answers: &Answers, scene: &Scene) -> bool {
    let says_sandbox = host_of_org(answers, scene).and_then(|host| host.sandbox) == Some(true);
    says_sandbox || answers.chose_sandbox()
}

/// The My Domain that was entered.
pub(crate) fn host_of_org(answers: &Answers, scene: &Scene) -> Option<Host> {
    let is_basic = answers.auth() == AuthType::Basic;
    let step = match is_basic {
        false => Step::InstanceUrl,
        true if answers.get(Step::ServerHost) == Some(OTHER_HOST) => Step::MyDomain,
        true => return None,
    };
    match hosts::read(answers.get(step)?, &scene.allowed) {
        Pasted::Host(host) => Some(host),
        Pasted::Nothing | Pasted::Refused(_) => None,
    }
}

/// The host for the logins of all orgs of a kind.
pub(crate) const fn login_host(sandbox: bool) -> &'static str {
    if sandbox { salesforce::SANDBOX_LOGIN } else { salesforce::PRODUCTION_LOGIN }
}

fn one_of(value: &str, values: &[&str]) -> Check {
    match value {
        "" => Check::empty(),
        value if values.contains(&value) => Check::fine(value),
        _ => Check::error("Choose one of the list."),
    }
}

fn api_version(value: &str) -> Check {
    if invisible::trim(value).is_empty() {
        return Check::empty();
    }
    match version_of(value) {
        Some(version) if version <= versions::LAST_RETIRED => {
            Check::error(format!("API {version} is retired: every call to Salesforce fails."))
        }
        Some(version) if version > versions::NEWEST => {
            Check::error(format!("The newest API version is {}.", versions::NEWEST))
        }
        Some(version) => Check::fine(version.to_string()),
        None => Check::error("Write an API version like 66.0."),
    }
}

fn auth(value: &str, answers: &Answers, scene: &Scene) -> Check {
    if value == HELP {
        return Check::error("Choose how it logs in.");
    }
    let is_basic = value == AuthType::Basic.as_str();
    if let Some(version) = scene.version(answers).filter(|_| is_basic)
        && version > versions::LAST_SOAP_LOGIN
    {
        return Check::error(no_basic(version));
    }
    one_of(value, &AuthType::ALL.map(AuthType::as_str))
}

/// Why a way to log in is not in the list.
pub(crate) fn no_basic(version: ApiVersion) -> String {
    format!("Basic authentication does not exist in API {version}")
}

fn instance_url(value: &str, answers: &Answers, allowed: &AllowedHosts) -> Check {
    match hosts::read(value, allowed) {
        Pasted::Nothing => Check::empty(),
        Pasted::Refused(message) => Check::error(message),
        Pasted::Host(host) => about_host(&host, &host.url, answers),
    }
}

fn my_domain(value: &str, answers: &Answers, scene: &Scene) -> Check {
    match hosts::read(value, &scene.allowed) {
        Pasted::Nothing => Check::empty(),
        Pasted::Refused(message) => {
            let login = [salesforce::PRODUCTION_LOGIN, salesforce::SANDBOX_LOGIN];
            match login.into_iter().find(|login| message.starts_with(login)) {
                Some(login) => {
                    Check::error(format!("{login} is no My Domain: go back to choose it."))
                }
                None => Check::error(message),
            }
        }
        Pasted::Host(host) => about_host(&host, &host.authority, answers),
    }
}

fn about_host(host: &Host, becomes: &str, answers: &Answers) -> Check {
    match (host.sandbox, answers.chose_sandbox()) {
        (Some(true), false) => {
            Check::warning("This is a sandbox URL. Enter changes the org to Sandbox.", becomes)
        }
        (Some(false), true) => Check::warning(
            "This looks like a production org, but you chose Sandbox. Enter keeps Sandbox.",
            becomes,
        ),
        _ if host.is_instance => Check::warning(
            "Instance hosts end from Spring '27 on. Better enter the My Domain URL.",
            becomes,
        ),
        _ => Check::information(format!("Will be saved as {becomes}"), becomes),
    }
}

/// The value of a member that may be a reference, without blanks.
fn packed(value: &str) -> String {
    let value = invisible::trim(value);
    let is_seen =
        |c: &char| !c.is_whitespace() && !c.is_control() && invisible::look_up(*c).is_none();
    value.chars().filter(is_seen).collect()
}

/// Whether a value is a reference; one that is nearly one is refused.
fn reference(value: &str) -> Option<Check> {
    match secret_ref::parse(value) {
        SecretValue::Env(_) | SecretValue::Keyring(_) => Some(Check::fine(value)),
        SecretValue::Invalid => {
            Some(Check::error("This is no reference: write ${env:NAME} or the value itself."))
        }
        SecretValue::Literal(_) => None,
    }
}

fn client_id(value: &str) -> Check {
    let id = packed(value);
    if id.is_empty() {
        return Check::empty();
    }
    if let Some(check) = reference(&id) {
        return check;
    }
    if is_placeholder(&id) || is_masked(&id) {
        return Check::error("This is a placeholder. Paste the Consumer Key itself.");
    }
    if !client_id_cannot_be_right(&id) {
        return Check::fine(id);
    }
    if !client_secret_cannot_be_right(&id) {
        return Check::error("This looks like the Consumer Secret. Paste the Consumer Key.");
    }
    let length = id.chars().count();
    let message = if length < SHORTEST_CLIENT_ID {
        format!(
            "A consumer key has {SHORTEST_CLIENT_ID} or more characters; this has {length}. Enter accepts it anyway."
        )
    } else {
        format!("A consumer key begins with {CLIENT_ID_PREFIX}. Enter accepts it anyway.")
    };
    Check::warning(message, id)
}

/// Ends of domains that no sandbox is called: a sandbox's name would stand behind them.
const USUAL_ENDS: [&str; 10] = ["biz", "co", "com", "edu", "eu", "gov", "info", "io", "net", "org"];

fn username(value: &str, answers: &Answers, scene: &Scene) -> Check {
    let name = packed(value);
    if name.is_empty() {
        return Check::empty();
    }
    if let Some(check) = reference(&name) {
        return check;
    }
    if username_cannot_be_right(&name) || is_placeholder(&name) {
        return Check::error("A Salesforce user name looks like an email address.");
    }
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    if is_sandbox(answers, scene) && USUAL_ENDS.contains(&end.as_str()) {
        let message = format!(
            "In a sandbox it usually ends in the sandbox's name: ….{}. Enter accepts it anyway.",
            sandbox_word(answers)
        );
        return Check::warning(message, name);
    }
    Check::fine(name)
}

/// What the sandbox may be called: the last word of the org's name.
fn sandbox_word(answers: &Answers) -> String {
    let name = answers.get(Step::Name).unwrap_or_default();
    let word = name.split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
    let is_word = (1..=10).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_alphanumeric());
    if is_word && name.split_whitespace().count() > 1 { word } else { "uat".to_owned() }
}

fn place(value: &str, scene: &Scene) -> Check {
    match Place::of_id(value) {
        Some(Place::Store(SecretStore::Keyring)) if !scene.has_keyring => {
            Check::error(format!("{NO_KEYRING}."))
        }
        Some(place) => Check::fine(place.id()),
        None => one_of(value, &[]),
    }
}
