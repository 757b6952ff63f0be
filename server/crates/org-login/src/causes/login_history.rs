//! The labels of Setup > Login History: Salesforce writes them behind the dash of
//! "authentication failure - …", and their codes (`LOGIN_ERROR_…`, `LOGIN_OAUTH_…`) into faults.
//!
//! Source: "Login Event Type — `LOGIN_STATUS` Values" in the Object Reference, and the labels that
//! users report. Left out are those of SAML, of portals' own pages and of mobile clients that are
//! gone: no login of this program can have them.

use super::Reason;
use super::phrases::plain;
use crate::target::Flow;

/// Code, label (`""` where the source has none), and the reason.
type Row = (&'static str, &'static str, Reason);

static LABELS: &[Row] = &[
    // The user.
    ("LOGIN_ERROR_INVALID_PASSWORD", "Invalid password", Reason::InvalidLogin),
    ("LOGIN_ERROR_SSO_PWD_INVALID", "Invalid password", Reason::InvalidLogin),
    ("LOGIN_ERROR_INVALID_USERNAME", "Invalid login", Reason::InvalidLogin),
    ("LOGIN_ERROR_UNKNOWN_ERROR", "Login invalid", Reason::InvalidLogin),
    (
        "LOGIN_ERROR_MUST_USE_API_TOKEN",
        "Failed: API security token required",
        Reason::SecurityTokenMissing,
    ),
    ("LOGIN_ERROR_PASSWORD_LOCKOUT", "Password lockout", Reason::PasswordLockout),
    ("LOGIN_ERROR_CSS_PW_LOCKOUT", "", Reason::PasswordLockout),
    ("LOGIN_ERROR_USER_INACTIVE", "User is inactive", Reason::UserInactive),
    ("LOGIN_ERROR_USER_FROZEN", "User is frozen", Reason::UserInactive),
    ("LOGIN_ERROR_CSS_FROZEN", "", Reason::UserInactive),
    ("LOGIN_CHALLENGE_ISSUED", "Failed: Computer activation required", Reason::IdentityChallenge),
    ("LOGIN_CHALLENGE_PENDING", "Failed: Computer activation pending", Reason::IdentityChallenge),
    (
        "LOGIN_TWOFACTOR_REQ",
        "Multi-factor (formerly called two-factor) is required",
        Reason::IdentityChallenge,
    ),
    ("LOGIN_TWOFACTOR_REQ", "Two-factor required", Reason::IdentityChallenge),
    ("LOGIN_LIGHTNING_LOGIN", "Lightning Login required", Reason::IdentityChallenge),
    ("LOGIN_ERROR_RESTRICTED_DOMAIN", "Restricted IP", Reason::IpRestricted),
    ("LOGIN_ERROR_EXPORT_RESTRICTED", "Restricted country", Reason::IpRestricted),
    ("LOGIN_ERROR_RESTRICTED_TIME", "Restricted time", Reason::LoginHours),
    ("LOGIN_ERROR_CLIENT_NO_ACCESS", "", Reason::ClientNotAllowed),
    ("LOGIN_ERROR_CLIENT_REQ_UPDATE", "Failed: Client update required", Reason::ClientNotAllowed),
    ("LOGIN_END_SESSION_TXN_SECURITY_POLICY", "", Reason::TransactionSecurity),
    ("LOGIN_ERROR_NO_NETWORK_ACCESS", "No Experience Cloud site access", Reason::PortalUser),
    ("LOGIN_ERROR_NO_NETWORK_ACCESS", "No community access", Reason::PortalUser),
    ("LOGIN_ERROR_NETWORK_INACTIVE", "Invalid - Experience Cloud site offline", Reason::PortalUser),
    ("LOGIN_ERROR_NETWORK_INACTIVE", "Invalid - community offline", Reason::PortalUser),
    ("LOGIN_ERROR_NO_PORTAL_ACCESS", "Invalid profile association", Reason::PortalUser),
    ("LOGIN_ERROR_PORTAL_INACTIVE", "Invalid - Portal disabled", Reason::PortalUser),
    // Single sign-on by delegated authentication.
    ("LOGIN_ERROR_INVALID_GATEWAY", "Invalid gateway", Reason::SingleSignOnGateway),
    (
        "LOGIN_ERROR_SSO_URL_INVALID",
        "The Single Sign-On Gateway URL is invalid",
        Reason::SingleSignOnGateway,
    ),
    (
        "LOGIN_ERROR_SSO_SVC_DOWN",
        "Your company's authentication service is down",
        Reason::SingleSignOnDown,
    ),
    // The app.
    ("LOGIN_OAUTH_NO_CONSUMER", "Missing Consumer Key Parameter", Reason::ClientIdUnknown),
    ("LOGIN_OAUTH_CONSUMER_DELETED", "Failed: Consumer Deleted", Reason::ClientIdUnknown),
    (
        "LOGIN_OAUTH_PACKAGE_MISSING",
        "Package for this consumer is not installed in your organization",
        Reason::AppNotInOrg,
    ),
    (
        "LOGIN_OAUTH_PACKAGE_OLD",
        "Installed package for this consumer is out of date",
        Reason::AppNotInOrg,
    ),
    ("", "Failed: Not approved for access", Reason::AppNotApproved),
    ("LOGIN_OAUTH_API_DISABLED", "Failed: OAuth API access disabled", Reason::ApiDisabled),
    ("LOGIN_OAUTH_INVALID_IP", "Failed: IP Address Not Allowed", Reason::IpRestricted),
    (
        "LOGIN_OAUTH_EXCEED_GET_AT_LMT",
        "Failed: Get Access Token Limit Exceeded",
        Reason::RateLimited,
    ),
    ("LOGIN_OAUTH_INVALID_CODE_CHALLENGE", "Failed: Invalid Code Challenge", Reason::AppWantsProof),
    ("LOGIN_OAUTH_INVALID_CODE_VERIFIER", "Failed: Invalid Code Verifier", Reason::AppWantsProof),
    ("", "Username-Password Flow Disabled", Reason::OtherRequest),
    ("LOGIN_OAUTH_INVALID_DS", "Failed: Activation secret invalid", Reason::OtherRequest),
    ("LOGIN_OAUTH_MISSING_DS", "Activation secret missing", Reason::OtherRequest),
    ("LOGIN_OAUTH_DS_NOT_EXPECTED", "Failed: Activation secret not expected", Reason::OtherRequest),
    (
        "LOGIN_OAUTH_INVALID_DEVICE",
        "Failed: Device Id missing or not registered",
        Reason::OtherRequest,
    ),
    ("LOGIN_OAUTH_INVALID_TOKEN", "Failed: Invalid Token", Reason::OtherRequest),
    ("LOGIN_OAUTH_NO_TOKEN", "Missing OAuth Token Parameter", Reason::OtherRequest),
    ("LOGIN_OAUTH_UNEXPECTED_PARAM", "Failed: Unexpected parameter", Reason::OtherRequest),
    ("LOGIN_ERROR_HTP_METHD_INVALID", "Failed: Invalid HTTP method", Reason::OtherRequest),
    // The place, the version and the frequency.
    ("LOGIN_ERROR_ORG_DOMAIN_ONLY", "Restricted domain", Reason::MyDomainOnly),
    ("LOGIN_ERROR_GLOBAL_BLOCK_DOMAIN", "Restricted domain", Reason::MyDomainOnly),
    ("LOGIN_ERROR_SWITCH_SFDC_INSTANCE", "", Reason::WrongInstance),
    ("LOGIN_ERROR_SWITCH_SFDC_LOGIN", "", Reason::WrongInstance),
    ("LOGIN_ERROR_INSECURE_LOGIN", "Failed: Login over insecure channel", Reason::HttpsRequired),
    (
        "LOGIN_ERROR_MUTUAL_AUTHENTICATION",
        "Mutual authentication failed",
        Reason::ClientCertificateRequired,
    ),
    ("LOGIN_ERROR_API_TOO_OLD", "Failed: API Version Removed", Reason::UnsupportedApiVersion),
    ("LOGIN_OAUTH_INVALID_VERSION", "Failed: Version Not Supported", Reason::UnsupportedApiVersion),
    ("LOGIN_ERROR_RATE_EXCEEDED", "Login rate exceeded", Reason::RateLimited),
    ("LOGIN_ERROR_LOGINS_EXCEEDED", "Maximum logins exceeded", Reason::RateLimited),
    // The org and Salesforce's service.
    ("LOGIN_ORG_TRIAL_EXP", "Trial Expired", Reason::TrialExpired),
    ("LOGIN_ERROR_ORG_LOCKOUT", "Organization locked", Reason::OrgUnavailable),
    ("LOGIN_ERROR_ORG_CLOSED", "Organization closed", Reason::OrgUnavailable),
    ("LOGIN_ERROR_ORG_SUSPENDED", "Organization suspended", Reason::OrgUnavailable),
    ("LOGIN_ERROR_ORG_INACTIVE", "Organization is inactive", Reason::OrgUnavailable),
    ("LOGIN_ERROR_ORG_IS_DOT_ORG", "Organization is a DOT", Reason::OrgUnavailable),
    ("LOGIN_ERROR_ORG_SIGNING_UP", "", Reason::OrgBeingCreated),
    ("LOGIN_ERROR_ORG_IN_MAINTENANCE", "Organization is in maintenance", Reason::OrgInMaintenance),
    ("LOGIN_READONLY_CANNOT_VALIDATE", "", Reason::OrgInMaintenance),
    ("LOGIN_ERROR_SYSTEM_DOWN", "", Reason::SalesforceUnavailable),
    ("LOGIN_ERROR_STORE_DOWN", "", Reason::SalesforceUnavailable),
    (
        "LOGIN_ERROR_APPEXCHANGE_DOWN",
        "Unable to process your login request",
        Reason::SalesforceUnavailable,
    ),
];

