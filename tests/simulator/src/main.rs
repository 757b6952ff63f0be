//! `sforg-simulator`: starts a simulator and prints what it accepts.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use sforg_simulator::{
    Options, ProxyOptions, RequestLine, RequestLog, Simulator, WrongCertificate, behaviours_page,
    cases_page, copy_project, describe, start_page,
};

/// A Salesforce that runs on this computer, for trying sforg without an org.
///
/// It listens on loopback only and prints the made-up orgs, users and clients that it accepts.
#[derive(Debug, Parser)]
#[command(name = "sforg-simulator", version)]
struct Arguments {
    /// Port for http; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    http_port: u16,
    /// Port for https; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    https_port: u16,
    /// Another name or address that the https certificate is valid for (repeatable; *.NAME too)
    #[arg(long, value_name = "NAME")]
    https_name: Vec<String>,
    /// Where to write the certificate of the simulator's authority; in a temporary folder if not
    /// given
    #[arg(long, value_name = "FILE")]
    ca_out: Option<PathBuf>,
    /// Present a certificate that no client should accept
    #[arg(long, value_name = "KIND", value_enum)]
    wrong_certificate: Option<CertificateFault>,
    /// Also run an HTTP proxy that leads every Salesforce host to the simulator; 0 takes a free
    /// port
    #[arg(long, value_name = "PORT")]
    proxy_port: Option<u16>,
    /// Credentials that the proxy demands
    #[arg(long, value_name = "NAME:PASSWORD", requires = "proxy_port", value_parser = credentials)]
    proxy_user: Option<(String, String)>,
    /// Status that the proxy refuses every request with
    #[arg(long, value_name = "STATUS", requires = "proxy_port")]
    proxy_refuse: Option<u16>,
    /// Logins that each user or client id may try before there were too many
    #[arg(long, value_name = "N")]
    max_logins: Option<u32>,
    /// The newest API version that the orgs serve
    #[arg(long, value_name = "NN.0", default_value = "68.0", value_parser = major_version)]
    newest_api: u16,
    /// Recorded answer for every request for the version list
    #[arg(long, value_name = "ID")]
    versions_case: Option<String>,
    /// Milliseconds to wait before every answer to a login
    #[arg(long, value_name = "N", default_value_t = 0)]
    delay_ms: u64,
    /// Also copy this project so that it speaks to the simulator (with --into)
    #[arg(long, value_name = "FOLDER", requires = "into")]
    copy_project: Option<PathBuf>,
    /// Where the copy goes; files of the same names are overwritten
    #[arg(long, value_name = "FOLDER", requires = "copy_project")]
    into: Option<PathBuf>,
    /// Print one line of JSON instead of the page, and no request log
    #[arg(long)]
    json: bool,
    /// Print no request log
    #[arg(long)]
    quiet: bool,
    /// End when standard input ends, as it does when the parent process dies
    #[arg(long)]
    until_stdin_closes: bool,
    /// Print the recorded answers that can be had, and end
    #[arg(long)]
    list_cases: bool,
    /// Print the ways to misbehave, and end
    #[arg(long)]
    list_behaviours: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CertificateFault {
    /// Signed by itself
    SelfSigned,
    /// Expired a year ago
    Expired,
    /// Not valid before next year
    NotYetValid,
    /// Issued for another host name
    OtherName,
    /// Signed by an authority that is not the one in the CA file
    UnknownAuthority,
}

impl From<CertificateFault> for WrongCertificate {
    fn from(fault: CertificateFault) -> Self {
        match fault {
            CertificateFault::SelfSigned => Self::SelfSigned,
            CertificateFault::Expired => Self::Expired,
            CertificateFault::NotYetValid => Self::NotYetValid,
            CertificateFault::OtherName => Self::OtherName,
            CertificateFault::UnknownAuthority => Self::UnknownAuthority,
        }
    }
}

fn credentials(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once(':') {
        Some((name, password)) if !name.is_empty() => Ok((name.to_owned(), password.to_owned())),
        _ => Err("write NAME:PASSWORD"),
    }
}

fn major_version(text: &str) -> Result<u16, &'static str> {
    let major = text.strip_suffix(".0").unwrap_or(text);
    major.parse().map_err(|_| "write it like 66.0")
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "sforg-simulator: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn std::error::Error>> {
    if arguments.list_cases {
        return Ok(print(&cases_page())?);
    }
    if arguments.list_behaviours {
        return Ok(print(&behaviours_page())?);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // Signals are caught from here on, so that one that comes while starting ends us cleanly.
    let mut signals = runtime.block_on(async { Signals::new() })?;
    let handle = Simulator::start(options(arguments))?;
    if let (Some(source), Some(target)) = (&arguments.copy_project, &arguments.into) {
        copy_project(source, target, handle.http_address())?;
    }
    if arguments.json {
        print(&format!("{}\n", describe(&handle)))?;
    } else {
        print(&start_page(&handle))?;
        print("\nStop with Ctrl-C.\n\n")?;
    }
    let stdin_closed = arguments.until_stdin_closes.then(stdin_closed);
    runtime.block_on(async {
        match stdin_closed {
            Some(closed) => tokio::select! {
                () = signals.any() => {}
                _ = closed => {}
            },
            None => signals.any().await,
        }
    });
    drop(handle);
    Ok(())
}

fn options(arguments: &Arguments) -> Options {
    let show = |line: &RequestLine| {
        let _ = writeln!(anstream::stderr(), "{line}");
    };
    let log = !arguments.quiet && !arguments.json;
    Options {
        http_port: arguments.http_port,
        https_port: arguments.https_port,
        proxy: arguments.proxy_port.map(|port| ProxyOptions {
            port,
            credentials: arguments.proxy_user.clone(),
            refuse: arguments.proxy_refuse,
        }),
        https_names: arguments.https_name.clone(),
        ca_out: arguments.ca_out.clone(),
        wrong_certificate: arguments.wrong_certificate.map(Into::into),
        max_logins: arguments.max_logins,
        newest_api: arguments.newest_api,
        versions_case: arguments.versions_case.clone(),
        delay: Duration::from_millis(arguments.delay_ms),
        on_request: log.then(|| Arc::new(show) as RequestLog),
    }
}

/// Styling is left out where standard output is no terminal. A reader that has seen enough and
/// closes the pipe is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Resolves when standard input ends. The thread stays behind when something else comes first;
/// the end of the process ends it.
fn stdin_closed() -> tokio::sync::oneshot::Receiver<()> {
    let (tell, closed) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let mut ignored = [0; 256];
        let mut stdin = io::stdin().lock();
        while matches!(stdin.read(&mut ignored), Ok(1..)) {}
        let _ = tell.send(());
    });
    closed
}

/// The signals that end the process.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    #[cfg(not(unix))]
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn any(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Where Ctrl-C cannot be waited for, nothing but the end of the process stops us.
    #[cfg(not(unix))]
    async fn any(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
