//! Holds a value against a type.

use std::collections::HashMap;
use std::fmt;

use serde_json::{Map, Value};

use super::MetaModel;
use super::types::{Enumeration, Property, Type};

/// The largest number of LSP, 2^31 - 1.
const LARGEST: i64 = i32::MAX as i64;

/// The one structure that may have members which LSP does not name: clients that say so send an answer
/// back as they got it.
const OPEN_STRUCTURE: &str = "MessageActionItem";

/// What is wrong with a value, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place in the value, such as `params.diagnostics[2].range`.
    pub path: String,
    /// What is wrong there.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.what)
    }
}

impl Problem {
    fn depth(&self) -> usize {
        self.path.matches(['.', '[']).count()
    }
}

fn problem(path: &str, what: impl Into<String>) -> Result<(), Problem> {
    Err(Problem { path: path.to_owned(), what: what.into() })
}

/// Enough of a value to recognise it.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    let short: String = text.chars().take(80).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

impl MetaModel {
    /// Holds a value against a type; `path` is what the value is called in a problem. Strict: no
    /// property that the type lacks, none left out that it needs, no null where null is not a
    /// type of its own, nothing that is only proposed.
    ///
    /// # Errors
    /// The first problem. Of several types that the value could have, it is the problem of the one
    /// that fits best.
    pub fn check(&self, kind: &Type, value: &Value, path: &str) -> Result<(), Problem> {
        match kind {
            Type::Base(name) => base(name, value, path),
            Type::Reference(name) => self.named(name, value, path),
            Type::Array(element) => self.list(element, value, path),
            Type::Map(key, item) => self.map(key, item, value, path),
            Type::And(kinds) => self.all_of(kinds, value, path),
            Type::Or(kinds) => self.one_of(kinds, value, path),
            Type::Tuple(kinds) => self.tuple(kinds, value, path),
            Type::Literal(properties) => {
                let properties: HashMap<_, _> =
                    properties.iter().map(|own| (own.name.as_str(), own)).collect();
                self.properties(&properties, value, path)
            }
            Type::Constant(constant) if constant == value => Ok(()),
            Type::Constant(constant) => {
                problem(path, format!("{} should be {constant}", shown(value)))
            }
        }
    }

    fn named(&self, name: &str, value: &Value, path: &str) -> Result<(), Problem> {
        match (name, value) {
            ("LSPAny", _) | ("LSPObject", Value::Object(_)) | ("LSPArray", Value::Array(_)) => {
                return Ok(());
            }
            ("LSPObject" | "LSPArray", _) => {
                return problem(path, format!("{} should be an {name}", shown(value)));
            }
            _ => {}
        }
        if let Some(structure) = self.structures.get(name) {
            if structure.proposed {
                return problem(path, format!("{name} is only proposed"));
            }
            let properties: HashMap<_, _> =
                structure.properties.iter().map(|(name, own)| (name.as_str(), own)).collect();
            if name == OPEN_STRUCTURE {
                let known = object(value, path)?.iter();
                let known = known.filter(|(name, _)| properties.contains_key(name.as_str()));
                let known = known.map(|(name, value)| (name.clone(), value.clone())).collect();
                return self.properties(&properties, &Value::Object(known), path);
            }
            return self.properties(&properties, value, path);
        }
        if let Some(enumeration) = self.enumerations.get(name) {
            return self.enumerated(name, enumeration, value, path);
        }
        match self.aliases.get(name) {
            Some(kind) => self.check(kind, value, path),
            None => problem(path, format!("the meta model lacks {name}")),
        }
    }

    fn enumerated(
        &self,
        name: &str,
        enumeration: &Enumeration,
        value: &Value,
        path: &str,
    ) -> Result<(), Problem> {
        if enumeration.proposed {
            return problem(path, format!("{name} is only proposed"));
        }
        self.check(&enumeration.kind, value, path)?;
        if enumeration.open || enumeration.values.contains(value) {
            return Ok(());
        }
        problem(path, format!("{} is no {name}", shown(value)))
    }

    fn properties(
        &self,
        properties: &HashMap<&str, &Property>,
        value: &Value,
        path: &str,
    ) -> Result<(), Problem> {
        let object = object(value, path)?;
        for (name, inner) in object {
            let inner_path = format!("{path}.{name}");
            match properties.get(name.as_str()) {
                None => return problem(&inner_path, "LSP has no such property"),
                Some(own) if own.proposed => return problem(&inner_path, "it is only proposed"),
                Some(own) => self.check(&own.kind, inner, &inner_path)?,
            }
        }
        let mut missing = properties
            .values()
            .filter(|own| !own.optional && !object.contains_key(&own.name))
            .map(|own| own.name.as_str());
        match missing.next() {
            Some(name) => problem(&format!("{path}.{name}"), "it is missing"),
            None => Ok(()),
        }
    }

