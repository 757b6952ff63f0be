//! Networks as they are: certificates, proxies, and Salesforce's own host names.
//!
//! Proxy settings belong to a process, so each of these logins runs in a process of its own: this
//! test program again, with [`child_process`] as its only test. There the host names are those of
//! Salesforce, and a proxy on loopback plays all of Salesforce's hosts, with certificates of a test
//! authority that is the login's extra CA file.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::support::network::*;
use crate::support::*;
use org_login::{LoginTarget, Policy, Status};
use org_schema::allowed_hosts::AllowedHosts;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// Does nothing in the test run itself; in a child it logs in and prints the result.
#[tokio::test]
async fn child_process() {
    let variable = |name: &str| std::env::var(name).ok();
    let Some(auth) = variable("SFORG_LOGIN_CHILD") else {
        return;
    };
    // Everything that any crate says, at its finest: the parent looks for secrets in it.
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(std::io::stderr)
        .init();
    let host = variable("SFORG_LOGIN_CHILD_HOST").unwrap_or_default();
    let target: LoginTarget = match auth.as_str() {
        "basic" => target(basic_auth((!host.is_empty()).then_some(host.as_str()))),
        _ => target(oauth_auth(&format!("https://{host}"))),
    };
    let (allowed, errors) =
        AllowedHosts::parse_list(&variable("SFORG_LOGIN_CHILD_ALLOW").unwrap_or_default());
    assert_eq!(errors, []);
    let policy = Policy {
        allowed,
        extra_ca: variable("SFORG_LOGIN_CHILD_CA").map(PathBuf::from),
        connect_timeout: variable("SFORG_LOGIN_CHILD_CONNECT_MS")
            .and_then(|number| number.parse().ok())
            .map_or(Policy::default().connect_timeout, Duration::from_millis),
        total_timeout: HANG_GUARD,
    };
    let result = log_in(&target, policy).await;
    println!("\nRESULT {}", serde_json::to_string(&result).expect("JSON"));
}

fn warnings(result: &Value) -> String {
    result["warnings"].to_string()
}

/// A proxy that plays Salesforce, its authority's certificate, and the folder that holds it.
async fn salesforce(
    handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
) -> (Proxy, PathBuf, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let authority = Authority::new();
    let ca = authority.pem_file(folder.path());
    let tls = authority.acceptor(&["*.my.salesforce.com", "*.salesforce.com"], FAR_YEAR);
    (Proxy::start(Connect::Play(tls, Arc::new(handler))).await, ca, folder)
}

#[tokio::test]
async fn salesforce_through_a_proxy_with_an_extra_certificate() {
    let (proxy, ca, _folder) = salesforce(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://other.my.salesforce.com"),
        _ => follow_ups(seen),
    })
    .await;
    let child = Child { extra_ca: Some(ca), ..Child::new("oauth", "acme.my.salesforce.com") };
    let result = child.proxy(&proxy.url()).result().await;
    assert_eq!(result["status"], "ok", "{result}");
    assert_eq!(result["identity"]["orgName"], "Acme");
    assert!(warnings(&result).contains("My Domain is other.my.salesforce.com"), "{result}");
    assert_eq!(proxy.connects(), ["acme.my.salesforce.com:443", "other.my.salesforce.com:443"]);
}

#[tokio::test]
async fn a_foreign_instance_url_gets_no_session() {
    for foreign in [
        "https://acme-my-salesforce-com.us.mcas.ms",
        "https://evil.example",
        "http://acme.my.salesforce.com",
        "https://acme.my.salesforce.com:8443",
    ] {
        let (proxy, ca, _folder) = salesforce(move |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token(foreign),
            _ => follow_ups(seen),
        })
        .await;
        let child = Child { extra_ca: Some(ca), ..Child::new("oauth", "acme.my.salesforce.com") };
        let result = child.proxy(&proxy.url()).result().await;
        assert_eq!(result["status"], "ok", "{result}");
        assert!(warnings(&result).contains("not a Salesforce API host"), "{result}");
        assert_eq!(result["identity"]["orgId"], "00DXX0000000000EAA");
        assert_eq!(proxy.connects(), ["acme.my.salesforce.com:443"], "{foreign}");
        assert_eq!(proxy.seen.lock().expect("no panic").len(), 1, "{foreign}");
    }
}

