//! Refusals that lie with the app, for another tool.

use crate::causes::{Explanation, Situation};

pub(super) fn client_secret() -> Explanation {
    Explanation::new("Salesforce knows the app, but this is not its client secret.")
        .step(
            "Copy the Consumer Secret of the same app again: Setup > External Client App Manager > your \
             app > Settings > OAuth Settings > Consumer Key and Secret (connected app: Setup > App \
             Manager > your app > View > Manage Consumer Details).",
        )
        .step(
            "Give it to the tool without spaces or line breaks around it, and URL-encoded where \
             it is put into a form by hand."
        )
        .step("If the secret was rotated, use the new one.")
}

pub(super) fn grant_type(situation: &Situation) -> Explanation {
    Explanation::new(format!(
        "The token endpoint of {} does not accept the grant type that the tool sends.",
        situation.host
    ))
    .step(
        "Check the address: `https://<My Domain>/services/oauth2/token`, with https and without a \
         redirect on the way.",
    )
    .step(
        "Check the request: a form (`application/x-www-form-urlencoded`), not JSON, with \
         `grant_type` as the flow requires it.",
    )
    .step(
        "For client credentials, tick Enable Client Credentials Flow in the app's Settings and in its \
         Policies (Setup > External Client App Manager > your app).",
    )
    .step("Leave the client secret alone: Salesforce gives this answer whether it is right or \
           wrong.")
}

pub(super) fn scope() -> Explanation {
    Explanation::new("Salesforce refused a scope that the tool asks for.")
        .step(
            "In Setup > External Client App Manager > your app > Settings > OAuth Settings > Scopes, \
             add the scopes that the tool names, or let it name none.",
        )
        .step("Leave the client secret alone: this answer does not mean that it is wrong.")
}

pub(super) fn wants_proof() -> Explanation {
    Explanation::new("The app requires its clients to send a proof, which the tool does not.")
        .step(
            "In Setup > External Client App Manager > your app > Settings > OAuth Settings > \
             Security, see what it requires (PKCE, DPoP, a signed assertion).",
        )
        .step(
            "Let the tool send it, or create a separate app for the tool that does not require \
             it.",
        )
}
