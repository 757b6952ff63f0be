//! The recorded answers, and the variants that records do not have.

mod answers;
mod redirects;
mod rephrased;
mod reported;

use serde::Deserialize;

use super::*;
use crate::causes::Subject;
use crate::policy::salesforce;

#[derive(Deserialize)]
struct Case {
    id: String,
    flow: String,
    http_status: u16,
    content_type: String,
    body: String,
    #[serde(default)]
    causes: Vec<String>,
}

/// The recorded answers to logins (those of follow-up questions have no causes).
fn recorded() -> Vec<Case> {
    let text = include_str!("../../../../../tests/fixtures/login_cases.json");
    let cases: Vec<Case> = serde_json::from_str(text).expect("the recorded answers");
    cases.into_iter().filter(|case| !case.causes.is_empty()).collect()
}

fn answer(status: u16, content_type: &str, body: &str) -> Answer {
    Answer {
        status,
        content_type: content_type.to_lowercase(),
        location: None,
        retry_after: None,
        body: body.to_owned(),
    }
}

fn judge(flow: Flow, answer: &Answer) -> Result<Session, (Reason, SalesforceAnswer)> {
    let destination = salesforce("exampledomain.my.salesforce.com");
    match verdict(flow, &destination, answer, &Scrubber::default()) {
        Verdict::Session(session) => Ok(*session),
        Verdict::Refused(reason, salesforce) => Err((reason, salesforce)),
    }
}

fn cause(flow: Flow, status: u16, content_type: &str, body: &str) -> &'static str {
    match judge(flow, &answer(status, content_type, body)) {
        Ok(_) => "ok",
        Err((reason, _)) => reason.cause().as_str(),
    }
}

fn fault(code: &str, message: &str) -> String {
    format!(
        "<e:Envelope xmlns:e='u'><e:Body><e:Fault><faultcode>sf:{code}</faultcode>\
         <faultstring>{code}: {message}</faultstring><detail><sf:LoginFault>\
         <sf:exceptionCode>{code}</sf:exceptionCode>\
         <sf:exceptionMessage>{message}</sf:exceptionMessage>\
         </sf:LoginFault></detail></e:Fault></e:Body></e:Envelope>"
    )
}

fn soap_cause(code: &str, message: &str) -> &'static str {
    cause(Flow::Soap, 500, "text/xml", &fault(code, message))
}

fn oauth_cause(error: &str, description: &str) -> &'static str {
    let body = serde_json::json!({ "error": error, "error_description": description });
    cause(Flow::OAuth, 400, "application/json", &body.to_string())
}

