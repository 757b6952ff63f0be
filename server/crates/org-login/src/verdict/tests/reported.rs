//! Every code that the WSDL has for a login, and the texts of the token endpoint: documented, from
//! release notes, reported by users of client libraries, and near those.

use super::*;

/// `ExceptionCode` of the partner WSDL, as far as a login can meet it.
#[test]
fn every_exception_code_of_a_login_has_a_reason() {
    for (code, expected) in [
        ("API_CURRENTLY_DISABLED", "api-disabled"),
        ("API_DISABLED_FOR_ORG", "api-disabled"),
        ("CLIENT_NOT_ACCESSIBLE_FOR_USER", "permission-missing"),
        ("CLIENT_REQUIRE_UPDATE_FOR_USER", "permission-missing"),
        ("EXCEEDED_MAX_SIZE_REQUEST", "unexpected-response"),
        ("EXCEEDED_QUOTA", "rate-limited"),
        ("FUNCTIONALITY_NOT_ENABLED", "api-disabled"),
        ("FUNCTIONALITY_TEMPORARILY_UNAVAILABLE", "salesforce-unavailable"),
        ("INACTIVE_OWNER_OR_USER", "user-inactive"),
        ("INACTIVE_PORTAL", "permission-missing"),
        ("INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", "org-unavailable"),
        ("INSUFFICIENT_ACCESS", "permission-missing"),
        ("INVALID_AUTH_HEADER", "unexpected-response"),
        ("INVALID_CLIENT", "other"),
        ("INVALID_LOGIN", "wrong-credentials"),
        ("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", "password-expired"),
        ("INVALID_SESSION_ID", "wrong-host"),
        ("INVALID_SOAP_HEADER", "unexpected-response"),
        ("INVALID_SSO_GATEWAY_URL", "permission-missing"),
        ("LICENSING_DATA_ERROR", "permission-missing"),
        ("LICENSING_UNKNOWN_ERROR", "permission-missing"),
        ("LOGIN_CHALLENGE_ISSUED", "identity-challenge"),
        ("LOGIN_CHALLENGE_PENDING", "identity-challenge"),
        ("LOGIN_DURING_RESTRICTED_DOMAIN", "ip-restricted"),
        ("LOGIN_DURING_RESTRICTED_TIME", "login-hours"),
        ("LOGIN_MUST_USE_SECURITY_TOKEN", "security-token-required"),
        ("MALFORMED_ID", "unexpected-response"),
        ("MISSING_ARGUMENT", "unexpected-response"),
        ("MUTUAL_AUTHENTICATION_FAILED", "tls"),
        ("NOT_ACCEPTABLE", "unexpected-response"),
        ("ORG_IN_MAINTENANCE", "org-unavailable"),
        ("ORG_IS_DOT_ORG", "org-unavailable"),
        ("ORG_IS_SIGNING_UP", "org-unavailable"),
        ("ORG_LOCKED", "org-unavailable"),
        ("ORG_NOT_OWNED_BY_INSTANCE", "wrong-host"),
        ("PASSWORD_LOCKOUT", "user-locked"),
        ("PORTAL_NO_ACCESS", "permission-missing"),
        ("POST_BODY_PARSE_ERROR", "unexpected-response"),
        ("QUERY_TIMEOUT", "salesforce-unavailable"),
        ("REQUEST_LIMIT_EXCEEDED", "rate-limited"),
        ("REQUEST_RUNNING_TOO_LONG", "salesforce-unavailable"),
        ("SERVER_UNAVAILABLE", "salesforce-unavailable"),
        ("SSO_SERVICE_DOWN", "salesforce-unavailable"),
        ("TOO_MANY_APEX_REQUESTS", "rate-limited"),
        ("TRIAL_EXPIRED", "org-unavailable"),
        ("TXN_SECURITY_APEX_ERROR", "permission-missing"),
        ("TXN_SECURITY_END_A_SESSION", "permission-missing"),
        ("TXN_SECURITY_FAIL_CLOSE", "permission-missing"),
        ("TXN_SECURITY_METERING_ERROR", "permission-missing"),
        ("TXN_SECURITY_NO_ACCESS", "permission-missing"),
        ("TXN_SECURITY_RUNTIME_ERROR", "permission-missing"),
        ("TXN_SECURITY_TWO_FA_REQUIRED", "identity-challenge"),
        ("UNKNOWN_EXCEPTION", "salesforce-unavailable"),
        ("UNSUPPORTED_API_VERSION", "unsupported-api-version"),
        ("UNSUPPORTED_CLIENT", "other"),
        ("UNSUPPORTED_MEDIA_TYPE", "unexpected-response"),
        ("XML_PARSER_ERROR", "unexpected-response"),
        // Codes of the Login History, which come in faults as well.
        ("LOGIN_ERROR_SSO_URL_INVALID", "permission-missing"),
        ("LOGIN_ERROR_SSO_SVC_DOWN", "salesforce-unavailable"),
        ("LOGIN_ERROR_ORG_DOMAIN_ONLY", "wrong-host"),
        ("LOGIN_ERROR_USER_FROZEN", "user-inactive"),
        ("LOGIN_OAUTH_INVALID_TOKEN(db=1703,api=LOGIN_OAUTH_INVALID_TOKEN)", "other"),
    ] {
        for text in ["", "STAND-IN TEXT", "the single word that nobody knows"] {
            let body = fault(code, text);
            let (reason, _) =
                judge(Flow::Soap, &answer(500, "text/xml", &body)).expect_err("a refusal");
            assert_eq!(reason.cause().as_str(), expected, "{code} {text}");
            assert!(!matches!(reason, Reason::Unknown { .. }), "{code} {text}");
        }
    }
}

