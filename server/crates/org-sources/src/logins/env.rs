//! `.env` files: the same names that [`crate::env_file`] reads, as logins.

use org_syntax::Span;
use secrecy::ExposeSecret;

use super::value::{is_reference, written};
use super::{Flow, Login, Secret, Written, api_version_in};
use crate::env_file::{self, EnvLogin, EnvVariable};
use crate::{Located, LocatedSecret, LoginPart};

const TOOL: &str = ".env";

/// Whose hosts are no orgs': a warehouse with the same initials, and products with logins of their own.
const OTHER_HOSTS: [&str; 4] = ["snowflake", "marketingcloudapis", "exacttarget", "demandware"];
/// Words of names for those products.
const OTHER_PRODUCTS: [&str; 6] =
    ["MARKETING_CLOUD", "MARKETINGCLOUD", "MC", "COMMERCE_CLOUD", "B2C", "SNOWFLAKE"];

pub(super) fn read(text: &str) -> Vec<Login> {
    let logins = env_file::read(text).logins;
    logins.into_iter().filter_map(|login| one(&login, text)).collect()
}

fn one(login: &EnvLogin, text: &str) -> Option<Login> {
    let has = |key| {
        login.get(key).is_some_and(|variable| !variable.value.expose_secret().trim().is_empty())
    };
    let flow = match (has(LoginPart::Password), has(LoginPart::ClientSecret)) {
        (true, true) if has(LoginPart::ClientId) => Flow::UsernamePassword,
        (true, _) => Flow::Basic,
        (false, true) => Flow::ClientCredentials,
        _ if has(LoginPart::Session) => Flow::RefreshToken,
        _ => Flow::Unknown,
    };
    let telling = match flow {
        Flow::Basic | Flow::UsernamePassword => LoginPart::Password,
        Flow::ClientCredentials => LoginPart::ClientSecret,
        Flow::RefreshToken => LoginPart::Session,
        _ => [LoginPart::Username, LoginPart::ClientId].into_iter().find(|key| has(*key))?,
    };
    let host = located(login.get(LoginPart::Host)).filter(|host| !host.value.is_empty());
    let host = host.map(whole_host);
    let is_elsewhere = |host: &Located| OTHER_HOSTS.iter().any(|it| host.value.contains(it));
    if host.as_ref().is_some_and(is_elsewhere) || is_other_product(&login.word) {
        return None;
    }
    let place = name_of(login.get(telling)?, text);
    let mut found = Login::new(TOOL, flow, place);
    found.name = located(login.get(LoginPart::Name));
    found.api_version = located(login.get(LoginPart::ApiVersion)).as_ref().and_then(api_version_in);
    found.sandbox = located(login.get(LoginPart::Sandbox)).and_then(sandbox);
    found.username = value(login.get(LoginPart::Username));
    found.client_id = value(login.get(LoginPart::ClientId));
    found.password = secret(login.get(LoginPart::Password));
    found.security_token = secret(login.get(LoginPart::SecurityToken));
    found.client_secret = secret(login.get(LoginPart::ClientSecret));
    // Other programs have names that begin with SF_, too.
    let is_salesforce = |host: &Located| host.value.contains("salesforce");
    found.is_possible = login.beginning == "SF_" && !host.as_ref().is_some_and(is_salesforce);
    if let Some(host) = host {
        found.set_address(host, text);
    }
    Some(found)
}

/// Whether the word between the parts of a name says that it is about something else of Salesforce's.
fn is_other_product(word: &str) -> bool {
    OTHER_PRODUCTS.iter().any(|product| {
        word.match_indices(product).any(|(at, _)| {
            let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == b'_');
            let bytes = word.as_bytes();
            is_end(bytes.get(at.wrapping_sub(1))) && is_end(bytes.get(at + product.len()))
        })
    })
}

/// `test`, `acme.my`: what stands before `.salesforce.com`.
fn whole_host(mut host: Located) -> Located {
    let is_part =
        |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
    let is_short = !host.value.contains('.') || host.value.ends_with(".my");
    if is_short && is_part(&host.value) && host.value != "localhost" {
        host.value.push_str(".salesforce.com");
    }
    host
}

/// The name of a variable, in front of its value.
fn name_of(variable: &EnvVariable, text: &str) -> Span {
    let before = text.get(..variable.span.start as usize).unwrap_or_default();
    let start = before.rfind(variable.name.as_str()).unwrap_or(variable.span.start as usize);
    Span::new(start as u32, (start + variable.name.len()) as u32)
}

/// The value alone: without quotes, and without a comment behind it.
fn located(variable: Option<&EnvVariable>) -> Option<Located> {
    let variable = variable?;
    Some(Located { value: variable.value.expose_secret().to_owned(), span: variable.span })
}

fn value(variable: Option<&EnvVariable>) -> Option<Written> {
    written(&located(variable)?)
}

fn secret(variable: Option<&EnvVariable>) -> Option<Secret> {
    let variable = variable?;
    let text = variable.value.expose_secret();
    let is_variable = text.starts_with('$') && text.len() > 1;
    match text {
        "" => None,
        _ if is_variable || is_reference(text) => Some(Secret::Reference(variable.span)),
        _ => Some(Secret::Literal(LocatedSecret {
            value: variable.value.clone(),
            span: variable.span,
        })),
    }
}

fn sandbox(value: Located) -> Option<(bool, Span)> {
    let is_sandbox = match value.value.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" | "sandbox" | "test" => true,
        "false" | "0" | "no" | "off" | "production" => false,
        _ => return None,
    };
    Some((is_sandbox, value.span))
}
