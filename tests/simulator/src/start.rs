//! Starts a simulator and holds it.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener as StdTcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::cases::case;
use crate::certificates;
use crate::connection::{Port, serve};
use crate::options::Options;
use crate::stats::Stats;
use crate::world::{Addresses, World};

/// Why a simulator did not start. Every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port is taken or not allowed.
    #[error("cannot listen on 127.0.0.1:{port} ({option}): {hint}")]
    Port {
        /// The port.
        port: u16,
        /// The command-line option that sets it.
        option: &'static str,
        /// What is wrong and what to do.
        hint: String,
    },
    /// The file for the authority's certificate cannot be written.
    #[error("cannot write the CA certificate to {path}: {source}. Give another file with --ca-out")]
    CaFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An option has a value that does not fit.
    #[error("{0}")]
    Option(String),
    /// The operating system refused something else.
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
}

/// Starts simulators.
#[derive(Debug)]
pub struct Simulator;

/// A running simulator. It ends when this is dropped, and every open connection with it.
#[derive(Debug)]
pub struct Handle {
    /// `http://127.0.0.1:PORT`
    pub http_url: String,
    /// `https://127.0.0.1:PORT`
    pub https_url: String,
    /// `http://127.0.0.1:PORT` of the proxy, if there is one.
    pub proxy_url: Option<String>,
    /// The file with the certificate of the simulator's authority, PEM.
    pub ca_pem_path: PathBuf,
    /// The same certificate, PEM.
    pub ca_pem: String,
    pub(crate) world: Arc<World>,
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
    /// Removed with the handle.
    _folder: Option<TempDir>,
}

impl Simulator {
    /// Starts a simulator on a thread of its own, so that it can be used inside and outside of
    /// an async runtime. It is ready when this returns.
    ///
    /// # Errors
    /// A port is busy, a file cannot be written, or an option does not fit.
    pub fn start(options: Options) -> Result<Handle, StartError> {
        check(&options)?;
        let certificates = certificates::make(&options.https_names, options.wrong_certificate)
            .map_err(StartError::Option)?;
        let http = Listeners::bind(options.http_port, "--http-port")?;
        let https = Listeners::bind(options.https_port, "--https-port")?;
        let proxy = match &options.proxy {
            Some(proxy) => Some(Listeners::bind(proxy.port, "--proxy-port")?),
            None => None,
        };
        let (ca_pem_path, folder) = write_ca(options.ca_out.as_deref(), &certificates.ca_pem)?;

        let addresses = Addresses {
            http: http.v4,
            https: https.v4,
            proxy: proxy.as_ref().map(|proxy| proxy.v4),
            ipv6: http.v6 && https.v6,
            ca_pem_path,
        };
        let world = Arc::new(World::new(options, addresses));
        let acceptor = TlsAcceptor::from(certificates.server);

        let stop = CancellationToken::new();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("sforg-simulator")
            .enable_all()
            .build()?;
        let ports = [(Port::Http, Some(http)), (Port::Https, Some(https)), (Port::Proxy, proxy)];
        {
            let _entered = runtime.enter();
            for (port, listeners) in ports {
                for listener in listeners.into_iter().flat_map(|listeners| listeners.sockets) {
                    let listener = TcpListener::from_std(listener)?;
                    let acceptor = (port == Port::Https).then(|| acceptor.clone());
                    let accepting = accept(listener, port, acceptor, Arc::clone(&world));
                    runtime.spawn(stop.clone().run_until_cancelled_owned(accepting));
                }
            }
        }
        let stopped = stop.clone();
        let thread = std::thread::Builder::new()
            .name("sforg-simulator".to_owned())
            // Leaving the block drops the runtime, and with it every task and connection.
            .spawn(move || runtime.block_on(stopped.cancelled()))?;
        Ok(Handle {
            http_url: format!("http://{}", world.addresses.http),
            https_url: format!("https://{}", world.addresses.https),
            proxy_url: world.addresses.proxy.map(|proxy| format!("http://{proxy}")),
            ca_pem_path: world.addresses.ca_pem_path.clone(),
            ca_pem: certificates.ca_pem,
            world,
            stop,
            thread: Some(thread),
            _folder: folder,
        })
    }
}

impl Handle {
    /// The counters as they are now.
    pub fn stats(&self) -> Stats {
        self.world.counters.snapshot()
    }