#[test]
fn delegated_authentication_in_either_flow_and_form() {
    let gateway = "the single sign on gateway url for the org is invalid";
    let down = "the single sign on service for the org is down";
    for (code, text, expected) in [
        ("INVALID_SSO_GATEWAY_URL", gateway, "permission-missing"),
        ("invalid_sso_gateway_url", "", "permission-missing"),
        ("INVALID_LOGIN", gateway, "permission-missing"),
        ("INVALID_LOGIN", "Delegated authentication is not configured", "permission-missing"),
        ("INVALID_LOGIN", "Single sign-on is required for this user", "permission-missing"),
        ("SSO_SERVICE_DOWN", down, "salesforce-unavailable"),
        ("INVALID_LOGIN", down, "salesforce-unavailable"),
        ("INVALID_OPERATION", "The SSO service did not respond: timeout", "salesforce-unavailable"),
    ] {
        assert_eq!(soap_cause(code, text), expected, "{code} {text}");
    }
    for (error, text, expected) in [
        ("INVALID_SSO_GATEWAY_URL", gateway, "permission-missing"),
        ("SSO_SERVICE_DOWN", down, "salesforce-unavailable"),
        ("invalid_grant", gateway, "permission-missing"),
        ("invalid_grant", "authentication failure - Invalid gateway", "permission-missing"),
    ] {
        assert_eq!(oauth_cause(error, text), expected, "{error} {text}");
    }
}

