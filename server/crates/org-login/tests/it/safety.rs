//! What must hold whatever the other side does.

use std::sync::Arc;

use crate::support::*;
use org_login::{Cause, Policy, Status};
use org_schema::allowed_hosts::AllowedHosts;
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