/// A secret that comes back as a host name, where reading turns its capitals into small letters.
#[tokio::test]
async fn an_address_that_echoes_shows_no_secret() {
    fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
        text.split_once(before)?.1.split(after).next()
    }
    for domain in ["evil.example", "my.salesforce.com", "sandbox.my.salesforce.com"] {
        let (proxy, ca, _folder) = salesforce(move |seen| match seen.line.as_str() {
            "POST /services/Soap/u/61.0" => {
                let token = between(&seen.body, "&amp; word", "<").expect("the end of it");
                assert_eq!(token, SECURITY_TOKEN);
                login_response(&format!("https://{token}.{domain}/services/Soap/u/61.0/x"))
            }
            _ => follow_ups(seen),
        })
        .await;
        let mut child =
            Child { extra_ca: Some(ca), ..Child::new("basic", "acme.my.salesforce.com") };
        child = child.proxy(&proxy.url());
        let result = child.result().await;
        assert_eq!(result["status"], "ok", "{result}");
        let shown = result.to_string().to_lowercase();
        assert!(!shown.contains(&SECURITY_TOKEN.to_lowercase()), "{shown}");
        assert_eq!(proxy.connects(), ["acme.my.salesforce.com:443"], "{domain}");
    }
}

/// Some middle boxes end a connection without TLS's farewell. An answer that is whole by itself
/// counts; one that is not may have been cut.
#[tokio::test]
async fn an_answer_without_a_length_that_just_ends() {
    let whole = r#"{"error":"invalid_client_id","error_description":"client identifier invalid"}"#;
    for (body, cause) in [(whole, "wrong-client-id"), (&whole[..40], "network")] {
        let raw = format!("HTTP/1.0 400 Bad\r\nContent-Type: application/json\r\n\r\n{body}");
        let (proxy, ca, _folder) =
            salesforce(move |_| Reply::Abrupt(raw.clone().into_bytes())).await;
        let child = Child { extra_ca: Some(ca), ..Child::new("oauth", "acme.my.salesforce.com") };
        let result = child.proxy(&proxy.url()).result().await;
        assert_eq!(result["cause"], cause, "{result}");
    }
}

#[tokio::test]
async fn soap_goes_to_the_completed_login_host() {
    let (proxy, ca, _folder) = salesforce(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => {
            login_response("https://acme.my.salesforce.com/services/Soap/u/61.0/00DXX0000000000")
        }
        _ => follow_ups(seen),
    })
    .await;
    let child = Child { extra_ca: Some(ca), ..Child::new("basic", "") };
    let result = child.proxy(&proxy.url()).result().await;
    assert_eq!(result["status"], "ok", "{result}");
    assert_eq!(proxy.connects(), ["acme.my.salesforce.com:443", "login.salesforce.com:443"]);
}

#[tokio::test]
async fn a_proxy_that_wants_a_password() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 407 Proxy Authentication Required")).await;
    let result = Child::new("oauth", "acme.my.salesforce.com").proxy(&proxy.url()).result().await;
    assert_eq!(result["cause"], "proxy", "{result}");
    let summary = result["summary"].as_str().expect("a summary");
    assert!(summary.contains(&format!("127.0.0.1:{}", proxy.port)), "{summary}");
    assert!(summary.contains("user name and password"), "{summary}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_not_there() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let with_password = format!("http://user:proxypass@127.0.0.1:{}", proxy.port);
    let result = Child::new("oauth", "acme.my.salesforce.com").proxy(&with_password).result().await;
    assert_eq!(result["cause"], "proxy", "{result}");
    // As it is written, and as it is sent (Base64).
    for form in ["proxypass", "dXNlcjpwcm94eXBhc3M"] {
        assert!(!result.to_string().contains(form), "{result}");
    }

    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        listener.local_addr().expect("its address").port()
    };
    let gone = format!("http://127.0.0.1:{nobody}");
    let result = Child::new("oauth", "acme.my.salesforce.com").proxy(&gone).result().await;
    assert_eq!(result["cause"], "proxy", "{result}");
    assert!(result["summary"].to_string().contains("cannot be reached"), "{result}");
}