#[test]
fn descriptions_of_the_token_endpoint() {
    for (error, text, expected) in [
        // Scopes.
        ("invalid_grant", "no valid scopes defined", "permission-missing"),
        ("invalid_grant", "No valid scopes are defined for this app.", "permission-missing"),
        ("invalid_grant", "NO VALID SCOPE", "permission-missing"),
        ("invalid_request", "no valid scopes defined", "permission-missing"),
        ("invalid_scope", "no valid scopes defined", "permission-missing"),
        ("invalid_client", "no valid scopes defined", "permission-missing"),
        ("invalid_grant", "The connected app must have at least one scope", "permission-missing"),
        ("invalid_grant", "OAuth scopes are missing", "permission-missing"),
        ("unauthorized_client", "scope is required", "permission-missing"),
        ("invalid_scope", "the requested scope is not allowed", "other"),
        ("invalid_scope", "", "other"),
        ("invalid_scope", "the requested scope is not available", "other"),
        ("invalid_request", "scope parameter not supported", "other"),
        ("OAUTH_DISALLOWED_SCOPES", "the requested scope is not allowed", "other"),
        ("invalid_grant", "the app's scopes do not include api", "permission-missing"),
        // Proofs.
        ("invalid_grant", "Mutual TLS is required for this app", "tls"),
        ("invalid_client", "client certificate required", "tls"),
        ("invalid_request", "missing required code challenge", "client-credentials-disabled"),
        ("invalid_grant", "invalid code verifier", "client-credentials-disabled"),
        ("invalid_client", "PKCE is required for this app", "client-credentials-disabled"),
        ("use_dpop_nonce", "", "client-credentials-disabled"),
        ("invalid_dpop_proof", "DPoP proof is missing", "client-credentials-disabled"),
        // Requests of other flows.
        ("invalid_grant", "activation secret invalid", "other"),
        ("invalid_grant", "expired authorization code", "other"),
        ("invalid_grant", "invalid assertion", "other"),
        ("invalid_grant", "Audience validation failed", "other"),
        ("invalid_request", "must use HTTP GET", "other"),
        ("invalid_request", "out-of-band not supported", "other"),
        ("redirect_uri_mismatch", "redirect_uri must match configuration", "other"),
        ("invalid_token", "", "other"),
        ("invalid_grant", "authentication failure - Username-Password Flow Disabled", "other"),
        // The user.
        ("invalid_grant", "invalid user credentials", "other"),
        ("invalid_grant", "user hasn't approved this consumer", "app-not-approved"),
        ("invalid_request", "user is not admin approved to access this app", "app-not-approved"),
        ("invalid_grant", "expired password", "password-expired"),
        ("invalid_grant", "user is locked", "user-locked"),
        ("invalid_grant", "Your account has been locked", "user-locked"),
        ("invalid_request", "inactive user", "user-inactive"),
        ("invalid_grant", "community user is not allowed", "permission-missing"),
        ("invalid_grant", "The user has no valid license", "permission-missing"),
        (
            "access_denied",
            "The operation you requested isn't allowed due to a security policy in your organization",
            "permission-missing",
        ),
        ("unsupported_grant_type", "no client credentials user enabled", "run-as-user-missing"),
        ("oauth_flow_disabled", "The Run As user is not set", "run-as-user-missing"),
        // The place.
        ("invalid_request", "request not supported on this domain", "wrong-host"),
        ("unsupported_grant_type", "not supported on this domain", "wrong-host"),
        ("invalid_grant", "restricted domain", "wrong-host"),
        ("invalid_grant", "wrong instance", "wrong-host"),
        ("invalid_grant", "cannot log in from current domain", "ip-restricted"),
        ("invalid_grant", "not from a trusted network", "ip-restricted"),
        ("invalid_request", "ip restricted", "ip-restricted"),
        ("invalid_grant", "LOGIN_MUST_USE_SECURITY_TOKEN", "security-token-required"),
        // The org and the service.
        ("invalid_request", "organization is closed", "org-unavailable"),
        ("invalid_grant", "get access token limit exceeded", "rate-limited"),
        ("invalid_request", "token request is already being processed", "salesforce-unavailable"),
        ("invalid_grant", "unexpected error, retry your request", "salesforce-unavailable"),
        ("installation_error", "", "app-not-in-org"),
        ("invalid_grant", "app isn't installed in this org", "app-not-in-org"),
        ("invalid_grant", "sandbox is being refreshed", "org-unavailable"),
        ("invalid_request", "the org is in read-only mode", "org-unavailable"),
        ("invalid_grant", "org is frozen", "org-unavailable"),
        // The Run As user, whose other name begins like the secret's.
        ("invalid_grant", "invalid client credentials user", "other"),
        ("invalid_grant", "client credentials user is frozen", "user-inactive"),
        ("invalid_grant", "The Run As user isn't API enabled", "api-disabled"),
        (
            "invalid_grant",
            "user is not assigned to a permission set of the app",
            "app-not-approved",
        ),
        ("invalid_grant", "invalid username or password", "other"),
        ("invalid_grant", "login is not permitted at this time", "login-hours"),
        ("invalid_grant", "device activation required", "identity-challenge"),
        ("invalid_grant", "client credentials flow failed", "other"),
        (
            "invalid_grant",
            "external client app OAuth policy not found",
            "client-credentials-disabled",
        ),
        ("access_denied", "", "other"),
        ("invalid_grant", "null", "other"),
        ("invalid_grant", "app is pending approval", "app-not-approved"),
        ("invalid_grant", "The app was uninstalled", "app-not-in-org"),
        ("invalid_grant", "local app cannot be used in another org", "app-not-in-org"),
        ("invalid_grant", "server is busy", "salesforce-unavailable"),
        ("invalid_grant", "Too many login attempts. Try again in 15 minutes.", "rate-limited"),
        ("invalid_grant", "Hyperforce migration", "org-unavailable"),
        // The secret, whatever follows.
        ("invalid_client", "client secret has been rotated", "wrong-client-secret"),
        ("invalid_client", "Invalid client secret. Please try again.", "wrong-client-secret"),
        ("invalid_client", "invalid client credentials", "wrong-client-secret"),
    ] {
        assert_eq!(oauth_cause(error, text), expected, "{error} {text}");
    }
}

