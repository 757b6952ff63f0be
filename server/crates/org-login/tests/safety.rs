//! What must hold whatever the other side does.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use org_login::{Cause, KeyringEntry, Policy, SecretError, SecretSource, Status};
use org_schema::allowed_hosts::AllowedHosts;
use secrecy::SecretString;
use support::*;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_refused_host_resolves_no_secret_and_sends_nothing() {
    let server = Server::start(|_| json("{}")).await;
    let lookalikes = [
        server.origin(),
        "https://salesforce.com.evil.example".to_owned(),
        "https://acme.my.salesforce.com@evil.example".to_owned(),
        "https://acme.my.salesforce.com.".to_owned(),
        format!("https://acme.my.salesforce.com:{}", server.port),
        "https://x.evil.my.salesforce.com".to_owned(),
        "https://login.salesforce.com".to_owned(),
        format!("http://localhost:{}", server.port),
        "https://127.0.0.1".to_owned(),
        "https://localhost".to_owned(),
        "https://203.0.113.7".to_owned(),
        "https://acme.my.sfcrmapps.cn".to_owned(),
        "https://acme.lightning.force.com".to_owned(),
    ];
    for url in lookalikes {
        let host = url.split_once("//").map_or("", |(_, host)| host);
        for auth in [oauth_auth(&url), basic_auth(Some(host))] {
            if matches!(host, "login.salesforce.com")
                && matches!(auth, org_login::TargetAuth::Basic { .. })
            {
                continue;
            }
            let secrets = Arc::new(Secrets::default());
            let result = log_in_with(
                &target(auth),
                Policy::default(),
                secrets.clone(),
                CancellationToken::new(),
            )
            .await;
            assert_eq!(result.cause, Some(Cause::HostNotAllowed), "{url}");
            assert_eq!(result.status, Status::Skipped, "{url}");
            assert_eq!(secrets.asked(), [""; 0], "{url}");
        }
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn an_unavailable_secret_sends_nothing() {
    let server = Server::start(|_| json("{}")).await;
    let auth = org_login::TargetAuth::OAuth {
        instance_url: server.origin(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: "${env:NOT_SET_ANYWHERE}".to_owned(),
    };
    let result = log_in(&target(auth), server.policy()).await;
    assert_eq!(result.cause, Some(Cause::SecretUnavailable));
    assert_eq!(result.status, Status::Skipped);
    assert_eq!(result.member.as_deref(), Some("/auth/clientSecret"));
    assert!(result.summary.contains("NOT_SET_ANYWHERE"));
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = Server::start(|_| json("{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let to = format!("{}/services/oauth2/token", elsewhere.origin());
        let server = Server::start(move |_| Reply::Redirect(status, to.clone())).await;
        for target in [server.oauth(), server.basic()] {
            let both = format!("{},{}", server.origin(), elsewhere.origin());
            let policy = Policy { allowed: AllowedHosts::parse_list(&both).0, ..server.policy() };
            let result = log_in(&target, policy).await;
            assert_eq!(result.cause, Some(Cause::WrongHost), "{status} {result:?}");
            assert_eq!(result.salesforce.http_status, Some(status));
        }
        assert_eq!(server.lines().len(), 2, "one request for each login");
    }
    assert_eq!(elsewhere.lines(), [""; 0]);
}

#[tokio::test]
async fn a_renamed_my_domain_is_named() {
    let server = Server::start(|_| {
        Reply::Redirect(301, "https://newname.my.salesforce.com/services/oauth2/token".to_owned())
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.cause, Some(Cause::WrongHost));
    // Anybody can have a My Domain, so the person looks before the file is changed.
    assert!(result.instructions[0].contains("Setup > My Domain"), "{result:?}");
    assert!(
        result.instructions[1].contains("set `instanceUrl` to `https://newname.my.salesforce.com`"),
        "{result:?}"
    );
    assert_eq!(result.member.as_deref(), Some("/auth/instanceUrl"));
}

#[tokio::test]
async fn after_an_allowed_host_the_session_stays_there() {
    let elsewhere = Server::start(follow_ups).await;
    let address = elsewhere.origin();
    let server = Server::start(move |seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token(&address),
        "POST /services/Soap/u/61.0" => {
            login_response(&format!("{address}/services/Soap/u/61.0/x"))
        }
        _ => follow_ups(seen),
    })
    .await;
    for target in [server.oauth(), server.basic()] {
        let result = log_in(&target, server.policy()).await;
        assert_eq!(result.status, Status::Ok, "{result:?}");
    }
    assert_eq!(elsewhere.lines(), [""; 0]);
    assert!(server.lines().iter().any(|line| line == "GET /services/data"));
}

#[tokio::test]
async fn an_answer_is_read_up_to_one_mebibyte() {
    let page = |size: usize| {
        move |_: &Seen| {
            Reply::Answer(
                400,
                "application/json",
                format!("{{\"error\":\"x\"{}}}", " ".repeat(size)),
            )
        }
    };
    let server = Server::start(page(1_000_000)).await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.salesforce.code.as_deref(), Some("x"));

    let server = Server::start(page(1 << 20)).await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.cause, Some(Cause::UnexpectedResponse));
    assert!(result.summary.contains("1 MiB"), "{}", result.summary);
    assert_eq!(result.salesforce.code, None);
}

/// With entities and without, and also before what would be a login that worked.
#[tokio::test]
async fn a_document_type_is_refused() {
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE b [<!ENTITY a0 \"ha\">{}]><e>&a9;</e>",
        (1..10).map(|n| format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1)).collect::<String>()
    );
    let Reply::Answer(_, _, works) = login_response("https://acme.my.salesforce.com/x") else {
        panic!("an answer");
    };
    let with_type = |declared: &str| works.replacen("?>", &format!("?>{declared}"), 1);
    let outside = with_type("<!DOCTYPE e SYSTEM \"file:///etc/hostname\">");
    let entity = with_type("<!DOCTYPE e [<!ENTITY a \"a\">]>");
    assert_ne!(outside, works, "it has a document type");
    let unknown_entity = works.replacen("Acme", "&a;", 1);
    for (status, answer) in [(500, bomb), (200, outside), (200, entity), (200, unknown_entity)] {
        let server = Server::start(move |_| xml(status, answer.clone())).await;
        let result = log_in(&server.basic(), server.policy()).await;
        assert_eq!(result.cause, Some(Cause::UnexpectedResponse), "{result:?}");
    }
}

/// A server that sends back what it got, in a field, a fault, a page, a header.
#[tokio::test]
async fn an_echo_shows_no_secret() {
    let echoes: [fn(&Seen) -> Reply; 6] = [
        |seen| {
            let message = serde_json::json!({ "error": seen.body, "error_description": seen.body });
            Reply::Answer(400, "application/json", message.to_string())
        },
        |seen| {
            let escaped = seen.body.replace('&', "&amp;").replace('<', "&lt;");
            xml(
                500,
                format!(
                    "<e><Fault><faultcode>sf:X_Y</faultcode><faultstring>X_Y: {escaped}</faultstring></Fault></e>"
                ),
            )
        },
        |seen| {
            let inside = seen.body.split_once("?>").map_or(seen.body.as_str(), |(_, rest)| rest);
            xml(
                500,
                format!(
                    "<e><exceptionCode>X</exceptionCode><exceptionMessage><![CDATA[{inside}]]></exceptionMessage></e>"
                ),
            )
        },
        |seen| {
            Reply::Answer(403, "text/html", format!("<html><title>{}</title></html>", seen.body))
        },
        |seen| Reply::Answer(400, "text/plain", seen.body.clone()),
        |seen| {
            Reply::Redirect(
                302,
                format!("https://evil.example/?{}", seen.body.replace(['\r', '\n'], "")),
            )
        },
    ];
    for echo in echoes {
        let server = Server::start(echo).await;
        for target in [server.oauth(), server.basic()] {
            let result = log_in(&target, server.policy()).await;
            assert_ne!(result.status, Status::Ok, "{result:?}");
            let shown = format!("{} {result:?}", serde_json::to_string(&result).expect("JSON"));
            assert_eq!(leaks(&shown), None, "{shown}");
        }
        assert!(server.seen().iter().any(|seen| leaks(&seen.body).is_some()), "the server got it");
    }
}

#[tokio::test]
async fn a_session_in_names_and_warnings_is_hidden() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token(&format!("https://evil.example/{SESSION}")),
        "GET /services/data" => Reply::Answer(
            400,
            "application/json",
            format!(
                r#"[{{"errorCode":"E","message":"{}"}}]"#,
                seen.headers.replace(['\r', '\n', '"'], " ")
            ),
        ),
        "GET /services/oauth2/userinfo" => {
            json(format!(r#"{{"user_id":"{SESSION}","preferred_username":"{CLIENT_SECRET}"}}"#))
        }
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.status, Status::Ok);
    let shown = format!("{} {result:?}", serde_json::to_string(&result).expect("JSON"));
    assert_eq!(leaks(&shown), None, "{shown}");
    assert!(shown.contains("[hidden]"), "{shown}");
}

/// A session that has no known shape, echoed by a follow-up question.
#[tokio::test]
async fn a_session_of_any_shape_is_hidden() {
    const ODD: &str = "odd-session-of-a-test";
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => json(format!(r#"{{"access_token":"{ODD}"}}"#)),
        _ => Reply::Answer(400, "text/plain", seen.headers.replace(['\r', '\n'], " ")),
    })
    .await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    let shown = format!("{result:?}");
    assert!(shown.contains("Bearer [hidden]") && !shown.contains(ODD), "{shown}");
}

/// Every stage at which somebody can have to wait for the other side.
#[tokio::test]
async fn cancelling_works_at_every_stage() {
    type Behaviour = fn(&Seen) -> Reply;
    let stages: [(&str, Behaviour); 4] = [
        ("answer", |_| Reply::Hang),
        ("body", |_| Reply::HangInBody),
        ("follow-up", |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => Reply::Hang,
        }),
        ("second follow-up", |seen| {
            if seen.line.contains("/v61.0/") {
                return Reply::Hang;
            }
            match seen.line.as_str() {
                "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
                _ => follow_ups(seen),
            }
        }),
    ];
    for (stage, behaviour) in stages {
        let hanging = if stage == "second follow-up" {
            5
        } else if stage == "follow-up" {
            2
        } else {
            1
        };
        let server = Server::start(behaviour).await;
        let cancel = CancellationToken::new();
        let (target, policy, token) = (server.oauth(), server.policy(), cancel.clone());
        let login = tokio::spawn(async move {
            log_in_with(&target, policy, Arc::new(Secrets::default()), token).await
        });
        until(|| server.lines().len() >= hanging).await;
        let started = Instant::now();
        cancel.cancel();
        let result = login.await.expect("no panic");
        assert!(started.elapsed() < HANG_GUARD / 2, "{stage}");
        assert_eq!(result.cause, Some(Cause::Cancelled), "{stage}: {result:?}");
        assert_eq!(result.status, Status::Failed, "{stage}: something was sent");
        until(|| server.open_connections() == 0).await;
    }
}

