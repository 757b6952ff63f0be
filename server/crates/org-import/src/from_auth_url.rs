//! An SFDX auth URL, as an org.

use org_sources::auth_url::AuthUrl;

use crate::found::{FoundHost, FoundOrg, FoundValue, FoundVersion, Source};
use crate::from_sf_output::{CLI_APP, app_auth};

/// Brings the org of an auth URL into one form. Its refresh token is no part of it.
pub fn from_auth_url(label: String, url: &AuthUrl) -> Source {
    let host = FoundHost::of(url.host.value.as_str());
    // "acme--uat" of acme--uat.sandbox.my.salesforce.com.
    let name = url.host.value.as_str().split('.').next().unwrap_or_default().to_owned();
    let app = url.client_id.as_ref().map(|id| id.value.as_str()).filter(|id| *id != CLI_APP);
    let secret = url.client_secret.as_ref().filter(|_| app.is_some());
    let secret = secret.map_or(FoundValue::Missing, |secret| FoundValue::Literal {
        value: secret.value.clone(),
        variable: None,
    });
    let org = FoundOrg {
        name,
        line: None,
        design_studio_org: None,
        sandbox: None,
        host,
        version: FoundVersion::Missing,
        auth: app_auth(app, secret, None),
    };
    Source { label, orgs: vec![org], ..Source::default() }
}
