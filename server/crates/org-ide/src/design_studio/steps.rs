//! *Steps to OAuth 2.0 client credentials* for an org that Design Studio keeps: what to do in Salesforce and
//! in Design Studio's own screen, filled in for this org. sforg does none of it.

use org_schema::hosts::{self, HostKind};
use org_schema::jitterbit::{self, ProductVersion};
use org_schema::members::AuthType;
use org_schema::versions::LAST_SOAP_LOGIN;
use org_text::Foreign;

use super::Uses;
use crate::assists::SALESFORCE_STEPS;
use crate::context::Context;
use crate::document::Document;
use crate::effective::EffectiveVersion;
use crate::lower::Field;
use crate::names_listed::names_listed;

/// So many operations are named.
const OPERATIONS_NAMED: usize = 5;

/// The steps, in order; `None` for an org that is not on basic authentication.
pub fn oauth_steps(document: &Document, context: &Context<'_>) -> Option<Vec<String>> {
    let org = document.org().filter(|org| org.auth_type() == Some(AuthType::Basic))?;
    document.entity()?;
    let name = org.display_name().unwrap_or("this org");
    let mut steps: Vec<String> = update_first(context).into_iter().collect();
    steps.extend(SALESFORCE_STEPS.into_iter().map(str::to_owned));
    steps.push(format!(
        "In Design Studio open the Salesforce org \"{}\" and tick Select OAuth 2.0 Client Credentials.",
        Foreign(name)
    ));
    let written = org.server_host.as_ref().and_then(Field::str);
    steps.push(format!(
        "Enter {}, as Client ID the app's consumer key, and as Client secret its consumer secret.",
        instance_url(written, org.is_sandbox() == Some(true))
    ));
    steps.push("Click Test Salesforce Login there.".to_owned());
    let uses = Uses::of(document, context).filter(|uses| uses.count() > 0);
    steps.push(match uses {
        Some(uses) => format!(
            "Deploy the project. {} this org: {}.",
            match uses.count() {
                1 => "1 operation uses".to_owned(),
                many => format!("{many} operations use"),
            },
            Foreign(&names_listed(uses.described(), OPERATIONS_NAMED))
        ),
        None => "Deploy the project.".to_owned(),
    });
    let version = EffectiveVersion::of(org, context.project).map(|it| it.version);
    steps.push(match version {
        Some(version) if version > LAST_SOAP_LOGIN => {
            format!("Until then every login fails: API {version} has no SOAP login.")
        }
        _ => "Accept Design Studio's upgrade of the API version only after that: API 65.0 and later have no SOAP login.".to_owned(),
    });
    Some(steps)
}

/// Versions without OAuth 2.0 client credentials come first.
fn update_first(context: &Context<'_>) -> Option<String> {
    let (version, _) = context.project?.design_studio.as_ref()?;
    let least = ProductVersion::parse(jitterbit::LEAST_OAUTH_DESIGN_STUDIO)?;
    (*version < least).then(|| {
        format!(
            "Update Design Studio {version} to {least} or later, and the agent to {} or {} or later: older ones have no OAuth 2.0 client credentials.",
            jitterbit::LEAST_OAUTH_AGENT_11,
            jitterbit::LEAST_OAUTH_AGENT_12
        )
    })
}

/// What belongs into *Instance URL*, as far as the file tells.
fn instance_url(server_host: Option<&str>, is_sandbox: bool) -> String {
    let host = server_host.map(str::to_ascii_lowercase).filter(|host| {
        matches!(hosts::classify(host), HostKind::MyDomain { .. } | HostKind::MyDomainMil)
    });
    match host {
        Some(host) => format!("as Instance URL https://{host}"),
        None => {
            let like = if is_sandbox {
                "https://acme--uat.sandbox.my.salesforce.com"
            } else {
                "https://acme.my.salesforce.com"
            };
            format!("as Instance URL the org's My Domain (Setup > My Domain), such as {like}")
        }
    }
}
