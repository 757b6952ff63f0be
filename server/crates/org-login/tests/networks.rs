//! Networks as they are: certificates, proxies, and Salesforce's own host names.
//!
//! Proxy settings belong to a process, so each of these logins runs in a process of its own: this
//! test program again, with [`child_process`] as its only test. There the host names are those of
//! Salesforce, and a proxy on loopback plays all of Salesforce's hosts, with certificates of a test
//! authority that is the login's extra CA file.

mod support;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use org_login::{LoginTarget, Policy, Status};
use org_schema::allowed_hosts::AllowedHosts;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::Value;
use support::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// A certificate authority that only these tests know.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Authority {
        Authority::named("sforg test authority")
    }

    fn named(name: &str) -> Authority {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Authority {
            issuer: CertifiedIssuer::self_signed(params, key).expect("a certificate"),
        }
    }

    /// The authority's certificate as a file.
    fn pem_file(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ca.pem");
        std::fs::write(&path, self.issuer.pem()).expect("a written file");
        path
    }

    /// TLS with a certificate for `names`, valid until the end of `last_year`.
    fn acceptor(&self, names: &[&str], last_year: i32) -> TlsAcceptor {
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let mut params = CertificateParams::new(names).expect("parameters");
        params.not_after = rcgen::date_time_ymd(last_year, 12, 31);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("protocol versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            )
            .expect("a server configuration");
        TlsAcceptor::from(Arc::new(config))
    }
}

/// What a proxy does with `CONNECT`.
enum Connect {
    /// Becomes the host itself: answers as the handler says. All of it under one certificate.
    Play(TlsAcceptor, Arc<Handler>),
    /// Answers with this head.
    Refuse(&'static str),
}

/// A proxy on loopback, until the end of the test.
struct Proxy {
    port: u16,
    connects: Arc<Mutex<Vec<String>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Proxy {
    async fn start(connect: Connect) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a loopback port");
        let port = listener.local_addr().expect("its address").port();
        let (connects, seen) = (
            Arc::new(Mutex::new(Vec::new())),
            Arc::new(Mutex::new(Vec::new())),
        );
        let (all_connects, all_seen) = (Arc::clone(&connects), Arc::clone(&seen));
        let connect = Arc::new(connect);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let connect = Arc::clone(&connect);
                let (connects, seen) = (Arc::clone(&all_connects), Arc::clone(&all_seen));
                tokio::spawn(async move {
                    let Some(request) = read_request(&mut stream).await else {
                        return;
                    };
                    let host = request.line.trim_start_matches("CONNECT ").to_owned();
                    connects.lock().expect("no panic").push(host);
                    match &*connect {
                        Connect::Refuse(head) => {
                            let _ = stream.write_all(format!("{head}\r\n\r\n").as_bytes()).await;
                            let _ = stream.shutdown().await;
                            let _ = stream.read(&mut [0; 64]).await;
                        }
                        Connect::Play(tls, handler) => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &**handler, &seen).await;
                            }
                        }
                    }
                });
            }
        });
        Proxy {
            port,
            connects,
            seen,
        }
    }

    fn connects(&self) -> Vec<String> {
        let mut connects = self.connects.lock().expect("no panic").clone();
        connects.sort();
        connects.dedup();
        connects
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// One login in a process of its own.
struct Child {
    auth: &'static str,
    host: String,
    extra_ca: Option<PathBuf>,
    allow: String,
    environment: Vec<(&'static str, String)>,
}

impl Child {
    fn new(auth: &'static str, host: &str) -> Child {
        Child {
            auth,
            host: host.to_owned(),
            extra_ca: None,
            allow: String::new(),
            environment: Vec::new(),
        }
    }

    fn proxy(mut self, url: &str) -> Child {
        self.environment.push(("HTTPS_PROXY", url.to_owned()));
        self
    }

    async fn result(self) -> Value {
        let program = std::env::current_exe().expect("this program");
        let mut command = tokio::process::Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().to_lowercase().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        command
            .args([
                "--exact",
                "child_process",
                "--nocapture",
                "--test-threads=1",
            ])
            .env("SFORG_LOGIN_CHILD", self.auth)
            .env("SFORG_LOGIN_CHILD_HOST", self.host)
            .env("SFORG_LOGIN_CHILD_ALLOW", self.allow)
            .envs(self.extra_ca.map(|path| ("SFORG_LOGIN_CHILD_CA", path)))
            .envs(self.environment)
            .kill_on_drop(true);
        let output = tokio::time::timeout(HANG_GUARD * 2, command.output())
            .await
            .expect("the child ends")
            .expect("the child runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("RESULT "))
            .unwrap_or_else(|| panic!("no result in {text}{errors}"));
        assert_eq!(leaks(&text), None, "{text}");
        assert_eq!(leaks(&errors), None, "{errors}");
        serde_json::from_str(line).expect("JSON")
    }
}

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
        total_timeout: HANG_GUARD,
        ..Policy::default()
    };
    let result = log_in(&target, policy).await;
    println!("\nRESULT {}", serde_json::to_string(&result).expect("JSON"));
}

const FAR_YEAR: i32 = 4000;

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
    (
        Proxy::start(Connect::Play(tls, Arc::new(handler))).await,
        ca,
        folder,
    )
}

