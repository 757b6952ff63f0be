//! "Did you mean …": the nearest of some known names.

/// The candidate that differs least from `written`, when it is near enough to be meant.
///
/// Upper and lower case, `-` and `_` do not count; of the rest a third may differ.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest_within((fold(written).chars().count() / 3).max(1), written, candidates)
}

/// As [`nearest`], with at most `most` differences.
pub(crate) fn nearest_within<'a>(
    most: usize,
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let written = fold(written);
    if written.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (fold(candidate), candidate))
        // So much shorter or longer is not near, whatever its letters are.
        .filter(|(folded, _)| folded.len().abs_diff(written.len()) <= 4 * most)
        .map(|(folded, candidate)| (strsim::osa_distance(&written, &folded), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Longest word in bytes that is compared; no name of ours is half as long.
const LONGEST: usize = 64;

fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let names = ["username", "password", "securityToken", "clientId", "clientSecret"];
        for (written, meant) in [
            ("userName", Some("username")),
            ("client_id", Some("clientId")),
            ("pasword", Some("password")),
            ("paswsord", Some("password")),
            ("secret", None),
            ("", None),
            ("x", None),
        ] {
            assert_eq!(nearest(written, names), meant, "{written}");
        }
    }
}
