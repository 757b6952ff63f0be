//! As much of a JSON Schema validator as the generated schemas need. An unknown keyword is a panic,
//! so that a schema cannot come to use one that no test looks at.

use crate::ApiVersion;
use serde_json::Value;

/// Whether a value is valid under a schema.
pub(super) fn accepts(schema: &Value, value: &Value) -> bool {
    let schema = schema.as_object().unwrap_or_else(|| panic!("{schema} is no schema"));
    schema.iter().all(|(keyword, argument)| match keyword.as_str() {
        "$schema"
        | "title"
        | "description"
        | "markdownDescription"
        | "examples"
        | "default"
        | "enumDescriptions" => true,
        "type" => type_of(value) == argument,
        "const" => value == argument,
        "enum" => list(argument).contains(value),
        "oneOf" => list(argument).iter().filter(|schema| accepts(schema, value)).count() == 1,
        "minLength" => value.as_str().is_none_or(|s| s.chars().count() as u64 >= count(argument)),
        "pattern" => value.as_str().is_none_or(|text| matches(argument, text)),
        "required" => value.as_object().is_none_or(|object| {
            list(argument).iter().filter_map(Value::as_str).all(|name| object.contains_key(name))
        }),
        "properties" => value.as_object().is_none_or(|object| {
            object
                .iter()
                .all(|(name, value)| argument.get(name).is_none_or(|schema| accepts(schema, value)))
        }),
        "additionalProperties" => {
            assert_eq!(*argument, Value::Bool(false));
            let known = schema.get("properties");
            value.as_object().is_none_or(|object| {
                object.keys().all(|name| known.is_some_and(|known| known.get(name).is_some()))
            })
        }
        other => panic!("the validator does not know {other:?}"),
    })
}

fn list(argument: &Value) -> &[Value] {
    argument.as_array().unwrap_or_else(|| panic!("{argument} is no list"))
}

fn count(argument: &Value) -> u64 {
    argument.as_u64().unwrap_or_else(|| panic!("{argument} is no count"))
}

/// The two patterns that the schemas use, each by other means than a regular expression.
fn matches(pattern: &Value, text: &str) -> bool {
    match pattern.as_str() {
        Some(r"^[1-9][0-9]{0,2}\.0$") => ApiVersion::parse(text).is_some(),
        Some("^[^/:]*$") => !text.contains(['/', ':']),
        other => panic!("the validator does not know the pattern {other:?}"),
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}