#[tokio::test]
async fn cancelled_before_it_began() {
    let server = Server::start(|_| json("{}")).await;
    let secrets = Arc::new(Secrets::default());
    let cancel = CancellationToken::new();
    cancel.cancel();
    let result = log_in_with(&server.oauth(), server.policy(), secrets.clone(), cancel).await;
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::Cancelled)));
    assert_eq!(server.lines(), [""; 0]);
    // Nobody is about to ask, either.
    until(|| Arc::strong_count(&secrets) == 1).await;
    assert_eq!(secrets.asked(), [""; 0]);
}

/// Lets a [`Locked`] store go on at the end of a test, however it ends.
struct Release(Arc<AtomicBool>);

impl Drop for Release {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// A credential store that waits for a person.
struct Locked {
    asked: Arc<AtomicBool>,
    released: Arc<AtomicBool>,
}

impl SecretSource for Locked {
    fn env(&self, _: &str) -> Result<Option<SecretString>, SecretError> {
        self.asked.store(true, Ordering::SeqCst);
        let started = Instant::now();
        while !self.released.load(Ordering::SeqCst) && started.elapsed() < HANG_GUARD {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(None)
    }

    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
        Ok(self.env(name)?.map(KeyringEntry::from))
    }
}

#[tokio::test]
async fn a_locked_credential_store_holds_up_neither_cancel_nor_deadline() {
    let server = Server::start(|_| json("{}")).await;
    let (asked, released) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let locked = Arc::new(Locked { asked: asked.clone(), released: released.clone() });
    let _release = Release(released);

    let cancel = CancellationToken::new();
    let (target, policy, token) = (server.oauth(), server.policy(), cancel.clone());
    let secrets = locked.clone();
    let login = tokio::spawn(async move { log_in_with(&target, policy, secrets, token).await });
    until(|| asked.load(Ordering::SeqCst)).await;
    cancel.cancel();
    let result = login.await.expect("no panic");
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::Cancelled)));

    let policy = Policy { total_timeout: Duration::from_millis(50), ..server.policy() };
    let result = log_in_with(&server.oauth(), policy, locked, CancellationToken::new()).await;
    assert_eq!((result.status, result.cause), (Status::Skipped, Some(Cause::SecretUnavailable)));
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn a_server_that_hangs_meets_the_deadline() {
    for behaviour in [Reply::Hang, Reply::HangInBody] {
        let server = Server::start(move |_| behaviour.clone()).await;
        let policy = Policy { total_timeout: Duration::from_millis(200), ..server.policy() };
        let result = log_in(&server.oauth(), policy).await;
        assert_eq!(result.cause, Some(Cause::Network), "{result:?}");
        assert!(result.summary.contains("in time"), "{}", result.summary);
        assert!(result.duration >= Duration::from_millis(200));
    }
}

