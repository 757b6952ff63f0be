//! The values to choose from.

use org_schema::members::AuthType;
use org_schema::secret_ref::SecretStore;
use org_schema::versions::{self, LAST_SOAP_LOGIN, VERSIONS};
use org_text::Foreign;
use serde::Serialize;

use super::{HELP, NO_KEYRING, OTHER_HOST, can_test, finish, login_at};
use crate::answers::{Answers, PRODUCTION, Place, SANDBOX};
use crate::check::{cleaned_name, file_of, is_sandbox, login_host, no_basic};
use crate::result::variable_name;
use crate::scene::Scene;
use crate::steps::Step;

/// A value to choose. Its texts are harmless to show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// The value.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its name in a list of several on one line.
    pub short: String,
    /// What it means.
    pub detail: String,
    /// A word behind the name.
    pub note: String,
    /// Whether it is chosen while nobody chooses another.
    pub is_default: bool,
    /// Whether it is a line between others, and no value.
    pub is_separator: bool,
}

fn item(id: &str, label: &str, short: &str, detail: impl Into<String>) -> Item {
    let (id, label, short) = (id.to_owned(), label.to_owned(), short.to_owned());
    Item { id, label, short, detail: detail.into(), ..Item::default() }
}

fn separator(label: impl Into<String>) -> Item {
    Item { label: label.into(), is_separator: true, ..Item::default() }
}

impl Item {
    fn noted(self, note: &str) -> Self {
        Self { note: note.to_owned(), ..self }
    }

    fn default_if(self, is_default: bool) -> Self {
        Self { is_default, ..self }
    }
}

/// The values of a step; none where it is answered with a text.
pub(super) fn items(step: Step, answers: &Answers, scene: &Scene) -> Vec<Item> {
    match step {
        Step::Kind => kinds(answers),
        Step::ApiVersion => api_versions(scene),
        Step::Auth => ways(answers, scene),
        Step::ServerHost => login_hosts(is_sandbox(answers, scene)),
        Step::Where => places(answers, scene),
        Step::Finish => endings(answers, scene),
        _ => Vec::new(),
    }
}

/// Words in the name of an org that is a sandbox; the first as what a longer word begins with, too.
const SANDBOX_WORDS: [&str; 9] =
    ["uat", "test", "dev", "qa", "sit", "stag", "train", "sandbox", "hotfix"];
/// Those that a word may begin with: staging, training.
const BEGINNINGS: [&str; 2] = ["stag", "train"];

fn kinds(answers: &Answers) -> Vec<Item> {
    let name = answers.get(Step::Name).unwrap_or_default().to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphabetic());
    let is_sandbox = words.any(|word| {
        SANDBOX_WORDS.contains(&word) || BEGINNINGS.iter().any(|begin| word.starts_with(begin))
    });
    let production = "Also Developer Edition, scratch and trial orgs";
    vec![
        item(PRODUCTION, "Production", "Production", production).default_if(!is_sandbox),
        item(SANDBOX, "Sandbox", "Sandbox", "A copy of a production org").default_if(is_sandbox),
    ]
}

fn api_versions(scene: &Scene) -> Vec<Item> {
    let newest = scene.newest_supported();
    let served = VERSIONS.iter().rev().filter(|row| row.version > versions::LAST_RETIRING);
    let rows = served.map(|row| {
        let version = row.version.to_string();
        let detail = if row.version == newest {
            "newest that Jitterbit agents are known to support"
        } else if row.version > newest {
            "newer than what Jitterbit agents are known to support"
        } else if row.version == LAST_SOAP_LOGIN {
            "last one with basic authentication"
        } else {
            ""
        };
        let label = format!("{version} · {}", row.release);
        item(&version, &label, &version, detail).default_if(row.version == newest)
    });
    rows.collect()
}

