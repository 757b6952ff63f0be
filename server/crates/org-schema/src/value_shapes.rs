//! The shapes of credentials: each function is true only where a literal **cannot** be right, so a
//! doubtful value passes. None of them ever shows the value.

mod placeholder;
mod words;

pub use placeholder::{is_masked, is_placeholder};

/// Fewest and most characters of a security token. Two third parties say 24, one fact without a
/// source says 25; Salesforce says neither, so a margin is left around both.
const TOKEN_LENGTH: std::ops::RangeInclusive<usize> = 20..=30;
/// What every consumer key begins with.
pub const CLIENT_ID_PREFIX: &str = "3MVG9";
/// Characters of a consumer key after its prefix.
const CLIENT_ID_REST: std::ops::RangeInclusive<usize> = 80..=251;
/// Fewest characters of a consumer key, its prefix included.
pub const SHORTEST_CLIENT_ID: usize = CLIENT_ID_PREFIX.len() + *CLIENT_ID_REST.start();
/// Characters of a consumer secret.
pub const CLIENT_SECRET_LENGTH: usize = 64;
/// Digits of a consumer secret of the old kind. They are a 63-bit number in decimal: 19 digits as a
/// rule, fewer for the smaller numbers.
const OLD_CLIENT_SECRET_DIGITS: std::ops::RangeInclusive<usize> = 16..=19;

/// Whether a text cannot be a Salesforce username. A username has the form of an e-mail address:
/// one `@` with something before it, a domain with a dot after it, no blank anywhere.
pub fn username_cannot_be_right(text: &str) -> bool {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return true;
    }
    let Some((local, domain)) = text.split_once('@') else {
        return true;
    };
    local.is_empty()
        || domain.contains('@')
        || !domain.contains('.')
        || domain.starts_with('.')
        || domain.ends_with('.')
}

/// Whether a text cannot be a security token: 24 or 25 letters and digits.
pub fn security_token_cannot_be_right(text: &str) -> bool {
    !TOKEN_LENGTH.contains(&text.len()) || !text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether a text cannot be a consumer key: `3MVG9` and 80 to 251 of `[0-9A-Za-z._+/=]` (the pattern
/// of TruffleHog's detector).
pub fn client_id_cannot_be_right(text: &str) -> bool {
    !text.strip_prefix(CLIENT_ID_PREFIX).is_some_and(|rest| {
        CLIENT_ID_REST.contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"._+/=".contains(&b))
    })
}

/// Whether a text cannot be a consumer secret: 64 of `[A-Za-z0-9+/=.]`, or a number of the old kind
/// (the patterns of TruffleHog's detector).
pub fn client_secret_cannot_be_right(text: &str) -> bool {
    let is_new = text.len() == CLIENT_SECRET_LENGTH
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=.".contains(&b));
    let is_old =
        OLD_CLIENT_SECRET_DIGITS.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    !is_new && !is_old
}

#[cfg(test)]
mod tests;
