//! The least value of a type.

use serde_json::{Map, Value, json};

use super::MetaModel;
use super::types::{Property, Type};

/// So deep goes a value; a deeper one would never end.
const DEEPEST: usize = 10;

impl MetaModel {
    /// The least value that a type can have: nothing that may be left out, empty lists, zeros. Every
    /// URI is `uri`.
    pub fn least(&self, kind: &Type, uri: &str) -> Value {
        self.least_at(kind, uri, 0)
    }

    fn least_at(&self, kind: &Type, uri: &str, depth: usize) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        let of = |kind: &Type| self.least_at(kind, uri, depth + 1);
        match kind {
            Type::Base(name) => match name.as_str() {
                "URI" | "DocumentUri" => json!(uri),
                "integer" | "uinteger" | "decimal" => json!(0),
                "boolean" => json!(false),
                "null" => Value::Null,
                _ => json!("x"),
            },
            Type::Reference(name) => self.least_named(name, uri, depth + 1),
            Type::Array(_) => json!([]),
            Type::Map(..) => json!({}),
            Type::Or(kinds) => kinds.first().map_or(Value::Null, of),
            Type::Tuple(kinds) => kinds.iter().map(of).collect(),
            Type::Constant(value) => value.clone(),
            Type::Literal(properties) => self.object(properties.iter(), uri, depth),
            Type::And(kinds) => {
                let parts = kinds.iter().filter_map(|kind| of(kind).as_object().cloned());
                Value::Object(parts.flatten().collect())
            }
        }
    }

    fn least_named(&self, name: &str, uri: &str, depth: usize) -> Value {
        if let Some(structure) = self.structures.get(name) {
            return self.object(structure.properties.values(), uri, depth);
        }
        if let Some(enumeration) = self.enumerations.get(name) {
            return enumeration.values.first().cloned().unwrap_or_else(|| json!("x"));
        }
        match self.aliases.get(name) {
            _ if name.starts_with("LSP") => json!({}),
            Some(kind) => self.least_at(kind, uri, depth),
            None => Value::Null,
        }
    }

    fn object<'a>(
        &self,
        properties: impl Iterator<Item = &'a Property>,
        uri: &str,
        depth: usize,
    ) -> Value {
        let needed = properties.filter(|own| !own.optional);
        let members = needed
            .map(|own| (own.name.clone(), self.least_at(&own.kind, uri, depth + 1)))
            .collect::<Map<_, _>>();
        Value::Object(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_value_is_one_of_the_type() {
        let reference = json!({"kind": "reference", "name": "Place"});
        let base = |name: &str| json!({"kind": "base", "name": name});
        let model = json!({
            "requests": [], "notifications": [], "typeAliases": [],
            "structures": [{"name": "Place", "properties": [
                {"name": "uri", "type": base("DocumentUri")},
                {"name": "line", "type": base("uinteger")},
                {"name": "kind", "type": {"kind": "reference", "name": "Kind"}},
                {"name": "lines", "type": {"kind": "array", "element": base("uinteger")}},
                {"name": "id", "type": {"kind": "or", "items": [base("string"), base("null")]}},
                {"name": "inner", "type": reference, "optional": true},
            ]}],
            "enumerations": [{"name": "Kind", "type": base("uinteger"), "values": [{"value": 7}]}],
        });
        let model = MetaModel::of(&model.to_string()).expect("a model");
        let least = model.least(&Type::named("Place"), "x:y");
        let expected = json!({"uri": "x:y", "line": 0, "kind": 7, "lines": [], "id": "x"});
        assert_eq!(least, expected);
        assert_eq!(model.check(&Type::named("Place"), &least, "it"), Ok(()));
    }
}
