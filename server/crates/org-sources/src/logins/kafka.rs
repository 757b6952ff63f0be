//! Kafka Connect: the Salesforce connectors' configurations, as JSON and as properties.

use org_syntax::NodeKind;

use super::value::{secret, written};
use super::{Flow, Login, api_version_in};
use crate::Located;
use crate::json::Json;
use crate::properties::Property;

const TOOL: &str = "Kafka Connect";

/// What the keys begin with.
const BEGINNING: &str = "salesforce.";

/// Settings that the connectors have and hardly anything else has.
const OWN: [&str; 10] = [
    "instance",
    "password.token",
    "consumer.key",
    "consumer.secret",
    "grant.type",
    "object",
    "objects",
    "push.topic.name",
    "platform.event.name",
    "jwt.keystore.path",
];

/// One setting: its key and its value.
type Entry = (Located, Located);

pub(super) fn read_properties(properties: &[Property]) -> Vec<Login> {
    let entries: Vec<Entry> =
        properties.iter().map(|property| (property.key.clone(), property.value.clone())).collect();
    let name = entries.iter().find(|(key, _)| key.value == "name").map(|(_, value)| value.clone());
    login(&entries, name).into_iter().collect()
}

/// Every object that has the settings as its members: the configuration itself, or below `config`.
pub(super) fn read_json(json: &Json<'_>) -> Vec<Login> {
    let objects = json.nodes().filter(|node| json.kind(*node) == NodeKind::Object);
    let logins = objects.filter_map(|object| {
        let entries = json.strings(object);
        if !entries.iter().any(|(key, _)| key.value.starts_with(BEGINNING)) {
            return None;
        }
        let around = json.object_around(object);
        let name = json.string(object, "name");
        login(&entries, name.or_else(|| json.string(around?, "name")))
    });
    logins.collect()
}

fn login(entries: &[Entry], name: Option<Located>) -> Option<Login> {
    let entry = |key: &str| {
        let is_it = |(it, value): &&Entry| {
            it.value.strip_prefix(BEGINNING) == Some(key) && !value.value.trim().is_empty()
        };
        entries.iter().rev().find(is_it)
    };
    let get = |key: &str| entry(key).map(|(_, value)| value);
    let (password, client) = (entry("password"), entry("consumer.secret"));
    let grant = ["grant.type", "oauth.grant.type", "auth.type"].into_iter().find_map(get);
    let grant = grant.map(|grant| grant.value.to_ascii_lowercase()).unwrap_or_default();
    let jwt = entry("jwt.keystore.path").or_else(|| entry("jwt.private.key"));
    let (telling, flow) = if grant.contains("jwt") || (jwt.is_some() && password.is_none()) {
        (jwt.or(entry("consumer.key"))?, Flow::Jwt)
    } else if grant.contains("client") || (client.is_some() && password.is_none()) {
        (client.or(entry("consumer.key"))?, Flow::ClientCredentials)
    } else if client.is_some() || entry("consumer.key").is_some() {
        (password?, Flow::UsernamePassword)
    } else {
        (password?, Flow::Basic)
    };
    let mut login = Login::new(TOOL, flow, telling.0.span);
    login.name = name;
    login.username = get("username").and_then(written);
    login.client_id = get("consumer.key").and_then(written);
    login.password = get("password").and_then(secret);
    login.security_token = get("password.token").and_then(secret);
    login.client_secret = get("consumer.secret").and_then(secret);
    login.api_version = get("version").and_then(api_version_in);
    login.host = ["instance", "url", "login.url"].into_iter().find_map(get).cloned();
    // Applications call their own settings so, too.
    let is_connector = |(key, _): &Entry| {
        let key = key.value.as_str();
        let of_connector = key.strip_prefix(BEGINNING).is_some_and(|key| OWN.contains(&key));
        of_connector || key.starts_with("connector.") || key.starts_with("tasks.")
    };
    login.is_possible = !entries.iter().any(is_connector);
    Some(login)
}
