//! What an administrator sets in Salesforce so that an app can log in by the OAuth 2.0 client
//! credentials flow. The steps after a conversion, the explanations of a refused login and the
//! documentation of the members read these sentences.
//!
//! Sources: Salesforce Help, "Configure the OAuth 2.0 Client Credentials Flow" for external client
//! apps and for connected apps; for the switch of the whole org, the setup guide of Cartography's
//! Salesforce module.

/// The scope that every operation needs.
macro_rules! api_scope {
    () => {
        "Manage user data via APIs (api)"
    };
}
pub(crate) use api_scope;

/// The switch of the whole org.
macro_rules! org_switch {
    () => {
        "Setup > OAuth and OpenID Connect Settings > Allow OAuth Client Credentials Flows"
    };
}
pub(crate) use org_switch;

/// Gives the app the scope without which no session is handed out: `full`, `web` and
/// `refresh_token` do not count in this flow (error `no valid scopes defined`, since Winter '26).
pub const ADD_SCOPE: &str = concat!(
    "In Setup > External Client App Manager > your app > Settings > OAuth Settings > Scopes, add ",
    api_scope!(),
    "; full, refresh_token and web do not count in this flow."
);

/// The name of that scope on Salesforce's screens.
pub const API_SCOPE: &str = api_scope!();

/// Switches the flow on in the app.
pub const TICK_IN_SETTINGS: &str = "In Setup > External Client App Manager > your app > Settings > \
     OAuth Settings > Flow Enablement, tick Enable Client Credentials Flow.";

/// Switches it on a second time, and names the user whom the app logs in as.
pub const TICK_IN_POLICIES: &str = "Tick Enable Client Credentials Flow in the app's Policies > \
                                    OAuth Policies too (the tick in Settings alone is not \
                                    enough), and enter the user name (not the email address) of \
                                    an active integration user as Run As.";

/// Switches the flow on in the org, without which the app cannot have it.
pub const ORG_SWITCH: &str = concat!(
    "Make sure that the org allows the flow at all: ",
    org_switch!(),
    ". While that is off, or My Domain is not deployed, the tick in the app cannot be set."
);

/// Where the tick and the Run As user are in a connected app.
pub const CONNECTED_APP: &str = "For a connected app, the tick is in Setup > App Manager > your app \
     > Edit, and Run As in its Manage > Edit Policies > Client Credentials Flow.";
