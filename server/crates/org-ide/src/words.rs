//! What members and their values are called in the syntax at hand.
//!
//! Rules speak about `serverHost`; in a file of Design Studio the same thing is the item `server_host`. The
//! names come from one table, [`org_schema::design_studio::ITEMS`].

use org_schema::design_studio;

use crate::document::Document;

/// What begins a title and is written so within a sentence, too.
const PROPER_NAMES: [&str; 3] = ["Salesforce", "Design Studio", "JSON"];

/// A member's title within a sentence: "client ID" for "Client ID".
pub(crate) fn in_sentence(title: &str) -> String {
    if PROPER_NAMES.iter().any(|name| title.starts_with(name)) {
        return title.to_owned();
    }
    let mut characters = title.chars();
    let first = characters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(characters).collect()
}

impl Document {
    /// What the file calls a member of ours.
    pub(crate) fn name_of(&self, member: &'static str) -> &'static str {
        if !self.kind().is_design_studio() {
            return member;
        }
        design_studio::key_of(member).unwrap_or(member)
    }

    /// How the file writes a truth value.
    pub(crate) fn written_boolean(&self, value: bool) -> &'static str {
        match (self.kind().is_design_studio(), value) {
            (true, true) => "1",
            (true, false) => "0",
            (false, true) => "true",
            (false, false) => "false",
        }
    }

    /// What holds one org.
    pub(crate) fn org_holder(&self) -> &'static str {
        if self.kind().is_design_studio() { "org" } else { "file" }
    }
}
