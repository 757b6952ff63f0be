//! Wording: what happened, what to do about it in which order, and which member to change.
//!
//! The screens are those of Salesforce Setup. An instruction never asks for a new secret where the
//! flow may be off, and never blames credentials for what stands between here and Salesforce.

mod answer;
mod app;
mod before;
mod host;
mod network;
mod org;
mod proxy;
mod single_sign_on;
mod tls;
mod unknown;
mod user;

use super::{Reason, Situation};
use crate::cause::Cause;

/// An explanation in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// One sentence.
    pub(crate) summary: String,
    /// Ordered steps; never empty.
    pub(crate) instructions: Vec<String>,
    /// JSON pointer into the org file, when a member of it is to be changed.
    pub(crate) member: Option<String>,
}

impl Explanation {
    pub(crate) fn new(summary: impl Into<String>) -> Explanation {
        Explanation { summary: summary.into(), instructions: Vec::new(), member: None }
    }

    pub(crate) fn step(mut self, step: impl Into<String>) -> Explanation {
        self.instructions.push(step.into());
        self
    }

    pub(crate) fn step_if(self, condition: bool, step: impl Into<String>) -> Explanation {
        if condition { self.step(step) } else { self }
    }

    fn at(mut self, member: &str) -> Explanation {
        self.member = Some(member.to_owned());
        self
    }
}

/// Explains `reason` for the org and attempt in `situation`.
pub(crate) fn explain(reason: &Reason, situation: &Situation) -> Explanation {
    let mut explanation = words(reason, situation);
    if let Some(name) = situation.ignored_proxy
        && matches!(reason.cause(), Cause::Network | Cause::Tls | Cause::Proxy)
    {
        let step = format!(
            "{name} is set, but not to the address of a proxy, so it was ignored: write it as \
             http://host:port."
        );
        explanation.instructions.insert(0, step);
    }
    let hints = situation.hints.iter().map(|hint| (*hint).to_owned());
    if reason.cause().blames_credentials() {
        explanation.instructions.splice(0..0, hints);
    }
    explanation
}

