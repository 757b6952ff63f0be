//! The rows of the table: codes and texts, and the reason behind each.
//!
//! Sources of the codes: the WSDL's `ExceptionCode` and Salesforce's documentation of `login()`;
//! Salesforce's "OAuth 2.0 Authorization Errors" and the error codes of its mobile SDK; texts as
//! reported by users of client libraries. Rows are tried in order, the first that fits counts: the
//! code decides who comes into question, and only where a code stands for many reasons its text
//! decides among them.

use super::Reason;
use super::phrases::*;
use crate::target::Flow;

/// One row. A code is compared without regard to case; one that ends in `*` is a prefix. The text
/// must have a phrase of each group ([`fits`]).
pub(super) struct Row {
    pub(super) flows: &'static [Flow],
    pub(super) codes: Codes,
    pub(super) texts: Groups,
    pub(super) reason: Reason,
}

/// Lists of codes, so that rows can share them.
type Codes = &'static [&'static [&'static str]];

const fn soap(codes: Codes, texts: Groups, reason: Reason) -> Row {
    Row { flows: &[Flow::Soap], codes, texts, reason }
}

const fn oauth(codes: Codes, texts: Groups, reason: Reason) -> Row {
    Row { flows: &[Flow::OAuth], codes, texts, reason }
}

/// A code that means the same wherever it stands: the token endpoint's host also answers in the
/// forms of the REST and the SOAP API.
const fn both(codes: Codes, texts: Groups, reason: Reason) -> Row {
    Row { flows: &[Flow::Soap, Flow::OAuth], codes, texts, reason }
}

const INVALID_LOGIN: &[&str] = &["INVALID_LOGIN"];
const INVALID_OPERATION: &[&str] = &["INVALID_OPERATION"];
const VERSION: &[&str] = &["UNSUPPORTED_API_VERSION", "INVALIDVERSION", "GONE"];
const NO_PERMISSION: &[&str] = &["INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY"];
const API_OFF: &[&str] =
    &["API_CURRENTLY_DISABLED", "API_DISABLED_FOR_ORG", "FUNCTIONALITY_NOT_ENABLED"];

/// Codes of the token endpoint that say nothing by themselves: the text decides.
const GRANT: &[&str] = &["invalid_grant", "access_denied", "login_error"];
/// Codes that name the client, with which other reasons have been seen as well.
const CLIENT: &[&str] = &["invalid_client", "unauthorized_client", "invalid_client_credentials"];
/// Codes that refuse the app or its user.
const APP_ACCESS: &[&str] = &["invalid_app_access", "oauth_app_access_denied"];
/// The code for anything wrong with a request.
const REQUEST: &[&str] = &["invalid_request"];

/// All of them.
pub(super) static ROWS: &[Row] = &[
    // SOAP login(): switched off, gone or not permitted, under whichever code.
    soap(
        &[INVALID_OPERATION, &["INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "PASSWORD_EXPIRED"]],
        &[PASSWORD_EXPIRED],
        Reason::PasswordExpired,
    ),
    soap(
        &[INVALID_OPERATION, NO_PERMISSION, API_OFF],
        &[LOGIN_CALL, OFF, &["in org", "for org", "by default", "by admin"]],
        Reason::SoapLoginDisabled,
    ),
    soap(
        &[INVALID_OPERATION, NO_PERMISSION, API_OFF],
        &[&["any api auth"]],
        Reason::AnyApiAuthMissing,
    ),
    soap(
        &[INVALID_OPERATION, VERSION, NO_PERMISSION, API_OFF],
        &[LOGIN_CALL, GONE],
        Reason::SoapLoginRemoved,
    ),
    soap(
        &[INVALID_OPERATION],
        &[&["login not available", "login no longer", "not available in api version"]],
        Reason::SoapLoginRemoved,
    ),
    soap(
        &[INVALID_OPERATION, API_OFF],
        &[LOGIN_CALL, &["permission", "for user", "user not allowed", "user not permitted"]],
        Reason::AnyApiAuthMissing,
    ),
    soap(&[INVALID_OPERATION, API_OFF], &[LOGIN_CALL], Reason::SoapLoginDisabled),
    soap(&[INVALID_OPERATION], &[OFF], Reason::SoapLoginDisabled),
    soap(&[INVALID_OPERATION], &[&["login"], REFUSED], Reason::SoapLoginDisabled),
    soap(&[NO_PERMISSION, INVALID_LOGIN], &[LOGIN_CALL, OFF], Reason::SoapLoginDisabled),
    soap(&[NO_PERMISSION], &[&["any api client"]], Reason::ClientNotAllowed),
    soap(&[NO_PERMISSION], &[], Reason::AnyApiAuthMissing),
    both(&[API_OFF, INVALID_OPERATION], &[TRIAL], Reason::TrialExpired),
    both(&[API_OFF], &[], Reason::ApiDisabled),
    soap(&[VERSION], &[], Reason::UnsupportedApiVersion),
    // INVALID_LOGIN mostly names several reasons; where it names one alone, that is the reason.
    soap(&[INVALID_LOGIN], &[RATE], Reason::RateLimited),
    soap(&[INVALID_LOGIN], &[TOKEN_MISSING], Reason::SecurityTokenMissing),
    soap(&[INVALID_LOGIN], &[PASSWORD_EXPIRED], Reason::PasswordExpired),
    soap(&[INVALID_LOGIN], &[PASSWORD], Reason::InvalidLogin),
    soap(&[INVALID_LOGIN], &[USER_INACTIVE], Reason::UserInactive),
    soap(&[INVALID_LOGIN], &[USER_LOCKED], Reason::PasswordLockout),
    soap(&[INVALID_LOGIN], &[IP], Reason::IpRestricted),
    soap(&[INVALID_LOGIN], &[HOURS], Reason::LoginHours),
    soap(&[INVALID_LOGIN], &[], Reason::InvalidLogin),
    soap(&[&["LOGIN_MUST_USE_SECURITY_TOKEN"]], &[], Reason::SecurityTokenMissing),
    // The user, the place and the time.
    both(
        &[&["INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "PASSWORD_EXPIRED"]],
        &[],
        Reason::PasswordExpired,
    ),
    both(&[&["LOGIN_DURING_RESTRICTED_DOMAIN"]], &[], Reason::IpRestricted),
    both(&[&["LOGIN_DURING_RESTRICTED_TIME"]], &[], Reason::LoginHours),
    both(&[&["PASSWORD_LOCKOUT"]], &[], Reason::PasswordLockout),
    both(
        &[&[
            "LOGIN_CHALLENGE_ISSUED",
            "LOGIN_CHALLENGE_PENDING",
            "TXN_SECURITY_TWO_FA*",
            "invalid_session_level",
        ]],
        &[],
        Reason::IdentityChallenge,
    ),
    both(
        &[&["TXN_SECURITY_FREEZE", "INACTIVE_USER", "INACTIVE_OWNER_OR_USER"]],
        &[],
        Reason::UserInactive,
    ),
    both(&[&["TXN_SECURITY_*"]], &[], Reason::TransactionSecurity),
    soap(
        &[&["CLIENT_NOT_ACCESSIBLE_FOR_USER", "CLIENT_REQUIRE_UPDATE_FOR_USER"]],
        &[],
        Reason::ClientNotAllowed,
    ),
    both(&[&["UNSUPPORTED_CLIENT"]], &[&["tls", "ssl", "tlsv1", "sslv3"]], Reason::TlsTooOld),
    both(&[&["MUTUAL_AUTHENTICATION_FAILED"]], &[], Reason::ClientCertificateRequired),
    // The host, the org and Salesforce's service.
    both(&[&["ORG_NOT_OWNED_BY_INSTANCE", "URL_NOT_RESET"]], &[], Reason::WrongInstance),
    // What Lightning, Setup and site hosts answer to a login (FACTS 2f).
    both(
        &[&["NOT_FOUND", "METHOD_NOT_ALLOWED", "INVALID_SESSION_ID"]],
        &[],
        Reason::NoLoginAtThisAddress,
    ),
    both(&[&["TRIAL_EXPIRED"]], &[], Reason::TrialExpired),
    both(&[&["ORG_LOCKED", "inactive_org"]], &[], Reason::OrgUnavailable),
    both(&[&["ORG_IN_MAINTENANCE"]], &[], Reason::OrgInMaintenance),
    soap(&[&["SSO_SERVICE_DOWN"]], &[], Reason::SingleSignOnDown),
    both(&[&["REQUEST_LIMIT_EXCEEDED"]], &[AT_ONCE], Reason::TooManyAtOnce),
    both(&[&["REQUEST_LIMIT_EXCEEDED", "LIMIT_EXCEEDED"]], &[RATE], Reason::RateLimited),
    both(&[&["REQUEST_LIMIT_EXCEEDED", "EXCEEDED_QUOTA"]], &[], Reason::RequestsUsedUp),
    both(&[&["LOGIN_RATE_EXCEEDED", "rate_limit_exceeded", "slow_down"]], &[], Reason::RateLimited),
    both(
        &[&[
            "SERVER_UNAVAILABLE",
            "UNKNOWN_EXCEPTION",
            "server_error",
            "service_unavailable",
            "system_down",
            "temporarily_unavailable",
            "unknown_error",
        ]],
        &[],
        Reason::SalesforceUnavailable,
    ),
    // Faults without an exceptionCode: only the sender's or the receiver's fault is known.
    soap(&[&["Client", "Sender"]], &[], Reason::RequestNotUnderstood),
    soap(&[&["Server", "Receiver"]], &[], Reason::SalesforceUnavailable),
    // OAuth codes that stand for one reason.
    oauth(
        &[&["oauth_flow_disabled", "ecapp_policy_not_found", "oauth_policy_not_found"]],
        &[],
        Reason::FlowDisabled,
    ),
    oauth(&[&["unsupported_grant_type"]], &[], Reason::GrantTypeRefused),
    oauth(&[&["app_not_found", "oauth_ec_app_not_found"]], &[], Reason::AppNotInOrg),
    // The app is local to another org ("Cross-org OAuth flows are not supported").
    oauth(
        &[&["oauth_authorization_blocked", "invalid_client_id"], GRANT, CLIENT, APP_ACCESS],
        &[&["cross org"]],
        Reason::AppNotInOrg,
    ),
    oauth(
        &[&[
            "app_blocked",
            "oauth_app_blocked",
            "fail_close_app_blocked",
            "oauth_approval_error_generic",
            "oauth_authorization_blocked",
        ]],
        &[],
        Reason::AppBlocked,
    ),
    oauth(&[&["invalid_client_id"]], &[], Reason::ClientIdUnknown),
    // OAuth codes whose text decides. What may be off comes before what would blame the secret.
    oauth(&[GRANT, REQUEST], &[NOT_HTTPS], Reason::HttpsRequired),
    oauth(&[GRANT], &[&["expired access refresh token", "audience"]], Reason::OtherRequest),
    oauth(
        &[GRANT, CLIENT],
        &[&["domain"], &["not supported", "not allowed", "not available", "my domain"]],
        Reason::NotThisDomain,
    ),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[USER_INACTIVE], Reason::UserInactive),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[NO_RUN_AS], Reason::RunAsUserMissing),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[RUN_AS, NOT_SET], Reason::RunAsUserMissing),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[FLOW, OFF], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[FLOW, REFUSED], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[IP, HOURS], Reason::IpRestrictedOrLoginHours),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[IP], Reason::IpRestricted),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[HOURS], Reason::LoginHours),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[API, NO_ACCESS], Reason::ApiDisabled),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[APP, OFF], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT], &[NOT_APPROVED], Reason::AppNotApproved),
    oauth(&[GRANT, CLIENT], &[APP, NOT_FOR_USER], Reason::AppNotApproved),
    oauth(&[GRANT, CLIENT], &[NOT_INSTALLED], Reason::AppNotInOrg),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[&["blocked"]], Reason::AppBlocked),
    oauth(&[APP_ACCESS], &[], Reason::AppNotApproved),
    oauth(&[GRANT], &[USER_LOCKED], Reason::PasswordLockout),
    oauth(&[GRANT], &[PASSWORD_EXPIRED], Reason::PasswordExpired),
    oauth(&[GRANT], &[TRIAL], Reason::TrialExpired),
    oauth(&[GRANT], &[ORG_CLOSED], Reason::OrgUnavailable),
    oauth(&[GRANT], &[&["maintenance"]], Reason::OrgInMaintenance),
    oauth(&[GRANT, CLIENT], &[RATE], Reason::RateLimited),
    oauth(&[GRANT, CLIENT], &[BUSY], Reason::SalesforceUnavailable),
    oauth(&[GRANT], &[CHALLENGE], Reason::IdentityChallenge),
    oauth(&[GRANT, CLIENT], &[CLIENT_ID], Reason::ClientIdUnknown),
    // RFC 6749, 5.2: the client may not use this grant.
    oauth(&[&["unauthorized_client"]], &[], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT], &[SECRET, WRONG], Reason::ClientSecretWrong),
    oauth(&[CLIENT], &[ELSEWHERE], Reason::AppRefused),
    oauth(&[CLIENT], &[], Reason::ClientSecretWrong),
    oauth(
        &[GRANT],
        &[&["authentication failure", "authentication failed"]],
        Reason::RunAsUserRefused,
    ),
    oauth(
        &[
            REQUEST,
            &[
                "invalid_scope",
                "invalid_basic_auth_header",
                "invalid_assertion_type",
                "unsupported_response_type",
            ],
        ],
        &[],
        Reason::OtherRequest,
    ),
];