/// The label behind the dash decides, and the summary no longer says that there is none.
#[test]
fn the_reason_behind_a_dash() {
    for (label, expected) in [
        ("API security token required", "security-token-required"),
        ("User is inactive", "user-inactive"),
        ("User is frozen", "user-inactive"),
        ("Password lockout", "user-locked"),
        ("Restricted IP", "ip-restricted"),
        ("IP Address Not Allowed", "ip-restricted"),
        ("Restricted domain", "wrong-host"),
        ("Restricted time", "login-hours"),
        ("Login rate exceeded", "rate-limited"),
        ("Maximum logins exceeded", "rate-limited"),
        ("Missing Consumer Key Parameter", "wrong-client-id"),
        ("Consumer Deleted", "wrong-client-id"),
        ("OAuth API access disabled", "api-disabled"),
        ("Two-factor required", "identity-challenge"),
        ("Login over insecure channel", "wrong-host"),
        ("Trial Expired", "org-unavailable"),
        ("Organization locked", "org-unavailable"),
        ("Organization is in maintenance", "org-unavailable"),
        (
            "API Version Removed. The API version specified for login is below the minimum \
             supported value, and has been removed.",
            "unsupported-api-version",
        ),
        ("Invalid password", "other"),
        ("Invalid login", "other"),
        ("A new label", "other"),
    ] {
        for text in [
            format!("authentication failure - {label}"),
            format!("authentication failure - Failed: {label}"),
            format!("Authentication Failure \u{2014} FAILED: {}", label.to_uppercase()),
            format!("authentication failure\u{2013}{}", label.to_lowercase()),
            format!("authentication failure: {label}"),
        ] {
            for code in ["invalid_grant", "login_error"] {
                assert_eq!(oauth_cause(code, &text), expected, "{code} {text}");
            }
        }
    }
    let body = r#"{"error":"invalid_grant","error_description":"authentication failure - New"}"#;
    let (reason, _) = judge(Flow::OAuth, &answer(400, "", body)).expect_err("a refusal");
    assert_eq!(reason, Reason::RunAsUserRefused { says_why: true });
    let body = r#"{"error":"invalid_grant","error_description":"Authentication failure."}"#;
    let (reason, _) = judge(Flow::OAuth, &answer(400, "", body)).expect_err("a refusal");
    assert_eq!(reason, Reason::RunAsUserRefused { says_why: false });
}

/// What stays unknown is told apart by what its words are about.
#[test]
fn unknown_words_tell_what_they_are_about() {
    use Subject::{App, Network, Org, User};
    for (code, text, about) in [
        ("invalid_grant", "the external client app said no", Some(App)),
        ("invalid_client", "the policy of this app says no", Some(App)),
        ("invalid_request", "consumer in an odd state", Some(App)),
        ("invalid_grant", "user must accept the terms of use", Some(User)),
        ("access_denied", "the profile says no", Some(User)),
        ("invalid_grant", "organization is unusual", Some(Org)),
        ("invalid_grant", "your company says no", Some(Org)),
        ("invalid_grant", "network says no", Some(Network)),
        ("brand_new_code", "the user says no to the app", Some(User)),
        ("invalid_grant", "Client Credentials User says no", Some(User)),
        ("invalid_grant", "something new", None),
    ] {
        let body = serde_json::json!({ "error": code, "error_description": text }).to_string();
        let (reason, _) = judge(Flow::OAuth, &answer(400, "", &body)).expect_err("a refusal");
        assert_eq!(reason, Reason::Unknown { about }, "{code} {text}");
    }
    // SOAP login() knows no app.
    let body = fault("BRAND_NEW_CODE", "the app of this user says no");
    let (reason, _) = judge(Flow::Soap, &answer(500, "text/xml", &body)).expect_err("a refusal");
    assert_eq!(reason, Reason::Unknown { about: Some(User) });
}
