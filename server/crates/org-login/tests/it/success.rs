//! Logins that work.

use crate::support::*;
use org_login::{ApiRequests, LoginResult, LoginTarget, Status};
use org_schema::ApiVersion;

#[tokio::test]
async fn oauth_client_credentials() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert_eq!(
        result.summary,
        "Logged in as integration@example.com to the production org Acme (00DXX0000000000EAA), \
         which serves API 31.0 to 68.0 and has 14998 of 15000 daily API requests left."
    );
    assert_eq!(result.warnings, [""; 0]);
    assert_eq!(result.versions, ["31.0", "61.0", "68.0"]);
    assert_eq!(result.api_requests, Some(ApiRequests { remaining: 14998, max: 15000 }));

    let seen = server.seen();
    assert_eq!(
        seen[0].body,
        "grant_type=client_credentials&client_id=3MVG9FAKE&client_secret=FAKE%2Fclient%2Bsecret%2642"
    );
    assert!(seen[0].headers.contains("content-type: application/x-www-form-urlencoded"));
    let mut lines = server.lines();
    lines.sort();
    assert_eq!(
        lines,
        [
            "GET /services/data",
            "GET /services/data/v61.0/limits",
            "GET /services/data/v61.0/query?q=SELECT+Id,Name,IsSandbox+FROM+Organization",
            "GET /services/oauth2/userinfo",
            "POST /services/oauth2/token",
        ]
    );
    for follow_up in &seen[1..] {
        assert!(follow_up.headers.contains(&format!("authorization: Bearer {SESSION}")));
    }
}

#[tokio::test]
async fn soap_login() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => {
            login_response("https://acme.my.salesforce.com/services/Soap/u/61.0/00DXX0000000000")
        }
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.basic(), server.policy()).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert!(result.summary.contains("production org Acme"), "{}", result.summary);
    assert_eq!(result.warnings.len(), 1, "{:?}", result.warnings);
    assert!(result.warnings[0].contains("Summer '27 (June 2027)"));
    let seen = server.seen();
    assert!(seen[0].headers.contains("soapaction: login"));
    assert!(
        seen[0].body.contains(
            "<n1:password>fake &lt;pass&gt; &amp; wordFAKEtokenFAKEtoken123456</n1:password>"
        ),
        "the token follows the password with nothing between"
    );
    assert!(!server.lines().iter().any(|line| line.contains("userinfo")), "the answer had it all");
}

#[tokio::test]
async fn the_result_as_json() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        _ => follow_ups(seen),
    })
    .await;
    let mut result = log_in(&server.oauth(), server.policy()).await;
    result.duration = std::time::Duration::from_millis(1234);
    insta::assert_snapshot!(serde_json::to_string_pretty(&result).expect("JSON"));
}

#[tokio::test]
async fn what_needs_attention_after_a_success() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => json(
            r#"{"access_token":"eyJhbGciOiJub25lIn0.e30.FAKE","instance_url":"https://acme--uat.sandbox.my.salesforce.com","id":"https://test.salesforce.com/id/00DXX0000000000EAA/005XX000000AAAAAA0"}"#,
        ),
        "GET /services/oauth2/userinfo" => Reply::Answer(403, "application/json", "{}".to_owned()),
        "GET /services/data/v68.0/limits" => {
            json(r#"{"DailyApiRequests":{"Max":15000,"Remaining":12}}"#)
        }
        line if line.contains("/query") => {
            json(r#"{"records":[{"Name":"Acme UAT","IsSandbox":true}]}"#)
        }
        _ => follow_ups(seen),
    })
    .await;
    let target = LoginTarget { api_version: Some(ApiVersion::new(60)), ..server.oauth() };
    let result = log_in(&target, server.policy()).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    insta::assert_snapshot!(format!("{}\n- {}", result.summary, texts(&result).join("\n- ")));
}