    /// Where `http` is spoken.
    pub fn http_address(&self) -> std::net::SocketAddr {
        self.world.addresses.http
    }

    /// Whether the same ports answer at `[::1]` too.
    pub fn has_ipv6(&self) -> bool {
        self.world.addresses.ipv6
    }

    /// Sets all counters to zero, except the one of open connections.
    pub fn reset_stats(&self) {
        self.world.counters.reset();
    }
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // It can only have panicked, and then it has ended as well.
            let _ = thread.join();
        }
    }
}

fn check(options: &Options) -> Result<(), StartError> {
    if let Some(id) = &options.versions_case
        && case(id).is_none()
    {
        return Err(StartError::Option(format!(
            "there is no case {id:?} for --versions-case; --list-cases prints what there is"
        )));
    }
    if !(31..=999).contains(&options.newest_api) {
        return Err(StartError::Option(format!(
            "--newest-api {} is not between 31 and 999",
            options.newest_api
        )));
    }
    let refuse = options.proxy.as_ref().and_then(|proxy| proxy.refuse);
    if let Some(status) = refuse.filter(|status| !(400..=599).contains(status)) {
        return Err(StartError::Option(format!(
            "--proxy-refuse {status} is not a status between 400 and 599"
        )));
    }
    Ok(())
}

fn write_ca(to: Option<&Path>, pem: &str) -> Result<(PathBuf, Option<TempDir>), StartError> {
    let (path, folder) = match to {
        Some(path) => (path.to_owned(), None),
        None => {
            let folder = tempfile::Builder::new().prefix("sforg-simulator-").tempdir()?;
            (folder.path().join("ca.pem"), Some(folder))
        }
    };
    std::fs::write(&path, pem)
        .map_err(|source| StartError::CaFile { path: path.clone(), source })?;
    Ok((path, folder))
}

/// One port on both loopback addresses.
struct Listeners {
    sockets: Vec<StdTcpListener>,
    v4: SocketAddr,
    v6: bool,
}

/// How often another free port is tried when the same is taken on IPv6.
const ATTEMPTS: u32 = 20;

impl Listeners {
    fn bind(port: u16, option: &'static str) -> Result<Self, StartError> {
        let failed = |error: io::Error| StartError::Port { port, option, hint: hint(&error) };
        let mut attempt = 1;
        loop {
            let v4 = listener((Ipv4Addr::LOCALHOST, port).into()).map_err(failed)?;
            let v4_address = v4.local_addr().map_err(failed)?;
            match listener((Ipv6Addr::LOCALHOST, v4_address.port()).into()) {
                Ok(v6) => {
                    return Ok(Self { sockets: vec![v4, v6], v4: v4_address, v6: true });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    if port != 0 || attempt == ATTEMPTS {
                        return Err(failed(error));
                    }
                    attempt += 1;
                }
                // No IPv6 on this computer.
                Err(_) => {
                    return Ok(Self { sockets: vec![v4], v4: v4_address, v6: false });
                }
            }
        }
    }
}

fn listener(address: SocketAddr) -> io::Result<StdTcpListener> {
    let listener = StdTcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

fn hint(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "the port is in use by another program. \
             Stop that program or choose another port; 0 takes a free one"
            .to_owned(),
        io::ErrorKind::PermissionDenied => "this user may not listen there. \
             Choose a port above 1023; 0 takes a free one"
            .to_owned(),
        _ => error.to_string(),
    }
}

/// Accepts connections for ever.
async fn accept(
    listener: TcpListener,
    port: Port,
    acceptor: Option<TlsAcceptor>,
    world: Arc<World>,
) {
    loop {
        match listener.accept().await {
            Ok((connection, _)) => {
                tokio::spawn(connected(connection, port, acceptor.clone(), Arc::clone(&world)));
            }
            // Out of file descriptors, most likely: closing connections will help.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    }
}

async fn connected(
    connection: TcpStream,
    port: Port,
    acceptor: Option<TlsAcceptor>,
    world: Arc<World>,
) {
    let _open = world.counters.connection();
    // Small answers should not wait for each other; a refusal costs only time.
    let _ = connection.set_nodelay(true);
    let Some(acceptor) = acceptor else {
        return serve(connection, world, port).await;
    };
    match acceptor.accept(connection).await {
        Ok(connection) => serve(connection, world, port).await,
        Err(_) => world.counters.update(|stats| stats.failed_handshakes += 1),
    }
}
