//! What is asked after a login, with its session: the API versions that the org serves, who
//! logged in, the org's name, and how many API requests are left.
//!
//! A question without an answer never makes the login a failure: it is a warning, or nothing
//! where only a nicety is missing.

use org_schema::ApiVersion;
use secrecy::SecretString;
use serde_json::Value;

use crate::answer::{Answer, BodyKind, json};
use crate::causes::Reason;
use crate::exchange::{Limits, Request, exchange};
use crate::network::Way;
use crate::policy::Destination;
use crate::result::{ApiRequests, Identity};
use crate::said::{Said, said};
use crate::scrub::Scrubber;
use crate::xml::Document;

/// Where and with what the questions are asked.
pub(crate) struct Questions<'a> {
    pub(crate) way: &'a Way,
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
    pub(crate) warnings: Vec<String>,
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
        match versions {
            Ok(versions) => answers.versions = versions,
            Err(Missing::Cancelled) => return Err(Reason::Cancelled),
            Err(Missing::Because(why)) => answers
                .warnings
                .push(format!("The org did not tell which API versions it serves: {why}.")),
        }
        match user {
            None => {}
            Some(Ok(info)) => complete(identity, info),
            Some(Err(Missing::Cancelled)) => return Err(Reason::Cancelled),
            Some(Err(Missing::Because(why))) => {
                answers.warnings.push(format!("The org did not tell who logged in: {why}."));
            }
        }
        if let Some(version) = usable_version(&answers.versions, effective) {
            let (organization, requests) =
                tokio::join!(self.organization(version), self.api_requests(version));
            if let Some((name, sandbox)) = organization {
                identity.org_name = identity.org_name.take().or(name);
                // The login itself knows best.
                identity.sandbox = identity.sandbox.or(sandbox);
            }
            answers.api_requests = requests;
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
        let info = (answer.status == 200).then(|| self.user_in(&answer.body)).flatten();
        match (info, answer.status) {
            (Some(info), _) => Ok(info),
            (None, 401 | 403) if self.said(&answer).is_none_or(|said| said.code.is_none()) => {
                Err(Missing::Because(
                    "the app lacks the scope Access the identity URL service (id, profile, \
                     email, address, phone), which is needed for that alone"
                        .to_owned(),
                ))
            }
            (None, _) => Err(self.missing(&answer)),
        }
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
    async fn organization(&self, version: ApiVersion) -> Option<(Option<String>, Option<bool>)> {
        let query = "SELECT+Id,Name,IsSandbox+FROM+Organization";
        let value = self.json(&format!("/services/data/v{version}/query?q={query}")).await?;
        let record = value.get("records")?.get(0)?;
        let name = record.get("Name").and_then(Value::as_str);
        Some((
            name.map(|name| self.scrubber.clean(name)),
            record.get("IsSandbox").and_then(Value::as_bool),
        ))
    }

    /// The daily API requests, where the user may read the org's limits.
    async fn api_requests(&self, version: ApiVersion) -> Option<ApiRequests> {
        let value = self.json(&format!("/services/data/v{version}/limits")).await?;
        let limit = value.get("DailyApiRequests")?;
        Some(ApiRequests {
            remaining: limit.get("Remaining")?.as_u64()?,
            max: limit.get("Max")?.as_u64()?,
        })
    }

    async fn json(&self, path: &str) -> Option<Value> {
        let answer = self.get(path).await.ok()?;
        (answer.status == 200).then(|| json(&answer.body)).flatten()
    }

    async fn get(&self, path: &str) -> Result<Answer, Missing> {
        let Some(url) = self.destination.url(path) else {
            return Err(Missing::Because("its address cannot be written".to_owned()));
        };
        let request = Request::get(url, self.session).accepting("application/json");
        exchange(&self.way.client, request, self.way.proxy.as_deref(), self.limits).await.map_err(
            |reason| match reason {
                Reason::Cancelled => Missing::Cancelled,
                reason => Missing::Because(self.scrubber.clean(brief(&reason))),
            },
        )
    }

    fn said(&self, answer: &Answer) -> Option<Said> {
        said(answer).ok().flatten()
    }

    /// Why `answer` is not the one that was hoped for.
    fn missing(&self, answer: &Answer) -> Missing {
        let status = answer.status;
        let Some(Said { code, message }) = self.said(answer) else {
            return Missing::Because(format!("{} came (HTTP {status})", kind_of(answer)));
        };
        let message = message.unwrap_or_default();
        Missing::Because(match code.as_deref() {
            Some("INVALID_SESSION_ID") if message.contains("REST API") => {
                "the session is not valid for the REST API (the app lacks the scope Manage user \
                 data via APIs (api))"
                    .to_owned()
            }
            Some("INVALID_SESSION_ID") => "the session was not accepted there".to_owned(),
            Some("API_DISABLED_FOR_ORG") => {
                "the REST API is not enabled for this org or user (permission API Enabled)"
                    .to_owned()
            }
            Some("REQUEST_LIMIT_EXCEEDED") => {
                "the org has used up its API requests of 24 hours".to_owned()
            }
            code => {
                let words = [code.unwrap_or_default(), &message].join(" ");
                format!("HTTP {status} {}", self.scrubber.clean(&words))
                    .trim_end_matches('.')
                    .to_owned()
            }
        })
    }
}

/// Why a question has no answer.
#[derive(Debug)]
pub(crate) enum Missing {
    Cancelled,
    /// Completes a sentence after a colon.
    Because(String),
}

fn kind_of(answer: &Answer) -> &'static str {
    match answer.kind() {
        BodyKind::Empty => "an empty answer",
        BodyKind::Html => "a web page",
        _ => "an answer of another kind",
    }
}

/// A reason in half a sentence.
fn brief(reason: &Reason) -> &'static str {
    match reason.cause() {
        crate::Cause::Tls => "no trustworthy encrypted connection to it came about",
        crate::Cause::Proxy => "a proxy did not let the question through",
        crate::Cause::UnexpectedResponse => "the answer was not one of Salesforce's",
        _ => match reason {
            Reason::TimedOut { .. } => "no answer came in time",
            _ => "the connection failed",
        },
    }
}

/// The version for further questions: the effective one if it is served, else the newest served.
fn usable_version(served: &[ApiVersion], effective: Option<ApiVersion>) -> Option<ApiVersion> {
    effective.filter(|version| served.contains(version)).or_else(|| served.last().copied())
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
