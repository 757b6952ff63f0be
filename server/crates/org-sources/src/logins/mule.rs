//! MuleSoft applications: the Salesforce connector's configurations (Mule 3 and 4).

use std::collections::BTreeSet;

use super::value::{secret, written};
use super::{Flow, Login, api_version_in};
use crate::Located;
use crate::xml::{Element, Xml};

const TOOL: &str = "MuleSoft";

/// The ends of the connector's namespaces; the prefix is a file's own affair.
const NAMESPACES: [&str; 3] = ["/mule/salesforce", "/mule/sfdc", "/mule/salesforce-composite"];
/// Prefixes where a fragment declares none.
const USUAL_PREFIXES: [&str; 2] = ["salesforce", "sfdc"];

const ADDRESSES: [&str; 6] =
    ["url", "tokenUrl", "tokenEndpoint", "authorizationUrl", "accessTokenUrl", "instanceUrl"];

/// The logins of the elements with one of these prefixes; with the usual ones where there are none.
pub(super) fn read(xml: &Xml, prefixes: &BTreeSet<&str>, text: &str) -> Vec<Login> {
    let is_ours = |prefix: &str| {
        let usual = prefixes.is_empty() && USUAL_PREFIXES.contains(&prefix);
        usual || prefixes.contains(prefix)
    };
    let (mut logins, mut taken) = (Vec::new(), BTreeSet::new());
    for (index, element) in xml.elements().iter().enumerate() {
        let Some((prefix, local)) = element.name.split_once(':') else { continue };
        let is_inside = element.parent.is_some_and(|parent| taken.contains(&parent));
        if !is_ours(prefix) || is_inside {
            continue;
        }
        let parts: Vec<&Element> =
            [element].into_iter().chain(xml.children(index).map(|(_, child)| child)).collect();
        if let Some(flow) = flow(local, &parts) {
            taken.insert(index);
            let around = element.parent.and_then(|parent| xml.elements().get(parent));
            logins.push(login(flow, &parts, around, text));
        }
    }
    logins
}

/// The prefixes that a file has declared for the connector.
pub(super) fn prefixes(xml: &Xml) -> BTreeSet<&str> {
    let attributes = xml.elements().iter().take(64).flat_map(|element| &element.attributes);
    let declared = attributes.filter_map(|attribute| {
        let prefix = attribute.name.strip_prefix("xmlns:")?;
        let namespace = attribute.value.value.trim_end_matches('/');
        NAMESPACES.iter().any(|end| namespace.ends_with(end)).then_some(prefix)
    });
    declared.collect()
}

fn flow(local: &str, parts: &[&Element]) -> Option<Flow> {
    let is_connection = local.ends_with("-connection");
    // Mule 3 has no element of its own for the connection.
    let is_configuration = local.starts_with("config")
        || matches!(local, "basic" | "cached-basic-config" | "basic-config" | "cached-config");
    if !is_connection && !is_configuration {
        return None;
    }
    let has = |name: &str| attribute(parts, &[name]).is_some();
    Some(if local.contains("client-credentials") {
        Flow::ClientCredentials
    } else if local.contains("user-pass") {
        Flow::UsernamePassword
    } else if local.contains("jwt") {
        Flow::Jwt
    } else if local.contains("saml") {
        Flow::Unknown
    } else if local.contains("oauth") {
        Flow::RefreshToken
    } else if local.contains("basic") || has("username") || has("password") {
        Flow::Basic
    } else {
        return None;
    })
}

fn attribute<'a>(parts: &[&'a Element], names: &[&str]) -> Option<&'a Located> {
    names.iter().find_map(|name| parts.iter().find_map(|part| part.attribute(name)))
}

fn login(flow: Flow, parts: &[&Element], around: Option<&Element>, text: &str) -> Login {
    let get = |names: &[&str]| attribute(parts, names);
    let own = &parts[0];
    let mut login = Login::new(TOOL, flow, own.name_span);
    let named = |element: &Element| {
        ["name", "doc:name"].iter().find_map(|name| element.attribute(name)).cloned()
    };
    login.name = named(own).or_else(|| around.and_then(named));
    login.username = get(&["username", "principal"]).and_then(written);
    login.client_id = get(&["clientId", "consumerKey"]).and_then(written);
    login.password = get(&["password"]).and_then(secret);
    login.security_token = get(&["securityToken"]).and_then(secret);
    login.client_secret = get(&["clientSecret", "consumerSecret"]).and_then(secret);
    login.api_version = get(&["apiVersion"]).and_then(api_version_in);
    if let Some(address) = get(&ADDRESSES).filter(|address| !address.value.is_empty()) {
        login.set_address(address.clone(), text);
    }
    login
}
