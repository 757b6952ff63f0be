//! Invented answers: known messages in other words, cases, forms and statuses, as a new release, a
//! gateway or another language version of a page may bring them.

use super::*;

/// How an answer is written down.
#[derive(Clone, Copy)]
enum Form {
    /// `{"error", "error_description"}`
    Json,
    /// `[{"errorCode", "message"}]`
    Array,
    /// `error=…&error_description=…`
    Query,
    /// `<OAuth><error>…`
    Xml,
    /// A fault with an `exceptionCode`.
    Soap11,
    /// A fault with `faultcode` and `faultstring` alone.
    Bare,
    /// A fault with a `Subcode`.
    Soap12,
}
use Form::*;

fn written(form: Form, code: &str, text: &str) -> (Flow, &'static str, String) {
    let xml = crate::scrub::escaped_xml(text);
    match form {
        Json => (
            Flow::OAuth,
            "application/json;charset=UTF-8",
            serde_json::json!({ "error": code, "error_description": text }).to_string(),
        ),
        Array => (
            Flow::OAuth,
            "application/json",
            serde_json::json!([{ "errorCode": code, "message": text }]).to_string(),
        ),
        Query => (
            Flow::OAuth,
            "application/x-www-form-urlencoded",
            url::form_urlencoded::Serializer::new(String::new())
                .append_pair("error", code)
                .append_pair("error_description", text)
                .finish(),
        ),
        Xml => (
            Flow::OAuth,
            "application/xml",
            format!(
                "<OAuth><error>{code}</error><error_description>{xml}</error_description></OAuth>"
            ),
        ),
        Soap11 => (Flow::Soap, "text/xml; charset=UTF-8", fault(code, &xml)),
        Bare => (
            Flow::Soap,
            "text/xml",
            format!(
                "<S:Envelope xmlns:S='u'><S:Body><S:Fault><faultcode>S:Client</faultcode>\
                 <faultstring>{code}: {xml}</faultstring></S:Fault></S:Body></S:Envelope>"
            ),
        ),
        Soap12 => (
            Flow::Soap,
            "application/soap+xml; charset=utf-8",
            format!(
                "<e:Envelope xmlns:e='u'><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value>\
                 <e:Subcode><e:Value>sf:{code}</e:Value></e:Subcode></e:Code><e:Reason>\
                 <e:Text xml:lang='en-US'>{xml}</e:Text></e:Reason></e:Fault></e:Body></e:Envelope>"
            ),
        ),
    }
}

