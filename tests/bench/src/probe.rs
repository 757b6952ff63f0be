//! The proof that diagnostics are about the text as it is.
//!
//! Every document has a value that is wrong on a line of its own. A character typed at its end moves the end
//! of its diagnostic, a blank put before it moves both ends: where a report has them says how many of
//! both its text had.

use std::time::Instant;

use serde_json::Value;

use crate::client::Client;
use crate::corpus::PROBE;
use crate::document::{Change, Document, Place};
use crate::outcome::Outcome;

/// Where the wrong value is, and what the server says of it.
#[derive(Debug, Clone)]
pub struct Probe {
    /// Of the opening quote.
    pub start: Place,
    /// Behind the last letter.
    pub end: Place,
    /// The columns of the diagnostics on the line (start, end), and whether the end moves with what is
    /// typed. None: the server has nothing to say of it, so that nothing is proved.
    marks: Option<Vec<(u64, u64, bool)>>,
}

impl Probe {
    /// Types a character and takes it back, to see what the server makes of it.
    pub fn learn(client: &mut Client, document: &mut Document) -> Outcome<Self> {
        let start = document.find(&format!("\"{PROBE}")).ok_or("the document has no probe")?;
        let end = (start.0, start.1 + 1 + PROBE.len());
        let at_rest = Self::marks(&client.settled(document)?, start.0);
        let typed = Self::settled_after(client, document, &insertion(end, "y"), start.0)?;
        let back = Change { from: end, to: (end.0, end.1 + 1), text: String::new() };
        let again = Self::settled_after(client, document, &back, start.0)?;
        let follows = !at_rest.is_empty()
            && again == at_rest
            && typed != at_rest
            && typed.len() == at_rest.len()
            && typed
                .iter()
                .zip(&at_rest)
                .all(|(a, b)| a.0 == b.0 && (a.1 == b.1 || a.1 == b.1 + 1));
        let moves = |(typed, rest): (&(u64, u64), &(u64, u64))| (rest.0, rest.1, typed.1 > rest.1);
        let marks = follows.then(|| typed.iter().zip(&at_rest).map(moves).collect());
        Ok(Self { start, end, marks })
    }

    fn settled_after(
        client: &mut Client,
        document: &mut Document,
        change: &Change,
        line: usize,
    ) -> Outcome<Vec<(u64, u64)>> {
        let (told, _) = document.change(change);
        let bytes = client.changing(document, told);
        client.send(&bytes)?;
        Ok(Self::marks(&client.settled(document)?, line))
    }

    /// Whether the server has something to say that proves its text.
    pub fn proves(&self) -> bool {
        self.marks.is_some()
    }

    /// The marks after so many characters were typed, and so many blanks put before the value.
    pub fn expected(&self, typed: u64, blanks: u64) -> Option<Vec<(u64, u64)>> {
        let marks = self.marks.as_ref()?;
        let mark = |(start, end, moves): &(u64, u64, bool)| {
            (start + blanks, end + blanks + if *moves { typed } else { 0 })
        };
        Some(marks.iter().map(mark).collect())
    }

    /// The columns of the diagnostics that begin on a line, in their order.
    pub fn marks(diagnostics: &[Value], line: usize) -> Vec<(u64, u64)> {
        let on_line = diagnostics.iter().map(|diagnostic| &diagnostic["range"]).filter(|range| {
            let line = Some(line as u64);
            range["start"]["line"].as_u64() == line && range["end"]["line"].as_u64() == line
        });
        let column = |position: &Value| position["character"].as_u64().unwrap_or_default();
        let mut marks: Vec<_> =
            on_line.map(|range| (column(&range["start"]), column(&range["end"]))).collect();
        marks.sort_unstable();
        marks
    }

    /// Whether a report is about the text with so many characters and blanks; nothing without a proof.
    pub fn is_stale(&self, diagnostics: &[Value], typed: u64, blanks: u64) -> bool {
        let expected = self.expected(typed, blanks);
        expected.is_some_and(|expected| Self::marks(diagnostics, self.start.0) != expected)
    }
}

/// A change that puts a text somewhere.
pub fn insertion(at: Place, text: &str) -> Change {
    Change { from: at, to: at, text: text.to_owned() }
}

/// Milliseconds between two times.
pub fn milliseconds(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64() * 1000.0
}
