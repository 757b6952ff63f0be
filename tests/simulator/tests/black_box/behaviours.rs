//! Misbehaviour on demand.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sforg_simulator::{Handle, Options, behaviour_client_id, behaviour_username};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::client::*;

async fn behave(simulator: &Handle, name: &str) -> Answer {
    token(simulator, &behaviour_client_id(name), "any secret").await
}

async fn behave_raw(simulator: &Handle, name: &str) -> std::io::Result<Vec<u8>> {
    raw(&simulator.http_url, &raw_token_request(&behaviour_client_id(name))).await
}

/// The head's `Content-Length` and the number of bytes that came after the head.
fn lengths(answer: &[u8]) -> (usize, usize) {
    let text = String::from_utf8_lossy(answer);
    let (head, body) = text.split_once("\r\n\r\n").expect("a head");
    let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: "));
    (length.expect("a length").parse().expect("a number"), body.len())
}

#[tokio::test]
async fn ok_takes_any_password_and_any_number_of_users() {
    let simulator = start();
    for n in [1, 2, 500] {
        let answer = soap(&simulator, &behaviour_username(&format!("ok-{n}")), "any").await;
        assert_eq!(answer.status, 200);
        let answer = behave(&simulator, &format!("ok-{n}")).await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(simulator.stats().soap_logins.sessions, 3);
}

#[tokio::test]
async fn delay_and_the_delay_of_all() {
    let slow = Options { delay: Duration::from_millis(80), ..Options::default() };
    let simulator = start_with(slow);
    let started = Instant::now();
    assert_eq!(behave(&simulator, "ok").await.status, 200);
    assert!(started.elapsed() >= Duration::from_millis(80));
    let started = Instant::now();
    assert_eq!(behave(&simulator, "delay-150ms").await.status, 200);
    assert!(started.elapsed() >= Duration::from_millis(150));
}

#[tokio::test]
async fn hang_ends_when_the_client_goes() {
    let simulator = start();
    let request = raw_token_request("behave:hang");
    let mut connection = open(&simulator.http_url, &request).await;
    until("the request has come", || simulator.stats().requests == 1).await;
    let mut byte = [0];
    let read = tokio::time::timeout(Duration::from_millis(100), connection.read(&mut byte)).await;
    assert!(read.is_err(), "nothing comes and the connection stays open");
    assert_eq!(simulator.stats().open_connections, 1);
    drop(connection);
    until("nothing is left", || simulator.stats().open_connections == 0).await;
}

#[tokio::test]
async fn every_wait_ends_when_the_client_goes() {
    let simulator = start();
    for name in ["delay-1000s", "hang", "stall", "half-closed", "drip-100s", "endless"] {
        simulator.reset_stats();
        let request = raw_token_request(&behaviour_client_id(name));
        let connection = open(&simulator.http_url, &request).await;
        until("the request has come", || simulator.stats().requests == 1).await;
        drop(connection);
        until(name, || simulator.stats().open_connections == 0).await;
    }
}

#[tokio::test]
async fn stall_sends_half_and_keeps_the_connection() {
    let simulator = start();
    let request = raw_token_request("behave:stall");
    let mut connection = open(&simulator.http_url, &request).await;
    let mut answer = Vec::new();
    let reading =
        tokio::time::timeout(Duration::from_millis(300), connection.read_to_end(&mut answer));
    assert!(reading.await.is_err(), "no end");
    let (promised, came) = lengths(&answer);
    assert!(came > 0 && came < promised, "{came} of {promised}");
}

#[tokio::test]
async fn cut_half_closed_close_and_reset() {
    let simulator = start();
    let (promised, came) = lengths(&behave_raw(&simulator, "cut").await.expect("half"));
    assert!(came > 0 && came < promised, "{came} of {promised}");

    let request = raw_token_request("behave:half-closed");
    let mut connection = open(&simulator.http_url, &request).await;
    let mut answer = Vec::new();
    let reading = tokio::time::timeout(GUARD, connection.read_to_end(&mut answer));
    reading.await.expect("an end").expect("half");
    let (promised, came) = lengths(&answer);
    assert!(came > 0 && came < promised, "{came} of {promised}");
    assert_eq!(simulator.stats().open_connections, 1, "the other half is still open");
    connection.write_all(b"still here").await.expect("taken");

    assert_eq!(behave_raw(&simulator, "close").await.expect("an end"), b"");
    let error = behave_raw(&simulator, "reset").await.expect_err("a reset");
    assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    for name in ["cut", "half-closed", "close", "reset", "garbage", "bad-chunk"] {
        let request = client()
            .post(token_url(&simulator))
            .form(&credentials(&behaviour_client_id(name), "x"));
        let failed = match request.send().await {
            Ok(response) => response.bytes().await.is_err(),
            Err(_) => true,
        };
        assert!(failed, "{name}");
    }
}

#[tokio::test]
async fn drip_is_slow_and_whole() {
    let simulator = start();
    let started = Instant::now();
    let answer = behave(&simulator, "drip-1ms").await;
    assert_eq!(answer.member("token_type"), "Bearer");
    assert!(started.elapsed() >= Duration::from_millis(answer.body.len() as u64));
}

#[tokio::test]
async fn redirects_lead_to_another_name_of_the_simulator() {
    let simulator = start();
    let port = simulator.http_url.rsplit_once(':').expect("a port").1;
    for status in [301, 302, 303, 307, 308] {
        let answer = behave(&simulator, &format!("redirect-{status}")).await;
        assert_eq!(answer.status, status);
        let target = format!("http://localhost:{port}/simulator/redirected");
        assert_eq!(answer.header("location"), target);
    }
    // A client that follows is seen.
    let follows = builder()
        .redirect(reqwest::redirect::Policy::default())
        .no_proxy()
        .build()
        .expect("a client");
    let request =
        follows.post(token_url(&simulator)).form(&credentials("behave:redirect-307", "x"));
    assert_eq!(send(request).await.status, 200);
    assert_eq!(simulator.stats().paths.get("POST /simulator/redirected"), Some(&1));
}

#[tokio::test]
async fn oversized_and_endless() {
    let simulator = start();
    for name in ["oversized", "oversized-chunked"] {
        let answer = behave(&simulator, name).await;
        assert!(answer.body.len() > 2 * 1024 * 1024, "{name}");
        assert_eq!(answer.member("token_type"), "Bearer", "{name}: valid to the end");
        assert_eq!(answer.headers.contains_key("content-length"), name == "oversized");
    }
    let request = client().post(token_url(&simulator)).form(&credentials("behave:endless", "x"));
    let mut response = request.send().await.expect("a head");
    let mut length = 0;
    while length < 8 * 1024 * 1024 {
        length += response.chunk().await.expect("more").expect("more").len();
    }
}

#[tokio::test]
async fn bodies_that_are_not_what_they_say() {
    let simulator = start();
    let garbage = behave_raw(&simulator, "garbage").await.expect("bytes");
    assert!(!garbage.is_empty() && !garbage.starts_with(b"HTTP"));
    let answer = behave(&simulator, "garbage-body").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, "application/json;charset=UTF-8")
    );
    assert!(std::str::from_utf8(&answer.body).is_err());
    let answer = behave(&simulator, "empty").await;
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    let answer = behave(&simulator, "wrong-content-type").await;
    assert_eq!(answer.header("content-type"), "text/html");
    assert_eq!(answer.member("token_type"), "Bearer");
    let answer = behave(&simulator, "no-content-type").await;
    assert!(!answer.headers.contains_key("content-type"));
    let answer = behave(&simulator, "proxy-page").await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().starts_with("<!DOCTYPE html>"));
    let answer = behave(&simulator, "deep-json").await;
    assert!(answer.text().starts_with("[[[[") && answer.body.len() == 400_000);
    for name in ["xml-bomb", "xml-external-entity"] {
        let answer = soap(&simulator, &behaviour_username(name), "x").await;
        assert_eq!(answer.header("content-type"), "text/xml; charset=UTF-8");
        assert!(answer.text().contains("<!DOCTYPE"), "{name}");
    }
}