/// Form, HTTP status, code, text, and the cause that a person would see in it.
const ANSWERS: &[(Form, u16, &str, &str, &str)] = &[
    // The flow.
    (
        Json,
        400,
        "invalid_grant",
        "Client Credentials Flow is NOT enabled for this connected app!",
        "client-credentials-disabled",
    ),
    (
        Json,
        401,
        "invalid_client",
        "The client credentials flow isn't enabled. Contact your Salesforce administrator.",
        "client-credentials-disabled",
    ),
    (
        Json,
        403,
        "invalid_grant",
        "client_credentials flow has not been enabled in the policies of the app",
        "client-credentials-disabled",
    ),
    (
        Query,
        400,
        "invalid_grant",
        "Client credentials flow: disabled.",
        "client-credentials-disabled",
    ),
    (
        Xml,
        400,
        "OAUTH_FLOW_DISABLED",
        "The external client app or the OAuth plugin is disabled.",
        "client-credentials-disabled",
    ),
    (Array, 400, "oauth_flow_disabled", "", "client-credentials-disabled"),
    (
        Json,
        400,
        "unauthorized_client",
        "This client may not use the grant type client_credentials.",
        "client-credentials-disabled",
    ),
    (
        Json,
        400,
        "unsupported_grant_type",
        "Grant type is not supported. Use one of: password, refresh_token",
        "client-credentials-disabled",
    ),
    (
        Json,
        400,
        "invalid_grant",
        "The OAuth client credentials flow must be enabled by an administrator before use",
        "client-credentials-disabled",
    ),
    (
        Json,
        400,
        "invalid_grant",
        "Client credentials flow can't be used: it is switched off",
        "client-credentials-disabled",
    ),
    (
        Json,
        400,
        "invalid_request",
        "Client credentials flow isn't enabled on this external client app",
        "client-credentials-disabled",
    ),
    (Json, 400, "invalid_client", "external client app disabled", "client-credentials-disabled"),
    (
        Json,
        400,
        "invalid_grant",
        "The connected app has been deactivated.",
        "client-credentials-disabled",
    ),
    // The Run As user.
    (Json, 400, "invalid_grant", "NO CLIENT CREDENTIALS USER ENABLED.", "run-as-user-missing"),
    (
        Array,
        400,
        "invalid_grant",
        "No client-credentials user is enabled for the app",
        "run-as-user-missing",
    ),
    (
        Json,
        401,
        "invalid_grant",
        "A Run As user has not been selected for the client credentials flow",
        "run-as-user-missing",
    ),
    (Json, 400, "invalid_request", "no client credentials user", "run-as-user-missing"),
    (
        Json,
        400,
        "invalid_grant",
        "The execution user is not configured; set one in the policies.",
        "run-as-user-missing",
    ),
    (Json, 400, "invalid_grant", "Inactive user.", "user-inactive"),
    (Json, 400, "inactive_user", "User is inactive", "user-inactive"),
    (Json, 400, "invalid_grant", "The run-as user is inactive", "user-inactive"),
    (Query, 400, "invalid_grant", "user's account is frozen", "user-inactive"),
    (
        Json,
        400,
        "invalid_grant",
        "The user has been locked out due to too many failed logins",
        "user-locked",
    ),
    (Json, 400, "invalid_grant", "The user's password has expired", "password-expired"),
    // The app.
    (Json, 401, "INVALID_CLIENT_ID", "Client identifier invalid.", "wrong-client-id"),
    (Array, 400, "invalid_client_id", "no such consumer key", "wrong-client-id"),
    (
        Json,
        400,
        "invalid_client",
        "Client Identifier is invalid: check the consumer key",
        "wrong-client-id",
    ),
    (Xml, 400, "invalid_client_id", "client identifier invalid", "wrong-client-id"),
    (Json, 401, "invalid_client", "Invalid Client Credentials.", "wrong-client-secret"),
    (Json, 401, "invalid_client", "The client secret is incorrect", "wrong-client-secret"),
    (Query, 400, "invalid_client", "invalid client credentials", "wrong-client-secret"),
    (Xml, 401, "Invalid_Client", "", "wrong-client-secret"),
    (
        Json,
        401,
        "invalid_client",
        "Client authentication failed (unknown client, or no client authentication included)",
        "wrong-client-secret",
    ),
    (
        Json,
        403,
        "invalid_app_access",
        "User isn\u{2019}t admin-approved to access this app",
        "app-not-approved",
    ),
    (Json, 400, "invalid_grant", "User hasn't approved this consumer.", "app-not-approved"),
    (
        Json,
        400,
        "invalid_grant",
        "The user has not been pre-authorized for this connected app",
        "app-not-approved",
    ),
    (
        Json,
        400,
        "OAUTH_EC_APP_NOT_FOUND",
        "External Client App is not installed in this org!",
        "app-not-in-org",
    ),
    (
        Json,
        400,
        "invalid_grant",
        "The app must be installed before users can use it",
        "app-not-in-org",
    ),
    (Json, 404, "app_not_found", "", "app-not-in-org"),
    (
        Json,
        400,
        "OAUTH_AUTHORIZATION_BLOCKED",
        "Cross-Org OAuth flows aren't supported for this External Client App.",
        "app-not-in-org",
    ),
    (
        Json,
        400,
        "OAUTH_APP_BLOCKED",
        "This app is blocked by your admin. Try again later.",
        "app-blocked",
    ),
    (
        Json,
        403,
        "access_denied",
        "The connected app was BLOCKED by an administrator",
        "app-blocked",
    ),
    // Place, time and proof.
    (Json, 400, "invalid_grant", "IP restricted.", "ip-restricted"),
    (
        Json,
        403,
        "access_denied",
        "Your IP address 203.0.113.9 is outside the trusted ranges",
        "ip-restricted",
    ),
    (Json, 400, "invalid_grant", "ip restricted or invalid login hours", "login-hours"),
    (Json, 400, "invalid_grant", "Outside of the user's login hours", "login-hours"),
    (
        Json,
        400,
        "invalid_grant",
        "Multi-factor authentication is required for API logins",
        "identity-challenge",
    ),
    (Json, 403, "invalid_session_level", "high assurance session required", "identity-challenge"),
    (
        Soap11,
        500,
        "LOGIN_DURING_RESTRICTED_DOMAIN",
        "Cannot log in from current domain!",
        "ip-restricted",
    ),
    (
        Soap12,
        500,
        "LOGIN_DURING_RESTRICTED_TIME",
        "cannot log in during restricted time",
        "login-hours",
    ),
    (Bare, 500, "LOGIN_CHALLENGE_ISSUED", "Computer activation required", "identity-challenge"),
    // SOAP credentials and user.
    (
        Bare,
        500,
        "INVALID_LOGIN",
        "INVALID USERNAME, PASSWORD, SECURITY TOKEN; OR USER LOCKED OUT",
        "wrong-credentials",
    ),
    (
        Soap12,
        400,
        "INVALID_LOGIN",
        "Invalid username, password, security token; or user locked out.",
        "wrong-credentials",
    ),
    (
        Soap11,
        401,
        "Invalid_Login",
        "Your username or password is not correct. Your user may also be locked out.",
        "wrong-credentials",
    ),
    (Soap11, 500, "INVALID_LOGIN", "Login failed: the user has been deactivated.", "user-inactive"),
    (Soap11, 500, "LOGIN_MUST_USE_SECURITY_TOKEN", "", "security-token-required"),
    (
        Soap12,
        500,
        "LOGIN_MUST_USE_SECURITY_TOKEN",
        "Are you at a new location?",
        "security-token-required",
    ),
    (
        Soap11,
        500,
        "INVALID_LOGIN",
        "You must add a security token to your password to log in.",
        "security-token-required",
    ),
    (
        Soap12,
        500,
        "PASSWORD_LOCKOUT",
        "The user has exceeded the allowed number of login attempts.",
        "user-locked",
    ),
    (
        Bare,
        500,
        "INVALID_OPERATION_WITH_EXPIRED_PASSWORD",
        "The user's password has expired.",
        "password-expired",
    ),
    (
        Soap11,
        500,
        "INVALID_OPERATION",
        "The users password has expired, you must call SetPassword first",
        "password-expired",
    ),
    // SOAP login() and versions.
    (
        Soap12,
        500,
        "INVALID_OPERATION",
        "SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().",
        "soap-login-disabled",
    ),
    (
        Bare,
        500,
        "INVALID_OPERATION",
        "Soap Api Login() isn't enabled in this organization",
        "soap-login-disabled",
    ),
    (
        Soap11,
        403,
        "INVALID_OPERATION",
        "The SOAP login() call was turned off by an administrator.",
        "soap-login-disabled",
    ),
    (
        Soap12,
        500,
        "INVALID_OPERATION",
        "The SOAP Login operation isn\u{2019}t available in API version 66.0.",
        "soap-login-removed",
    ),
    (
        Soap11,
        500,
        "INVALID_OPERATION",
        "login() was removed with Summer '27. Use OAuth 2.0 instead.",
        "soap-login-removed",
    ),
    (
        Bare,
        500,
        "UNSUPPORTED_API_VERSION",
        "Invalid API version specified on URL.",
        "unsupported-api-version",
    ),
    (
        Soap12,
        500,
        "INSUFFICIENT_ACCESS",
        "The Use Any API Auth permission is required",
        "permission-missing",
    ),
    (
        Soap11,
        500,
        "INVALID_OPERATION",
        "You don't have permission to call SOAP API login().",
        "permission-missing",
    ),
    (
        Soap12,
        500,
        "API_DISABLED_FOR_ORG",
        "API is not enabled for this Organization or Partner.",
        "api-disabled",
    ),
    (Json, 403, "invalid_grant", "API isn't enabled for this user", "api-disabled"),
    (Soap11, 500, "API_CURRENTLY_DISABLED", "YOUR TRIAL HAS EXPIRED", "org-unavailable"),
    (Json, 400, "inactive_org", "Organization is locked, closed, or suspended.", "org-unavailable"),
    (
        Json,
        400,
        "invalid_grant",
        "This org has been suspended. Contact Support.",
        "org-unavailable",
    ),
    // Host and service.
    (Json, 400, "invalid_grant", "Request is not supported on this domain.", "wrong-host"),
    (Array, 401, "INVALID_SESSION_ID", "Session expired or invalid", "wrong-host"),
    (
        Bare,
        500,
        "ORG_NOT_OWNED_BY_INSTANCE",
        "Tried to log in to the wrong server instance",
        "wrong-host",
    ),
    (Json, 400, "rate_limit_exceeded", "Number of logins exceeded.", "rate-limited"),
    (Json, 429, "invalid_grant", "authentication failure", "rate-limited"),
    (Array, 403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded", "rate-limited"),
    (
        Soap12,
        500,
        "INVALID_LOGIN",
        "The number of logins for this user was exceeded",
        "rate-limited",
    ),
    (Json, 503, "invalid_grant", "authentication failure", "salesforce-unavailable"),
    (Json, 500, "invalid_client", "invalid client credentials", "salesforce-unavailable"),
    (Soap12, 503, "SERVER_UNAVAILABLE", "Server Too Busy", "salesforce-unavailable"),
    (Json, 400, "server_error", "An unexpected error occurred", "salesforce-unavailable"),
    (Json, 407, "invalid_client", "invalid client credentials", "proxy"),
    // Nothing is known about these, whatever their words.
    (Json, 400, "brand_new_code", "user is inactive and the flow is disabled", "other"),
    (Soap12, 500, "BRAND_NEW_CODE", "Invalid password", "other"),
    (Json, 400, "invalid_grant", "Authentication Failure.", "other"),
    (Json, 400, "invalid_grant", "", "other"),
    (Json, 400, "invalid_scope", "the requested scope is not allowed", "other"),
];

#[test]
fn a_rephrased_answer_keeps_its_cause() {
    assert!(ANSWERS.len() >= 80, "{} answers", ANSWERS.len());
    let mut wrong = Vec::new();
    for (form, status, code, text, expected) in ANSWERS {
        let (flow, content_type, body) = written(*form, code, text);
        let found = cause(flow, *status, content_type, &body);
        if found != *expected {
            wrong.push(format!("{status} {code} \"{text}\": {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whatever the words, a status that is not the login's own never blames the credentials.
#[test]
fn no_answer_blames_credentials_under_a_foreign_status() {
    for (form, _, code, text, _) in ANSWERS {
        let (flow, content_type, body) = written(*form, code, text);
        for status in [302, 407, 429, 502, 503, 504, 511] {
            let found = judge(flow, &answer(status, content_type, &body));
            let (reason, _) = found.expect_err("a refusal");
            assert!(!reason.cause().blames_credentials(), "{status} {code} {text}: {reason:?}");
        }
    }
}
