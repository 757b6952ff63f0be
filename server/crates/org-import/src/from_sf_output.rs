//! What the Salesforce CLI prints, as orgs: the CLI has logged in with a session of its own, which is
//! no login for an integration, so an app is needed in its place.

use org_sources::sf_output::SfOrg;

use crate::found::{
    AppState, FoundAuth, FoundHost, FoundOrg, FoundValue, FoundVersion, Source, line_of,
};

/// The app of the Salesforce CLI itself, which takes no client credentials.
pub(crate) const CLI_APP: &str = "PlatformCLI";

/// Brings the orgs of an answer into one form. `text` is the answer.
pub fn from_sf_output(label: String, text: &str, orgs: &[SfOrg]) -> Source {
    let orgs = orgs.iter().map(|org| found(text, org)).collect();
    Source { label, orgs, ..Source::default() }
}

fn found(text: &str, org: &SfOrg) -> FoundOrg {
    let url_host = org.auth_url.as_ref().map(|url| &url.host);
    let host = org
        .instance_url
        .as_ref()
        .or(url_host)
        .map_or(FoundHost::Missing, |url| FoundHost::of(url.value.as_str()));
    let username = org.username.as_ref().map(|username| username.value.clone());
    let names = [&org.alias, &org.org_name, &org.username];
    let name = names.into_iter().flatten().next().map(|name| name.value.clone());
    let name = name.or_else(|| host.host().map(str::to_owned));
    let app = org.client_id.as_ref().map(|id| id.value.as_str()).filter(|id| *id != CLI_APP);
    FoundOrg {
        name: name.unwrap_or_default(),
        line: Some(line_of(text, org.span.start)),
        design_studio_org: None,
        sandbox: org.sandbox,
        host,
        version: org
            .api_version
            .as_ref()
            .map_or(FoundVersion::Missing, |it| FoundVersion::offered(it.value.as_str())),
        auth: app_auth(app, FoundValue::Missing, username),
    }
}

/// OAuth 2.0 through an app, where the source has one of its own.
pub(crate) fn app_auth(
    app: Option<&str>,
    client_secret: FoundValue,
    username: Option<String>,
) -> FoundAuth {
    let client_id = app.map_or(FoundValue::Missing, FoundValue::of);
    let app = if client_id.is_missing() { AppState::Missing } else { AppState::OtherFlow };
    FoundAuth::ClientCredentials { client_id, client_secret, username, app }
}
