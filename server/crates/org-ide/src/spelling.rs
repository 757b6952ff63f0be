//! "Did you mean …": the nearest of some known names.

/// The candidate that differs least from `written`, when it is near enough to be meant.
///
/// Upper and lower case, `-` and `_` do not count; of the rest a third may differ.
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest_within((letters_of(written) / 3).max(1), written, candidates)
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
    let letters = written.chars().count();
    candidates
        .into_iter()
        .filter(|candidate| letters_of(candidate).abs_diff(letters) <= most)
        .map(|candidate| (strsim::osa_distance(&written, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// So many letters [`fold`] leaves; each that is missing or too many is a difference.
fn letters_of(name: &str) -> usize {
    if name.is_ascii() {
        return name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b' ')).count();
    }
    folded(name).count()
}

/// Longest word in bytes that is compared; no name of ours is half as long.
const LONGEST: usize = 64;

fn fold(name: &str) -> String {
    folded(name).collect()
}

fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("_-p-a s-s_word_-", Some("password")),
            ("PASSWÖRD", Some("password")),
        ] {
            assert_eq!(nearest(written, names), meant, "{written}");
        }
    }

    /// What the number of letters leaves out is not near.
    #[test]
    fn what_is_left_out_is_not_near() {
        let names = ["", "-", "a", "İx", "aaaa", "a_a-a a", "clientId", "Ⱥⱥ", "oauth2-client"];
        for written in names {
            for most in 0..8 {
                let far = |name: &&&str| strsim::osa_distance(&fold(written), &fold(name)) > most;
                let near = names.iter().find(|name| !far(name));
                let found = nearest_within(most, written, names);
                assert_eq!(
                    found.is_some(),
                    near.is_some() && !fold(written).is_empty(),
                    "{written}"
                );
            }
        }
    }
}