fn ways(answers: &Answers, scene: &Scene) -> Vec<Item> {
    let oauth = item(
        AuthType::OAuth2ClientCredentials.as_str(),
        AuthType::OAuth2ClientCredentials.title(),
        "OAuth 2.0",
        "Client ID and secret of an external client app. Works with every API version.",
    );
    let mut ways = vec![oauth.noted("Recommended").default_if(true)];
    match scene.version(answers).filter(|version| *version > LAST_SOAP_LOGIN) {
        Some(version) => ways.push(separator(no_basic(version))),
        None => {
            let basic = item(
                AuthType::Basic.as_str(),
                "User name and password",
                "user name and password",
                "API 64.0 or lower only. No multi-factor authentication; the user needs Use Any API Auth.",
            );
            ways.extend([basic.noted("Ends with Summer '27"), separator("")]);
        }
    }
    let help = "How do I set up the app in Salesforce?";
    ways.push(item(HELP, help, "", "Opens the steps beside; this stays open"));
    ways
}

fn login_hosts(sandbox: bool) -> Vec<Item> {
    let usual = if sandbox { "Usual for a sandbox" } else { "Usual for production" };
    let login = login_host(sandbox);
    let own = "Where Salesforce setup prevents the general login host";
    vec![
        item(login, login, login, usual).default_if(true),
        item(OTHER_HOST, "The org's My Domain…", "My Domain", own),
    ]
}

fn places(answers: &Answers, scene: &Scene) -> Vec<Item> {
    let member = match answers.auth() {
        AuthType::Basic => "password",
        AuthType::OAuth2ClientCredentials => "clientSecret",
    };
    let name = variable_name(member, answers, scene);
    let place = |place: Place| match place {
        Place::Store(SecretStore::Keyring) => {
            let encrypted =
                "Encrypted by the operating system. Every computer needs its own entry.";
            let (detail, note) =
                if scene.has_keyring { (encrypted, "Recommended") } else { (NO_KEYRING, "") };
            item(place.id(), "Keyring of this computer", "keyring", detail).noted(note)
        }
        Place::Store(SecretStore::EnvFile) => {
            item(place.id(), ".env file", ".env", format!("{name} in .env; git ignores the file"))
        }
        Place::Variable => {
            let detail = format!("You set {name} yourself, for example in CI");
            item(place.id(), "Environment variable", "environment", detail)
        }
        Place::File => {
            let detail = "Plain text: everyone who can read the repository can log in";
            item(place.id(), "In the org file", "file", detail)
        }
    };
    let mut order: Vec<Place> = Place::ALL.into();
    let is_last = |it: &Place| *it == Place::Store(SecretStore::Keyring) && !scene.has_keyring;
    order.sort_by_key(|it| (is_last(it), Some(*it) != scene.last_place));
    let mut items: Vec<Item> = order.into_iter().map(place).collect();
    if let Some(first) = items.first_mut() {
        first.is_default = true;
    }
    items
}

fn endings(answers: &Answers, scene: &Scene) -> Vec<Item> {
    let host = login_at(answers, scene);
    let secret = match answers.auth() {
        AuthType::Basic => "the password",
        AuthType::OAuth2ClientCredentials => "the secret",
    };
    let from = match answers.place() {
        Some(Place::Store(SecretStore::EnvFile)) => " from .env",
        Some(Place::Variable) => " from the environment",
        Some(Place::File) => " from the org file",
        Some(Place::Store(SecretStore::Keyring)) | None => " from the keyring",
    };
    let file = file_of(&cleaned_name(answers.get(Step::Name).unwrap_or_default()), scene);
    let can_test = can_test(answers);
    let test = format!("Logs in at {} with {secret}{from}", Foreign(&host));
    let mut items = Vec::new();
    if can_test {
        items.push(item(finish::TEST, "Test and Save", "test", test).default_if(true));
    }
    items.push(item(finish::SAVE, "Save Without Testing", "save", "").default_if(!can_test));
    let shown = Foreign(&scene.shown(&file)).to_string();
    items.push(item(finish::FOLDER, "Save in Another Folder…", "folder", shown));
    items
}
