//! What an edit has changed, told by the two texts.

/// The one stretch outside of which two texts are the same, in bytes. Where its ends cut a character, they
/// do so in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it begins, in both texts.
    pub start: usize,
    /// Where it ends in the old text.
    pub old_end: usize,
    /// Where what stands in its place ends in the new text.
    pub new_end: usize,
}

/// So many bytes are compared at once.
const STEP: usize = 64;

impl Difference {
    /// The least one between the two texts; an empty one at their end when they are the same.
    pub fn between(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = common_prefix(old, new);
        let suffix = common_suffix(&old[start..], &new[start..]);
        Self { start, old_end: old.len() - suffix, new_end: new.len() - suffix }
    }
}

fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let steps = a.chunks_exact(STEP).zip(b.chunks_exact(STEP)).take_while(|(a, b)| a == b);
    let same = steps.count() * STEP;
    same + a[same..].iter().zip(&b[same..]).take_while(|(a, b)| a == b).count()
}

fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let steps = a.rchunks_exact(STEP).zip(b.rchunks_exact(STEP)).take_while(|(a, b)| a == b);
    let same = steps.count() * STEP;
    let (a, b) = (&a[..a.len() - same], &b[..b.len() - same]);
    same + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefix_and_suffix_do_not_overlap() {
        let long = "ab".repeat(STEP);
        let longer = format!("{long}{long}");
        for (old, new) in [
            ("aa", "aaa"),
            ("aaa", "aa"),
            ("", "a"),
            ("a", ""),
            ("a", "a"),
            ("é", "è"),
            (&long, "ab"),
            (&long, &longer),
            (&longer, &long),
        ] {
            let Difference { start, old_end, new_end } = Difference::between(old, new);
            assert!(start <= old_end && start <= new_end, "{old} {new}");
            let (old, new) = (old.as_bytes(), new.as_bytes());
            assert_eq!([&old[..start], &new[start..new_end], &old[old_end..]].concat(), new);
        }
    }
}
