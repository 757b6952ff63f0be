//! LSP's meta model: which messages there are, and what each may hold.
//!
//! The model is JSON that describes LSP (`metaModel.json`). Every message of the server is held
//! against it, strictly: see [`MetaModel::check`].

mod check;
mod example;
mod load;
mod types;

use std::collections::HashMap;
use std::sync::OnceLock;

pub use check::Problem;
use types::{Enumeration, Property};
pub use types::{Message, Type};

/// What LSP 3.17 says.
///
/// # Panics
/// `meta-model/metaModel.json` is no meta model.
pub fn meta_model() -> &'static MetaModel {
    static MODEL: OnceLock<MetaModel> = OnceLock::new();
    MODEL.get_or_init(|| {
        let text = include_str!("../meta-model/metaModel.json");
        MetaModel::of(text).unwrap_or_else(|problem| panic!("metaModel.json: {problem}"))
    })
}

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

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::path::Path;

    use ring::digest::{Context, SHA256};
    use serde_json::Value;

    /// What the model is made of; `generate.sh` makes it.
    const INPUTS: [&str; 2] = ["generate.mjs", "package-lock.json"];

    #[test]
    fn the_model_was_made_by_the_generator_as_it_is() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("meta-model");
        let mut inputs = Context::new(&SHA256);
        for name in INPUTS {
            let text = std::fs::read_to_string(folder.join(name)).expect("an input");
            // As it is in the repository, whatever git makes of line ends here.
            inputs.update(text.replace("\r\n", "\n").as_bytes());
        }
        let mut now = String::new();
        for byte in inputs.finish().as_ref() {
            write!(now, "{byte:02x}").expect("a string takes everything");
        }
        let model: Value = serde_json::from_str(include_str!("../meta-model/metaModel.json"))
            .expect("metaModel.json is JSON");
        let then = model["metaData"]["madeFrom"].as_str();
        assert_eq!(then, Some(now.as_str()), "run `cargo xtask bless`: metaModel.json is stale");
    }
}
