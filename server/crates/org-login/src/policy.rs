//! Which hosts credentials may go to. This is decided on text alone, before a secret is resolved
//! or a name is looked up.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use org_schema::address::Address;
use org_schema::allowed_hosts::{AllowedHosts, AllowedOrigin};
use org_schema::hosts;
use url::Url;

use crate::causes::{self, Reason, default_host};
use crate::result::LoginResult;
use crate::target::{LoginTarget, TargetAuth};

/// What the user (never a file of the workspace) decided about logins.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Hosts besides Salesforce's to which credentials may go.
    pub allowed: AllowedHosts,
    /// A PEM file with certificates to trust besides the system's.
    pub extra_ca: Option<PathBuf>,
    /// How long a connection may take to come about, encryption included.
    pub connect_timeout: Duration,
    /// How long a whole login may take, follow-up questions included.
    pub total_timeout: Duration,
}

impl Default for Policy {
    /// Salesforce's hosts alone, the system's certificates, 10 seconds to connect, 60 in all.
    fn default() -> Policy {
        Policy {
            allowed: AllowedHosts::default(),
            extra_ca: None,
            connect_timeout: Duration::from_secs(10),
            total_timeout: Duration::from_secs(60),
        }
    }
}

/// Where a login's credentials will go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// Scheme, host and, where it is not the scheme's own, port: `https://acme.my.salesforce.com`.
    pub origin: String,
    /// The host in lower case.
    pub host: String,
    /// Whether it is one of Salesforce's API hosts. Otherwise it is one that the user allowed:
    /// an editor asks once before the first login there.
    pub is_salesforce: bool,
}

impl Destination {
    /// Host and, where it is not the scheme's own, port.
    pub fn authority(&self) -> &str {
        self.origin.split_once("://").map_or(&self.origin, |(_, authority)| authority)
    }

    /// Whether it is this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        self.host == "localhost"
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The address of `path` at this destination.
    pub(crate) fn url(&self, path: &str) -> Option<Url> {
        Url::parse(&self.origin).ok()?.join(path).ok()
    }
}

/// Where the credentials of `target` would go. Nothing is resolved or sent.
///
/// # Errors
/// A finished result with cause `host-not-allowed` when they may go nowhere.
pub fn destination(
    target: &LoginTarget,
    allowed: &AllowedHosts,
) -> Result<Destination, Box<LoginResult>> {
    let found = match &target.auth {
        TargetAuth::Basic { server_host, .. } => {
            soap_origin(server_host.as_deref(), target.sandbox, allowed)
        }
        TargetAuth::OAuth { instance_url, .. } => oauth_origin(instance_url, allowed),
    };
    found.map_err(|reason| Box::new(causes::skipped(reason, target)))
}

fn soap_origin(
    server_host: Option<&str>,
    sandbox: bool,
    allowed: &AllowedHosts,
) -> Result<Destination, Reason> {
    let written = server_host.unwrap_or(default_host(sandbox));
    if hosts::accepts_soap_login(written) {
        return Ok(salesforce(written));
    }
    match allowed.find_host_port(written) {
        Some(origin) => Ok(allowed_by_user(origin)),
        None => Err(Reason::HostNotAllowed { host: shown_host(written) }),
    }
}

fn oauth_origin(instance_url: &str, allowed: &AllowedHosts) -> Result<Destination, Reason> {
    let host = Address::plain_https_host(instance_url);
    if let Some(host) = host
        && hosts::accepts_client_credentials(host)
    {
        return Ok(salesforce(host));
    }
    if let Some(origin) = allowed.find_origin(instance_url) {
        return Ok(allowed_by_user(origin));
    }
    match host {
        Some(host) if is_login_host(host) => {
            Err(Reason::LoginHostTakesNoClientCredentials { host: host.to_lowercase() })
        }
        _ => Err(Reason::HostNotAllowed { host: shown_host(instance_url) }),
    }
}

/// The host of an address in Salesforce's answer (`instance_url`, `serverUrl`), when the session
/// may be sent there: https, Salesforce's port, and one of its API hosts.
pub(crate) fn session_host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let bare = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let host = url.host_str()?.to_lowercase();
    (bare && hosts::is_salesforce_api_host(&host)).then_some(host)
}

fn is_login_host(host: &str) -> bool {
    host.eq_ignore_ascii_case(hosts::PRODUCTION_LOGIN)
        || host.eq_ignore_ascii_case(hosts::SANDBOX_LOGIN)
}

/// The destination for a host of Salesforce's closed list.
pub(crate) fn salesforce(host: &str) -> Destination {
    let host = host.to_ascii_lowercase();
    Destination { origin: format!("https://{host}"), host, is_salesforce: true }
}

fn allowed_by_user(origin: &AllowedOrigin) -> Destination {
    Destination { origin: origin.to_string(), host: origin.host.clone(), is_salesforce: false }
}

/// A host or address from the file as it may be shown: without scheme, path, query and user-info,
/// each of which could hold a secret that was put in the wrong place.
pub(crate) fn shown_host(written: &str) -> String {
    let host = Address::split(written).host_and_port;
    let host: String = host.chars().filter(|c| !c.is_control()).take(255).collect();
    if host.trim().is_empty() { "an address without a host".to_owned() } else { host }
}

#[cfg(test)]
mod tests;
