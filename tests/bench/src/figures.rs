//! What was measured.

use std::collections::BTreeMap;

/// Figures of all rounds, by server and by what was measured.
#[derive(Debug, Default)]
pub struct Figures {
    values: BTreeMap<(String, String), Vec<f64>>,
    /// What a server got wrong. A figure of such a server is worth nothing.
    pub faults: Vec<String>,
    /// How many times it was shown that a report is about the text as it is.
    pub proofs: usize,
}

impl Figures {
    /// Adds a figure of this round.
    pub fn add(&mut self, server: &str, what: &str, value: f64) {
        self.values.entry((server.to_owned(), what.to_owned())).or_default().push(value);
    }

    /// Notes what a server got wrong.
    pub fn fault(&mut self, server: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{server}: {what}"));
    }

    /// The median of the rounds.
    pub fn median(&self, server: &str, what: &str) -> Option<f64> {
        let values = self.values.get(&(server.to_owned(), what.to_owned()))?;
        median(values)
    }
}

/// The value in the middle.
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
