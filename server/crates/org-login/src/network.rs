//! HTTP clients, built when they are first needed.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use org_schema::hosts::PRODUCTION_LOGIN;
use reqwest::{Client, ClientBuilder, redirect, retry};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use tokio::sync::OnceCell;

use crate::bindings::Bindings;
use crate::causes::Reason;
use crate::lockout::LockoutGuard;
use crate::policy::{Destination, Policy};

/// Idle connections serve the follow-up questions of a login, and no longer.
const IDLE: Duration = Duration::from_secs(5);

/// The way out: shared by all logins of a process.
///
/// The system's certificates and proxy settings are read at the first login that needs them, so a
/// machine without them can still do everything else. A failure is not kept: after the settings
/// are mended the next login works.
pub struct Network {
    policy: Policy,
    tls: OnceCell<ClientConfig>,
    outside: OnceCell<Client>,
    loopback: OnceCell<Client>,
    loopback_plain: OnceCell<Client>,
    proxies: OnceCell<Matcher>,
    lockout_guard: Option<Arc<dyn LockoutGuard>>,
    bindings: Option<Arc<dyn Bindings>>,
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// A client for one destination, and the proxy that the system puts before it.
pub(crate) struct Route {
    pub(crate) client: Client,
    /// Host and port alone: the setting may hold a password.
    pub(crate) proxy: Option<String>,
}

impl Network {
    /// A network that obeys `policy`. Nothing is opened or read before the first login.
    pub fn new(policy: Policy) -> Network {
        Network {
            policy,
            tls: OnceCell::new(),
            outside: OnceCell::new(),
            loopback: OnceCell::new(),
            loopback_plain: OnceCell::new(),
            proxies: OnceCell::new(),
            lockout_guard: None,
            bindings: None,
        }
    }

    /// The same, with a guard that counts refusals of credentials.
    pub fn with_lockout_guard(mut self, guard: Arc<dyn LockoutGuard>) -> Network {
        self.lockout_guard = Some(guard);
        self
    }

    /// The same, with what people have confirmed about where secrets may go. Without it no
    /// referenced secret is sent.
    pub fn with_bindings(mut self, bindings: Arc<dyn Bindings>) -> Network {
        self.bindings = Some(bindings);
        self
    }

    pub(crate) fn bindings(&self) -> Option<Arc<dyn Bindings>> {
        self.bindings.clone()
    }

    pub(crate) fn lockout_guard(&self) -> Option<Arc<dyn LockoutGuard>> {
        self.lockout_guard.clone()
    }

    /// The policy that it obeys.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The way to `destination`. This machine's own addresses are never reached through a proxy.
    pub(crate) async fn route_to(&self, destination: &Destination) -> Result<Route, Reason> {
        if destination.is_loopback() {
            let client = if destination.origin.starts_with("http:") {
                let build = || async { self.client(without_tls()?, ClientBuilder::no_proxy) };
                self.loopback_plain.get_or_try_init(build).await?
            } else {
                let build = || async { self.client(self.tls().await?, ClientBuilder::no_proxy) };
                self.loopback.get_or_try_init(build).await?
            };
            return Ok(Route { client: client.clone(), proxy: None });
        }
        let build = || async { self.client(self.tls().await?, |builder| builder) };
        let client = self.outside.get_or_try_init(build).await?;
        Ok(Route { client: client.clone(), proxy: self.proxy_for(destination).await })
    }

    /// The proxy that the client uses for `destination`: it reads the same settings.
    async fn proxy_for(&self, destination: &Destination) -> Option<String> {
        let proxies = self.proxies.get_or_init(|| async { Matcher::from_system() }).await;
        let intercepted = proxies.intercept(&destination.origin.parse().ok()?)?;
        let proxy = intercepted.uri();
        let port = proxy.port_u16().map_or_else(String::new, |port| format!(":{port}"));
        Some(format!("{}{port}", proxy.host()?))
    }

    /// The variable that should name a proxy for https but holds nothing that can be used as one,
    /// so that logins go out as if it were not set.
    pub(crate) fn ignored_proxy_setting() -> Option<&'static str> {
        let set = |names: [&'static str; 2]| {
            names.into_iter().find_map(|name| Some((name, std::env::var(name).ok()?)))
        };
        [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]]
            .into_iter()
            .filter_map(set)
            .find(|(_, value)| !value.trim().is_empty() && !names_proxy(value))
            .map(|(name, _)| name)
    }

    fn client(
        &self,
        tls: ClientConfig,
        proxy: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<Client, Reason> {
        let builder = Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(self.policy.connect_timeout)
            .pool_idle_timeout(IDLE)
            .user_agent(concat!("sforg/", env!("CARGO_PKG_VERSION")));
        proxy(builder)
            .build()
            .map_err(|error| Reason::NetworkTrouble { detail: error.without_url().to_string() })
    }

    async fn tls(&self) -> Result<ClientConfig, Reason> {
        let load = || async {
            let extra_ca = self.policy.extra_ca.clone();
            let loading = tokio::task::spawn_blocking(move || with_system_certificates(extra_ca));
            loading.await.unwrap_or_else(|_| {
                Err(Reason::NoCertificateStore { detail: "reading them failed".to_owned() })
            })
        };
        self.tls.get_or_try_init(load).await.cloned()
    }
}

/// Whether the HTTP client can use the value of a proxy variable; it drops the others in silence.
fn names_proxy(value: &str) -> bool {
    let matcher = Matcher::builder().https(value).build();
    format!("https://{PRODUCTION_LOGIN}").parse().is_ok_and(|any| matcher.intercept(&any).is_some())
}

/// Bytes of a file with certificates, at most; all that a system trusts have a fraction of that.
const MAX_CA_FILE: u64 = 16 * org_files::MIB;

/// TLS that trusts the system's certificates and those of the extra CA file.
fn with_system_certificates(extra_ca: Option<std::path::PathBuf>) -> Result<ClientConfig, Reason> {
    let mut extra = Vec::new();
    if let Some(path) = &extra_ca {
        let unusable =
            |detail: String| Reason::ExtraCaUnusable { path: path.display().to_string(), detail };
        let pem = org_files::read(path, org_files::Links::Follow, MAX_CA_FILE)
            .map_err(|error| unusable(error.to_string()))?;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            extra.push(certificate.map_err(|error| unusable(pem_problem(&error)))?);
        }
        if extra.is_empty() {
            return Err(unusable("there is no certificate in it".to_owned()));
        }
        // Checked here, so that a bad file is not mistaken for a bad system.
        let mut probe = RootCertStore::empty();
        for certificate in &extra {
            probe
                .add(certificate.clone())
                .map_err(|error| unusable(format!("a certificate in it is broken ({error})")))?;
        }
    }
    let no_store = |error: rustls::Error| Reason::NoCertificateStore {
        detail: match error {
            rustls::Error::General(text) => text,
            other => other.to_string(),
        },
    };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(extra, provider.clone()).map_err(no_store)?;
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(no_store)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// For plain http to this machine alone: TLS that trusts nobody.
fn without_tls() -> Result<ClientConfig, Reason> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Reason::NoTls { detail: error.to_string() })?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn pem_problem(error: &rustls::pki_types::pem::Error) -> String {
    match error {
        rustls::pki_types::pem::Error::Io(error) => error.to_string(),
        rustls::pki_types::pem::Error::NoItemsFound => "there is no certificate in it".to_owned(),
        other => format!("it is not in PEM form ({other:?})"),
    }
}
