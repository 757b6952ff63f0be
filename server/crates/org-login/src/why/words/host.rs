//! Logins that went to the wrong host, for another tool.

use crate::causes::{Explanation, MY_DOMAIN, Situation};

pub(super) fn not_this_domain(situation: &Situation) -> Explanation {
    my_domain(format!(
        "Salesforce does not accept this login at {}, only at the org's own My Domain.",
        situation.host
    ))
    .step(
        "Client credentials are accepted only at the My Domain, never at login.salesforce.com or \
         test.salesforce.com.",
    )
}

pub(super) fn my_domain_only(situation: &Situation) -> Explanation {
    my_domain(format!(
        "The org does not accept this login at {}: its policy allows only its own My Domain.",
        situation.host
    ))
}

pub(super) fn wrong_instance(situation: &Situation) -> Explanation {
    my_domain(format!("The org is not on the Salesforce instance behind {}.", situation.host)).step(
        "After the login, the tool must use the address that the answer names (`serverUrl`, \
         `instance_url`).",
    )
}

fn my_domain(summary: String) -> Explanation {
    Explanation::new(summary).step(MY_DOMAIN).step(
        "Set the tool's login URL (or instance URL, or domain) to it, without a path and without a \
         trailing slash.",
    )
}
