//! The steps, and their order.

use org_schema::members::AuthType;
use serde::{Deserialize, Serialize};

use crate::answers::{Answers, Place};
use crate::check::check;
use crate::question::OTHER_HOST;
use crate::scene::Scene;

org_schema::table! {
    /// One step.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub enum Step: &'static str {
        /// The name of the org.
        Name = "name",
        /// Sandbox or production.
        Kind = "kind",
        /// The API version of the project that is to be made.
        ApiVersion = "apiVersion",
        /// How it logs in.
        Auth = "auth",
        /// OAuth 2.0: the My Domain URL.
        InstanceUrl = "instanceUrl",
        /// OAuth 2.0: the consumer key.
        ClientId = "clientId",
        /// Basic: the user name.
        Username = "username",
        /// Basic: where it logs in.
        ServerHost = "serverHost",
        /// Basic: the My Domain to log in at.
        MyDomain = "myDomain",
        /// Where secrets are kept.
        Where = "where",
        /// OAuth 2.0: the consumer secret.
        Secret = "secret",
        /// Basic: the password.
        Password = "password",
        /// Basic: the security token.
        SecurityToken = "securityToken",
        /// What is done with all of it.
        Finish = "finish",
    }
}

impl Step {
    /// Its name in requests and answers.
    pub const fn id(self) -> &'static str {
        self.row()
    }

    /// The step of a name.
    pub fn of_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.id() == id)
    }

    /// Whether a secret is entered in it.
    pub const fn is_secret(self) -> bool {
        self.member().is_some()
    }

    /// The member of `auth` that the secret of this step is for.
    pub const fn member(self) -> Option<&'static str> {
        match self {
            Self::Secret => Some("clientSecret"),
            Self::Password => Some("password"),
            Self::SecurityToken => Some("securityToken"),
            _ => None,
        }
    }

    /// The step in which a member of the org file is entered.
    pub fn of_pointer(pointer: &str, auth: &Answers) -> Option<Self> {
        Some(match pointer {
            "/name" => Self::Name,
            "/sandbox" => Self::Kind,
            "/auth/instanceUrl" => Self::InstanceUrl,
            "/auth/clientId" => Self::ClientId,
            "/auth/clientSecret" => Self::Secret,
            "/auth/username" => Self::Username,
            "/auth/password" => Self::Password,
            "/auth/securityToken" => Self::SecurityToken,
            "/serverHost" if auth.get(Self::ServerHost) == Some(OTHER_HOST) => Self::MyDomain,
            "/serverHost" => Self::ServerHost,
            "/auth" | "/auth/type" => Self::Auth,
            _ => return None,
        })
    }
}

/// The steps for some answers, in their order.
pub fn steps(answers: &Answers, scene: &Scene) -> Vec<Step> {
    let mut steps = vec![Step::Name, Step::Kind];
    if scene.existing.project.is_none() {
        steps.push(Step::ApiVersion);
    }
    steps.push(Step::Auth);
    let is_basic = answers.auth() == AuthType::Basic;
    if is_basic {
        steps.extend([Step::Username, Step::ServerHost]);
        if answers.get(Step::ServerHost) == Some(OTHER_HOST) {
            steps.push(Step::MyDomain);
        }
    } else {
        steps.extend([Step::InstanceUrl, Step::ClientId]);
    }
    steps.push(Step::Where);
    if answers.place() != Some(Place::Variable) {
        let secrets: &[Step] =
            if is_basic { &[Step::Password, Step::SecurityToken] } else { &[Step::Secret] };
        steps.extend(secrets);
    }
    steps.push(Step::Finish);
    steps
}

/// The step behind another one; `None` for the last, and for one that there is not any more.
pub fn behind(step: Step, answers: &Answers, scene: &Scene) -> Option<Step> {
    let steps = steps(answers, scene);
    let place = steps.iter().position(|other| *other == step)?;
    steps.get(place + 1).copied()
}

/// The first step that has no answer yet, or one that cannot stay.
pub fn first_open(answers: &Answers, scene: &Scene) -> Step {
    let steps = steps(answers, scene);
    let is_open = |step: &Step| match answers.get(*step) {
        _ if *step == Step::Finish => true,
        None => true,
        Some(_) if step.is_secret() => false,
        Some(text) => !check(*step, text, answers, scene).accepts(),
    };
    steps.into_iter().find(is_open).unwrap_or(Step::Finish)
}