    fn list(&self, element: &Type, value: &Value, path: &str) -> Result<(), Problem> {
        for (index, item) in array(value, path)?.iter().enumerate() {
            self.check(element, item, &format!("{path}[{index}]"))?;
        }
        Ok(())
    }

    fn tuple(&self, kinds: &[Type], value: &Value, path: &str) -> Result<(), Problem> {
        let items = array(value, path)?;
        if items.len() != kinds.len() {
            return problem(path, format!("{} items, not {}", items.len(), kinds.len()));
        }
        for (index, (kind, item)) in kinds.iter().zip(items).enumerate() {
            self.check(kind, item, &format!("{path}[{index}]"))?;
        }
        Ok(())
    }

    fn map(&self, key: &Type, item: &Type, value: &Value, path: &str) -> Result<(), Problem> {
        for (name, inner) in object(value, path)? {
            let inner_path = format!("{path}[{name:?}]");
            self.check(key, &Value::String(name.clone()), &inner_path)?;
            self.check(item, inner, &inner_path)?;
        }
        Ok(())
    }

    fn one_of(&self, kinds: &[Type], value: &Value, path: &str) -> Result<(), Problem> {
        let mut best: Option<Problem> = None;
        for kind in kinds {
            match self.check(kind, value, path) {
                Ok(()) => return Ok(()),
                Err(other) if best.as_ref().is_none_or(|best| best.depth() < other.depth()) => {
                    best = Some(other);
                }
                Err(_) => {}
            }
        }
        match best {
            Some(best) if best.path != path => Err(best),
            _ => problem(path, format!("{} fits none of {} types", shown(value), kinds.len())),
        }
    }

    /// What all types together have is what the value may have.
    fn all_of(&self, kinds: &[Type], value: &Value, path: &str) -> Result<(), Problem> {
        let mut properties = HashMap::new();
        for kind in kinds {
            self.gather(kind, &mut properties)
                .map_err(|what| Problem { path: path.to_owned(), what })?;
        }
        self.properties(&properties, value, path)
    }

    fn gather<'a>(
        &'a self,
        kind: &'a Type,
        into: &mut HashMap<&'a str, &'a Property>,
    ) -> Result<(), String> {
        match kind {
            Type::Literal(own) => into.extend(own.iter().map(|own| (own.name.as_str(), own))),
            Type::And(kinds) => kinds.iter().try_for_each(|kind| self.gather(kind, into))?,
            Type::Reference(name) => match (self.structures.get(name), self.aliases.get(name)) {
                (Some(structure), _) => {
                    into.extend(structure.properties.iter().map(|(name, own)| (name.as_str(), own)))
                }
                (None, Some(kind)) => self.gather(kind, into)?,
                (None, None) => return Err(format!("the meta model has no structure {name}")),
            },
            other => return Err(format!("{other:?} is no structure to put together with others")),
        }
        Ok(())
    }
}

fn base(name: &str, value: &Value, path: &str) -> Result<(), Problem> {
    let in_range = |least: i64| value.as_i64().is_some_and(|n| (least..=LARGEST).contains(&n));
    let fits = match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" | "RegExp" => value.is_string(),
        "URI" | "DocumentUri" => value.as_str().is_some_and(is_uri),
        "integer" => in_range(-LARGEST - 1),
        "uinteger" => in_range(0),
        "decimal" => value.is_number(),
        _ => return problem(path, format!("the meta model lacks the basic type {name}")),
    };
    if fits { Ok(()) } else { problem(path, format!("{} is no {name}", shown(value))) }
}

/// A scheme, a colon and something behind it, in characters that a URI can have.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
        && rest.bytes().all(allowed)
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, Problem> {
    value.as_object().ok_or_else(|| Problem {
        path: path.to_owned(),
        what: format!("{} is no object", shown(value)),
    })
}

fn array<'a>(value: &'a Value, path: &str) -> Result<&'a Vec<Value>, Problem> {
    value.as_array().ok_or_else(|| Problem {
        path: path.to_owned(),
        what: format!("{} is no list", shown(value)),
    })
}

#[cfg(test)]
mod tests;
