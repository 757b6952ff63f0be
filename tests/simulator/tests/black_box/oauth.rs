//! The token endpoint.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sforg_simulator::{ACCOUNTS, Options, PRODUCTION, UAT};

use crate::client::*;

#[tokio::test]
async fn every_account_gets_a_token() {
    let simulator = start();
    for account in ACCOUNTS {
        let answer = token(&simulator, account.client_id, account.client_secret).await;
        assert_eq!(answer.status, 200, "{}", account.organization_name);
        assert_eq!(answer.header("content-type"), "application/json;charset=UTF-8");
        assert_eq!(answer.member("instance_url"), simulator.http_url);
        assert_eq!(answer.member("token_type"), "Bearer");
        assert_eq!(answer.member("scope"), "api id");
        assert!(answer.member("access_token").starts_with(&account.organization_id[..15]));
        let host = if account.sandbox { "test" } else { "login" };
        let id = format!(
            "https://{host}.salesforce.com/id/{}/{}",
            account.organization_id, account.user_id
        );
        assert_eq!(answer.member("id"), id);
        assert!(answer.member("issued_at").parse::<u64>().expect("a number in a string") > 0);
        assert!(!answer.member("signature").is_empty());
        let absent = answer.json();
        assert!(absent.get("refresh_token").is_none() && absent.get("expires_in").is_none());
    }
    let stats = simulator.stats();
    let all = ACCOUNTS.len() as u64;
    assert_eq!((stats.oauth_logins.attempts, stats.oauth_logins.sessions), (all, all));
}

#[tokio::test]
async fn errors_have_the_recorded_texts() {
    let simulator = start();
    let (id, secret) = (PRODUCTION.client_id, PRODUCTION.client_secret);
    let right = credentials(id, secret);
    let with = |name, value| {
        let mut parameters = right.to_vec();
        parameters.retain(|(known, _)| *known != name);
        parameters.push((name, value));
        parameters
    };
    let blank = format!(" {secret}");
    let cases = [
        (with("client_id", "3MVG9unknown"), "invalid_client_id", "client identifier invalid"),
        (with("client_id", ""), "invalid_client_id", "client identifier invalid"),
        (with("client_secret", "wrong"), "invalid_client", "invalid client credentials"),
        (with("client_secret", &blank), "invalid_client", "invalid client credentials"),
        (right[..2].to_vec(), "invalid_client", "invalid client credentials"),
        (with("client_secret", UAT.client_secret), "invalid_client", "invalid client credentials"),
        (with("grant_type", ""), "unsupported_grant_type", "grant type not supported"),
        (right[1..].to_vec(), "unsupported_grant_type", "grant type not supported"),
        (with("grant_type", "password"), "invalid_grant", "authentication failure"),
        (with("grant_type", "refresh_token"), "invalid_grant", "expired access/refresh token"),
        (
            with("scope", "api full"),
            "invalid_scope",
            "the requested scope is invalid, unknown, or malformed",
        ),
    ];
    for (parameters, error, description) in cases {
        let answer = token_with(&simulator, &parameters).await;
        assert_eq!(answer.status, 400, "{error}");
        assert_eq!(answer.member("error"), error);
        assert_eq!(answer.member("error_description"), description);
    }
    assert_eq!(token_with(&simulator, &with("scope", "id api")).await.status, 200);
}

#[tokio::test]
async fn the_request_must_be_a_form_in_a_post() {
    let simulator = start();
    let url = token_url(&simulator);
    let answer = get(&url).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.member("error_description"), "must use HTTP POST");
    assert_eq!(simulator.stats().oauth_logins.attempts, 0);

    let json = serde_json::json!({ "grant_type": "client_credentials" });
    let answer = send(client().post(&url).json(&json)).await;
    assert_eq!(answer.member("error"), "unsupported_grant_type");

    let answer = send(client().post(format!("{url}/")).form(&[("grant_type", "x")])).await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("URL No Longer Exists"));
}

#[tokio::test]
async fn http_basic_is_taken_in_place_of_the_form() {
    let simulator = start();
    let grant = [("grant_type", "client_credentials")];
    let basic = |header: String, form: &[(&str, &str)]| {
        client().post(token_url(&simulator)).header("Authorization", header).form(form)
    };
    for account in ACCOUNTS {
        let pair = format!("{}:{}", account.client_id, account.client_secret);
        let header = format!("Basic {}", STANDARD.encode(pair));
        assert_eq!(send(basic(header, &grant)).await.status, 200);
    }
    let wrong = format!("Basic {}", STANDARD.encode(format!("{}:x", UAT.client_id)));
    assert_eq!(send(basic(wrong, &grant)).await.member("error"), "invalid_client");

    let both = credentials(UAT.client_id, UAT.client_secret);
    let pair = STANDARD.encode(format!("{}:{}", UAT.client_id, UAT.client_secret));
    let malformed = [
        basic(format!("Basic {pair}"), &both),
        basic("Basic %%%".to_owned(), &grant),
        basic(format!("Basic {}", STANDARD.encode("no colon")), &grant),
        basic("Bearer something".to_owned(), &grant),
    ];
    for request in malformed {
        let answer = send(request).await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.member("error"), "invalid_basic_auth_header");
    }
}

#[tokio::test]
async fn other_formats_on_request() {
    let simulator = start();
    let xml = |request: reqwest::RequestBuilder| request.header("Accept", "application/xml");
    let wrong = credentials(UAT.client_id, "wrong");
    let answer = send(xml(client().post(token_url(&simulator)).form(&wrong))).await;
    assert_eq!(answer.header("content-type"), "application/xml;charset=UTF-8");
    assert_eq!(answer.element("error"), "invalid_client");
    let right = credentials(UAT.client_id, UAT.client_secret);
    let answer = send(xml(client().post(token_url(&simulator)).form(&right))).await;
    assert_eq!(answer.element("instance_url"), simulator.http_url);

    let mut parameters = wrong.to_vec();
    parameters.push(("format", "urlencoded"));
    let answer = token_with(&simulator, &parameters).await;
    assert!(answer.header("content-type").starts_with("application/x-www-form-urlencoded"));
    assert_eq!(answer.text(), "error=invalid_client&error_description=invalid+client+credentials");
    // The parameter is stronger than the header.
    parameters.push(("format", "json"));
    parameters.retain(|pair| *pair != ("format", "urlencoded"));
    let answer = send(xml(client().post(token_url(&simulator)).form(&parameters))).await;
    assert_eq!(answer.member("error"), "invalid_client");
}

#[tokio::test]
async fn too_many_logins() {
    let simulator = start_with(Options { max_logins: Some(1), ..Options::default() });
    assert_eq!(token(&simulator, UAT.client_id, UAT.client_secret).await.status, 200);
    let answer = token(&simulator, UAT.client_id, UAT.client_secret).await;
    assert_eq!(answer.member("error"), "rate_limit_exceeded");
    let other = token(&simulator, PRODUCTION.client_id, PRODUCTION.client_secret).await;
    assert_eq!(other.status, 200);
}
