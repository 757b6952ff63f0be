//! Salesforce's host names: which kind a host is, whether credentials may be sent to it, what it
//! says about sandbox or production.
//!
//! My Domain forms and partitions: the `DomainPartition` values of `MyDomainLog` in the Tooling API
//! guide. Where OAuth 2.0 client credentials are refused: Salesforce Knowledge 000886201. Instance
//! hosts end in phases from Spring '27 on. The list is closed: a host that has none of these forms
//! is not Salesforce's, whatever its name looks like.

mod forms;
mod instance;
mod partition;
mod ui;

pub use forms::{HOST_FORMS, HostForm};
pub use partition::Partition;
pub use ui::{my_domain_for_ui_host, what_ui_host_is};

use crate::host_name::{self, Host};

/// Where production orgs log in through SOAP.
pub const PRODUCTION_LOGIN: &str = "login.salesforce.com";
/// Where sandboxes log in through SOAP.
pub const SANDBOX_LOGIN: &str = "test.salesforce.com";

/// Suffixes of Salesforce in China (operated by a partner).
const CHINA_SUFFIXES: [&str; 2] = ["my.sfcrmapps.cn", "my.sfcrmproducts.cn"];
/// Suffix that Salesforce's own tools know beside `my.salesforce.com`.
const ALTERNATIVE_SUFFIX: &str = "my-salesforce.com";

/// What a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostKind {
    /// `login.salesforce.com`: SOAP `login()` only.
    ProductionLogin,
    /// `test.salesforce.com`: SOAP `login()` only.
    SandboxLogin,
    /// `<label>[.<partition>].my.salesforce.com`.
    MyDomain {
        /// The label before `my`, when there is one.
        partition: Option<Partition>,
    },
    /// `<label>.my.salesforce.mil`: Government Cloud - Defense.
    MyDomainMil,
    /// An instance such as `na139.salesforce.com`.
    Instance,
    /// A Hyperforce instance such as `usa2s.sfdc-xxxx.salesforce.com`.
    HyperforceInstance,
    /// Salesforce in China: `<label>.my.sfcrmapps.cn`, `<label>.my.sfcrmproducts.cn`.
    China,
    /// `<label>.my-salesforce.com`.
    Alternative,
    /// What Salesforce gives an org beside its My Domain, or gave it in earlier years: Lightning,
    /// Setup, Visualforce, sites, files, branded hosts; and Salesforce's own site. No API answers
    /// there; [`what_ui_host_is`] says which it is.
    UserInterface,
    /// An IP address that is not loopback, or numbers that programs read as an address.
    IpLiteral,
    /// This machine: `localhost`, 127.0.0.0/8, ::1.
    Loopback,
    /// Not a host at all: empty, too long, a scheme, a port, user-info, a trailing dot, a letter
    /// outside ASCII.
    Invalid,
    /// A well-formed host that is not Salesforce's.
    Other,
}

impl HostKind {
    /// Whether the host is one of the closed list that credentials may be sent to.
    pub const fn is_salesforce_api_host(self) -> bool {
        self.accepts_soap_login()
    }

    /// Whether the host is Salesforce's in any of the forms that are known; see [`is_salesforce_host`].
    pub const fn is_salesforce_host(self) -> bool {
        use HostKind::*;
        !matches!(self, IpLiteral | Loopback | Invalid | Other)
    }

    /// Whether a token endpoint for OAuth 2.0 client credentials may be there. Salesforce refuses
    /// them on its two login hosts; for instance hosts nothing is documented, so they may be tried.
    pub const fn accepts_client_credentials(self) -> bool {
        use HostKind::*;
        matches!(self, MyDomain { .. } | MyDomainMil | Instance | HyperforceInstance)
    }

    /// Whether SOAP `login()` may be there.
    pub const fn accepts_soap_login(self) -> bool {
        matches!(self, HostKind::ProductionLogin | HostKind::SandboxLogin)
            || self.accepts_client_credentials()
    }
}

