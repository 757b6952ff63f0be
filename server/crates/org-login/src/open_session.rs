//! A session that other programs go on with, until whoever opened it ends it.

use std::fmt;
use std::time::Duration;

use org_schema::ApiVersion;
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::causes::Reason;
use crate::exchange::{Limits, Request, exchange};
use crate::follow_up::Trouble;
use crate::network::Network;
use crate::output_mask::OutputMask;
use crate::policy::Destination;
use crate::result::LoginResult;
use crate::scrub::Scrubber;
use crate::secrets::Credentials;
use crate::session::Session;
use crate::target::{Flow, LoginTarget};

/// Where an access token is ended (RFC 7009).
const REVOKE: &str = "/services/oauth2/revoke";
/// Ending a session takes no longer than this.
const LONGEST_END: Duration = Duration::from_secs(10);

/// A session of a login that worked. Its `Debug` shows no secret.
#[derive(Debug)]
pub struct OpenSession {
    token: SecretString,
    is_jwt: bool,
    flow: Flow,
    /// Where the session may go.
    pub(crate) destination: Destination,
    /// What logged in.
    credentials: Vec<SecretString>,
}

/// A session could not be ended; in words, to go on after a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotEnded(String);

impl fmt::Display for NotEnded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OpenSession {
    pub(crate) fn new(
        session: &Session,
        destination: Destination,
        flow: Flow,
        credentials: &Credentials,
    ) -> Self {
        let credentials = match credentials {
            Credentials::Basic { password, security_token, .. } => {
                security_token.iter().chain([password]).cloned().collect()
            }
            Credentials::OAuth { client_secret, .. } => vec![client_secret.clone()],
        };
        let (token, is_jwt) = (session.token.clone(), session.is_jwt);
        Self { token, is_jwt, flow, destination, credentials }
    }

    /// The session id or access token, for `Authorization: Bearer`.
    pub fn token(&self) -> &SecretString {
        &self.token
    }

    /// Whether the token has the form `00D…!…`; the other form is a JWT.
    pub fn is_opaque(&self) -> bool {
        !self.is_jwt
    }

    /// Scheme and host for calls, such as `https://acme.my.salesforce.com`.
    pub fn instance_url(&self) -> &str {
        &self.destination.origin
    }

    /// The API version for calls: that of the org or its project, else the newest that the org serves.
    pub fn api_version(&self, target: &LoginTarget, result: &LoginResult) -> Option<ApiVersion> {
        let served = || result.versions.last().and_then(|version| ApiVersion::parse(version));
        target.api_version.or_else(served)
    }

    /// Whether nobody else has this session, so that it ends with its use. One of SOAP `login()` is handed
    /// out again to whoever logs in as the same user meanwhile.
    pub fn is_own(&self) -> bool {
        self.flow == Flow::OAuth
    }

    /// A mask for what other programs print: it knows the session and what logged in.
    pub fn mask(&self) -> OutputMask {
        OutputMask::new(&self.token, &self.credentials)
    }

    /// Ends a session that is nobody else's; any other is left alone. Waits 10 seconds at most.
    ///
    /// # Errors
    /// Why it goes on, until the org's own timeout ends it.
    pub async fn end(&self, network: &Network) -> Result<(), NotEnded> {
        if !self.is_own() {
            return Ok(());
        }
        let on_the_way = |reason: Reason| NotEnded(Trouble::on_the_way(&reason).why().to_owned());
        let limits = Limits::new(LONGEST_END, CancellationToken::new());
        let late = Reason::TimedOut { connected: false };
        let route = limits.within(late, network.route_to(&self.destination)).await;
        let route = route.and_then(|route| route).map_err(on_the_way)?;
        let address = || NotEnded("its address cannot be written".to_owned());
        let url = self.destination.url(REVOKE).ok_or_else(address)?;
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("token", self.token.expose_secret())
            .finish();
        let request = Request::post(url, "application/x-www-form-urlencoded", form.into())
            .accepting("application/json");
        let answer = exchange(&route.client, request, route.proxy.as_deref(), &limits)
            .await
            .map_err(on_the_way)?;
        // What is over already needs no end.
        if answer.status == 200 || answer.body.contains("invalid_token") {
            return Ok(());
        }
        Err(NotEnded(Trouble::of(&answer, self.flow, &self.scrubber()).why().to_owned()))
    }

    /// Takes the session, and what logged in, out of answers.
    pub(crate) fn scrubber(&self) -> Scrubber {
        let mut scrubber = Scrubber::default();
        scrubber.add_session(&self.token);
        self.credentials.iter().for_each(|secret| scrubber.add(secret.expose_secret()));
        scrubber
    }
}
