//! Open files that have to be looked at, in their order.

use std::collections::{HashSet, VecDeque};

/// Open files in the order in which they came, each once.
#[derive(Debug, Default)]
pub struct Arrivals {
    order: VecDeque<String>,
    waiting: HashSet<String>,
    /// So many were taken so far.
    pub taken: u64,
}

impl Arrivals {
    /// A file comes, if it does not wait already.
    pub fn add(&mut self, id: String) {
        if !self.waiting.contains(&id) {
            self.waiting.insert(id.clone());
            self.order.push_back(id);
        }
    }

    /// The next one.
    pub fn take(&mut self) -> Option<String> {
        let id = self.order.pop_front()?;
        self.waiting.remove(&id);
        self.taken += 1;
        Some(id)
    }

    /// How many have to be taken until all are that are there now.
    pub fn end(&self) -> u64 {
        self.taken + self.order.len() as u64
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}
