//! Any recorded answer on demand.

use sforg_simulator::{Case, Options, case_client_id, case_username, cases};

use crate::client::*;

/// Where a recorded answer shows: at the login or at a later request.
fn shows_at_login(case: &Case) -> bool {
    let later = ["userinfo-", "identity-"].iter().any(|start| case.id.starts_with(start));
    case.flow != "versions" && !later
}

fn assert_is(answer: &Answer, case: &Case) {
    assert_eq!(answer.status, case.http_status, "{}", case.id);
    assert_eq!(answer.header("content-type"), case.content_type, "{}", case.id);
    assert_eq!(answer.text(), case.body, "{}", case.id);
}

#[tokio::test]
async fn at_both_logins_byte_for_byte() {
    let simulator = start();
    for case in cases().iter().filter(|case| shows_at_login(case) && case.http_status != 0) {
        assert_is(&soap(&simulator, &case_username(&case.id), "x").await, case);
        assert_is(&token(&simulator, &case_client_id(&case.id), "x").await, case);
    }
}

#[tokio::test]
async fn no_version_and_no_password_stands_in_the_way() {
    let simulator = start();
    let answer = soap_at(&simulator, "u/68.0", "case+soap-doc-org-locked@example.com", "").await;
    assert_eq!(answer.exception_code(), "ORG_LOCKED");
    let exact = token(&simulator, "case:oauth-flow-disabled", "").await;
    assert_eq!(exact.member("error"), "oauth_flow_disabled");
}

#[tokio::test]
async fn cases_of_the_connection_reset_it() {
    let simulator = start();
    let failing: Vec<_> = cases().iter().filter(|case| case.http_status == 0).collect();
    assert_eq!(failing.len(), 3);
    for case in failing {
        let request = raw_token_request(&case_client_id(&case.id));
        let error = raw(&simulator.http_url, &request).await.expect_err("a reset");
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "{}", case.id);
    }
}

#[tokio::test]
async fn at_the_later_request_they_belong_to() {
    let simulator = start();
    for case in cases().iter().filter(|case| !shows_at_login(case)) {
        let login = token(&simulator, &case_client_id(&case.id), "x").await;
        assert_eq!(login.status, 200, "{}", case.id);
        let id_path = login.member("id").replace("https://login.salesforce.com", "");
        let path = match case.id.split('-').next() {
            Some("userinfo") => "/services/oauth2/userinfo".to_owned(),
            Some("identity") => id_path,
            Some("versions") => "/services/data".to_owned(),
            _ => "/services/data/v62.0/limits".to_owned(),
        };
        let url = format!("{}{path}", simulator.http_url);
        assert_is(&get_with_token(&url, &login.member("access_token")).await, case);
    }
    let login = soap(&simulator, "case+rest-request-limit@example.com", "x").await;
    let url = format!("{}/services/data/v62.0/limits", simulator.http_url);
    assert_eq!(get_with_token(&url, &login.element("sessionId")).await.status, 403);
    let url = format!("{}/services/oauth2/userinfo", simulator.http_url);
    assert_eq!(get_with_token(&url, &login.element("sessionId")).await.status, 200);
}

#[tokio::test]
async fn by_the_address_of_any_request() {
    let simulator = start();
    for case in cases().iter().filter(|case| case.http_status != 0) {
        let url = format!("{}/services/data?case={}", simulator.http_url, case.id);
        assert_is(&get(&url).await, case);
    }
}

#[tokio::test]
async fn for_every_version_list() {
    let case = Some("versions-ok-json-2011".to_owned());
    let simulator = start_with(Options { versions_case: case, ..Options::default() });
    let list = get(&format!("{}/services/data", simulator.http_url)).await.json();
    assert_eq!(list[0]["version"], "20.0");
}

#[tokio::test]
async fn sessions_of_recorded_logins_are_good_for_the_rest() {
    let simulator = start();
    let login = token(&simulator, "case:oauth-ok-client-credentials", "x").await;
    let url = format!("{}/services/oauth2/userinfo", simulator.http_url);
    let answer = get_with_token(&url, &login.member("access_token")).await;
    assert_eq!(answer.member("organization_id"), "00DXX0000000000EAA");
    assert!(login.member("id").contains("00DXX0000000000EAA"));
}

#[tokio::test]
async fn redirects_and_limits_have_their_headers() {
    let simulator = start();
    let moved = token(&simulator, "case:oauth-redirect-301", "x").await;
    let target = "https://newname.my.salesforce.com/services/oauth2/token";
    assert_eq!(moved.header("location"), target);
    let busy = token(&simulator, "case:oauth-429", "x").await;
    assert_eq!(busy.header("retry-after"), "30");
}

#[tokio::test]
async fn a_typing_mistake_is_told() {
    let simulator = start();
    let answer = soap(&simulator, "case+soap-doc-org-lock@example.com", "x").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("--list-cases"));
    let answer = token(&simulator, "behave:dealy-5s", "x").await;
    assert!(answer.text().contains("there is no behaviour dealy-5s"));
}