#[tokio::test]
async fn a_follow_up_that_hangs_does_not_undo_the_login() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
        _ => Reply::Hang,
    })
    .await;
    let policy = Policy { total_timeout: Duration::from_secs(2), ..server.policy() };
    let result = log_in(&server.oauth(), policy).await;
    assert_eq!(result.status, Status::Ok, "{result:?}");
    assert!(result.warnings.iter().any(|warning| warning.contains("in time")), "{result:?}");
    assert!(result.duration < Duration::from_secs(1), "the rest of the time is not waited out");
}

#[tokio::test]
async fn a_question_after_a_refusal_does_not_hold_it_up() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => xml(
            500,
            "<e><exceptionCode>UNSUPPORTED_API_VERSION</exceptionCode><exceptionMessage>Invalid Api \
             version specified on URL</exceptionMessage></e>",
        ),
        _ => Reply::Hang,
    })
    .await;
    let policy = Policy { total_timeout: Duration::from_secs(2), ..server.policy() };
    let result = log_in(&server.basic(), policy).await;
    assert_eq!(result.cause, Some(Cause::UnsupportedApiVersion), "{result:?}");
    assert!(result.duration < Duration::from_secs(1), "{:?}", result.duration);
}

#[tokio::test]
async fn broken_answers() {
    let cases: [(&[u8], Cause); 6] = [
        (b"", Cause::Network),
        (b"HTTP/1.1 200 OK\r\nContent-Le", Cause::Network),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":", Cause::Network),
        (b"\x00\x01\x02 garbage\r\n\r\n", Cause::UnexpectedResponse),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Cause::UnexpectedResponse),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
            Cause::UnexpectedResponse,
        ),
    ];
    for (bytes, cause) in cases {
        let server = Server::start(move |_| Reply::Raw(bytes.to_vec())).await;
        let result = log_in(&server.oauth(), server.policy()).await;
        assert_eq!(result.cause, Some(cause), "{result:?}");
        assert_eq!(result.status, Status::Failed);
    }
}

