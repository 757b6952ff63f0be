//! An export of a project of Jitterbit's Integration Studio (JSON): its Salesforce connections and the
//! activities that use them.
//!
//! What is known of its shape was seen in one export. A connection's fields are objects with `name`,
//! `value` and `defaultValue`, at any depth of its `properties`.

use org_syntax::{NodeId, NodeKind, Span, SyntaxError};

use crate::Located;
use crate::json::Json;

/// A longer text is not read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024 * 1024;
/// `type` of connections and activities.
const CONNECTION: &str = "600";
const ACTIVITY: &str = "500";
/// `adapterId` of both.
const SALESFORCE: &str = "salesforce";

/// An export as it is written.
#[derive(Clone, Debug, Default)]
pub struct StudioExport {
    /// `project.name`
    pub name: Option<Located>,
    /// The Salesforce connections, in the order of the text.
    pub connections: Vec<Connection>,
    /// The activities of Salesforce connections, in the order of the text.
    pub activities: Vec<Activity>,
    /// What is wrong with the text; what is above was read all the same.
    pub errors: Vec<SyntaxError>,
}

/// A Salesforce connection.
#[derive(Clone, Debug)]
pub struct Connection {
    /// `id`
    pub id: Option<Located>,
    /// `name`
    pub name: Option<Located>,
    /// Its fields, in the order of the text.
    pub fields: Vec<Field>,
    /// Byte span of the whole object.
    pub span: Span,
}

/// A field of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, for example `url`.
    pub name: String,
    /// What is entered: a text, or `true` and `false` in words.
    pub value: Option<Located>,
    /// What counts when nothing is entered.
    pub default: Option<Located>,
}

/// An activity: one use of a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// `name`
    pub name: Option<Located>,
    /// `functionName`, for example `query`.
    pub function: Option<Located>,
    /// The `id` of its connection.
    pub connection: Option<Located>,
}

impl Connection {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// What counts for a field: what is entered, else its default.
    pub fn value(&self, name: &str) -> Option<&Located> {
        let field = self.field(name)?;
        field.value.as_ref().or(field.default.as_ref())
    }
}

impl StudioExport {
    /// Reads an export; `None` when the text is something else (it has no `project.components`) or too
    /// long. Mistakes in it are among its [`errors`](Self::errors).
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let json = Json::of_any(text);
        let project = json.get(json.root()?, "project")?;
        let components = json.get(project, "components")?;
        if json.kind(components) != NodeKind::Array {
            return None;
        }
        let mut export = Self { name: scalar(&json, project, "name"), ..Self::default() };
        for component in json.items(components) {
            let text_of = |name| scalar(&json, component, name);
            let has = |name, expected: &str| text_of(name).is_some_and(|it| it.value == expected);
            if !has("adapterId", SALESFORCE) {
                continue;
            }
            if has("type", CONNECTION) {
                export.connections.push(connection(&json, component));
            } else if has("type", ACTIVITY) {
                let endpoint = json.get(component, "endpoint");
                export.activities.push(Activity {
                    name: text_of("name"),
                    function: text_of("functionName"),
                    connection: endpoint.and_then(|endpoint| scalar(&json, endpoint, "id")),
                });
            }
        }
        export.errors = json.into_errors();
        Some(export)
    }
}

/// The text of a member that is a string with something in it, a number or a truth value.
fn scalar(json: &Json<'_>, object: NodeId, name: &str) -> Option<Located> {
    json.string_or_number(object, name).or_else(|| json.truth_value(object, name))
}

fn connection(json: &Json<'_>, component: NodeId) -> Connection {
    let mut fields = Vec::new();
    // Depth first, without recursion: the nesting is the text's.
    let mut left: Vec<NodeId> = json.get(component, "properties").into_iter().collect();
    while let Some(node) = left.pop() {
        let inside = left.len();
        match json.kind(node) {
            NodeKind::Array => left.extend(json.items(node)),
            NodeKind::Object => {
                fields.extend(field(json, node));
                left.extend(json.values(node));
            }
            _ => {}
        }
        if let Some(new) = left.get_mut(inside..) {
            new.reverse();
        }
    }
    Connection {
        id: scalar(json, component, "id"),
        name: scalar(json, component, "name"),
        fields,
        span: json.span(component),
    }
}

fn field(json: &Json<'_>, object: NodeId) -> Option<Field> {
    Some(Field {
        name: scalar(json, object, "name")?.value,
        value: scalar(json, object, "value"),
        default: scalar(json, object, "defaultValue"),
    })
}

#[cfg(test)]
mod tests;
