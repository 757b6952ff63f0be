//! The JSON Schemas (draft-07) of the two kinds of file, generated from the tables, for editors and
//! tools that do not speak with the server. A schema accepts every file that the server accepts; it
//! cannot say all that the rules say.

use crate::members::{self, AuthType, MemberSpec, ObjectKind, RULE_LEVELS, ValueKind};
use crate::value_shapes::is_placeholder;
use crate::versions;
use serde_json::{Map, Value, json};

const DRAFT_07: &str = "http://json-schema.org/draft-07/schema#";

/// The schema of org definition files (`*.sforg.json`).
pub fn org() -> Value {
    let mut schema = file_schema(
        "Salesforce org definition",
        "One connection from Jitterbit to a Salesforce org.",
        ObjectKind::Org,
    );
    let forbidden = String::from_iter(members::FORBIDDEN_IN_ORG_NAMES);
    schema["properties"]["name"]["pattern"] = format!("^[^{forbidden}]*$").into();
    schema["properties"]["auth"]["oneOf"] = AuthType::ALL.into_iter().map(auth).collect();
    schema
}

/// The schema of project files (`sforg-project.json`), with the names of all rules.
pub fn project(rule_names: &[&str]) -> Value {
    let mut schema = file_schema(
        "Salesforce org project",
        "What the org definition files below this folder have in common.",
        ObjectKind::Project,
    );
    let level = json!({
        "enum": RULE_LEVELS.map(|(level, _)| level),
        "enumDescriptions": RULE_LEVELS.map(|(_, doc)| doc),
    });
    let rules = &mut schema["properties"]["rules"];
    rules["properties"] = rule_names
        .iter()
        .map(|name| ((*name).to_owned(), level.clone()))
        .collect::<Map<_, _>>()
        .into();
    rules["additionalProperties"] = false.into();
    schema
}

fn file_schema(title: &str, description: &str, object: ObjectKind) -> Value {
    let mut schema = json!({ "$schema": DRAFT_07, "title": title, "description": description });
    extend(&mut schema, object_schema(object));
    schema
}

fn object_schema(object: ObjectKind) -> Value {
    let specs = members::members(object);
    let properties: Map<String, Value> =
        specs.iter().map(|spec| (spec.name.to_owned(), member(spec))).collect();
    let required: Vec<&str> = specs.iter().filter(|s| s.required).map(|s| s.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// One of the two forms of `auth`. `type` is a constant in it, which is how tools tell the forms
/// apart.
fn auth(auth_type: AuthType) -> Value {
    let mut schema = json!({ "title": auth_type.title(), "markdownDescription": auth_type.doc() });
    extend(&mut schema, object_schema(auth_type.object_kind()));
    schema["properties"]["type"]["const"] = auth_type.as_str().into();
    schema
}

fn member(spec: &MemberSpec) -> Value {
    let mut schema = json!({
        "title": spec.title,
        "description": spec.summary,
        "markdownDescription": spec.doc,
    });
    extend(&mut schema, value(spec));
    schema
}

/// What draft-07 can say about a value. Host names, addresses and product versions stay open: the
/// user's own allowed hosts and versions that this build does not know are accepted too.
fn value(spec: &MemberSpec) -> Value {
    match spec.value {
        ValueKind::Boolean => json!({ "type": "boolean", "default": false }),
        ValueKind::Object => json!({ "type": "object" }),
        // Each form of `auth` adds its own constant.
        ValueKind::AuthType => json!({ "type": "string" }),
        ValueKind::ApiVersion => json!({
            "type": "string",
            "pattern": r"^[1-9][0-9]{0,2}\.0$",
            "examples": served_versions(),
        }),
        _ => text(spec),
    }
}

fn text(spec: &MemberSpec) -> Value {
    let mut schema = json!({ "type": "string" });
    if spec.required {
        schema["minLength"] = 1.into();
    }
    // Editors insert an example as it stands, so one that has yet to be filled in is none.
    if !spec.placeholder.is_empty() && !is_placeholder(spec.placeholder) {
        schema["examples"] = json!([spec.placeholder]);
    }
    schema
}

/// Versions that are not retired, the newest first.
fn served_versions() -> Vec<String> {
    let rows = versions::VERSIONS.iter().rev();
    rows.filter(|row| row.version > versions::LAST_RETIRED)
        .map(|row| row.version.to_string())
        .collect()
}

fn extend(schema: &mut Value, more: Value) {
    if let (Value::Object(schema), Value::Object(more)) = (schema, more) {
        schema.extend(more);
    }
}

#[cfg(test)]
mod tests;
