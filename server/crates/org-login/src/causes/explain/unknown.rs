//! Answers that are shown as they came, with as much as their words allow.

use org_text::Foreign;

use super::{Explanation, LOGIN_HISTORY};
use crate::causes::{Situation, Subject};
use crate::target::Flow;

/// Salesforce's words are shown with the result, so this only says where to look.
pub(super) fn unknown(situation: &Situation, about: Option<Subject>) -> Explanation {
    let host = &situation.host;
    let refused = match &situation.code {
        Some(code) => format!(
            "Salesforce at {host} refused the login with {}, for a reason that sforg does not \
             recognize",
            Foreign(code)
        ),
        None => format!("Salesforce at {host} refused the login without a code"),
    };
    let subject = about.map_or_else(String::new, |about| {
        format!("; its text is about {}", named(about, situation))
    });
    let explanation = Explanation::new(format!("{refused}{subject}."))
        .step("Read Salesforce's own code and message with this result.");
    let explanation = match about {
        None => explanation
            .step("In the org, open Setup > Login History: it may show more about this attempt."),
        Some(about) => look_at(explanation, about, situation),
    };
    explanation.step("Look the code up in Salesforce Help, or ask Salesforce Support about it.")
}

fn named(about: Subject, situation: &Situation) -> &'static str {
    match (about, situation.flow) {
        (Subject::App, _) => "the app",
        (Subject::User, Flow::OAuth) => "the app's Run As user",
        (Subject::User, Flow::Soap) => "the user",
        (Subject::Org, _) => "the org",
        (Subject::Network, _) => "the network that the login comes from",
    }
}

fn look_at(explanation: Explanation, about: Subject, situation: &Situation) -> Explanation {
    match (about, situation.flow) {
        (Subject::App, _) => explanation
            .step(
                "In Setup > External Client App Manager > your app > Policies > OAuth Policies, \
                 check that the app is enabled, Enable Client Credentials Flow is ticked, and the \
                 Run As user may use the app.",
            )
            .step("Leave the client secret alone until the reason is known.")
            .at("/auth"),
        (Subject::User, Flow::OAuth) => explanation
            .step(
                "Check the Run As user of Setup > External Client App Manager > your app > \
                 Policies > OAuth Policies: active, not frozen, API Enabled, within the Login \
                 Hours and Login IP Ranges.",
            )
            .step("In the org, open Setup > Login History: it may list this attempt.")
            .at("/auth"),
        (Subject::User, Flow::Soap) => explanation
            .step(
                "In Setup > Users, check that the user is active, not frozen and not locked, and \
                 that the profile has API Enabled and the right Login Hours and Login IP Ranges.",
            )
            .step(LOGIN_HISTORY)
            .at("/auth/username"),
        (Subject::Org, _) => explanation
            .step("Log in to the org in a browser to see what Salesforce says about it.")
            .step("Check that the host is this org's: Setup > My Domain."),
        (Subject::Network, _) => explanation
            .step(
                "See Setup > Security > Network Access, and the Login IP Ranges of the user's \
                 profile, for the addresses from which the org accepts logins.",
            )
            .step(
                "In the org, open Setup > Login History: it may list this attempt, with the \
                 address that Salesforce saw (column Source IP).",
            ),
    }
}

/// Codes that sforg's own request cannot cause.
pub(super) fn other_request(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce at {} answered as if it had received a different request.",
        situation.host
    ))
    .step("Read Salesforce's own code and message with this result.")
    .step(
        "Test from another network: a proxy or gateway in between may rewrite requests or follow \
         redirects.",
    )
    .step(
        "Leave the credentials alone. If it keeps happening, report it as a bug in sforg, without \
         any credentials.",
    )
}

pub(super) fn client_unsupported(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "Salesforce at {} does not accept this kind of client.",
        situation.host
    ))
    .step("Read Salesforce's own message with this result.")
    .step(
        "Test from another network: a proxy in between may speak an old version of TLS or change \
         the request.",
    )
    .step("Leave the credentials alone: this answer says nothing about them.")
}