/// What says no more than that a login failed.
const FAILED: &[&str] = &[
    " authentication failure ",
    " authentication failed ",
    " authentication error ",
    " login failure ",
    " login failed ",
    " failure ",
    " failed ",
    " error ",
];

/// The reason behind the label in a [`plain`] text: behind "authentication failure", behind
/// "Failed:", or alone. With words around it a label is taken only there: elsewhere the words may
/// mean something else.
pub(crate) fn by_label(flow: Flow, text: &str) -> Option<Reason> {
    let mut rest = text;
    while let Some(prefix) = FAILED.iter().find(|prefix| rest.starts_with(**prefix)) {
        rest = rest.get(prefix.len() - 1..)?;
    }
    let introduced = rest.len() < text.len();
    let fits = |label: &str| {
        let label = plain(label.trim_start_matches("Failed: "));
        label.len() > 1 && (rest == label || introduced && rest.contains(label.as_str()))
    };
    LABELS.iter().find(|(_, label, _)| fits(label)).map(|row| for_flow(flow, &row.2))
}

/// The codes of the list.
pub(super) fn codes() -> impl Iterator<Item = &'static str> {
    LABELS.iter().map(|row| row.0).filter(|code| !code.is_empty())
}

/// The reasons of the list.
#[cfg(test)]
pub(super) fn reasons() -> impl Iterator<Item = (Reason, Flow)> {
    LABELS.iter().map(|row| (row.2.clone(), Flow::Soap))
}

