//! Completion: what can be written at an offset, in whole and in half-typed files.
//!
//! Accepting an item never doubles a quote, a colon or a comma: each item says which span it
//! replaces, and brings the punctuation that is missing around it.

mod behind_cursor;
mod blocks;
mod design_studio;
mod item;
mod members;
mod place;
mod topic;
mod values;

pub use behind_cursor::ending_at_cursor;
pub use item::{Item, ItemKind};
pub use topic::Topic;

use crate::context::Context;
use crate::document::Document;
use place::Place;

/// The items for the cursor at byte `offset`, the likeliest first.
pub fn complete(document: &Document, context: &Context<'_>, offset: u32) -> Vec<Item> {
    if document.unreadable().is_some() {
        return Vec::new();
    }
    if document.kind().is_design_studio() {
        return design_studio::complete(document, context, offset);
    }
    match place::place_at(document, offset) {
        Place::Nothing => Vec::new(),
        Place::File(slot) => blocks::whole_files(document, context, &slot),
        Place::Key(place) => members::complete(document, context, &place),
        Place::Value(place) => values::complete(document, context, &place),
    }
}
