//! What an explanation must know about the org and the attempt.

use org_schema::{ApiVersion, hosts, versions};

use crate::policy::shown_host;
use crate::target::{Flow, LoginTarget, TargetAuth};

/// The org and the attempt, without any secret.
#[derive(Clone, Debug)]
pub(crate) struct Situation {
    pub(crate) flow: Flow,
    /// The host (with its port, if that is unusual) that the login went, or would have gone, to.
    pub(crate) host: String,
    /// The same with its scheme, to be opened in a browser.
    pub(crate) origin: String,
    /// Whether the host is written in the file (and not completed by the system).
    pub(crate) host_written: bool,
    pub(crate) username: Option<String>,
    pub(crate) has_security_token: bool,
    /// The version that a SOAP login used, or the effective one; `None` when unknown.
    pub(crate) api_version: Option<ApiVersion>,
    pub(crate) api_version_written: bool,
    /// Whether the release has come in which Salesforce retires `login()` (Summer '27).
    pub(crate) login_retired: bool,
    /// The code that Salesforce gave, scrubbed.
    pub(crate) code: Option<String>,
    /// How many seconds Salesforce asked to wait.
    pub(crate) retry_after: Option<u64>,
    /// The versions that the host says it serves, such as `31.0 to 67.0`.
    pub(crate) served: Option<String>,
    /// The variable that should name a proxy and could not be used.
    pub(crate) ignored_proxy: Option<&'static str>,
    /// Something about the resolved values that explains a refusal and gives nothing away.
    pub(crate) hints: Vec<&'static str>,
}

impl Situation {
    /// The situation before anything was sent.
    pub(crate) fn of(target: &LoginTarget) -> Situation {
        let (host, host_written, username, has_security_token) = match &target.auth {
            TargetAuth::Basic { server_host, username, security_token, .. } => (
                shown_host(server_host.as_deref().unwrap_or(default_host(target.sandbox))),
                server_host.is_some(),
                Some(username.clone()),
                security_token.as_ref().is_some_and(|token| !token.is_empty()),
            ),
            TargetAuth::OAuth { instance_url, .. } => (shown_host(instance_url), true, None, false),
        };
        let flow = target.auth.flow();
        Situation {
            flow,
            origin: format!("https://{host}"),
            host,
            host_written,
            username,
            has_security_token,
            api_version: match flow {
                Flow::Soap => Some(soap_version(target)),
                Flow::OAuth => target.api_version,
            },
            api_version_written: target.api_version_written,
            login_retired: false,
            code: None,
            retry_after: None,
            served: None,
            ignored_proxy: None,
            hints: Vec::new(),
        }
    }

    /// JSON pointer of the member that decides the host.
    pub(crate) fn host_member(&self) -> &'static str {
        match (self.flow, self.host_written) {
            (Flow::OAuth, _) => "/auth/instanceUrl",
            (Flow::Soap, true) => "/serverHost",
            (Flow::Soap, false) => "/auth",
        }
    }

    /// JSON pointer of the member that names the user, or the app that runs as the user.
    pub(crate) fn user_member(&self) -> &'static str {
        match self.flow {
            Flow::Soap => "/auth/username",
            Flow::OAuth => "/auth",
        }
    }

    /// JSON pointer of the API version, when the org's own file has one.
    pub(crate) fn version_member(&self) -> Option<&'static str> {
        self.api_version_written.then_some("/apiVersion")
    }
}

/// The host that the system completes when `serverHost` is absent.
pub(crate) fn default_host(sandbox: bool) -> &'static str {
    if sandbox { hosts::SANDBOX_LOGIN } else { hosts::PRODUCTION_LOGIN }
}

/// The version in the address of a SOAP login: the effective one, whatever Salesforce may think of
/// it; without one, the newest in which `login()` exists.
pub(crate) fn soap_version(target: &LoginTarget) -> ApiVersion {
    target.api_version.unwrap_or(versions::LAST_SOAP_LOGIN)
}
