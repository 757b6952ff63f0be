//! Wordings that differ from the known ones, and codes in other forms than their usual one.

use super::*;

/// Flow-off and Run As wordings: the secret is never to blame while one of them may be true.
#[test]
fn a_switched_off_flow_in_any_words() {
    let off = [
        "client credentials flow is not enabled",
        "client credentials grant is not enabled",
        "client-credentials flow is turned off",
        "client_credentials grant type is not enabled for this client",
        "grant type not enabled for this app",
        "Client Credentials flow has been DISABLED by your administrator.",
        "The external client app or the OAuth plugin is disabled.",
        "external client app is disabled",
        "app is not active",
        "This grant_type isn\u{2019}t supported",
        "client is not authorized to use grant type client_credentials",
    ];
    for code in ["invalid_grant", "invalid_client", "unauthorized_client", "invalid_app_access"] {
        for text in off {
            assert_eq!(oauth_cause(code, text), "client-credentials-disabled", "{code} {text}");
        }
    }
    for (code, text) in [
        ("invalid_request", "client_credentials grant type is disabled for this app"),
        ("unauthorized_client", ""),
        ("unauthorized_client", "client not authorized"),
        ("unauthorized_client", "grant type not allowed"),
        ("unsupported_grant_type", "grant type not supported"),
    ] {
        assert_eq!(oauth_cause(code, text), "client-credentials-disabled", "{code} {text}");
    }
    for code in ["invalid_grant", "invalid_client"] {
        for text in [
            "no client credentials user enabled",
            "No Run-As user configured.",
            "run-as user is missing",
            "client credentials user missing",
            "The client credentials user is not set",
            "Run As user must be specified: required",
        ] {
            assert_eq!(oauth_cause(code, text), "run-as-user-missing", "{code} {text}");
        }
    }
}

/// `invalid_client` means the secret only where its text does not name something else.
#[test]
fn what_invalid_client_says_beside_its_code() {
    let expected = [
        ("", "wrong-client-secret"),
        ("invalid client credentials", "wrong-client-secret"),
        ("Invalid client secret provided.", "wrong-client-secret"),
        ("client secret expired", "wrong-client-secret"),
        ("client authentication failed", "wrong-client-secret"),
        ("invalid client", "wrong-client-secret"),
        ("invalid client credentials for this app", "wrong-client-secret"),
        ("client identifier invalid", "wrong-client-id"),
        ("invalid client id", "wrong-client-id"),
        ("app must be installed into org", "app-not-in-org"),
        ("External client app is not installed in this org", "app-not-in-org"),
        ("Cross-org OAuth flows are not supported for this external client app", "app-not-in-org"),
        ("app is blocked by admin", "app-blocked"),
        ("user is not admin approved to access this app", "app-not-approved"),
        ("ip restricted", "ip-restricted"),
        ("user is inactive", "user-inactive"),
        ("the policy of this app says no", "other"),
    ];
    for (text, cause) in expected {
        assert_eq!(oauth_cause("invalid_client", text), cause, "{text}");
    }
}

#[test]
fn blocked_and_unapproved_apps() {
    for (code, text, cause) in [
        ("OAUTH_AUTHORIZATION_BLOCKED", "This app is blocked by admin", "app-blocked"),
        ("OAUTH_AUTHORIZATION_BLOCKED", "", "app-blocked"),
        (
            "OAUTH_AUTHORIZATION_BLOCKED",
            "Cross-org OAuth flows are not supported for this external client app",
            "app-not-in-org",
        ),
        ("invalid_client_id", "Cross-org OAuth flows are not supported", "app-not-in-org"),
        ("invalid_grant", "cross org flows are not supported for this app", "app-not-in-org"),
        ("invalid_app_access", "user is not admin approved to access this app", "app-not-approved"),
        ("invalid_app_access", "", "app-not-approved"),
        ("invalid_app_access", "app is blocked", "app-blocked"),
        ("unauthorized_client", "user not approved", "app-not-approved"),
        ("unauthorized_client", "client is blocked", "app-blocked"),
    ] {
        assert_eq!(oauth_cause(code, text), cause, "{code} {text}");
    }
}

