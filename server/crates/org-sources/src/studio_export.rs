//! An export of a project of Jitterbit's Integration Studio (JSON): its Salesforce connections and the
//! activities that use them.
//!
//! What is known of its shape was seen in one export. A connection's fields are objects with `name`,
//! `value` and `defaultValue`, at any depth of its `properties`.

use org_syntax::{NodeId, NodeKind, Parse, Span, SyntaxError, decode_string, parse};

use crate::Located;

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
        let reading = Reading { text, parse: parse(text) };
        let project = reading.member(reading.parse.tree.root()?, "project")?;
        let components = reading.member(project, "components")?;
        if reading.kind(components) != NodeKind::Array {
            return None;
        }
        let mut export = Self { name: reading.scalar_of(project, "name"), ..Self::default() };
        for component in reading.parse.tree.children(components) {
            let text_of = |name| reading.scalar_of(component, name);
            let has = |name, expected: &str| text_of(name).is_some_and(|it| it.value == expected);
            if !has("adapterId", SALESFORCE) {
                continue;
            }
            if has("type", CONNECTION) {
                export.connections.push(reading.connection(component));
            } else if has("type", ACTIVITY) {
                let endpoint = reading.member(component, "endpoint");
                export.activities.push(Activity {
                    name: text_of("name"),
                    function: text_of("functionName"),
                    connection: endpoint.and_then(|endpoint| reading.scalar_of(endpoint, "id")),
                });
            }
        }
        export.errors = reading.parse.errors;
        Some(export)
    }
}

struct Reading<'text> {
    text: &'text str,
    parse: Parse,
}

impl Reading<'_> {
    fn kind(&self, node: NodeId) -> NodeKind {
        self.parse.tree.kind(node)
    }

    /// The value of a member; of several of one name the last counts, as for every JSON reader.
    fn member(&self, object: NodeId, name: &str) -> Option<NodeId> {
        let tree = &self.parse.tree;
        let members = tree.members(object).filter(|member| tree.name(*member, self.text) == name);
        members.last()?.value
    }

    /// A text, number or truth value as text.
    fn scalar(&self, node: NodeId) -> Option<Located> {
        let span = self.parse.tree.span(node);
        let written = span.text(self.text);
        let value = match self.kind(node) {
            NodeKind::String => decode_string(written).into_owned(),
            NodeKind::Number | NodeKind::True | NodeKind::False => written.to_owned(),
            _ => return None,
        };
        Some(Located { value, span })
    }

    fn scalar_of(&self, object: NodeId, name: &str) -> Option<Located> {
        self.scalar(self.member(object, name)?)
    }

    fn connection(&self, component: NodeId) -> Connection {
        let mut fields = Vec::new();
        // Depth first, without recursion: the nesting is the text's.
        let mut left: Vec<NodeId> = self.member(component, "properties").into_iter().collect();
        while let Some(node) = left.pop() {
            let inside = left.len();
            match self.kind(node) {
                NodeKind::Array => left.extend(self.parse.tree.children(node)),
                NodeKind::Object => {
                    fields.extend(self.field(node));
                    left.extend(self.parse.tree.members(node).filter_map(|member| member.value));
                }
                _ => {}
            }
            if let Some(new) = left.get_mut(inside..) {
                new.reverse();
            }
        }
        Connection {
            id: self.scalar_of(component, "id"),
            name: self.scalar_of(component, "name"),
            fields,
            span: self.parse.tree.span(component),
        }
    }

    fn field(&self, object: NodeId) -> Option<Field> {
        Some(Field {
            name: self.scalar_of(object, "name")?.value,
            value: self.scalar_of(object, "value").filter(|it| !it.value.is_empty()),
            default: self.scalar_of(object, "defaultValue").filter(|it| !it.value.is_empty()),
        })
    }
}

#[cfg(test)]
mod tests;
