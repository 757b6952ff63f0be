//! The rows of the table: codes and texts, and the reason behind each.
//!
//! Sources of the codes: the WSDL's `ExceptionCode` and Salesforce's documentation of `login()`;
//! Salesforce's "OAuth 2.0 Authorization Errors" and the error codes of its mobile SDK; texts as
//! reported by users of client libraries. Rows are tried in order, the first that fits counts.

use super::Reason;
use crate::target::Flow;

/// One row. A code is compared without regard to case; one that ends in `*` is a prefix, and an
/// empty one stands for an answer without a code. A row without texts fits every text.
pub(super) struct Row {
    pub(super) flow: Flow,
    pub(super) codes: &'static [&'static str],
    pub(super) texts: &'static [&'static str],
    pub(super) reason: Reason,
}

const fn soap(
    codes: &'static [&'static str],
    texts: &'static [&'static str],
    reason: Reason,
) -> Row {
    Row { flow: Flow::Soap, codes, texts, reason }
}

const fn oauth(
    codes: &'static [&'static str],
    texts: &'static [&'static str],
    reason: Reason,
) -> Row {
    Row { flow: Flow::OAuth, codes, texts, reason }
}

/// Codes of the token endpoint that say nothing by themselves: the text decides.
const GRANT: &[&str] = &["invalid_grant", "access_denied", "login_error", ""];
/// The same, and those with which a switched-off flow has been seen.
const GRANT_OR_CLIENT: &[&str] =
    &["invalid_grant", "access_denied", "invalid_client", "unauthorized_client", "invalid_request"];

