//! What is done at every key or for every file, over and over in a process of its own, so that its
//! instructions can be counted.

use std::hint::black_box;

use clap::ValueEnum;
use org_ide::{Context, Document, FileKind, completion, rules};
use org_project::Workspace;
use org_schema::Date;

use crate::corpus::{PROBE, text_with_notes};
use crate::outcome::Outcome;

/// A piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum HotPath {
    /// What all others are compared with: serde_json reads the text as a `Value`.
    Reference,
    /// The tree of a text that is right.
    Parse,
    /// The tree of the first half of it.
    ParseBroken,
    /// The tree of a text in which a letter was typed.
    Reparse,
    /// What the text means.
    Lower,
    /// The same, and all rules.
    Rules,
    /// The same, and what can be written at the wrong value.
    Completion,
    /// The same, and the index of a project learns of it.
    Index,
}

/// Does it so often with a text that has so many notes.
pub fn repeat(path: HotPath, notes: usize, times: usize) -> Outcome<()> {
    let text = text_with_notes(notes)?;
    let typed = text.replace(PROBE, &format!("{PROBE}y"));
    let offset = text.find(PROBE).ok_or("the text has no probe")? as u32 + 3;
    let middle = (text.len() / 2..).find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let context =
        Context::alone("orgs/acme.sforg.json", Date::parse("2026-11-24").ok_or("no date")?);
    let mut workspace = Workspace::default();
    let mut document = Document::new(FileKind::Org, text.as_str());
    for time in 0..times {
        match path {
            HotPath::Reference => {
                black_box(serde_json::from_str::<serde_json::Value>(black_box(&text))?);
            }
            HotPath::Parse => drop(black_box(org_syntax::parse(black_box(&text)))),
            HotPath::ParseBroken => drop(black_box(org_syntax::parse(black_box(&text[..middle])))),
            HotPath::Reparse => {
                let text = if time % 2 == 0 { &typed } else { &text };
                document = Document::after(&document, text.as_str());
            }
            HotPath::Lower => drop(fresh(&text)),
            HotPath::Rules => drop(black_box(rules::check(&fresh(&text), &context))),
            HotPath::Completion => {
                drop(black_box(completion::complete(&fresh(&text), &context, offset)));
            }
            HotPath::Index => {
                let file = format!("orgs/acme-{time}.sforg.json");
                drop(black_box(workspace.set(&file, None, &fresh(&text))));
            }
        }
    }
    black_box(&document);
    Ok(())
}

fn fresh(text: &str) -> Document {
    black_box(Document::new(FileKind::Org, black_box(text)))
}
