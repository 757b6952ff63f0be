//! Many random edits of the medium document: broken texts of all kinds, and in the end the text of the
//! beginning.

use crate::client::Client;
use crate::document::{Change, Document};
use crate::figures::Figures;
use crate::outcome::Outcome;
use crate::probe::insertion;
use crate::random::Random;
use crate::same_text::compare_with_fresh;
use crate::scenarios::Setting;

const TYPED: [&str; 32] = [
    "a", "e", "o", "x", "0", "1", "9", "\"", "\"", "{", "}", "[", "]", ":", ",", ".", " ", "-",
    "_", "é", "東", "🚀", "\n", "\\", "\t", "t", "f", "n", "/", "*", "e", "+",
];
const PASTED: &str = "  \"pasted\": {\n    \"auth\": {\n      \"type\": \"basic\"\n    }\n  },\n";

/// Edits with an undo stack, so that the text comes back.
pub fn measure(setting: &Setting, figures: &mut Figures) -> Outcome<()> {
    let workspace = setting.workspace()?;
    let mut client = setting.start(workspace.path())?;
    let mut document = setting.document(&client, "medium")?;
    let original = document.text();
    client.open(&document)?;
    client.settled(&document)?;
    let before = client.resources();
    let mut random = Random::new(7);
    let mut undo: Vec<Change> = Vec::new();
    let edits = setting.amount.edits;
    let mut checked = false;
    for number in 0..edits {
        let left = edits - number;
        let goes_back = if undo.len() < 40 { random.below(2) == 0 } else { random.below(5) > 0 };
        let back = if undo.len() >= left || goes_back { undo.pop() } else { None };
        match back {
            Some(change) => {
                tell(&mut client, &mut document, &change)?;
            }
            None if undo.len() < left.saturating_sub(1) => {
                let change = edit(&document, &mut random, number);
                let back = tell(&mut client, &mut document, &change)?;
                undo.push(back);
            }
            None => break,
        }
        if number % 50 == 0 {
            // An answer now and then keeps the client from running far ahead.
            client.catch_up(&document)?;
        }
        if number > edits / 2 && !checked && undo.len() > 3 {
            checked = true;
            compare_with_fresh(&mut client, &document, "soak-half", figures)?;
        }
    }
    while let Some(change) = undo.pop() {
        tell(&mut client, &mut document, &change)?;
    }
    client.catch_up(&document)?;
    let server = &setting.profile.name;
    let after = client.resources();
    figures.add(server, "soak cpu s", after.cpu.saturating_sub(before.cpu).as_secs_f64());
    figures.add(server, "soak growth MiB", after.memory - before.memory);
    if document.text() != original {
        return Err("the benchmark's own text did not come back".into());
    }
    compare_with_fresh(&mut client, &document, "soak-end", figures)?;
    client.stop()
}

fn tell(client: &mut Client, document: &mut Document, change: &Change) -> Outcome<Change> {
    let (told, back) = document.change(change);
    let bytes = client.changing(document, told);
    client.send(&bytes)?;
    Ok(back)
}

fn edit(document: &Document, random: &mut Random, number: usize) -> Change {
    let line = random.below(document.lines.len());
    let length = document.lines[line].chars().count();
    let column = random.below(length + 1);
    match random.below(100) {
        0..60 => insertion((line, column), TYPED[random.below(TYPED.len())]),
        60..90 => {
            let to = (column + 1 + random.below(3)).min(length);
            Change { from: (line, column), to: (line, to), text: String::new() }
        }
        90..95 => insertion((line, 0), &PASTED.replace("pasted", &format!("pasted{number}"))),
        _ => {
            let last = (line + 1 + random.below(3)).min(document.lines.len() - 1);
            let to = if last > line { (last, 0) } else { (line, length) };
            Change { from: (line, length.min(3)), to, text: String::new() }
        }
    }
}
