//! Reasons that lie with the host.

use super::{Explanation, MY_DOMAIN};
use crate::causes::Situation;
use crate::target::Flow;

/// The rest of a step that writes the right host to the file.
fn write_host(situation: &Situation, host: &str) -> String {
    match situation.flow {
        Flow::OAuth => format!("set `instanceUrl` to `https://{host}`."),
        Flow::Soap => format!("set `serverHost` to `{host}`."),
    }
}

fn write_my_domain(situation: &Situation) -> &'static str {
    match situation.flow {
        Flow::OAuth => "Set `instanceUrl` to it, without a path.",
        Flow::Soap => {
            "Set `serverHost` to its host, without `https://`; or remove `serverHost` and correct \
             `sandbox`, so that the login goes to login.salesforce.com or test.salesforce.com."
        }
    }
}

pub(super) fn not_this_domain(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce does not accept client credentials at {}, only at the org's own My Domain.",
        situation.host
    ))
    .step(MY_DOMAIN)
    .step(write_my_domain(situation))
    .at(situation.host_member())
}

pub(super) fn my_domain_only(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The org does not accept this login at {}: its policy allows only its own My Domain.",
        situation.host
    ))
    .step(MY_DOMAIN)
    .step(match situation.flow {
        Flow::OAuth => "Set `instanceUrl` to it, without a path.",
        Flow::Soap => "Set `serverHost` to its host, without `https://`.",
    })
    .step("If it already is, the user belongs to another org.")
    .at(situation.host_member())
}

pub(super) fn no_login(situation: &Situation) -> Explanation {
    Explanation::new(format!("{} answers, but has no Salesforce login.", situation.host))
        .step(
            "Check the spelling of the host. Addresses of pages (lightning.force.com, \
         salesforce-setup.com, sites) accept no logins.",
        )
        .step(MY_DOMAIN)
        .step(write_my_domain(situation))
        .at(situation.host_member())
}

/// Whoever answers can send a redirect, and anybody can have a My Domain: so look first.
pub(super) fn moved(situation: &Situation, to: &str) -> Explanation {
    Explanation::new(format!(
        "{} redirects to {to}, which looks like the org's new My Domain.",
        situation.host
    ))
    .step(format!(
        "In the org, open Setup > My Domain: is the Current My Domain URL {to}? The credentials \
         were not sent there. If it is not, something in between sends the redirect."
    ))
    .step(format!("If it is, {}", write_host(situation, to)))
    .step("Change it everywhere: Salesforce redirects from an old name only for a while.")
    .at(situation.host_member())
}

pub(super) fn redirected(situation: &Situation, to: Option<&str>) -> Explanation {
    let Situation { host, origin, .. } = situation;
    let to = to.map_or_else(|| "another address".to_owned(), ToOwned::to_owned);
    Explanation::new(format!(
        "{host} redirects the login to {to}, and credentials do not follow a redirect."
    ))
    .step(format!(
        "Open {origin} in a browser on this network. If a sign-in page of the network or a proxy \
         appears, sign in; if Salesforce announces maintenance, wait."
    ))
    .step(MY_DOMAIN)
    .step(write_my_domain(situation))
    .at(situation.host_member())
}

pub(super) fn https_required(situation: &Situation) -> Explanation {
    Explanation::new("Salesforce requires https, but the login arrived over http.")
        .step(match situation.flow {
            Flow::OAuth => "Begin `instanceUrl` with `https://`.",
            Flow::Soap => {
                "Set `serverHost` to a Salesforce host: those are always used over https."
            }
        })
        .step(
            "If it already is one, something between this machine and Salesforce removes the \
             encryption: ask your network team to let the host through unchanged.",
        )
        .at(situation.host_member())
}

pub(super) fn wrong_instance(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The org is not on the Salesforce instance behind {}.",
        situation.host
    ))
    .step(MY_DOMAIN)
    .step(write_my_domain(situation))
    .at(situation.host_member())
}