#[test]
fn what_is_wrong_with_the_run_as_user_or_the_org() {
    for (text, cause) in [
        ("user is disabled", "user-inactive"),
        ("user has been deactivated", "user-inactive"),
        ("User account is locked", "user-locked"),
        ("API access is disabled", "api-disabled"),
        ("user does not have API access", "api-disabled"),
        ("API Enabled permission required", "api-disabled"),
        ("API_DISABLED_FOR_ORG", "api-disabled"),
        ("not allowed from this IP", "ip-restricted"),
        ("Failed: IP Address Not Allowed", "ip-restricted"),
        ("ip restricted or invalid login hours", "login-hours"),
        ("MFA required", "identity-challenge"),
        ("verification required", "identity-challenge"),
        ("organization is suspended", "org-unavailable"),
        ("organization locked", "org-unavailable"),
        ("org is inactive", "org-unavailable"),
        ("trial expired", "org-unavailable"),
        ("organization in maintenance", "org-unavailable"),
        ("rate limit exceeded", "rate-limited"),
        ("too many logins", "rate-limited"),
        ("authentication failure", "other"),
        ("authentication failure - Failed: API security token required", "security-token-required"),
        ("something new", "other"),
    ] {
        assert_eq!(oauth_cause("invalid_grant", text), cause, "{text}");
    }
}

#[test]
fn soap_login_is_off_gone_or_not_permitted() {
    let off = [
        "SOAP API login() is disabled by default in this org. Contact the org administrator to \
         enable SOAP API login().",
        "SOAP API login() is not enabled for this org.",
        "SOAP API login() is turned off in this organization. Contact your administrator.",
        "The SOAP Login operation is disabled in this org",
        "login operation is disabled by your administrator",
        "SOAP API login() is deactivated in this org.",
    ];
    for code in [
        "INVALID_OPERATION",
        "FUNCTIONALITY_NOT_ENABLED",
        "API_DISABLED_FOR_ORG",
        "API_CURRENTLY_DISABLED",
        "INSUFFICIENT_ACCESS",
    ] {
        for text in off {
            assert_eq!(soap_cause(code, text), "soap-login-disabled", "{code} {text}");
        }
    }
    for text in [
        "SOAP API login() is not available for this org.",
        "SOAP API login() is not allowed in this org.",
        "SOAP API login() is blocked.",
    ] {
        for code in ["INVALID_OPERATION", "FUNCTIONALITY_NOT_ENABLED"] {
            assert_eq!(soap_cause(code, text), "soap-login-disabled", "{code} {text}");
        }
    }
    for code in ["INVALID_OPERATION", "UNSUPPORTED_API_VERSION", "FUNCTIONALITY_NOT_ENABLED"] {
        for text in [
            "The SOAP Login operation is not available in the API version specified (65.0). Refer \
             to the documentation for supported versions.",
            "SOAP API login() has been retired in API version 64.0.",
            "The login() call has been retired. Use OAuth.",
            "The SOAP login operation is no longer supported in this API version (64.0).",
            "SOAP API login() is unavailable in version 65.0",
            "SOAP API login() is disabled in API version 66.0",
        ] {
            assert_eq!(soap_cause(code, text), "soap-login-removed", "{code} {text}");
        }
    }
    let any = "User must have the \"Use Any API Auth\" permission to call SOAP API login().";
    assert_eq!(soap_cause("INVALID_OPERATION", any), "permission-missing");
    let client = "use any api client permission is required";
    assert_eq!(soap_cause("INSUFFICIENT_ACCESS", client), "permission-missing");
    let removed = "API Version Removed. The API version specified for login is below the minimum";
    assert_eq!(soap_cause("UNSUPPORTED_API_VERSION", removed), "unsupported-api-version");
}

/// A text with several reasons keeps the credentials in question; one alone is the reason.
#[test]
fn an_invalid_login_that_names_its_reason() {
    for (text, cause) in [
        ("Invalid username, password, security token; or user locked out.", "wrong-credentials"),
        (
            "Invalid username, password, security token, user not active, or user locked out.",
            "wrong-credentials",
        ),
        ("Ung\u{fc}ltiger Benutzername, ung\u{fc}ltiges Kennwort", "wrong-credentials"),
        ("", "wrong-credentials"),
        ("User is inactive", "user-inactive"),
        ("user is frozen", "user-inactive"),
        ("user locked out", "user-locked"),
        ("SOAP API login() is disabled", "soap-login-disabled"),
        ("Number of logins exceeded", "rate-limited"),
    ] {
        assert_eq!(soap_cause("INVALID_LOGIN", text), cause, "{text}");
    }
}

