//! The rules of SOAP `login()`.

use super::envelope::{Flavour, LoginResult, client_fault, fault, login_response};
use super::request::{Operation, parse};
use crate::accounts::{ACCOUNTS, Account, PRODUCTION};
use crate::answer::{Answer, HTML, Reply};
use crate::cases::{Place, recorded};
use crate::chosen::Chosen;
use crate::hosts::Door;
use crate::misbehave::{Scene, Variation, misbehave, unknown};
use crate::world::{Received, World};

const WRONG: &str = "Invalid username, password, security token; or user locked out.";
const WRONG_SCOPE: &str =
    "Invalid username or password, locked out or Self-Service portal is not enabled";

/// The first version in which `login()` no longer exists.
const FIRST_WITHOUT_LOGIN: u16 = 65;
/// The oldest version that is not retired.
const OLDEST: u16 = 31;

/// Answers a request below `/services/Soap/u/` or `/c/`; `version` is the rest of the path.
pub(crate) fn answer(world: &World, request: &Received, flavour: Flavour, version: &str) -> Reply {
    match request.door() {
        // The Lightning host turns the POST into a GET on the way.
        Door::Lightning => return only_post(&request.path).into(),
        Door::Www => return recorded("soap-empty-500").into(),
        _ if request.method != "POST" => return only_post(&request.path).into(),
        _ => {}
    }
    let operation = match read(request) {
        Ok(operation) => operation,
        Err(answer) => return answer.into(),
    };
    if operation.name != "login" || operation.namespace != flavour.namespace() {
        let Operation { namespace, name, .. } = &operation;
        return client_fault(&format!(
            "No operation available for request {{{namespace}}}{name}, please check the WSDL for \
             the service."
        ))
        .into();
    }
    world.counters.update(|stats| stats.soap_logins.attempts += 1);
    let call = Call { world, request, flavour, version, operation: &operation };
    match Chosen::by_username(call.parameter("username")) {
        Some(chosen) => call.on_demand(chosen),
        None => call.by_the_rules().into(),
    }
}

/// The answer to anything but a POST.
fn only_post(path: &str) -> Answer {
    let path = quick_xml::escape::escape(path);
    let body = format!(
        "<html><head><title>Error 405 Only POST allowed</title></head><body>\
         <h2>HTTP ERROR 405</h2><p>Problem accessing {path}. Reason:<pre>    Only POST allowed\
         </pre></p></body></html>"
    );
    Answer::new(405, HTML, body).header("Allow", "POST").note("only POST allowed")
}

/// The checks that come before any look at versions or credentials.
fn read(request: &Received) -> Result<Operation, Answer> {
    let content_type = request.header("content-type").to_ascii_lowercase();
    if content_type.split(';').next().unwrap_or_default().trim() != "text/xml" {
        // The status is what HTTP says; no recording of it was found.
        let body = "<html><head><title>Error 415 Unsupported Media Type</title></head><body>\
                    <h2>HTTP ERROR 415</h2><p>Content-Type must be text/xml</p></body></html>";
        return Err(Answer::new(415, HTML, body).note("Content-Type is not text/xml"));
    }
    if !request.headers.contains_key("soapaction") {
        return Err(client_fault("SOAPAction HTTP header missing"));
    }
    parse(&request.body).map_err(client_fault)
}

/// One call of `login()`.
struct Call<'a> {
    world: &'a World,
    request: &'a Received,
    flavour: Flavour,
    version: &'a str,
    operation: &'a Operation,
}

impl Call<'_> {
    fn parameter(&self, name: &str) -> &str {
        self.operation.parameter(name).unwrap_or_default()
    }

    fn login_fault(&self, code: &str, message: &str) -> Answer {
        fault(self.flavour, "LoginFault", code, message)
    }

    /// What a user name asked for. The version and the password don't matter then.
    fn on_demand(&self, chosen: Chosen) -> Reply {
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
                    soap: Some(self.flavour),
                    credentials: vec![
                        self.parameter("username").to_owned(),
                        self.parameter("password").to_owned(),
                    ],
                    success: &|variation| self.success(&PRODUCTION, variation),
                },
            ),
            Chosen::Unknown(what) => unknown(&what).into(),
        }
    }

    fn by_the_rules(&self) -> Answer {
        let version = match self.checked_version() {
            Ok(version) => version,
            Err(answer) => return answer,
        };
        let username = self.parameter("username");
        let known = ACCOUNTS.into_iter().find(|account| {
            // Salesforce takes user names in any case.
            account.username.eq_ignore_ascii_case(username)
                && self.request.door().soap_reaches(&self.request.authority, account)
        });
        // Too many logins look like wrong credentials here.
        if !self.world.admit(&username.to_ascii_lowercase()) {
            return self.login_fault("INVALID_LOGIN", WRONG).note("INVALID_LOGIN (too many)");
        }
        let Some(account) = known else {
            return self.login_fault("INVALID_LOGIN", WRONG);
        };
        if let Some(organization) = &self.operation.scope_organization_id
            && organization.get(..15) != Some(account.organization_id_15())
        {
            return self.login_fault("INVALID_LOGIN", WRONG_SCOPE);
        }
        let password = self.parameter("password");
        let with_token = password.strip_prefix(account.password) == Some(account.security_token);
        if with_token || (password == account.password && !account.token_required) {
            let variation = Variation { version: Some(version), ..Variation::default() };
            self.success(&account, &variation)
        } else if password == account.password {
            self.token_required()
        } else {
            self.login_fault("INVALID_LOGIN", WRONG)
        }
    }

    /// The version that the answer's addresses carry.
    fn checked_version(&self) -> Result<String, Answer> {
        // Salesforce takes such an address for one that names version 7.0.
        if self.version.starts_with('v') {
            return Ok("7.0".to_owned());
        }
        let unsupported = || {
            let message = "Invalid Api version specified on URL";
            fault(self.flavour, "UnexpectedErrorFault", "UNSUPPORTED_API_VERSION", message)
        };
        let major = self
            .version
            .strip_suffix(".0")
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse::<u16>().ok())
            .filter(|major| (OLDEST..=self.world.options.newest_api).contains(major))
            .ok_or_else(unsupported)?;
        if major >= FIRST_WITHOUT_LOGIN {
            let message = format!(
                "The SOAP Login operation is not available in the API version specified \
                 ({major}.0). Refer to the documentation for supported versions."
            );
            return Err(self.login_fault("INVALID_OPERATION", &message));
        }
        Ok(format!("{major}.0"))
    }

    fn token_required(&self) -> Answer {
        // The long text stands once, in the recordings.
        let text = recorded("soap-must-use-security-token");
        let text = String::from_utf8_lossy(&text.body).into_owned();
        let message = text
            .split_once("<sf:exceptionMessage>")
            .and_then(|(_, rest)| rest.split_once("</sf:exceptionMessage>"))
            .map_or(WRONG, |(message, _)| message);
        self.login_fault("LOGIN_MUST_USE_SECURITY_TOKEN", message)
    }

    fn success(&self, account: &Account, variation: &Variation) -> Answer {
        self.world.counters.update(|stats| stats.soap_logins.sessions += 1);
        let scope = variation.scope.unwrap_or("full");
        let session_id = self.world.sessions.issue(account, scope, variation.later.as_deref());
        let own_origin = self.request.instance_origin(account.my_domain);
        login_response(&LoginResult {
            flavour: self.flavour,
            account,
            session_id: &session_id,
            origin: variation.origin.as_deref().unwrap_or(&own_origin),
            version: variation.version.as_deref().unwrap_or(self.version),
        })
    }
}
