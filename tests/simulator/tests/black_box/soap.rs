//! SOAP `login()`.

use sforg_simulator::{DEV, ODD_SIGNS, Options, PRODUCTION, UAT};

use crate::client::*;

fn joined(account: &sforg_simulator::Account) -> String {
    format!("{}{}", account.password, account.security_token)
}

#[tokio::test]
async fn success_says_who_and_where() {
    let simulator = start();
    let answer = soap(&simulator, UAT.username, &joined(&UAT)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/xml; charset=UTF-8");
    assert!(answer.text().contains("xmlns=\"urn:partner.soap.sforce.com\""));
    assert_eq!(answer.element("sandbox"), "true");
    assert_eq!(answer.element("passwordExpired"), "false");
    assert_eq!(answer.element("organizationName"), UAT.organization_name);
    assert_eq!(answer.element("organizationId"), UAT.organization_id);
    assert_eq!(answer.element("userId"), UAT.user_id);
    assert_eq!(answer.element("userName"), UAT.username);
    let server_url = answer.element("serverUrl");
    let expected = format!("{}/services/Soap/u/62.0/00DNR0000000002", simulator.http_url);
    assert_eq!(server_url, expected);
    assert!(answer.element("sessionId").starts_with("00DNR0000000002!"));
    let stats = simulator.stats();
    assert_eq!((stats.soap_logins.attempts, stats.soap_logins.sessions), (1, 1));
    assert_eq!(stats.paths.get("POST /services/Soap/u/62.0"), Some(&1));
}

#[tokio::test]
async fn enterprise_requests_get_enterprise_answers() {
    let simulator = start();
    let url = format!("{}/services/Soap/c/62.0", simulator.http_url);
    let enterprise = |password: &str| {
        envelope(UAT.username, password)
            .replace("urn:partner.soap.sforce.com", "urn:enterprise.soap.sforce.com")
    };
    let answer = send(soap_request(&url, enterprise(&joined(&UAT)))).await;
    assert!(answer.text().contains("xmlns=\"urn:enterprise.soap.sforce.com\""));
    let expected = format!("{}/services/Soap/c/62.0/00DNR0000000002/0DF", simulator.http_url);
    assert!(answer.element("serverUrl").starts_with(&expected));
    let answer = send(soap_request(&url, enterprise("wrong"))).await;
    assert!(answer.text().contains("xmlns:sf=\"urn:fault.enterprise.soap.sforce.com\""));
    assert_eq!(answer.element("faultcode"), "INVALID_LOGIN");
    // The partner namespace does not fit here.
    let answer = send(soap_request(&url, envelope(UAT.username, &joined(&UAT)))).await;
    assert_eq!(answer.element("faultcode"), "soapenv:Client");
}

#[tokio::test]
async fn the_token_is_asked_for_where_it_is_needed() {
    let simulator = start();
    let answer = soap(&simulator, UAT.username, UAT.password).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.exception_code(), "LOGIN_MUST_USE_SECURITY_TOKEN");
    assert!(answer.element("faultstring").contains("company’s trusted networks"));
    for password in [DEV.password.to_owned(), joined(&DEV)] {
        assert_eq!(soap(&simulator, DEV.username, &password).await.status, 200);
    }
}

#[tokio::test]
async fn wrong_credentials_are_refused() {
    let simulator = start();
    let cases = [
        (UAT.username, "wrong".to_owned()),
        (UAT.username, format!("{} {}", UAT.password, UAT.security_token)),
        (UAT.username, format!("{}{}", UAT.password, DEV.security_token)),
        (UAT.username, String::new()),
        ("nobody@acme.example.com", joined(&UAT)),
        ("", String::new()),
    ];
    for (username, password) in cases {
        let answer = soap(&simulator, username, &password).await;
        assert_eq!(answer.status, 500);
        assert_eq!(answer.exception_code(), "INVALID_LOGIN", "{username}");
        assert_eq!(answer.element("faultcode"), "sf:INVALID_LOGIN");
    }
    assert_eq!(simulator.stats().soap_logins.sessions, 0);
}

#[tokio::test]
async fn user_names_are_taken_in_any_case_and_passwords_are_not() {
    let simulator = start();
    let name = UAT.username.to_uppercase();
    assert_eq!(soap(&simulator, &name, &joined(&UAT)).await.status, 200);
    assert_eq!(soap(&simulator, &name, &joined(&UAT).to_uppercase()).await.status, 500);
}

#[tokio::test]
async fn odd_signs_survive_the_way_in_and_out() {
    let simulator = start();
    let answer = soap(&simulator, ODD_SIGNS.username, &joined(&ODD_SIGNS)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.element("organizationName"), ODD_SIGNS.organization_name);
    assert_eq!(answer.element("userName"), ODD_SIGNS.username);
}

