//! The `SF_*`, `SFDC_*` and `SALESFORCE_*` names of a `.env` file, as orgs.

use org_sources::LoginPart;
use org_sources::env_file::{EnvLogin, EnvLogins};
use secrecy::ExposeSecret;

use crate::found::{AppState, FoundAuth, FoundHost, FoundOrg, FoundValue, FoundVersion, Source};

/// Brings the logins of a `.env` file into one form.
pub fn from_env_file(label: String, logins: &EnvLogins) -> Source {
    let orgs = logins.logins.iter().map(found).collect();
    let left_out =
        logins.broken.iter().map(|line| format!("line {} {}", line.number, line.problem));
    Source { label, orgs, left_out: left_out.collect(), ..Source::default() }
}

fn found(login: &EnvLogin) -> FoundOrg {
    let text = |key: LoginPart| login.get(key).map(|variable| variable.value.expose_secret());
    let sandbox = text(LoginPart::Sandbox).and_then(truth);
    let host = text(LoginPart::Host).map_or(FoundHost::Missing, FoundHost::of);
    let version = text(LoginPart::ApiVersion).map_or(FoundVersion::Missing, FoundVersion::set);
    let name = text(LoginPart::Name).map(str::to_owned).unwrap_or_else(|| {
        let of_host = host.my_domain().and_then(|host| host.split('.').next()).map(str::to_owned);
        let word = login.word.to_lowercase().replace('_', " ");
        let beginning = login.beginning.trim_end_matches('_').to_lowercase();
        match (word.is_empty(), of_host) {
            (false, _) => word,
            (true, Some(host)) => host,
            (true, None) => beginning,
        }
    });
    FoundOrg {
        name,
        line: login.variables.first().map(|variable| variable.line),
        design_studio_org: None,
        sandbox,
        host,
        version,
        auth: auth(login),
    }
}

/// An app with its secret logs in with client credentials, whoever logs in through it now; else user
/// name and password do.
fn auth(login: &EnvLogin) -> FoundAuth {
    let value = |key: LoginPart| {
        login.get(key).map_or(FoundValue::Missing, |variable| {
            FoundValue::of_variable(&variable.name, &variable.value)
        })
    };
    let (client_id, client_secret) = (value(LoginPart::ClientId), value(LoginPart::ClientSecret));
    let (username, password) = (value(LoginPart::Username), value(LoginPart::Password));
    let has_app = !client_id.is_missing() && !client_secret.is_missing();
    if has_app || (username.is_missing() && password.is_missing()) {
        // With a user and a password it was the flow that ends in February 2027.
        let app = if password.is_missing() { AppState::Ready } else { AppState::OtherFlow };
        let username = match &username {
            FoundValue::Literal { value, .. } => Some(value.expose_secret().to_owned()),
            _ => None,
        };
        return FoundAuth::ClientCredentials { client_id, client_secret, username, app };
    }
    FoundAuth::Basic { username, password, security_token: value(LoginPart::SecurityToken) }
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}
