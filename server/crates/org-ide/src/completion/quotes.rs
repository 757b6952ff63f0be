//! Items that leave the quotes alone that are there.
//!
//! LSP lets an item replace a range around the cursor. Many clients replace what is before the cursor alone,
//! begin at the word that is being typed whatever the range says, and hide what does not begin with that
//! word: an item over `"na|"` would leave them doubled quotes, or not be shown at all. So an item begins
//! behind the opening quote, and for clients that do not say that they replace what is behind the cursor it
//! ends there too, wherever what follows can be left standing.

use org_syntax::Span;

use super::item::{Item, ItemKind};

/// The same item, begun behind the opening quote that is there.
pub(super) fn behind_opening_quote(mut item: Item, text: &str, offset: u32) -> Item {
    let typed = Span::new(item.replace.start, offset).text(text).strip_prefix('"');
    // Another quote may be the one that opens.
    let is_quoted = typed.is_some_and(|typed| !typed.contains('"'));
    let (Some(inner), true) = (item.text.strip_prefix('"'), is_quoted) else { return item };
    item.text = inner.to_owned();
    item.snippet =
        item.snippet.as_deref().and_then(|snippet| snippet.strip_prefix('"')).map(str::to_owned);
    item.filter = item.filter.trim_matches('"').to_owned();
    item.replace = Span::new(item.replace.start + 1, item.replace.end);
    item
}

/// The same item, ending at the cursor where that comes to the same text; of a member over
/// `"na|"`, and of a block that is one, its name alone.
pub fn ending_at_cursor(mut item: Item, text: &str, offset: u32) -> Item {
    if item.replace.end <= offset {
        return item;
    }
    let tail = Span::new(offset, item.replace.end).text(text);
    if tail == "\"" && !item.text.ends_with(tail) {
        if let Some(name) = member_name(&item) {
            item.text = format!("{name}\"");
            item.label = name;
        }
        item.snippet = None;
        item.retrigger = false;
    }
    let Some(kept) = item.text.strip_suffix(tail).map(str::to_owned) else {
        return before_closing_quote(item, tail);
    };
    let snippet = match &item.snippet {
        // A tail of more than punctuation could be half an escape of the snippet.
        Some(snippet) if tail == "\"" => snippet.strip_suffix(tail).map(str::to_owned),
        Some(_) => None,
        None => Some(String::new()),
    };
    let Some(snippet) = snippet else { return item };
    item.snippet = item.snippet.map(|_| snippet);
    item.text = kept;
    item.replace = Span::new(item.replace.start, offset);
    item
}

/// The same item, ending before the closing quote that `tail` ends with.
fn before_closing_quote(mut item: Item, tail: &str) -> Item {
    let inner =
        item.text.strip_suffix('"').filter(|_| tail.ends_with('"') && item.snippet.is_none());
    if let Some(inner) = inner {
        item.text = inner.to_owned();
        item.replace = Span::new(item.replace.start, item.replace.end - 1);
    }
    item
}

/// The member that an item writes within quotes. A block is filtered by it, and called by more than it.
fn member_name(item: &Item) -> Option<String> {
    match item.kind {
        ItemKind::Member => Some(item.label.clone()),
        ItemKind::Block => {
            item.label.split(':').next().filter(|label| *label == item.filter).map(str::to_owned)
        }
        ItemKind::Value | ItemKind::Reference => None,
    }
}
