//! One login from beginning to end.

use std::sync::Arc;
use std::time::Instant;

use org_schema::versions::SUMMER_27;
use org_schema::{Date, hosts};
use reqwest::header::HeaderName;
use tokio_util::sync::CancellationToken;

use crate::answer::Answer;
use crate::cause::Cause;
use crate::causes::{Explanation, Reason, Situation, explain, soap_version};
use crate::confirmation::confirmed_credentials;
use crate::credential_hints::credential_hints;
use crate::exchange::{Limits, Request, bearer, exchange};
use crate::follow_up::{Answers, Questions};
use crate::lockout::{Care, Outcome};
use crate::network::{Network, Route};
use crate::open_session::OpenSession;
use crate::policy::{Destination, destination, salesforce, session_host};
use crate::reservation::{NotReserved, Reservation, reserve};
use crate::result::{LoginResult, SalesforceAnswer, Status};
use crate::scrub::Scrubber;
use crate::secrets::{Credentials, SecretSource};
use crate::session::{Session, origin};
use crate::success::{cleaned, span, summary};
use crate::target::LoginTarget;
use crate::verdict::{Verdict, verdict};
use crate::warning::{WarningCode, coded};
use crate::warnings::{Known, warnings};
use crate::{oauth, soap};

/// Logs in to `target` and says how it went.
///
/// `today` decides which warnings about coming changes are given. Never fails and never panics:
/// whatever happens is in the result. It ends by the policy's deadline, and at once when `cancel`
/// is cancelled. Must run on a tokio runtime with time and I/O.
pub async fn test_login(
    target: &LoginTarget,
    secrets: Arc<dyn SecretSource>,
    network: &Network,
    today: Date,
    cancel: CancellationToken,
) -> LoginResult {
    open_session(target, secrets, network, today, cancel, Care::Careful).await.0
}

/// As [`test_login`], also when the lock-out guard would not send these credentials again: a person
/// said so.
pub async fn test_login_anyway(
    target: &LoginTarget,
    secrets: Arc<dyn SecretSource>,
    network: &Network,
    today: Date,
    cancel: CancellationToken,
) -> LoginResult {
    open_session(target, secrets, network, today, cancel, Care::Anyway).await.0
}

/// The questions after an answer get this part of the time that is left: none of them is worth
/// keeping a result waiting for long.
const FOLLOW_UP_SHARE: u32 = 4;

/// As [`test_login`], with the session for whoever uses it after the test and ends it
/// ([`OpenSession::end`]).
///
/// There is one whenever Salesforce handed one out that may be used, also when the test was cancelled
/// behind that. A login that works can be without: its answer names an address that is not Salesforce's,
/// or the session does not fit into a request.
pub async fn open_session(
    target: &LoginTarget,
    secrets: Arc<dyn SecretSource>,
    network: &Network,
    today: Date,
    cancel: CancellationToken,
    care: Care,
) -> (LoginResult, Option<OpenSession>) {
    let started = Instant::now();
    let mut opened = None;
    let mut result = match destination(target, &network.policy().allowed) {
        Ok(destination) => {
            let limits = Limits::new(network.policy().total_timeout, cancel);
            let destination = &destination;
            let attempt = Attempt { target, network, today, destination, limits, care };
            let mut result = attempt.run(secrets, &mut opened).await;
            // Without an answer nobody knows.
            if result.salesforce.http_status.is_some() {
                result.sent = Some(target.sending(destination));
            }
            result
        }
        Err(refused) => *refused,
    };
    result.duration = started.elapsed();
    tracing::info!(
        file = target.file,
        status = ?result.status,
        cause = result.cause.map(crate::Cause::as_str),
        "login tested"
    );
    (result, opened)
}

/// A login under way.
struct Attempt<'a> {
    target: &'a LoginTarget,
    network: &'a Network,
    today: Date,
    destination: &'a Destination,
    limits: Limits,
    care: Care,
}

/// Why there is no session.
struct Failure {
    reason: Reason,
    salesforce: SalesforceAnswer,
    /// Whether the request may have left this machine.
    sent: bool,
    hints: Vec<&'static str>,
    served: Option<String>,
    retry_after: Option<u64>,
}

impl Failure {
    fn before(reason: Reason) -> Failure {
        Failure {
            reason,
            salesforce: SalesforceAnswer::default(),
            sent: false,
            hints: Vec::new(),
            served: None,
            retry_after: None,
        }
    }
}