#[tokio::test]
async fn salesforce_through_a_proxy_with_an_extra_certificate() {
    let (proxy, ca, _folder) = salesforce(|seen| match seen.line.as_str() {
        "POST /services/oauth2/token" => token("https://other.my.salesforce.com"),
        _ => follow_ups(seen),
    })
    .await;
    let child = Child {
        extra_ca: Some(ca),
        ..Child::new("oauth", "acme.my.salesforce.com")
    };
    let result = child.proxy(&proxy.url()).result().await;
    assert_eq!(result["status"], "ok", "{result}");
    assert_eq!(result["identity"]["orgName"], "Acme");
    assert!(
        warnings(&result).contains("My Domain is other.my.salesforce.com"),
        "{result}"
    );
    assert_eq!(
        proxy.connects(),
        ["acme.my.salesforce.com:443", "other.my.salesforce.com:443"]
    );
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
        let child = Child {
            extra_ca: Some(ca),
            ..Child::new("oauth", "acme.my.salesforce.com")
        };
        let result = child.proxy(&proxy.url()).result().await;
        assert_eq!(result["status"], "ok", "{result}");
        assert!(
            warnings(&result).contains("none of its API hosts"),
            "{result}"
        );
        assert_eq!(result["identity"]["orgId"], "00DXX0000000000EAA");
        assert_eq!(
            proxy.connects(),
            ["acme.my.salesforce.com:443"],
            "{foreign}"
        );
        assert_eq!(proxy.seen.lock().expect("no panic").len(), 1, "{foreign}");
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
    let child = Child {
        extra_ca: Some(ca),
        ..Child::new("basic", "")
    };
    let result = child.proxy(&proxy.url()).result().await;
    assert_eq!(result["status"], "ok", "{result}");
    assert_eq!(
        proxy.connects(),
        ["acme.my.salesforce.com:443", "login.salesforce.com:443"]
    );
}

#[tokio::test]
async fn a_proxy_that_wants_a_password() {
    let proxy = Proxy::start(Connect::Refuse(
        "HTTP/1.1 407 Proxy Authentication Required",
    ))
    .await;
    let result = Child::new("oauth", "acme.my.salesforce.com")
        .proxy(&proxy.url())
        .result()
        .await;
    assert_eq!(result["cause"], "proxy", "{result}");
    let summary = result["summary"].as_str().expect("a summary");
    assert!(
        summary.contains(&format!("127.0.0.1:{}", proxy.port)),
        "{summary}"
    );
    assert!(summary.contains("user name and password"), "{summary}");
}

#[tokio::test]
async fn a_proxy_that_refuses_or_is_not_there() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let with_password = format!("http://user:proxypass@127.0.0.1:{}", proxy.port);
    let result = Child::new("oauth", "acme.my.salesforce.com")
        .proxy(&with_password)
        .result()
        .await;
    assert_eq!(result["cause"], "proxy", "{result}");
    assert!(!result.to_string().contains("proxypass"), "{result}");

    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a loopback port");
        listener.local_addr().expect("its address").port()
    };
    let gone = format!("http://127.0.0.1:{nobody}");
    let result = Child::new("oauth", "acme.my.salesforce.com")
        .proxy(&gone)
        .result()
        .await;
    assert_eq!(result["cause"], "proxy", "{result}");
    assert!(
        result["summary"].to_string().contains("cannot be reached"),
        "{result}"
    );
}

