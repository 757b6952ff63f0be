//! Compares what was found with what must be found.

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};

/// So many differences of each kind are shown.
const SHOWN: usize = 25;

/// Fails unless both hold the same, each as often.
///
/// # Panics
/// They differ; the message shows what is missing and what is too much.
pub fn assert_same<T: Ord + Debug>(
    what: &str,
    found: impl IntoIterator<Item = T>,
    expected: impl IntoIterator<Item = T>,
) {
    if let Some(difference) = difference(found, expected) {
        panic!("{what}: {difference}");
    }
}

/// What differs, in words; nothing when both hold the same, each as often.
pub fn difference<T: Ord + Debug>(
    found: impl IntoIterator<Item = T>,
    expected: impl IntoIterator<Item = T>,
) -> Option<String> {
    let mut balance: BTreeMap<T, i64> = BTreeMap::new();
    for item in expected {
        *balance.entry(item).or_default() += 1;
    }
    for item in found {
        *balance.entry(item).or_default() -= 1;
    }
    balance.retain(|_, balance| *balance != 0);
    if balance.is_empty() {
        return None;
    }
    let (missing, extra): (Vec<_>, Vec<_>) = balance.iter().partition(|(_, count)| **count > 0);
    let mut text = String::new();
    for (title, items) in [("missing", missing), ("too much", extra)] {
        let written = write!(text, "\n{} {title}", items.len());
        debug_assert!(written.is_ok(), "a String takes everything");
        for (item, count) in items.into_iter().take(SHOWN) {
            let written = write!(text, "\n  {}x {item:?}", count.abs());
            debug_assert!(written.is_ok(), "a String takes everything");
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_does_not_matter_and_number_does() {
        assert_same("letters", ["a", "b", "a"], ["a", "a", "b"]);
        let text = difference(["a", "c"], ["a", "a", "b"]).expect("a difference");
        assert_eq!(text, "\n2 missing\n  1x \"a\"\n  1x \"b\"\n1 too much\n  1x \"c\"");
    }
}
