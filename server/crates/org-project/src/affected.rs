//! What a change of the index means for other files.

use std::collections::BTreeSet;

/// Files whose findings may have changed, besides the one that was touched. Whoever drops them leaves
/// findings behind that are no longer right.
#[must_use = "the findings of these files may be others now: look at them again"]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected(BTreeSet<String>);

impl Affected {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds others.
    pub fn extend(&mut self, others: impl IntoIterator<Item = String>) {
        self.0.extend(others);
    }

    /// Leaves out a file that is looked at anyway.
    pub fn remove(&mut self, file: &str) {
        self.0.remove(file);
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether a file is among them.
    pub fn contains(&self, file: &str) -> bool {
        self.0.contains(file)
    }
}

impl IntoIterator for Affected {
    type Item = String;
    type IntoIter = std::collections::btree_set::IntoIter<String>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