#[tokio::test]
async fn a_follow_up_that_fails_is_a_warning() {
    let failures = [
        Reply::Answer(403, "application/json", r#"[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]"#.to_owned()),
        Reply::Answer(401, "application/json", r#"[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]"#.to_owned()),
        Reply::Answer(401, "application/json", r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#.to_owned()),
        Reply::Answer(403, "application/json", r#"[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#.to_owned()),
        Reply::Answer(400, "application/json", r#"[{"errorCode":"URL_NOT_RESET","message":"The URL returned from login must be set"}]"#.to_owned()),
        Reply::Answer(404, "text/html", "<!DOCTYPE html><html>404</html>".to_owned()),
        Reply::Answer(200, "text/html", "<html>Sign in</html>".to_owned()),
        Reply::Redirect(302, "https://evil.example/".to_owned()),
        Reply::Raw(Vec::new()),
    ];
    let mut told = String::new();
    for failure in failures {
        let server = Server::start(move |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => failure.clone(),
        })
        .await;
        let result = log_in(&server.oauth(), server.policy()).await;
        assert_eq!(result.status, Status::Ok, "{result:?}");
        assert!(result.warnings.iter().any(|warning| warning.contains("fail")), "{result:?}");
        told.push_str(&format!("{}\n{}\n\n", result.summary, texts(&result).join("\n")));
    }
    insta::assert_snapshot!(told);
}

/// The session comes, the versions and the user are told, and then the org refuses what an
/// operation would ask.
#[tokio::test]
async fn a_session_that_the_org_refuses_is_told_in_both_flows() {
    let json = |status, body: &str| Reply::Answer(status, "application/json", body.to_owned());
    let error = |status, code: &str, message: &str| {
        json(status, &format!(r#"[{{"message":"{message}","errorCode":"{code}"}}]"#))
    };
    let refusals = [
        error(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
        error(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization."),
        error(403, "FORBIDDEN", "API is not enabled for this Organization or Partner"),
        error(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
        error(403, "A_NEW_CODE", "not for you"),
        error(410, "GONE", "The requested resource is no longer available"),
        error(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred"),
        json(401, "{}"),
        json(403, "{}"),
        Reply::Answer(200, "text/html", "<html>Sign in</html>".to_owned()),
        Reply::Answer(503, "text/html", "<html>Maintenance</html>".to_owned()),
        Reply::Answer(429, "text/plain", "Too Many Requests".to_owned()),
        Reply::Redirect(302, "https://portal.example/sign-in?next=x".to_owned()),
        Reply::Raw(Vec::new()),
    ];
    let mut told = String::new();
    for refusal in refusals {
        let server = Server::start(move |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            "POST /services/Soap/u/61.0" => login_response(
                "https://acme.my.salesforce.com/services/Soap/u/61.0/00DXX0000000000",
            ),
            line if line.starts_with("GET /services/data/v") => refusal.clone(),
            _ => follow_ups(seen),
        })
        .await;
        for target in [server.oauth(), server.basic()] {
            let result = log_in(&target, server.policy()).await;
            assert_eq!(result.status, Status::Ok, "{result:?}");
            assert_eq!(result.versions, ["31.0", "61.0", "68.0"]);
            let warnings: Vec<_> =
                result.warnings.iter().filter(|told| !told.contains("Summer '27")).collect();
            assert_eq!(warnings.len(), 1, "{result:?}");
            assert!(warnings[0].contains("operation") && warnings[0].contains("fail"));
            told.push_str(warnings[0]);
            told.push('\n');
        }
    }
    insta::assert_snapshot!(told);
}

/// What a user may not read, or an org does not have, is no trouble of the operations.
#[tokio::test]
async fn an_org_that_works_gets_no_warning() {
    let error = |status, code: &str| {
        let body = format!(r#"[{{"message":"a text","errorCode":"{code}"}}]"#);
        Reply::Answer(status, "application/json", body)
    };
    for (query, limits) in [
        (Some(error(400, "INVALID_TYPE")), Some(error(404, "NOT_FOUND"))),
        (Some(error(404, "NOT_FOUND")), Some(error(404, "NOT_FOUND"))),
        (Some(error(403, "INSUFFICIENT_ACCESS")), None),
        (None, Some(error(403, "INSUFFICIENT_ACCESS"))),
        (None, Some(error(403, "FORBIDDEN"))),
        (None, Some(Reply::Answer(403, "application/json", "{}".to_owned()))),
        (None, Some(Reply::Answer(503, "text/html", "<html>busy</html>".to_owned()))),
        (None, None),
    ] {
        let server = Server::start(move |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            line if line.contains("/query") => query.clone().unwrap_or_else(|| follow_ups(seen)),
            line if line.ends_with("/limits") => limits.clone().unwrap_or_else(|| follow_ups(seen)),
            _ => follow_ups(seen),
        })
        .await;
        let result = log_in(&server.oauth(), server.policy()).await;
        assert_eq!(result.warnings, [""; 0], "{result:?}");
    }
}

/// Where a query goes through, a refused session is about the other question alone.
#[tokio::test]
async fn a_refusal_of_one_question_is_not_one_of_operations() {
    let refused = || {
        let body = r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#;
        Reply::Answer(401, "application/json", body.to_owned())
    };
    let server = Server::start(move |seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        "GET /services/data" | "GET /services/oauth2/userinfo" => refused(),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert!(result.summary.contains("Acme"), "the query went through: {result:?}");
    assert_eq!(result.warnings.len(), 2, "{result:?}");
    assert!(result.warnings.iter().all(|told| told.starts_with("The org did not tell")));
}

#[tokio::test]
async fn a_question_that_nobody_answers_is_told() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        line if line.starts_with("GET /services/data/v") => Reply::Hang,
        _ => follow_ups(seen),
    })
    .await;
    let policy =
        org_login::Policy { total_timeout: std::time::Duration::from_secs(8), ..server.policy() };
    let result = log_in(&server.oauth(), policy).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert!(result.warnings[0].contains("no answer came in time"), "{result:?}");
    assert!(result.warnings[0].contains("operations"), "{result:?}");
}

#[tokio::test]
async fn the_login_knows_best_whether_it_is_a_sandbox() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => json(
            r#"{"access_token":"FAKE","id":"https://test.salesforce.com/id/00DXX0000000000EAA/005XX000000AAAAAA0"}"#,
        ),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert!(result.summary.contains("to the sandbox Acme"), "{}", result.summary);
}

#[tokio::test]
async fn versions_come_as_xml_too() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        "GET /services/data" => xml(
            200,
            "<?xml version='1.0'?><Versions><Version><label>Summer '24</label><version>61.0</version></Version><Version><version>33.0</version></Version></Versions>",
        ),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.versions, ["33.0", "61.0"]);
}

#[tokio::test]
async fn an_old_version_in_the_answer_is_told() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => {
            login_response("https://acme.my.salesforce.com/services/Soap/u/7.0/00DXX0000000000")
        }
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.basic(), server.policy()).await;
    assert!(
        result.warnings.iter().any(|warning| warning.contains("gave a session for 7.0")),
        "{result:?}"
    );
}

#[tokio::test]
async fn a_session_that_no_request_can_carry_is_told() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => json(
            r#"{"access_token":"00DXX0000000000!FAKE\r\nX-Evil: 1","instance_url":"https://acme.my.salesforce.com"}"#,
        ),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert!(result.warnings.iter().any(|w| w.contains("no request can carry")), "{result:?}");
    assert_eq!(server.lines(), ["POST /services/oauth2/token"], "nothing was asked without it");
}

/// Where neither the `id` nor the org's record tells, the host does.
#[tokio::test]
async fn a_host_tells_whether_it_is_a_sandbox() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => json(
            r#"{"access_token":"FAKE","instance_url":"https://acme--uat.sandbox.my.salesforce.com","id":"https://acme--uat.sandbox.my.salesforce.com/id/00DXX0000000000EAA/005XX000000AAAAAA0"}"#,
        ),
        line if line.contains("/query") => Reply::Answer(403, "application/json", "[]".to_owned()),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert!(result.summary.contains("to the sandbox"), "{}", result.summary);
    assert!(result.warnings.iter().any(|w| w.contains("set `sandbox` to true")), "{result:?}");
}

#[tokio::test]
async fn a_byte_order_mark_is_no_hindrance() {
    let marked = |reply: Reply| match reply {
        Reply::Answer(status, content_type, body) => {
            Reply::Answer(status, content_type, format!("\u{feff}{body}"))
        }
        other => other,
    };
    let server = Server::start(move |seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => marked(token("https://acme.my.salesforce.com")),
        _ => marked(follow_ups(seen)),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.warnings, [""; 0]);
    assert_eq!(result.versions, ["31.0", "61.0", "68.0"]);
    assert!(result.api_requests.is_some() && result.summary.contains("Acme"), "{result:?}");
}

fn texts(result: &LoginResult) -> Vec<&str> {
    result.warnings.iter().map(|warning| warning.text.as_str()).collect()
}
