//! Hosts as people paste them: alone, with a path, from the address bar, with blanks and what nobody sees.

use org_schema::address::Address;
use org_schema::allowed_hosts::AllowedHosts;
use org_schema::hosts::{self, HostKind};
use org_schema::{invisible, pasted};
use org_text::Foreign;

/// Characters of a host in a message at most.
const SHOWN: usize = 40;

/// What a person pasted as the host of an org.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pasted {
    /// Nothing.
    Nothing,
    /// A host that credentials may go to.
    Host(Host),
    /// Something else; the message says what to do.
    Refused(String),
}

/// A host that credentials may go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    /// The host, with a port where the user allows one.
    pub(crate) authority: String,
    /// The address: `https://` and the host, or what the user allows.
    pub(crate) url: String,
    /// Whether it belongs to a sandbox, where that can be told.
    pub(crate) sandbox: Option<bool>,
    /// Whether it is the host of an instance, which ends.
    pub(crate) is_instance: bool,
}

/// Reads the host of an org.
pub(crate) fn read(text: &str, allowed: &AllowedHosts) -> Pasted {
    let text = invisible::trim(text);
    if text.is_empty() {
        return Pasted::Nothing;
    }
    if let Some(host) = allowed_by_user(text, allowed) {
        return Pasted::Host(host);
    }
    let refused = |message: String| Pasted::Refused(message);
    // Before blanks are taken out: words beside an address are no part of it.
    let name = match pasted::find(text) {
        Some(found) => match found.host {
            Some(host) => host,
            None => return refused("Paste one address: there is more than one in it.".to_owned()),
        },
        None => {
            let packed: String =
                text.chars().filter(|c| !invisible::is_blank_or_unseen(*c)).collect();
            Address::split(&packed).host_name().to_ascii_lowercase()
        }
    };
    let name = hosts::my_domain_for_ui_host(&name).unwrap_or(name);
    let kind = hosts::classify(&name);
    if hosts::is_salesforce_api_host(&name) && kind.accepts_client_credentials() {
        return Pasted::Host(Host {
            url: format!("https://{name}"),
            sandbox: hosts::sandbox_by_host(&name),
            is_instance: matches!(kind, HostKind::Instance | HostKind::HyperforceInstance),
            authority: name,
        });
    }
    refused(why_not(&name, kind))
}

/// Why a host is none to log in at.
fn why_not(name: &str, kind: HostKind) -> String {
    let shown = format!("{:.SHOWN$}", Foreign(name));
    match kind {
        HostKind::ProductionLogin | HostKind::SandboxLogin => {
            format!("{shown} does not accept client credentials. Enter the My Domain URL.")
        }
        HostKind::UserInterface => {
            let what = hosts::what_ui_host_is(name).unwrap_or("a host for people");
            format!("This is {what}. Enter the My Domain URL.")
        }
        HostKind::China => {
            format!("{shown} is Salesforce in China: allow that host first.")
        }
        HostKind::Invalid => "This is no host name. Enter the My Domain URL.".to_owned(),
        HostKind::Loopback => "This is this computer, not a Salesforce host.".to_owned(),
        _ => format!("{shown} is not a Salesforce host."),
    }
}

/// What the user allows counts as it is written: the origin, without a path.
fn allowed_by_user(text: &str, allowed: &AllowedHosts) -> Option<Host> {
    let with_scheme =
        if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let address = Address::split(&with_scheme);
    let is_plain = address.user_info.is_none() && !address.host.is_empty();
    let origin = format!("{}://{}", address.scheme?, address.host_and_port);
    allowed.find_origin(&origin).filter(|_| is_plain)?;
    Some(Host {
        sandbox: hosts::sandbox_by_host(address.host_name()),
        authority: address.host_and_port.to_ascii_lowercase(),
        is_instance: false,
        url: origin,
    })
}
