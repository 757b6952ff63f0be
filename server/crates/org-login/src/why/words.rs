//! Words for an error of another tool: those of the table, without what only holds for our own org
//! files and our own login.

mod app;
mod host;
mod login;
mod network;

use super::surroundings::{Grant, Surroundings};
use super::{Found, Refusal};
use crate::causes::{CONVERT, Explanation, Reason, Situation, explain as explain_reason};
use crate::target::Flow;

/// A host is looked for that near to an error.
const NEAR: usize = 4000;

/// What our words call by the names of an org file's members, and other words of ours, in general terms.
const GENERAL: &[(&str, &str)] = &[
    ("`username`", "the tool's user name"),
    ("`password`", "the tool's password"),
    ("`securityToken`", "the tool's security token"),
    ("`serverHost`", "the tool's login URL"),
    ("`instanceUrl`", "the tool's instance URL"),
    ("`clientId`", "the tool's client ID"),
    ("`clientSecret`", "the tool's client secret"),
    ("`sandbox`", "the tool's choice of sandbox or production"),
    ("`apiVersion`", "the tool's API version"),
    ("this machine's own", "the machine's own"),
    ("this machine", "the tool's machine"),
    ("from this network's IP address", "from the tool's IP address"),
    ("Test again", "Try again"),
    ("test again", "try again"),
    (", and that of the Jitterbit agent", ""),
    ("; nothing is wrong with the file", ""),
    ("enter the new one here", "give the tool the new one"),
];

/// Explains an error of another tool.
pub(super) fn explain(found: &Found, around: &Surroundings, login_retired: bool) -> Explanation {
    let situation = situation(found, around, login_retired);
    match &found.refusal {
        Refusal::OtherFlow(flow) => flow.explain(&situation.host),
        Refusal::Known(reason) => {
            let mut words =
                own_words(reason, &situation).unwrap_or_else(|| general(reason, &situation));
            if around.grant != Grant::ClientCredentials {
                let summary = words.summary.replace("The app's Run As user", "The user");
                words.summary = summary.replace("the app's Run As user", "the user");
            }
            words
        }
    }
}

/// The words about a user, or about the Run As user of an app: only client credentials have one.
fn flow_of_words(found: &Found, around: &Surroundings) -> Flow {
    use Reason::*;
    let is_about_the_user = matches!(
        &found.refusal,
        Refusal::Known(
            SecurityTokenMissing
                | PasswordExpired
                | PasswordLockout
                | UserInactive
                | IdentityChallenge
                | LoginHours
                | PortalUser
                | SingleSignOnGateway
                | SingleSignOnOnly
                | SingleSignOnDown
        )
    );
    match around.grant {
        Grant::ClientCredentials => found.flow,
        _ if is_about_the_user => Flow::Soap,
        _ => found.flow,
    }
}

fn situation(found: &Found, around: &Surroundings, login_retired: bool) -> Situation {
    let host = around.host(found.place.start, NEAR);
    Situation {
        flow: flow_of_words(found, around),
        host: host.unwrap_or("the login host").to_owned(),
        origin: format!("https://{}", host.unwrap_or("<name>.my.salesforce.com")),
        host_written: true,
        username: None,
        has_security_token: false,
        api_version: around.api_version,
        api_version_written: false,
        login_retired,
        code: found.code.clone(),
        retry_after: None,
        served: None,
        ignored_proxy: None,
        hints: Vec::new(),
    }
}

/// The table's words in general terms.
fn general(reason: &Reason, situation: &Situation) -> Explanation {
    let mut explanation = explain_reason(reason, situation);
    let texts = std::iter::once(&mut explanation.summary).chain(&mut explanation.instructions);
    let convert = format!("the action \"{CONVERT}\"");
    for text in texts {
        *text = text.replace(&convert, "OAuth 2.0 client credentials");
        for (ours, general) in GENERAL {
            *text = text.replace(ours, general);
        }
    }
    explanation
}

/// Reasons whose words speak of our own login throughout.
fn own_words(reason: &Reason, situation: &Situation) -> Option<Explanation> {
    use Reason::*;
    let is_soap = situation.flow == Flow::Soap;
    Some(match reason {
        InvalidLogin => login::invalid(situation),
        SecurityTokenMissing if is_soap => login::security_token(),
        PasswordExpired if is_soap => login::password_expired(),
        SoapLoginDisabled => login::disabled(situation),
        SoapLoginRemoved => login::removed(situation),
        UnsupportedApiVersion => login::unsupported_version(situation),
        ClientUnsupported => login::client_unsupported(situation),
        RequestNotUnderstood => login::not_understood(),
        Unknown { .. } => login::unknown(situation),
        ClientSecretWrong => app::client_secret(),
        GrantTypeRefused => app::grant_type(situation),
        ScopeRefused => app::scope(),
        AppWantsProof => app::wants_proof(),
        NotThisDomain => host::not_this_domain(situation),
        MyDomainOnly => host::my_domain_only(situation),
        WrongInstance => host::wrong_instance(situation),
        HostNotFound => network::host_not_found(situation),
        ConnectionRefused | TimedOut { .. } => network::no_connection(situation),
        CertificateFromUnknownIssuer => network::unknown_issuer(situation),
        CertificateExpired => network::certificate_expired(situation),
        CertificateOfAnotherHost => network::other_hosts_certificate(situation),
        ProxyAuthentication { .. } => network::proxy_authentication(situation),
        ProxyRefused { .. } => network::proxy_refused(situation),
        TlsTooOld => network::tls_too_old(),
        ClientCertificateRequired => network::client_certificate(),
        _ => return None,
    })
}
