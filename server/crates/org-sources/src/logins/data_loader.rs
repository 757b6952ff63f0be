//! Salesforce Data Loader: `config.properties` and `process-conf.xml`.

use std::collections::BTreeMap;

use super::value::{secret, written};
use super::{Flow, Login, Secret};
use crate::Located;
use crate::properties::Property;
use crate::xml::Xml;

const TOOL: &str = "Data Loader";

/// One setting: its key and its value.
type Entry<'a> = (&'a Located, Located);

pub(super) fn read_properties(properties: &[Property], text: &str) -> Vec<Login> {
    let entries: Vec<Entry<'_>> =
        properties.iter().map(|property| (&property.key, property.value.clone())).collect();
    login(&entries, None, text).into_iter().collect()
}

/// `<entry key value>` of each `<bean>`.
pub(super) fn read_xml(xml: &Xml, text: &str) -> Vec<Login> {
    let elements = xml.elements();
    let mut beans: BTreeMap<Option<usize>, Vec<Entry<'_>>> = BTreeMap::new();
    for (index, element) in elements.iter().enumerate() {
        if element.name != "entry" {
            continue;
        }
        let Some(key) = element.attribute("key") else { continue };
        let inside = || {
            let (_, value) = xml.children(index).find(|(_, child)| child.name == "value")?;
            Some(Located { value: value.text.clone(), span: value.text_span? })
        };
        let Some(value) = element.attribute("value").cloned().or_else(inside) else { continue };
        let above = std::iter::successors(element.parent, |at| elements.get(*at)?.parent);
        let bean =
            above.into_iter().find(|at| elements.get(*at).is_some_and(|it| it.name == "bean"));
        beans.entry(bean).or_default().push((key, value));
    }
    let logins = beans.into_iter().filter_map(|(bean, entries)| {
        let name = bean.and_then(|bean| elements.get(bean)?.attribute("id"));
        login(&entries, name, text)
    });
    logins.collect()
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
    login.password = get("sfdc.password").and_then(password);
    login.client_secret = ending("clientsecret").and_then(|(_, value)| secret(value));
    let address = ["sfdc.endpoint", "sfdc.endpoint.Production", "sfdc.endpoint.Sandbox"];
    let address = address.into_iter().find_map(get);
    if let Some(address) = address {
        login.set_address(address.clone(), text);
    }
    Some(login)
}

/// Data Loader writes what it has encrypted in hexadecimal digits.
fn password(value: &Located) -> Option<Secret> {
    let text = value.value.trim();
    let is_hex = text.len() >= 32 && text.len().is_multiple_of(2);
    if is_hex && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(Secret::Encrypted(value.span));
    }
    secret(value)
}