/// Wordings that nobody has seen, by what they mean.
#[test]
fn wordings_by_their_meaning() {
    for (text, cause) in [
        ("Please enable the client credentials flow", "client-credentials-disabled"),
        ("Client Credentials not permitted", "client-credentials-disabled"),
        ("The client credentials flow requires a run-as user", "run-as-user-missing"),
        ("client credentials flow user is not specified", "run-as-user-missing"),
        ("no user configured for client credentials", "run-as-user-missing"),
        ("Run as user does not exist", "run-as-user-missing"),
        ("user is not authorized to use this app", "app-not-approved"),
        ("user not allowed to access this app", "app-not-approved"),
        ("Login is restricted to certain hours", "login-hours"),
        ("user license does not allow API access", "api-disabled"),
        ("Salesforce is temporarily unavailable", "salesforce-unavailable"),
        ("must use HTTPS", "wrong-host"),
        ("use your My Domain login URL", "wrong-host"),
        ("end-user denied authorization", "other"),
        ("The flow of https://acme.my.salesforce.com went well", "other"),
    ] {
        assert_eq!(oauth_cause("invalid_grant", text), cause, "{text}");
    }
    for (code, text, cause) in [
        ("INVALID_OPERATION", "login is not supported", "soap-login-disabled"),
        ("INVALID_OPERATION", "Login via SOAP is not enabled", "soap-login-disabled"),
        ("INVALID_OPERATION", "User is not allowed to use login()", "permission-missing"),
        ("INVALID_OPERATION", "This API version no longer supports login()", "soap-login-removed"),
        ("INVALID_LOGIN", "IP address is restricted", "ip-restricted"),
        ("INVALID_LOGIN", "user is not active or password is wrong", "wrong-credentials"),
        ("INVALID_LOGIN", "security token is invalid", "wrong-credentials"),
        ("UNSUPPORTED_CLIENT", "TLSv1.0 is disabled", "tls"),
        ("UNKNOWN_EXCEPTION", "login() retired", "salesforce-unavailable"),
    ] {
        assert_eq!(soap_cause(code, text), cause, "{code} {text}");
    }
}