/// What goes wrong behind a proxy that works is not the proxy's unreachability.
#[tokio::test]
async fn trouble_behind_a_proxy() {
    let behind = async |connect| {
        let proxy = Proxy::start(connect).await;
        let mut child = Child::new("oauth", "acme.my.salesforce.com").proxy(&proxy.url());
        child.environment.push(("SFORG_LOGIN_CHILD_CONNECT_MS", "1500".to_owned()));
        let result = child.result().await;
        assert_eq!(proxy.connects(), ["acme.my.salesforce.com:443"]);
        assert!(!result["summary"].to_string().contains("cannot be reached"), "{result}");
        let summary = result["summary"].as_str().expect("a summary").to_owned();
        (result["cause"].as_str().expect("a cause").to_owned(), summary)
    };
    let expected = [
        (Connect::Through(b""), "tls", "ended the connection during the handshake"),
        (Connect::Through(b"HTTP/1.1 503 x\r\n\r\n<html>"), "tls", "does not speak TLS"),
        (Connect::Through(b"\x15\x03\x03\0\x02\x02\x28"), "tls", "no common ground"),
        (Connect::ThroughToSilence, "proxy", "did not answer"),
        (Connect::Silence, "proxy", "did not answer"),
    ];
    for (connect, cause, words) in expected {
        let (found, summary) = behind(connect).await;
        assert_eq!(found, cause, "{summary}");
        assert!(summary.contains(words), "{summary}");
    }
}

#[tokio::test]
async fn no_proxy_is_obeyed_and_loopback_never_goes_through_one() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let authority = Authority::new();
    let server = Server::start_tls(authority.acceptor(&["localhost"], FAR_YEAR), |seen| match seen
        .line
        .as_str()
    {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        _ => follow_ups(seen),
    })
    .await;
    let host = format!("localhost:{}", server.port);
    let child = Child {
        extra_ca: Some(authority.pem_file(folder.path())),
        allow: format!("https://{host}"),
        ..Child::new("oauth", &host)
    };
    let result = child.proxy(&proxy.url()).result().await;
    assert_eq!(result["status"], "ok", "{result}");
    assert_eq!(proxy.connects(), [""; 0]);

    let mut child = Child::new("oauth", "nohost.invalid").proxy(&proxy.url());
    child.allow = "https://nohost.invalid".to_owned();
    child.environment.push(("NO_PROXY", "nohost.invalid".to_owned()));
    let result = child.result().await;
    assert_eq!(result["cause"], "network", "{result}");
    assert!(result["summary"].to_string().contains("cannot find the host"), "{result}");
    assert_eq!(proxy.connects(), [""; 0]);
}

#[tokio::test]
async fn a_proxy_setting_that_cannot_be_used_is_told() {
    for (value, told) in [("http://[bad:99999", true), ("", false), ("  ", false)] {
        let mut child = Child::new("oauth", "nohost.invalid").proxy(value);
        child.allow = "https://nohost.invalid".to_owned();
        let result = child.result().await;
        assert_eq!(result["cause"], "network", "{result}");
        let first = result["instructions"][0].to_string();
        assert_eq!(first.contains("HTTPS_PROXY is set, but not to"), told, "{result}");
    }
}

