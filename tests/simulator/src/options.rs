//! What can be chosen when a simulator is started.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Everything that can be chosen. The default listens on free ports and answers at once.
#[derive(Clone)]
pub struct Options {
    /// Port for `http`; 0 takes a free one.
    pub http_port: u16,
    /// Port for `https`; 0 takes a free one.
    pub https_port: u16,
    /// Also runs an HTTP proxy.
    pub proxy: Option<ProxyOptions>,
    /// Host names, `*.` allowed in front, and addresses that the certificate is valid for, in
    /// addition to `localhost`, `127.0.0.1` and `::1`.
    pub https_names: Vec<String>,
    /// Where the certificate of the simulator's authority is written (PEM); in a temporary
    /// folder, removed at the end, when absent.
    pub ca_out: Option<PathBuf>,
    /// Presents a certificate that no client should accept.
    pub wrong_certificate: Option<WrongCertificate>,
    /// Logins that one user or client id may try before it is told that there were too many.
    pub max_logins: Option<u32>,
    /// The newest API version that the orgs serve, as its major number.
    pub newest_api: u16,
    /// A recorded answer that every request for the version list gets, with a session or without.
    pub versions_case: Option<String>,
    /// A pause before every answer to a login.
    pub delay: Duration,
    /// Called for every request when its answer is known.
    pub on_request: Option<RequestLog>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            http_port: 0,
            https_port: 0,
            proxy: None,
            https_names: Vec::new(),
            ca_out: None,
            wrong_certificate: None,
            max_logins: None,
            newest_api: 68,
            versions_case: None,
            delay: Duration::ZERO,
            on_request: None,
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("http_port", &self.http_port)
            .field("https_port", &self.https_port)
            .field("proxy", &self.proxy)
            .field("https_names", &self.https_names)
            .field("wrong_certificate", &self.wrong_certificate)
            .finish_non_exhaustive()
    }
}

/// Takes the lines of the request log. Called from several threads.
pub type RequestLog = Arc<dyn Fn(&RequestLine) + Send + Sync>;

/// An HTTP proxy beside the simulator. It connects to loopback addresses as asked; every other
/// host it takes for Salesforce and leads to the simulator, so nothing leaves this computer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyOptions {
    /// Its port; 0 takes a free one.
    pub port: u16,
    /// User name and password that it demands (`Proxy-Authorization: Basic`).
    pub credentials: Option<(String, String)>,
    /// Refuses every request with this status, 400 to 599, and a page.
    pub refuse: Option<u16>,
}

/// What is wrong with the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongCertificate {
    /// Signed by itself.
    SelfSigned,
    /// Expired a year ago; the authority is the one in the CA file.
    Expired,
    /// Not valid before next year; the authority is the one in the CA file.
    NotYetValid,
    /// Issued for another host name by the authority in the CA file.
    OtherName,
    /// Signed by an authority that is not the one in the CA file.
    UnknownAuthority,
}

/// One line of the request log. Holds no credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// `GET`, `POST` …
    pub method: String,
    /// The path without the query.
    pub path: String,
    /// The status of the answer; 0 when the connection is treated in another way.
    pub status: u16,
    /// What became of it in a few words: an error code, an org's name, a behaviour.
    pub note: String,
}

impl fmt::Display for RequestLine {
    /// One line without control characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = match self.status {
            0 => "---".to_owned(),
            status => status.to_string(),
        };
        let line = format!("{status} {:<4} {}  {}", self.method, self.path, self.note);
        let shown = line.trim_end().chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
        write!(f, "{}", shown.collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_line_cannot_drive_the_terminal() {
        let line = RequestLine {
            method: "GET".to_owned(),
            path: "/\u{1b}[2J".to_owned(),
            status: 0,
            note: "a\nb".to_owned(),
        };
        assert_eq!(line.to_string(), "--- GET  /\u{fffd}[2J  a\u{fffd}b");
    }
}
