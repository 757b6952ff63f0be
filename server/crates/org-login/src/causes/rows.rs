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
pub(super) const GRANT: &[&str] = &["invalid_grant", "access_denied", "login_error"];
/// Codes that name the client, with which other reasons have been seen as well.
const CLIENT: &[&str] = &["invalid_client", "unauthorized_client", "invalid_client_credentials"];
/// Codes that refuse the app or its user.
const APP_ACCESS: &[&str] = &["invalid_app_access", "oauth_app_access_denied"];
/// The code for anything wrong with a request.
const REQUEST: &[&str] = &["invalid_request"];

/// Codes of the app as a whole, whose text can still say more.
const FLOW_OFF: &[&str] =
    &["oauth_flow_disabled", "ecapp_policy_not_found", "oauth_policy_not_found"];
const GRANT_TYPE: &[&str] = &["unsupported_grant_type"];
const SCOPE_CODE: &[&str] = &["invalid_scope", "insufficient_scope", "oauth_disallowed_scopes"];

/// Codes that say too little by themselves, so that a label of the Login History in the text counts
/// before them.
pub(super) const CODES_FOR_MANY_REASONS: &[&str] = &[
    "invalid_grant",
    "access_denied",
    "login_error",
    "invalid_client",
    "unauthorized_client",
    "invalid_client_credentials",
    "invalid_app_access",
    "oauth_app_access_denied",
    "invalid_request",
    "INVALID_LOGIN",
    "INVALID_OPERATION",
];

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
    soap(
        &[INVALID_LOGIN, INVALID_OPERATION, NO_PERMISSION],
        &[SINGLE_SIGN_ON, DOWN],
        Reason::SingleSignOnDown,
    ),
    soap(
        &[INVALID_LOGIN, INVALID_OPERATION, NO_PERMISSION],
        &[SINGLE_SIGN_ON, GATEWAY],
        Reason::SingleSignOnGateway,
    ),
    soap(
        &[INVALID_LOGIN, INVALID_OPERATION, NO_PERMISSION],
        &[SINGLE_SIGN_ON],
        Reason::SingleSignOnOnly,
    ),
    soap(&[INVALID_OPERATION], &[MAINTENANCE], Reason::OrgInMaintenance),
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
    soap(&[&["UNSUPPORTED_CLIENT", "INVALID_CLIENT"]], &[], Reason::ClientUnsupported),
    both(&[&["MUTUAL_AUTHENTICATION_FAILED"]], &[], Reason::ClientCertificateRequired),
    both(&[&["INVALID_SSO_GATEWAY_URL"]], &[], Reason::SingleSignOnGateway),
    both(&[&["SSO_SERVICE_DOWN"]], &[], Reason::SingleSignOnDown),
    both(&[&["INACTIVE_PORTAL", "PORTAL_NO_ACCESS"]], &[], Reason::PortalUser),
    both(&[&["LICENSING_DATA_ERROR", "LICENSING_UNKNOWN_ERROR"]], &[], Reason::LicenseMissing),
    // The host, the org and Salesforce's service.
    both(&[&["ORG_NOT_OWNED_BY_INSTANCE", "URL_NOT_RESET"]], &[], Reason::WrongInstance),
    // What Lightning, Setup and site hosts answer to a login (`docs/domain.md`, Hosts).
    both(
        &[&["NOT_FOUND", "METHOD_NOT_ALLOWED", "INVALID_SESSION_ID"]],
        &[],
        Reason::NoLoginAtThisAddress,
    ),
    both(&[&["TRIAL_EXPIRED"]], &[], Reason::TrialExpired),
    both(&[&["ORG_LOCKED", "ORG_IS_DOT_ORG", "inactive_org"]], &[], Reason::OrgUnavailable),
    both(&[&["ORG_IS_SIGNING_UP"]], &[], Reason::OrgBeingCreated),
    both(
        &[&["ORG_IN_MAINTENANCE", "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE"]],
        &[],
        Reason::OrgInMaintenance,
    ),
    both(&[&["REQUEST_LIMIT_EXCEEDED"]], &[AT_ONCE], Reason::TooManyAtOnce),
    both(&[&["REQUEST_LIMIT_EXCEEDED", "LIMIT_EXCEEDED"]], &[RATE], Reason::RateLimited),
    both(&[&["REQUEST_LIMIT_EXCEEDED", "EXCEEDED_QUOTA"]], &[], Reason::RequestsUsedUp),
    both(&[&["LOGIN_RATE_EXCEEDED", "rate_limit_exceeded", "slow_down"]], &[], Reason::RateLimited),
    both(&[&["TOO_MANY_APEX_REQUESTS", "TOO_MANY_JOBS"]], &[], Reason::TooManyAtOnce),
    both(
        &[&[
            "SERVER_UNAVAILABLE",
            "UNKNOWN_EXCEPTION",
            "server_error",
            "service_unavailable",
            "system_down",
            "temporarily_unavailable",
            "unknown_error",
            "FUNCTIONALITY_TEMPORARILY_UNAVAILABLE",
            "REQUEST_RUNNING_TOO_LONG",
            "QUERY_TIMEOUT",
        ]],
        &[],
        Reason::SalesforceUnavailable,
    ),
    // Faults without an exceptionCode: only the sender's or the receiver's fault is known.
    soap(&[&["Client", "Sender"]], &[], Reason::RequestNotUnderstood),
    // Something on the way changed the request: this program's own is none of these.
    soap(
        &[&[
            "INVALID_SOAP_HEADER",
            "INVALID_AUTH_HEADER",
            "MISSING_ARGUMENT",
            "MALFORMED_ID",
            "XML_PARSER_ERROR",
            "POST_BODY_PARSE_ERROR",
            "NOT_ACCEPTABLE",
            "UNSUPPORTED_MEDIA_TYPE",
            "EXCEEDED_MAX_SIZE_REQUEST",
            "VersionMismatch",
            "MustUnderstand",
        ]],
        &[],
        Reason::RequestNotUnderstood,
    ),
    soap(&[&["Server", "Receiver"]], &[], Reason::SalesforceUnavailable),
    // OAuth codes that stand for one reason.
    oauth(&[FLOW_OFF, GRANT_TYPE], &[NO_RUN_AS], Reason::RunAsUserMissing),
    oauth(&[FLOW_OFF, GRANT_TYPE], &[RUN_AS, NOT_SET], Reason::RunAsUserMissing),
    oauth(&[FLOW_OFF], &[], Reason::FlowDisabled),
    oauth(&[GRANT_TYPE], &[&["domain"]], Reason::NotThisDomain),
    oauth(&[GRANT_TYPE], &[NOT_HTTPS], Reason::HttpsRequired),
    oauth(&[GRANT_TYPE], &[], Reason::GrantTypeRefused),
    oauth(
        &[&[
            "app_not_found",
            "oauth_ec_app_not_found",
            "installation_error",
            "invalid_distribution_state",
        ]],
        &[],
        Reason::AppNotInOrg,
    ),
    oauth(&[&["invalid_dpop_proof", "use_dpop_nonce"]], &[], Reason::AppWantsProof),
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
    oauth(&[GRANT, CLIENT, REQUEST], &[CERTIFICATE], Reason::ClientCertificateRequired),
    oauth(&[GRANT, CLIENT, REQUEST], &[PROOF], Reason::AppWantsProof),
    oauth(
        &[GRANT, CLIENT, REQUEST, APP_ACCESS, SCOPE_CODE],
        &[SCOPE, NO_SCOPE],
        Reason::ScopeMissing,
    ),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[SCOPE], Reason::ScopeRefused),
    oauth(&[SCOPE_CODE], &[], Reason::ScopeRefused),
    oauth(&[GRANT, CLIENT, REQUEST], &[OTHER_FLOW], Reason::OtherRequest),
    oauth(&[GRANT, CLIENT, REQUEST], &[RESTRICTED_DOMAIN], Reason::MyDomainOnly),
    oauth(
        &[GRANT, CLIENT, REQUEST],
        &[&["domain"], &["not supported", "not allowed", "not available", "my domain"]],
        Reason::NotThisDomain,
    ),
    oauth(&[GRANT, CLIENT, REQUEST], &[OTHER_INSTANCE], Reason::WrongInstance),
    oauth(&[GRANT, CLIENT, REQUEST], &[SINGLE_SIGN_ON, DOWN], Reason::SingleSignOnDown),
    oauth(&[GRANT, CLIENT, REQUEST], &[SINGLE_SIGN_ON, GATEWAY], Reason::SingleSignOnGateway),
    oauth(&[GRANT, CLIENT, REQUEST], &[SINGLE_SIGN_ON], Reason::SingleSignOnOnly),
    oauth(&[GRANT, CLIENT, REQUEST], &[ORG_CLOSED], Reason::OrgUnavailable),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[USER_INACTIVE], Reason::UserInactive),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[NO_RUN_AS], Reason::RunAsUserMissing),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[RUN_AS, NOT_SET], Reason::RunAsUserMissing),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[FLOW, OFF], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[FLOW, REFUSED], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[TOKEN_MISSING], Reason::SecurityTokenMissing),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[IP, HOURS], Reason::IpRestrictedOrLoginHours),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[IP], Reason::IpRestricted),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[HOURS], Reason::LoginHours),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[API, NO_ACCESS], Reason::ApiDisabled),
    oauth(&[GRANT, CLIENT, REQUEST, APP_ACCESS], &[APP, OFF], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, REQUEST], &[NOT_APPROVED], Reason::AppNotApproved),
    oauth(&[GRANT, CLIENT, REQUEST], &[APP, NOT_FOR_USER], Reason::AppNotApproved),
    oauth(&[GRANT, CLIENT, REQUEST], &[APP, &["not assigned"]], Reason::AppNotApproved),
    oauth(&[GRANT, CLIENT, REQUEST], &[NOT_INSTALLED], Reason::AppNotInOrg),
    oauth(&[GRANT, CLIENT, REQUEST], &[&["policy not found"]], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[POLICY], Reason::TransactionSecurity),
    oauth(&[GRANT, CLIENT, APP_ACCESS], &[&["blocked"]], Reason::AppBlocked),
    oauth(&[APP_ACCESS], &[], Reason::AppNotApproved),
    oauth(&[GRANT], &[TRIAL], Reason::TrialExpired),
    oauth(&[GRANT, CLIENT, REQUEST], &[USER_LOCKED], Reason::PasswordLockout),
    oauth(&[GRANT], &[PASSWORD_EXPIRED], Reason::PasswordExpired),
    oauth(&[GRANT, REQUEST], &[MAINTENANCE], Reason::OrgInMaintenance),
    oauth(&[GRANT, CLIENT, REQUEST], &[RATE], Reason::RateLimited),
    oauth(&[GRANT, CLIENT, REQUEST], &[BUSY], Reason::SalesforceUnavailable),
    oauth(&[GRANT], &[CHALLENGE], Reason::IdentityChallenge),
    oauth(&[GRANT], &[PORTAL], Reason::PortalUser),
    oauth(&[GRANT, CLIENT], &[LICENSE], Reason::LicenseMissing),
    oauth(&[GRANT, CLIENT], &[CLIENT_ID], Reason::ClientIdUnknown),
    // RFC 6749, 5.2: the client may not use this grant.
    oauth(&[&["unauthorized_client"]], &[], Reason::FlowDisabled),
    oauth(&[GRANT, CLIENT], &[RUN_AS, WRONG], Reason::RunAsUserRefused { says_why: true }),
    oauth(&[GRANT], &[&["flow"]], Reason::Unknown { about: None }),
    oauth(&[GRANT, CLIENT], &[SECRET, WRONG], Reason::ClientSecretWrong),
    oauth(&[GRANT], &[WRONG_USER], Reason::RunAsUserRefused { says_why: true }),
    // What stays is told by its words, and the secret is not among them.
    oauth(&[CLIENT], &[ELSEWHERE], Reason::Unknown { about: None }),
    oauth(&[CLIENT], &[], Reason::ClientSecretWrong),
    oauth(&[GRANT], &[RUN_AS_REFUSED], Reason::RunAsUserRefused { says_why: false }),
    oauth(
        &[&[
            "invalid_basic_auth_header",
            "invalid_assertion_type",
            "unsupported_response_type",
            "unsupported_token_type",
            "redirect_uri_missing",
            "redirect_uri_mismatch",
            "immediate_unsuccessful",
            "authorization_pending",
            "bad_jti_claim",
            "app_attest_failed*",
            "invalid_otp",
            "otp_error",
            "invalid_token",
            "invalid_expid",
            "unsupported_expid",
            "registration_error",
            "failed_registration",
            "exceeded_registration_limit",
        ]],
        &[],
        Reason::OtherRequest,
    ),
];