#[tokio::test]
async fn versions_decide_before_credentials() {
    let simulator = start();
    let code = async |version: &str, password: &str| {
        let path = format!("u/{version}");
        soap_at(&simulator, &path, UAT.username, password).await
    };
    for version in ["7.0", "30.0", "69.0", "62", "62.5", "62.0/", "", "x", "99999.0", "-1.0"] {
        let answer = code(version, "wrong").await;
        assert_eq!(answer.exception_code(), "UNSUPPORTED_API_VERSION", "{version}");
        assert_eq!(answer.element("sf:exceptionMessage"), "Invalid Api version specified on URL");
        assert!(answer.text().contains("<sf:UnexpectedErrorFault"));
    }
    for version in ["65.0", "68.0"] {
        let answer = code(version, "wrong").await;
        assert_eq!(answer.exception_code(), "INVALID_OPERATION", "{version}");
        let message = format!("not available in the API version specified ({version})");
        assert!(answer.element("faultstring").contains(&message));
    }
    for version in ["31.0", "64.0"] {
        assert_eq!(code(version, &joined(&UAT)).await.status, 200, "{version}");
    }
    let answer = code("v51.0", &joined(&UAT)).await;
    assert_eq!(answer.status, 200);
    assert!(answer.element("serverUrl").contains("/services/Soap/u/7.0/"));
}

#[tokio::test]
async fn an_older_org_knows_fewer_versions() {
    let simulator = start_with(Options { newest_api: 60, ..Options::default() });
    let answer = soap_at(&simulator, "u/61.0", UAT.username, &joined(&UAT)).await;
    assert_eq!(answer.exception_code(), "UNSUPPORTED_API_VERSION");
    assert_eq!(soap_at(&simulator, "u/60.0", UAT.username, &joined(&UAT)).await.status, 200);
}

#[tokio::test]
async fn requests_that_are_no_soap() {
    let simulator = start();
    let url = format!("{}/services/Soap/u/62.0", simulator.http_url);
    let body = || envelope(UAT.username, &joined(&UAT));

    let answer = get(&url).await;
    assert_eq!(answer.status, 405);
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(answer.text().contains("Only POST allowed"));

    let wrong_type = client().post(&url).header("SOAPAction", "login").body(body());
    assert_eq!(send(wrong_type.header("Content-Type", "application/json")).await.status, 415);

    let no_action = client().post(&url).header("Content-Type", "text/xml").body(body());
    let answer = send(no_action).await;
    assert_eq!(answer.status, 500);
    assert_eq!(answer.element("faultstring"), "SOAPAction HTTP header missing");

    let unescaped = body().replace(UAT.password, "a&b");
    let answer = send(soap_request(&url, unescaped)).await;
    assert_eq!(answer.element("faultcode"), "soapenv:Client");
    assert!(answer.element("faultstring").contains("must immediately follow the '&'"));
    assert!(!answer.text().contains("exceptionCode"));

    let other = body().replace("n1:login", "n1:logout");
    let answer = send(soap_request(&url, other)).await;
    assert!(answer.element("faultstring").starts_with("No operation available for request {urn:"));

    // An empty SOAPAction in quotes is a SOAPAction.
    let quoted = client().post(&url).header("SOAPAction", "\"\"").body(body());
    assert_eq!(send(quoted.header("Content-Type", "text/xml; charset=utf-8")).await.status, 200);
    assert_eq!(simulator.stats().soap_logins.attempts, 1, "the others were no logins");
}

#[tokio::test]
async fn a_scope_header_must_name_the_users_org() {
    let simulator = start();
    let url = format!("{}/services/Soap/u/62.0", simulator.http_url);
    let scoped = |organization: &str| {
        let header = format!(
            "<env:Header><LoginScopeHeader xmlns=\"urn:partner.soap.sforce.com\">\
             <organizationId>{organization}</organizationId></LoginScopeHeader></env:Header>\
             <env:Body>"
        );
        envelope(UAT.username, &joined(&UAT)).replace("<env:Body>", &header)
    };
    let right = send(soap_request(&url, scoped(UAT.organization_id))).await;
    assert_eq!(right.status, 200);
    let wrong = send(soap_request(&url, scoped(PRODUCTION.organization_id))).await;
    assert_eq!(wrong.exception_code(), "INVALID_LOGIN");
    assert!(wrong.element("faultstring").contains("Self-Service portal"));
}

#[tokio::test]
async fn too_many_logins_look_like_wrong_credentials() {
    let simulator = start_with(Options { max_logins: Some(2), ..Options::default() });
    for expected in [200, 200, 500] {
        assert_eq!(soap(&simulator, DEV.username, DEV.password).await.status, expected);
    }
    // Every user has a count of their own.
    assert_eq!(soap(&simulator, UAT.username, &joined(&UAT)).await.status, 200);
}
