//! What is asked after a login, with its session: the API versions that the org serves, who
//! logged in, the org's name, and how many API requests are left.
//!
//! A question without an answer never makes the login a failure: it is a warning, or nothing
//! where only a nicety is missing.

use org_schema::ApiVersion;
use secrecy::SecretString;
use serde_json::Value;

mod trouble;

pub(crate) use trouble::Trouble;

use crate::answer::{Answer, BodyKind, json};
use crate::causes::Reason;
use crate::exchange::{Limits, Request, exchange};
use crate::network::Route;
use crate::policy::Destination;
use crate::result::{ApiRequests, Identity};
use crate::scrub::Scrubber;
use crate::target::Flow;
use crate::xml::Document;

/// Where and with what the questions are asked.
pub(crate) struct Questions<'a> {
    /// The flow of the login, which says what a session is good for.
    pub(crate) flow: Flow,
    pub(crate) route: &'a Route,
    pub(crate) destination: &'a Destination,
    /// Without a session only the versions can be asked for.
    pub(crate) session: Option<&'a SecretString>,
    pub(crate) scrubber: &'a Scrubber,
    pub(crate) limits: &'a Limits,
}

/// What came of the questions.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// Ascending; empty when unknown.
    pub(crate) versions: Vec<ApiVersion>,
    pub(crate) api_requests: Option<ApiRequests>,
    /// What operations will meet, too: whole sentences.
    pub(crate) refusals: Vec<String>,
    /// What was not told and is not needed for more than knowing it.
    pub(crate) gaps: Vec<String>,
}

impl Answers {
    fn refused(&mut self, sentence: String) {
        if !self.refusals.contains(&sentence) {
            self.refusals.push(sentence);
        }
    }

    /// What the two questions to the REST API tell about the operations. A query is an operation
    /// itself; the limits may be hidden from a user who can do everything else.
    fn judge(&mut self, query: Option<&Trouble>, limits: Option<&Trouble>) {
        use Trouble::{Doubtful, Elsewhere, NoAnswer, NotAllowed, Refused};
        for trouble in [query, limits].into_iter().flatten() {
            if let Refused { sentence, .. } = trouble {
                self.refused(sentence.clone());
            }
        }
        if !self.refusals.is_empty() {
            return;
        }
        let telling = match (query, limits) {
            (Some(trouble @ (NoAnswer { .. } | Doubtful { .. })), _)
            | (Some(trouble @ NotAllowed { .. }), Some(_))
            | (
                Some(Elsewhere { .. }),
                Some(trouble @ (NoAnswer { .. } | Doubtful { .. } | NotAllowed { .. })),
            ) => trouble,
            _ => return,
        };
        let did = match telling {
            NoAnswer { .. } => "did not answer",
            _ => "refused",
        };
        self.refused(format!(
            "Salesforce's REST API {did} what was asked after the login, so operations that use it \
             may fail: {}.",
            telling.why()
        ));
    }

    /// A question without an answer. `works`: a query has gone through, so that a refusal is about
    /// this question alone.
    fn gap(&mut self, what: &str, trouble: Trouble, works: bool) {
        match trouble {
            Trouble::Refused { sentence, .. } if !works => self.refused(sentence),
            trouble => self.gaps.push(format!("{what}: {}.", trouble.why())),
        }
    }
}