/// The reason behind a code of the list. In a fault more can follow it, as in
/// `LOGIN_OAUTH_INVALID_TOKEN(db=1703,…)`.
pub(super) fn by_code(flow: Flow, code: &str) -> Option<Reason> {
    let code = code.split('(').next()?.trim();
    let row = LABELS.iter().find(|row| !row.0.is_empty() && row.0.eq_ignore_ascii_case(code))?;
    Some(for_flow(flow, &row.2))
}

/// The client credentials flow sends no user name and no password, so that it cannot be these.
fn for_flow(flow: Flow, reason: &Reason) -> Reason {
    match (flow, reason) {
        (Flow::OAuth, Reason::InvalidLogin) => Reason::RunAsUserRefused { says_why: true },
        (_, reason) => reason.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Any dash or none, any capitals, with and without "Failed:", and alone.
    #[test]
    fn each_label_is_read_however_it_is_written() {
        for (_, label, reason) in LABELS.iter().filter(|row| !row.1.is_empty()) {
            let bare = label.trim_start_matches("Failed: ");
            let upper = bare.to_uppercase();
            for text in [
                format!("authentication failure - {label}"),
                format!("authentication failure - Failed: {bare}"),
                format!("authentication failure \u{2013} {bare}"),
                format!("authentication failure\u{2014}{bare}."),
                format!("Authentication Failure: {}", bare.to_lowercase()),
                format!("AUTHENTICATION FAILURE - FAILED: {upper}"),
                format!("authentication failure ({bare})"),
                format!("authentication failure - {bare} Contact your administrator."),
                format!("Failed: {bare}"),
                bare.to_owned(),
            ] {
                let found = by_label(Flow::OAuth, &plain(&text));
                assert_eq!(found, Some(for_flow(Flow::OAuth, reason)), "{text}");
            }
        }
    }

    #[test]
    fn codes_are_read_with_what_follows_them() {
        for (code, ..) in LABELS.iter().filter(|row| !row.0.is_empty()) {
            let found = by_code(Flow::Soap, &code.to_lowercase());
            assert!(found.is_some(), "{code}");
            assert_eq!(by_code(Flow::Soap, &format!("{code}(db=1703,api={code})")), found);
        }
        assert_eq!(by_code(Flow::Soap, ""), None);
        assert_eq!(by_code(Flow::Soap, "LOGIN_ERROR_NEW"), None);
    }

    #[test]
    fn a_label_within_other_words_is_none() {
        for text in [
            "authentication failure",
            "failed",
            "the invalid login page",
            "please add the restricted ip to the list",
            "authentication failure - something new",
        ] {
            assert_eq!(by_label(Flow::OAuth, &plain(text)), None, "{text}");
        }
    }
}
