//! What an editor does with an item.

use org_ide::completion::{self, Item};
use org_ide::{Edit, FileKind};

use crate::world::World;

/// How the client takes items.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Client {
    /// Text as it stands.
    Plain,
    /// Text with tab stops.
    Snippets,
}

pub const CLIENTS: [Client; 2] = [Client::Plain, Client::Snippets];

/// The file's name in worlds of one file.
pub fn file_name(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Org => "acme-uat.sforg.json",
        FileKind::Project => "sforg-project.json",
        _ => "design-studio.xml",
    }
}

/// The items at byte `offset` of a file that stands alone.
pub fn items(kind: FileKind, text: &str, offset: usize) -> Vec<Item> {
    let file = file_name(kind);
    let mut world = World::new([(file, text)]);
    world.environment.insert("ACME_SECRET".to_owned());
    world.ask(file, |document, context| completion::complete(document, context, offset as u32))
}

/// The text after accepting an item, and where the cursor is then (at the first tab stop).
pub fn accept(text: &str, item: &Item, client: Client) -> (String, usize) {
    let (inserted, stop) = match (&item.snippet, client) {
        (Some(snippet), Client::Snippets) => expand(&indented(text, item, snippet)),
        _ => (item.text.clone(), item.text.len()),
    };
    let shift: isize = item
        .additional
        .iter()
        .filter(|edit| edit.span.end <= item.replace.start)
        .map(|edit| edit.text.len() as isize - edit.span.len() as isize)
        .sum();
    let cursor = item.replace.start as isize + shift + stop as isize;
    let mut edits = item.additional.clone();
    edits.push(Edit::replace(item.replace, inserted));
    (Edit::apply_all(text, &edits), cursor as usize)
}

/// A snippet as editors insert it: its further lines are indented as the cursor's line is, and end as
/// the lines of the file do.
fn indented(text: &str, item: &Item, snippet: &str) -> String {
    let before = &text[..item.replace.start as usize];
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    let indent: String = line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect();
    let line_break = match text.find(['\n', '\r']) {
        Some(at) if text[at..].starts_with("\r\n") => "\r\n",
        Some(at) if text[at..].starts_with('\r') => "\r",
        _ => "\n",
    };
    assert!(!snippet.contains('\r'), "Neovim would show it: {snippet}");
    snippet.replace('\n', &format!("{line_break}{indent}"))
}

/// The text of a snippet with its default values, and the offset of its first tab stop.
pub fn expand(snippet: &str) -> (String, usize) {
    let mut text = String::new();
    let mut stops: Vec<(u32, usize)> = Vec::new();
    let mut rest = snippet;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let escaped = rest.chars().next().expect("something is escaped");
                assert!(matches!(escaped, '$' | '}' | '\\' | ',' | '|'), "\\{escaped}");
                text.push(escaped);
                rest = &rest[escaped.len_utf8()..];
            }
            '$' => {
                let braces = rest.starts_with('{');
                rest = rest.strip_prefix('{').unwrap_or(rest);
                let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                assert!(digits > 0, "a lone $ in {snippet}");
                stops.push((rest[..digits].parse().expect("a number"), text.len()));
                rest = &rest[digits..];
                if braces {
                    rest = push_default(&mut text, rest);
                }
            }
            other => text.push(other),
        }
    }
    let first = stops.iter().filter(|(number, _)| *number > 0).min();
    let cursor = first.or(stops.first()).map_or(text.len(), |(_, at)| *at);
    (text, cursor)
}

/// `:default}`, `|first,second|}` or `}`; returns what follows.
fn push_default<'a>(text: &mut String, rest: &'a str) -> &'a str {
    if let Some(choices) = rest.strip_prefix('|') {
        let (first, _) = choices.split_once(',').expect("two choices");
        text.push_str(first);
        let (_, rest) = choices.split_once("|}").expect("an end");
        return rest;
    }
    let mut rest = rest.strip_prefix(':').unwrap_or(rest);
    loop {
        let c = rest.chars().next().expect("a closing brace");
        rest = &rest[c.len_utf8()..];
        match c {
            '}' => return rest,
            '\\' => {
                let escaped = rest.chars().next().expect("something is escaped");
                text.push(escaped);
                rest = &rest[escaped.len_utf8()..];
            }
            '$' => panic!("a tab stop inside another"),
            other => text.push(other),
        }
    }
}

/// What LSP demands of an item: one line, with the cursor in it, nothing overlapping.
pub fn assert_protocol(text: &str, offset: usize, item: &Item) {
    let range = item.replace.range();
    assert!(range.start <= offset && offset <= range.end, "the cursor is outside: {item:?}");
    let replaced = text.get(range.clone()).expect("on character boundaries");
    assert!(!replaced.contains(['\n', '\r']), "more than one line: {item:?}");
    for edit in &item.additional {
        let other = edit.span.range();
        assert!(other.end <= range.start || other.start >= range.end, "overlap: {item:?}");
        // An insertion at the very place of the item would leave the order to the client.
        let is_apart = other.start != range.start || !other.is_empty() || !range.is_empty();
        assert!(is_apart, "two insertions at one place: {item:?}");
    }
    let typed = &text[range.start..offset];
    assert!(is_offered(typed, &item.filter), "{typed:?} hides {:?} {:?}", item.label, item.filter);
    assert!(!item.label.is_empty());
}

/// Whether a client that filters by subsequence, as all do at least, shows the item. What a person
/// has typed of something else hides it, which is right.
fn is_offered(typed: &str, filter: &str) -> bool {
    // The opening quote is typed first: an item that replaces it and lacks it would never be shown.
    !typed.starts_with('"') || filter.starts_with('"')
}

/// What many clients count on, whatever LSP says: the item goes on where the quote ends, and nothing of it
/// doubles one.
pub fn assert_within_quotes(text: &str, offset: usize, item: &Item) {
    let before = &text[..item.replace.start as usize];
    let is_within = before.ends_with('"') && item.replace.end as usize == offset;
    // Behind a closing quote a comma comes first.
    if is_within && !item.text.starts_with(',') {
        assert!(!item.text.starts_with('"'), "a doubled quote: {item:?}");
        let label = org_syntax::quote(&item.label);
        let begins = item.label.split(':').next() == Some(item.filter.as_str())
            || label.trim_matches('"') == item.filter;
        assert!(begins, "hidden by what is typed: {item:?}");
    }
}
