//! Ordered steps, as every message shows them.

/// The steps numbered from 1, each on a line of its own that begins with a line break.
pub fn numbered_steps(steps: &[impl AsRef<str>]) -> String {
    steps
        .iter()
        .enumerate()
        .map(|(index, step)| format!("\n{}. {}", index + 1, step.as_ref()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::numbered_steps;

    #[test]
    fn steps_count_from_one_and_none_is_nothing() {
        assert_eq!(numbered_steps(&["a", "b"]), "\n1. a\n2. b");
        assert_eq!(numbered_steps(&[] as &[String]), "");
    }
}
