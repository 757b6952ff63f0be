//! The OAuth 2.0 token endpoint.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::partial_escape;
use serde_json::{Map, Value};
use url::form_urlencoded;

use crate::accounts::{ACCOUNTS, Account, PRODUCTION};
use crate::answer::{Answer, JSON, Reply, XML};
use crate::cases::{Place, recorded};
use crate::chosen::Chosen;
use crate::hosts::Door;
use crate::misbehave::{Scene, Variation, misbehave, unknown};
use crate::world::{Received, World};

/// Scopes that the apps have.
const APP_SCOPES: &str = "api id";

/// Answers a request for a token.
pub(crate) fn answer(world: &World, request: &Received) -> Reply {
    if request.method != "POST" {
        return recorded("oauth-invalid-request-method").into();
    }
    world.counters.update(|stats| stats.oauth_logins.attempts += 1);
    let form = Form::read(request);
    let call = Call { world, request, format: Format::of(request, &form), form: &form };
    match call.check() {
        Checked::Granted(account) => call.success(&account, &Variation::default()).into(),
        Checked::OnDemand(chosen, secret) => call.on_demand(chosen, secret),
        Checked::Refused(case) => call.error(case).into(),
    }
}

/// Ends a session (RFC 7009, as Salesforce does it: 200 without a body).
pub(crate) fn revoke(world: &World, request: &Received) -> Answer {
    let form = Form::read(request);
    match form.get("token") {
        Some(token) if world.sessions.end(token) => {
            Answer::text(200, "").note("the session has ended")
        }
        _ => {
            let error = serde_json::json!({
                "error": "invalid_token",
                "error_description": "invalid token",
            });
            Answer::json(400, &error).note("invalid_token")
        }
    }
}

/// The parameters of the request.
struct Form(Vec<(String, String)>);

impl Form {
    /// A body of any other type than a form has no parameters.
    fn read(request: &Received) -> Self {
        let content_type = request.header("content-type").to_ascii_lowercase();
        let mut pairs = Vec::new();
        if let Some(query) = &request.query {
            pairs.extend(form_urlencoded::parse(query.as_bytes()).into_owned());
        }
        if content_type.starts_with("application/x-www-form-urlencoded") {
            pairs.extend(form_urlencoded::parse(&request.body).into_owned());
        }
        Self(pairs)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// How the answer is written.
#[derive(Debug, Clone, Copy)]
enum Format {
    Json,
    Xml,
    UrlEncoded,
}

impl Format {
    /// The `format` parameter, else the `Accept` header, else JSON.
    fn of(request: &Received, form: &Form) -> Self {
        match form.get("format") {
            Some("json") => return Self::Json,
            Some("xml") => return Self::Xml,
            Some("urlencoded") => return Self::UrlEncoded,
            _ => {}
        }
        let accept = request.header("accept").to_ascii_lowercase();
        if accept.contains("json") {
            Self::Json
        } else if accept.contains("xml") {
            Self::Xml
        } else if accept.contains("application/x-www-form-urlencoded") {
            Self::UrlEncoded
        } else {
            Self::Json
        }
    }

    fn write(self, status: u16, members: &Map<String, Value>) -> Answer {
        let pairs =
            || members.iter().map(|(name, value)| (name, value.as_str().unwrap_or_default()));
        match self {
            Self::Json => Answer::new(status, JSON, Value::Object(members.clone()).to_string()),
            Self::Xml => {
                let inner: String = pairs()
                    .map(|(name, value)| format!("<{name}>{}</{name}>", partial_escape(value)))
                    .collect();
                let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
                Answer::new(status, XML, format!("{declaration}<OAuth>{inner}</OAuth>"))
            }
            Self::UrlEncoded => {
                let body =
                    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs()).finish();
                Answer::new(status, "application/x-www-form-urlencoded;charset=UTF-8", body)
            }
        }
    }
}

/// What the checks came to.
enum Checked {
    Granted(Account),
    /// With the client id and secret that were sent.
    OnDemand(Chosen, Vec<String>),
    /// By the error of this recorded answer.
    Refused(&'static str),
}

struct Call<'a> {
    world: &'a World,
    request: &'a Received,
    format: Format,
    form: &'a Form,
}

impl Call<'_> {
    fn check(&self) -> Checked {
        let (client_id, secret) = match self.credentials() {
            Ok(credentials) => credentials,
            Err(case) => return Checked::Refused(case),
        };
        if let Some(chosen) = Chosen::by_client_id(&client_id) {
            return Checked::OnDemand(chosen, vec![client_id, secret]);
        }
        if matches!(self.request.door(), Door::Login | Door::Test | Door::Setup) {
            return Checked::Refused("oauth-domain-not-supported");
        }
        match self.form.get("grant_type") {
            Some("client_credentials") => {}
            // These two exist, but no refresh token and no user of the simulator fits them.
            Some("refresh_token") => return Checked::Refused("oauth-expired-token"),
            Some("password") => return Checked::Refused("oauth-authentication-failure"),
            _ => return Checked::Refused("oauth-unsupported-grant"),
        }
        let known = ACCOUNTS.into_iter().find(|account| {
            account.client_id == client_id
                && self.request.door().oauth_reaches(&self.request.authority, account)
        });
        let Some(account) = known else {
            return Checked::Refused("oauth-invalid-client-id");
        };
        if !self.world.admit(&client_id) {
            return Checked::Refused("oauth-rate-limit");
        }
        if secret != account.client_secret {
            return Checked::Refused("oauth-invalid-client");
        }
        let wanted = self.form.get("scope").unwrap_or_default();
        if wanted.split_whitespace().any(|scope| !APP_SCOPES.split(' ').any(|s| s == scope)) {
            return Checked::Refused("oauth-invalid-scope");
        }
        Checked::Granted(account)
    }

