//! Salesforce Data Loader: `config.properties` and `process-conf.xml`.

use std::collections::BTreeMap;

use super::value::{secret, written};
use super::{Flow, Login, Secret};
use crate::Located;
use crate::properties::Property;
use crate::xml::{Element, Xml};

const TOOL: &str = "Data Loader";

/// One setting: its key and its value.
type Entry<'a> = (&'a Located, Located);

pub(super) fn read_properties(properties: &[Property], text: &str) -> Vec<Login> {
    let entries: Vec<Entry<'_>> =
        properties.iter().map(|property| (&property.key, property.value.clone())).collect();
    login(&entries, None, text).into_iter().collect()
}

/// `<entry key value>` and `<prop key>` of each `<bean>`.
pub(super) fn read_xml(xml: &Xml, text: &str) -> Vec<Login> {
    let elements = xml.elements();
    let mut beans: BTreeMap<Option<usize>, Vec<Entry<'_>>> = BTreeMap::new();
    for (index, element) in elements.iter().enumerate() {
        let Some(key) = element.attribute("key") else { continue };
        let inside = |element: &Element| {
            Some(Located { value: element.text.trim().to_owned(), span: element.text_span? })
        };
        let below = || {
            let (_, value) = xml.children(index).find(|(_, child)| child.name == "value")?;
            inside(value)
        };
        let value = match local(&element.name) {
            "entry" => element.attribute("value").cloned().or_else(below),
            "prop" => inside(element),
            _ => continue,
        };
        let Some(value) = value else { continue };
        let above = std::iter::successors(element.parent, |at| elements.get(*at)?.parent);
        let bean = above
            .into_iter()
            .find(|at| elements.get(*at).is_some_and(|it| local(&it.name) == "bean"));
        beans.entry(bean).or_default().push((key, value));
    }
    let logins = beans.into_iter().filter_map(|(bean, entries)| {
        let name = bean.and_then(|bean| elements.get(bean)?.attribute("id"));
        login(&entries, name, text)
    });
    logins.collect()
}

/// A name without its prefix: Spring's namespace may have one.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn login(entries: &[Entry<'_>], name: Option<&Located>, text: &str) -> Option<Login> {
    let filled = |(_, value): &&Entry<'_>| !value.value.trim().is_empty();
    let entry = |key: &str| entries.iter().rev().filter(filled).find(|(it, _)| it.value == key);
    let ending = |end: &str| {
        let is_it = |key: &str| {
            let key = key.to_ascii_lowercase();
            key.starts_with("sfdc.oauth.") && key.ends_with(end)
        };
        entries.iter().filter(filled).find(|(key, _)| is_it(&key.value))
    };
    let get = |key: &str| entry(key).map(|(_, value)| value);
    let telling = [
        (entry("sfdc.password"), Flow::Basic),
        (ending("refreshtoken"), Flow::RefreshToken),
        (ending("accesstoken"), Flow::Session),
        (ending("clientsecret"), Flow::UsernamePassword),
        (entry("sfdc.username"), Flow::Unknown),
    ];
    let (telling, flow) = telling.into_iter().find_map(|(entry, flow)| Some((entry?, flow)))?;
    let mut login = Login::new(TOOL, flow, telling.0.span);
    login.name = name.cloned();
    login.username = get("sfdc.username").and_then(written);
    login.client_id = ending("clientid").and_then(|(_, value)| written(value));
    let has_key = entry("process.encryptionKeyFile").is_some();
    login.password = get("sfdc.password").and_then(|value| password(value, has_key));
    login.client_secret = ending("clientsecret").and_then(|(_, value)| secret(value));
    let of_an_environment = || {
        let mut addresses = entries
            .iter()
            .filter(filled)
            .filter(|(key, _)| key.value.starts_with("sfdc.endpoint."));
        addresses.next().map(|(_, address)| address)
    };
    let address = ["sfdc.endpoint", "sfdc.endpoint.Production", "sfdc.endpoint.Sandbox"];
    let address = address.into_iter().find_map(get).or_else(of_an_environment);
    if let Some(address) = address {
        login.set_address(address.clone(), text);
    }
    Some(login)
}

/// Data Loader writes what it has encrypted in hexadecimal digits; a short text of them may be a password
/// where no key is named to decrypt it with.
fn password(value: &Located, has_key: bool) -> Option<Secret> {
    let text = value.value.trim();
    let least = if has_key { 16 } else { 32 };
    let is_hex = text.len() >= least && text.len().is_multiple_of(2);
    if is_hex && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(Secret::Encrypted(value.span));
    }
    secret(value)
}