#[tokio::test]
async fn statuses() {
    let simulator = start();
    let answer = behave(&simulator, "429-7").await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, "7"));
    for status in [204, 404, 502, 503] {
        let answer = behave(&simulator, &format!("status-{status}")).await;
        assert_eq!((answer.status, answer.body.len()), (status, 0));
    }
}

#[tokio::test]
async fn echo_repeats_the_credentials_in_every_form() {
    let simulator = start();
    let password = "pä&ss<w\"ord%+NotARealSecurityTokenABC";
    let (alone, security_token) = password.split_at(password.len() - 24);
    let answer = soap(&simulator, "behave+echo@example.com", password).await;
    assert_eq!(answer.exception_code(), "ECHO");
    let text = answer.element("faultstring");
    let form =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let xml = |text: &str| quick_xml::escape::escape(text).into_owned();
    let expected = [
        password.to_owned(),
        format!("{alone} {security_token}"),
        xml(password),
        form(password),
        form(alone),
        STANDARD.encode(password),
        STANDARD.encode(alone),
        STANDARD.encode(format!("behave+echo@example.com:{password}")),
    ];
    for form in expected {
        assert!(text.contains(&form), "{form}");
    }
    let secret = "not+a/real=secret";
    let answer = token(&simulator, "behave:echo", secret).await;
    assert!(answer.member("error_description").contains(secret));
    assert!(answer.member("error_description").contains("client_secret=not%2Ba"));
    let answer = token(&simulator, "behave:echo-html", secret).await;
    assert_eq!(answer.status, 502);
    assert!(answer.text().contains(secret));
    let answer = token(&simulator, "behave:echo-redirect", secret).await;
    assert!(answer.header("location").contains("not%2Ba%2Freal%3Dsecret"));
}

#[tokio::test]
async fn a_foreign_instance_in_both_flows() {
    let simulator = start();
    let foreign = "https://acme.my.salesforce.com.evil.example";
    let answer = behave(&simulator, "foreign-instance-url").await;
    assert_eq!(answer.member("instance_url"), foreign);
    let answer = soap(&simulator, "behave+foreign-instance-url@example.com", "x").await;
    assert!(answer.element("serverUrl").starts_with(foreign));
}

#[tokio::test]
async fn later_behaviours_leave_the_login_alone() {
    let simulator = start();
    let login = behave(&simulator, "later-status-503").await;
    assert_eq!(login.status, 200);
    let token = login.member("access_token");
    for path in ["services/data", "services/oauth2/userinfo", "services/data/v62.0/limits"] {
        let url = format!("{}/{path}", simulator.http_url);
        assert_eq!(get_with_token(&url, &token).await.status, 503, "{path}");
    }
    let url = format!("{}/services/data?behave=cut", simulator.http_url);
    let response = client().get(url).send().await.expect("a head");
    assert!(response.bytes().await.is_err());
}
