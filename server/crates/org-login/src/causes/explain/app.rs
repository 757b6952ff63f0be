//! Reasons that lie with the app of the client credentials flow.

use org_schema::client_credentials::{
    ADD_SCOPE, API_SCOPE, CONNECTED_APP, ORG_SWITCH, TICK_IN_POLICIES, TICK_IN_SETTINGS,
};

use super::Explanation;
use crate::causes::Situation;

/// A secret must stay as it is while the flow may be off: Salesforce answers the same either way
/// (`docs/domain.md`, oauth_flow_disabled).
const KEEP_THE_SECRET: &str =
    "Leave the client secret alone: Salesforce gives this answer whether it is right or wrong.";

pub(super) fn client_id(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The org at {} has no app with this client ID.",
        situation.host
    ))
    .step(
        "Copy the Consumer Key to `clientId`: Setup > External Client App Manager > your app > \
         Settings > OAuth Settings > Consumer Key and Secret (connected app: Setup > App Manager > \
         your app > View > Manage Consumer Details).",
    )
    .step(
        "Make sure that the app is in this org: production and each sandbox have their own, and \
         `instanceUrl` must be this org's My Domain.",
    )
    .step(
        "If the app was created or changed just now, wait: it can take ten minutes, sometimes \
         thirty, to reach all of Salesforce.",
    )
    .at("/auth/clientId")
}

pub(super) fn client_secret() -> Explanation {
    Explanation::new("Salesforce knows the app, but this is not its client secret.")
        .step(
            "Copy the Consumer Secret of the same app again: Setup > External Client App Manager > \
             your app > Settings > OAuth Settings > Consumer Key and Secret (connected app: Setup \
             > App Manager > your app > View > Manage Consumer Details).",
        )
        .step(
            "Store it where `clientSecret` points (environment variable, `.env` or keyring), \
             without spaces or line breaks around it.",
        )
        .step("If the secret was rotated, use the new one.")
        .at("/auth/clientSecret")
}

/// The steps that switch the flow on, everywhere it can be off.
fn switch_on(explanation: Explanation) -> Explanation {
    explanation
        .step(TICK_IN_SETTINGS)
        .step(TICK_IN_POLICIES)
        .step(ORG_SWITCH)
        .step(CONNECTED_APP)
        .at("/auth")
}

pub(super) fn flow_disabled() -> Explanation {
    switch_on(Explanation::new(
        "The app exists, but the app or its client credentials flow is off.",
    ))
    .step(KEEP_THE_SECRET)
}

pub(super) fn grant_type(situation: &Situation) -> Explanation {
    switch_on(Explanation::new(format!(
        "The token endpoint of {} does not accept client credentials.",
        situation.host
    )))
    .step(
        "Make sure that `instanceUrl` is the org's My Domain (Setup > My Domain), not a site, \
         community or proxy address.",
    )
    .step(KEEP_THE_SECRET)
}

pub(super) fn run_as_missing() -> Explanation {
    Explanation::new("The app has no user to run as.")
        .step(TICK_IN_POLICIES)
        .step(ORG_SWITCH)
        .step(CONNECTED_APP)
        .at("/auth")
}

pub(super) fn run_as_refused(says_why: bool) -> Explanation {
    let summary = if says_why {
        "Salesforce did not let the app's Run As user log in; its own message with this result \
         says why."
    } else {
        "Salesforce did not let the app's Run As user log in, and does not say why."
    };
    Explanation::new(summary)
        .step("In the org, open Setup > Login History: it shows the real reason.")
        .step(
            "Check the Run As user of Setup > External Client App Manager > your app > Policies > \
             OAuth Policies: active, not frozen, API Enabled, within the Login Hours and Login IP \
             Ranges.",
        )
        .step("Check in the same place that Enable Client Credentials Flow is ticked.")
        .at("/auth")
}

pub(super) fn grant_refused() -> Explanation {
    Explanation::new("Salesforce refused the client credentials without giving a reason.")
        .step("In the org, open Setup > Login History: it shows the real reason.")
        .step(
            "In Setup > External Client App Manager > your app > Policies > OAuth Policies, check \
             Enable Client Credentials Flow and the Run As user, who must be active.",
        )
        .step("Check that `instanceUrl` is this org's My Domain (Setup > My Domain).")
        .at("/auth")
}

pub(super) fn scope_missing() -> Explanation {
    Explanation::new("The app has no OAuth scope that the client credentials flow can grant.")
        .step(ADD_SCOPE)
        .step(
            "For a connected app, that is Setup > App Manager > your app > Edit > Selected OAuth \
             Scopes. A change takes a few minutes to reach all of Salesforce.",
        )
        .step("Leave the client secret alone: this answer does not mean that it is wrong.")
        .at("/auth")
}

pub(super) fn scope_refused() -> Explanation {
    Explanation::new("Salesforce refused a scope, although the login asks for none by name.")
        .step(format!(
            "Check the scopes of the app: Setup > External Client App Manager > your app > \
             Settings > OAuth Settings > Scopes must have {API_SCOPE}."
        ))
        .step(
            "Test from another network: a proxy or gateway in between may add a scope to the \
             request.",
        )
        .step("Leave the client secret alone: this answer does not mean that it is wrong.")
        .at("/auth")
}

pub(super) fn wants_proof() -> Explanation {
    Explanation::new(
        "The app requires its clients to send a proof, which the client credentials flow does not.",
    )
    .step(
        "In Setup > External Client App Manager > your app > Settings > OAuth Settings > \
         Security, untick Require Proof Key for Code Exchange (PKCE), and anything else there \
         that requires a proof from clients (DPoP, a signed assertion).",
    )
    .step("If other programs need that, create a separate app for this connection.")
    .step("Leave the client secret alone: this answer does not mean that it is wrong.")
    .at("/auth")
}

pub(super) fn not_approved() -> Explanation {
    Explanation::new("The app's Run As user is not approved to use the app.")
        .step(
            "In Setup > External Client App Manager > your app > Policies, look at Permitted \
             Users: with admin-approved users, a profile or permission set of the Run As user \
             must be selected for the app.",
        )
        .step(
            "Select one there (connected app: Setup > App Manager > your app > Manage > Manage \
             Profiles or Manage Permission Sets), or assign the permission set to the user.",
        )
        .at("/auth")
}

pub(super) fn not_in_org(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The external client app with this client ID is not installed in the org at {}.",
        situation.host
    ))
    .step(
        "Create or install the app in this org (Setup > External Client App Manager), and take \
         `clientId` and `clientSecret` from there.",
    )
    .step(
        "After the refresh of a sandbox, check the app: its OAuth settings may be gone, and its \
         key and secret may be new.",
    )
    .step("If the app is in another org, set `instanceUrl` to that org's My Domain.")
    .at("/auth/clientId")
}

pub(super) fn blocked() -> Explanation {
    Explanation::new("The org blocks this app.")
        .step(
            "In Setup > Connected Apps OAuth Usage, find the app and choose Unblock; if it is \
             listed but not installed, choose Install.",
        )
        .step(
            "Or ask the administrator why it is blocked, and use an external client app that was \
             created in this org (Setup > External Client App Manager).",
        )
        .at("/auth")
}
