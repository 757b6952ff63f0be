//! Apache Hop and Pentaho Kettle: the Salesforce steps of pipelines (`.hpl`) and transformations (`.ktr`).

use super::value::{secret, written};
use super::{Flow, Login};
use crate::Located;
use crate::xml::{Element, Xml};

/// What the type of a step begins with: `SalesforceInput`, `SalesforceUpsert` …
const TYPE: &str = "Salesforce";

pub(super) fn read(xml: &Xml, text: &str) -> Vec<Login> {
    let is_step = |element: &Element| matches!(element.name.as_str(), "transform" | "step");
    let steps = xml.elements().iter().enumerate().filter(|(_, element)| is_step(element));
    steps.filter_map(|(index, step)| login(xml, index, &step.name, text)).collect()
}

fn login(xml: &Xml, step: usize, element: &str, text: &str) -> Option<Login> {
    let get = |name: &str| {
        let (_, child) = xml.children(step).find(|(_, child)| child.name == name)?;
        trimmed(child, text)
    };
    let kind = get("type").filter(|kind| kind.value.starts_with(TYPE))?;
    let password = get("password");
    let tool = if element == "step" { "Pentaho Kettle" } else { "Apache Hop" };
    let mut login = Login::new(tool, Flow::Basic, kind.span);
    login.name = get("name");
    login.username = get("username").as_ref().and_then(written);
    login.password = password.as_ref().and_then(secret);
    if login.username.is_none() && login.password.is_none() {
        return None;
    }
    if let Some(address) = get("targeturl") {
        login.set_address(address, text);
    }
    Some(login)
}

/// The text of an element without the blanks around it.
fn trimmed(element: &Element, text: &str) -> Option<Located> {
    let span = element.text_span?;
    let written = span.text(text);
    let start = span.start + (written.len() - written.trim_start().len()) as u32;
    let end = start + written.trim().len() as u32;
    let value = element.text.trim().to_owned();
    (!value.is_empty()).then_some(Located { value, span: org_syntax::Span::new(start, end) })
}