impl Attempt<'_> {
    async fn run(
        &self,
        secrets: Arc<dyn SecretSource>,
        opened: &mut Option<OpenSession>,
    ) -> LoginResult {
        match self.log_in(secrets, opened).await {
            Ok(result) => result,
            Err(failure) => self.failed(failure),
        }
    }

    async fn log_in(
        &self,
        secrets: Arc<dyn SecretSource>,
        opened: &mut Option<OpenSession>,
    ) -> Result<LoginResult, Failure> {
        if self.limits.cancel.is_cancelled() {
            return Err(Failure::before(Reason::Cancelled));
        }
        let credentials = confirmed_credentials(
            self.target,
            self.destination,
            secrets,
            self.network,
            &self.limits,
        )
        .await
        .map_err(Failure::before)?;
        let mut scrubber = Scrubber::new(&credentials);
        let late = Reason::TimedOut { connected: false };
        let route = self
            .limits
            .within(late, self.network.route_to(self.destination))
            .await
            .and_then(|route| route)
            .map_err(Failure::before)?;
        let request = self.request(&credentials).map_err(Failure::before)?;
        let reservation = match self.reserve(&credentials).await {
            Ok(reservation) => reservation,
            Err(NotReserved::Guarded(result)) => return Ok(*result),
            Err(NotReserved::Stopped(reason)) => return Err(Failure::before(reason)),
        };
        let answer =
            match exchange(&route.client, request, route.proxy.as_deref(), &self.limits).await {
                Ok(answer) => answer,
                Err(reason) => {
                    settle(reservation, Outcome::Nothing).await;
                    return Err(Failure { sent: true, ..Failure::before(reason) });
                }
            };
        let flow = self.target.auth.flow();
        match verdict(flow, self.destination, &answer, &scrubber) {
            Verdict::Session(session) => {
                scrubber.add_session(&session.token);
                // Scrubbed before it is read: an address can echo what was sent, and reading it turns
                // capitals into small letters.
                let address = session.address.as_deref().map(|address| scrubber.clean(address));
                *opened = self.usable(&session, address.as_deref(), &credentials);
                settle(reservation, Outcome::Worked).await;
                let asked = opened.as_ref().map(|open| &open.destination);
                self.succeeded(*session, address, asked, &answer, &route, &scrubber).await
            }
            Verdict::Refused(reason, salesforce) => {
                let is_refusal = reason.cause() == Cause::WrongCredentials;
                let outcome = if is_refusal { Outcome::Refused } else { Outcome::Nothing };
                settle(reservation, outcome).await;
                let served = self.versions_served(&reason, &route, &scrubber).await;
                let hints = credential_hints(&credentials);
                Err(Failure {
                    reason,
                    salesforce,
                    sent: true,
                    hints,
                    served,
                    retry_after: answer.retry_after,
                })
            }
        }
    }

    async fn reserve(&self, credentials: &Credentials) -> Result<Option<Reservation>, NotReserved> {
        let Some(guard) = self.network.lockout_guard() else { return Ok(None) };
        reserve(guard, self.destination, credentials, self.care, &self.limits).await
    }

    fn request(&self, credentials: &Credentials) -> Result<Request, Reason> {
        let url = |path: &str| {
            self.destination
                .url(path)
                .ok_or_else(|| Reason::HostNotAllowed { host: self.destination.host.clone() })
        };
        Ok(match credentials {
            Credentials::Basic { username, password, security_token } => {
                let url = url(&soap::path(soap_version(self.target)))?;
                let body = soap::body(username, password, security_token.as_ref());
                Request::post(url, "text/xml; charset=UTF-8", body)
                    .accepting("text/xml")
                    .with(HeaderName::from_static("soapaction"), "login")
            }
            Credentials::OAuth { client_id, client_secret } => {
                let body = oauth::body(client_id, client_secret);
                Request::post(url(oauth::PATH)?, "application/x-www-form-urlencoded", body)
                    .accepting("application/json")
            }
        })
    }

    /// The session, when it can be used: at the destination that a person allowed, else at the host of
    /// Salesforce's that its own answer names.
    fn usable(
        &self,
        session: &Session,
        address: Option<&str>,
        credentials: &Credentials,
    ) -> Option<OpenSession> {
        bearer(&session.token)?;
        let destination = match self.destination.is_salesforce {
            true => salesforce(&session_host(address?)?),
            false => self.destination.clone(),
        };
        let flow = self.target.auth.flow();
        Some(OpenSession::new(session, destination, flow, credentials))
    }

    async fn succeeded(
        &self,
        session: Session,
        address: Option<String>,
        asked: Option<&Destination>,
        answer: &Answer,
        route: &Route,
        scrubber: &Scrubber,
    ) -> Result<LoginResult, Failure> {
        let host = address.as_deref().and_then(session_host);
        let mut identity = cleaned(session.identity, scrubber);
        identity.instance_url = address.as_deref().and_then(origin);
        let carried = bearer(&session.token).is_some();
        let answers = match asked {
            Some(destination) => {
                let questions = Questions {
                    flow: self.target.auth.flow(),
                    route,
                    destination,
                    session: Some(&session.token),
                    scrubber,
                    limits: &self.limits.shortened(FOLLOW_UP_SHARE),
                };
                questions
                    .ask_all(&mut identity, self.target.api_version)
                    .await
                    .map_err(|reason| Failure { sent: true, ..Failure::before(reason) })?
            }
            None => Answers::default(),
        };
        identity.sandbox = identity
            .sandbox
            .or_else(|| hosts::sandbox_by_host(host.as_deref().unwrap_or(&self.destination.host)));
        let known = Known {
            target: self.target,
            today: self.today,
            destination: self.destination,
            identity: &identity,
            address: address.as_deref(),
            session_host: host.as_deref(),
            is_jwt: session.is_jwt,
            is_carried: carried,
            versions: &answers.versions,
            api_requests: answers.api_requests,
        };
        let mut told = coded(WarningCode::ApiRefused, answers.refusals);
        told.extend(warnings(&known));
        told.extend(coded(WarningCode::NotTold, answers.gaps));
        Ok(LoginResult {
            status: Status::Ok,
            cause: None,
            summary: summary(&identity, &answers.versions, answers.api_requests),
            instructions: Vec::new(),
            warnings: told,
            member: None,
            salesforce: SalesforceAnswer {
                http_status: Some(answer.status),
                ..SalesforceAnswer::default()
            },
            identity: Some(identity),
            versions: answers.versions.iter().map(ToString::to_string).collect(),
            api_requests: answers.api_requests,
            sent: None,
            duration: std::time::Duration::ZERO,
        })
    }

    /// Which versions the host serves, when the one that was used is refused. No session is
    /// needed for that, and none exists.
    async fn versions_served(
        &self,
        reason: &Reason,
        route: &Route,
        scrubber: &Scrubber,
    ) -> Option<String> {
        if *reason != Reason::UnsupportedApiVersion {
            return None;
        }
        let questions = Questions {
            flow: self.target.auth.flow(),
            route,
            destination: self.destination,
            session: None,
            scrubber,
            limits: &self.limits.shortened(FOLLOW_UP_SHARE),
        };
        span(&questions.versions().await.ok()?)
    }

    fn failed(&self, failure: Failure) -> LoginResult {
        let Failure { reason, salesforce, sent, hints, served, retry_after } = failure;
        if reason == Reason::Cancelled && !sent {
            return LoginResult::cancelled();
        }
        let situation = Situation {
            host: self.destination.authority().to_owned(),
            origin: self.destination.origin.clone(),
            login_retired: self.today >= SUMMER_27,
            code: salesforce.code.clone(),
            served,
            retry_after,
            ignored_proxy: (!self.destination.is_loopback())
                .then(Network::ignored_proxy_setting)
                .flatten(),
            hints,
            ..Situation::of(self.target)
        };
        let Explanation { summary, instructions, member } = explain(&reason, &situation);
        let skipped =
            matches!(reason, Reason::SecretUnavailable { .. } | Reason::SecretNotConfirmed { .. });
        LoginResult {
            status: if skipped { Status::Skipped } else { Status::Failed },
            salesforce,
            member,
            ..LoginResult::skipped(reason.cause(), summary, instructions)
        }
    }
}

async fn settle(reservation: Option<Reservation>, outcome: Outcome) {
    if let Some(reservation) = reservation {
        reservation.settle(outcome).await;
    }
}
