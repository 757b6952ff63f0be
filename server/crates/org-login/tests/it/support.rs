//! A tiny HTTP server that misbehaves on demand, and the login targets that go to it.

pub mod network;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use org_login::{
    BindingDigest, Bindings, KeyringEntry, LoginResult, LoginTarget, Network, Policy, SecretError,
    SecretSource, SecretUse, TargetAuth, test_login,
};
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::{ApiVersion, Date};
use secrecy::SecretString;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Nothing here should take as long; a test that does has hung.
pub const HANG_GUARD: Duration = Duration::from_secs(60);

pub const CLIENT_ID: &str = "3MVG9FAKE";
pub const CLIENT_SECRET: &str = "FAKE/client+secret&42";
pub const USERNAME: &str = "integration@example.com";
pub const PASSWORD: &str = "fake <pass> & word";
pub const SECURITY_TOKEN: &str = "FAKEtokenFAKEtoken123456";
pub const SESSION: &str = "00DXX0000000000!FAKE.SESSION_OF_A_TEST";

/// What the server got.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Method and path.
    pub line: String,
    /// Header lines in lower case names, as they came.
    pub headers: String,
    pub body: String,
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Reply {
    /// Status, content type, body.
    Answer(u16, &'static str, String),
    /// A redirect to this address.
    Redirect(u16, String),
    /// Exactly these bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// The same without TLS's farewell.
    Abrupt(Vec<u8>),
    /// The head of an answer, then nothing for ever.
    HangInBody,
    /// Nothing for ever.
    Hang,
}

pub type Handler = dyn Fn(&Seen) -> Reply + Send + Sync;

/// A server on a loopback port, until it is dropped.
pub struct Server {
    pub port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    open: Arc<Mutex<usize>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    pub async fn start(handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Server {
        Server::start_with(Arc::new(handler), None).await
    }

    pub async fn start_tls(
        tls: tokio_rustls::TlsAcceptor,
        handler: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Server {
        Server::start_with(Arc::new(handler), Some(tls)).await
    }

    async fn start_with(handler: Arc<Handler>, tls: Option<tokio_rustls::TlsAcceptor>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let port = listener.local_addr().expect("its address").port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let open = Arc::new(Mutex::new(0));
        let (task_seen, task_open) = (Arc::clone(&seen), Arc::clone(&open));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (handler, seen) = (Arc::clone(&handler), Arc::clone(&task_seen));
                let (open, tls) = (Arc::clone(&task_open), tls.clone());
                *open.lock().expect("no panic") += 1;
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &*handler, &seen).await,
                        Some(tls) => {
                            if let Ok(stream) = tls.accept(stream).await {
                                serve(stream, &*handler, &seen).await;
                            }
                        }
                    }
                    *open.lock().expect("no panic") -= 1;
                });
            }
        });
        Server { port, seen, open, task }
    }

    /// The requests so far.
    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no panic").clone()
    }

    /// Method and path of the requests so far.
    pub fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }

    /// Connections that the client has not closed.
    pub fn open_connections(&self) -> usize {
        *self.open.lock().expect("no panic")
    }

    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A policy that allows this server.
    pub fn policy(&self) -> Policy {
        let (allowed, errors) = AllowedHosts::parse_list(&self.origin());
        assert_eq!(errors, []);
        Policy { allowed, total_timeout: HANG_GUARD, ..Policy::default() }
    }

    pub fn oauth(&self) -> LoginTarget {
        target(oauth_auth(&self.origin()))
    }

    pub fn basic(&self) -> LoginTarget {
        target(basic_auth(Some(&format!("127.0.0.1:{}", self.port))))
    }
}

