//! What holds for an org when its own file does not say it.

use org_schema::address::Address;
use org_schema::members::AuthType;
use org_schema::{ApiVersion, hosts};
use org_syntax::Span;

use crate::lower::{Field, OrgDef};
use crate::project_facts::ProjectFacts;

/// Who says which API version an org uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionOrigin {
    /// The org's own `apiVersion`.
    Own,
    /// The project's.
    Project,
}

/// The API version that an org uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EffectiveVersion {
    /// The version.
    pub version: ApiVersion,
    /// Where it is written.
    pub origin: VersionOrigin,
}

impl EffectiveVersion {
    /// The org's own version, else the project's; `None` when that cannot be read.
    pub fn of(org: &OrgDef, project: Option<&ProjectFacts>) -> Option<Self> {
        match &org.api_version {
            Some(field) => {
                let version = field.str().and_then(ApiVersion::parse)?;
                Some(Self { version, origin: VersionOrigin::Own })
            }
            // Another tool has its own version, whatever is written.
            None if org.flow.is_some() => None,
            None => {
                let version = project?.version()?;
                Some(Self { version, origin: VersionOrigin::Project })
            }
        }
    }
}

/// The *Server host* that the system completes when the file writes none.
pub(crate) fn derived_server_host(org: &OrgDef) -> Option<String> {
    match org.auth_type()? {
        AuthType::Basic => {
            let host =
                if org.is_sandbox()? { hosts::SANDBOX_LOGIN } else { hosts::PRODUCTION_LOGIN };
            Some(host.to_owned())
        }
        AuthType::OAuth2ClientCredentials => {
            url_authority(org.auth.instance_url.as_ref()?.str()?).map(str::to_owned)
        }
    }
}

/// Host and port of an instance URL, as written; `None` when there is no host to be seen.
fn url_authority(url: &str) -> Option<&str> {
    let address = Address::of_url(url)?;
    (!address.host_name().is_empty()).then_some(address.host_and_port)
}

/// The host of an instance URL, as written; `None` when there is none to be seen.
pub(crate) fn url_host(url: &str) -> Option<&str> {
    let host = Address::of_url(url)?.host;
    let host = host.strip_prefix('[').map_or(host, |host| host.trim_end_matches(']'));
    (!host.is_empty()).then_some(host)
}

/// Same host and user, or same host and client ID, is the same connection.
pub(crate) fn connection_key(org: &OrgDef) -> Option<(String, Span)> {
    let written = |field: &Option<Field>| {
        let string = field.as_ref()?.string()?;
        (!string.value.is_empty()).then(|| (string.value.clone(), string.span))
    };
    let host = match (org.auth_type()?, &org.server_host) {
        (AuthType::Basic, Some(field)) => field.str()?.to_owned(),
        (AuthType::Basic, None) => derived_server_host(org)?,
        // With its port, which tells apart the orgs behind one proxy or simulator.
        (AuthType::OAuth2ClientCredentials, _) => {
            let url = org.auth.instance_url.as_ref()?.str()?;
            url_host(url)?;
            url.split_once("://")?.1.trim_end_matches('/').to_owned()
        }
    }
    .to_ascii_lowercase();
    let (kind, (who, span)) = match org.auth_type()? {
        AuthType::Basic => ("user", written(&org.auth.username)?),
        AuthType::OAuth2ClientCredentials => ("client", written(&org.auth.client_id)?),
    };
    let who = if kind == "user" { who.to_lowercase() } else { who };
    Some((format!("{host}\n{kind}\n{who}"), span))
}
