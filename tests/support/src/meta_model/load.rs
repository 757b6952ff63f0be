//! Reads `metaModel.json`.

use std::collections::HashMap;

use serde_json::Value;

use super::types::{Enumeration, Message, Property, Type, Way};
use super::{MetaModel, Structure};

/// Reads the whole model.
pub(super) fn load(text: &str) -> Result<MetaModel, String> {
    let json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let written = structures(&json)?;
    let mut model = MetaModel::default();
    for name in written.keys() {
        let mut properties = HashMap::new();
        collect(name, &written, &mut properties, 0)?;
        let proposed = written[name].proposed;
        model.structures.insert(name.clone(), Structure { properties, proposed });
    }
    for item in list(&json, "enumerations")? {
        model.enumerations.insert(string(item, "name")?, enumeration(item)?);
    }
    for item in list(&json, "typeAliases")? {
        model.aliases.insert(string(item, "name")?, type_of(&item["type"])?);
    }
    for item in list(&json, "requests")? {
        model.requests.insert(string(item, "method")?, message(item)?);
    }
    for item in list(&json, "notifications")? {
        model.notifications.insert(string(item, "method")?, message(item)?);
    }
    Ok(model)
}

/// A structure as it is written: its own properties, and what it takes from others.
struct Written {
    above: Vec<String>,
    properties: Vec<Property>,
    proposed: bool,
}

fn structures(json: &Value) -> Result<HashMap<String, Written>, String> {
    let mut all = HashMap::new();
    for item in list(json, "structures")? {
        let above = ["extends", "mixins"].into_iter().filter_map(|name| item[name].as_array());
        let above =
            above.flatten().map(|parent| string(parent, "name")).collect::<Result<_, _>>()?;
        let properties = properties(&item["properties"])?;
        let written = Written { above, properties, proposed: flag(item, "proposed") };
        all.insert(string(item, "name")?, written);
    }
    Ok(all)
}

/// So deep may structures extend each other; more is a circle.
const DEEPEST: usize = 20;

/// A structure's own properties win over those of what it extends.
fn collect(
    name: &str,
    written: &HashMap<String, Written>,
    into: &mut HashMap<String, Property>,
    depth: usize,
) -> Result<(), String> {
    let structure = written.get(name).ok_or_else(|| format!("there is no structure {name}"))?;
    if depth > DEEPEST {
        return Err(format!("{name} extends itself"));
    }
    for parent in &structure.above {
        collect(parent, written, into, depth + 1)?;
    }
    let own = structure.properties.iter().map(|own| (own.name.clone(), own.clone()));
    into.extend(own);
    Ok(())
}

fn properties(json: &Value) -> Result<Vec<Property>, String> {
    let list = json.as_array().ok_or_else(|| format!("{json} is no list of properties"))?;
    let property = |item: &Value| {
        Ok(Property {
            name: string(item, "name")?,
            kind: type_of(&item["type"])?,
            optional: flag(item, "optional"),
            proposed: flag(item, "proposed"),
        })
    };
    list.iter().map(property).collect()
}

fn enumeration(item: &Value) -> Result<Enumeration, String> {
    let values = list(item, "values")?.iter().filter(|value| !flag(value, "proposed"));
    Ok(Enumeration {
        kind: type_of(&item["type"])?,
        values: values.map(|value| value["value"].clone()).collect(),
        open: flag(item, "supportsCustomValues"),
        proposed: flag(item, "proposed"),
    })
}

fn message(item: &Value) -> Result<Message, String> {
    let part = |name: &str| item.get(name).map(type_of).transpose();
    let direction = match item["messageDirection"].as_str() {
        Some("clientToServer") => Way::ToServer,
        Some("serverToClient") => Way::ToClient,
        Some("both") => Way::Both,
        _ => return Err(format!("{item} goes no way")),
    };
    Ok(Message {
        direction,
        params: part("params")?,
        result: part("result")?,
        partial_result: part("partialResult")?,
        registration: part("registrationOptions")?,
        proposed: flag(item, "proposed"),
    })
}

fn type_of(json: &Value) -> Result<Type, String> {
    let boxed = |name: &str| type_of(&json[name]).map(Box::new);
    let items = || list(json, "items")?.iter().map(type_of).collect::<Result<Vec<_>, _>>();
    Ok(match json["kind"].as_str() {
        Some("base") => Type::Base(string(json, "name")?),
        Some("reference") => Type::Reference(string(json, "name")?),
        Some("array") => Type::Array(boxed("element")?),
        Some("map") => Type::Map(boxed("key")?, boxed("value")?),
        Some("and") => Type::And(items()?),
        Some("or") => Type::Or(items()?),
        Some("tuple") => Type::Tuple(items()?),
        Some("literal") => Type::Literal(properties(&json["value"]["properties"])?),
        Some("stringLiteral" | "integerLiteral" | "booleanLiteral") => {
            Type::Constant(json["value"].clone())
        }
        _ => return Err(format!("{json} is no type")),
    })
}

fn list<'a>(json: &'a Value, name: &str) -> Result<&'a Vec<Value>, String> {
    json[name].as_array().ok_or_else(|| format!("there is no list {name:?}"))
}

fn string(json: &Value, name: &str) -> Result<String, String> {
    let text = json[name].as_str();
    text.map(str::to_owned).ok_or_else(|| format!("{json} has no string {name:?}"))
}

fn flag(json: &Value, name: &str) -> bool {
    json[name].as_bool().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_model_is_refused() {
        for text in ["", "{}", r#"{"structures": [{"name": "A"}]}"#] {
            assert!(load(text).is_err(), "{text}");
        }
        let circle = r#"{"structures": [{"name": "A", "properties": [],
            "extends": [{"kind": "reference", "name": "A"}]}]}"#;
        assert_eq!(load(circle).map(drop), Err("A extends itself".to_owned()));
    }
}