/// What a host is. Takes the host alone, in any letter case; whatever else a URL can carry (scheme,
/// user-info, port, path) makes it [`HostKind::Invalid`].
pub fn classify(host: &str) -> HostKind {
    let name = match host_name::parse(host) {
        Host::Name(name) => name,
        Host::Ip(ip) if host_name::is_loopback_ip(ip) => return HostKind::Loopback,
        Host::Ip(_) | Host::OddIp => return HostKind::IpLiteral,
        Host::Invalid => return HostKind::Invalid,
    };
    match name.as_str() {
        "localhost" => HostKind::Loopback,
        PRODUCTION_LOGIN => HostKind::ProductionLogin,
        SANDBOX_LOGIN => HostKind::SandboxLogin,
        name if ui::is_ui_host(name) => HostKind::UserInterface,
        name => classify_org_host(name).unwrap_or(HostKind::Other),
    }
}

/// Whether credentials may be sent to a host without the user's own word: the closed list.
pub fn is_salesforce_api_host(host: &str) -> bool {
    classify(host).is_salesforce_api_host()
}

/// Whether a host is one of Salesforce's in any of the forms that are known, so that credentials
/// were meant for Salesforce; not whether they may be sent there.
pub fn is_salesforce_host(host: &str) -> bool {
    classify(host).is_salesforce_host()
}

/// Whether OAuth 2.0 client credentials may be exchanged at a host; see
/// [`HostKind::accepts_client_credentials`].
pub fn accepts_client_credentials(host: &str) -> bool {
    classify(host).accepts_client_credentials()
}

/// Whether SOAP `login()` may be called at a host; see [`HostKind::accepts_soap_login`].
pub fn accepts_soap_login(host: &str) -> bool {
    classify(host).accepts_soap_login()
}

/// Whether a host belongs to a sandbox (`true`), to production (`false`), or says neither.
///
/// Sandbox: the partition `sandbox`, `name--sandbox.my.…`, `cs` instances, the sandbox login host.
/// Production: no partition, the production login host, the other instances of the old naming
/// (`na`, `eu`, `ap`, `um`), which never held sandboxes. Developer, scratch, Trailhead, patch and
/// demo orgs are neither, and a Hyperforce name tells too little.
pub fn sandbox_by_host(host: &str) -> Option<bool> {
    let has_sandbox_name = || host.split('.').next().is_some_and(|label| label.contains("--"));
    match classify(host) {
        HostKind::SandboxLogin => Some(true),
        HostKind::ProductionLogin => Some(false),
        HostKind::MyDomain { partition: Some(Partition::Sandbox) } => Some(true),
        HostKind::MyDomain { partition: None } | HostKind::MyDomainMil => Some(has_sandbox_name()),
        HostKind::Instance => instance::is_sandbox(host),
        _ => None,
    }
}

fn classify_org_host(name: &str) -> Option<HostKind> {
    if let Some(front) = labels_before(name, "my.salesforce.com") {
        return my_domain(front);
    }
    if let Some(front) = labels_before(name, "my.salesforce.mil") {
        return is_my_domain_label(front).then_some(HostKind::MyDomainMil);
    }
    if let Some(front) = labels_before(name, "salesforce.com") {
        return instance::classify(front);
    }
    if CHINA_SUFFIXES.iter().any(|suffix| labels_before(name, suffix).is_some()) {
        return Some(HostKind::China);
    }
    labels_before(name, ALTERNATIVE_SUFFIX).map(|_| HostKind::Alternative)
}

/// `<label>` or `<label>.<partition>`.
fn my_domain(front: &str) -> Option<HostKind> {
    let (label, partition) = match front.split_once('.') {
        None => (front, None),
        Some((label, partition)) => (label, Some(Partition::parse(partition)?)),
    };
    is_my_domain_label(label).then_some(HostKind::MyDomain { partition })
}

/// A My Domain name is given in ASCII, so a punycode label is somebody's look-alike and never one.
fn is_my_domain_label(label: &str) -> bool {
    host_name::is_label(label) && !label.starts_with("xn--")
}

/// What stands before `.suffix`; `None` when nothing does or the host ends otherwise.
fn labels_before<'a>(name: &'a str, suffix: &str) -> Option<&'a str> {
    name.strip_suffix(suffix)?.strip_suffix('.').filter(|front| !front.is_empty())
}

#[cfg(test)]
mod tests;
