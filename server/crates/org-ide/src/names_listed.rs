//! Names in a sentence: many of them, and long ones.

use std::borrow::Cow;

/// Longest name in a message, in characters.
pub(crate) const SHOWN_OF_A_NAME: usize = 60;

/// As much of a name as a message shows.
pub(crate) fn name_shown(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(SHOWN_OF_A_NAME) {
        None => Cow::Borrowed(name),
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
    }
}

/// The first `most` names, separated by commas, and how many more there are.
pub fn names_listed(names: impl ExactSizeIterator<Item = String>, most: usize) -> String {
    let more = names.len().saturating_sub(most);
    let mut shown: Vec<String> = names.take(most).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::names_listed;

    #[test]
    fn a_crowd_is_not_listed_by_name() {
        let listed = |most| names_listed(["a", "b", "c"].map(str::to_owned).into_iter(), most);
        assert_eq!(listed(3), "a, b, c");
        assert_eq!(listed(2), "a, b, 1 more");
    }
}
