//! A document as an editor has it.

use serde_json::{Value, json};

/// An open document: its text in lines, and its version.
#[derive(Debug, Clone)]
pub struct Document {
    pub uri: String,
    pub version: i32,
    /// Without their line ends.
    pub lines: Vec<String>,
}

/// A place: line, and column in characters.
pub type Place = (usize, usize);

/// A change: what stands between two places, and what comes there instead.
#[derive(Debug, Clone)]
pub struct Change {
    pub from: Place,
    pub to: Place,
    pub text: String,
}

impl Document {
    /// Version 1 of a document.
    pub fn new(uri: String, text: &str) -> Self {
        Self { uri, version: 1, lines: text.split('\n').map(str::to_owned).collect() }
    }

    /// All of it.
    pub fn text(&self) -> String {
        self.lines.join("\n")
    }

    /// Makes the change. Gives it in LSP's terms, and the change that takes it back.
    pub fn change(&mut self, change: &Change) -> (Value, Change) {
        let Change { from, to, text } = change;
        let range = json!({"start": self.position(*from), "end": self.position(*to)});
        let (before, after) = (self.byte(*from), self.byte(*to));
        let head = self.lines[from.0][..before].to_owned();
        let tail = self.lines[to.0][after..].to_owned();
        let mut removed = self.lines[from.0..=to.0].join("\n");
        removed.truncate(removed.len() - tail.len());
        removed.drain(..before);
        let new: Vec<String> =
            format!("{head}{text}{tail}").split('\n').map(str::to_owned).collect();
        let last = from.0 + new.len() - 1;
        let column = self.column_behind(*from, text);
        self.lines.splice(from.0..=to.0, new);
        self.version += 1;
        let back = Change { from: *from, to: (last, column), text: removed };
        (json!({"range": range, "text": text}), back)
    }

    fn column_behind(&self, from: Place, text: &str) -> usize {
        match text.rsplit_once('\n') {
            Some((_, line)) => line.chars().count(),
            None => from.1 + text.chars().count(),
        }
    }

    fn byte(&self, (line, column): Place) -> usize {
        let line = &self.lines[line];
        line.char_indices().nth(column).map_or(line.len(), |(at, _)| at)
    }

    /// The place in LSP's terms (UTF-16).
    pub fn position(&self, (line, column): Place) -> Value {
        let character: usize = self.lines[line].chars().take(column).map(char::len_utf16).sum();
        json!({"line": line, "character": character})
    }

    /// Where a text stands first.
    pub fn find(&self, text: &str) -> Option<Place> {
        self.lines.iter().enumerate().find_map(|(number, line)| {
            let at = line.find(text)?;
            Some((number, line[..at].chars().count()))
        })
    }

    /// What a server's text edits make of it.
    pub fn with_edits(&self, edits: &[Value]) -> Option<String> {
        let mut starts = vec![0];
        for line in &self.lines {
            starts.push(starts.last().copied().unwrap_or_default() + line.len() + 1);
        }
        let offset = |position: &Value| {
            let number = position["line"].as_u64()? as usize;
            let before = starts.get(number).or(starts.last()).copied()?;
            let line = self.lines.get(number).map_or("", String::as_str);
            let mut units = position["character"].as_u64()? as usize;
            let column = line.chars().take_while(|c| {
                let fits = units > 0;
                units = units.saturating_sub(c.len_utf16());
                fits
            });
            Some(before + column.map(char::len_utf8).sum::<usize>())
        };
        let mut spans = Vec::new();
        for edit in edits {
            let range = &edit["range"];
            let new = edit["newText"].as_str()?;
            spans.push((offset(&range["start"])?, offset(&range["end"])?, new));
        }
        spans.sort_by_key(|(start, end, _)| (*start, *end));
        let text = self.text();
        let mut made = String::new();
        let mut at = 0;
        for (start, end, new) in spans {
            made.push_str(text.get(at..start.min(text.len()))?);
            made.push_str(new);
            at = end.min(text.len());
        }
        Some(made + text.get(at..)?)
    }
}
