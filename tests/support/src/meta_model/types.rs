//! The model's own terms.

use serde_json::Value;

/// A type.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// A basic type, such as `uinteger`.
    Base(String),
    /// A structure, an enumeration or an alias, by its name.
    Reference(String),
    /// A list.
    Array(Box<Type>),
    /// An object that is a map from keys to values.
    Map(Box<Type>, Box<Type>),
    /// All of these at once.
    And(Vec<Type>),
    /// One of these.
    Or(Vec<Type>),
    /// A list with a type for each place.
    Tuple(Vec<Type>),
    /// A structure without a name.
    Literal(Vec<Property>),
    /// This value alone: a string, a number or a truth value.
    Constant(Value),
}

impl Type {
    /// A reference to a name.
    pub fn named(name: &str) -> Self {
        Self::Reference(name.to_owned())
    }
}

/// A property of a structure.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Type,
    /// Whether it may be absent.
    pub optional: bool,
    /// Whether it is not part of LSP yet.
    pub proposed: bool,
}

/// An enumeration.
#[derive(Debug)]
pub(crate) struct Enumeration {
    /// The type of its values.
    pub kind: Type,
    /// Its values; those that are proposed are left out.
    pub values: Vec<Value>,
    /// Whether other values are fine too.
    pub open: bool,
    /// Whether it is not part of LSP yet.
    pub proposed: bool,
}

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the client to the server.
    ToServer,
    /// From the server to the client.
    ToClient,
    /// Either.
    Both,
}

impl Way {
    /// Whether a client may send it.
    pub fn is_from_client(self) -> bool {
        self != Self::ToClient
    }

    /// Whether a server may send it.
    pub fn is_from_server(self) -> bool {
        self != Self::ToServer
    }
}

/// A request or a notification.
#[derive(Debug)]
pub struct Message {
    /// Which way it goes.
    pub direction: Way,
    /// Its params; `None` where there are none.
    pub params: Option<Type>,
    /// A request's result.
    pub result: Option<Type>,
    /// What comes before the result, where a client asks for it.
    pub partial_result: Option<Type>,
    /// What a registration of the method says.
    pub registration: Option<Type>,
    /// Whether it is not part of LSP yet.
    pub(crate) proposed: bool,
}