/// The host behind the token endpoint answers in the form of the REST and the SOAP API as well.
#[test]
fn errors_in_the_form_of_another_api() {
    let rest = [
        (400, "SERVER_UNAVAILABLE", "salesforce-unavailable"),
        (500, "UNKNOWN_EXCEPTION", "salesforce-unavailable"),
        (503, "SERVER_UNAVAILABLE", "salesforce-unavailable"),
        (400, "ORG_LOCKED", "org-unavailable"),
        (503, "ORG_IN_MAINTENANCE", "org-unavailable"),
        (400, "TRIAL_EXPIRED", "org-unavailable"),
        (400, "URL_NOT_RESET", "wrong-host"),
        (404, "NOT_FOUND", "wrong-host"),
        (405, "METHOD_NOT_ALLOWED", "wrong-host"),
        (401, "INVALID_SESSION_ID", "wrong-host"),
        (404, "A_NEW_CODE", "wrong-host"),
        (403, "API_DISABLED_FOR_ORG", "api-disabled"),
        (403, "REQUEST_LIMIT_EXCEEDED", "rate-limited"),
        (400, "A_NEW_CODE", "other"),
        (500, "A_NEW_CODE", "other"),
    ];
    for (status, code, expected) in rest {
        let body = format!(r#"[{{"message":"a text","errorCode":"{code}"}}]"#);
        for flow in [Flow::Soap, Flow::OAuth] {
            let found = cause(flow, status, "application/json", &body);
            assert_eq!(found, expected, "{flow:?} {status} {code}");
        }
    }
    let busy = fault("SERVER_UNAVAILABLE", "Server too busy");
    assert_eq!(cause(Flow::OAuth, 500, "text/xml", &busy), "salesforce-unavailable");
}

#[test]
fn faults_of_soap_1_2() {
    for (codes, expected) in [
        (
            "<c:Value>c:Sender</c:Value><c:Subcode><c:Value>sf:INVALID_LOGIN</c:Value></c:Subcode>",
            "wrong-credentials",
        ),
        (
            "<c:Value>c:Sender</c:Value><c:Subcode><c:Value>sf:PASSWORD_LOCKOUT</c:Value></c:Subcode>",
            "user-locked",
        ),
        ("<c:Value>c:Receiver</c:Value>", "salesforce-unavailable"),
        ("<c:Value>c:Sender</c:Value>", "unexpected-response"),
    ] {
        let body = format!(
            "<c:Envelope xmlns:c='u'><c:Body><c:Fault><c:Code>{codes}</c:Code><c:Reason>\
             <c:Text xml:lang='en'>A text</c:Text></c:Reason><c:Detail><Value>x</Value></c:Detail>\
             </c:Fault></c:Body></c:Envelope>"
        );
        assert_eq!(cause(Flow::Soap, 500, "application/soap+xml", &body), expected, "{codes}");
    }
}

/// Statuses that are never the login's own word about credentials.
#[test]
fn gateways_and_networks_between() {
    let json = r#"{"error":"invalid_client","error_description":"invalid client credentials"}"#;
    let soap = fault("INVALID_LOGIN", "Invalid username, password, security token.");
    for (status, expected) in [
        (407, "proxy"),
        (511, "proxy"),
        (429, "rate-limited"),
        (502, "salesforce-unavailable"),
        (503, "salesforce-unavailable"),
        (504, "salesforce-unavailable"),
    ] {
        assert_eq!(cause(Flow::OAuth, status, "application/json", json), expected, "{status}");
        assert_eq!(cause(Flow::Soap, status, "text/xml", &soap), expected, "{status}");
    }
    assert_eq!(cause(Flow::Soap, 500, "text/xml", &soap), "wrong-credentials");
    let page = "<html><title>Network Authentication Required</title></html>";
    let squid = "<html><title>ERROR: The requested URL could not be retrieved</title>squid</html>";
    let zscaler = "<!DOCTYPE html><html><head><title>Internet Security by Zscaler</title></head>\
                   Sorry, you are not allowed to access https://exampledomain.my.salesforce.com/</html>";
    for flow in [Flow::Soap, Flow::OAuth] {
        assert_eq!(cause(flow, 511, "text/html", page), "proxy");
        for status in [200, 401, 403] {
            assert_eq!(cause(flow, status, "text/html", zscaler), "proxy", "{status}");
        }
        let (reason, _) = judge(flow, &answer(503, "text/html", squid)).expect_err("a page");
        assert!(matches!(reason, Reason::GatewayTrouble { title: Some(_) }), "{reason:?}");
    }
}

#[test]
fn limits_are_told_apart() {
    let reason = |code: &str, text: &str| {
        judge(Flow::Soap, &answer(500, "text/xml", &fault(code, text))).expect_err("a refusal").0
    };
    let at_once = "ConcurrentRequests (Concurrent API Requests) Limit exceeded.";
    assert_eq!(reason("REQUEST_LIMIT_EXCEEDED", at_once), Reason::TooManyAtOnce);
    let of_a_day = "TotalRequests Limit exceeded.";
    assert_eq!(reason("REQUEST_LIMIT_EXCEEDED", of_a_day), Reason::RequestsUsedUp);
    assert_eq!(
        reason("LIMIT_EXCEEDED", "You have reached the limit for logins"),
        Reason::RateLimited
    );
    assert_eq!(reason("LIMIT_EXCEEDED", "Too many rows"), Reason::Unknown { about: None });
    assert_eq!(reason("LOGIN_RATE_EXCEEDED", ""), Reason::RateLimited);
}

#[test]
fn a_session_counts_with_any_status_of_success() {
    let token = r#"{"access_token":"FAKE","instance_url":"https://a.my.salesforce.com"}"#;
    let marked = format!("\u{feff}{token}");
    let login = "<loginResponse><result><sessionId>FAKE</sessionId></result></loginResponse>";
    for status in [200, 201] {
        for (flow, body) in [(Flow::OAuth, token), (Flow::OAuth, &marked), (Flow::Soap, login)] {
            assert_eq!(cause(flow, status, "", body), "ok", "{status} {body}");
        }
    }
    assert_eq!(cause(Flow::OAuth, 400, "", token), "unexpected-response");
}

#[test]
fn noise_is_not_shown() {
    let noise = crate::answer::decoded(b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\x56\x4a\xd3");
    for flow in [Flow::Soap, Flow::OAuth] {
        let (reason, said) =
            judge(flow, &answer(400, "application/json", &noise)).expect_err("noise");
        assert_eq!(reason.cause(), Cause::UnexpectedResponse);
        assert_eq!(said.message, None);
    }
}
