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
        "The token endpoint of {} does not take the grant type that the tool sends.",
        situation.host
    ))
    .step(
        "Check the address: `https://<My Domain>/services/oauth2/token`, with https and without a \
         redirect on the way.",
    )
    .step(
        "Check the request: a form (`application/x-www-form-urlencoded`), not JSON, with `grant_type` \
         spelled as the flow has it.",
    )
    .step(
        "For client credentials, tick Enable Client Credentials Flow in the app's Settings and in its \
         Policies (Setup > External Client App Manager > your app).",
    )
    .step("Leave the client secret alone: this answer comes for a right and for a wrong one.")
}

pub(super) fn scope() -> Explanation {
    Explanation::new("Salesforce refused a scope that the tool asks for.")
        .step(
            "In Setup > External Client App Manager > your app > Settings > OAuth Settings > Scopes, \
             add the scopes that the tool names, or let it name none.",
        )
        .step("Leave the client secret alone: this answer says nothing against it.")
}

pub(super) fn wants_proof() -> Explanation {
    Explanation::new("The app demands a proof of its client that the tool does not send.")
        .step(
            "In Setup > External Client App Manager > your app > Settings > OAuth Settings > \
             Security, see what it demands (PKCE, DPoP, a signed assertion).",
        )
        .step(
            "Let the tool send it; or create an app of its own for the tool that does not demand \
             it.",
        )
}
