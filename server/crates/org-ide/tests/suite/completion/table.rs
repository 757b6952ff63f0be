//! The table of `tests/completion/*.txt`: a text with the cursor `│`, labels of items, and the whole
//! text after accepting each.
//!
//! ```text
//! === after the opening brace
//! {│}
//! → sandbox
//! {"sandbox": │false}
//! → nothing
//! ```
//!
//! In a result `│` is the cursor: the first tab stop, or the end of what was inserted. Where a
//! client without tab stops gets another text, it follows as `→ sandbox (plain)`. `→ list` shows
//! all items in their order with detail and `(deprecated)`; `→ nothing` that there are none.
//! A text ends without a line break; `␤` at its end is one. `␍` is a carriage return, `⇥` a tab.
//! Options: `@project` for a project file, `@env NAME`, `@newest NN.0`, `@known-host HOST`, `@with FILE TEXT` for
//! another file. `UPDATE_COMPLETION=1` writes the results.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use org_ide::FileKind;
use org_ide::completion::{self, Item};

use org_schema::ApiVersion;

use super::accept::{Client, accept, assert_protocol, file_name};
use crate::world::World;

const CURSOR: char = '│';

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/completion")
}

#[test]
fn the_table_holds() {
    let update = std::env::var_os("UPDATE_COMPLETION").is_some_and(|value| value == "1");
    let mut differences = String::new();
    let mut positions = 0;
    for entry in std::fs::read_dir(folder()).expect("the table is there") {
        let path = entry.expect("a readable entry").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        let mut now = String::new();
        for row in Row::parse_all(&text) {
            now.push_str(&row.render());
            positions += usize::from(!row.title.is_empty());
        }
        if update && now != text {
            std::fs::write(&path, &now).expect("can be written");
        } else if now != text {
            writeln!(differences, "\n{} should be:\n{now}", path.display()).expect("a string");
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(positions >= 150, "{positions}");
}

/// A position and what is accepted there.
#[derive(Default)]
struct Row {
    title: String,
    options: Vec<String>,
    /// With the cursor, in the letters of the table.
    text: String,
    labels: Vec<String>,
    /// Lines before the first row.
    preface: String,
}

impl Row {
    fn parse_all(text: &str) -> Vec<Self> {
        let mut rows = vec![Self::default()];
        let mut is_result = false;
        for line in text.lines() {
            if let Some(title) = line.strip_prefix("=== ") {
                rows.push(Self { title: title.to_owned(), ..Self::default() });
                is_result = false;
                continue;
            }
            let row = rows.last_mut().expect("one from the start");
            if row.title.is_empty() {
                row.preface.push_str(&format!("{line}\n"));
            } else if let Some(label) = line.strip_prefix("→ ") {
                is_result = true;
                if !label.ends_with(" (plain)") {
                    row.labels.push(label.to_owned());
                }
            } else if line.starts_with('@') && row.text.is_empty() {
                row.options.push(line.to_owned());
            } else if !is_result {
                row.text.push_str(if row.text.is_empty() { "" } else { "\n" });
                row.text.push_str(line);
            }
        }
        rows
    }

    fn render(&self) -> String {
        if self.title.is_empty() {
            return self.preface.clone();
        }
        let mut rendered = format!("=== {}\n", self.title);
        self.options.iter().for_each(|option| rendered.push_str(&format!("{option}\n")));
        rendered.push_str(&format!("{}\n", self.text));
        let (kind, text, offset) = self.position();
        let items = self.items(kind, &text, offset);
        items.iter().for_each(|item| assert_protocol(&text, offset, item));
        for label in &self.labels {
            rendered.push_str(&format!("→ {label}\n"));
            match label.as_str() {
                "list" => rendered.push_str(&list(&items)),
                "nothing" if items.is_empty() => {}
                "nothing" => rendered.push_str(&list(&items)),
                _ => match items.iter().find(|item| item.label == *label) {
                    Some(item) => rendered.push_str(&accepted(&text, label, item)),
                    None => rendered.push_str("(no such item)\n"),
                },
            }
        }
        rendered.push('\n');
        rendered
    }

    fn position(&self) -> (FileKind, String, usize) {
        let is_project = self.options.iter().any(|option| option == "@project");
        let kind = if is_project { FileKind::Project } else { FileKind::Org };
        let text = self.text.trim_end_matches('\n');
        let text = text.replace("␤", "\n").replace('␍', "\r").replace('⇥', "\t");
        let offset = text.find(CURSOR).expect("a cursor");
        (kind, text.replace(CURSOR, ""), offset)
    }

    fn items(&self, kind: FileKind, text: &str, offset: usize) -> Vec<Item> {
        let file = file_name(kind);
        let options = self.options.iter().filter_map(|option| option.split_once(' '));
        let others = options.clone().filter(|(name, _)| *name == "@with");
        let others = others.filter_map(|(_, value)| value.split_once(' '));
        let mut world = World::new(others.chain([(file, text)]));
        for (name, value) in options {
            match name {
                "@env" => drop(world.environment.insert(value.to_owned())),
                "@known-host" => world.known_host = Some(value.to_owned()),
                "@newest" => world.newest_version = ApiVersion::parse(value),
                "@with" => {}
                _ => panic!("unknown option {name}"),
            }
        }
        world.ask(file, |document, context| completion::complete(document, context, offset as u32))
    }
}

fn accepted(text: &str, label: &str, item: &Item) -> String {
    let (mut snippet, cursor) = accept(text, item, Client::Snippets);
    let (plain, _) = accept(text, item, Client::Plain);
    let is_same = plain == snippet;
    snippet.insert(cursor, CURSOR);
    let mut result = format!("{}\n", written(&snippet));
    if !is_same {
        result.push_str(&format!("→ {label} (plain)\n{}\n", written(&plain)));
    }
    result
}

/// In the letters of the table.
fn written(text: &str) -> String {
    let text = text.replace('\r', "␍").replace('\t', "⇥");
    match text.strip_suffix('\n') {
        Some(text) => format!("{text}␤"),
        None => text,
    }
}

fn list(items: &[Item]) -> String {
    let lines = items.iter().map(|item| {
        let deprecated = if item.deprecated { " (deprecated)" } else { "" };
        format!("  {} · {}{deprecated}\n", item.label, item.detail)
    });
    lines.collect()
}