#[tokio::test]
async fn a_port_where_nobody_listens() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let origin = format!("http://{}", listener.local_addr().expect("its address"));
    drop(listener);
    let (allowed, _) = AllowedHosts::parse_list(&origin);
    let policy = Policy { allowed, ..Policy::default() };
    let result = log_in(&target(oauth_auth(&origin)), policy).await;
    assert_eq!(result.cause, Some(Cause::Network), "{result:?}");
    assert!(result.summary.contains("refused"), "{}", result.summary);
}

#[tokio::test]
async fn a_refused_version_names_those_that_are_served() {
    let server = Server::start(|seen| match seen.line.as_str() {
        "POST /services/Soap/u/61.0" => xml(500, "<e><Fault><faultcode>sf:UNSUPPORTED_API_VERSION</faultcode><detail><exceptionCode>UNSUPPORTED_API_VERSION</exceptionCode></detail></Fault></e>"),
        _ => follow_ups(seen),
    })
    .await;
    let result = log_in(&server.basic(), server.policy()).await;
    assert_eq!(result.cause, Some(Cause::UnsupportedApiVersion));
    assert!(result.instructions[0].contains("serves API 31.0 to 68.0"), "{result:?}");
    assert!(!server.seen()[1].headers.contains("authorization"), "there is no session");
}

#[tokio::test]
async fn the_answers_wish_to_wait_is_passed_on() {
    let head = "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n";
    let server = Server::start(move |_| Reply::Raw(head.as_bytes().to_vec())).await;
    let result = log_in(&server.oauth(), server.policy()).await;
    assert_eq!(result.cause, Some(Cause::RateLimited));
    assert!(result.instructions[0].contains("120 seconds"), "{result:?}");
}

/// Waits until `condition` holds.
async fn until(condition: impl Fn() -> bool) {
    let started = Instant::now();
    while !condition() {
        assert!(started.elapsed() < HANG_GUARD, "waited too long");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}