#[tokio::test]
async fn a_system_without_certificates() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let mut child = Child::new("oauth", "acme.my.salesforce.com").proxy(&proxy.url());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = folder.path().join("missing").display().to_string();
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        child.environment.push((name, missing.clone()));
    }
    let result = child.result().await;
    assert_eq!(result["cause"], "tls", "{result}");
    assert!(result["summary"].to_string().contains("no certificates"), "{result}");
    assert_eq!(proxy.connects(), [""; 0]);
}

/// A login over https to a server on this machine.
async fn over_tls(names: &[&str], last_year: i32, trusted: bool) -> org_login::LoginResult {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (authority, other) = (Authority::new(), Authority::named("another authority"));
    let server =
        Server::start_tls(authority.acceptor(names, last_year), |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => follow_ups(seen),
        })
        .await;
    let ca = if trusted { &authority } else { &other }.pem_file(folder.path());
    let host = format!("localhost:{}", server.port);
    let (allowed, errors) = AllowedHosts::parse_list(&format!("https://{host}"));
    assert_eq!(errors, []);
    let policy =
        Policy { allowed, extra_ca: Some(ca), total_timeout: HANG_GUARD, ..Policy::default() };
    let result = log_in(&target(oauth_auth(&format!("https://{host}"))), policy).await;
    if result.status != Status::Ok {
        assert_eq!(server.lines(), [""; 0], "nothing was sent");
    }
    result
}

#[tokio::test]
async fn certificates_are_checked() {
    assert_eq!(over_tls(&["localhost"], FAR_YEAR, true).await.status, Status::Ok);
    let expected = [
        (
            over_tls(&["localhost"], FAR_YEAR, false).await,
            "an issuer that this system does not trust",
        ),
        (over_tls(&["other.example"], FAR_YEAR, true).await, "belongs to another host"),
        (over_tls(&["localhost"], 2020, true).await, "not valid at this time"),
    ];
    for (result, words) in expected {
        assert_eq!(result.cause.map(org_login::Cause::as_str), Some("tls"), "{result:?}");
        assert!(result.summary.contains(words), "{}", result.summary);
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let host = format!("127.0.0.1:{port}");
    let (allowed, _) = AllowedHosts::parse_list(&format!("https://{host}"));
    let policy = Policy { allowed, total_timeout: HANG_GUARD, ..Policy::default() };
    let result = log_in(&target(oauth_auth(&format!("https://{host}"))), policy).await;
    assert_eq!(result.cause.map(org_login::Cause::as_str), Some("tls"), "{result:?}");
    assert!(result.summary.contains("does not speak TLS"), "{}", result.summary);
}

#[tokio::test]
async fn a_handshake_that_hangs_meets_the_connect_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let host = format!("127.0.0.1:{}", listener.local_addr().expect("its address").port());
    let (allowed, _) = AllowedHosts::parse_list(&format!("https://{host}"));
    let policy = Policy {
        allowed,
        connect_timeout: Duration::from_millis(200),
        total_timeout: HANG_GUARD,
        ..Policy::default()
    };
    let result = log_in(&target(oauth_auth(&format!("https://{host}"))), policy).await;
    assert_eq!(result.cause.map(org_login::Cause::as_str), Some("network"), "{result:?}");
    assert!(result.summary.contains("did not answer"), "{}", result.summary);
    drop(listener);
}

#[tokio::test]
async fn an_extra_ca_file_that_is_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let written = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a written file");
        path
    };
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for path in [
        folder.path().join("missing.pem"),
        folder.path().to_owned(),
        written("empty.pem", ""),
        written("text.pem", "no certificate"),
        written("broken.pem", broken),
    ] {
        let policy = Policy { extra_ca: Some(path.clone()), ..Policy::default() };
        let result = log_in(&target(oauth_auth("https://acme.my.salesforce.com")), policy).await;
        assert_eq!(result.cause.map(org_login::Cause::as_str), Some("tls"), "{result:?}");
        assert!(result.summary.contains(&path.display().to_string()), "{}", result.summary);
    }
}