pub async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    handler: &Handler,
    seen: &Mutex<Vec<Seen>>,
) {
    while let Some(request) = read_request(&mut stream).await {
        let reply = handler(&request);
        seen.lock().expect("no panic").push(request);
        let answer = match reply {
            Reply::Answer(status, content_type, body) => format!(
                "HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .into_bytes(),
            Reply::Redirect(status, to) => {
                format!("HTTP/1.1 {status} X\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n").into_bytes()
            }
            Reply::Raw(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.shutdown().await;
                return;
            }
            Reply::Abrupt(bytes) => {
                let _ = stream.write_all(&bytes).await;
                let _ = stream.flush().await;
                return;
            }
            Reply::HangInBody => b"HTTP/1.1 200 X\r\nContent-Length: 10\r\n\r\n{".to_vec(),
            Reply::Hang => Vec::new(),
        };
        if stream.write_all(&answer).await.is_err() || stream.flush().await.is_err() {
            return;
        }
    }
}

pub async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head_end = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
    };
    let head = String::from_utf8_lossy(&bytes[..head_end]).into_owned();
    let (line, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
    let headers = headers.to_owned();
    let length = headers
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    while bytes.len() < head_end + 4 + length {
        let mut chunk = [0; 4096];
        let count = stream.read(&mut chunk).await.ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&chunk[..count]);
    }
    Some(Seen {
        line: line.trim_end_matches(" HTTP/1.1").to_owned(),
        headers,
        body: String::from_utf8_lossy(&bytes[head_end + 4..]).into_owned(),
    })
}

pub fn target(auth: TargetAuth) -> LoginTarget {
    LoginTarget {
        file: "acme.sforg.json".to_owned(),
        name: Some("Acme".to_owned()),
        sandbox: false,
        api_version: Some(ApiVersion::new(61)),
        api_version_written: false,
        auth,
    }
}

pub fn oauth_auth(instance_url: &str) -> TargetAuth {
    TargetAuth::OAuth {
        instance_url: instance_url.to_owned(),
        client_id: CLIENT_ID.to_owned(),
        client_secret: "${env:CLIENT_SECRET}".to_owned(),
    }
}

pub fn basic_auth(server_host: Option<&str>) -> TargetAuth {
    TargetAuth::Basic {
        server_host: server_host.map(ToOwned::to_owned),
        username: USERNAME.to_owned(),
        password: "${env:PASSWORD}".to_owned(),
        security_token: Some("${keyring:token}".to_owned()),
    }
}

/// The secrets of these tests. It counts how often it is asked.
#[derive(Debug, Default)]
pub struct Secrets {
    asked: Mutex<Vec<String>>,
}

impl Secrets {
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").clone()
    }
}

impl SecretSource for Secrets {
    fn env(&self, name: &str) -> Result<Option<SecretString>, SecretError> {
        self.asked.lock().expect("no panic").push(name.to_owned());
        Ok(match name {
            "CLIENT_SECRET" => Some(CLIENT_SECRET.into()),
            "PASSWORD" => Some(PASSWORD.into()),
            "USER" => Some(USERNAME.into()),
            _ => None,
        })
    }

    fn keyring(&self, name: &str) -> Result<Option<KeyringEntry>, SecretError> {
        self.asked.lock().expect("no panic").push(name.to_owned());
        Ok((name == "token").then(|| SecretString::from(SECURITY_TOKEN).into()))
    }
}

/// A person who confirms what they are asked, and allows the names in `allowed`.
#[derive(Debug, Default)]
pub struct Confirmed {
    pub allowed: Vec<&'static str>,
    pub bindings: Mutex<BTreeSet<BindingDigest>>,
}

impl Confirmed {
    /// Everything that these tests send.
    pub fn everything() -> Self {
        let allowed = vec!["CLIENT_SECRET", "PASSWORD", "token", "USER"];
        Self { allowed, bindings: Mutex::default() }
    }
}

impl Bindings for Confirmed {
    fn key(&self) -> [u8; 32] {
        [42; 32]
    }

    fn allows_name(&self, name: &str) -> bool {
        self.allowed.contains(&name)
    }

    fn has(&self, binding: &BindingDigest) -> bool {
        self.bindings.lock().expect("no panic").contains(binding)
    }

    fn confirm(&self, uses: &[SecretUse]) {
        let key = self.key();
        let mut bindings = self.bindings.lock().expect("no panic");
        bindings.extend(uses.iter().map(|secret| secret.binding(&key)));
    }
}