/// The words for each reason. One match without a wildcard: the compiler finds a reason that nobody
/// explains.
fn words(reason: &Reason, situation: &Situation) -> Explanation {
    match reason {
        // The user.
        Reason::InvalidLogin => user::invalid_login(situation),
        Reason::SecurityTokenMissing => user::security_token(situation),
        Reason::PasswordExpired => user::password_expired(situation),
        Reason::PasswordLockout => user::locked_out(situation),
        Reason::UserInactive => user::inactive(situation),
        Reason::IdentityChallenge => user::challenge(situation),
        Reason::IpRestricted => user::ip_restricted(situation),
        Reason::LoginHours => user::login_hours(situation),
        Reason::IpRestrictedOrLoginHours => user::ip_or_hours(situation),
        Reason::AnyApiAuthMissing => user::any_api_auth(situation),
        Reason::ClientNotAllowed => user::client_not_allowed(situation),
        Reason::TransactionSecurity => user::transaction_security(situation),
        Reason::PortalUser => user::portal_user(situation),
        Reason::LicenseMissing => user::license_missing(situation),
        Reason::SingleSignOnGateway => single_sign_on::gateway(situation),
        Reason::SingleSignOnOnly => single_sign_on::only(situation),
        Reason::SingleSignOnDown => single_sign_on::down(situation),

        // SOAP login() as such, and the app of the client credentials flow.
        Reason::SoapLoginDisabled => org::soap_login_disabled(situation),
        Reason::SoapLoginRemoved => org::soap_login_removed(situation),
        Reason::ClientIdUnknown => app::client_id(situation),
        Reason::ClientSecretWrong => app::client_secret(),
        Reason::FlowDisabled => app::flow_disabled(),
        Reason::GrantTypeRefused => app::grant_type(situation),
        Reason::RunAsUserMissing => app::run_as_missing(),
        Reason::RunAsUserRefused { says_why } => app::run_as_refused(*says_why),
        Reason::GrantRefused => app::grant_refused(),
        Reason::ScopeMissing => app::scope_missing(),
        Reason::ScopeRefused => app::scope_refused(),
        Reason::AppWantsProof => app::wants_proof(),
        Reason::AppNotApproved => app::not_approved(),
        Reason::AppNotInOrg => app::not_in_org(situation),
        Reason::AppBlocked => app::blocked(),

        // The host, the org and Salesforce's service.
        Reason::NotThisDomain => host::not_this_domain(situation),
        Reason::MyDomainOnly => host::my_domain_only(situation),
        Reason::NoLoginAtThisAddress => host::no_login(situation),
        Reason::HostMoved { to } => host::moved(situation, to),
        Reason::Redirected { to } => host::redirected(situation, to.as_deref()),
        Reason::HttpsRequired => host::https_required(situation),
        Reason::WrongInstance => host::wrong_instance(situation),
        Reason::ApiDisabled => org::api_disabled(situation),
        Reason::UnsupportedApiVersion => org::unsupported_version(situation),
        Reason::OrgUnavailable => org::unavailable(),
        Reason::TrialExpired => org::trial_expired(),
        Reason::OrgInMaintenance => org::in_maintenance(),
        Reason::OrgBeingCreated => org::being_created(),
        Reason::RateLimited => org::rate_limited(situation),
        Reason::RequestsUsedUp => org::requests_used_up(),
        Reason::TooManyAtOnce => org::too_many_at_once(situation),
        Reason::SalesforceUnavailable => org::salesforce_unavailable(situation),
        Reason::GatewayTrouble { title } => org::gateway_trouble(situation, title.as_deref()),

        // The way there.
        Reason::HostNotFound => network::host_not_found(situation),
        Reason::ConnectionRefused => network::connection_refused(situation),
        Reason::TimedOut { connected: false } => network::no_connection_in_time(situation),
        Reason::TimedOut { connected: true } => network::no_answer_in_time(situation),
        Reason::ConnectionLost => network::connection_lost(situation),
        Reason::NetworkTrouble { detail } => network::trouble(situation, detail),
        Reason::CertificateFromUnknownIssuer => tls::unknown_issuer(situation),
        Reason::CertificateExpired => tls::certificate_expired(situation),
        Reason::CertificateOfAnotherHost => tls::other_hosts_certificate(situation),
        Reason::CertificateRefused { detail } => tls::certificate_refused(situation, detail),
        Reason::NoTls { detail } => tls::no_tls(situation, detail),
        Reason::NoCertificateStore { detail } => tls::no_certificate_store(detail),
        Reason::ExtraCaUnusable { path, detail } => tls::extra_ca_unusable(path, detail),
        Reason::TlsTooOld => tls::too_old(),
        Reason::ClientCertificateRequired => tls::client_certificate(situation),
        Reason::ProxyAuthentication { proxy } => proxy::authentication(situation, proxy.as_deref()),
        Reason::ProxyRefused { proxy } => proxy::refused(situation, proxy.as_deref()),
        Reason::ProxyUnreachable { proxy } => proxy::unreachable(proxy),
        Reason::ProxySilent { proxy } => proxy::silent(situation, proxy),
        Reason::NetworkSignIn => proxy::network_sign_in(situation),
        Reason::RedirectedAway { to } => proxy::redirected_away(situation, to),
        Reason::ProxyPage { title } => proxy::page(situation, title.as_deref()),

        // The answer.
        Reason::NotALoginAnswer { what } => answer::not_a_login_answer(situation, what),
        Reason::AnswerTooLarge => answer::too_large(situation),
        Reason::UnsafeXml => answer::unsafe_xml(situation),
        Reason::RequestNotUnderstood => answer::request_not_understood(situation),
        Reason::NoSession => answer::no_session(situation),
        Reason::OtherRequest => unknown::other_request(situation),
        Reason::ClientUnsupported => unknown::client_unsupported(situation),
        Reason::Unknown { about } => unknown::unknown(situation, *about),

        // Before anything is sent, and after it was stopped.
        Reason::SecretUnavailable { member, problem } => {
            before::secret_unavailable(member, problem)
        }
        Reason::SecretNotConfirmed { secrets } => before::secret_not_confirmed(secrets),
        Reason::HostNotAllowed { host } => before::host_not_allowed(situation, host),
        Reason::LoginHostTakesNoClientCredentials { host } => before::login_host(situation, host),
        Reason::Cancelled => before::cancelled(situation),
    }
}

/// The step that finds the right host.
pub(crate) const MY_DOMAIN: &str = "In the org, open Setup > My Domain and copy the Current My Domain URL: \
     `https://<name>.my.salesforce.com`, in a sandbox \
     `https://<name>--<sandbox>.sandbox.my.salesforce.com`.";

/// Where Salesforce keeps the true reason of a refusal, and what its absence means. Only for
/// refusals that come after Salesforce has found the user: earlier ones stand in no history.
pub(crate) const LOGIN_HISTORY: &str = "In the org, open Setup > Login History and look for this \
                                        attempt: its status is the real reason. If it is not \
                                        there, the login went to the wrong place, or the org has \
                                        no user with this name.";

/// The action that replaces basic authentication, as the editor names it.
pub(crate) const CONVERT: &str = "Convert to OAuth 2.0 client credentials";

#[cfg(test)]
mod tests;
