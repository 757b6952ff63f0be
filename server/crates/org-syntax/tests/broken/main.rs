//! Texts as people type them, half done or wrong, and what the parser makes of each: the text with
//! every error under its place (`^^` below the characters, `|` where something is missing), then
//! the tree.

mod brackets;
mod members;
mod missing_brackets;
mod outside;
mod quotes;
mod strings;
mod values;

use std::fmt::Write;

use org_syntax::{NodeId, NodeKind, Parse, SyntaxError, Tree, parse};

/// What a reviewer looks at.
fn show(text: &str) -> String {
    let Parse { tree, errors } = parse(text);
    let mut shown = String::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        shown.push_str(line.trim_end_matches('\n'));
        shown.push('\n');
        for error in &errors {
            if (line_start..line_start + line.len()).contains(&(error.span.start as usize)) {
                underline(&mut shown, line, line_start, error);
            }
        }
        line_start += line.len();
    }
    for error in errors.iter().filter(|error| error.span.start as usize == text.len()) {
        let last = text.lines().last().unwrap_or_default();
        underline(&mut shown, last, text.len() - last.len(), error);
    }
    shown.push_str("---\n");
    match tree.root() {
        Some(root) => show_node(&mut shown, text, &tree, root, 0),
        None => shown.push_str("nothing\n"),
    }
    // One visible character for each that would not show.
    shown.replace(is_invisible, "·")
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\0'..='\t' | '\u{a0}' | '\u{200b}' | '\u{feff}')
}

fn underline(shown: &mut String, line: &str, line_start: usize, error: &SyntaxError) {
    let from = error.span.start as usize - line_start;
    let to = (error.span.end as usize - line_start).min(line.trim_end().len());
    let indent = " ".repeat(line[..from].chars().count());
    let mark = match line.get(from..to).map_or(0, |marked| marked.chars().count()) {
        0 => "|".to_owned(),
        width => "^".repeat(width),
    };
    let more = if error.span.end as usize > line_start + line.len() { "…" } else { "" };
    writeln!(shown, "{indent}{mark}{more} {:?}", error.kind).expect("a string takes all");
}

fn show_node(shown: &mut String, text: &str, tree: &Tree, id: NodeId, depth: usize) {
    let source = tree.span(id).text(text);
    let open = if tree.is_closed(id) { "" } else { " (open)" };
    match tree.kind(id) {
        NodeKind::Object | NodeKind::Array => {
            let (kind, members) = (tree.kind(id), tree.children(id));
            writeln!(shown, "{kind:?}{open}").expect("a string takes all");
            for child in members {
                shown.push_str(&"  ".repeat(depth + 1));
                show_node(shown, text, tree, child, depth + 1);
            }
        }
        NodeKind::Member => {
            let member = tree.member(id).expect("the kind says so");
            let key = tree.span(member.key).text(text);
            let colon = if member.colon.is_some() { ":" } else { "" };
            let key_open = if tree.is_closed(member.key) { "" } else { " (open)" };
            write!(shown, "{key}{key_open}{colon} ").expect("a string takes all");
            match member.value {
                Some(value) => show_node(shown, text, tree, value, depth),
                None => shown.push_str("(no value)\n"),
            }
        }
        NodeKind::Unknown => writeln!(shown, "Unknown {source}").expect("a string takes all"),
        _ => writeln!(shown, "{source}{open}").expect("a string takes all"),
    }
}

/// Compares what the parser makes of a text with the snapshot behind it.
macro_rules! check {
    ($text:expr, @$snapshot:literal) => {
        insta::assert_snapshot!(crate::show($text), @$snapshot)
    };
}
use check;
