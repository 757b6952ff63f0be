//! Azure Data Factory: linked services, alone or in a template of Azure Resource Manager.

use org_syntax::{NodeId, NodeKind};

use super::value::{secret, written};
use super::{Flow, Login, Secret, api_version_in};
use crate::Located;
use crate::json::Json;

const TOOL: &str = "Azure Data Factory";

/// `type` of the linked services: with a user name and password, and with OAuth.
const WITH_PASSWORD: [&str; 2] = ["Salesforce", "SalesforceServiceCloud"];
const WITH_OAUTH: [&str; 2] = ["SalesforceV2", "SalesforceServiceCloudV2"];

pub(super) fn read(json: &Json<'_>) -> Vec<Login> {
    let objects = json.nodes().filter(|node| json.kind(*node) == NodeKind::Object);
    objects.filter_map(|object| linked_service(json, object)).collect()
}

fn linked_service(json: &Json<'_>, service: NodeId) -> Option<Login> {
    let kind = json.string(service, "type")?;
    let properties = json.get(service, "typeProperties")?;
    if json.kind(properties) != NodeKind::Object {
        return None;
    }
    let flow = if WITH_PASSWORD.contains(&kind.value.as_str()) {
        Flow::Basic
    } else if WITH_OAUTH.contains(&kind.value.as_str()) {
        Flow::ClientCredentials
    } else {
        return None;
    };
    // A dataset or an activity has such a type, too, and no login.
    let names = ["environmentUrl", "username", "password", "clientId", "encryptedCredential"];
    if !names.iter().any(|name| json.get(properties, name).is_some()) {
        return None;
    }
    let text = |name: &str| text_or_expression(json, properties, name);
    let mut login = Login::new(TOOL, flow, kind.span);
    login.name = json.object_around(service).and_then(|around| json.string(around, "name"));
    login.username = text("username").as_ref().and_then(written);
    login.client_id = text("clientId").as_ref().and_then(written);
    let secret_of = |name: &str| secret_member(json, properties, name);
    login.password = secret_of("password");
    login.security_token = secret_of("securityToken");
    login.client_secret = secret_of("clientSecret");
    let encrypted =
        || Some(Secret::Encrypted(json.span(json.get(properties, "encryptedCredential")?)));
    match flow {
        Flow::Basic => login.password = login.password.take().or_else(encrypted),
        _ => login.client_secret = login.client_secret.take().or_else(encrypted),
    }
    login.api_version = text("apiVersion").as_ref().and_then(api_version_in);
    login.host = text("environmentUrl");
    Some(login)
}

/// A text, or `{"type": "Expression", "value": …}`.
fn text_or_expression(json: &Json<'_>, properties: NodeId, name: &str) -> Option<Located> {
    let node = json.get(properties, name)?;
    match json.kind(node) {
        NodeKind::Object => json.string(node, "value"),
        _ => json.string(properties, name),
    }
}

/// A text, `{"type": "SecureString", "value": …}`, or a reference to a key vault.
fn secret_member(json: &Json<'_>, properties: NodeId, name: &str) -> Option<Secret> {
    let node = json.get(properties, name)?;
    if json.kind(node) != NodeKind::Object {
        return secret(&json.string(properties, name)?);
    }
    match json.string(node, "value") {
        Some(value) => secret(&value),
        None => Some(Secret::Reference(json.span(node))),
    }
}