#[tokio::test]
async fn no_proxy_is_obeyed_and_loopback_never_goes_through_one() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let authority = Authority::new();
    let server = Server::start_tls(
        authority.acceptor(&["localhost"], FAR_YEAR),
        |seen| match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => follow_ups(seen),
        },
    )
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
    child
        .environment
        .push(("NO_PROXY", "nohost.invalid".to_owned()));
    let result = child.result().await;
    assert_eq!(result["cause"], "network", "{result}");
    assert!(
        result["summary"].to_string().contains("no host named"),
        "{result}"
    );
    assert_eq!(proxy.connects(), [""; 0]);
}

#[tokio::test]
async fn a_system_without_certificates() {
    let proxy = Proxy::start(Connect::Refuse("HTTP/1.1 403 Forbidden")).await;
    let mut child = Child::new("oauth", "acme.my.salesforce.com").proxy(&proxy.url());
    for name in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        child.environment.push((name, "/nonexistent".to_owned()));
    }
    let result = child.result().await;
    assert_eq!(result["cause"], "tls", "{result}");
    assert!(
        result["summary"].to_string().contains("no certificates"),
        "{result}"
    );
    assert_eq!(proxy.connects(), [""; 0]);
}

/// A login over https to a server on this machine.
async fn over_tls(names: &[&str], last_year: i32, trusted: bool) -> org_login::LoginResult {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (authority, other) = (Authority::new(), Authority::named("another authority"));
    let server = Server::start_tls(authority.acceptor(names, last_year), |seen| {
        match seen.line.as_str() {
            "POST /services/oauth2/token" => token("https://acme.my.salesforce.com"),
            _ => follow_ups(seen),
        }
    })
    .await;
    let ca = if trusted { &authority } else { &other }.pem_file(folder.path());
    let host = format!("localhost:{}", server.port);
    let (allowed, errors) = AllowedHosts::parse_list(&format!("https://{host}"));
    assert_eq!(errors, []);
    let policy = Policy {
        allowed,
        extra_ca: Some(ca),
        total_timeout: HANG_GUARD,
        ..Policy::default()
    };
    let result = log_in(&target(oauth_auth(&format!("https://{host}"))), policy).await;
    if result.status != Status::Ok {
        assert_eq!(server.lines(), [""; 0], "nothing was sent");
    }
    result
}

#[tokio::test]
async fn certificates_are_checked() {
    assert_eq!(
        over_tls(&["localhost"], FAR_YEAR, true).await.status,
        Status::Ok
    );
    let expected = [
        (
            over_tls(&["localhost"], FAR_YEAR, false).await,
            "nobody whom this system trusts",
        ),
        (
            over_tls(&["other.example"], FAR_YEAR, true).await,
            "belongs to another host",
        ),
        (
            over_tls(&["localhost"], 2020, true).await,
            "not valid at this time",
        ),
    ];
    for (result, words) in expected {
        assert_eq!(
            result.cause.map(org_login::Cause::as_str),
            Some("tls"),
            "{result:?}"
        );
        assert!(result.summary.contains(words), "{}", result.summary);
    }
}

#[tokio::test]
async fn a_server_that_speaks_no_tls() {
    let listener = TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a loopback port");
    let port = listener.local_addr().expect("its address").port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        }
    });
    let host = format!("127.0.0.1:{port}");
    let (allowed, _) = AllowedHosts::parse_list(&format!("https://{host}"));
    let policy = Policy {
        allowed,
        total_timeout: HANG_GUARD,
        ..Policy::default()
    };
    let result = log_in(&target(oauth_auth(&format!("https://{host}"))), policy).await;
    assert_eq!(
        result.cause.map(org_login::Cause::as_str),
        Some("tls"),
        "{result:?}"
    );
    assert!(
        result.summary.contains("does not speak TLS"),
        "{}",
        result.summary
    );
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
        let policy = Policy {
            extra_ca: Some(path.clone()),
            ..Policy::default()
        };
        let result = log_in(
            &target(oauth_auth("https://acme.my.salesforce.com")),
            policy,
        )
        .await;
        assert_eq!(
            result.cause.map(org_login::Cause::as_str),
            Some("tls"),
            "{result:?}"
        );
        assert!(
            result.summary.contains(&path.display().to_string()),
            "{}",
            result.summary
        );
    }
}
