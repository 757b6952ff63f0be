//! Items for clients that replace only what is before the cursor.
//!
//! LSP lets an item replace a range around the cursor. Neovim's own completion replaces its part
//! before the cursor alone, so an item over `"|"` would leave a doubled quote. For such clients an
//! item ends at the cursor wherever what stands behind it can be left standing.

use org_syntax::Span;

use super::item::{Item, ItemKind};

/// The same item, ending at the cursor where that comes to the same text; of a member over
/// `"na|"`, and of a block that is one, its name alone.
pub fn ending_at_cursor(mut item: Item, text: &str, offset: u32) -> Item {
    if item.replace.end <= offset {
        return item;
    }
    let tail = Span::new(offset, item.replace.end).text(text);
    if tail == "\"" && !item.text.ends_with(tail) {
        if let Some(name) = member_name(&item) {
            item.text = org_syntax::quote(&name);
            item.label = name;
        }
        item.snippet = None;
        item.retrigger = false;
    }
    let Some(kept) = item.text.strip_suffix(tail).map(str::to_owned) else {
        return item;
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

/// The member that an item writes. A block is filtered by it, and called by more than it.
fn member_name(item: &Item) -> Option<String> {
    match item.kind {
        ItemKind::Member => Some(item.label.clone()),
        ItemKind::Block => {
            let name = item.filter.strip_prefix('"')?.strip_suffix('"')?;
            item.label.split(':').next().filter(|label| *label == name).map(str::to_owned)
        }
        ItemKind::Value | ItemKind::Reference => None,
    }
}
