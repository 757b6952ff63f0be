//! LSP's meta model: which messages there are, and what each may hold.
//!
//! The model is JSON that describes LSP (`metaModel.json`). Every message of the server is held
//! against it, strictly: see [`MetaModel::check`].

mod check;
mod example;
mod find;
mod load;
mod types;

use std::collections::HashMap;

pub use check::Problem;
pub use find::meta_model;
use types::{Enumeration, Property};
pub use types::{Message, Type};

/// The meta model.
#[derive(Debug, Default)]
pub struct MetaModel {
    requests: HashMap<String, Message>,
    notifications: HashMap<String, Message>,
    /// With the properties of what they extend.
    structures: HashMap<String, Structure>,
    enumerations: HashMap<String, Enumeration>,
    aliases: HashMap<String, Type>,
}

#[derive(Debug)]
struct Structure {
    properties: HashMap<String, Property>,
    proposed: bool,
}

impl MetaModel {
    /// Reads the model.
    ///
    /// # Errors
    /// The text is no JSON, or no meta model.
    pub fn of(text: &str) -> Result<Self, String> {
        load::load(text)
    }

    /// A request that is part of LSP, by its method.
    pub fn request(&self, method: &str) -> Option<&Message> {
        self.requests.get(method).filter(|message| !message.proposed)
    }

    /// A notification that is part of LSP, by its method.
    pub fn notification(&self, method: &str) -> Option<&Message> {
        self.notifications.get(method).filter(|message| !message.proposed)
    }

    /// The methods of all requests that a client may send, sorted.
    pub fn requests_of_clients(&self) -> Vec<&str> {
        let methods = self
            .requests
            .iter()
            .filter(|(_, message)| message.direction.is_from_client() && !message.proposed);
        let mut methods: Vec<_> = methods.map(|(method, _)| method.as_str()).collect();
        methods.sort_unstable();
        methods
    }
}