    /// Client id and secret, from the form or from HTTP Basic, but not from both.
    fn credentials(&self) -> Result<(String, String), &'static str> {
        let in_form = |name| self.form.get(name).unwrap_or_default().to_owned();
        let authorization = self.request.header("authorization");
        if authorization.is_empty() {
            return Ok((in_form("client_id"), in_form("client_secret")));
        }
        const MALFORMED: &str = "oauth-invalid-basic-header";
        if self.form.get("client_id").is_some() || self.form.get("client_secret").is_some() {
            return Err(MALFORMED);
        }
        let (client_id, secret) = basic_credentials(authorization).ok_or(MALFORMED)?;
        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        Ok((form_decoded(&client_id), form_decoded(&secret)))
    }

    fn on_demand(&self, chosen: Chosen, credentials: Vec<String>) -> Reply {
        match chosen {
            Chosen::Case(case) if case.place() == Place::Login => case.answer().into(),
            Chosen::Case(case) => {
                self.success(&PRODUCTION, &Variation::later(format!("case:{}", case.id))).into()
            }
            Chosen::Behaviour(behaviour, name) => misbehave(
                &behaviour,
                &name,
                &Scene {
                    request: self.request,
                    soap: None,
                    credentials,
                    success: &|variation| self.success(&PRODUCTION, variation),
                },
            ),
            Chosen::Unknown(what) => unknown(&what).into(),
        }
    }

    /// The error of a recorded answer, in the format that was asked for.
    fn error(&self, case: &str) -> Answer {
        let recorded = recorded(case);
        let members: Map<String, Value> =
            serde_json::from_slice(&recorded.body).unwrap_or_default();
        let note = members.get("error").and_then(Value::as_str).unwrap_or(case).to_owned();
        self.format.write(recorded.status, &members).note(note)
    }

    fn success(&self, account: &Account, variation: &Variation) -> Answer {
        self.world.counters.update(|stats| stats.oauth_logins.sessions += 1);
        let scope = variation.scope.unwrap_or(APP_SCOPES);
        let token = self.world.sessions.issue(account, scope, variation.later.as_deref());
        let origin = match &variation.origin {
            Some(origin) => origin.clone(),
            None => self.request.instance_origin(account.my_domain),
        };
        let id = format!(
            "https://{}/id/{}/{}",
            account.identity_host(),
            account.organization_id,
            account.user_id
        );
        let members = [
            ("access_token", token),
            ("signature", "NOTREALNOTREALNOTREALNOTREALNOTREALNOTREALN=".to_owned()),
            ("scope", scope.to_owned()),
            ("instance_url", origin),
            ("id", id),
            ("token_type", "Bearer".to_owned()),
            ("issued_at", milliseconds_now().to_string()),
        ];
        let members = members.map(|(name, value)| (name.to_owned(), Value::String(value)));
        self.format
            .write(200, &Map::from_iter(members))
            .header("Cache-Control", "no-store")
            .header("Pragma", "no-cache")
            .note(format!("{} is in", account.organization_name))
    }
}

/// User and password of a `Basic` header.
pub(crate) fn basic_credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// Values without a percent sign are taken as they are: Salesforce accepts both, and a raw `+`
/// would otherwise become a blank.
fn form_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let pair = format!("v={text}");
    form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect()
}

fn milliseconds_now() -> u128 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |elapsed| elapsed.as_millis())
}