impl Questions<'_> {
    /// Asks everything, and adds to `identity` what it lacks.
    ///
    /// # Errors
    /// [`Reason::Cancelled`] alone.
    pub(crate) async fn ask_all(
        &self,
        identity: &mut Identity,
        effective: Option<ApiVersion>,
    ) -> Result<Answers, Reason> {
        let mut answers = Answers::default();
        let wants_user = identity.username.is_none();
        let (versions, user) = tokio::join!(self.versions(), async {
            if wants_user { Some(self.user_info().await) } else { None }
        });
        let versions = known(versions)?;
        let user = user.map(known).transpose()?;
        if let Ok(versions) = &versions {
            answers.versions.clone_from(versions);
        }
        let mut works = false;
        if let Some(version) = usable_version(&answers.versions, effective) {
            let (organization, requests) =
                tokio::join!(self.organization(version), self.api_requests(version));
            let (organization, requests) = (known(organization)?, known(requests)?);
            answers.judge(organization.as_ref().err(), requests.as_ref().err());
            works = organization.is_ok() && answers.refusals.is_empty();
            if let Ok((name, sandbox)) = organization {
                identity.org_name = identity.org_name.take().or(name);
                // The login itself knows best.
                identity.sandbox = identity.sandbox.or(sandbox);
            }
            answers.api_requests = requests.ok();
        }
        if let Err(trouble) = versions {
            answers.gap("The org did not tell which API versions it serves", trouble, works);
        }
        match user {
            None => {}
            Some(Ok(info)) => complete(identity, info),
            Some(Err(trouble)) => answers.gap("The org did not tell who logged in", trouble, works),
        }
        if self.limits.cancel.is_cancelled() { Err(Reason::Cancelled) } else { Ok(answers) }
    }

    /// `GET /services/data`. Needs no session, and takes one.
    pub(crate) async fn versions(&self) -> Result<Vec<ApiVersion>, Missing> {
        let answer = self.get("/services/data").await?;
        let mut versions = if answer.status == 200 { versions_in(&answer) } else { Vec::new() };
        if versions.is_empty() {
            return Err(self.missing(&answer));
        }
        versions.sort_unstable();
        versions.dedup();
        Ok(versions)
    }

    /// `GET /services/oauth2/userinfo`. Needs the scope `id` or `profile`.
    async fn user_info(&self) -> Result<Identity, Missing> {
        let answer = self.get("/services/oauth2/userinfo").await?;
        if let Some(info) = (answer.status == 200).then(|| self.user_in(&answer.body)).flatten() {
            return Ok(info);
        }
        // The identity service answers in single words, or in an empty object when the app may
        // not ask it: both say nothing about the other questions.
        let word = answer.body.trim();
        let why = match answer.status {
            401 | 403 if word.is_empty() || word == "{}" => {
                "the app lacks the scope Access the identity URL service (id, profile, email, \
                 address, phone), which is needed for that alone"
            }
            401 | 403 if word.eq_ignore_ascii_case("missing_oauth_token") => {
                "the question arrived without the session, so something on the way takes it out"
            }
            401 | 403 if word.eq_ignore_ascii_case("bad_oauth_token") => {
                "the session was not accepted there"
            }
            _ => return Err(self.missing(&answer)),
        };
        Err(Missing::Because(Trouble::Elsewhere { why: why.to_owned() }))
    }

    fn user_in(&self, body: &str) -> Option<Identity> {
        let value = json(body)?;
        let text = |name: &str| Some(self.scrubber.clean(value.get(name)?.as_str()?));
        let info = Identity {
            user_id: text("user_id"),
            username: text("preferred_username").or_else(|| text("username")),
            org_id: text("organization_id"),
            ..Identity::default()
        };
        (info.user_id.is_some() || info.username.is_some()).then_some(info)
    }

    /// The org's name, and whether it is a sandbox, where the user may read that.
    async fn organization(
        &self,
        version: ApiVersion,
    ) -> Result<(Option<String>, Option<bool>), Missing> {
        let query = "SELECT+Id,Name,IsSandbox+FROM+Organization";
        self.ask(&format!("/services/data/v{version}/query?q={query}"), |value| {
            let record = value.get("records")?.get(0)?;
            let name = record.get("Name").and_then(Value::as_str);
            Some((
                name.map(|name| self.scrubber.clean(name)),
                record.get("IsSandbox").and_then(Value::as_bool),
            ))
        })
        .await
    }

    /// The daily API requests, where the user may read the org's limits.
    async fn api_requests(&self, version: ApiVersion) -> Result<ApiRequests, Missing> {
        self.ask(&format!("/services/data/v{version}/limits"), |value| {
            let limit = value.get("DailyApiRequests")?;
            Some(ApiRequests {
                remaining: limit.get("Remaining")?.as_u64()?,
                max: limit.get("Max")?.as_u64()?,
            })
        })
        .await
    }

    /// What `read` finds in the JSON that comes with status 200.
    async fn ask<T>(
        &self,
        path: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, Missing> {
        let answer = self.get(path).await?;
        let value = (answer.status == 200).then(|| json(&answer.body)).flatten();
        value.as_ref().and_then(read).ok_or_else(|| self.missing(&answer))
    }

    async fn get(&self, path: &str) -> Result<Answer, Missing> {
        let Some(url) = self.destination.url(path) else {
            let why = "its address cannot be written".to_owned();
            return Err(Missing::Because(Trouble::NoAnswer { why }));
        };
        let request = Request::get(url, self.session).accepting("application/json");
        exchange(&self.route.client, request, self.route.proxy.as_deref(), self.limits)
            .await
            .map_err(|reason| match reason {
                Reason::Cancelled => Missing::Cancelled,
                reason => Missing::Because(Trouble::on_the_way(&reason)),
            })
    }

    fn missing(&self, answer: &Answer) -> Missing {
        Missing::Because(Trouble::of(answer, self.flow, self.scrubber))
    }
}

/// Why a question has no answer.
#[derive(Debug)]
pub(crate) enum Missing {
    Cancelled,
    Because(Trouble),
}

/// An answer or its trouble, unless the person who asked for the login stopped it.
fn known<T>(answer: Result<T, Missing>) -> Result<Result<T, Trouble>, Reason> {
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(Missing::Because(trouble)) => Ok(Err(trouble)),
        Err(Missing::Cancelled) => Err(Reason::Cancelled),
    }
}

/// The version for further questions: the effective one if it is served or nothing is known, else
/// the newest served.
fn usable_version(served: &[ApiVersion], effective: Option<ApiVersion>) -> Option<ApiVersion> {
    effective
        .filter(|version| served.is_empty() || served.contains(version))
        .or_else(|| served.last().copied())
}

fn complete(identity: &mut Identity, info: Identity) {
    identity.user_id = identity.user_id.take().or(info.user_id);
    identity.username = identity.username.take().or(info.username);
    identity.org_id = identity.org_id.take().or(info.org_id);
}

/// `[{"version": "61.0", …}]`, or the same as XML.
fn versions_in(answer: &Answer) -> Vec<ApiVersion> {
    if answer.kind() == BodyKind::Xml {
        let Ok(document) = Document::parse(&answer.body) else {
            return Vec::new();
        };
        let texts = document.all("version").filter_map(|version| document.text(version));
        return texts.filter_map(ApiVersion::parse).collect();
    }
    let Some(Value::Array(items)) = json(&answer.body) else {
        return Vec::new();
    };
    let texts = items.iter().filter_map(|item| item.get("version")?.as_str());
    texts.filter_map(ApiVersion::parse).collect()
}
