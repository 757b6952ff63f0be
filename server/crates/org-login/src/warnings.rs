//! What works today but needs attention.

use org_schema::hosts::HostKind;
use org_schema::versions::{self, SUMMER_27, Support};
use org_schema::{ApiVersion, Date, hosts};

use crate::causes::soap_version;
use crate::policy::Destination;
use crate::result::{ApiRequests, Identity};
use crate::soap;
use crate::target::{Flow, LoginTarget};
use crate::warning::{Warning, WarningCode};

/// Everything that a successful login told.
pub(crate) struct Known<'a> {
    pub(crate) target: &'a LoginTarget,
    pub(crate) today: Date,
    pub(crate) destination: &'a Destination,
    pub(crate) identity: &'a Identity,
    /// `instance_url` or `serverUrl`.
    pub(crate) address: Option<&'a str>,
    /// The host in it, when the session may go there.
    pub(crate) session_host: Option<&'a str>,
    pub(crate) is_jwt: bool,
    /// Whether a request can carry the session at all.
    pub(crate) is_carried: bool,
    pub(crate) versions: &'a [ApiVersion],
    pub(crate) api_requests: Option<ApiRequests>,
}

/// The warnings, the most pressing first.
pub(crate) fn warnings(known: &Known<'_>) -> Vec<Warning> {
    use WarningCode as Code;
    [
        (sandbox_code(known), sandbox_flag(known)),
        (Code::BasicEnds, basic_ends(known)),
        (Code::VersionNotServed, version_not_served(known)),
        (Code::VersionRetires, version_retires(known)),
        (Code::NoVersion, no_version(known)),
        (Code::OtherVersion, other_version(known)),
        (Code::JwtTokens, jwt(known)),
        (Code::OddSession, odd_session(known)),
        (Code::ForeignAddress, foreign_address(known)),
        (Code::OtherMyDomain, other_my_domain(known)),
        (Code::InstanceHost, instance_host(known)),
        (Code::FewRequests, few_requests(known)),
    ]
    .into_iter()
    .filter_map(|(code, text)| Some(Warning { code, text: text? }))
    .collect()
}

fn is_soap(known: &Known<'_>) -> bool {
    known.target.auth.flow() == Flow::Soap
}

fn basic_ends(known: &Known<'_>) -> Option<String> {
    is_soap(known).then(|| {
        let when = if known.today < SUMMER_27 {
            "Basic authentication stops working with Summer '27 (June 2027), when Salesforce \
             retires SOAP API login()"
        } else {
            "Salesforce retires SOAP API login() with Summer '27, so this login can stop working \
             any day"
        };
        format!("{when}: use the action \"Convert to OAuth 2.0 client credentials\".")
    })
}

fn sandbox_code(known: &Known<'_>) -> WarningCode {
    if known.identity.sandbox == Some(true) {
        WarningCode::IsSandbox
    } else {
        WarningCode::IsProduction
    }
}

fn sandbox_flag(known: &Known<'_>) -> Option<String> {
    match (known.identity.sandbox?, known.target.sandbox) {
        (true, false) => {
            Some("Salesforce says that this org is a sandbox: set `sandbox` to true.".to_owned())
        }
        (false, true) => Some(
            "Salesforce says that this org is not a sandbox: set `sandbox` to false.".to_owned(),
        ),
        _ => None,
    }
}

fn version_not_served(known: &Known<'_>) -> Option<String> {
    let version = known.target.api_version?;
    let (first, last) = (known.versions.first()?, known.versions.last()?);
    (!known.versions.contains(&version)).then(|| {
        format!(
            "The org does not serve API version {version} (its versions run from {first} to {last}): \
             operations that use it will fail until `apiVersion` is one that it serves."
        )
    })
}

fn version_retires(known: &Known<'_>) -> Option<String> {
    let version = known.target.api_version?;
    (versions::support(version, known.today) == Support::Retiring).then(|| {
        format!(
            "API version {version} loses support with Summer '27 and is retired with Summer '28: \
             set `apiVersion` to 41.0 or later."
        )
    })
}

fn no_version(known: &Known<'_>) -> Option<String> {
    (is_soap(known) && known.target.api_version.is_none()).then(|| {
        format!(
            "No API version is set for this org, so the login used {}: set `apiVersion` in \
             sforg-project.json.",
            soap_version(known.target)
        )
    })
}

/// Seen where something on the way changes the request's address.
fn other_version(known: &Known<'_>) -> Option<String> {
    let asked = is_soap(known).then(|| soap_version(known.target))?;
    let given = soap::version_in(known.address?)?;
    (given != asked).then(|| {
        format!(
            "Salesforce was asked for API version {asked} and gave a session for {given}: \
             operations that use its address may fail."
        )
    })
}

fn jwt(known: &Known<'_>) -> Option<String> {
    const FIRST_FOR_SOAP: ApiVersion = ApiVersion::new(68);
    let too_old = known.target.api_version.is_none_or(|version| version < FIRST_FOR_SOAP);
    (known.is_jwt && too_old).then(|| {
        format!(
            "The app issues JWT-based access tokens, which the SOAP API accepts only from version \
             {FIRST_FOR_SOAP} on; older versions refuse them with INVALID_SESSION_ID: untick \
             Issue JSON Web Token (JWT)-based access tokens for named users in the app's OAuth \
             settings."
        )
    })
}

/// Nothing that Salesforce hands out has line breaks or other control characters in it.
fn odd_session(known: &Known<'_>) -> Option<String> {
    (!known.is_carried).then(|| {
        "The session in the answer has characters that no request can carry, so nothing more was \
         asked, and operations cannot use it either: something in between may be changing the \
         answers."
            .to_owned()
    })
}

fn foreign_address(known: &Known<'_>) -> Option<String> {
    if !known.destination.is_salesforce || known.session_host.is_some() {
        return None;
    }
    Some(match &known.identity.instance_url {
        Some(url) => format!(
            "Salesforce's answer sends API calls to {url}, which is not a Salesforce API host, so \
             the session was not sent there and nothing more was asked. A proxy may rewrite the \
             answers; keep the My Domain in the file."
        ),
        None => "Salesforce's answer does not say where API calls go, so nothing more was asked."
            .to_owned(),
    })
}

fn other_my_domain(known: &Known<'_>) -> Option<String> {
    let answered = known.session_host?;
    let asked = &known.destination.host;
    let both_my_domains = [answered, asked.as_str()]
        .iter()
        .all(|host| matches!(hosts::classify(host), HostKind::MyDomain { .. }));
    (known.destination.is_salesforce && both_my_domains && answered != asked).then(|| {
        let member = if is_soap(known) { "serverHost" } else { "instanceUrl" };
        format!(
            "The org's My Domain is {answered}, and `{member}` still names {asked}: change it \
             before Salesforce stops answering at the old name."
        )
    })
}

fn instance_host(known: &Known<'_>) -> Option<String> {
    let host = &known.destination.host;
    let is_instance =
        matches!(hosts::classify(host), HostKind::Instance | HostKind::HyperforceInstance);
    is_instance.then(|| {
        format!(
            "Salesforce ends logins at instance hosts such as {host} in phases from Spring '27 \
             on: use the org's My Domain (Setup > My Domain)."
        )
    })
}

fn few_requests(known: &Known<'_>) -> Option<String> {
    let ApiRequests { remaining, max } = known.api_requests?;
    (remaining < max / 20)
        .then(|| format!("Only {remaining} of the org's {max} API requests for 24 hours are left."))
}
