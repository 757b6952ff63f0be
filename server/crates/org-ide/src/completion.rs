//! Completion: what can be written at an offset, in whole and in half-typed files.
//!
//! Accepting an item never doubles a quote, a colon or a comma: each item says which span it
//! replaces, and brings the punctuation that is missing around it.

mod blocks;
mod design_studio;
mod item;
mod members;
mod place;
mod quotes;
mod topic;
mod values;

pub use item::{Item, ItemKind, without_choices};
pub use quotes::ending_at_cursor;
pub use topic::Topic;

use crate::context::Context;
use crate::document::Document;
use place::Place;

/// Whether an object without members is open at byte `offset`, and its first one may be written there.
pub fn is_in_empty_object(document: &Document, offset: u32) -> bool {
    let Place::Key(place) = place::place_at(document, offset) else { return false };
    document.parse().tree.members(place.object).next().is_none()
}

/// The items for the cursor at byte `offset`, the likeliest first.
pub fn complete(document: &Document, context: &Context<'_>, offset: u32) -> Vec<Item> {
    if document.unreadable().is_some() {
        return Vec::new();
    }
    if document.kind().is_design_studio() {
        return design_studio::complete(document, context, offset);
    }
    let items = match place::place_at(document, offset) {
        Place::Nothing => Vec::new(),
        Place::File(slot) => blocks::whole_files(document, context, &slot),
        Place::Key(place) => members::complete(document, context, &place),
        Place::Value(place) => values::complete(document, context, &place),
    };
    let text = document.text();
    items.into_iter().map(|item| quotes::behind_opening_quote(item, text, offset)).collect()
}