pub const TODAY: Date = Date { year: 2026, month: 11, day: 24 };

pub async fn log_in(target: &LoginTarget, policy: Policy) -> LoginResult {
    log_in_with(target, policy, Arc::new(Secrets::default()), CancellationToken::new()).await
}

pub async fn log_in_with(
    target: &LoginTarget,
    policy: Policy,
    secrets: Arc<dyn SecretSource>,
    cancel: CancellationToken,
) -> LoginResult {
    let network = Network::new(policy).with_bindings(Arc::new(Confirmed::everything()));
    let login = test_login(target, secrets, &network, TODAY, cancel);
    tokio::time::timeout(HANG_GUARD * 2, login).await.expect("the login ends")
}

pub fn json(body: impl Into<String>) -> Reply {
    Reply::Answer(200, "application/json;charset=UTF-8", body.into())
}

pub fn xml(status: u16, body: impl Into<String>) -> Reply {
    Reply::Answer(status, "text/xml; charset=UTF-8", body.into())
}

/// A token answer that names `instance_url`.
pub fn token(instance_url: &str) -> Reply {
    json(format!(
        r#"{{"access_token":"{SESSION}","instance_url":"{instance_url}","id":"https://login.salesforce.com/id/00DXX0000000000EAA/005XX000000AAAAAA0","token_type":"Bearer"}}"#
    ))
}

/// A `LoginResult` that names `server_url`.
pub fn login_response(server_url: &str) -> Reply {
    xml(
        200,
        format!(
            "<?xml version=\"1.0\"?><soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:partner.soap.sforce.com\"><soapenv:Body><loginResponse><result><passwordExpired>false</passwordExpired><sandbox>false</sandbox><serverUrl>{server_url}</serverUrl><sessionId>{SESSION}</sessionId><userId>005XX000000AAAAAA0</userId><userInfo><organizationId>00DXX0000000000EAA</organizationId><organizationName>Acme</organizationName><userName>{USERNAME}</userName></userInfo></result></loginResponse></soapenv:Body></soapenv:Envelope>"
        ),
    )
}

pub const VERSIONS: &str = r#"[{"label":"Winter '15","url":"/services/data/v31.0","version":"31.0"},{"label":"Summer '24","url":"/services/data/v61.0","version":"61.0"},{"label":"Winter '27","url":"/services/data/v68.0","version":"68.0"}]"#;

/// The follow-up questions as a well-behaved org answers them.
pub fn follow_ups(seen: &Seen) -> Reply {
    let path = seen.line.trim_start_matches("GET ");
    if path == "/services/data" {
        json(VERSIONS)
    } else if path == "/services/oauth2/userinfo" {
        json(format!(
            r#"{{"user_id":"005XX000000AAAAAA0","organization_id":"00DXX0000000000EAA","preferred_username":"{USERNAME}"}}"#
        ))
    } else if path.starts_with("/services/data/v61.0/query") {
        json(r#"{"records":[{"Id":"00DXX0000000000EAA","Name":"Acme","IsSandbox":false}]}"#)
    } else if path == "/services/data/v61.0/limits" {
        json(r#"{"DailyApiRequests":{"Max":15000,"Remaining":14998}}"#)
    } else {
        Reply::Answer(
            404,
            "application/json",
            r#"[{"errorCode":"NOT_FOUND","message":"no"}]"#.to_owned(),
        )
    }
}

/// Whether any of the tests' secrets stands in `text`, in any form in which it was sent.
pub fn leaks(text: &str) -> Option<String> {
    let encoded: String = "FAKE%2Fclient%2Bsecret%2642".to_owned();
    let forms = [
        CLIENT_SECRET,
        &encoded,
        PASSWORD,
        "fake &lt;pass&gt; &amp; word",
        "fake+%3Cpass%3E",
        SECURITY_TOKEN,
        SESSION,
        "FAKE.SESSION_OF_A_TEST",
    ];
    forms.iter().find(|form| text.contains(**form)).map(|form| (*form).to_owned())
}