/// All of them.
pub(super) static ROWS: &[Row] = &[
    // SOAP login()
    soap(
        &["INVALID_LOGIN"],
        &["logins exceeded", "number of logins", "login rate"],
        Reason::RateLimited,
    ),
    soap(
        &["INVALID_LOGIN"],
        &["must add a security token", "security token required"],
        Reason::SecurityTokenMissing,
    ),
    soap(&["INVALID_LOGIN"], &[], Reason::InvalidLogin),
    soap(&["LOGIN_MUST_USE_SECURITY_TOKEN"], &[], Reason::SecurityTokenMissing),
    soap(
        &["INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "PASSWORD_EXPIRED"],
        &[],
        Reason::PasswordExpired,
    ),
    soap(&["INVALID_OPERATION"], &["password has expired"], Reason::PasswordExpired),
    soap(
        &["INVALID_OPERATION", "UNSUPPORTED_API_VERSION"],
        &[
            "login operation",
            "login() is not available",
            "login() is no longer",
            "login is not available",
            "not available in the api version",
            "not available in api version",
        ],
        Reason::SoapLoginRemoved,
    ),
    soap(&["INVALID_OPERATION"], &["any api auth"], Reason::AnyApiAuthMissing),
    soap(
        &["INVALID_OPERATION"],
        &["disabled", "not enabled", "enable soap api login"],
        Reason::SoapLoginDisabled,
    ),
    soap(
        &["UNSUPPORTED_API_VERSION", "INVALIDVERSION", "GONE"],
        &[],
        Reason::UnsupportedApiVersion,
    ),
    soap(
        &["INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY"],
        &[],
        Reason::AnyApiAuthMissing,
    ),
    soap(&["LOGIN_DURING_RESTRICTED_DOMAIN"], &[], Reason::IpRestricted),
    soap(&["LOGIN_DURING_RESTRICTED_TIME"], &[], Reason::LoginHours),
    soap(&["PASSWORD_LOCKOUT"], &[], Reason::PasswordLockout),
    soap(
        &["LOGIN_CHALLENGE_ISSUED", "LOGIN_CHALLENGE_PENDING", "TXN_SECURITY_TWO_FA*"],
        &[],
        Reason::IdentityChallenge,
    ),
    soap(
        &["TXN_SECURITY_FREEZE", "INACTIVE_USER", "INACTIVE_OWNER_OR_USER"],
        &[],
        Reason::UserInactive,
    ),
    soap(&["TXN_SECURITY_*"], &[], Reason::TransactionSecurity),
    soap(
        &["CLIENT_NOT_ACCESSIBLE_FOR_USER", "CLIENT_REQUIRE_UPDATE_FOR_USER"],
        &[],
        Reason::ClientNotAllowed,
    ),
    soap(
        &["API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG", "FUNCTIONALITY_NOT_ENABLED"],
        &["trial"],
        Reason::TrialExpired,
    ),
    soap(
        &["API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG", "FUNCTIONALITY_NOT_ENABLED"],
        &[],
        Reason::ApiDisabled,
    ),
    soap(&["UNSUPPORTED_CLIENT"], &["tls", "ssl"], Reason::TlsTooOld),
    soap(&["MUTUAL_AUTHENTICATION_FAILED"], &[], Reason::ClientCertificateRequired),
    soap(&["ORG_NOT_OWNED_BY_INSTANCE", "URL_NOT_RESET"], &[], Reason::WrongInstance),
    soap(&["TRIAL_EXPIRED"], &[], Reason::TrialExpired),
    soap(&["ORG_LOCKED"], &[], Reason::OrgUnavailable),
    soap(&["ORG_IN_MAINTENANCE"], &[], Reason::OrgInMaintenance),
    soap(&["SSO_SERVICE_DOWN"], &[], Reason::SingleSignOnDown),
    soap(&["REQUEST_LIMIT_EXCEEDED", "EXCEEDED_QUOTA"], &[], Reason::RequestsUsedUp),
    soap(&["SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION"], &[], Reason::SalesforceUnavailable),
    // Faults without an exceptionCode: only the sender's or the receiver's fault is known.
    soap(&["Client", "Sender"], &[], Reason::RequestNotUnderstood),
    soap(&["Server", "Receiver"], &[], Reason::SalesforceUnavailable),
    // OAuth: a flow that may be off comes before anything that would blame the secret.
    oauth(
        &["oauth_flow_disabled", "ecapp_policy_not_found", "oauth_policy_not_found"],
        &[],
        Reason::FlowDisabled,
    ),
    oauth(
        GRANT_OR_CLIENT,
        &[
            "no client credentials user",
            "client credentials user not",
            "client credentials user is not",
            "no run as user",
            "run as user not",
            "run as user is not set",
            "no execution user",
        ],
        Reason::RunAsUserMissing,
    ),
    oauth(
        GRANT_OR_CLIENT,
        &[
            "client credentials flow",
            "client credentials is not enabled",
            "client credentials not enabled",
            "flow not enabled",
            "flow is not enabled",
            "flow is disabled",
            "plugin is disabled",
        ],
        Reason::FlowDisabled,
    ),
    oauth(&["unsupported_grant_type"], &[], Reason::GrantTypeRefused),
    oauth(&["invalid_client_id"], &[], Reason::ClientIdUnknown),
    oauth(&["invalid_client"], &["client identifier"], Reason::ClientIdUnknown),
    oauth(&["invalid_client", "invalid_client_credentials"], &[], Reason::ClientSecretWrong),
    oauth(&["invalid_app_access", "oauth_app_access_denied"], &[], Reason::AppNotApproved),
    oauth(&["app_not_found", "oauth_ec_app_not_found"], &[], Reason::AppNotInOrg),
    oauth(
        &[
            "app_blocked",
            "oauth_app_blocked",
            "fail_close_app_blocked",
            "oauth_approval_error_generic",
        ],
        &[],
        Reason::AppBlocked,
    ),
    oauth(&["inactive_user"], &[], Reason::UserInactive),
    oauth(&["inactive_org"], &[], Reason::OrgUnavailable),
    oauth(&["rate_limit_exceeded", "slow_down"], &[], Reason::RateLimited),
    oauth(&["request_limit_exceeded"], &[], Reason::RequestsUsedUp),
    oauth(&["invalid_session_level"], &[], Reason::IdentityChallenge),
    oauth(&["api_disabled_for_org", "api_currently_disabled"], &[], Reason::ApiDisabled),
    oauth(
        &[
            "server_error",
            "service_unavailable",
            "system_down",
            "temporarily_unavailable",
            "unknown_error",
        ],
        &[],
        Reason::SalesforceUnavailable,
    ),
    oauth(&["invalid_request"], &["https required"], Reason::HttpsRequired),
    oauth(
        &[
            "invalid_request",
            "invalid_scope",
            "invalid_basic_auth_header",
            "invalid_assertion_type",
            "unsupported_response_type",
        ],
        &[],
        Reason::OtherRequest,
    ),
    oauth(GRANT, &["expired access/refresh token", "audience"], Reason::OtherRequest),
    oauth(GRANT, &["not supported on this domain"], Reason::NotThisDomain),
    oauth(GRANT, &["ip restricted or invalid login hours"], Reason::IpRestrictedOrLoginHours),
    oauth(
        GRANT,
        &["ip restricted", "restricted ip", "ip address", "ip not allowed"],
        Reason::IpRestricted,
    ),
    oauth(GRANT, &["login hours", "restricted time"], Reason::LoginHours),
    oauth(
        GRANT,
        &[
            "inactive user",
            "user is inactive",
            "user inactive",
            "user not active",
            "user is not active",
            "frozen",
        ],
        Reason::UserInactive,
    ),
    oauth(
        GRANT,
        &["organization is locked", "inactive org", "org is locked"],
        Reason::OrgUnavailable,
    ),
    oauth(GRANT, &["locked out", "user is locked", "password lockout"], Reason::PasswordLockout),
    oauth(
        GRANT,
        &["password has expired", "expired password", "password expired"],
        Reason::PasswordExpired,
    ),
    oauth(GRANT, &["number of logins", "logins exceeded", "login rate"], Reason::RateLimited),
    oauth(
        GRANT,
        &["not admin approved", "hasn't approved", "has not approved"],
        Reason::AppNotApproved,
    ),
    oauth(GRANT, &["must be installed", "not installed"], Reason::AppNotInOrg),
    oauth(GRANT, &["blocked"], Reason::AppBlocked),
    oauth(
        GRANT,
        &["api is not enabled", "api access disabled", "api disabled"],
        Reason::ApiDisabled,
    ),
    oauth(
        GRANT,
        &["multi-factor", "two-factor", "identity verification"],
        Reason::IdentityChallenge,
    ),
    oauth(GRANT, &["invalid client credentials"], Reason::ClientSecretWrong),
    oauth(GRANT, &["authentication failure", "authentication failed"], Reason::RunAsUserRefused),
];
