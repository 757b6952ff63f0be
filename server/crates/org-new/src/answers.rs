//! What a person has answered so far.

use std::collections::BTreeMap;

use org_schema::ApiVersion;
use org_schema::members::AuthType;
use org_schema::secret_ref::SecretStore;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize};

use crate::steps::Step;

/// The answer to the step of a secret that was entered: the secret itself is in [`Secrets`].
pub const ENTERED: &str = "entered";
/// The answer to the step of a secret that is left out for now.
pub const LATER: &str = "later";

/// Answers by their steps, as they were entered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answers(BTreeMap<Step, String>);

impl<'de> Deserialize<'de> for Answers {
    /// What belongs to no step is left out, as is null.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = BTreeMap::<String, Option<String>>::deserialize(deserializer)?;
        let known = all.into_iter().filter_map(|(id, text)| Some((Step::of_id(&id)?, text?)));
        Ok(Self(known.collect()))
    }
}

impl Answers {
    /// The answer to a step.
    pub fn get(&self, step: Step) -> Option<&str> {
        self.0.get(&step).map(String::as_str)
    }

    /// Answers a step.
    pub fn set(&mut self, step: Step, text: impl Into<String>) {
        self.0.insert(step, text.into());
    }

    /// Takes an answer back.
    pub fn forget(&mut self, step: Step) {
        self.0.remove(&step);
    }

    /// How the org logs in; the first way while nobody has chosen.
    pub(crate) fn auth(&self) -> AuthType {
        self.get(Step::Auth).and_then(AuthType::parse).unwrap_or(AuthType::OAuth2ClientCredentials)
    }

    /// Whether a sandbox was chosen.
    pub(crate) fn chose_sandbox(&self) -> bool {
        self.get(Step::Kind) == Some(SANDBOX)
    }

    /// Where secrets are kept.
    pub fn place(&self) -> Option<Place> {
        self.get(Step::Where).and_then(Place::of_id)
    }

    /// The version of a project that is to be made.
    pub(crate) fn api_version(&self) -> Option<ApiVersion> {
        self.get(Step::ApiVersion).and_then(version_of)
    }
}

/// The API version of a text: `66` is as good as `66.0` where a person types it.
pub(crate) fn version_of(text: &str) -> Option<ApiVersion> {
    let text = org_schema::invisible::trim(text);
    ApiVersion::parse(text).or_else(|| ApiVersion::parse(&format!("{text}.0")))
}

/// The value of [`Step::Kind`] for a sandbox.
pub(crate) const SANDBOX: &str = "sandbox";
/// The value of [`Step::Kind`] for everything else.
pub(crate) const PRODUCTION: &str = "production";

/// Where secrets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A store of this computer.
    Store(SecretStore),
    /// An environment variable that somebody else sets.
    Variable,
    /// The org file itself.
    File,
}

impl Place {
    /// All of them, the best first.
    pub const ALL: [Self; 4] = [
        Self::Store(SecretStore::Keyring),
        Self::Store(SecretStore::EnvFile),
        Self::Variable,
        Self::File,
    ];

    /// As an answer.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Store(store) => store.id(),
            Self::Variable => "variable",
            Self::File => "file",
        }
    }

    /// Reads an answer.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.id() == id)
    }

    /// The store, if it is one.
    pub const fn store(self) -> Option<SecretStore> {
        match self {
            Self::Store(store) => Some(store),
            Self::Variable | Self::File => None,
        }
    }
}

/// The secrets that a person has entered, by their steps. They never leave the process as text.
#[derive(Clone, Debug, Default)]
pub struct Secrets(BTreeMap<Step, SecretString>);

impl Secrets {
    /// Takes a secret, without the blanks around it; an empty one is none.
    pub fn set(&mut self, step: Step, secret: &SecretString) {
        let text = org_schema::invisible::trim(secret.expose_secret());
        if text.is_empty() {
            self.0.remove(&step);
        } else {
            self.0.insert(step, SecretString::from(text));
        }
    }

    /// Whether they are the same secrets.
    pub fn are(&self, others: &Self) -> bool {
        let is_same = |((one, a), (other, b)): ((&Step, &SecretString), (&Step, &SecretString))| {
            one == other && a.expose_secret() == b.expose_secret()
        };
        self.0.len() == others.0.len() && self.0.iter().zip(&others.0).all(is_same)
    }

    /// The secret of a step.
    pub fn get(&self, step: Step) -> Option<&SecretString> {
        self.0.get(&step)
    }
}