#[test]
fn every_recorded_answer_has_its_cause() {
    let cases = recorded();
    assert!(cases.len() > 50, "{} cases", cases.len());
    let mut wrong = Vec::new();
    let mut table = String::new();
    for case in cases.iter().filter(|case| case.http_status != 0) {
        let flow = if case.flow == "soap" { Flow::Soap } else { Flow::OAuth };
        let found = cause(flow, case.http_status, &case.content_type, &case.body);
        table.push_str(&format!("{:42} {found}\n", case.id));
        if !case.causes.iter().any(|cause| cause == found) {
            wrong.push(format!("{}: {found}, not one of {:?}", case.id, case.causes));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    insta::assert_snapshot!(table);
}

#[test]
fn a_fault_counts_at_any_status_and_content_type() {
    let body = fault("INVALID_LOGIN", "Invalid username, password, security token.");
    for status in [200, 400, 401, 403, 404, 500, 501] {
        for content_type in ["text/xml", "text/html", "application/soap+xml", ""] {
            let found = cause(Flow::Soap, status, content_type, &body);
            assert_eq!(found, "wrong-credentials", "{status} {content_type}");
        }
    }
}

#[test]
fn codes_that_are_documented_without_a_text() {
    let expected = [
        ("PASSWORD_LOCKOUT", "user-locked"),
        ("ORG_LOCKED", "org-unavailable"),
        ("ORG_NOT_OWNED_BY_INSTANCE", "wrong-host"),
        ("ORG_IN_MAINTENANCE", "org-unavailable"),
        ("LOGIN_CHALLENGE_PENDING", "identity-challenge"),
        ("LOGIN_DURING_RESTRICTED_TIME", "login-hours"),
        ("INSUFFICIENT_ACCESS", "permission-missing"),
        ("CLIENT_REQUIRE_UPDATE_FOR_USER", "permission-missing"),
        ("REQUEST_LIMIT_EXCEEDED", "rate-limited"),
        ("SERVER_UNAVAILABLE", "salesforce-unavailable"),
        ("MUTUAL_AUTHENTICATION_FAILED", "tls"),
        ("TXN_SECURITY_BLOCK", "permission-missing"),
        ("TXN_SECURITY_TWO_FA_REQUIRED", "identity-challenge"),
        ("API_CURRENTLY_DISABLED", "api-disabled"),
    ];
    for (code, cause) in expected {
        assert_eq!(soap_cause(code, "a text"), cause, "{code}");
        assert_eq!(soap_cause(&code.to_lowercase(), ""), cause, "{code} in small letters");
    }
}

#[test]
fn wording_variants() {
    let soap = [
        ("API_CURRENTLY_DISABLED", "Your trial has expired.", "org-unavailable"),
        (
            "INVALID_LOGIN",
            "Invalid username, password, security token, user not active, or user locked out.",
            "wrong-credentials",
        ),
        (
            "INVALID_OPERATION",
            "SOAP API LOGIN()\n is  DISABLED by default in this org.",
            "soap-login-disabled",
        ),
        (
            "INVALID_OPERATION",
            "The SOAP Login operation is not available in the API version specified (68.0).",
            "soap-login-removed",
        ),
        ("INVALID_OPERATION", "The users password has expired", "password-expired"),
        ("INVALID_OPERATION", "something else", "other"),
        ("UNSUPPORTED_CLIENT", "something else", "other"),
    ];
    for (code, text, cause) in soap {
        assert_eq!(soap_cause(code, text), cause, "{code} {text}");
    }
    let oauth = [
        ("invalid_grant", "No Client Credentials User  enabled", "run-as-user-missing"),
        (
            "invalid_grant",
            "client credentials flow is not enabled for this app",
            "client-credentials-disabled",
        ),
        ("invalid_client", "client credentials flow not enabled", "client-credentials-disabled"),
        ("invalid_client", "invalid client", "wrong-client-secret"),
        ("invalid_client_id", "anything", "wrong-client-id"),
        ("invalid_grant", "user hasn\u{2019}t approved this consumer", "app-not-approved"),
        ("invalid_grant", "inactive user", "user-inactive"),
        ("inactive_user", "User is inactive", "user-inactive"),
        ("invalid_grant", "ip restricted", "ip-restricted"),
        ("invalid_grant", "invalid login hours", "login-hours"),
        ("invalid_grant", "organization is locked, closed, or suspended", "org-unavailable"),
        ("inactive_org", "", "org-unavailable"),
        ("OAUTH_EC_APP_NOT_FOUND", "", "app-not-in-org"),
        ("OAUTH_APP_BLOCKED", "", "app-blocked"),
        ("ecapp_policy_not_found", "", "client-credentials-disabled"),
        ("slow_down", "", "rate-limited"),
        ("server_error", "", "salesforce-unavailable"),
    ];
    for (error, text, cause) in oauth {
        assert_eq!(oauth_cause(error, text), cause, "{error} {text}");
    }
}

#[test]
fn an_unknown_code_is_shown_as_it_came() {
    let body = fault("BRAND_NEW_CODE", "Your user is inactive and locked out.");
    let (reason, said) = judge(Flow::Soap, &answer(500, "text/xml", &body)).expect_err("a refusal");
    assert_eq!(reason, Reason::Unknown { about: Some(Subject::User) });
    assert_eq!(said.code.as_deref(), Some("BRAND_NEW_CODE"));
    assert_eq!(said.message.as_deref(), Some("Your user is inactive and locked out."));
    assert_eq!(said.http_status, Some(500));
    assert_eq!(oauth_cause("brand_new_code", "user is inactive"), "other");
}

#[test]
fn trouble_on_the_way_never_blames_credentials() {
    let oauth = r#"{"error":"invalid_client","error_description":"invalid client credentials"}"#;
    assert_eq!(cause(Flow::OAuth, 503, "application/json", oauth), "salesforce-unavailable");
    assert_eq!(cause(Flow::OAuth, 429, "application/json", oauth), "rate-limited");
    let fault = fault("INVALID_LOGIN", "Invalid.");
    assert_eq!(cause(Flow::Soap, 429, "text/xml", &fault), "rate-limited");
    let pages = [
        (200, "text/html", "<html><title>Sign in to the network</title></html>", "proxy"),
        (401, "text/html", "<html>invalid_client INVALID_LOGIN</html>", "proxy"),
        (403, "text/html", "<!DOCTYPE html><html>blocked</html>", "proxy"),
        (407, "text/html", "<html>Proxy Authentication Required</html>", "proxy"),
        (200, "text/html", "<html><title>Login | Salesforce</title></html>", "unexpected-response"),
        (200, "", "", "unexpected-response"),
        (400, "", "", "unexpected-response"),
        (401, "text/plain", "invalid_client", "unexpected-response"),
        (500, "text/html", "<html>oops</html>", "salesforce-unavailable"),
        (502, "", "", "salesforce-unavailable"),
        (503, "text/html", "<center>Wartung</center>", "salesforce-unavailable"),
        (504, "text/xml", "<broken", "salesforce-unavailable"),
        (404, "text/html", "<html>not here</html>", "wrong-host"),
        (405, "text/plain", "Only POST allowed", "wrong-host"),
        (200, "application/json", "{\"hello\":1}", "unexpected-response"),
        (200, "application/json", "{broken", "unexpected-response"),
    ];
    for (status, content_type, body, expected) in pages {
        for flow in [Flow::Soap, Flow::OAuth] {
            assert_eq!(cause(flow, status, content_type, body), expected, "{status} {body}");
        }
    }
}

#[test]
fn a_success_without_a_session() {
    let token = r#"{"access_token":"","instance_url":"https://a.my.salesforce.com"}"#;
    let login = "<loginResponse><result><userId>005</userId></result></loginResponse>";
    for (flow, body) in [(Flow::OAuth, token), (Flow::Soap, login)] {
        let (reason, _) = judge(flow, &answer(200, "", body)).expect_err("no session");
        assert_eq!(reason, Reason::NoSession, "{body}");
    }
    for body in ["{\"hello\":1}", "[[[", "<e/>"] {
        for flow in [Flow::OAuth, Flow::Soap] {
            let (reason, _) = judge(flow, &answer(200, "", body)).expect_err("no session");
            assert!(matches!(reason, Reason::NotALoginAnswer { .. }), "{body}: {reason:?}");
        }
    }
}

#[test]
fn a_document_type_is_refused_at_any_status() {
    let bomb = "<?xml version='1.0'?><!DOCTYPE b [<!ENTITY a 'ha'>]><e>&a;</e>";
    for status in [200, 400, 500, 503] {
        let (reason, _) =
            judge(Flow::Soap, &answer(status, "text/xml", bomb)).expect_err("refused");
        assert_eq!(reason, Reason::UnsafeXml, "{status}");
    }
}

#[test]
fn echoes_are_scrubbed_wherever_they_come_back() {
    let credentials = crate::secrets::Credentials::OAuth {
        client_id: "3MVG9fake".to_owned(),
        client_secret: "FAKEsecret!42".into(),
    };
    let scrubber = Scrubber::new(&credentials);
    let destination = salesforce("exampledomain.my.salesforce.com");
    let json =
        r#"{"error":"bad FAKEsecret!42","error_description":"got client_secret=FAKEsecret%2142"}"#;
    let page = "<html><title>FAKEsecret!42</title></html>";
    let mut answers = vec![answer(400, "application/json", json), answer(200, "text/html", page)];
    for location in ["https://FAKEsecret!42.evil.example/", "https://evil.example/FAKEsecret!42"] {
        answers.push(Answer { location: Some(location.to_owned()), ..answer(302, "", "") });
    }
    for answer in answers {
        let Verdict::Refused(reason, said) = verdict(Flow::OAuth, &destination, &answer, &scrubber)
        else {
            panic!("no session in {answer:?}");
        };
        let shown = format!("{reason:?} {said:?}").to_lowercase();
        assert!(!shown.contains("fakesecret"), "{shown}");
    }
}
