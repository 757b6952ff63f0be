//! Delegated authentication: Salesforce hands a user's password to a service of the company.

use super::{CONVERT, Explanation};
use crate::causes::Situation;
use crate::target::Flow;

pub(super) fn gateway(situation: &Situation) -> Explanation {
    let whose = match situation.flow {
        Flow::Soap => "this user's logins",
        Flow::OAuth => "the logins of the app's Run As user",
    };
    without_it(
        Explanation::new(format!(
            "Salesforce passes {whose} to a single sign-on service (delegated authentication), \
             but the org has no usable gateway address for it."
        )),
        situation,
    )
    .step(
        "Or have the address corrected: Setup > Single Sign-On Settings > Delegated \
         Authentication > Delegated Gateway URL.",
    )
}

pub(super) fn only(situation: &Situation) -> Explanation {
    without_it(
        Explanation::new("Salesforce requires this user to log in through single sign-on."),
        situation,
    )
    .step(
        "See also Setup > Single Sign-On Settings: the org can disable logins with Salesforce's own \
         user names and passwords.",
    )
}

pub(super) fn down(situation: &Situation) -> Explanation {
    without_it(
        Explanation::new(
            "The single sign-on service that checks this user's password did not answer \
             Salesforce.",
        )
        .step("Test again in a few minutes, and ask your identity team to check the service."),
        situation,
    )
}

/// The ways in for an integration user without the service.
fn without_it(explanation: Explanation, situation: &Situation) -> Explanation {
    explanation
        .step(
            "Remove the permission Is Single Sign-On Enabled from the integration user (Setup > \
             Profiles > the user's profile, and Setup > Permission Sets), and set a password that \
             Salesforce can check itself.",
        )
        .step_if(
            situation.flow == Flow::Soap,
            format!("Or use the action \"{CONVERT}\": that flow sends no password."),
        )
        .at(situation.user_member())
}
