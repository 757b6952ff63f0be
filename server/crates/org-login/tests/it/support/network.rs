//! A certificate authority, a proxy that plays Salesforce, and logins in a process of their own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::{HANG_GUARD, Handler, Seen, leaks, read_request, serve};

/// A year whose end no clock of a test machine shows.
pub const FAR_YEAR: i32 = 4000;

/// A certificate authority that only these tests know.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Authority {
        Authority::named("sforg test authority")
    }

    pub fn named(name: &str) -> Authority {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.distinguished_name.push(rcgen::DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        Authority { issuer: CertifiedIssuer::self_signed(params, key).expect("a certificate") }
    }

    /// The authority's certificate as a file.
    pub fn pem_file(&self, folder: &Path) -> PathBuf {
        let path = folder.join("ca.pem");
        std::fs::write(&path, self.issuer.pem()).expect("a written file");
        path
    }

    /// TLS with a certificate for `names`, valid until the end of `last_year`.
    pub fn acceptor(&self, names: &[&str], last_year: i32) -> TlsAcceptor {
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
pub enum Connect {
    /// Becomes the host itself: answers as the handler says. All of it under one certificate.
    Play(TlsAcceptor, Arc<Handler>),
    /// Answers with this head.
    Refuse(&'static str),
    /// Lets the connection through, to a host that sends these bytes and closes.
    Through(&'static [u8]),
    /// Lets the connection through, to a host that never says anything.
    ThroughToSilence,
    /// Never answers.
    Silence,
}

/// A proxy on loopback, until the end of the test.
pub struct Proxy {
    pub port: u16,
    pub connects: Arc<Mutex<Vec<String>>>,
    pub seen: Arc<Mutex<Vec<Seen>>>,
}

impl Proxy {
    pub async fn start(connect: Connect) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
        let port = listener.local_addr().expect("its address").port();
        let (connects, seen) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
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
                        Connect::Through(bytes) => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                            let _ = stream.read(&mut [0; 1024]).await;
                            let _ = stream.write_all(bytes).await;
                            let _ = stream.shutdown().await;
                        }
                        Connect::ThroughToSilence => {
                            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
                            std::future::pending().await
                        }
                        Connect::Silence => std::future::pending().await,
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
        Proxy { port, connects, seen }
    }

    pub fn connects(&self) -> Vec<String> {
        let mut connects = self.connects.lock().expect("no panic").clone();
        connects.sort();
        connects.dedup();
        connects
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

/// One login in a process of its own.
pub struct Child {
    pub auth: &'static str,
    pub host: String,
    pub extra_ca: Option<PathBuf>,
    pub allow: String,
    pub environment: Vec<(&'static str, String)>,
}

impl Child {
    pub fn new(auth: &'static str, host: &str) -> Child {
        Child {
            auth,
            host: host.to_owned(),
            extra_ca: None,
            allow: String::new(),
            environment: Vec::new(),
        }
    }

    pub fn proxy(mut self, url: &str) -> Child {
        self.environment.push(("HTTPS_PROXY", url.to_owned()));
        self
    }

    pub async fn result(self) -> Value {
        let program = std::env::current_exe().expect("this program");
        let mut command = tokio::process::Command::new(program);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().to_lowercase().ends_with("_proxy") {
                command.env_remove(name);
            }
        }
        command
            .args(["--exact", "networks::child_process", "--nocapture", "--test-threads=1"])
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
        let result: Value = serde_json::from_str(line).expect("JSON");
        let is_ok = result["status"] == "ok";
        assert!(!is_ok || errors.contains("TRACE"), "logs at their finest were searched: {errors}");
        result
    }
}
